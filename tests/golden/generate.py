#!/usr/bin/env python3
"""Writes the golden values beside this file: ranked.json, regions.json, defects.json, moments.json, ln.json and brick.json.

Every expected number is computed from integers and fractions and rounded once, to the nearest double, so it is the truth and not one
library's floating-point path to it. scikit-learn, scipy and numpy are the witnesses: the script stops when one of them disagrees.
Inputs use only operations that every platform rounds alike, so each run writes the same bytes.

    python3 generate.py            write the files
    python3 generate.py --check    compare them with a fresh computation; exit 1 on a difference
"""
import argparse
import decimal
import json
import math
import platform
import random
import struct
import sys
import warnings
from collections import deque
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import scipy
import sklearn
from PIL import Image
from scipy import ndimage
from sklearn import metrics as skm

HERE = Path(__file__).resolve().parent
WITNESS_TOLERANCE = 1e-12
CHECK_TOLERANCE = 1e-13
ROC_LIMITS = (0.05, 0.1, 0.3, 1.0)
PRO_LIMITS = (0.01, 0.05, 0.3, 1.0)
PIMO_BOUNDS = (("0.025", "0.3"), ("0.1", "1"))
DIGITS = decimal.Context(prec=80, rounding=decimal.ROUND_HALF_EVEN, Emin=-999999, Emax=999999)


# ---------------------------------------------------------------- inputs

class Draw:
    """A seeded stream. Only random() is used: its sequence is guaranteed, that of the derived distributions is not."""

    def __init__(self, seed):
        self._next = random.Random(seed).random

    def uniform(self, low=0.0, high=1.0):
        return low + (high - low) * self._next()

    def bell(self, mean=0.0, scale=1.0):
        """Twelve uniforms, correctly summed: nearly normal, without a logarithm."""
        return mean + scale * (math.fsum(self._next() for _ in range(12)) - 6.0)

    def bit(self, density):
        return int(self._next() < density)

    def shuffled(self, items):
        return [item for _, _, item in sorted((self._next(), i, item) for i, item in enumerate(items))]


def widen32(x):
    """The float32 nearest to x, as a double."""
    return struct.unpack("<f", struct.pack("<f", x))[0]


def as_dtype(xs, dtype):
    return [widen32(x) if dtype == "float32" else float(x) for x in xs]


def step(x, ulps):
    """x moved by a number of representable doubles."""
    for _ in range(abs(ulps)):
        x = math.nextafter(x, math.inf if ulps > 0 else -math.inf)
    return x


def step32(x, ulps):
    """A positive float32 moved by a number of representable float32 values."""
    return struct.unpack("<f", struct.pack("<I", struct.unpack("<I", struct.pack("<f", x))[0] + ulps))[0]


def plus_zero(x):
    return 0.0 if x == 0 else x


def witness(name, what, ours, theirs):
    if not abs(float(ours) - float(theirs)) <= WITNESS_TOLERANCE:
        raise AssertionError(f"{name}: {what} is {float(ours)!r} here and {float(theirs)!r} there")


def require(holds, name, what):
    if not holds:
        raise AssertionError(f"{name}: {what}")


def rounded(fraction):
    """Division of two Python integers rounds correctly."""
    return None if fraction is None else fraction.numerator / fraction.denominator


# ---------------------------------------------------------------- ranked scores

def sweep(scores, labels):
    """(threshold, tp, fp) at each distinct score, from the highest to the lowest."""
    counts = {}
    for s, y in zip(scores, labels):
        entry = counts.setdefault(plus_zero(s), [0, 0])
        entry[1 - y] += 1
    rows, tp, fp = [], 0, 0
    for s in sorted(counts, reverse=True):
        tp, fp = tp + counts[s][0], fp + counts[s][1]
        rows.append((s, tp, fp))
    return rows


def area_up_to(xs, x_total, ys, y_total, limit):
    """Area under the polyline (xs / x_total, ys / y_total), all integers, for x in [0, limit]; linear at the limit. Exact."""
    limit = Fraction(limit)
    doubled, tail = 0, Fraction(0)
    for x0, x1, y0, y1 in zip(xs, xs[1:], ys, ys[1:]):
        if Fraction(x1, x_total) <= limit:
            doubled += (x1 - x0) * (y0 + y1)
            continue
        width = limit - Fraction(x0, x_total)
        end = Fraction(y0, y_total) + Fraction(y1 - y0, y_total) * width / Fraction(x1 - x0, x_total)
        tail = width * (Fraction(y0, y_total) + end) / 2
        break
    return Fraction(doubled, 2 * x_total * y_total) + tail


def ranked_truth(scores, labels):
    """Exact fractions (None where undefined) and the sweep they come from."""
    positives, negatives = sum(labels), len(labels) - sum(labels)
    rows = sweep(scores, labels)
    tps, fps = [0] + [tp for _, tp, _ in rows], [0] + [fp for _, _, fp in rows]
    truth = dict.fromkeys(("auroc", "aupr", "average_precision", "optimal_f1", "optimal_threshold", "tp", "fp", "fn", "tn", "partial_auc"))
    if positives and negatives:
        doubled = 0
        for tp0, tp1, fp0, fp1 in zip(tps, tps[1:], fps, fps[1:]):
            doubled += (tp1 - tp0) * (2 * (negatives - fp1) + fp1 - fp0)
        truth["auroc"] = Fraction(doubled, 2 * positives * negatives)
        truth["partial_auc"] = {x: area_up_to(fps, negatives, tps, positives, x) for x in ROC_LIMITS}
    if positives:
        before, ap, aupr, best = Fraction(1), Fraction(0), Fraction(0), None
        previous = 0
        for t, tp, fp in rows:
            precision = Fraction(tp, tp + fp)
            if tp > previous:
                ap += Fraction(tp - previous, positives) * precision
                aupr += Fraction(tp - previous, positives) * (before + precision) / 2
            before, previous = precision, tp
            f1 = Fraction(2 * tp, tp + fp + positives)
            if best is None or f1 >= best[0]:
                best = (f1, t, tp, fp)
        truth.update(average_precision=ap, aupr=aupr, optimal_f1=best[0], optimal_threshold=best[1],
                     tp=best[2], fp=best[3], fn=positives - best[2], tn=negatives - best[3])
    return truth, rows


def ranked_witness(name, scores, labels, truth):
    """What scikit-learn says of the same rows, after checking that it agrees."""
    s, y = np.array(scores, np.float64), np.array(labels, np.int64)
    said = dict.fromkeys(("auroc", "aupr", "average_precision"))
    if truth["auroc"] is not None:
        said["auroc"] = float(skm.roc_auc_score(y, s))
        fpr, tpr, _ = skm.roc_curve(y, s, drop_intermediate=False)
        for limit, area in truth["partial_auc"].items():
            inside = fpr <= limit
            xs = np.append(fpr[inside], limit)
            ys = np.append(tpr[inside], np.interp(limit, fpr, tpr) if limit < 1 and limit not in fpr else tpr[inside][-1])
            witness(name, f"partial_auc {limit}", area, skm.auc(xs, ys))
    if truth["aupr"] is not None:
        precision, recall, _ = skm.precision_recall_curve(y, s)
        said["aupr"] = float(skm.auc(recall, precision))
        said["average_precision"] = float(skm.average_precision_score(y, s))
        called = s >= truth["optimal_threshold"]
        witness(name, "F1 at the optimum", truth["optimal_f1"], skm.f1_score(y, called))
        harmonic = 2 * precision * recall / np.maximum(precision + recall, 1e-300)
        witness(name, "largest F1", truth["optimal_f1"], harmonic.max())
        counted = [int((called & (y == 1)).sum()), int((called & (y == 0)).sum()),
                   int((~called & (y == 1)).sum()), int((~called & (y == 0)).sum())]
        require(counted == [truth[k] for k in ("tp", "fp", "fn", "tn")], name, "counts at the optimum")
    if truth["auroc"] is not None and len(s) <= 300:
        a, b = s[y == 1][:, None], s[y == 0][None, :]
        require(Fraction(2 * int((a > b).sum()) + int((a == b).sum()), 2 * a.size * b.size) == truth["auroc"], name, "AUROC by pairs")
    if truth["auroc"] is not None:
        require(truth["partial_auc"][1.0] == truth["auroc"], name, "the area under the whole curve is AUROC")
    for key, value in said.items():
        if value is not None:
            witness(name, key, truth[key], value)
    return said


def same_curve(name, what, ours, theirs):
    require([float(x) for x in theirs] == ours, name, f"{what} differs from scikit-learn")


NOWHERE = (None, None, 0, 0)


def text_of(threshold):
    return "inf" if threshold == math.inf else threshold


def as_decimal(fraction):
    return DIGITS.divide(Decimal(fraction.numerator), Decimal(fraction.denominator))


