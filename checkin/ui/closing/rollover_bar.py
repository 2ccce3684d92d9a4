"""Asks once which day is counted when the clock and the declared day part: at midnight, after a night, in the morning.

It is a bar, not a dialog, and never takes the focus: badges are judged meanwhile, for the day that the bar names, and
those for another day than the clock's are flagged.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from checkin.domain.declare import DayQuestion
from checkin.i18n import _, day_text
from checkin.ui.theme import Theme, pixmap
from checkin.ui.widgets.basics import button, column, frame, label, row, set_button_text, set_property
from checkin.ui.widgets.flow import Flow


class RolloverBar(QFrame):
    """Shows a DayQuestion; without one it is hidden."""

    answered = Signal(object)
    """datetime.date: the day to count for from now on."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.question: DayQuestion | None = None
        self._sign = QLabel()
        self._text = label("", "strong", wrap=True)
        self._more = label("", "muted", wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.first, self.second = button(role="primary"), button()
        for made in (self.first, self.second):
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the focus from the field of the desk
        band = frame("band", tone="amber")
        inside = self._inside = row(self._sign, margin=8, spacing=10)
        inside.setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)
        buttons = Flow()
        buttons.addWidget(self.first)
        buttons.addWidget(self.second)
        texts = column(self._text, self._more, spacing=2)
        texts.addLayout(buttons)
        inside.addLayout(texts, 1)
        band.setLayout(inside)
        around = column(band)
        around.setContentsMargins(14, 8, 14, 0)
        self.setLayout(around)
        self.first.clicked.connect(self._first)
        self.second.clicked.connect(self._second)
        theme.changed.connect(self.retranslate)
        self.hide()

    def set_low(self, low: bool) -> None:
        """Take less height, where everything is large: the verdict must stay whole."""
        self._more.setVisible(not low)
        margin = 2 if low else 8
        self._inside.setContentsMargins(8, margin, 8, margin)
        for made in (self.first, self.second):
            set_property(made, "small", low)

    @Slot(object)
    def ask(self, question: DayQuestion | None) -> None:
        """Show a question, or none."""
        self.question = question
        self.retranslate()
        self.setVisible(question is not None)

    @Slot()
    def retranslate(self) -> None:
        """Set every text again."""
        self._sign.setPixmap(pixmap("day", 22, self._theme.colours.amber.strong))
        question = self.question
        if question is None:
            return
        today, other, counting = (day_text(day) for day in (question.today, question.other, question.counting))
        if question.counting != question.today and question.today > question.other:
            text = _("A new day has begun: {today}. This desk still counts for {day}.").format(
                today=today, day=counting
            )
        elif question.counting != question.today:
            text = _("The clock says {today}, but this desk counts for {day}. Check the clock of this laptop.").format(
                today=today, day=counting
            )
        else:
            text = _("This desk counts for {today} now; the last time it was used it counted for {day}.").format(
                today=today, day=other
            )
        self._text.setText(text)
        self._more.setText(
            _("Which day is right? Badges are taken meanwhile and count for {day}.").format(day=counting)
        )
        set_button_text(self.first, _("Count for {day}").format(day=day_text(question.proposed, year=False)))
        set_button_text(self.second, _("Stay with {day}").format(day=day_text(question.refused, year=False)))
        self.setAccessibleName(f"{text} {self._more.text()}")

    @Slot()
    def _first(self) -> None:
        if self.question is not None:
            self.answered.emit(self.question.proposed)

    @Slot()
    def _second(self) -> None:
        if self.question is not None:
            self.answered.emit(self.question.refused)

    def minimumSizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's name
        hint = super().minimumSizeHint()
        hint.setWidth(0)
        return hint
