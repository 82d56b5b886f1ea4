#!/usr/bin/env python3
"""Writes uncertainty.json beside this file: variances, intervals and tests of areas, and tests of paired values, on small data.

Variances are exact fractions by the definition, over all pairs of rows; R's pROC and scipy are the witnesses.

    /usr/bin/python3 uncertainty.py            write the file (needs python3-scipy, and r-cran-proc as the witness)
    /usr/bin/python3 uncertainty.py --check    compare it with a fresh computation; exit 1 on a difference
"""
import json
import math
import platform
import random
import subprocess
import sys
from fractions import Fraction as Q
from pathlib import Path

import numpy as np
import scipy
from scipy import special, stats

HERE = Path(__file__).resolve().parent / "uncertainty.json"
LEVELS = [.9, .95]


def row_cases():
    y = [0, 0, 0, 1, 0, 1, 1, 0, 1, 1]
    yield "toy", y, [.1, .2, .35, .35, .5, .6, .6, .6, .8, .9], [.2, .1, .3, .4, .55, .5, .7, .65, .75, .6]
    yield "apart", [0, 0, 0, 1, 1], [1., 2., 3., 4., 5.], [1., 4., 2., 3., 5.]
    yield "tied", [0, 1, 0, 1], [1.] * 4, [2., 3., 4., 5.]
    yield "one anomalous", [0, 1, 0, 0], [1., 2., 3., 4.], [1., 2., 3., 4.]
    yield "same", y, [.1, .2, .35, .35, .5, .6, .6, .6, .8, .9], [.1, .2, .35, .35, .5, .6, .6, .6, .8, .9]
    draw = random.Random(22)
    for n, digits in ((30, 1), (60, 2), (113, 17)):
        y = [int(draw.random() < .4) for _ in range(n)]
        hidden = [draw.gauss(a, 1) for a in y]
        yield f"{n} rows, {digits} digits", y, *([round(h + draw.gauss(0, .8), digits) for h in hidden] for _ in "ab")


def image_cases():
    yield "by hand", [[0, 0], [1, 0], [0, 1, 1], [0], [1, 0]], [[.1, .4], [.7, .3], [.2, .35, .8], [.5], [.6, .4]], [[.1, .2], [.3, .7], [.9, .3, .5], [.4], [.6, .2]]
    yield "one pixel each", [[0], [0], [0], [1], [0], [1], [1], [0], [1], [1]], [[v] for v in (.1, .2, .35, .35, .5, .6, .6, .6, .8, .9)], [[v] for v in (.2, .1, .3, .4, .55, .5, .7, .65, .75, .6)]
    yield "one anomalous image", [[0, 0], [1, 0], [0]], [[.1, .2], [.15, .3], [.4]], [[.1, .2], [.15, .3], [.4]]
    yield "apart", [[0, 0], [1, 0], [1], [0]], [[.1, .2], [.5, .3], [.6], [.4]], [[.1, .2], [.5, .3], [.6], [.55]]
    draw = random.Random(23)
    for images, digits in ((8, 1), (20, 3)):
        labels = [[int(i % 2 and draw.random() < .4) for _ in range(draw.randint(1, 12))] for i in range(images)]
        effect = [draw.gauss(0, .5) for _ in labels]
        yield f"{images} images, {digits} digits", labels, *([[round(e + y + draw.gauss(0, .8), digits) for y in one] for e, one in zip(effect, labels)] for _ in "ab")


def value_cases():
    yield "ties and zeros", [1., 1., 1., 1., 0., 0.], [0.] * 6
    yield "all zero", [.5, .5], [.5, .5]
    yield "none", [], []
    yield "rounding breaks and makes ties", [.3, .2, 1., .7, .1], [.2, .1, .9, .6, .3]
    draw = random.Random(24)
    for n, digits in ((12, 17), (20, 1), (50, 2), (51, 17), (80, 1), (200, 3)):
        yield f"{n} pairs, {digits} digits", [round(draw.gauss(.2, 1), digits) for _ in range(n)], [round(draw.gauss(0, 1), digits) for _ in range(n)]


def psi(a, b):
    return Q(1) if a > b else Q(1, 2) if a == b else Q(0)


def parts(s, y):
    x, z = [a for a, b in zip(s, y) if b], [a for a, b in zip(s, y) if not b]
    return [sum(psi(a, b) for b in z) / len(z) for a in x], [sum(psi(a, b) for a in x) / len(x) for b in z]


def cov1(a, b):
    ma, mb = sum(a) / len(a), sum(b) / len(b)
    return sum((p - ma) * (q - mb) for p, q in zip(a, b)) / (len(a) - 1)


