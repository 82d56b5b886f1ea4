"""Compares the tables of images and regions that fmetrics wrote with the plain oracle of METRICS.md, field_metrics.py.

    python3 images_oracle.py FOLDER_OF_field_metrics.py DATA IMAGES.json REGIONS.json THRESHOLD
DATA holds anomaly_maps/DEFECT/NAME.npy and ground_truth/DEFECT/NAME_mask.npy, 2 in a mask standing for an ignored pixel.
"""
import json
import sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])

import numpy as np

import field_metrics as oracle

data, threshold = Path(sys.argv[2]), float(sys.argv[5])
images = []
for path in sorted((data / "anomaly_maps").rglob("*.npy")):
    name = path.relative_to(data / "anomaly_maps").with_suffix("").as_posix()
    scores, mask_path = np.load(path).astype(float), data / "ground_truth" / f"{name}_mask.npy"
    mask = np.load(mask_path) if mask_path.exists() else np.zeros(scores.shape)
    images.append(oracle.image_of(name, scores, mask == 1, mask == 2))
images.sort(key=lambda image: image.name)
rows, regions = (json.loads(Path(path).read_text()) for path in sys.argv[3:5])
problems = []


def same(what, ours, theirs):
    if not (ours is None and theirs is None) and (ours is None or theirs is None or not abs(float(ours) - float(theirs)) <= 1e-12):
        problems.append(f"{what}: {ours} for {theirs}")


def area(image):
    try:
        return oracle.aupimo(images, image)
    except oracle.Undefined:
        return None


assert [row["name"] for row in rows] == [image.name for image in images], "names"
assert all(list(row) == "name class score pixels anomalous_pixels regions tp fp fn recall precision regions_found aupimo".split() for row in rows)
assert all(list(row) == "image region top left bottom right pixels max_score found share_found".split() for row in regions)
for row, image in zip(rows, images):
    want = oracle.image_row(image, threshold)
    assert row["class"] == ("anomalous" if want["anomalous"] else "normal"), image.name
    for key in ("score", "pixels", "anomalous_pixels", "regions", "tp", "fp", "fn", "recall", "precision"):
        same(f"{image.name} {key}", row[key], want[key])
    same(f"{image.name} regions_found", row["regions_found"], want["found"])
    same(f"{image.name} aupimo", row["aupimo"], area(image))
    mine = sorted((r["top"], r["left"], r["bottom"] - 1, r["right"] - 1, r["pixels"], r["max_score"], r["share_found"], r["found"]) for r in regions
                  if r["image"] == image.name)
    theirs = sorted((*w["box"], w["size"], w["max"], float(w["found"]), w["found"] * 2 >= 1) for w in oracle.region_rows(image, threshold))
    if [m[:5] + m[7:] for m in mine] != [w[:5] + w[7:] for w in theirs]:
        problems.append(f"{image.name} regions: {mine} for {theirs}")
    for m, w in zip(mine, theirs):
        same(f"{image.name} max_score", m[5], w[5])
        same(f"{image.name} share_found", m[6], w[6])
if not any(row["aupimo"] for row in rows):
    problems.append("no image has an AUPIMO above 0, so nothing was compared")
print("\n".join(problems) or f"{len(rows)} images and {len(regions)} regions agree")
sys.exit(bool(problems))
