"""Micro QR codes: seen, told to the person, never read.

They have so few check bits that clutter now and then passes for the smallest kind (M1). So only larger kinds count, of some
size, and only where two looks one after the other see one; what it holds is thrown away unread. The search (2 ms a 720p
frame) is made every few frames, where nothing was read and something moved.
"""

from __future__ import annotations

import math
from typing import Any

from checkin.scan.cascade import to_gray
from checkin.scan.code import Image, area_of
from checkin.scan.decoders import available_decoders
from checkin.scan.tracking import changed

_EVERY = 12  # frames
_LEAST_PX = 30.0
"""The side below which it is not believed: the smallest that counts has 13 modules, and 2 px each are needed to read it."""


class MicroWatch:
    """Looks at the frames of one camera in which nothing was read."""

    def __init__(self) -> None:
        self._works = any(status.name == "zxing-cpp" and status.decoder for status in available_decoders())
        self._turn = 0
        self._seen: Image | None = None
        self._looks = 0  # in a row that saw one

    def read(self) -> None:
        """Take note that a code was read in the last frame: it is what the person holds up."""
        self._turn = self._looks = 0

    def see(self, image: Image, thumbnail: Image) -> bool:
        """Say whether somebody holds up a Micro QR code; `thumbnail` is the frame's (`Reader.thumbnail`)."""
        self._turn += 1
        if self._works and self._turn % _EVERY == 0 and changed(self._seen, thumbnail):
            self._seen = thumbnail
            self._looks = self._looks + 1 if has_micro_qr(image) else 0
        return self._looks >= 2


def has_micro_qr(image: Image) -> bool:
    """Say whether a Micro QR code of version M2 to M4 is in a picture (gray or BGR)."""
    import zxingcpp as zxing

    gray = to_gray(image)
    if gray is None:
        return False
    found = zxing.read_barcodes(
        gray, formats=zxing.BarcodeFormats([zxing.BarcodeFormat.MicroQRCode]), text_mode=zxing.TextMode.Plain
    )
    return any(_counts(item) for item in found)


def _counts(item: Any) -> bool:
    """Say whether what zxing-cpp found is of a kind and size that clutter does not resemble."""
    at = item.position
    a, b, c, d = (
        (float(point.x), float(point.y)) for point in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    )
    return item.extra.get("Version") != "M1" and math.sqrt(area_of((a, b, c, d))) >= _LEAST_PX