def delong(y, *models):
    v = [parts(s, y) for s in models]
    return [sum(a[0]) / len(a[0]) for a in v], [[cov1(a[0], b[0]) / len(a[0]) + cov1(a[1], b[1]) / len(a[1]) for b in v] for a in v]


def clustered(images, *models):
    labels = [c for i in images for c in i]
    m, n = [sum(i) for i in images], [len(i) - sum(i) for i in images]
    P, N, I, I10, I01 = sum(m), sum(n), sum(map(bool, images)), sum(map(bool, m)), sum(map(bool, n))
    areas, apart = [], []
    for model in models:
        v10, v01 = map(iter, parts([a for i in model for a in i], labels))
        X = [sum((next(v10) for c in i if c), Q(0)) for i in images]
        Y = [sum((next(v01) for c in i if not c), Q(0)) for i in images]
        A = sum(X) / P
        areas.append(A)
        apart.append(([x - k * A for x, k in zip(X, m)], [v - k * A for v, k in zip(Y, n)]))
    dot = lambda a, b: sum(p * q for p, q in zip(a, b))
    return areas, [[Q(I10, I10 - 1) * dot(a[0], b[0]) / P ** 2 + Q(I01, I01 - 1) * dot(a[1], b[1]) / N ** 2
                    + Q(I, I - 1) * (dot(a[0], b[1]) + dot(b[0], a[1])) / (P * N) for b in apart] for a in apart]


