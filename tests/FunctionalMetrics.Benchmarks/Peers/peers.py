"""Times scikit-learn and numpy on the arrays that the benchmarks measure.

usage: peers.py TASK SCORES.npy LABELS.npy
Prints one JSON line for each peer: its name and the seconds of each run.
"""
import json
import sys
from time import perf_counter

import numpy as np
from sklearn import metrics


def timed(name, work, runs):
    seconds = []
    for _ in range(runs):
        start = perf_counter()
        work()
        seconds.append(perf_counter() - start)
    print(json.dumps({"name": name, "seconds": seconds}))


def all_of_rows(labels, scores):
    metrics.roc_auc_score(labels, scores)
    metrics.average_precision_score(labels, scores)
    precision, recall, _ = metrics.precision_recall_curve(labels, scores)
    with np.errstate(invalid="ignore"):
        np.nanmax(2 * precision * recall / (precision + recall))


def replicates(maps, masks, name, runs):
    """Images drawn again within their class, put together and sorted: AUROC, AP, F1 and AUPRO."""
    from scipy.ndimage import label

    random = np.random.default_rng(0)
    weights = np.zeros(maps.shape, np.float32)
    for mask, weight in zip(masks, weights):
        regions, _ = label(mask, np.ones((3, 3)))
        sizes = np.bincount(regions.ravel())
        weight[mask > 0] = (1 / sizes)[regions[mask > 0]]
    anomalous = masks.any((1, 2))
    strata = [np.flatnonzero(~anomalous), np.flatnonzero(anomalous)]

    def one():
        images = np.concatenate([random.choice(stratum, len(stratum)) for stratum in strata])
        scores, labels = maps[images].ravel(), masks[images].ravel()
        order = np.argsort(-scores)
        scores = scores[order]
        ends = np.flatnonzero(np.r_[scores[1:] != scores[:-1], True])
        labels = labels[order]
        tp = np.cumsum(labels, dtype=np.int64)[ends]
        fp = ends + 1 - tp
        pro = np.cumsum(weights[images].ravel()[order], dtype=np.float64)[ends]
        tpr, fpr, pro = tp / tp[-1], fp / fp[-1], pro / pro[-1]
        precision = tp / (tp + fp)
        upto = np.searchsorted(fpr, 0.3, "right")
        return (
            np.trapz(np.r_[0, tpr], np.r_[0, fpr]),
            np.sum(np.diff(np.r_[0, tpr]) * precision),
            np.max(2 * tp / (tp + fp + tp[-1])),
            np.trapz(np.r_[0, pro[:upto], np.interp(0.3, fpr, pro)], np.r_[0, fpr[:upto], 0.3]) / 0.3,
        )

    timed(name, one, runs)


task = sys.argv[1]
if task == "replicates":
    replicates(np.load(sys.argv[2]), np.load(sys.argv[3]), "numpy, images put together and sorted", 3)
    sys.exit()
scores, labels = np.load(sys.argv[2]).ravel(), np.load(sys.argv[3]).ravel()
if task == "sklearn":
    timed("scikit-learn (AUROC, AP, F1)", lambda: all_of_rows(labels, scores), 1)
    timed("np.sort", lambda: np.sort(scores), 3)
elif task == "curve":
    timed("scikit-learn's roc_curve", lambda: metrics.roc_curve(labels, scores, drop_intermediate=False), 1)
    timed("np.sort", lambda: np.sort(scores), 3)
else:
    sys.exit(f"no task {task}")
