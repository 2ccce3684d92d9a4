"""A film, a folder of pictures or one picture in the camera's place, for rehearsals, tests and the terminal."""

from __future__ import annotations

import math
from pathlib import Path
from threading import Event

from checkin.errors import SourceError
from checkin.i18n import _
from checkin.scan.code import Image
from checkin.scan.frames import Frame, now_s
from checkin.scan.opencv import cv2

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".tif", ".tiff"})
_USUAL_FPS = 30.0
_SHOWN_S = 1.5  # how long each picture is held up where pictures stand in for a camera
_REPEAT_S = 0.1


class Film:
    """A video file, at its own pace (frames that come too late are left out) or as fast as it is read."""

    live = False
    stills = False
    unreadable: tuple[Path, ...] = ()

    def __init__(self, path: Path, *, paced: bool = False, loop: bool = False) -> None:
        self.name = path.name
        self._path, self._paced, self._loop = path, paced, loop
        self._capture = _open_film(path)
        fps = float(self._capture.get(cv2().CAP_PROP_FPS))
        self.fps = fps if math.isfinite(fps) and 1 <= fps <= 240 else _USUAL_FPS
        self._next = 0
        self._round_began = 0  # number of the frame with which this showing began
        self._started: float | None = None

    def read(self, stop: Event) -> Frame | None:
        """Return the frame that is due; None at the end of a film that is not looped."""
        while not stop.is_set():
            self._wait(stop)
            good, image = self._capture.read()
            if good and image is not None:
                index = self._next
                self._next += 1
                return Frame(image, index, index / self.fps)
            if not self._loop or self._next == self._round_began:  # a film without a single frame does not go round
                return None
            self._capture.release()
            self._capture = _open_film(self._path)
            self._round_began = self._next
        return None

    def close(self) -> None:
        """Let the file go."""
        self._capture.release()

    def _wait(self, stop: Event) -> None:
        if not self._paced:
            return
        if self._started is None:
            self._started = now_s()
        early = self._next / self.fps - (now_s() - self._started)
        if early > 0:
            stop.wait(early)
        late = int(-early * self.fps) if early < 0 else 0
        for _skipped in range(late):
            if not self._capture.grab():
                return
            self._next += 1


class Pictures:
    """Picture files one after the other: each once, or (paced) each held up for a moment."""

    live = False
    stills = True

    def __init__(self, name: str, files: list[Path], *, paced: bool = False, loop: bool = False) -> None:
        self.name = name
        self.unreadable: list[Path] = []
        """Files that are named like pictures and are none; they were left out."""
        self._files, self._loop = files, loop
        self._repeats = round(_SHOWN_S / _REPEAT_S) if paced else 1
        self._paced = paced
        self._next = 0
        self._image: Image | None = None
        self._shown = 0

    def read(self, stop: Event) -> Frame | None:
        """Return the next picture; None after the last."""
        while not stop.is_set():
            if self._image is not None and self._shown < self._repeats:
                if self._paced and self._shown:
                    stop.wait(_REPEAT_S)
                self._shown += 1
                file = self._files[self._next - 1]
                return Frame(self._image, self._next - 1, float(self._next - 1), file.name)
            if self._next >= len(self._files):
                if not self._loop or len(self.unreadable) >= len(self._files):
                    return None
                self._next, self.unreadable = 0, []
            self._image, self._shown = read_picture(self._files[self._next]), 0
            if self._image is None:
                self.unreadable.append(self._files[self._next])
            self._next += 1
        return None

    def close(self) -> None:
        """Forget the picture."""
        self._image = None


def open_files(path: Path, *, paced: bool, loop: bool) -> Film | Pictures:
    """Open a folder of pictures, a picture or a film. Raises SourceError where there is none or it cannot be read."""
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix.lower() in PICTURES)
        if not files:
            raise SourceError(_("There are no pictures in the folder “{name}”.").format(name=path.name))
        return Pictures(path.name, files, paced=paced, loop=loop)
    if not path.is_file():
        raise SourceError(_("There is no file, folder or camera “{name}”.").format(name=path.name or str(path)))
    if path.suffix.lower() in PICTURES:
        if read_picture(path) is None:
            raise SourceError(_("The file “{name}” is not a picture that can be read.").format(name=path.name))
        return Pictures(path.name, [path], paced=paced, loop=loop)
    return Film(path, paced=paced, loop=loop)


def read_picture(path: Path) -> Image | None:
    """Return a picture file as BGR, or None where it is not one. Read by Python: OpenCV fails on Thai paths on Windows."""
    import numpy as np

    cv = cv2()
    try:
        data = np.frombuffer(path.read_bytes(), np.uint8)
        image: Image | None = cv.imdecode(data, cv.IMREAD_COLOR)
        if image is not None and _may_be_transparent(data[:4096].tobytes()):
            image = _on_white(cv.imdecode(data, cv.IMREAD_UNCHANGED), image)
    except (OSError, cv.error):
        return None
    return image


def _may_be_transparent(head: bytes) -> bool:
    """Say whether a picture is a PNG with transparency: an alpha channel (colour types 4 and 6) or a tRNS chunk."""
    return head.startswith(b"\x89PNG") and (head[25:26] in {b"\x04", b"\x06"} or b"tRNS" in head)


def _on_white(whole: Image | None, plain: Image) -> Image:
    """Lay a transparent picture on white paper: black on nothing would be black on black, and no code in it is read."""
    import numpy as np

    if whole is None or whole.ndim != 3 or whole.shape[2] != 4 or whole.dtype != np.uint8:
        return plain
    alpha = whole[..., 3:].astype(np.uint16)
    return ((whole[..., :3] * alpha + 255 * (255 - alpha)) // 255).astype(np.uint8)


def _open_film(path: Path):  # type: ignore[no-untyped-def]  # cv2.VideoCapture, which is imported late
    capture = cv2().VideoCapture(str(path))
    if not capture.isOpened():
        raise SourceError(_("The file “{name}” is not a picture or film that can be read.").format(name=path.name))
    return capture
