"""The libraries that find QR codes in a gray picture, one small file each, behind one interface.

Another decoder is another file with a `load()` beside these and its line in `_LOADERS`, in the order in which they are
asked. A library that cannot be loaded is not an error: `available_decoders()` says so, and the others read on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from checkin.i18n import _
from checkin.scan.code import Found, Image
from checkin.scan.decoders import zbar, zxing
from checkin.scan.decoders.thresholded import Thresholded


class Decoder(Protocol):
    """Reads every QR code it finds. Keeps nothing between calls and may be called from several threads."""

    def read(self, gray: Image) -> Found:
        """Return what is in a picture of height x width, uint8, contiguous."""


@dataclass(frozen=True, slots=True)
class DecoderStatus:
    """Whether one decoder can be used on this machine."""

    name: str
    decoder: Decoder | None
    problem: str = ""
    """What the operating system said where the library could not be loaded."""

    @property
    def message(self) -> str:
        """Return a sentence for the user where the decoder is missing, else nothing."""
        if self.decoder is not None:
            return ""
        return _("The code reader “{name}” does not run on this computer; badges are read without it.").format(
            name=self.name
        )


_LOADERS: tuple[tuple[str, Callable[[], Decoder]], ...] = (("zxing-cpp", zxing.load), ("pyzbar", zbar.load))


@cache
def available_decoders() -> tuple[DecoderStatus, ...]:
    """Load every decoder once and say for each whether it works. Takes some 20 ms the first time."""
    return tuple(_status(name, load) for name, load in _LOADERS)


@cache
def steps() -> tuple[Decoder, ...]:
    """Return the ways to look at a picture, cheapest first; each next one is for a picture in which nothing was found.

    On 204 photographs at 720p (benchmarks in issue 5): zxing-cpp alone 84.8 % at 1.4 ms, with the threshold 89.7 %, with
    pyzbar after it 91.2 %; pyzbar alone 71.6 % at 14 ms.
    """
    found = [status.decoder for status in available_decoders() if status.decoder is not None]
    return (found[0], Thresholded(found[0]), *found[1:]) if found else ()


def _status(name: str, load: Callable[[], Decoder]) -> DecoderStatus:
    try:
        return DecoderStatus(name, load())
    except (ImportError, OSError) as error:  # pyzbar on a bare Windows: its DLL needs one that is not there (pyzbar#93)
        return DecoderStatus(name, None, str(error))