def root(q):
    return math.sqrt(q) if q < 1e-300 else float(Q(math.isqrt((q.numerator << 400) // q.denominator), 1 << 200))


def student(t, freedom):
    """P(|T| <= t) for whole degrees of freedom (Abramowitz and Stegun 26.7.3, 26.7.4): scipy 1.10's quantiles are right to 1e-8 only."""
    angle = math.atan(t / math.sqrt(freedom))
    sin, cos = math.sin(angle), math.cos(angle)
    odd = freedom % 2
    terms, term = [], cos if odd else 1.
    for k in range(1 + odd, freedom, 2):
        terms.append(term)
        term *= k / (k + 1) * cos * cos
    return 2 / math.pi * (angle + sin * math.fsum(terms)) if odd else sin * math.fsum(terms)


def student_quantile(level, freedom):
    low, high = 0., 1e9
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if student(middle, freedom) < level else (low, middle)
    assert math.isclose(high, stats.t.ppf((1 + level) / 2, freedom), rel_tol=1e-8), (level, freedom)
    return high


def numbers(areas, cov, freedom, images):
    """Everything that is said of two areas."""
    out = {"areas": [float(a) for a in areas], "variances": [float(cov[k][k]) for k in (0, 1)], "covariance": float(cov[0][1])}
    quantile = lambda level: special.ndtri((1 + level) / 2) if freedom is None else student_quantile(level, freedom)
    tail = lambda x: special.ndtr(-x) if freedom is None else (1 - student(x, freedom)) / 2
    for k, name in enumerate("ab"):
        A, v = areas[k], cov[k][k]
        for level in LEVELS:
            ends = None
            if images and v and A not in (0, 1):
                half, middle = quantile(level) * root(v) / float(A * (1 - A)), math.log(A / (1 - A))
                ends = [float(special.expit(middle - half)), float(special.expit(middle + half))]
            elif not images and v:
                ends = [max(0., float(A) - quantile(level) * root(v)), min(1., float(A) + quantile(level) * root(v))]
            out[f"interval_{name}_{level}"] = ends
    d, v = areas[0] - areas[1], cov[0][0] + cov[1][1] - 2 * cov[0][1]
    out["difference"], out["variance_of_difference"] = float(d), float(v)
    out["statistic"] = float(d) / root(v) if v else 0. if d == 0 else None
    out["p"] = min(1., 2 * float(tail(abs(out["statistic"])))) if v else 1. if d == 0 else None
    for level in LEVELS:
        out[f"interval_{level}"] = [max(-1., float(d) - quantile(level) * root(v)), min(1., float(d) + quantile(level) * root(v))] if v else None
    for margin in (.05, .3):
        out[f"tost_{margin}"] = float(max(special.ndtr((float(d) - margin) / root(v)), special.ndtr(-(float(d) + margin) / root(v)))) if v and freedom is None else \
            float(max(stats.t.cdf((float(d) - margin) / root(v), freedom), stats.t.cdf(-(float(d) + margin) / root(v), freedom))) if v else None
    return out


def proc(y, a, b):
    """What pROC says of the same rows."""
    code = f"""suppressMessages(library(pROC)); y <- c({','.join(map(str, y))}); a <- c({','.join(map(repr, a))}); b <- c({','.join(map(repr, b))})
    A <- roc(y, a, direction="<", quiet=TRUE); B <- roc(y, b, direction="<", quiet=TRUE); p <- roc.test(A, B, method="delong"); u <- roc.test(A, B, method="delong", paired=FALSE)
    cat(format(c(auc(A), auc(B), var(A), var(B), cov(A, B), ci(A)[c(1,3)], p$statistic, p$p.value, p$conf.int, u$statistic, u$p.value), digits=17), sep="\\n")
    cat("\\n", as.character(packageVersion("pROC")))"""
    lines = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=True).stdout.split()
    return [float(x) for x in lines[:-1]], lines[-1]


def wilcoxon(a, b):
    d = [Q(p) - Q(q) for p, q in zip(a, b)]
    kept = [v for v in d if v]
    n = len(kept)
    if n == 0:
        return {"p": 1., "n": 0, "zeros": len(d), "plus": 0.}
    doubled = [sum(2 * (abs(o) < abs(v)) + (abs(o) == abs(v)) for o in kept) + 1 for v in kept]
    plus, whole = sum(r for r, v in zip(doubled, kept) if v > 0), sum(doubled)
    if n <= 50:
        ways = {0: 1}
        for r in doubled:
            ways = {k: ways.get(k, 0) + ways.get(k - r, 0) for k in {*ways, *(k + r for k in ways)}}
        p = float(min(Q(1), Q(2 * sum(c for k, c in ways.items() if k <= min(plus, whole - plus)), 2 ** n)))
    else:
        p = float(2 * special.ndtr(-abs((plus - whole / 2) / math.sqrt(sum(r * r for r in doubled) / 4))))
    return {"p": p, "n": n, "zeros": len(d) - n, "plus": plus / 2}


def document():
    out, versions = [], {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__}
    for name, y, a, b in row_cases():
        case = {"kind": "rows", "name": name, "labels": y, "a": a, "b": b}
        if min(sum(y), len(y) - sum(y)) >= 2:
            case |= numbers(*delong(y, a, b), None, False)
            if case["interval_a_0.95"] and case["interval_0.95"]:
                seen, versions["pROC"] = proc(y, a, b)
                own = [*case["areas"], *case["variances"], case["covariance"], *case["interval_a_0.95"], case["statistic"], case["p"], *case["interval_0.95"]]
                assert np.allclose(seen[:-2], own, rtol=1e-10, atol=1e-12), (name, seen, own)
                case["unpaired"] = seen[-2:]
        out.append(case)
    for name, labels, a, b in image_cases():
        case = {"kind": "images", "name": name, "labels": labels, "a": a, "b": b}
        fewest = min(sum(any(i) for i in labels), sum(not all(i) for i in labels))
        out.append(case | (numbers(*clustered(labels, a, b), fewest - 1, True) if fewest >= 2 else {}))
    for name, a, b in value_cases():
        case = {"kind": "values", "name": name, "a": a, "b": b, **wilcoxon(a, b)}
        # Of rounded differences other numbers are tied; there scipy tests other ranks.
        distinct = len({abs(Q(p) - Q(q)) for p, q in zip(a, b)})
        if distinct == len(set(map(abs, np.subtract(a, b)))) and (case["n"] > 50 or distinct == case["n"] == len(a) > 0):
            assert math.isclose(case["p"], stats.wilcoxon(a, b, mode="exact" if case["n"] <= 50 else "approx").pvalue, rel_tol=1e-10), name
        out.append(case)
    for b, c in ((12, 5), (0, 0), (0, 1), (3, 3), (40, 12), (400, 350), (5100, 4900), (6100, 6000), (0, 1200)):
        p = float(min(Q(1), Q(2 * sum(math.comb(b + c, i) for i in range(min(b, c) + 1)), 2 ** (b + c))))
        assert b + c == 0 or math.isclose(p, stats.binomtest(b, b + c).pvalue, rel_tol=1e-9), (b, c)
        out.append({"kind": "mcnemar", "name": f"{b} and {c}", "b": b, "c": c, "p": p})
    return {"versions": versions, "cases": out}


if __name__ == "__main__":
    made = document()
    if "--check" in sys.argv:
        sys.exit("uncertainty.json differs" if json.loads(HERE.read_text())["cases"] != json.loads(json.dumps(made["cases"])) else 0)
    lines = ",\n".join(json.dumps(case) for case in made["cases"])
    HERE.write_text(f'{{"versions": {json.dumps(made["versions"])},\n"cases": [\n{lines}\n]}}\n')
