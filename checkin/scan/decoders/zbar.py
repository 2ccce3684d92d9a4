"""zbar through pyzbar: reads codes that zxing-cpp does not, at four times the cost; asked when that found nothing.

pyzbar's own `decode` lets zbar guess the character set, which changes the bytes of Thai (10 %) and Vietnamese (79 %)
texts. So zbar is called through pyzbar's bindings, with ZBAR_CFG_BINARY on: the bytes come out as they are.
"""

from __future__ import annotations

from ctypes import c_char_p, c_void_p, cast, string_at
from typing import Any

from checkin.scan.code import Code, Corners, Found, Image, text_of

_CFG_BINARY = 4  # zbar.h, since 0.23.1; pyzbar 0.1.9 has no name for it
_GRAY = int.from_bytes(b"Y800", "little")


class Zbar:
    """zbar, for QR codes only (all symbologies cost twice as much)."""

    def __init__(self) -> None:
        from pyzbar import wrapper

        self._zbar: Any = wrapper

    def read(self, gray: Image) -> Found:
        """Return the codes in a gray picture. A scanner is made for each call, so that threads do not meet in one."""
        zbar = self._zbar
        height, width = gray.shape
        scanner, image = zbar.zbar_image_scanner_create(), zbar.zbar_image_create()
        try:
            zbar.zbar_image_scanner_set_config(scanner, zbar.ZBarSymbol.NONE, zbar.ZBarConfig.CFG_ENABLE, 0)
            zbar.zbar_image_scanner_set_config(scanner, zbar.ZBarSymbol.QRCODE, zbar.ZBarConfig.CFG_ENABLE, 1)
            zbar.zbar_image_scanner_set_config(scanner, zbar.ZBarSymbol.QRCODE, _CFG_BINARY, 1)
            pixels = gray.tobytes()
            zbar.zbar_image_set_format(image, _GRAY)
            zbar.zbar_image_set_size(image, width, height)
            zbar.zbar_image_set_data(image, cast(c_char_p(pixels), c_void_p), len(pixels), None)
            if zbar.zbar_scan_image(scanner, image) <= 0:
                return Found()
            return Found(tuple(self._codes(image)))
        finally:
            zbar.zbar_image_destroy(image)
            zbar.zbar_image_scanner_destroy(scanner)

    def _codes(self, image: Any) -> list[Code]:
        zbar = self._zbar
        codes: list[Code] = []
        symbol = zbar.zbar_image_first_symbol(image)
        while symbol:
            if symbol.contents.type == zbar.ZBarSymbol.QRCODE:
                data = string_at(zbar.zbar_symbol_get_data(symbol), zbar.zbar_symbol_get_data_length(symbol))
                points = [
                    (float(zbar.zbar_symbol_get_loc_x(symbol, i)), float(zbar.zbar_symbol_get_loc_y(symbol, i)))
                    for i in range(zbar.zbar_symbol_get_loc_size(symbol))
                ]
                codes.append(Code(text_of(data), data, "QRCode", _corners(points)))
            symbol = zbar.zbar_symbol_next(symbol)
        return codes


def load() -> Zbar:
    """Return the decoder. Raises ImportError or OSError where zbar or a library that it needs is missing."""
    return Zbar()


def _corners(points: list[tuple[float, float]]) -> Corners:
    """Return four corners around what zbar reports: its four points in order, or their bounding box if there are others."""
    if len(points) == 4:
        a, b, c, d = points
        return a, d, c, b  # zbar goes down the left side first
    xs, ys = [x for x, _y in points] or [0.0], [y for _x, y in points] or [0.0]
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    return (left, top), (right, top), (right, bottom), (left, bottom)
