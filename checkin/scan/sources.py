"""One door to every source of pictures, and the scans in it for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import cast

from checkin.errors import SourceError
from checkin.i18n import _
from checkin.scan.camera import open_camera
from checkin.scan.cameras import is_camera
from checkin.scan.cascade import decode
from checkin.scan.code import Code
from checkin.scan.files import open_files
from checkin.scan.frames import Frame, Source
from checkin.scan.gate import Gate
from checkin.scan.reader import Reader
from checkin.scan.symbologies import QR_ONLY, Symbology


def open_source(spec: str, *, paced: bool = False, loop: bool = False) -> Source:
    """Open what a text means: nothing (the first camera), a camera number, `CameraInfo.spec`, or a path.

    A path is a film, a picture or a folder of pictures; `paced` shows it at its own speed, as a camera would, and `loop`
    begins again at its end. Raises SourceError with a sentence for the user.
    """
    if is_camera(spec):
        return open_camera(spec)
    return open_files(Path(spec).expanduser(), paced=paced, loop=loop)


def with_qr(names: Iterable[str]) -> frozenset[Symbology]:
    """Return QR codes and these kinds besides (checkin.domain.event.SYMBOLOGIES): what an event's desk reads."""
    return QR_ONLY | {cast("Symbology", name) for name in names}


@dataclass(frozen=True, slots=True)
class Sighting:
    """The codes in one frame; `taken` are those that count as scanned now."""

    frame: Frame
    codes: tuple[Code, ...]
    taken: tuple[Code, ...]


def read_all(spec: str, symbologies: frozenset[Symbology] = QR_ONLY) -> Iterator[Sighting]:
    """Open what `spec` means, yield every frame that shows a code of these kinds, and close it.

    Raises SourceError, at the end if only some pictures of a folder could not be read: the others were.
    """
    source = open_source(spec)
    try:
        yield from sightings(source, symbologies=symbologies)
    finally:
        source.close()
    if source.unreadable:
        names = ", ".join(file.name for file in source.unreadable)
        raise SourceError(_("These files are not pictures that can be read: {names}").format(names=names))


def sightings(
    source: Source, stop: Event | None = None, *, symbologies: frozenset[Symbology] = QR_ONLY
) -> Iterator[Sighting]:
    """Read a source to its end and yield every frame that shows a code.

    Of a film or camera the gate decides what is a scan; in a picture that stands for itself every different code is one.
    """
    stop = stop or Event()
    reader, gate = Reader(symbologies), Gate()
    while (frame := source.read(stop)) is not None:
        if source.stills:
            codes = decode(frame.image, symbologies)
            taken = tuple({code.text: code for code in codes}.values())
        else:
            codes = reader.read(frame.image)
            scanned = gate.see(codes, frame.at)
            taken = (scanned,) if scanned else ()
        if codes:
            yield Sighting(frame, tuple(codes), taken)