def log_area(points, lo, hi):
    """Mean over ln x in [lo, hi] of a polyline that is straight in x, in 80 digits."""
    total = Decimal(0)
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        a, b = max(x0, lo), min(x1, hi)
        if a < b:
            slope = (y1 - y0) / (x1 - x0)
            total += as_decimal(y0 - slope * x0) * DIGITS.ln(as_decimal(b / a)) + as_decimal(slope * (b - a))
    return float(DIGITS.divide(total, DIGITS.ln(as_decimal(hi / lo))))


def swapped_aupr(rows, negatives):
    """AUPR with the normal rows as what is looked for, the lowest scores first."""
    if not negatives:
        return None
    before, found, called, sum_ = Fraction(1), 0, 0, Fraction(0)
    for (_, tp, fp), (_, above, below) in zip(reversed(rows), list(reversed(rows))[1:] + [(None, 0, 0)]):
        found, called, rise = found + fp - below, called + tp + fp - above - below, fp - below
        precision = Fraction(found, called)
        sum_ += Fraction(rise, negatives) * (before + precision) / 2
        before = precision
    return sum_


def points_truth(rows, positives, negatives, truth):
    """The operating points by the names that ask for them: (value, threshold, tp, fp), NOWHERE where undefined; a parameter is the decimal it is written as."""
    found, both = {}, positives and negatives
    candidates = [(math.inf, 0, 0)] + rows
    share = lambda part, whole: Fraction(part, whole) if whole else None

    def best(among, value, partner):
        among = list(among)
        return max(among, key=lambda r: (value(r), partner(r), r[0])) if both and among else None

    def put(key, row, value, known=True):
        found[key] = NOWHERE if row is None else (value(row), row[0] if known else None, row[1], row[2])

    tpr, fpr = (lambda r: share(r[1], positives)), (lambda r: share(r[2], negatives))
    precision, none = (lambda r: share(r[1], r[1] + r[2])), (lambda r: 0)
    for a in ("0", "0.1", "0.3"):
        put(f"tpr@fpr={a}", best((r for r in candidates if r[2] <= Fraction(a) * negatives), tpr, none), tpr)
    for r in ("0", "0.5", "0.95"):
        put(f"fpr@tpr={r}", best((c for c in candidates if c[1] >= Fraction(r) * positives), lambda c: -fpr(c), none), fpr)
    put("fpr95", best((c for c in candidates if c[1] >= Fraction("0.95") * positives), lambda c: -fpr(c), none), fpr)
    put("tnr@fnr=0.3", best((c for c in candidates if positives - c[1] <= Fraction("0.3") * positives), lambda c: -fpr(c), none),
        lambda c: 1 - fpr(c))
    for p in ("0.5", "0.7", "0.9"):
        put(f"recall@precision={p}", best((r for r in rows if r[1] >= Fraction(p) * (r[1] + r[2])), tpr, precision), tpr)
    for r in ("0", "0.5", "1"):
        put(f"precision@recall={r}", best((c for c in rows if c[1] >= Fraction(r) * positives), precision, tpr), precision)

    curve = [(Fraction(fp, negatives), Fraction(tp, positives)) for _, tp, fp in candidates] if both else []
    crossing = next((k for k in range(1, len(curve)) if sum(curve[k]) >= 1), None)
    found["eer"] = NOWHERE
    if crossing:
        (x0, y0), (x1, y1) = curve[crossing - 1:crossing + 1]
        found["eer"] = (x0 + (x1 - x0) * (1 - x0 - y0) / (x1 + y1 - x0 - y0), *candidates[crossing])
    for n in (1, 3, 8):
        at = next((k for k in range(1, len(candidates)) if sum(candidates[k][1:]) >= n), None)
        found[f"precision@n={n}"] = NOWHERE
        if at:
            (_, tp0, fp0), row = candidates[at - 1:at + 1]
            found[f"precision@n={n}"] = ((tp0 + Fraction((n - tp0 - fp0) * (row[1] - tp0), row[1] + row[2] - tp0 - fp0)) / n, *row)

    def area(key, value):
        found[key] = (value, None, None, None)

    area("aupr-in", swapped_aupr(rows, negatives))

    for m in ("0.1", "0.3", "1"):
        exact = Fraction(float(m))
        below = truth["partial_auc"][float(m)] if both else None
        area(f"pauroc@{m}", below)
        area(f"mcclish@{m}", (1 + (below - exact * exact / 2) / (exact - exact * exact / 2)) / 2 if both else None)
    for lo, hi in (("0.001", "0.1"), ("0.1", "0.5"), ("0.25", "1")):
        area(f"logauroc@{lo}:{hi}", log_area(curve, Fraction(lo), Fraction(hi)) if both and Fraction(lo) * negatives >= 1 else None)

    # Without an anomalous row no threshold is best, and there is only what no threshold changes.
    t, tp, fp = (truth["optimal_threshold"], truth["tp"], truth["fp"]) if positives else (None, 0, 0)
    fn, tn = positives - tp, negatives - fp
    margins = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
    recall, false = share(tp, positives), share(fp, negatives)
    rates = {"precision": share(tp, tp + fp), "recall": recall, "specificity": share(tn, negatives), "fpr": false, "fnr": share(fn, positives),
             "npv": share(tn, tn + fn), "f1": share(2 * tp, 2 * tp + fp + fn), "accuracy": share(tp + tn, positives + negatives),
             "prevalence": share(positives, positives + negatives), "fbeta@2": share(5 * tp, 5 * tp + 4 * fn + fp),
             "fbeta@0.5": share(5 * tp, 5 * tp + fn + 4 * fp), "balanced_accuracy": (recall + 1 - false) / 2 if both else None,
             "youden": recall - false if both else None, "lr_plus": recall / false if both and fp else None,
             "lr_minus": (1 - recall) / (1 - false) if both and tn else None,
             "mcc": float(DIGITS.divide(Decimal(tp * tn - fp * fn), DIGITS.sqrt(Decimal(margins)))) if margins else None}
    for key, value in rates.items():
        found[key] = (value if positives or key == "prevalence" else None, t, tp, fp)
    return found


def points_witness(name, scores, labels, found):
    """scikit-learn on the same questions, where it has an answer."""
    y, s = np.array(labels, np.int64), np.array(scores, np.float64)
    if sum(labels) < len(labels):
        precision, recall, _ = skm.precision_recall_curve(1 - y, -s)
        witness(name, "AUPR-IN", found["aupr-in"][0], skm.auc(recall, precision))
    if 0 < sum(labels) < len(labels):
        fpr, tpr, _ = skm.roc_curve(y, s, drop_intermediate=False)
        for a in ("0", "0.1", "0.3"):
            witness(name, f"TPR at FPR {a}", found[f"tpr@fpr={a}"][0], tpr[fpr <= float(a) + 1e-12].max())
        for r in ("0", "0.5", "0.95"):
            witness(name, f"FPR at TPR {r}", found[f"fpr@tpr={r}"][0], fpr[tpr >= float(r) - 1e-12].min())
        precision, recall, _ = skm.precision_recall_curve(y, s)
        witness(name, "precision at recall", found["precision@recall=0.5"][0], precision[:-1][recall[:-1] >= 0.5 - 1e-12].max())
        for m in ("0.1", "0.3"):
            witness(name, f"McClish to {m}", found[f"mcclish@{m}"][0], skm.roc_auc_score(y, s, max_fpr=float(m)))
        called = (s >= found["mcc"][1]).astype(np.int64)
        witness(name, "balanced accuracy", found["balanced_accuracy"][0], skm.balanced_accuracy_score(y, called))
        witness(name, "F-beta", found["fbeta@2"][0], skm.fbeta_score(y, called, beta=2))
        witness(name, "accuracy", found["accuracy"][0], skm.accuracy_score(y, called))
        if found["mcc"][0] is not None:
            witness(name, "MCC", found["mcc"][0], skm.matthews_corrcoef(y, called))
        if found["lr_plus"][0] is not None and found["lr_minus"][0] is not None:
            plus, minus = skm.class_likelihood_ratios(y, called)
            require(abs(plus - float(found["lr_plus"][0])) <= 1e-12 * plus, name, "LR+")
            witness(name, "LR-", found["lr_minus"][0], minus)


def points(name, scores, labels, rows, truth):
    positives, negatives = sum(labels), len(labels) - sum(labels)
    found = points_truth(rows, positives, negatives, truth)
    points_witness(name, scores, labels, found)
    made = {}
    for key, (value, t, tp, fp) in found.items():
        one = {"value": value if value is None or isinstance(value, float) else rounded(value)}
        if t is not None:
            one.update(threshold=text_of(t), tp=tp, fp=fp)
        made[key] = one
    return made


