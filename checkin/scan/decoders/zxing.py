"""zxing-cpp: fast (2-5 ms a 720p frame), reads small and tilted codes; the first that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checkin.scan.code import Code, Corners, Found, Image, text_of
from checkin.scan.decoders.parts import is_part

if TYPE_CHECKING:
    import zxingcpp


class Zxing:
    """zxing-cpp, for QR codes of model 2 only: plain "QRCode" also admits Micro QR, which is read out of clutter."""

    def __init__(self) -> None:
        import zxingcpp

        self._zxing = zxingcpp

    def read(self, gray: Image) -> Found:
        """Return the codes in a gray picture, and the places of those that cannot be read (that costs nothing more)."""
        zxing = self._zxing
        formats = zxing.BarcodeFormats(zxing.BarcodeFormat.QRCodeModel2)  # kept for longer, it is "leaked" at the end
        codes: list[Code] = []
        unread: list[Corners] = []
        for item in zxing.read_barcodes(gray, formats=formats, text_mode=zxing.TextMode.Plain, return_errors=True):
            code = _code(item)
            if not item.valid:
                unread.append(code.corners)
                continue
            extra: dict[str, Any] = item.extra
            if not is_part(gray, code.corners, int(extra["Version"]), int(extra["DataMask"])):
                codes.append(code)
        return Found(tuple(codes), tuple(unread))


def load() -> Zxing:
    """Return the decoder. Raises ImportError where the library is missing."""
    return Zxing()


def _code(item: zxingcpp.Barcode) -> Code:
    data = bytes(item.bytes)
    at = item.position
    a, b, c, d = (
        (float(point.x), float(point.y)) for point in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    )
    return Code(text_of(data), data, "QRCode", (a, b, c, d))
