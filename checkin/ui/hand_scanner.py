"""The hand scanner: wherever the focus is, keys that come faster than fingers are a badge (checkin.scan.keyboard).

The filter sits on the window that has the focus and on the object that has it, so it costs nothing while nobody types.
A key is seen up to four times, in this order: as a shortcut override at the window and at the focus object, as a press
at the window and at the focus object. It is judged at the first sight, and the judgement holds for the later ones; the
same sight once more is another key, even in the same millisecond.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from checkin.clock import SystemClock
from checkin.ui.key_kinds import kind_of, us_text
from checkin.ui.widgets.trial_field import TrialField

if TYPE_CHECKING:
    from checkin.scan.keyboard import Decision, KeyBurst

_KEYS = {QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease}
HOLD_MS, GAP_MS = 36, 101
"""Just longer than checkin.scan.keyboard's FAST_S and GAP_S."""


@dataclass(slots=True)
class _Held:
    """A key kept from the window until it is known whose it is."""

    press: QKeyEvent
    target: QObject
    release: QKeyEvent | None = None


class HandScanner(QObject):
    """Turns bursts of keys into scans; gives slow keys back to whoever they were meant for."""

    scanned = Signal(str, str)
    """Payload, and how it came: "scanner" or "typed"."""
    ignored = Signal()
    """A badge was scanned while a dialog was open: nothing was typed into it, and nobody was judged."""
    wrong_keys = Signal()
    """A scanner in keypad mode and NumLock is off."""
    broken = Signal()
    """A scan broke off half-way."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._burst: KeyBurst | None = None
        self._clock = SystemClock()
        self._held: list[_Held] = []
        self._taken: set[int] = set()
        self._judged: tuple[int, int, str] | None = None
        self._judged_take = False
        self._sight = 0
        self._replaying = False
        self._watched: dict[str, QObject] = {}
        self.hold_ms, self.gap_ms = HOLD_MS, GAP_MS
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._wake)
        self._waited = False

    def time_of(self, event: QKeyEvent) -> float:
        """Return when a key was pressed, in seconds: by the system's own stamp, where it gives one."""
        return (event.timestamp() or self._clock.monotonic_ms()) / 1000

    def start(self) -> None:
        """Begin to listen."""
        if self._burst is not None:
            return
        from checkin.scan.keyboard import KeyBurst

        self._burst = KeyBurst()
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._window_changed)
        app.focusObjectChanged.connect(self._object_changed)
        self._watch("window", QGuiApplication.focusWindow())
        self._watch("object", QGuiApplication.focusObject())

    @Slot()
    def stop(self) -> None:
        """Stop listening; keys held back are given back."""
        if self._burst is None:
            return
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.disconnect(self._window_changed)
        app.focusObjectChanged.disconnect(self._object_changed)
        self._timer.stop()
        self._watch("window", None)
        self._watch("object", None)
        self._held.clear()
        self._burst = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's name
        if self._burst is None or self._replaying or event.type() not in _KEYS or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyRelease:
            return self._release(event)
        take = self._press(watched, event)
        if take and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        return take

    def _press(self, watched: QObject, event: QKeyEvent) -> bool:
        """Judge a key at its first sight; say whether it is kept from the window."""
        name = (event.timestamp(), event.key(), event.text())
        sight = 2 * (event.type() == QEvent.Type.KeyPress) + (watched is not self._watched.get("window"))
        again = self._judged == name and sight > self._sight
        self._sight = sight
        if again:
            return self._judged_take
        assert self._burst is not None
        at = self.time_of(event)
        decision = self._burst.feed(event.text(), at, kind_of(event), us=us_text(event), repeated=event.isAutoRepeat())
        self._judged, self._judged_take = name, decision.take
        if decision.take:
            self._taken.add(event.key())
        self._obey(decision, event)
        return decision.take

    def _release(self, event: QKeyEvent) -> bool:
        """Keep the release of a key that was kept; give it back together with its press where that is given back."""
        if event.key() not in self._taken:
            return False
        for held in self._held:
            if held.press.key() == event.key() and held.release is None:
                held.release = _copy(event)
                break
        if not event.isAutoRepeat():
            self._taken.discard(event.key())
        return True

    def _obey(self, decision: Decision, event: QKeyEvent | None = None) -> None:
        for held in self._held[: decision.release]:
            self._give_back(held)
        del self._held[: decision.release]
        if decision.forget:
            self._held.clear()
        elif decision.take and event is not None:
            target = QGuiApplication.focusObject()
            if target is not None:
                self._held.append(_Held(_copy(event), target))
        if decision.scan is not None:
            self._tell(decision.scan.text, decision.scan.mode, numlock_off=decision.scan.numlock_off)
        elif decision.broken:
            self.broken.emit()
        self._set_alarm()

    def _tell(self, text: str, mode: str, *, numlock_off: bool) -> None:
        if QApplication.activeModalWidget() is not None:
            self.ignored.emit()
        elif numlock_off:
            self.wrong_keys.emit()
        elif isinstance(focus := QApplication.focusWidget(), TrialField):
            focus.tried.emit(text)
        else:
            self.scanned.emit(text, mode)

    def _give_back(self, held: _Held) -> None:
        target: QObject | None = held.target if isValid(held.target) else QGuiApplication.focusObject()
        if target is None:
            return
        self._replaying = True
        try:
            QCoreApplication.sendEvent(target, held.press)
            if held.release is not None and isValid(target):
                QCoreApplication.sendEvent(target, held.release)
            else:
                self._taken.discard(held.press.key())
        finally:
            self._replaying = False

    def _set_alarm(self) -> None:
        if self._burst is None:
            return  # a key that was given back closed the window
        if self._burst.wake_at is None:
            self._timer.stop()
            return
        self._waited = False
        self._timer.start(self.hold_ms if not self._burst.scanning else self.gap_ms)

    @Slot()
    def _wake(self) -> None:
        if self._burst is None:
            return
        if not self._waited:
            self._waited = True
            self._timer.start(0)  # keys that waited behind a busy window come first
            return
        wake_at = self._burst.wake_at
        if wake_at is not None:
            self._obey(self._burst.tick(wake_at))

    @Slot(QWindow)
    def _window_changed(self, window: QWindow | None) -> None:
        if window is None and self._burst is not None:
            self._obey(self._burst.reset())
        self._watch("window", window)

    @Slot(QObject)
    def _object_changed(self, focus: QObject | None) -> None:
        self._watch("object", focus)

    def _watch(self, role: str, target: QObject | None) -> None:
        before = self._watched.pop(role, None)
        if before is not None and isValid(before) and before not in self._watched.values():
            before.removeEventFilter(self)
        if target is not None:
            target.installEventFilter(self)
            self._watched[role] = target


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        QEvent.Type.KeyRelease if event.type() == QEvent.Type.KeyRelease else QEvent.Type.KeyPress,
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