def ranked_case(name, scores, labels, dtype="float64"):
    scores, labels = as_dtype(scores, dtype), [int(y) for y in labels]
    require(len(scores) == len(labels), name, "one label for each score")
    positives, negatives = sum(labels), len(labels) - sum(labels)
    truth, rows = ranked_truth(scores, labels)
    said = ranked_witness(name, scores, labels, truth)
    case = {"name": name, "dtype": dtype, "scores": scores, "labels": labels, "sklearn": said,
            "min": plus_zero(min(scores)) if scores else None, "max": plus_zero(max(scores)) if scores else None,
            "roc": None, "pr": None, "points": points(name, scores, labels, rows, truth),
            "partial_auc": None if truth["partial_auc"] is None else {repr(x): rounded(a) for x, a in truth["partial_auc"].items()}}
    for key in ("auroc", "aupr", "average_precision", "optimal_f1"):
        case[key] = rounded(truth[key])
    for key in ("optimal_threshold", "tp", "fp", "fn", "tn"):
        case[key] = truth[key]
    s, y = np.array(scores, np.float64), np.array(labels, np.int64)
    if positives and negatives:
        case["roc"] = {"fpr": [0.0] + [fp / negatives for _, _, fp in rows], "tpr": [0.0] + [tp / positives for _, tp, _ in rows],
                       "thresholds": [None] + [t for t, _, _ in rows]}
        fpr, tpr, thresholds = skm.roc_curve(y, s, drop_intermediate=False)
        same_curve(name, "fpr", case["roc"]["fpr"], fpr)
        same_curve(name, "tpr", case["roc"]["tpr"], tpr)
        same_curve(name, "ROC thresholds", case["roc"]["thresholds"][1:], thresholds[1:])
    if positives:
        ascending = rows[::-1]
        case["pr"] = {"precision": [tp / (tp + fp) for _, tp, fp in ascending] + [1.0],
                      "recall": [tp / positives for _, tp, _ in ascending] + [0.0], "thresholds": [t for t, _, _ in ascending]}
        precision, recall, thresholds = skm.precision_recall_curve(y, s)
        same_curve(name, "precision", case["pr"]["precision"], precision)
        same_curve(name, "recall", case["pr"]["recall"], recall)
        same_curve(name, "PR thresholds", case["pr"]["thresholds"], thresholds)
    return case


def overlapping(seed, rows, density, shift, digits=None):
    draw = Draw(seed)
    labels = [draw.bit(density) for _ in range(rows)]
    scores = [draw.bell(0.4 + shift * y, 0.15) for y in labels]
    return [s if digits is None else round(s, digits) for s in scores], labels


def ranked_cases():
    both = ("float64", "float32")

    def in_both(name, scores, labels):
        return [ranked_case(f"{name}_{dtype}", scores, labels, dtype) for dtype in both]

    yield ranked_case("sklearn_documentation_example", [0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])
    yield ranked_case("sklearn_documentation_example_float32", [0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1], "float32")
    yield from in_both("separable", [0.9, 0.1, 0.8, 0.2, 0.7, 0.3, 0.4], [1, 0, 1, 0, 1, 0, 0])
    yield from in_both("inverted", [0.1, 0.9, 0.2, 0.8, 0.3, 0.7, 0.6], [1, 0, 1, 0, 1, 0, 0])
    for seed in (1, 2, 3):
        yield from in_both(f"overlapping_14_rows_seed_{seed}", *overlapping(seed, 14, 0.45, 0.15))
    for seed in (11, 12):
        yield from in_both(f"overlapping_300_rows_seed_{seed}", *overlapping(seed, 300, 0.3, 0.2))
    for seed in (21, 22):
        yield from in_both(f"ties_one_decimal_seed_{seed}", *overlapping(seed, 200, 0.4, 0.15, 1))
    for seed in (31, 32):
        draw = Draw(seed)
        labels = [draw.bit(0.4) for _ in range(90)]
        scores = [(0.25, 0.5, 0.75)[min(2, int(draw.uniform(0, 3) * (0.8 + 0.4 * y)))] for y in labels]
        yield ranked_case(f"three_distinct_scores_seed_{seed}", scores, labels)
    yield from in_both("constant_scores", [0.1] * 9, [1, 0, 0, 1, 0, 0, 0, 1, 0])
    yield ranked_case("constant_zero_scores", [0.0] * 4, [1, 0, 1, 0])
    yield ranked_case("constant_scores_positives_only", [0.5] * 3, [1, 1, 1])
    yield from in_both("positives_only", [0.3, 0.9, 0.3, 0.6], [1] * 4)
    yield from in_both("negatives_only", [0.3, 0.9, 0.3, 0.6], [0] * 4)
    yield ranked_case("one_row_positive", [0.7], [1])
    yield ranked_case("one_row_negative", [0.7], [0])
    yield ranked_case("one_row_of_each", [0.7, 0.2], [1, 0])
    yield ranked_case("one_row_of_each_inverted", [0.2, 0.7], [1, 0])
    yield ranked_case("one_row_of_each_tied", [0.7, 0.7], [1, 0])
    for dtype in both:
        yield ranked_case(f"empty_{dtype}", [], [], dtype)

    draw = Draw(41)
    scores = [round(draw.uniform(), 4) for _ in range(1000)]
    scores[617] = round(sorted(scores)[-4], 4)
    yield ranked_case("one_positive_in_1000", scores, [int(i == 617) for i in range(1000)])
    draw = Draw(42)
    scores = [round(draw.uniform(), 2) for _ in range(1000)]
    scores[5], scores[500], scores[999] = 0.97, 0.9, 0.5
    require(all(scores.count(s) > 1 for s in (0.97, 0.9, 0.5)), "three positives", "each ties with a negative")
    yield ranked_case("three_positives_in_1000_tied_with_negatives", scores, [int(i in (5, 500, 999)) for i in range(1000)])
    yield ranked_case("one_negative_in_200", [(i * 37 % 200) / 200 for i in range(200)], [int(i != 71) for i in range(200)])

    yield from in_both("negative_scores", [-0.1, -3.5, -2.25, -0.7, -10.0, -0.2, -0.7, -8.0], [1, 0, 0, 1, 0, 0, 0, 1])
    tiny = 5e-324
    yield ranked_case("subnormal_scores", [tiny, 2 * tiny, 0.0, 3 * tiny, -tiny, 2 * tiny, 2.2250738585072014e-308, 2.225073858507201e-308],
                      [0, 1, 0, 0, 0, 0, 1, 1])
    tiny32 = 2.0 ** -149
    yield ranked_case("subnormal_scores_float32",
                      [tiny32, 2 * tiny32, 0.0, 3 * tiny32, -tiny32, 2 * tiny32, 2.0 ** -126, 2.0 ** -126 - tiny32],
                      [0, 1, 0, 0, 0, 0, 1, 1], "float32")
    yield ranked_case("tiny_scores", [k * 1e-300 for k in (3, 1, 4, 1, 5, 9, 2, 6)], [1, 0, 0, 1, 0, 1, 0, 1])
    yield from in_both("negative_zero_equals_zero", [-0.0, 0.0, 0.5, -0.0, 0.0, -0.5, 0.0, -0.0], [1, 0, 1, 0, 1, 0, 0, 1])
    yield ranked_case("negative_zero_is_the_smallest_score", [-0.0, 0.0, 0.5], [0, 1, 1])
    yield ranked_case("negative_zero_is_the_largest_score", [-0.0, -0.5, -1.0], [1, 1, 0])
    yield from in_both("scores_beyond_one", [12.5, -3.0, 0.5, 100.0, 36.75, 41.0, 2.0, 38.0, 55.0, 40.0], [1, 0, 0, 1, 0, 1, 0, 1, 0, 0])
    yield from in_both("scores_around_1e30", [1e30, 3e30, 2e30, -1e30, 2.5e30, 9e29, 2e30], [0, 1, 1, 0, 0, 0, 1])
    most = sys.float_info.max
    yield ranked_case("largest_doubles", [most, -most, step(most, -1), 0.0, 1e308], [1, 0, 0, 0, 1])
    top = struct.unpack("<f", b"\xff\xff\x7f\x7f")[0]
    yield ranked_case("largest_floats", [top, -top, step32(top, -1), 0.0, 1e38], [1, 0, 0, 0, 1], "float32")
    for seed, anchor in ((51, 1e30), (54, 1.0), (53, 0.1)):
        draw = Draw(seed)
        ulps = [int(draw.uniform(0, 12)) for _ in range(24)]
        labels = [int(k + draw.uniform(-5, 5) > 6) for k in ulps]
        yield ranked_case(f"last_ulp_around_{anchor!r}", [step(anchor, k) for k in ulps], labels)
        yield ranked_case(f"last_ulp_around_{anchor!r}_float32", [step32(widen32(anchor), k) for k in ulps], labels, "float32")
    yield ranked_case("equal_as_floats_distinct_as_doubles", [0.1, step(0.1, 1), widen32(0.1), step(0.1, -1)], [1, 0, 0, 1])

    yield ranked_case("two_thresholds_of_equal_best_f1", [0.9, 0.8, 0.7, 0.6, 0.5], [1, 0, 0, 1, 0])
    for p in (3, 5, 7):
        # The i-th positive stands at rank i (p + 1) - p, so F1 is 2 / (p + 1) at each of them.
        ranks = {i * (p + 1) - p for i in range(1, p + 1)}
        n = max(ranks) + 2
        yield from in_both(f"{p}_thresholds_of_equal_best_f1", [round(1 - k / 64, 6) for k in range(1, n + 1)],
                           [int(k in ranks) for k in range(1, n + 1)])
    yield ranked_case("equal_best_f1_with_ties", [0.9, 0.9, 0.8, 0.8, 0.8, 0.8, 0.6, 0.6, 0.1], [1, 1, 0, 0, 0, 0, 1, 1, 0])
    yield ranked_case("best_f1_calls_everything", [0.9, 0.8, 0.7, 0.1], [0, 0, 1, 1])


