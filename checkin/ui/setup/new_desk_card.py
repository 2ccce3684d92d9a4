"""Settings of sync: let another laptop in, by a file or by a code that its webcam reads, under a PIN said aloud."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QWidget

from checkin.errors import CheckinError
from checkin.i18n import _
from checkin.settings import MAX_NAME
from checkin.sync import enrolment as paper
from checkin.texts import isolate
from checkin.ui.context import Context
from checkin.ui.setup import hub_work
from checkin.ui.setup.hub_work import NewDesk
from checkin.ui.setup.section import heading
from checkin.ui.widgets.basics import button, column, frame, label, row, set_button_text
from checkin.ui.widgets.code_screen import CodeScreen
from checkin.ui.widgets.flow import Flow


class NewDeskCard(QFrame):
    """A name, then the PIN in large digits and two ways to carry the rest."""

    busy = Signal(bool)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.made: NewDesk | None = None
        self.code_screen: CodeScreen | None = None
        self.setProperty("role", "card")
        self._head, self._lead = heading(), label("", "muted", wrap=True)
        self.name = QLineEdit()
        self.name.setMaxLength(MAX_NAME)
        self.make = button(role="primary")
        self.problem = label("", wrap=True, tone="red")
        self._pin_label, self.pin = label("", "muted", wrap=True), label("", "number")
        self.file, self.code = button(), button()
        self.told = label("", "muted", wrap=True)
        line = row(self.name, self.make)
        line.setStretch(0, 1)
        self._result = frame("card")
        inside = column(self._pin_label, self.pin, margin=12, spacing=4)
        ways = Flow()
        ways.addWidget(self.code)
        ways.addWidget(self.file)
        inside.addLayout(ways)
        inside.addWidget(self.told)
        self._result.setLayout(inside)
        body = column(self._head, self._lead, margin=16)
        body.addLayout(line)
        body.addWidget(self.problem)
        body.addWidget(self._result)
        self.setLayout(body)
        self.problem.hide()
        self._result.hide()
        self.name.returnPressed.connect(self._make)
        self.name.textChanged.connect(self._look)
        self.make.clicked.connect(self._make)
        self.file.clicked.connect(self._save)
        self.code.clicked.connect(self.show_code)
        self._look()

    def retranslate(self) -> None:
        """Set every text again."""
        may = bool(self._context.app.sync_keys.authority_seed)
        self._head.setText(_("Add a desk"))
        self._lead.setText(
            _(
                "A new laptop becomes a desk in two minutes: it reads a file or a code from this screen, then asks for the PIN."
            )
            if may
            else _("Only the laptop on which the event was made may let desks in. Add the new desk there.")
        )
        for part in (self.name, self.make):
            part.setVisible(may)
        self.name.setPlaceholderText(_("For example: Desk 2, North door"))
        self.name.setAccessibleName(_("Name of the new desk"))
        set_button_text(self.make, _("Add this desk"))
        set_button_text(self.code, _("Show the code"))
        set_button_text(self.file, _("Save the file…"))
        self._show()

    def leave(self) -> None:
        """Forget the PIN: who comes to this sheet later must not read it."""
        self.made = None
        self._result.hide()
        self.problem.hide()
        if self.code_screen is not None:
            self.code_screen.close()

    @Slot()
    def show_code(self) -> None:
        """Show the code over the whole screen."""
        if self.made is None:
            return
        try:
            matrix = paper.code(self.made.text).matrix
        except CheckinError as error:
            self._failed(error)
            return
        words = _("Hold the new laptop’s camera in front of this code. A click closes it.")
        self.code_screen = CodeScreen(matrix, words, _("Code of the desk {desk}").format(desk=isolate(self.made.desk)))
        self.code_screen.destroyed.connect(self._screen_gone)
        self.code_screen.showFullScreen()

    def save_to(self, path: Path) -> None:
        """Write the file."""
        if self.made is not None:
            self._context.tasks.background(
                paper.write_file, path, self.made.text, done=partial(self._saved, path), failed=self._failed
            )

    @Slot()
    def _screen_gone(self) -> None:
        self.code_screen = None

    @Slot()
    def _look(self) -> None:
        self.make.setEnabled(bool(self.name.text().strip()))

    @Slot()
    def _make(self) -> None:
        name = " ".join(self.name.text().split())
        if not name or not self.make.isEnabled():
            return
        self.leave()
        self.make.setEnabled(False)
        self.busy.emit(True)
        self._context.tasks.background(hub_work.let_in, self._context.app, name, done=self._made, failed=self._failed)

    def _made(self, made: NewDesk) -> None:
        self.made = made
        self.name.clear()
        self.busy.emit(False)
        self._result.show()
        self.told.setText(
            _("The hub is a folder on this laptop, which another laptop cannot reach: choose a shared folder or a server above,"
              " then add the desk again.")
            if made.local
            else ""
        )  # fmt: skip
        self.told.setVisible(made.local)
        self._show()
        self.code.setFocus()

    def _show(self) -> None:
        if self.made is not None:
            self._pin_label.setText(
                _("The PIN of {desk}. Say it aloud; do not send it with the file.").format(desk=isolate(self.made.desk))
            )
            pin = self.made.pin
            self.pin.setText(f"{pin[:4]} {pin[4:]}")

    def _failed(self, error: CheckinError) -> None:
        self.busy.emit(False)
        self._look()
        self.problem.setText(str(error))
        self.problem.show()

    @Slot()
    def _save(self) -> None:
        if self.made is not None:
            name, _kind = QFileDialog.getSaveFileName(
                self, _("Save the desk’s file"), paper.file_name(self.made.desk), f"*{paper.SUFFIX}"
            )
            if name:
                self.save_to(Path(name))

    def _saved(self, path: Path, _nothing: object) -> None:
        self.told.setText(_("“{file}” is saved. Carry it to the new laptop.").format(file=isolate(path.name)))
        self.told.show()
