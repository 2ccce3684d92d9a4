"""What a decoder finds in a picture: a code, its bytes, and where it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Image: TypeAlias = "npt.NDArray[np.uint8]"
"""A picture: height x width (gray) or height x width x 3 (BGR), uint8."""

Point: TypeAlias = tuple[float, float]
Corners: TypeAlias = tuple[Point, Point, Point, Point]


@dataclass(frozen=True, slots=True)
class Code:
    """One code in a picture."""

    text: str
    data: bytes
    """The bytes that the code holds, as they are; `text` is made from them."""
    format: str
    """"QRCode"."""
    corners: Corners
    """Four (x, y) in pixels of the picture, in order around the code."""

    @property
    def area(self) -> float:
        """Return the area in square pixels (the nearer badge has the larger one)."""
        return area_of(self.corners)

    def scaled(self, factor: float) -> Code:
        """Return the same code in a picture that is `factor` times as large."""
        return Code(self.text, self.data, self.format, scaled_corners(self.corners, factor))


@dataclass(frozen=True, slots=True)
class Found:
    """What a decoder saw in a picture."""

    codes: tuple[Code, ...] = ()
    unread: tuple[Corners, ...] = ()
    """Where codes are that it found and could not read: blurred, too far, covered in part."""

    def scaled(self, factor: float) -> Found:
        """Return the same in a picture that is `factor` times as large."""
        return Found(
            tuple(code.scaled(factor) for code in self.codes),
            tuple(scaled_corners(corners, factor) for corners in self.unread),
        )


def scaled_corners(corners: Corners, factor: float) -> Corners:
    """Return the corners in a picture that is `factor` times as large."""
    a, b, c, d = ((x * factor, y * factor) for x, y in corners)
    return a, b, c, d


def area_of(corners: Corners) -> float:
    """Return the area that four corners enclose, in square pixels."""
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return abs(sum(xs[i - 1] * ys[i] - xs[i] * ys[i - 1] for i in range(4))) / 2


def text_of(data: bytes) -> str:
    """Return the text that a code's bytes mean: UTF-8, else Thai (cp874), else latin-1, which never fails.

    Decoders guess the character set from the bytes and are wrong for Thai and Vietnamese (zbar: 10 % and 79 %).
    """
    for encoding in ("utf-8", "cp874"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
