#!/usr/bin/python3
"""Writes textures.json: what the stacks of the textures data set hold, so that their folders can be held against it without the stacks.

    /usr/bin/python3 tests/golden/textures.py FOLDER_OF_THE_TEXTURES

An image is the bits of its map (float32, widened to little-endian doubles) and its mask (a byte a pixel), written as upper-case hexadecimal; `images` is the SHA-256 of all of
them in ascending order, a line each. `scores` are the image scores in ascending order.
"""
import hashlib
import json
import sys
from pathlib import Path

import numpy as np

cases = []
for path in sorted(Path(sys.argv[1]).glob("*.npz")):
    stack = np.load(path)
    images = sorted(
        (m.astype("<f8").tobytes() + (k != 0).astype(np.uint8).tobytes()).hex().upper() for m, k in zip(stack["maps"], stack["masks"]))
    cases.append({
        "name": path.stem,
        "count": len(images),
        "anomalous": int(stack["image_labels"].sum()),
        "images": hashlib.sha256("".join(i + "\n" for i in images).encode()).hexdigest().upper(),
        "scores": sorted(float(s) for s in stack["image_scores"]),
    })
text = json.dumps({"versions": {"python": sys.version.split()[0], "numpy": np.__version__}, "cases": cases}, indent=1)
Path(__file__).with_suffix(".json").write_text(text + "\n")
