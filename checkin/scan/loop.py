"""From a source to scans, for as long as it runs: reads, decodes, gates, hints, and opens a lost camera again.

No Qt and no thread of its own: the window runs `CameraLoop.run` on its camera thread, a test runs it where it likes. The
callbacks are called on that thread, never at the same time.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Literal

from checkin.errors import SourceError
from checkin.scan.calm import HintFilter
from checkin.scan.camera import lost_text
from checkin.scan.code import Code, Corners, Image
from checkin.scan.eyes import Eyes
from checkin.scan.figures import Figures, Meter
from checkin.scan.frames import Source, now_s
from checkin.scan.gate import Gate
from checkin.scan.picture import Hint
from checkin.scan.symbologies import QR_ONLY, Symbology

log = logging.getLogger(__name__)

StateKind = Literal["opening", "live", "lost", "missing", "ended"]
"""missing: it was never there; lost: it was, and comes back by itself; ended: a film is over."""

_BACK_OFF_S = (0.5, 1.0, 2.0, 3.0, 5.0)
_FROZEN_S = 5.0
_FLAT = 2.0  # gray levels between the darkest and the brightest: a covered lens, which looks frozen and is not


@dataclass(frozen=True, slots=True)
class View:
    """What there is to show: a frame, at most 1280 pixels wide and not mirrored, and the codes in it."""

    image: Image
    codes: tuple[Code, ...]
    at: float
    unread: tuple[Corners, ...] = ()
    """Where codes are that cannot be read."""
    meant: str = ""
    """The text of the code that is meant of several; empty: it is not clear which."""


class CameraLoop:
    """One camera and what came of it. `open_source` is called again whenever the source is lost."""

    def __init__(
        self,
        open_source: Callable[[], Source],
        *,
        on_code: Callable[[Code], None],
        on_view: Callable[[View], None] = lambda _view: None,
        on_state: Callable[[StateKind, str, str], None] = lambda _kind, _name, _message: None,
        on_hint: Callable[[Hint | None], None] = lambda _hint: None,
        on_figures: Callable[[Figures], None] = lambda _figures: None,
        symbologies: Callable[[], frozenset[Symbology]] = lambda: QR_ONLY,
        back_off_s: tuple[float, ...] = _BACK_OFF_S,
        frozen_s: float = _FROZEN_S,
    ) -> None:
        """Take what to call: each code that counts as scanned, each frame, each change of state (kind, the source's name,
        a sentence where it is lost or missing), each change of the hint, what was counted twice a second; and what to
        ask for the kinds of codes to read, which may change while the loop runs.
        """
        self._open = open_source
        self._on_code, self._on_view, self._on_state, self._on_hint = on_code, on_view, on_state, on_hint
        self._on_figures, self._symbologies = on_figures, symbologies
        self._back_off_s, self._frozen_s = back_off_s, frozen_s
        self._gate = Gate()
        self._hints = HintFilter()
        self._hint: Hint | None = None
        self._state: tuple[StateKind, str, str] | None = None
        self._was_live = self._began = False

    def run(self, stop: Event) -> None:
        """Run until `stop` is set or a film has ended. Never raises SourceError: a lost camera is tried for ever."""
        self._say("opening")
        failures = 0
        while not stop.is_set():
            outcome = self._once(stop)
            if outcome == "ended":
                return
            failures = 0 if outcome == "lost" else failures + 1
            stop.wait(self._back_off_s[min(failures, len(self._back_off_s) - 1)])

    def _once(self, stop: Event) -> Literal["ended", "lost", "failed"]:
        """Open the source and work until it ends. failed: it did not open, gave nothing, or froze again; wait longer
        each time.
        """
        self._began = False
        try:
            source = self._open()
        except SourceError as error:
            self._say("lost" if self._was_live else "missing", message=str(error))
            return "failed"
        try:
            self._watch(source, stop)
        except _FrozenError:
            log.info("camera frozen, opening it again")
            self._say("lost", source.name, lost_text(source.name))
            return "failed"
        except SourceError as error:
            self._say("lost" if self._was_live else "missing", source.name, str(error))
            return "lost" if self._began else "failed"
        else:
            if not stop.is_set():
                self._say("ended", source.name)
            return "ended"
        finally:
            source.close()
            self._show_hint(None)

    def _watch(self, source: Source, stop: Event) -> None:
        """Work through frames until the source ends. Raises SourceError if it is lost."""
        eyes, meter = Eyes(source, self._symbologies), Meter()
        freeze = _Freeze(self._frozen_s) if source.live else None
        while (frame := source.read(stop)) is not None:
            if not _well_formed(frame.image):
                continue  # a driver's hiccup: 0 x 0, or no picture at all
            if not self._began:
                self._began = self._was_live = True
                self._say("live", source.name)
            now = now_s()
            look = eyes.look(frame.image, now)
            scanned = self._gate.see(look.codes, now)
            if scanned is not None:  # first of all: somebody waits for the verdict
                self._on_code(scanned)
            self._on_view(View(look.image, look.codes, now, look.unread, self._gate.meant(now)))
            crowded = self._gate.crowded(now)
            hint = self._hints.see(Hint.TWO if crowded else look.hint, now, read=bool(look.codes) and not crowded)
            self._show_hint(hint)
            if freeze is not None and look.thumbnail is not None and freeze.see(look.thumbnail, now):
                raise _FrozenError
            figures = meter.see(now, look, getattr(source, "facts", None))
            if figures is not None:
                self._on_figures(figures)

    def _say(self, kind: StateKind, name: str = "", message: str = "") -> None:
        state = (kind, name, message)
        if state != self._state:
            self._state = state
            self._on_state(kind, name, message)

    def _show_hint(self, new: Hint | None) -> None:
        if new != self._hint:
            self._hint = new
            self._on_hint(new)


class _FrozenError(Exception):
    """The camera gives the same picture again and again."""


class _Freeze:
    """Notices a camera whose driver repeats one picture: a live sensor is never twice the same to the last bit."""

    def __init__(self, after_s: float) -> None:
        self._after_s = after_s
        self._print = 0
        self._since = 0.0

    def see(self, thumbnail: Image, now: float) -> bool:
        """Say whether the picture has been the same, and not just black or white, for too long."""
        fingerprint = zlib.crc32(thumbnail.tobytes())
        if fingerprint != self._print or int(thumbnail.max()) - int(thumbnail.min()) <= _FLAT:
            self._print, self._since = fingerprint, now
        return now - self._since > self._after_s


def _well_formed(image: Image) -> bool:
    shape: tuple[int, ...] = getattr(image, "shape", ())
    return len(shape) in {2, 3} and min(shape) > 0 and min(shape[:2]) >= 64 and str(image.dtype) == "uint8"
