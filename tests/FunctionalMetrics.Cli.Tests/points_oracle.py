"""Compares the numbers under "metrics" of `fmetrics evaluate --json` with the plain oracle of every one.

    python3 points_oracle.py FOLDER_OF_field_metrics.py ROWS.csv RESULT.json

Exit 1 on a difference. Ratios must be the nearest double, thresholds and counts the same; areas over a logarithm agree to 1e-13.
"""
import json
import math
import sys

sys.path.insert(0, sys.argv[1])
import field_metrics as oracle

rows = [line.split(",") for line in open(sys.argv[2], encoding="utf-8").read().split()[1:]]
s, y = [float(score) for score, _ in rows], [int(label) for _, label in rows]
image = json.load(open(sys.argv[3], encoding="utf-8"))["image"]
metrics, at = image["metrics"], image["adaptive_threshold"]
positives, negatives = sum(y), len(y) - sum(y)


def rate(name):
    def find():
        head, _, beta = name.partition("@")
        tp, fp, fn, tn = oracle.counts_at(s, y, at)
        value = (oracle.f_beta(oracle.exact(float(beta)), tp, fp, fn, tn) if head == "fbeta" else
                 oracle.mcc(tp, fp, fn, tn) if head == "mcc" else oracle.RATES[head](tp, fp, fn, tn))
        return value, at, tp, fp
    return find


def asked(name):
    head, _, rest = name.partition("@")
    values = [float(v) for v in rest.rpartition("=")[2].split(":")] if rest else []
    with_key = {"tpr@fpr": oracle.tpr_at_fpr, "fpr@tpr": oracle.fpr_at_tpr, "tnr@fnr": oracle.tnr_at_fnr,
                "recall@precision": oracle.recall_at_precision, "precision@recall": oracle.precision_at_recall}.get(name.partition("=")[0])
    if with_key and "=" in name:
        return lambda: with_key(s, y, values[0])
    if name.startswith("precision@n="):
        return lambda: oracle.precision_at(s, y, int(values[0]))
    return {"auroc": lambda: (oracle.auroc(s, y),), "ap": lambda: (oracle.average_precision(s, y),),
            "fpr95": lambda: oracle.fpr_at_tpr(s, y, .95), "eer": lambda: oracle.equal_error_rate(s, y),
            "pauroc": lambda: (oracle.partial_auroc(s, y, oracle.Q(values[0]))[0],),
            "mcclish": lambda: (oracle.partial_auroc(s, y, oracle.Q(values[0]))[1],),
            "logauroc": lambda: (oracle.log_auroc(s, y, *values),)}.get(head) or rate(name)


bad = 0
for name, found in metrics.items():
    try:
        value, *point = asked(name)()
    except oracle.Undefined as why:
        if found["value"] is not None:
            print(f"{name}: {found['value']!r} found, the oracle says: {why}")
            bad += 1
        continue
    near = name.startswith(("logauroc", "ap"))
    said = found["value"]
    if said is None or (abs(said - float(value)) > 1e-13 if near else said != float(value)):
        print(f"{name}: {float(value)!r} expected, {said!r} found")
        bad += 1
    threshold = found.get("threshold")
    here = [math.inf if threshold == "inf" else threshold, found.get("tp"), found.get("fp")][:len(point)]
    if point and here != list(point):
        print(f"{name}: {point} expected, {here} found")
        bad += 1
print(f"{len(metrics) - bad} of {len(metrics)} agree, {positives} anomalous and {negatives} normal rows")
sys.exit(bad > 0)
