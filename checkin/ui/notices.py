"""The one door to the user: a bar that says what happened and never blocks a scan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QSize, QTimer, Signal, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from checkin.i18n import _
from checkin.ui.theme import Theme, pixmap
from checkin.ui.widgets.basics import button, column, frame, label, row, set_button_text, set_property

Kind = Literal["info", "good", "warning", "error"]
_TONES = {"info": "blue", "good": "green", "warning": "amber", "error": "red"}
_ICONS = {"info": "info", "good": "tick", "warning": "attention", "error": "cross"}


@dataclass(frozen=True, slots=True)
class Notice:
    """One message. `key` names its matter: a newer notice of the same key takes its place."""

    kind: Kind
    text: str
    key: str = ""
    seconds: float = 0.0
    """How long it stays; 0: until it is closed or withdrawn."""
    action: str = ""
    on_action: Callable[[], object] | None = None


class Notices(QWidget):
    """Shows one notice, the gravest and newest first; the others wait behind it."""

    said = Signal(str)
    """The text that came to the front, for screen readers and tests."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._waiting: list[Notice] = []
        self._sign = QLabel()
        self._text = label("", wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._count = label("", "muted")
        self._action = button()
        self._close = button(role="quiet")
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.close_notice)
        band = self._band = frame("band")
        band.setLayout(row(self._sign, self._text, self._count, self._action, self._close, margin=6))
        self._around = column(band)
        self.setLayout(self._around)
        self.set_low(low=False)
        self._action.clicked.connect(self._act)
        self._close.clicked.connect(self.close_notice)
        theme.changed.connect(self._show)
        self.retranslate()
        self._show()

    def set_low(self, *, low: bool) -> None:
        """Take less room, where the window is low or everything is large."""
        for made in (self._action, self._close):
            set_property(made, "small", True if low else None)
        self._around.setContentsMargins(*((6, 4, 6, 0) if low else (14, 8, 14, 0)))

    def info(self, text: str, *, key: str = "", seconds: float = 6.0) -> None:
        """Say something that needs no answer."""
        self.post(Notice("info", text, key, seconds))

    def good(self, text: str, *, key: str = "", seconds: float = 6.0) -> None:
        """Say that something was done."""
        self.post(Notice("good", text, key, seconds))

    def warning(self, text: str, *, key: str = "", seconds: float = 0.0) -> None:
        """Say that something needs a look. Stays until it is closed or withdrawn."""
        self.post(Notice("warning", text, key, seconds))

    @Slot(str)
    def error(self, text: str, key: str = "") -> None:
        """Say that something failed, what is safe and what to do. Stays until it is closed."""
        self.post(Notice("error", text, key))

    def failure(self, error: Exception) -> None:
        """Show a CheckinError's sentence: fits as a task's `failed` ending."""
        self.error(str(error))

    def post(self, notice: Notice) -> None:
        """Show a notice, or put it behind a graver one."""
        self._waiting = [other for other in self._waiting if not _same(other, notice)]
        self._waiting.insert(0, notice)
        self._show()

    def withdraw(self, key: str) -> None:
        """Take back the notice of this key: its matter is settled."""
        self._waiting = [notice for notice in self._waiting if notice.key != key]
        self._show()

    def texts(self) -> list[str]:
        """Return what is waiting to be read, front first."""
        return [notice.text for notice in self._in_order()]

    @Slot()
    def close_notice(self) -> None:
        """Close the notice at the front."""
        if self._waiting:
            self._waiting.remove(self._in_order()[0])
        self._show()

    def retranslate(self) -> None:
        """Set the texts of the bar's own controls again."""
        set_button_text(self._close, _("Close"))
        self.setAccessibleName(_("Notice"))

    def _in_order(self) -> list[Notice]:
        gravity = {"error": 0, "warning": 1, "good": 2, "info": 2}
        return sorted(self._waiting, key=lambda notice: gravity[notice.kind])

    @Slot()
    def _act(self) -> None:
        notice = self._in_order()[0]
        self._waiting.remove(notice)
        self._show()
        if notice.on_action is not None:
            notice.on_action()

    @Slot()
    def _show(self) -> None:
        self._timer.stop()
        self.setVisible(bool(self._waiting))
        if not self._waiting:
            return
        notice = self._in_order()[0]
        tone = _TONES[notice.kind]
        set_property(self._band, "tone", tone)
        self._sign.setPixmap(pixmap(_ICONS[notice.kind], 20, self._theme.colours.tone(tone).strong))
        changed = self._text.text() != notice.text
        self._text.setText(notice.text)
        self._text.setAccessibleName(notice.text)
        more = len(self._waiting) - 1
        self._count.setVisible(more > 0)
        self._count.setText(f"+{more}")
        self._action.setVisible(bool(notice.action))
        set_button_text(self._action, notice.action)
        if notice.seconds:
            self._timer.start(round(notice.seconds * 1000))
        if changed:
            self.said.emit(notice.text)

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's name
        hint = super().minimumSizeHint()
        hint.setWidth(0)
        return hint


def _same(one: Notice, other: Notice) -> bool:
    return one.text == other.text or bool(one.key and one.key == other.key)
