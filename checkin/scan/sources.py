"""One door to every source of pictures, and the scans in it for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

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


def open_source(spec: str, *, paced: bool = False, loop: bool = False) -> Source:
    """Open what a text means: nothing (the first camera), a camera number, `CameraInfo.spec`, or a path.

    A path is a film, a picture or a folder of pictures; `paced` shows it at its own speed, as a camera would, and `loop`
    begins again at its end. Raises SourceError with a sentence for the user.
    """
    if is_camera(spec):
        return open_camera(spec)
    return open_files(Path(spec).expanduser(), paced=paced, loop=loop)


@dataclass(frozen=True, slots=True)
class Sighting:
    """The codes in one frame; `taken` are those that count as scanned now."""

    frame: Frame
    codes: tuple[Code, ...]
    taken: tuple[Code, ...]


def read_all(spec: str) -> Iterator[Sighting]:
    """Open what `spec` means, yield every frame that shows a code, and close it.

    Raises SourceError, at the end if only some pictures of a folder could not be read: the others were.
    """
    source = open_source(spec)
    try:
        yield from sightings(source)
    finally:
        source.close()
    if source.unreadable:
        names = ", ".join(file.name for file in source.unreadable)
        raise SourceError(_("These files are not pictures that can be read: {names}").format(names=names))


def sightings(source: Source, stop: Event | None = None) -> Iterator[Sighting]:
    """Read a source to its end and yield every frame that shows a code.

    Of a film or camera the gate decides what is a scan; in a picture that stands for itself every different code is one.
    """
    stop = stop or Event()
    reader, gate = Reader(), Gate()
    while (frame := source.read(stop)) is not None:
        if source.stills:
            codes = decode(frame.image)
            taken = tuple({code.text: code for code in codes}.values())
        else:
            codes = reader.read(frame.image)
            scanned = gate.see(codes, frame.at)
            taken = (scanned,) if scanned else ()
        if codes:
            yield Sighting(frame, tuple(codes), taken)