# ---------------------------------------------------------------- regions

def flood(mask, height, width):
    """8-connected components, numbered in the order of their first pixel (rows from the top, each from the left)."""
    labels, count = [0] * (height * width), 0
    for start in range(height * width):
        if not mask[start] or labels[start]:
            continue
        count += 1
        labels[start], queue = count, deque([start])
        while queue:
            r, c = divmod(queue.popleft(), width)
            for rr in range(max(r - 1, 0), min(r + 2, height)):
                for cc in range(max(c - 1, 0), min(c + 2, width)):
                    k = rr * width + cc
                    if mask[k] and not labels[k]:
                        labels[k] = count
                        queue.append(k)
    return labels, count


def pro_truth(maps, labels, counts):
    """The PRO curve over integers: distinct scores, false positives, and PRO as numerators over a common denominator."""
    sizes = [[image.count(k) for k in range(1, count + 1)] for image, count in zip(labels, counts)]
    common = math.lcm(*(size for image in sizes for size in image))
    gains = {}
    for scores, image, image_sizes in zip(maps, labels, sizes):
        for s, k in zip(scores, image):
            entry = gains.setdefault(plus_zero(s), [0, 0])
            if k:
                entry[1] += common // image_sizes[k - 1]
            else:
                entry[0] += 1
    thresholds, fps, pros = [], [0], [0]
    for s in sorted(gains, reverse=True):
        thresholds.append(s)
        fps.append(fps[-1] + gains[s][0])
        pros.append(pros[-1] + gains[s][1])
    total = common * sum(counts)
    require(pros[-1] == total, "PRO", "the weights add up to one")
    return thresholds, fps, pros, total


def pro_witness(name, maps, masks, labels, counts, thresholds, fps, pros, total, areas):
    """The definition read literally, threshold by threshold, in floating point."""
    s, normal = np.array(maps), np.array(masks) == 0
    regions = [(i, np.array(labels[i]) == k) for i, count in enumerate(counts) for k in range(1, count + 1)]
    xs, ys = [0.0], [0.0]
    for t in thresholds:
        xs.append(float((s[normal] >= t).mean()))
        ys.append(float(np.mean([(s[i][region] >= t).mean() for i, region in regions])))
    for j, (x, y) in enumerate(zip(xs, ys)):
        witness(name, f"fpr at point {j}", Fraction(fps[j], fps[-1]), x)
        witness(name, f"PRO at point {j}", Fraction(pros[j], total), y)
    for limit, area in areas.items():
        k = max(j for j in range(len(xs)) if xs[j] <= limit)
        x, y = np.array(xs[:k + 1]), np.array(ys[:k + 1])
        if x[-1] < limit:
            slope = (ys[k + 1] - ys[k]) / (xs[k + 1] - xs[k])
            x, y = np.append(x, limit), np.append(y, ys[k] + (limit - xs[k]) * slope)
        witness(name, f"AUPRO to {limit}", area, float(np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2)) / limit)


def pimo_truth(maps, masks, lo, hi):
    """AUPIMO of each image, null of a normal one, in 80 digits; None where undefined. All images have one size, so x is that of all normal pixels."""
    good = sorted((plus_zero(s) for m, mask in zip(maps, masks) if not any(mask) for s in m), reverse=True)
    if not good or all(not any(mask) for mask in masks):
        return None
    distinct = sorted({plus_zero(s) for m in maps for s in m}, reverse=True)
    xs = [Fraction(sum(s >= t for s in good), len(good)) for t in distinct]
    if next(x for x in xs if x) > lo:
        return None
    areas = []
    for m, mask in zip(maps, masks):
        own = [plus_zero(s) for s, v in zip(m, mask) if v]
        ys = [Fraction(sum(s >= t for s in own), len(own)) for t in distinct] if own else []
        points = [(x, y) for x, y in zip(xs, ys) if x]
        total = Decimal(0)
        for (x0, y0), (x1, y1) in zip(points, points[1:]):
            a, b = max(x0, lo), min(x1, hi)
            if a < b:
                at = lambda x: as_decimal(y0) + as_decimal(y1 - y0) * DIGITS.divide(DIGITS.ln(as_decimal(x / x0)), DIGITS.ln(as_decimal(x1 / x0)))
                total += (at(a) + at(b)) / 2 * DIGITS.ln(as_decimal(b / a))
        areas.append(float(DIGITS.divide(total, DIGITS.ln(as_decimal(hi / lo)))) if own else None)
    return areas


def pimo_witness(name, maps, masks, lo, hi, areas):
    """The mean over a grid of ln x of y interpolated by numpy, the vertices of one x from the lower side."""
    s, y = np.array(maps), np.array(masks)
    normal = s[~y.any(1)]
    grid = np.linspace(np.log(float(lo)), np.log(float(hi)), 20001)
    for image, area in enumerate(areas):
        if area is None:
            continue
        ts = np.unique(s)[::-1]
        x = np.array([np.mean([(g >= t).mean() for g in normal]) for t in ts])
        found = np.array([(s[image][y[image] == 1] >= t).mean() for t in ts])
        mean = np.interp((grid[1:] + grid[:-1]) / 2, np.log(x[x > 0]), found[x > 0]).mean()
        require(abs(mean - area) <= 1e-3, name, f"AUPIMO of image {image} is {area} here and {mean} there")


def region_case(name, height, width, maps, masks, dtype="float64"):
    maps, masks = [as_dtype(m, dtype) for m in maps], [[int(v) for v in m] for m in masks]
    require(all(len(m) == height * width for m in maps + masks) and len(maps) == len(masks), name, "shapes")
    labels, counts = [], []
    for mask in masks:
        image, count = flood(mask, height, width)
        theirs, their_count = ndimage.label(np.array(mask).reshape(height, width), np.ones((3, 3), int))
        require(count == their_count and image == theirs.ravel().tolist(), name, "regions differ from scipy.ndimage.label")
        labels.append(image)
        counts.append(count)
    flat_s, flat_y = [s for m in maps for s in m], [v for m in masks for v in m]
    truth, rows = ranked_truth(flat_s, flat_y)
    case = {"name": name, "dtype": dtype, "height": height, "width": width, "maps": maps, "masks": masks, "labels": labels,
            "regions": sum(counts), "regions_per_image": counts, "image_max": [plus_zero(max(m)) for m in maps],
            "aupro": None, "pro": None, "aupimo": None, "sklearn": ranked_witness(name, flat_s, flat_y, truth),
            "optimal_threshold": truth["optimal_threshold"]}
    for key in ("auroc", "aupr", "average_precision", "optimal_f1"):
        case[key] = rounded(truth[key])
    if sum(counts) and 0 in flat_y:
        thresholds, fps, pros, total = pro_truth(maps, labels, counts)
        require(thresholds == [t for t, _, _ in rows] and fps[-1] == flat_y.count(0), name, "the sweeps of PRO and ROC agree")
        areas = {limit: area_up_to(fps, fps[-1], pros, total, limit) / Fraction(limit) for limit in PRO_LIMITS}
        pro_witness(name, maps, masks, labels, counts, thresholds, fps, pros, total, areas)
        sizes = {image.count(k) for image, count in zip(labels, counts) for k in range(1, count + 1)}
        if len(sizes) == 1:
            require(all(pro * sum(flat_y) == tp * total for pro, (_, tp, _) in zip(pros[1:], rows)), name,
                    "regions of one size: PRO is TPR")
            require(areas[1.0] == truth["auroc"], name, "regions of one size: the whole AUPRO is AUROC")
        case["aupro"] = {repr(limit): rounded(area) for limit, area in areas.items()}
        pimo = {":".join(bounds): pimo_truth(maps, masks, *map(Fraction, bounds)) for bounds in PIMO_BOUNDS}
        for bounds, found in pimo.items():
            if found:
                pimo_witness(name, maps, masks, *map(Fraction, bounds.split(":")), found)
        case["aupimo"] = pimo if any(pimo.values()) else None
        case["pro"] = {"fpr": [x / fps[-1] for x in fps], "pro": [y / total for y in pros], "thresholds": [None] + thresholds}
    return case


