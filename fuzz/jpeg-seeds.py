#!/usr/bin/env python3
"""Writes the seeds of the fuzz target image_jpeg, which no library of this project can: baseline and progressive,
grey, colour and CMYK, with restart markers. Needs Pillow 10 or later.

    python3 fuzz/jpeg-seeds.py
"""

import pathlib

from PIL import Image

FOLDER = pathlib.Path(__file__).parent / "seeds" / "image_jpeg"
KINDS = {
    "grey": ("L", {}),
    "progressive": ("L", {"progressive": True}),
    "colour": ("RGB", {"subsampling": "4:2:0"}),
    "colour_progressive": ("RGB", {"progressive": True, "subsampling": "4:4:4"}),
    "restarts": ("RGB", {"restart_marker_blocks": 100}),
    "cmyk": ("CMYK", {}),
}

FOLDER.mkdir(parents=True, exist_ok=True)
for name, (mode, options) in KINDS.items():
    image = Image.new("L", (600, 600), 255)
    image.paste(0, (40, 40, 90, 60))
    image.paste(90, (300, 200, 420, 330))
    image.convert("RGB").convert(mode).save(FOLDER / name, "JPEG", quality=20, optimize=True, **options)
