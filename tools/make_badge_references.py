"""Draw the pictures that tests/badges compares with (tests/badges/references). Look at each before you commit it.

make_badge_references.py [NAME...]      all of them, or those whose names begin so
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image

from checkin.ui.painting.headless import program
from tests.badges.compare import to_pillow
from tests.badges.gallery import PICTURES, REFERENCES, draw

COLOURS = 24
"""Enough for the smooth edges of letters; half the bytes of a picture with all of them."""


def main(names: Sequence[str]) -> int:
    """Draw and write; return the exit code."""
    kept = program()
    REFERENCES.mkdir(exist_ok=True)
    for picture in PICTURES:
        if names and not picture.name.startswith(tuple(names)):
            continue
        buffer = io.BytesIO()
        made: Image.Image = to_pillow(draw(picture))
        made.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB").save(buffer, "WEBP", lossless=True, method=6)
        picture.file.write_bytes(buffer.getvalue())
        print(f"{picture.file.name}: {made.width} x {made.height}, {len(buffer.getvalue()) / 1024:.1f} KB")
    del kept
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
