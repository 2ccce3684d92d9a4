"""Is it one of these? People on the list who may be the walk-in, while the form is being filled in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from checkin.domain.alike import LookAlike
from checkin.domain.attendee import Attendee
from checkin.i18n import _, ngettext
from checkin.texts import isolate
from checkin.ui.widgets.basics import button, label, set_button_text
from checkin.ui.widgets.elided_label import ElidedLabel
from checkin.ui.widgets.key_button import KeyButton
from checkin.ui.widgets.search_box import status_text

SHOWN = 3
WHY_SHOWN = 2
"""So many reasons fit into a row, the most telling first; the tool tip has all."""


class LookAlikesCard(QFrame):
    """At most three people, best first, each with why, and a button that checks them in instead. Takes no focus."""

    taken = Signal(object)
    """Attendee: check in this person instead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setProperty("tone", "amber")
        self.people: list[LookAlike] = []
        self._heading = label("", "strong", tone="amber")
        self._count = label("", "muted")
        self._rows = [_Row(number, self) for number in range(1, SHOWN + 1)]
        body = QVBoxLayout(self)
        body.setContentsMargins(12, 5, 8, 6)
        body.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._heading)
        head.addWidget(self._count, 1)
        self._more = button(role="quiet")
        self._more.setProperty("small", True)
        self._more.clicked.connect(self._show_all)
        head.addWidget(self._more)
        body.addLayout(head)
        for number, made in enumerate(self._rows):
            made.button.clicked.connect(partial(self.take, number))
            body.addWidget(made)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._compact = self._all = False
        self.hide()

    def set_compact(self, compact: bool) -> None:
        """Show the best one only, and the others on demand, where there is little height."""
        self._compact = compact
        self._write()

    def show_people(self, people: Sequence[LookAlike]) -> None:
        """Show other people; nobody: the card goes away."""
        self.people = list(people)[:SHOWN]
        self._all = self._all and bool(self.people)
        self._write()
        self.setVisible(bool(self.people))

    def take(self, number: int, *_from_a_signal: object) -> None:
        """Choose the person at this place, 0 to 2; nobody there: nothing happens."""
        if number < len(self.people):
            self.taken.emit(self.people[number].attendee)

    def retranslate(self) -> None:
        """Set the texts again."""
        self._heading.setText(_("Is it one of these?"))
        self._write()

    def _write(self) -> None:
        count = len(self.people)
        says = ngettext("{n} person on the list looks alike", "{n} people on the list look alike", count)
        self._count.setText(says.format(n=count))
        self.setAccessibleName(f"{self._heading.text()} {self._count.text()}")
        shown = count if self._all or not self._compact else min(count, 1)
        self._more.setVisible(shown < count)
        set_button_text(self._more, _("Show all"))
        for place, made in enumerate(self._rows):
            made.setVisible(place < shown)
            if place < count:
                made.show_person(self.people[place])

    @Slot()
    def _show_all(self) -> None:
        self._all = True
        self._write()
        self._rows[1].button.setFocus(Qt.FocusReason.OtherFocusReason)


class _Row(QWidget):
    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = ElidedLabel(15, QFont.Weight.DemiBold)
        self._why = ElidedLabel(13)
        self._why.setProperty("tone", "amber")
        self._organisation, self._country = ElidedLabel(14), ElidedLabel(13)
        self._country.setProperty("role", "faint")
        self.button = KeyButton(f"Alt+{number}", bind=False)
        self.button.setProperty("small", True)
        texts = QGridLayout()
        texts.setVerticalSpacing(0)
        texts.setHorizontalSpacing(10)
        for place, part in enumerate((self._name, self._organisation, self._why, self._country)):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            texts.addWidget(part, place // 2, place % 2)
        texts.setColumnStretch(0, 5)
        texts.setColumnStretch(1, 4)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 1, 0, 1)
        inside.setSpacing(10)
        inside.addLayout(texts, 1)
        inside.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_person(self, look_alike: LookAlike) -> None:
        person = look_alike.attendee
        names = [isolate(name) for name in (person.name, person.name_local) if name]
        self._name.setText(" · ".join(part for part in (*names, status_text(person)) if part))
        self._why.setText(why_text(look_alike.why[:WHY_SHOWN]))
        self._why.setToolTip(why_text(look_alike.why))
        self._organisation.setText(isolate(person.organisation))
        self._country.setText(isolate(person.country))
        self.button.set_word(_("Check in instead"))
        self.button.setAccessibleName(instead_name(person))


def instead_name(person: Attendee) -> str:
    """Return what a screen reader says of the button."""
    return _("Check in instead: {name}, {organisation}").format(
        name=isolate(person.display_name), organisation=isolate(person.organisation)
    )


def why_text(why: Sequence[str]) -> str:
    """Return in words what agrees: "same name, same organisation"."""
    words = {
        "name": _("same name"),
        "name_local": _("same name in its own script"),
        "order": _("same names in another order"),
        "spelling": _("name spelt nearly so"),
        "organisation": _("same organisation"),
        "email": _("same e-mail"),
        "phone": _("same phone"),
    }
    return ", ".join(words[key] for key in why if key in words)
