"""Which printer prints the badges, and how it is: asked off the GUI thread, again and again while it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from checkin.badges import store
from checkin.errors import CheckinError, LayoutError
from checkin.i18n import _
from checkin.printing.folder import PREFIX, folder_printer
from checkin.printing.spooler import Printer, PrinterState
from checkin.texts import isolate
from checkin.ui.tasks import Task
from checkin.ui.widgets.basics import button, column, label, row, set_button_text, set_property
from checkin.ui.widgets.choice import Choice
from checkin.wording.printing import first_trouble, printer_sentence, printer_title

if TYPE_CHECKING:
    from checkin.ui.context import Context
    from checkin.ui.printing.press import Press

EVERY_MS: Final = 4000
"""How often a printer that is looked at is asked how it is."""
_FOLDER: Final = "folder"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found at one look."""

    printers: list[Printer] | None
    chosen: str
    state: PrinterState | None
    """Of the chosen printer; None where none is chosen."""


class PrinterChoice(QWidget):
    """A box with the printers of this computer, a folder for PDF files, or none; below it the printer's own state."""

    chosen = Signal(str)
    """The printer as the settings name it; empty: none."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._seen: Seen | None = None
        self._task: Task | None = None
        self._again = False
        self.box = Choice(letters=20)
        self.refresh = button()
        self.state = label("", wrap=True)
        self._timer = QTimer(self, interval=EVERY_MS)
        line = row(self.box, self.refresh, spacing=8)
        line.setStretch(0, 1)
        whole = column(spacing=2)
        whole.addLayout(line)
        whole.addWidget(self.state)
        self.setLayout(whole)
        self.box.activated.connect(self._take)
        self.refresh.clicked.connect(self.look)
        self._timer.timeout.connect(self.look)
        context.signals.settings_changed.connect(self._settings_changed)

    def retranslate(self) -> None:
        """Set every text again."""
        self.box.setAccessibleName(_("Printer"))
        set_button_text(self.refresh, _("Look again"))
        self._show()

    @Slot()
    def look(self) -> None:
        """Ask which printers there are and how the chosen one is."""
        if self._task is not None:
            self._again = True
            return
        settings = self._context.app.settings
        self._task = self._context.tasks.background(
            see, self._context.printer.press, self._context.app.folder, settings.printer, settings.layout,
            done=self._looked, failed=self._not_looked,
        )  # fmt: skip

    def choose_folder(self, folder: Path) -> None:
        """Let badges be written as PDF files into this folder."""
        self.chosen.emit(folder_printer(folder))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102, N802 - Qt's name
        super().showEvent(event)
        self._timer.start()
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: D102, N802 - Qt's name
        super().hideEvent(event)
        self._timer.stop()

    @Slot()
    def _settings_changed(self) -> None:
        settings = self._context.app.settings
        if self._seen is None or self._seen.chosen != settings.printer:
            self._show()
        if self.isVisible():
            self.look()

    def _looked(self, seen: Seen) -> None:
        self._task, again = None, self._again
        self._again = False
        if again:
            self.look()
        elif seen.chosen == self._context.app.settings.printer:
            self._seen = seen
            self._show()

    def _not_looked(self, _error: CheckinError) -> None:
        self._task = None
        self._again = False

    def _show(self) -> None:
        chosen = self._context.app.settings.printer
        entries = self._entries(chosen)
        if self.box.view().isVisible():
            return  # somebody is choosing
        if entries != [(self.box.itemText(n), self.box.itemData(n)) for n in range(self.box.count())]:
            self.box.clear()
            for text, value in entries:
                self.box.addItem(text, value)
        self.box.setCurrentIndex(self.box.findData(chosen))
        self._show_state(chosen)

    def _entries(self, chosen: str) -> list[tuple[str, str]]:
        entries = [(_("No printer"), "")]
        listed = (self._seen.printers or []) if self._seen else []
        entries += [(_title(printer), printer.name) for printer in listed]
        if chosen.startswith(PREFIX):
            entries.append(
                (_("PDF files in “{folder}”").format(folder=isolate(Path(printer_title(chosen)).name)), chosen)
            )
        elif chosen and chosen not in {value for _text, value in entries}:
            entries.append((isolate(chosen), chosen))
        entries.append((_("PDF files in a folder…"), _FOLDER))
        return entries

    def _show_state(self, chosen: str) -> None:
        seen = self._seen if self._seen is not None and self._seen.chosen == chosen else None
        if seen is None:
            tone, text = "", _("Looking for printers…")
        elif seen.state is not None:
            well = seen.state.kind == "ready" and not first_trouble(seen.state.reasons)
            tone = "amber" if not well or seen.state.knows_paper is False else "green"
            text = printer_sentence(seen.state, chosen)
        else:
            tone = "amber"
            text = _("Badges are not printed here. Each can be saved as a PDF file.")
            if seen.printers is None:
                text = _("The print system of this computer does not answer.") + " " + text
            elif not seen.printers:
                text = _("No printer is set up on this computer.") + " " + text
        set_property(self.state, "tone", tone)
        self.state.setText(text)

    @Slot(int)
    def _take(self, index: int) -> None:
        value = self.box.itemData(index)
        if value != _FOLDER:
            self.chosen.emit(value)
            return
        name = QFileDialog.getExistingDirectory(self, _("Choose the folder for the PDF files"))
        if name:
            self.choose_folder(Path(name))
        else:
            self._show()


def _title(printer: Printer) -> str:
    """Return a printer's own words and the name by which every sentence calls it."""
    if printer.title == printer.name:
        return isolate(printer.name)
    return _("{name}: {description}").format(name=isolate(printer.name), description=isolate(printer.title))


def see(press: Press, folder: Path, chosen: str, layout: str) -> Seen:
    """Ask the spooler. On a pool thread; a dead spooler costs some seconds."""
    printers = press.spooler("").printers()
    if not chosen:
        return Seen(printers, chosen, None)
    try:
        paper = store.layout(folder, layout).page_mm
    except LayoutError:
        paper = None
    if printers is None and not chosen.startswith(PREFIX):
        return Seen(None, chosen, PrinterState("no_spooler"))
    return Seen(printers, chosen, press.spooler(chosen).check(chosen, paper))
