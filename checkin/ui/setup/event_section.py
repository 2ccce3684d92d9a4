"""Settings: the event's facts, its data folder and backup, and the way to practice or to another event."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFileDialog, QFrame, QProgressBar, QVBoxLayout, QWidget

from checkin.db.backup import BackedUp, back_up
from checkin.db.copies import Copy
from checkin.db.engine import Database
from checkin.db.forgetting import copies
from checkin.domain.event import Event
from checkin.errors import CheckinError
from checkin.i18n import _, day_text, language, time_text
from checkin.texts import isolate
from checkin.ui.context import Context
from checkin.ui.setup import program
from checkin.ui.setup.section import Section, heading
from checkin.ui.widgets.basics import button, column, label, row, set_button_text, set_property
from checkin.ui.widgets.facts import Facts
from checkin.ui.widgets.flow import Flow
from checkin.wording.copies import copy_lines

TWO_COLUMNS_PX: Final = 620


@dataclass(frozen=True, slots=True)
class Files:
    """What lies in the data folder."""

    size: int
    """Bytes of the database with its write-ahead log."""
    free: int
    """Bytes that the disk has left."""


class EventSection(Section):
    """What is fixed for the event, to look up; nothing here changes it."""

    key = "event"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._heads = {name: heading() for name in ("event", "data", "other")}
        self._event, self._data = Facts(), Facts()
        self._other_lead = label("", "muted", wrap=True)
        self._saved, self._failed_start = label("", wrap=True), label("", wrap=True, tone="amber")
        self.copies = label("", wrap=True, tone="amber")
        self._bar = QProgressBar()
        self.folder, self.backup, self.practice, self.other = button(), button(), button(), button()
        self._files: Files | None = None
        left = self.card(self._heads["event"], self._event)
        data = self.card(self._heads["data"], self._data, self._bar, self._saved, self.copies)
        other = self.card(self._heads["other"], self._other_lead, self._failed_start)
        _inside(left).addStretch(1)
        _inside(data).addLayout(_flow(self.backup, self.folder))
        _inside(other).addLayout(_flow(self.practice, self.other))
        right = column(data, other, spacing=12)
        right.addStretch(1)
        both = self._both = row(left, spacing=12)
        both.addLayout(right)
        both.setStretch(0, 11)
        both.setStretch(1, 9)
        self.body.addLayout(both, 1)
        for hidden in (self._bar, self._saved, self.copies, self._failed_start):
            hidden.hide()
        self.folder.clicked.connect(self._show_folder)
        self.backup.clicked.connect(self._ask_backup)
        self.practice.clicked.connect(self._practise)
        self.other.clicked.connect(self._ask_folder)
        context.signals.roster_changed.connect(self._look)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Set the cards under each other where two columns would be too narrow to read."""
        super().resizeEvent(event)
        narrow = event.size().width() < TWO_COLUMNS_PX
        self._both.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def title(self) -> str:
        """Return the section's name."""
        return _("Event and data")

    def retranslate(self) -> None:
        """Set every text again."""
        self._heads["event"].setText(_("This event"))
        self._heads["data"].setText(_("Where it is kept"))
        self._heads["other"].setText(_("Practice and other events"))
        self._other_lead.setText(
            _("Practice opens the demo event in a window of its own. Its scans never reach this event.")
        )
        self._bar.setAccessibleName(_("Backup under way"))
        set_button_text(self.folder, _("Show the folder"))
        set_button_text(self.backup, _("Back up now…"))
        set_button_text(self.practice, _("Practise with the demo event"))
        set_button_text(self.other, _("New event, or open another…"))
        self.practice.setVisible(not self.context.app.event.practice)
        self._event.show_facts(event_facts(self.context.app.event))
        self._saved.hide()
        self._show_data()

    def shown(self) -> None:
        """Measure the data folder."""
        self._look()

    def back_up_to(self, target: Path) -> None:
        """Write a checked copy; the desk goes on scanning meanwhile."""
        self.backup.setEnabled(False)
        self._bar.setRange(0, 0)
        self._bar.show()
        self.context.tasks.background(
            back_up,
            self.context.app.database,
            target,
            done=self._backed_up,
            failed=self._not_backed_up,
            progress=self._backing_up,
        )

    def open_folder(self, folder: Path) -> None:
        """Open another event in a process of its own and close this window."""
        if program.start_event(folder):
            QApplication.closeAllWindows()
        else:
            self._start_failed()

    @Slot()
    def _look(self) -> None:
        self.context.tasks.background(_files, self.context.app.database, done=self._looked)
        self.context.tasks.background(copies, self.context.app.database, done=self._show_copies)

    @Slot(object)
    def _looked(self, files: Files) -> None:
        self._files = files
        self._show_data()

    @Slot(object)
    def _show_copies(self, found: list[Copy]) -> None:
        self.copies.setText("\n".join(copy_lines(found, self.context.app.event)))
        self.copies.setVisible(bool(found))

    def _show_data(self) -> None:
        app = self.context.app
        version = _("SQLite {version}; a scan is on disk before it turns green").format(
            version=app.database.sqlite_version
        )
        facts = [(_("Data folder"), isolate(str(app.folder))), (_("Database"), version)]
        if self._files is not None:
            size = _("{used} used, {free} free on this disk").format(
                used=size_text(self._files.size), free=size_text(self._files.free)
            )
            facts.append((_("Size"), size))
        self._data.show_facts(facts)

    @Slot()
    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.app.folder)))

    @Slot()
    def _ask_backup(self) -> None:
        app = self.context.app
        now = app.event.local(app.clock.now())
        proposal = f"{app.event.id}-{now:%Y-%m-%d-%H%M}.sqlite"
        name, _kind = QFileDialog.getSaveFileName(self, _("Where to keep the backup"), proposal, _("Backup (*.sqlite)"))
        if name:
            self.back_up_to(Path(name))

    @Slot(int, int)
    def _backing_up(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    @Slot(object)
    def _backed_up(self, done: BackedUp) -> None:
        text = _("Backed up and checked: {people} people, {entries} entries in “{file}”. The badge keys are not in it.")
        self._tell(
            text.format(people=f"{done.people:,}", entries=f"{done.entries:,}", file=isolate(done.file.name)), "green"
        )

    @Slot(object)
    def _not_backed_up(self, error: CheckinError) -> None:
        self._tell(str(error), "red")

    def _tell(self, text: str, tone: str) -> None:
        self.backup.setEnabled(True)
        self._bar.hide()
        set_property(self._saved, "tone", tone)
        self._saved.setText(text)
        self._saved.show()

    @Slot()
    def _practise(self) -> None:
        if not program.start_practice():
            self._start_failed()

    @Slot()
    def _ask_folder(self) -> None:
        mine = self.context.app.folder
        question = _("Choose the folder of another event, or an empty one for a new event")
        name = QFileDialog.getExistingDirectory(self, question, str(mine.parent))
        if name and Path(name) != mine:
            self.open_folder(Path(name))

    def _start_failed(self) -> None:
        self._failed_start.setText(_("The program could not be started a second time. This event stays open."))
        self._failed_start.show()


def event_facts(event: Event) -> list[tuple[str, str]]:
    """Return what an event is, as pairs of a name and a text."""
    tongue = language()
    facts = [(_("Name"), isolate(event.name.get(tongue)))]
    if event.venue.get(tongue):
        facts.append((_("Venue"), isolate(event.venue.get(tongue))))
    facts.append((_("Days"), " · ".join(day_text(day.date) for day in event.days)))
    facts.append((_("Time zone"), event.timezone.key))
    facts.append((_("Groups"), " · ".join(isolate(group.name.get(tongue)) for group in event.categories)))
    facts += [(day_text(day.date, year=False), _day_plan(event, number)) for number, day in enumerate(event.days)]
    facts.append((_("Codes that are read"), ", ".join(("QR", *event.symbologies))))
    kept = day_text(event.retention) if event.retention else _("no day is set")
    facts.append((_("Names are kept until"), kept))
    return facts


def size_text(size: int) -> str:
    """Return a size for people: "38.0 MB", "1.2 GB"."""
    if size >= 1_000_000_000:
        return _("{n} GB").format(n=f"{size / 1_000_000_000:.1f}")
    return _("{n} MB").format(n=f"{max(size / 1_000_000, 0.1):.1f}")


def _day_plan(event: Event, number: int) -> str:
    lines = []
    for checkpoint in event.at_day(event.days[number].date):
        when = time_text(datetime.combine(checkpoint.day, checkpoint.start)) if checkpoint.start else ""
        lines.append(f"{when} {isolate(checkpoint.name.get(language()))}".strip())
    return "\n".join(lines) or _("no checkpoint")


def _files(database: Database) -> Files:
    folder = database.path.parent
    size = sum(file.stat().st_size for file in folder.glob(f"{database.path.name}*") if file.is_file())
    return Files(size, shutil.disk_usage(folder).free)


def _inside(card: QFrame) -> QVBoxLayout:
    layout = card.layout()
    assert isinstance(layout, QVBoxLayout)
    return layout


def _flow(*buttons: QWidget) -> Flow:
    made = Flow(8)
    for one in buttons:
        made.addWidget(one)
    return made
