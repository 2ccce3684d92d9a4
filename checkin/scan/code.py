"""What a decoder finds in a picture: a code, its bytes, and where it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
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
    """Its symbology: "QRCode", or one of `checkin.scan.symbologies` that the event asks for."""
    corners: Corners
    """Four (x, y) in pixels of the picture, in order around the code."""

    @property
    def area(self) -> float:
        """Return the area in square pixels (the nearer badge has the larger one)."""
        return area_of(self.corners)

    def scaled(self, factor: float) -> Code:
        """Return the same code in a picture that is `factor` times as large."""
        return self.mapped(lambda x, y: (x * factor, y * factor))

    def mapped(self, place: Callable[[float, float], Point]) -> Code:
        """Return the same code in a picture in which what is at (x, y) in this one is at `place(x, y)`."""
        return replace(self, corners=mapped_corners(self.corners, place))


@dataclass(frozen=True, slots=True)
class Found:
    """What a decoder saw in a picture."""

    codes: tuple[Code, ...] = ()
    unread: tuple[Corners, ...] = ()
    """Where codes are that it found and could not read: blurred, too far, covered in part."""

    def scaled(self, factor: float) -> Found:
        """Return the same in a picture that is `factor` times as large."""
        return self.mapped(lambda x, y: (x * factor, y * factor))

    def mapped(self, place: Callable[[float, float], Point]) -> Found:
        """Return the same in a picture in which what is at (x, y) in this one is at `place(x, y)`."""
        return Found(
            tuple(code.mapped(place) for code in self.codes),
            tuple(mapped_corners(corners, place) for corners in self.unread),
        )


def mapped_corners(corners: Corners, place: Callable[[float, float], Point]) -> Corners:
    """Return where the corners are in a picture in which what is at (x, y) in this one is at `place(x, y)`."""
    a, b, c, d = (place(x, y) for x, y in corners)
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
