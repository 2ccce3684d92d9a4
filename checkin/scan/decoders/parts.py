"""Tell a part of a message ("structured append": one text split over several QR codes) from a whole one.

Half of a code is no badge, yet zxing-cpp's Python binding hands it out like any other text, without saying so. The
symbol itself says it: the first four bits of its data (ISO/IEC 18004, 7.4.1), in the 2 x 2 modules of the lower right
corner, are then 0011. The picture is looked at there, which costs some microseconds a code.
"""

from __future__ import annotations

from checkin.scan.code import Corners, Image

_STRUCTURED_APPEND = (0, 0, 1, 1)


def is_part(gray: Image, corners: Corners, version: int, mask: int) -> bool:
    """Say whether the code of this version (1..40) and data mask (0..7) says that it holds a part of a message.

    False as well where the corner cannot be looked at: a code is dropped only for what is plainly there.
    """
    size = 17 + 4 * version
    dark, light = _pixel(gray, corners, 0, 0, size), _pixel(gray, corners, 1, 1, size)  # of the first finder pattern
    if dark is None or light is None or abs(light - dark) < 20:
        return False
    bits: list[int] = []
    for row, column in ((size - 1, size - 1), (size - 1, size - 2), (size - 2, size - 1), (size - 2, size - 2)):
        value = _pixel(gray, corners, row, column, size)
        if value is None:
            return False
        is_dark = abs(value - dark) < abs(value - light)
        bits.append(int(is_dark) ^ int(_masked(mask, row, column)))
    return tuple(bits) == _STRUCTURED_APPEND


def _pixel(gray: Image, corners: Corners, row: int, column: int, size: int) -> int | None:
    """Return the gray value in the middle of a module, or None outside of the picture."""
    u, v = (column + 0.5) / size, (row + 0.5) / size
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    x = (1 - v) * ((1 - u) * ax + u * bx) + v * ((1 - u) * dx + u * cx)
    y = (1 - v) * ((1 - u) * ay + u * by) + v * ((1 - u) * dy + u * cy)
    if 0 <= x < gray.shape[1] and 0 <= y < gray.shape[0]:
        return int(gray[int(y), int(x)])
    return None


def _masked(mask: int, i: int, j: int) -> bool:
    """Say whether the data mask turns the module in row i, column j (ISO/IEC 18004, table 10)."""
    product = i * j
    conditions = (
        (i + j) % 2 == 0,
        i % 2 == 0,
        j % 3 == 0,
        (i + j) % 3 == 0,
        (i // 2 + j // 3) % 2 == 0,
        product % 2 + product % 3 == 0,
        (product % 2 + product % 3) % 2 == 0,
        ((i + j) % 2 + product % 3) % 2 == 0,
    )
    return conditions[mask]