def picture(*lines):
    height, width = len(lines), len(lines[0])
    require(all(len(line) == width for line in lines), "picture", "rows of one length")
    return height, width, [int(ch == "#") for line in lines for ch in line]


def scored(draw, mask, shift=0.25, digits=None):
    scores = [draw.bell(0.35 + shift * v, 0.12) for v in mask]
    return [s if digits is None else round(s, digits) for s in scores]


def spiral(n):
    """A path one pixel wide winding inwards, its turns one pixel apart."""
    cells = [[0] * n for _ in range(n)]
    r, c, dr, dc = 0, 0, 0, 1
    cells[0][0] = 1

    def free(rr, cc):
        return 0 <= rr < n and 0 <= cc < n and not cells[rr][cc]

    while True:
        for _ in range(2):
            ahead = free(r + dr, c + dc)
            rr, cc = r + 2 * dr, c + 2 * dc
            if ahead and not (0 <= rr < n and 0 <= cc < n and cells[rr][cc]):
                break
            dr, dc = dc, -dr
        else:
            return [v for row in cells for v in row]
        r, c = r + dr, c + dc
        cells[r][c] = 1


def rings(n, gap=2):
    return [int(min(r, c, n - 1 - r, n - 1 - c) % gap == 0) for r in range(n) for c in range(n)]


def noise(draw, height, width, density):
    return [draw.bit(density) for _ in range(height * width)]


def blobs(draw, height, width, count, radius):
    centres = [(draw.uniform(0, height), draw.uniform(0, width), draw.uniform(0.6, radius)) for _ in range(count)]
    return [int(any((r - y) * (r - y) + (c - x) * (c - x) <= q * q for y, x, q in centres)) for r in range(height) for c in range(width)]


def region_cases():
    both = ("float64", "float32")

    def drawn(name, seed, pictures, dtype="float64", shift=0.25, digits=3):
        draw = Draw(seed)
        height, width, _ = pictures[0]
        masks = [mask for _, _, mask in pictures]
        return region_case(name, height, width, [scored(draw, m, shift, digits) for m in masks], masks, dtype)

    clean = picture(*["........"] * 6)
    for dtype in both:
        yield drawn(f"diagonal_neighbours_are_one_region_{dtype}", 101,
                    [picture("##......", "##......", "..##....", "..##....", ".....#..", "......#.")], dtype)
    yield drawn("antidiagonal_neighbours_are_one_region", 102, [
        picture(".....#..", "....#...", "...#....", "..#.....", "##......", "......##")])
    yield drawn("corners_and_borders", 103, [picture("#......#", "........", "#......#", "#......#", "........", "##....##"), clean])
    yield drawn("right_edge_does_not_touch_the_next_left_edge", 104, [
        picture(".......#", "#.......", "........", ".......#", "#......#", "#.......")])
    yield drawn("bottom_of_one_image_does_not_touch_the_top_of_the_next", 105,
                [picture("........", "........", "........", "........", "........", "..####.."),
                 picture("..####..", "........", "........", "........", "........", ".......#"),
                 picture("#.......", "........", "........", "........", "........", "........")])
    full = picture(*["########"] * 6)
    yield drawn("one_region_fills_the_only_image", 106, [full])
    yield drawn("one_region_fills_an_image_beside_a_normal_image", 107, [full, clean])
    yield drawn("no_region_at_all", 108, [clean, clean])
    yield drawn("single_pixel_regions", 109, [picture("#..#...#", "........", ".#...#..", ".......#", "...#....", "#.....#."),
                                              picture("........", ".#......", "...#....", ".....#..", ".......#", "..#.....")])
    yield drawn("one_pixel_is_the_only_region", 110, [picture("........", "........", "....#...", "........", "........", "........")])
    yield drawn("regions_of_one_size", 111, [picture("##...##.", "........", "..##....", "......#.", "#.....#.", "#.......")])
    yield drawn("regions_of_very_different_sizes", 112, [picture("#.......", "..######", "..######", "..######", "..######", "#......."),
                                                         picture("........", ".#......", "........", "....##..", "....##..", "........")])
    yield drawn("one_of_three_images_without_a_region", 113, [
        picture("........", ".##.....", ".##.....", "........", ".....###", "........"),
        clean,
        picture("........", "........", "...#....", "..###...", "...#....", "........")])

    yield drawn("u_shapes_merge_late", 121, [
        picture("#.#.#.#.#.#", "#.#.#.#.#.#", "#.#.#.#.#.#", "#.#.#.#.#.#", "#.#.#.#.#.#", "###.###.###", "...........", "#.........#",
                "#.........#", "#.........#", "###########")])
    yield drawn("comb_merges_at_the_last_row", 122, [picture("#.#.#.#.#.#.#", "#.#.#.#.#.#.#", "#.#.#.#.#.#.#", "#############"),
                                                     picture("#.#.#.#.#.#.#", "#.#.#.#.#.#.#", "#.#.#.#.#.#.#", "#.#.#.#.#.#.#")])
    yield drawn("right_to_left_merges", 123, [
        picture("..........#", "........#.#", "......#.#.#", "....#.#.#.#", "..#.#.#.#.#", "#.#.#.#.#.#", "###########"),
        picture("#..........", "#.#........", "#.#.#......", "#.#.#.#....", "#.#.#.#.#..", "#.#.#.#.#.#", "###########")])
    yield drawn("tree_of_merges", 124, [
        picture("#.#.#.#.#.#.#.#", "###.###.###.###", ".#...#...#...#.", ".#####...#####.", "...#.......#...", "...#########...",
                ".......#.......", "...............")])
    yield drawn("w_and_v_shapes", 125, [
        picture("#.....#.....#", ".#...#.#...#.", "..#.#...#.#..", "...#.....#...", ".............", "#...........#", ".#.........#.",
                "..#.......#..", "...#.....#...", "....#...#....", ".....#.#.....", "......#......")])
    for n in (11, 16):
        yield drawn(f"spiral_{n}", 126 + n, [(n, n, spiral(n)), (n, n, spiral(n)[::-1])])
    yield drawn("nested_rings", 128, [(13, 13, rings(13)), (13, 13, rings(13, 3))])
    yield drawn("nested_rings_opened_at_the_bottom", 129, [
        picture("#########", "#.......#", "#.#####.#", "#.#...#.#", "#.#.#.#.#", "#.#...#.#", "#.##.##.#", "#.......#", "####.####")])
    yield drawn("interlocked_hooks", 130, [
        picture("#########.", "#.......#.", "#.#####.#.", "#.#...#.#.", "#.#.#.#.#.", "#.#.#...#.", "#.#.#####.", "#.#.......",
                "#.########", "..........")])
    for name, odd in (("checkerboard", 0), ("checkerboard_odd", 1)):
        yield drawn(name, 131 + odd, [(7, 9, [(r + c + odd) % 2 for r in range(7) for c in range(9)])])
    yield drawn("pixels_two_apart", 133, [(9, 9, [int(r % 2 == 0 and c % 2 == 0) for r in range(9) for c in range(9)])])
    yield drawn("hole_holds_another_region", 134, [picture("#####", "#...#", "#.#.#", "#...#", "#####")])

    yield region_case("no_images", 4, 5, [], [])
    yield drawn("one_by_one_anomalous", 141, [picture("#")])
    yield drawn("one_by_one_of_each", 142, [picture("#"), picture("."), picture("#")])
    yield drawn("one_row", 143, [picture("##..#...###.#..."), picture("................"), picture("...#.#.#.......#")])
    row = picture("##..#...###.#...")
    yield drawn("one_column", 144, [(16, 1, row[2]), (16, 1, row[2][::-1])], "float32")
    yield drawn("two_rows", 145, [picture("#.#.#..##.", ".#...#...#"), picture(".........#", "#.........")])
    yield drawn("two_columns", 146, [picture("#.", ".#", "..", ".#", "#.", "..", "##", "..")])

    tied = picture("##....", "##....", "......", "....##", ".....#")
    for dtype in both:
        yield drawn(f"ties_across_classes_{dtype}", 151, [tied, tied, picture(*["......"] * 5)], dtype, 0.1, 1)
    yield region_case("constant_maps", 5, 6, [[0.3] * 30, [0.3] * 30], [tied[2], [0] * 30])
    yield region_case("constant_zero_maps_of_both_signs", 5, 6, [[-0.0, 0.0] * 15], [tied[2]])
    yield region_case("two_values", 5, 6, [[0.25 + 0.5 * (k % 3 == 0) for k in range(30)]], [tied[2]])
    yield region_case("separable", 5, 6, [[v + k / 64 for k, v in enumerate(tied[2])]], [tied[2]])
    yield region_case("inverted", 5, 6, [[k / 64 - v for k, v in enumerate(tied[2])]], [tied[2]])
    yield region_case("scores_beyond_one", 5, 6, [[(v * 9 + k * 7 % 13) * 1e3 - 5e3 for k, v in enumerate(tied[2])]], [tied[2]], "float32")
    yield region_case("last_ulp", 5, 6, [[step(0.1, k * 7 % 11 + 3 * v) for k, v in enumerate(tied[2])]], [tied[2]])
    yield region_case("subnormal_scores", 5, 6, [[5e-324 * (k * 7 % 11 + 3 * v) for k, v in enumerate(tied[2])]], [tied[2]])
    # 20 normal pixels: the false positive rates are twentieths, so limits of 0.05 and 0.3 meet points of the curve; 23: they do not.
    off_limit = picture("##.....", "##.....", ".......", "......#")
    require(off_limit[2].count(0) == 23, "off_limit", "23 normal pixels")
    on_limit = picture("###..", "##...", ".....", ".....", ".....")
    require(on_limit[2].count(0) == 20, "on_limit", "20 normal pixels")
    yield region_case("limit_meets_a_point", 5, 5, [[(k * 11 % 25) / 32 + v / 8 for k, v in enumerate(on_limit[2])]], [on_limit[2]])
    yield region_case("limit_falls_between_points", 4, 7, [[(k * 11 % 28) / 32 + v / 8 for k, v in enumerate(off_limit[2])]],
                      [off_limit[2]])
    flat = [0.9 if k in (0, 1, 27) else 0.5 if k < 25 else 0.2 for k in range(28)]
    yield region_case("limit_falls_inside_a_long_tie", 4, 7, [flat], [off_limit[2]])

    for seed in (161, 162):
        for dtype in both:
            draw = Draw(seed)
            masks = [blobs(draw, 16, 14, 4, 3.2) for _ in range(2)] + [[0] * 224]
            digits = 4 if dtype == "float64" else None
            yield region_case(f"blobs_seed_{seed}_{dtype}", 16, 14, [scored(draw, m, 0.2, digits) for m in masks], masks, dtype)
    draw = Draw(163)
    masks = [blobs(draw, 24, 24, 6, 4.0) for _ in range(3)]
    yield region_case("blobs_24", 24, 24, [scored(draw, m, 0.15, 3) for m in masks], masks)
    draw = Draw(164)
    masks = [blobs(draw, 12, 12, 3, 2.5) for _ in range(2)]
    yield region_case("blobs_all_digits", 12, 12, [scored(draw, m, 0.15) for m in masks], masks)
    for density in (0.1, 0.4, 0.6):
        for seed in (171, 172):
            draw = Draw(seed)
            masks = [noise(draw, 20, 23, density) for _ in range(2)]
            yield region_case(f"noise_{density}_seed_{seed}", 20, 23, [scored(draw, m, 0.1, 2) for m in masks], masks,
                              "float64" if seed == 171 else "float32")


