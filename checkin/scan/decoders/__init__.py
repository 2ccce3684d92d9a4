"""The libraries that find QR codes in a gray picture, one small file each, behind one interface.

Another decoder is another file with a `load()` beside these and its line in `_LOADERS`; `checkin.scan.cascade` says when it
is asked. A library that cannot be loaded is not an error: `available_decoders()` says so, and the others read on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from checkin.i18n import _
from checkin.scan.decoders import zbar, zxing
from checkin.scan.step import Step


@dataclass(frozen=True, slots=True)
class DecoderStatus:
    """Whether one decoder can be used on this machine."""

    name: str
    decoder: Step | None
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


_LOADERS: tuple[tuple[str, Callable[[], Step]], ...] = (("zxing-cpp", zxing.load), ("pyzbar", zbar.load))


@cache
def available_decoders() -> tuple[DecoderStatus, ...]:
    """Load every decoder once and say for each whether it works. Takes some 20 ms the first time."""
    return tuple(_status(name, load) for name, load in _LOADERS)


def _status(name: str, load: Callable[[], Step]) -> DecoderStatus:
    try:
        return DecoderStatus(name, load())
    except (ImportError, OSError) as error:  # pyzbar on a bare Windows: its DLL needs one that is not there (pyzbar#93)
        return DecoderStatus(name, None, str(error))
