"""How much of a verdict is shown in the height that there is: letters become smaller, then what is least needed goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from checkin.ui.widgets.basics import set_property
from checkin.ui.widgets.fitted_label import FittedLabel
from checkin.ui.widgets.pills import Sign
from checkin.ui.widgets.reason_bar import ReasonBar

LARGE, COMPACT, NO_ECHO, TIGHT, NO_LOCAL, NO_ORIGIN, ONE_BUTTON, NO_BUTTON = range(8)
"""Each level keeps less than the one before. Word, name, remarks and the sentence that says what to do stay in all."""
NAME_SIZES: Final = ((48, 42, 36, 30, 26, 22), (30, 26, 22, 18), (22, 18, 15))
"""Sizes (px) of the name: large, compact, tight."""
SIGNS: Final = (80, 44, 30)
MARGINS: Final = (18, 10, 6)


@dataclass(frozen=True, slots=True)
class Giving:
    """A part that gives way."""

    part: QLabel
    level: int
    """From this level on it is hidden."""
    asked: int
    """From this level on it is hidden while a question stands in the panel."""


class VerdictRoom:
    """Decides the level of one panel; the panel says what it has to show."""

    def __init__(
        self,
        panel: QFrame,
        body: QVBoxLayout,
        sign: Sign,
        name: FittedLabel,
        restyled: Sequence[QWidget],
        giving: Sequence[Giving],
        pills: Callable[[], Sequence[QWidget]],
        bar: ReasonBar,
    ) -> None:
        """`restyled`: what the style sheet draws smaller in a compact panel."""
        self._panel, self._body, self._sign, self._name = panel, body, sign, name
        self._restyled, self._giving, self._pills = restyled, giving, pills
        self._bar = bar
        self.height = 0
        """How high (px) the panel may become; 0: as high as it likes."""
        self.least = LARGE
        """The level to begin with."""
        self.plain_name = False
        """What stands in the name's place is a code: in no larger letters than a compact name."""
        self.asking = False
        """A question stands in the panel in place of the buttons."""
        self.offered: Sequence[QPushButton] = ()
        """Buttons that belong to the verdict, the most wanted one first."""
        self.level = -1

    def fit(self) -> None:
        """Show as much as there is room for."""
        for level in range(self.least, NO_BUTTON + 1):
            self._apply(level)
            if not self.height or self._needed() <= self.height:
                return

    def _needed(self) -> int:
        margins = self._body.contentsMargins()
        _forget_sizes(self._body)
        self._name.resize(self._panel.contentsRect().width() - margins.left() - margins.right(), self._name.height())
        return self._body.totalHeightForWidth(self._panel.width())

    def _apply(self, level: int) -> None:
        size = 0 if level < COMPACT else 1 if level < TIGHT else 2
        if level != self.level:
            self._restyle(compact=size > 0)
            self._sign.set_size(SIGNS[size])
            self._body.setContentsMargins(*[MARGINS[size]] * 4)
            self._body.setSpacing(3 if level < COMPACT else 1)
            self.level = level
        self._name.set_sizes(NAME_SIZES[max(size, 1) if self.plain_name else size])
        for one in self._giving:
            one.part.setVisible(bool(one.part.text()) and level < (one.asked if self.asking else one.level))
        for pill in self._pills():
            pill.setVisible(level < NO_LOCAL)
        for place, made in enumerate(self.offered):
            set_property(made, "small", True if size == 2 else None)
            made.setVisible(not self.asking and (level < ONE_BUTTON or (level == ONE_BUTTON and not place)))

        self._bar.set_tight(small=size == 2, bare=level >= ONE_BUTTON)

    def _restyle(self, *, compact: bool) -> None:
        if bool(self._panel.property("compact")) != compact:
            set_property(self._panel, "compact", compact)
            for part in self._restyled:
                part.style().unpolish(part)
                part.style().polish(part)


def _forget_sizes(layout: QLayout) -> None:
    """Have every layout in it ask its widgets anew: Qt tells the outermost one only, until it lays out."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        widget = item.widget() if item is not None else None
        inner = widget.layout() if widget is not None else item.layout() if item is not None else None
        if inner is not None:
            _forget_sizes(inner)
    layout.invalidate()