# ---------------------------------------------------------------- defects that saturate

SPRO_LIMITS = (0.01, 0.05, 0.1, 0.3, 1.0)


def saturation_area(area, threshold, relative):
    """As MVTec LOCO's script: the truncated product in doubles, or the smaller of threshold and area."""
    return int(threshold * area) if relative else min(threshold, area)


def spro_truth(maps, defects):
    """The saturated PRO over integers at each distinct score: a defect's pixels are counted anew at each, up to its saturation area."""
    normal = [s for i, scores in enumerate(maps) for p, s in enumerate(scores)
              if not any(d["image"] == i and d["mask"][p] for d in defects)]
    found = [([s for s, m in zip(maps[d["image"]], d["mask"]) if m], d["area"]) for d in defects]
    common = math.lcm(*(area for _, area in found))
    thresholds = sorted({plus_zero(s) for scores in maps for s in scores}, reverse=True)
    fps = [0] + [sum(s >= t for s in normal) for t in thresholds]
    heights = [0] + [sum(min(sum(s >= t for s in scores), area) * (common // area) for scores, area in found) for t in thresholds]
    require(heights[-1] == common * len(defects) and fps[-1] == len(normal), "sPRO", "all is found in the end")
    return thresholds, fps, heights, common * len(defects)


def spro_witness(name, maps, defects, thresholds, areas):
    """The definition read literally, threshold by threshold, in floating point."""
    s = np.array(maps)
    union = np.zeros(s.shape, bool)
    for d in defects:
        union[d["image"]] |= np.array(d["mask"]) > 0
    xs = [0.0] + [float((s[~union] >= t).mean()) for t in thresholds]
    ys = [0.0] + [float(np.mean([min((s[d["image"]][np.array(d["mask"]) > 0] >= t).sum() / d["area"], 1.0) for d in defects])) for t in thresholds]
    for limit, area in areas.items():
        k = max(j for j in range(len(xs)) if xs[j] <= limit)
        x, y = np.array(xs[:k + 1]), np.array(ys[:k + 1])
        if x[-1] < limit:
            x, y = np.append(x, limit), np.append(y, ys[k] + (limit - xs[k]) * (ys[k + 1] - ys[k]) / (xs[k + 1] - xs[k]))
        witness(name, f"AU-sPRO to {limit}", area, float(np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2)) / limit)


def defect_case(name, height, width, maps, defects, dtype="float64"):
    """defects: image, mask, threshold, whether it is relative."""
    maps = [as_dtype(m, dtype) for m in maps]
    made = [{"image": i, "mask": [int(v) for v in mask], "threshold": threshold, "relative": relative,
             "area": saturation_area(sum(map(int, mask)), threshold, relative)} for i, mask, threshold, relative in defects]
    case = {"name": name, "dtype": dtype, "height": height, "width": width, "maps": maps, "defects": made,
            "areas": [d["area"] for d in made], "au_spro": None, "spro": None}
    covered = sum(any(d["image"] == i and d["mask"][p] for d in made) for i in range(len(maps)) for p in range(height * width))
    if made and covered < len(maps) * height * width:
        thresholds, fps, heights, total = spro_truth(maps, made)
        areas = {limit: area_up_to(fps, fps[-1], heights, total, limit) / Fraction(limit) for limit in SPRO_LIMITS}
        spro_witness(name, maps, made, thresholds, areas)
        case["au_spro"] = {repr(limit): rounded(area) for limit, area in areas.items()}
        case["spro"] = {"fpr": [x / fps[-1] for x in fps], "spro": [y / total for y in heights], "thresholds": [None] + thresholds}
    return case


def defect_cases():
    a = [1 <= p // 8 <= 3 and 1 <= p % 8 <= 4 for p in range(64)]
    b = [5 <= p // 8 <= 6 and 2 <= p % 8 <= 3 or p == 7 for p in range(64)]
    first = [p * 29 % 64 / 64 + (0.4 if a[p] else 0.0) + (0.3 if b[p] else 0.0) for p in range(64)]
    second = [(p * 45 + 7) % 64 / 64 for p in range(64)]
    yield defect_case("a_defect_of_two_parts_and_a_good_image", 8, 8, [first, second], [(0, a, 5, False), (0, b, 0.5, True)])
    yield defect_case("no_defect_at_all", 8, 8, [second], [])
    yield defect_case("no_normal_pixel", 1, 4, [[0.1, 0.2, 0.3, 0.4]], [(0, [1, 1, 1, 0], 1.0, True), (0, [0, 0, 1, 1], 1, False)])
    for seed, (dtype, digits) in enumerate((("float64", None), ("float32", None), ("float64", 1), ("float32", 2)), 301):
        draw = Draw(seed)
        masks = [blobs(draw, 9, 11, 2, 2) for _ in range(4)]
        images = [scored(draw, [x or y for x, y in zip(masks[0], masks[1])], 0.15, digits), scored(draw, masks[2], 0.15, digits),
                  scored(draw, [0] * 99, 0.15, digits)]
        # The first two overlap, and the second image has the same pixels as two defects.
        yield defect_case(f"overlapping_defects_{dtype}_{digits}", 9, 11, images,
                          [(0, masks[0], 3, False), (0, masks[1], 0.6, True), (1, masks[2], 1.0, True), (1, masks[2], 10000, False)], dtype)
    whole = [p < 100 for p in range(121)]
    yield defect_case("0.29_of_100_is_28", 11, 11, [scored(Draw(311), whole, 0.15, 2)], [(0, whole, 0.29, True)])


# ---------------------------------------------------------------- logarithms

def decimal_ln(x):
    """ln of a positive double, correctly rounded to 80 digits."""
    return DIGITS.ln(Decimal(x))


def half_even(number):
    return int(number.to_integral_value(rounding=decimal.ROUND_HALF_EVEN))


def ln60(x):
    scaled = DIGITS.multiply(decimal_ln(x), Decimal(2 ** 60))
    return half_even(scaled), abs(scaled - DIGITS.to_integral_value(scaled))


SERIES_BITS = 256


def atanh_series(numerator, denominator):
    """atanh(numerator / denominator) with SERIES_BITS fraction bits, from its power series."""
    term = (numerator << SERIES_BITS) // denominator
    square = (term * term) >> SERIES_BITS
    total, k = 0, 1
    while term:
        total += term // k
        term = (term * square) >> SERIES_BITS
        k += 2
    return total


LN2 = 2 * atanh_series(1, 3)


def series_ln60(x):
    """The same integer from integers alone: ln x = e ln 2 + 2 atanh((m - 1) / (m + 1)) with m in [3/4, 3/2)."""
    m, d = Fraction(x), 0
    while m >= Fraction(3, 2):
        k = max(1, m.numerator.bit_length() - m.denominator.bit_length() - 1)
        m, d = m / 2 ** k, d + k
    while m < Fraction(3, 4):
        k = max(1, m.denominator.bit_length() - m.numerator.bit_length() - 1)
        m, d = m * 2 ** k, d - k
    z = (m - 1) / (m + 1)
    sign = -1 if z < 0 else 1
    total = d * LN2 + sign * 2 * atanh_series(abs(z.numerator), z.denominator)
    return (total + (1 << (SERIES_BITS - 61))) >> (SERIES_BITS - 60)


def random_double(draw, low=-1022, high=1023):
    exponent = low + int(draw.uniform(0, high - low + 1))
    return math.ldexp(1.0 + int(draw.uniform(0, 2.0 ** 52)) / 2.0 ** 52, exponent)


def ln_inputs():
    least, most = 5e-324, sys.float_info.max
    normal = sys.float_info.min
    for x in (least, 2 * least, 3 * least, step(normal, -1), normal, step(normal, 1), step(most, -1), most):
        yield "limit", x
    for k in (0, 1, 2, 3, 7, 64, 1000):
        yield "near one", 1.0 + k * 2.0 ** -52
        if k:
            yield "near one", 1.0 - k * 2.0 ** -53
    for k in range(4, 52, 4):
        yield "near one", 1.0 + 2.0 ** -k
        yield "near one", 1.0 - 2.0 ** -k
    for k in (-1074, -1073, -1050, -1023, -1022, -1021, -1000, -512, -149, -126, -100, -64, -53, -52, -24, -10, -3, -2, -1,
              1, 2, 3, 10, 24, 52, 53, 64, 100, 127, 512, 1000, 1022, 1023):
        yield "power of two", math.ldexp(1.0, k)
    for k in (-1000, -60, -1, 1, 2, 60, 1023):
        yield "beside a power of two", step(math.ldexp(1.0, k), 1)
        yield "beside a power of two", step(math.ldexp(1.0, k), -1)
    for anchor in (math.sqrt(2), math.sqrt(0.5), 4 / 3, 2 / 3, 1.5, 0.75, 1.25):
        for k in (-1, 0, 1):
            yield "edge of a reduction", step(anchor, k)
    for k in range(1, 128, 6):
        yield "edge of a table", 1 + k / 128
        yield "edge of a table", step(1 + k / 128, -1)
    for k in (-323, -300, -100, -38, -20, -5, -3, -2, -1, 1, 2, 3, 5, 20, 38, 100, 300, 308):
        yield "power of ten", float(f"1e{k}")
    for k in (-700, -100, -10, -2, -1, 1, 2, 10, 100, 700):
        yield "power of e", float(DIGITS.exp(Decimal(k)))
    yield "ln is nearly a double", math.ldexp(0b10110001010101000100001100001001101100010100110110110, 678 - 52)
    draw = Draw(201)
    for _ in range(25):
        yield "subnormal", (1 + int(draw.uniform(0, 2.0 ** int(draw.uniform(2, 52))))) * least
    for _ in range(30):
        yield "float32", widen32(draw.uniform())
    for _ in range(40):
        yield "between zero and one", draw.uniform()
    # The closest of 20,000 to a tie of the rounded integer.
    pool = sorted(((abs(ln60(x)[1] - Decimal("0.5")), x) for x in (random_double(draw, -40, 10) for _ in range(20000))))
    for _, x in pool[:30]:
        yield "close to a tie", x
    while True:
        yield "any exponent", random_double(draw)


def ln_cases():
    seen = set()
    for kind, x in ln_inputs():
        if x in seen:
            continue
        seen.add(x)
        value, _ = ln60(x)
        require(value == series_ln60(x), repr(x), "ln by decimals and by the series")
        require(abs(value / 2 ** 60 - math.log(x)) <= 4e-16 * max(1, abs(math.log(x))), repr(x), "ln of the platform")
        yield {"name": kind, "x": x, "ln60": str(value)}
        if len(seen) == 400:
            return


# ---------------------------------------------------------------- moments

def moments(name, column):
    """Mean and sample standard deviation of ln over one column of positive doubles, each rounded once."""
    n = len(column)
    q = [Fraction(decimal_ln(x)) for x in column]
    total = sum(q)
    mean = rounded(total / n)
    std = None
    if n > 1:
        variance = (n * sum(v * v for v in q) - total * total) / (n * (n - 1))
        require(variance >= 0 and (variance == 0) == (len(set(column)) == 1), name, "variance")
        std = float(DIGITS.sqrt(DIGITS.divide(Decimal(variance.numerator), Decimal(variance.denominator))))
    logs = np.log(np.array(column, np.longdouble))
    for what, ours, theirs in (("mean", mean, logs.mean()), ("std", std, logs.std(ddof=1) if n > 1 else None)):
        if ours is not None:
            require(abs(ours - float(theirs)) <= WITNESS_TOLERANCE * max(1, abs(ours)), name, f"{what} differs from numpy")
    return mean, std


def score_moments_case(name, scores, dtype="float64"):
    scores = as_dtype(scores, dtype)
    nonpositive = sum(s <= 0 for s in scores)
    mean, std = moments(name, scores) if scores and not nonpositive else (None, None)
    return {"kind": "scores", "name": name, "dtype": dtype, "scores": scores, "nonpositive": nonpositive, "mean": mean, "std": std}


def map_moments_case(name, height, width, maps, dtype="float64"):
    maps = [as_dtype(m, dtype) for m in maps]
    nonpositive = sum(s <= 0 for m in maps for s in m)
    mean = std = None
    if maps and not nonpositive:
        columns = [moments(name, [m[k] for m in maps]) for k in range(height * width)]
        mean = [m for m, _ in columns]
        std = [s for _, s in columns] if len(maps) > 1 else None
    return {"kind": "maps", "name": name, "dtype": dtype, "height": height, "width": width, "maps": maps, "nonpositive": nonpositive,
            "mean": mean, "std": std}


def lognormal(draw, mean=-1.0, scale=0.8):
    """exp through decimals, so that no platform's exp is asked."""
    return float(DIGITS.exp(Decimal(draw.bell(mean, scale))))


def moment_cases():
    for dtype in ("float64", "float32"):
        yield score_moments_case(f"empty_{dtype}", [], dtype)
        yield score_moments_case(f"one_row_{dtype}", [0.3], dtype)
        yield score_moments_case(f"two_rows_{dtype}", [0.3, 0.7], dtype)
        yield score_moments_case(f"constant_scores_{dtype}", [0.1] * 7, dtype)
        yield score_moments_case(f"ones_{dtype}", [1.0] * 3, dtype)
        yield score_moments_case(f"zero_and_negative_{dtype}", [0.5, 0.0, -0.0, 0.25, -1.0, 1e-30], dtype)
        draw = Draw(301)
        yield score_moments_case(f"lognormal_200_rows_{dtype}", [lognormal(draw) for _ in range(200)], dtype)
        draw = Draw(302)
        yield score_moments_case(f"uniform_50_rows_{dtype}", [draw.uniform(0.05, 0.95) for _ in range(50)], dtype)
    yield score_moments_case("one_row_of_one", [1.0])
    yield score_moments_case("one_negative_row", [-2.0])
    yield score_moments_case("tiny", [1e-300, 3e-300, 2.2250738585072014e-308, 7e-305])
    yield score_moments_case("subnormal", [5e-324, 1e-323, 2.225073858507201e-308, 1e-310, 4e-320])
    yield score_moments_case("constant_least_subnormal", [5e-324] * 5)
    yield score_moments_case("subnormal_float32", [2.0 ** -149, 2.0 ** -148, 1e-40, 2.0 ** -126], "float32")
    yield score_moments_case("huge", [1e300, 1.7976931348623157e308, 2e300, 9e299])
    yield score_moments_case("huge_float32", [3.4028234663852886e38, 1e38, 2e37], "float32")
    yield score_moments_case("whole_range", [5e-324, 1.7976931348623157e308, 1.0])
    yield score_moments_case("one_ulp_around_one", [step(1.0, 1), step(1.0, -1), 1.0, step(1.0, 1)])
    yield score_moments_case("one_ulp_above_one", [step(1.0, 1)] * 3)
    yield score_moments_case("one_ulp_below_one", [step(1.0, -1)] * 3)
    yield score_moments_case("one_float32_ulp_around_one", [1 + 2.0 ** -23, 1 - 2.0 ** -24, 1.0], "float32")
    yield score_moments_case("last_ulp_around_0.1", [step(0.1, k) for k in (0, 1, 2, 5, -3)])
    yield score_moments_case("small_spread_about_a_large_mean", [1e300 * (1 + k / 2.0 ** 40) for k in range(1, 9)])
    yield score_moments_case("powers_of_two", [2.0 ** k for k in range(-20, 21)])

    for dtype in ("float64", "float32"):
        for n in (1, 2, 5):
            draw = Draw(310 + n)
            yield map_moments_case(f"maps_3x4_of_{n}_{dtype}", 3, 4, [[lognormal(draw) for _ in range(12)] for _ in range(n)], dtype)
        yield map_moments_case(f"no_maps_3x4_{dtype}", 3, 4, [], dtype)
    yield map_moments_case("constant_maps", 3, 4, [[0.1] * 12] * 5)
    yield map_moments_case("each_position_constant", 3, 4, [[(k + 1) / 16 for k in range(12)]] * 5)
    yield map_moments_case("maps_1x1", 1, 1, [[0.2], [0.4], [0.9]])
    yield map_moments_case("maps_with_a_zero", 3, 4, [[0.5] * 12, [0.5] * 11 + [0.0], [-0.5] + [0.5] * 11])
    draw = Draw(320)
    yield map_moments_case("maps_whole_range", 2, 3, [[random_double(draw) for _ in range(6)] for _ in range(4)])


# ---------------------------------------------------------------- files

LINE = 140


def is_scalar(value):
    return value is None or isinstance(value, (int, float, str))


def scalar(value):
    return json.dumps(value, allow_nan=False)


def render(value, indent=0):
    """JSON with sorted keys; lists of scalars are filled to the line, doubles are in round-trip form."""
    pad, inner = " " * indent, " " * (indent + 2)
    if is_scalar(value):
        return scalar(value)
    if isinstance(value, dict):
        pairs = [f"{scalar(k)}: {render(value[k], indent + 2)}" for k in sorted(value)]
        line = "{" + ", ".join(pairs) + "}"
        if "\n" not in line and indent + len(line) < LINE - 24:
            return line
        return "{\n" + ",\n".join(inner + p for p in pairs) + "\n" + pad + "}"
    if all(is_scalar(v) for v in value):
        line = "[" + ", ".join(scalar(v) for v in value) + "]"
        if indent + len(line) < LINE - 24:
            return line
        lines, current = [], inner
        for i, v in enumerate(value):
            token = scalar(v) + ("," if i + 1 < len(value) else "")
            if len(current) + 1 + len(token) > LINE:
                lines.append(current)
                current = inner + token
            else:
                current += token if current == inner else " " + token
        return "[\n" + "\n".join(lines + [current]) + "\n" + pad + "]"
    return "[\n" + ",\n".join(inner + render(v, indent + 2) for v in value) + "\n" + pad + "]"


def brick_cases():
    """The data set in notebooks/data. Sums of half a million fractions are left to scikit-learn; what integers give at once is exact."""
    root = HERE.parent.parent / "notebooks" / "data" / "brick"
    paths = sorted((root / "anomaly_maps").glob("*/*.tiff"))
    maps = [np.array(Image.open(path)) for path in paths]
    masks = []
    for path, image in zip(paths, maps):
        mask = root / "ground_truth" / path.parent.name / f"{path.stem}_mask.png"
        masks.append((np.array(Image.open(mask)) > 0).astype(np.int64) if mask.exists() else np.zeros(image.shape, np.int64))
    anomalous = [int(path.parent.name != "good") for path in paths]
    yield level_case("image", [float(image.max()) for image in maps], anomalous)
    case = level_case("pixel", [float(s) for image in maps for s in image.ravel()], [int(v) for mask in masks for v in mask.ravel()])
    found = [ndimage.label(mask, np.ones((3, 3), int)) for mask in masks]
    counts = [int(count) for _, count in found]
    flat_maps = [[float(s) for s in image.ravel()] for image in maps]
    _, fps, pros, total = pro_truth(flat_maps, [labels.ravel().tolist() for labels, _ in found], counts)
    case["aupro"] = {repr(limit): rounded(area_up_to(fps, fps[-1], pros, total, limit) / Fraction(limit)) for limit in PRO_LIMITS}
    case["regions"] = sum(counts)
    yield case


def level_case(name, scores, labels):
    positives, negatives = sum(labels), len(labels) - sum(labels)
    rows, doubled, best, before = sweep(scores, labels), 0, None, (0, 0)
    for t, tp, fp in rows:
        doubled += (tp - before[0]) * (2 * negatives - fp - before[1])
        before = (tp, fp)
        f1 = Fraction(2 * tp, tp + fp + positives)
        best = (f1, t, tp, fp) if best is None or f1 >= best[0] else best
    s, y = np.array(scores), np.array(labels)
    precision, recall, _ = skm.precision_recall_curve(y, s)
    auroc = Fraction(doubled, 2 * positives * negatives)
    witness(name, "AUROC", auroc, skm.roc_auc_score(y, s))
    return {"name": name, "rows": len(labels), "positives": positives, "auroc": rounded(auroc), "aupr": float(skm.auc(recall, precision)),
            "average_precision": float(skm.average_precision_score(y, s)), "optimal_f1": rounded(best[0]), "optimal_threshold": best[1],
            "tp": best[2], "fp": best[3], "fn": positives - best[2], "tn": negatives - best[3], "min": min(scores), "max": max(scores)}


FILES = {"ranked.json": ranked_cases, "regions.json": region_cases, "defects.json": defect_cases,
         "moments.json": moment_cases, "ln.json": ln_cases, "brick.json": brick_cases}


def documents():
    versions = {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__}
    for file, cases in FILES.items():
        made = list(cases())
        names = [case["name"] for case in made]
        require(file == "ln.json" or len(set(names)) == len(names), file, "names are unique")
        text = render({"versions": versions, "cases": made}) + "\n"
        require(same_bits(json.loads(text)["cases"], made), file, "the text reads back as the same numbers")
        yield file, text


def same_bits(a, b):
    return scalar(a) == scalar(b) if is_scalar(a) or is_scalar(b) else json.dumps(a, sort_keys=True) == json.dumps(b, sort_keys=True)


# Inputs and thresholds are scores: they must be the same doubles. Everything else is a rate or a moment.
SCORES = {"scores", "maps", "thresholds", "threshold", "optimal_threshold", "min", "max", "image_max", "x"}


def differences(old, new, path="", exact=False):
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            if path == "" and key == "versions":
                continue
            if key not in old or key not in new:
                yield f"{path}/{key}: only in the {'fresh' if key not in old else 'checked-in'} file"
            else:
                yield from differences(old[key], new[key], f"{path}/{key}", exact or key in SCORES)
    elif isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            yield f"{path}: {len(old)} items checked in, {len(new)} fresh"
        for i, (a, b) in enumerate(zip(old, new)):
            yield from differences(a, b, f"{path}/{i}", exact)
    elif isinstance(old, float) and isinstance(new, float) and not exact:
        if not abs(old - new) <= CHECK_TOLERANCE:
            yield f"{path}: {old!r} checked in, {new!r} fresh"
    elif type(old) is not type(new) or repr(old) != repr(new):
        yield f"{path}: {old!r} checked in, {new!r} fresh"


def check():
    found = 0
    for file, text in documents():
        target = HERE / file
        if not target.exists():
            print(f"{file} is missing")
            found += 1
            continue
        old, new = json.loads(target.read_text(encoding="utf-8")), json.loads(text)
        if old.get("versions") != new["versions"]:
            print(f"{file}: made with {old.get('versions')}, checked with {new['versions']}")
        wrong = list(differences(old, new))
        for line in wrong[:20]:
            print(f"{file}{line}")
        if len(wrong) > 20:
            print(f"{file}: and {len(wrong) - 20} more")
        found += len(wrong)
    print("golden values differ" if found else "golden values agree")
    return 1 if found else 0


def write():
    for file, text in documents():
        (HERE / file).write_text(text, encoding="utf-8", newline="\n")
        print(f"{file}: {len(json.loads(text)['cases'])} cases, {len(text)} bytes")
    return 0


def main():
    parser = argparse.ArgumentParser(description="Golden values of FunctionalMetrics.")
    parser.add_argument("--check", action="store_true", help="compare the files with a fresh computation and exit 1 on a difference")
    arguments = parser.parse_args()
    with warnings.catch_warnings():
        # Differences of the largest doubles overflow inside scikit-learn; they stay nonzero, which is all it asks of them.
        warnings.filterwarnings("ignore", message="overflow encountered", category=RuntimeWarning)
        return check() if arguments.check else write()


if __name__ == "__main__":
    sys.exit(main())
