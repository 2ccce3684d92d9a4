"""One step of the evening: a sign, a name, what was found."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from checkin.domain.closing import StepKey, StepState
from checkin.domain.event import Event
from checkin.evening.state import Kept, Step
from checkin.ui.theme import Theme, renderer
from checkin.ui.widgets.basics import column, label, row
from checkin.wording.closing import step_line, step_state, step_title

SIGN_PX: Final = 30
_LOOKS: Final = {
    StepState.WAITING: ("", "grey"),
    StepState.RUNNING: ("clock", "blue"),
    StepState.DONE: ("tick", "green"),
    StepState.ATTENTION: ("attention", "amber"),
    StepState.FAILED: ("cross", "red"),
}


class StepSign(QWidget):
    """A disc in a soft tone with a drawing in it; an empty ring while nothing is known."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = StepState.WAITING
        self.setFixedSize(QSize(SIGN_PX, SIGN_PX))

    def show_state(self, state: StepState) -> None:
        """Show how the step stands."""
        self._state = state
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's name
        icon, tone = _LOOKS[self._state]
        colours = self._theme.colours
        pair = colours.tone(tone)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            disc = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setBrush(QColor(pair.soft) if icon else Qt.BrushStyle.NoBrush)
            painter.setPen(Qt.PenStyle.NoPen if icon and colours.thick < 3 else QPen(QColor(pair.strong), 1))
            painter.drawEllipse(disc)
            if icon:
                part = self.width() * 0.52
                place = QRectF((self.width() - part) / 2, (self.height() - part) / 2, part, part)
                renderer(icon, pair.strong).render(painter, place)


class StepRow(QFrame):
    """Shows a Step. `beside`: a button that belongs to it."""

    def __init__(
        self, theme: Theme, key: StepKey, beside: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.step = Step(key, StepState.WAITING)
        self._sign = StepSign(theme)
        self.name = label("", "strong", wrap=True)
        self.found = label("", "muted", wrap=True)
        texts = column(self.name, self.found, spacing=0)
        body = row(self._sign, spacing=14)
        body.setContentsMargins(4, 6, 0, 6)
        body.addLayout(texts, 1)
        if beside is not None:
            body.addWidget(beside, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(body)

    def show_step(self, step: Step, event: Event, today: date) -> None:
        """Show how the step stands and what was found."""
        self.step = step
        self._sign.show_state(step.state)
        self.name.setText(step_title(step))
        text = step_line(step, event, today)
        self.found.setText(text)
        self.found.setVisible(bool(text))
        self.setToolTip(str(step.found.file) if isinstance(step.found, Kept) else "")
        self.setAccessibleName(f"{step_title(step)}: {step_state(step)}. {text}")
