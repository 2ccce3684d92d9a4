"""The privacy notice: one line above the form before anything is asked, the whole of it in both languages on demand."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from checkin.domain.event import Event
from checkin.i18n import LANGUAGES, Language, _, in_language, language, mark
from checkin.ui.theme import Theme, pixmap
from checkin.ui.widgets.basics import button, column, label, row, set_button_text
from checkin.ui.widgets.elided_label import ElidedLabel

_HEADING = mark("Privacy notice")


class PrivacyLine(QWidget):
    """The beginning of the notice in the language of the moment, and a button that opens the whole."""

    def __init__(self, event: Event, theme: Theme, over: QWidget, parent: QWidget | None = None) -> None:
        """`over`: the widget in front of which the whole notice opens."""
        super().__init__(parent)
        self._event, self._theme = event, theme
        self._sign = QLabel()
        self._text = ElidedLabel(13)
        self._text.setProperty("role", "faint")
        self.read = button(role="quiet")
        self.card = NoticeCard(event, over)
        inside = row(self._sign, self._text, self.read, spacing=8)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.read.clicked.connect(self._toggle)
        theme.changed.connect(self._colour)
        self._colour()

    def retranslate(self) -> None:
        """Set the texts again."""
        notice = self._event.walk_in.notice.get(language())
        self._text.setText(f"{_(_HEADING)}: {notice}")
        self._text.setToolTip("")
        self._text.setAccessibleName(self._text.text())
        set_button_text(self.read, _("Read it all"))
        self.card.retranslate()

    @Slot()
    def _toggle(self) -> None:
        self.card.open_card(self.read)

    @Slot()
    def _colour(self) -> None:
        self._sign.setPixmap(pixmap("info", 18, self._theme.colours.accent))


class NoticeCard(QFrame):
    """The whole notice in every language of the program, to be turned to the guest. In front of `over`; Esc closes it."""

    def __init__(self, event: Event, over: QWidget) -> None:
        super().__init__(over)
        self._event, self._over = event, over
        self._back: QWidget | None = None
        self.setProperty("role", "card")
        self._texts: list[tuple[Language, QLabel, QLabel]] = []
        inside = QWidget()
        texts = QVBoxLayout(inside)
        texts.setContentsMargins(4, 0, 8, 0)
        texts.setSpacing(4)
        for tongue in LANGUAGES:
            heading, text = label("", "heading"), label("", wrap=True)
            self._texts.append((tongue, heading, text))
            texts.addWidget(heading)
            texts.addWidget(text)
            texts.addSpacing(8)
        texts.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(inside)
        self.close_button = button(role="primary")
        self.close_button.clicked.connect(self.close_card)
        body = column(self._scroll, margin=16)
        body.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        self.setLayout(body)
        over.installEventFilter(self)
        self.hide()

    def open_card(self, back_to: QWidget) -> None:
        """Show it; the focus goes back to `back_to` when it is closed."""
        self._back = back_to
        self._place()
        self.show()
        self.raise_()
        self.close_button.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def close_card(self) -> None:
        """Take it away."""
        self.hide()
        if self._back is not None:
            self._back.setFocus(Qt.FocusReason.PopupFocusReason)

    def retranslate(self) -> None:
        """Set the texts again."""
        for tongue, heading, text in self._texts:
            heading.setText(in_language(_HEADING, tongue))
            text.setText(self._event.walk_in.notice.get(tongue))
        self.setAccessibleName(_(_HEADING))
        self._scroll.setAccessibleName(_(_HEADING))
        set_button_text(self.close_button, _("Close"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 - Qt's name
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.close_card()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's name
        if event.type() == QEvent.Type.Resize and watched is self._over and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        margin = 8
        self.setGeometry(self._over.rect().adjusted(margin, margin, -margin, -margin))
