"""Compares threshold files of `fmetrics threshold` with the plain oracle of every rule.

    python3 threshold_oracle.py FOLDER_OF_field_metrics.py ROWS.csv FOUND.json

Exit 1 on a difference. Thresholds must be the same doubles; log-sigma agrees to 1e-12.
"""
import json
import math
import struct
import sys
from fractions import Fraction

sys.path.insert(0, sys.argv[1])
import field_metrics as oracle

rows = [line.split(",") for line in open(sys.argv[2], encoding="utf-8").read().split()[1:]]
s, y = [float(score) for score, _ in rows], [int(label) for _, label in rows]
rules = {"f1": oracle.rule_f_beta, "f-beta": oracle.rule_f_beta, "youden": oracle.rule_youden, "max-fpr": oracle.rule_max_fpr,
         "min-recall": oracle.rule_min_recall, "min-precision": oracle.rule_min_precision, "cost": oracle.rule_cost, "sigma": oracle.rule_sigma,
         "log-sigma": oracle.rule_log_sigma, "quantile": oracle.rule_quantile, "conformal": lambda *a: oracle.rule_conformal(*a)[0]}
wrong = 0
for rule, found in json.load(open(sys.argv[3], encoding="utf-8")).items():
    name, *values = rule.split(":")
    want = rules[name](s, y, *map(Fraction, values))
    got = struct.unpack(">d", bytes.fromhex(found["threshold_bits"]))[0]
    tp, fp, fn, tn = oracle.counts_at(s, y, got)
    same = math.isclose(got, want, rel_tol=1e-12) if name == "log-sigma" else got == want
    if not same or found["counts"] != {"tp": tp, "fp": fp, "fn": fn, "tn": tn}:
        wrong += 1
        print(f"{rule}: {got!r} found, {want!r} expected, counts {found['counts']}, {tp} {fp} {fn} {tn} expected")
sys.exit(wrong > 0)
