"""A push button that shows its key beside its word, so that staff learn the keys by looking."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from checkin.ui.widgets.basics import label

_GAP = 8  # px between the word and the key


class KeyButton(QPushButton):
    """A button with a key sequence ("Ctrl+Z", "F1"); `""` for none.

    With `bind` false it only shows the key: the page listens for it itself, also while the button is hidden.
    """

    def __init__(self, keys: str = "", role: str = "", *, bind: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bind = bind
        self._keys = QKeySequence(keys)
        self._sign = label(self._keys.toString(QKeySequence.SequenceFormat.NativeText), "key")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 10, 0)
        inside.addStretch(1)
        inside.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        self._sign.setVisible(bool(keys))  # only now: shown without a parent it would be a window of its own
        self.setAutoDefault(False)
        if role:
            self.setProperty("role", role)
        self.setProperty("keyed", bool(keys))

    def set_word(self, word: str) -> None:
        """Set the button's text; Qt drops the shortcut with the text, so it is set again."""
        self.setText(word.replace("&", "&&"))
        if self._bind:
            self.setShortcut(self._keys)
        self.setAccessibleName(word)
        self.updateGeometry()

    def show_key(self, visible: bool) -> None:
        """Hide the key's sign where there is no room; the key itself stays."""
        self._sign.setVisible(visible and not self._keys.isEmpty())
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's name
        hint = super().sizeHint()
        if not self._sign.isHidden():
            hint.setWidth(hint.width() + _GAP + self._sign.sizeHint().width())
        return hint

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's name
        return self.sizeHint()
