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


task = sys.argv[1]
scores, labels = np.load(sys.argv[2]).ravel(), np.load(sys.argv[3]).ravel()
if task == "sklearn":
    timed("scikit-learn (AUROC, AP, F1)", lambda: all_of_rows(labels, scores), 1)
    timed("np.sort", lambda: np.sort(scores), 3)
elif task == "curve":
    timed("scikit-learn's roc_curve", lambda: metrics.roc_curve(labels, scores, drop_intermediate=False), 1)
    timed("np.sort", lambda: np.sort(scores), 3)
else:
    sys.exit(f"no task {task}")
