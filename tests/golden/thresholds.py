#!/usr/bin/env python3
"""Writes thresholds.json beside this file: what each rule for a threshold gives, on small data.

Rules are tried on every candidate in exact fractions; numpy and scikit-learn are the witnesses where they have the same rule.

    python3 thresholds.py            write the file
    python3 thresholds.py --check    compare it with a fresh computation; exit 1 on a difference
"""
import json
import math
import platform
import random
import sys
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path

import numpy as np
import scipy
import sklearn
from sklearn import metrics as skm

HERE = Path(__file__).resolve().parent / "thresholds.json"
INF = math.inf
RULES = ["f1", "f-beta:2", "f-beta:0.5", "youden", "max-fpr:0", "max-fpr:0.2", "max-fpr:0.3", "max-fpr:1", "min-recall:0", "min-recall:0.6", "min-recall:1",
         "min-precision:0.6", "min-precision:0.9", "cost:10:1", "cost:1:10", "cost:1:0", "cost:10:1:0.02", "sigma:0", "sigma:3", "log-sigma:3", "log-sigma:1.5",
         "quantile:0", "quantile:0.3", "quantile:0.99", "conformal:0.3", "conformal:0.1"]


def cases():
    yield "toy", [.1, .2, .35, .35, .5, .6, .6, .6, .8, .9], [0, 0, 0, 1, 0, 1, 1, 0, 1, 1]
    yield "nothing", [], []
    yield "good alone", [.25, .5, .75, 1., 1.25, 1.5], [0] * 6
    yield "anomalous alone", [.25, .5, .75], [1] * 3
    yield "constant", [2.] * 6, [0, 0, 0, 0, 1, 1]
    yield "one normal", [3., 4.], [0, 1]
    yield "a normal one above all", [.1, .2, .3, .9], [0, 1, 1, 0]
    yield "negative", [-3., -1., -.5, 0., 1e-300, 2., 1e300], [0, 0, 1, 0, 1, 0, 1]
    draw = random.Random(21)
    for n, digits in ((20, 1), (40, 2), (60, 17)):
        y = [int(draw.random() < .3) for _ in range(n)]
        yield f"{n} rows, {digits} digits", [round(.1 + abs(draw.gauss(.5 + .5 * a, .4)), digits) for a in y], y


def rounded(q):
    return float(q)


def root(q):
    with localcontext() as ctx:
        ctx.prec = 120
        return Fraction((Decimal(q.numerator) / Decimal(q.denominator)).sqrt())


def threshold(rule, s, y):
    """The threshold as a double, or None where the rule has none."""
    name, *texts = rule.split(":")
    a = [Fraction(text) for text in texts]
    normal = sorted(x for x, label in zip(s, y) if not label)
    P, N = sum(y), len(normal)
    cuts = [(INF, 0, 0)] + [(t, sum(x >= t and label for x, label in zip(s, y)), sum(x >= t for x in normal)) for t in sorted(set(s), reverse=True)]
    if name in ("f1", "f-beta", "youden", "cost", "min-precision") and not (P and N) or name == "min-recall" and not P or name not in ("min-recall",) and not N:
        return None
    lowest = lambda some, value: min(c[0] for c in some if value(c) == max(map(value, some)))
    if name in ("f1", "f-beta"):
        b2 = (a[0] if a else 1) ** 2
        return lowest(cuts[1:], lambda c: Fraction((1 + b2) * c[1], (1 + b2) * c[1] + b2 * (P - c[1]) + c[2]))
    if name == "youden":
        return lowest(cuts[1:], lambda c: Fraction(c[1], P) - Fraction(c[2], N))
    if name == "max-fpr":
        return min(c[0] for c in cuts if c[2] <= a[0] * N)
    if name == "min-recall":
        return max(c[0] for c in cuts if c[1] >= a[0] * P)
    if name == "min-precision":
        some = [c for c in cuts[1:] if c[1] >= a[0] * (c[1] + c[2])]
        return max(some, key=lambda c: (c[1], -c[2], c[0]))[0] if some else None
    if name == "cost":
        miss, mistake = (a[0] * a[2] / P, a[1] * (1 - a[2]) / N) if len(a) > 2 else a
        return lowest(cuts, lambda c: -(miss * (P - c[1]) + mistake * c[2]))
    if name == "sigma":
        v = [Fraction(x) for x in normal]
        mean = sum(v) / N
        return rounded(mean + a[0] * root(sum(x * x for x in v) / N - mean * mean))
    if name == "log-sigma":
        if normal[0] <= 0 or N < 2:
            return None
        with localcontext() as ctx:
            ctx.prec = 80
            logs = [Decimal(x).ln() for x in normal]
            mean = sum(logs) / N
            std = (sum((x - mean) ** 2 for x in logs) / (N - 1)).sqrt()
            return float((mean + Decimal(a[0].numerator) / Decimal(a[0].denominator) * std).exp())
    if name == "quantile":
        h = (N - 1) * a[0]
        j = math.floor(h)
        return rounded(Fraction(normal[j]) + (h - j) * (Fraction(normal[min(j + 1, N - 1)]) - Fraction(normal[j])))
    rank = math.ceil((1 - a[0]) * (N + 1))
    return math.nextafter(normal[rank - 1], INF) if rank <= N else None


def witness(rule, s, y, t):
    """numpy and scikit-learn agree where they have the rule."""
    normal = np.array([x for x, label in zip(s, y) if not label])
    name, *texts = rule.split(":")
    if t is None:
        return
    if name == "sigma":
        assert math.isclose(t, normal.mean() + float(texts[0]) * normal.std(), rel_tol=1e-12, abs_tol=1e-12), (rule, s)
    if name == "quantile":
        assert math.isclose(t, np.quantile(normal, float(texts[0])), rel_tol=1e-12, abs_tol=1e-12), (rule, s)
    if name == "log-sigma":
        logs = np.log(normal)
        assert math.isclose(t, math.exp(logs.mean() + float(texts[0]) * logs.std(ddof=1)), rel_tol=1e-12), (rule, s)
    if name == "f1":
        _, _, at = skm.precision_recall_curve(y, s)
        assert t == min(x for x in at if skm.f1_score(y, np.array(s) >= x) >= max(skm.f1_score(y, np.array(s) >= x) for x in at) - 1e-15), (rule, s)
    if name == "youden":
        fpr, tpr, at = skm.roc_curve(y, s, drop_intermediate=False)
        assert math.isclose((tpr - fpr)[1:].max(), (tpr - fpr)[list(at).index(t)], abs_tol=1e-15), (rule, s)


def document():
    out = []
    for name, s, y in cases():
        case = {"name": name, "scores": s, "labels": y}
        for rule in RULES:
            t = threshold(rule, s, y)
            witness(rule, s, y, t)
            case[rule] = "inf" if t == INF else t
        out.append(case)
    versions = {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__}
    return {"versions": versions, "cases": out}


if __name__ == "__main__":
    made = document()
    if "--check" in sys.argv:
        sys.exit("thresholds.json differs" if json.loads(HERE.read_text())["cases"] != json.loads(json.dumps(made["cases"])) else 0)
    lines = ",\n".join(json.dumps(case) for case in made["cases"])
    HERE.write_text(f'{{"versions": {json.dumps(made["versions"])},\n"cases": [\n{lines}\n]}}\n')
