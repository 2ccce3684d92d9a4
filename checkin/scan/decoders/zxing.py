"""zxing-cpp: fast (1-2 ms a 720p frame), reads small and tilted codes; the decoder that is asked first and most often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from checkin.scan.code import Code, Corners, Found, Image, text_of
from checkin.scan.decoders.parts import is_part
from checkin.scan.symbologies import QR_ONLY, Symbology

if TYPE_CHECKING:
    import zxingcpp

_FORMATS: dict[Symbology, str] = {"QRCode": "QRCodeModel2"}
"""Where zxing-cpp's name is another one. Its "QRCode" also admits Micro QR, which is read out of clutter."""


class Zxing:
    """zxing-cpp, for some symbologies; each one more costs time and is therefore looked for only where it is asked for.

    `black` says how a pixel is found to be black: by its surroundings, or by one level for the whole picture. `thorough`:
    also white on black, and in the picture made smaller; that costs as much again and reads few more.
    """

    def __init__(
        self,
        symbologies: frozenset[Symbology] = QR_ONLY,
        black: Literal["local", "global"] = "local",
        *,
        thorough: bool = False,
    ) -> None:
        import zxingcpp

        self._zxing = zxingcpp
        self._symbologies = symbologies
        self._black = black
        self._thorough = thorough

    def read(self, gray: Image) -> Found:
        """Return the codes in a gray picture, and the places of those that cannot be read (that costs nothing more)."""
        zxing = self._zxing
        # Objects of the library that are kept for longer are reported as "leaked" at the end of the program.
        formats = zxing.BarcodeFormats([_format(zxing, name) for name in self._symbologies])
        binarizer = zxing.Binarizer.LocalAverage if self._black == "local" else zxing.Binarizer.GlobalHistogram
        codes: list[Code] = []
        unread: list[Corners] = []
        for item in zxing.read_barcodes(
            gray,
            formats=formats,
            text_mode=zxing.TextMode.Plain,
            binarizer=binarizer,
            try_invert=self._thorough,
            try_downscale=self._thorough,
            return_errors=True,
        ):
            code = _code(item)
            if not item.valid:
                unread.append(code.corners)
            elif code.format != "QRCode" or not _is_part(gray, code, item.extra):
                codes.append(code)
        return Found(tuple(codes), tuple(unread))


def load() -> Zxing:
    """Return the decoder for QR codes. Raises ImportError where the library is missing."""
    return Zxing()


def _format(zxing: Any, name: Symbology) -> Any:
    return getattr(zxing.BarcodeFormat, _FORMATS.get(name, name))


def _is_part(gray: Image, code: Code, extra: dict[str, Any]) -> bool:
    return is_part(gray, code.corners, int(extra["Version"]), int(extra["DataMask"]))


def _code(item: zxingcpp.Barcode) -> Code:
    data = bytes(item.bytes)
    at = item.position
    a, b, c, d = (
        (float(point.x), float(point.y)) for point in (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
    )
    return Code(text_of(data), data, item.symbology.name, (a, b, c, d))
