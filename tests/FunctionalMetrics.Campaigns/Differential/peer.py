"""scikit-learn's numbers of data sets that come on standard input, one after the other, as long as it lives.

A data set: int32 rows, int32 bytes of a score (4 or 8), the scores, and a byte for each label. An answer: int32 points, then float64: AUROC, average
precision, AUPR, largest F1, and the points of the ROC curve, all x and then all y. A class that is missing gives -1 points and nothing else.
"""
import struct
import sys
import warnings

import numpy as np
from sklearn import metrics

warnings.filterwarnings("ignore")
source, target = sys.stdin.buffer, sys.stdout.buffer
target.write(b"ready\n")
target.flush()
while len(header := source.read(8)) == 8:
    rows, size = struct.unpack("<ii", header)
    scores = np.frombuffer(source.read(rows * size), "<f4" if size == 4 else "<f8")
    labels = np.frombuffer(source.read(rows), np.uint8)
    if rows == 0 or labels.min() == labels.max():
        target.write(struct.pack("<i", -1))
    else:
        with np.errstate(all="ignore"):
            fpr, tpr, _ = metrics.roc_curve(labels, scores, drop_intermediate=False)
            precision, recall, _ = metrics.precision_recall_curve(labels, scores)
            f1 = np.nanmax(2 * precision * recall / (precision + recall))
            numbers = [metrics.roc_auc_score(labels, scores), metrics.average_precision_score(labels, scores), metrics.auc(recall, precision), f1]
        target.write(struct.pack("<i4d", len(fpr), *numbers) + fpr.astype("<f8").tobytes() + tpr.astype("<f8").tobytes())
    target.flush()
