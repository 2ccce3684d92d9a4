"""First step: which event. A short form, or the file that the organiser wrote."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QLabel, QLineEdit, QWidget

from checkin.domain.event_file import parse_event
from checkin.errors import CheckinError, EventFileError
from checkin.i18n import _, day_text, ngettext
from checkin.ui.first_run.draft import MAX_DAYS, Draft, to_toml
from checkin.ui.first_run.step import Setup, Step
from checkin.ui.setup.day_field import DayField
from checkin.ui.widgets.basics import button, column, frame, label, row, set_button_text, set_property
from checkin.ui.widgets.choice import Choice

NEAR: Final = (
    "Asia/Bangkok", "Asia/Brunei", "Asia/Ho_Chi_Minh", "Asia/Jakarta", "Asia/Kuala_Lumpur", "Asia/Manila",
    "Asia/Phnom_Penh", "Asia/Singapore", "Asia/Vientiane", "Asia/Yangon",
)  # fmt: skip
"""Time zones of the ASEAN states, above the others."""
MAX_FILE: Final = 1_000_000  # bytes; an event file has a few thousand


class EventStep(Step):
    """Makes the event and opens it; after it `setup.app` is there."""

    join_wanted = Signal()
    """The event is set up already, on another laptop."""

    def __init__(self, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(setup, parent)
        self._head = label("", "title")
        self._lead = label("", "muted", wrap=True)
        self._labels: dict[str, QLabel] = {}
        self.name_en, self.name_th, self.venue = QLineEdit(), QLineEdit(), QLineEdit()
        for field in (self.name_en, self.name_th, self.venue):
            field.setMaxLength(200)
        soon = date.today() + timedelta(days=7)  # noqa: DTZ011 - a proposal that is looked at, no fact
        self.first, self.last = DayField(soon), DayField(soon)
        self.zone = Choice()
        self.zone.setEditable(True)
        self.zone.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.zone.addItems([*NEAR, *sorted(available_timezones() - set(NEAR))])
        self._says = label("", "muted", wrap=True)
        self._problem = label("", wrap=True, tone="red")
        self.make = button(role="primary")
        self.from_file, self.join = button(), button()
        self._foot = label("", "faint", wrap=True)
        self._build()
        self.name_en.textChanged.connect(self._look)
        self.name_th.textChanged.connect(self._look)
        self.zone.currentTextChanged.connect(self._look)
        self.first.changed.connect(self._first_changed)
        self.last.changed.connect(self._look)
        self.make.clicked.connect(self._make_new)
        self.from_file.clicked.connect(self._choose_file)
        self.join.clicked.connect(self.join_wanted)

    def _build(self) -> None:
        card = frame()
        grid = QGridLayout(card)
        grid.setContentsMargins(18, 16, 18, 16)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        places = (
            ("name_en", self.name_en, 0, 0), ("name_th", self.name_th, 0, 1), ("venue", self.venue, 2, 0),
            ("zone", self.zone, 2, 1), ("first", self.first, 4, 0), ("last", self.last, 4, 1),
        )  # fmt: skip
        for key, field, at_row, at_column in places:
            text = label("", "muted")
            text.setBuddy(field)
            self._labels[key] = text
            grid.addWidget(text, at_row, at_column)
            grid.addWidget(field, at_row + 1, at_column)
            grid.setRowMinimumHeight(at_row, 28)
        grid.addWidget(self._says, 6, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        buttons = row(self.make, self.from_file, self.join)
        buttons.addStretch(1)
        body = column(self._head, self._lead, card, self._problem, spacing=12)
        body.addLayout(buttons)
        body.addWidget(self._foot)
        body.addStretch(1)
        self.setLayout(body)

    def title(self) -> str:
        """Return the step's name."""
        return _("Event")

    def hint(self) -> str:
        """Return the words under it."""
        return _("new, or from a file")

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(_("Which event is it?"))
        self._lead.setText(
            _("A name and its days are enough to begin. Everything else can be changed in its file later.")
        )
        names = {
            "name_en": _("Name in English"),
            "name_th": _("Name in Thai"),
            "venue": _("Venue"),
            "zone": _("Time zone of the venue"),
            "first": _("First day"),
            "last": _("Last day"),
        }
        fields = {"name_en": self.name_en, "name_th": self.name_th, "venue": self.venue, "zone": self.zone,
                  "first": self.first, "last": self.last}  # fmt: skip
        for key, text in names.items():
            self._labels[key].setText(text)
            fields[key].setAccessibleName(text)
        self.first.retranslate(names["first"])
        self.last.retranslate(names["last"])
        set_button_text(self.make, _("Create the event"))
        set_button_text(self.from_file, _("From an event file…"))
        set_button_text(self.join, _("Join an event that is already set up…"))
        self._foot.setText(_("Each day gets one door. Groups: delegate, speaker, VIP, organiser, press, guest."))
        self._look()

    def entered(self) -> None:
        """Begin with the name."""
        self._problem.hide()
        self.name_en.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()

    def draft(self) -> Draft:
        """Return what the form says now."""
        return Draft(
            name_en=self.name_en.text().strip(),
            name_th=self.name_th.text().strip(),
            venue=self.venue.text().strip(),
            first_day=self.first.value(),
            last_day=self.last.value(),
            timezone=self.zone.currentText().strip(),
        )

    @Slot()
    def _first_changed(self) -> None:
        if self.last.value() < self.first.value():
            self.last.set_value(self.first.value())
        self._look()

    @Slot()
    def _look(self) -> None:
        """Say in words what the form holds, and whether it is enough."""
        draft = self.draft()
        wrong = self._wrong(draft)
        set_property(self._says, "tone", "amber" if wrong and (draft.name_en or draft.name_th) else None)
        days = len(draft.days())
        span = day_text(draft.first_day)
        if days > 1:
            span = f"{span} – {day_text(draft.last_day)}"
        self._says.setText(wrong or ngettext("{span} · {n} day", "{span} · {n} days", days).format(span=span, n=days))
        self.make.setEnabled(not wrong)

    @staticmethod
    def _wrong(draft: Draft) -> str:
        if draft.last_day < draft.first_day:
            return _("The last day is before the first.")
        if (draft.last_day - draft.first_day).days >= MAX_DAYS:
            return _("An event has at most {n} days. Make several events of a longer one.").format(n=MAX_DAYS)
        if draft.timezone not in available_timezones():
            return _("Choose a time zone from the list, for example Asia/Bangkok.")
        if not draft.name_en and not draft.name_th:
            return _("Write the event’s name, in one language or in both.")
        return ""

    @Slot()
    def _make_new(self) -> None:
        self._make(to_toml(self.draft()))

    @Slot()
    def _choose_file(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose the event’s file"), "", _("Event file (*.toml)"))
        if name:
            self.load_file(Path(name))

    def load_file(self, path: Path) -> None:
        """Make the event out of the organiser's TOML file."""
        self._busy(True)
        self.setup.tasks.background(_read_event, path, done=self._make, failed=self._failed)

    @Slot(str)
    def _make(self, toml: str) -> None:
        self._busy(True)
        self.setup.tasks.background(self.setup.opener.create, toml, done=self._made, failed=self._failed)

    @Slot(object)
    def _made(self, app: object) -> None:
        self._busy(False)
        self.setup.app = app  # type: ignore[assignment]
        self.done.emit()

    @Slot(object)
    def _failed(self, error: CheckinError) -> None:
        self._busy(False)
        self._problem.setText(str(error))
        self._problem.show()

    def _busy(self, busy: bool) -> None:
        self._problem.hide()
        self.from_file.setEnabled(not busy)
        self.join.setEnabled(not busy)
        self.make.setEnabled(not busy)
        if not busy:
            self._look()


def _read_event(path: Path) -> str:
    """Return the text of an event file that can be used. Raises EventFileError."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise EventFileError(_("“{file}” is too large to be an event’s file.").format(file=path.name))
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise EventFileError(
            _("“{file}” cannot be read: {detail}. Nothing was changed.").format(file=path.name, detail=error.strerror)
        ) from error
    except UnicodeDecodeError as error:
        raise EventFileError(_("“{file}” is no text in UTF-8. Save it as UTF-8.").format(file=path.name)) from error
    parse_event(text)
    return text
