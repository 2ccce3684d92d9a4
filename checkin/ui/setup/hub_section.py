"""Settings: where this desk syncs and how often, letting desks in, and bundles on a stick."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QLayout, QLineEdit, QWidget

from checkin.errors import CheckinError
from checkin.i18n import _, ngettext
from checkin.settings import SYNC_SECONDS
from checkin.sync.stick import SUFFIX, Carried
from checkin.texts import isolate
from checkin.ui.context import Context
from checkin.ui.setup import hub_work
from checkin.ui.setup.new_desk_card import NewDeskCard
from checkin.ui.setup.section import Section, heading
from checkin.ui.sync_words import hub_words, stage_words, synced_words
from checkin.ui.widgets.basics import button, label, row, set_button_text, set_property
from checkin.ui.widgets.flow import Flow
from checkin.ui.widgets.number_field import NumberField

MAX_ADDRESS: Final = 2000
"""Letters of a server's address: its authority's certificate may stand in it."""


class HubSection(Section):
    """Everything that asks a hub runs off the GUI thread; the desk scans on."""

    key = "sync"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._head, self._stick_head = heading(), heading()
        self._where = label("", "strong")
        self._where.setWordWrap(True)
        self._says, self._answer = label("", "muted", wrap=True), label("", wrap=True)
        self.folder, self.built_in, self.test = button(), button(), button()
        self.sync, self.cancel = button(role="primary"), button()
        self._server_label = label("", "muted", wrap=True)
        self.server, self.password, self.use_server = QLineEdit(), QLineEdit(), button()
        self._every, self._hint = label("", "muted"), label("", "faint", wrap=True)
        self.seconds = NumberField(SYNC_SECONDS.start, SYNC_SECONDS.stop - 1)
        self.seconds.setFixedWidth(110)
        self.new_desk = NewDeskCard(context)
        self._stick_lead, self._stick_answer = label("", "muted", wrap=True), label("", wrap=True)
        self.read, self.write = button(), button()
        self._build()
        self._connect()

    def _build(self) -> None:
        buttons, ways = Flow(), Flow()
        for made in (self.sync, self.cancel, self.test, self.folder, self.built_in):
            buttons.addWidget(made)
        often = row(self._every, self.seconds)
        often.addStretch(1)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.server.setMaxLength(MAX_ADDRESS)
        self.password.setMaxLength(MAX_ADDRESS)
        typed = row(self.server, self.password, self.use_server)
        typed.setStretch(0, 3)
        typed.setStretch(1, 1)
        self.card(
            self._head, self._where, self._says, _held(buttons), self._server_label, _held(typed), self._answer,
            _held(often), self._hint,
        )  # fmt: skip
        self.body.addWidget(self.new_desk)
        ways.addWidget(self.read)
        ways.addWidget(self.write)
        self.card(self._stick_head, self._stick_lead, _held(ways), self._stick_answer)
        self.body.addStretch(1)
        self._answer.hide()
        self._stick_answer.hide()

    def _connect(self) -> None:
        self.sync.clicked.connect(self.context.sync.ask)
        self.cancel.clicked.connect(self.context.sync.cancel)
        self.test.clicked.connect(self._test)
        self.folder.clicked.connect(self._choose_folder)
        self.built_in.clicked.connect(self._use_built_in)
        self.use_server.clicked.connect(self._use_server)
        for line in (self.server, self.password):
            line.returnPressed.connect(self._use_server)
            line.textChanged.connect(self._look)
        self._look()
        self.seconds.editingFinished.connect(self._take_seconds)
        self.read.clicked.connect(self._choose_bundles)
        self.write.clicked.connect(self._choose_target)
        self.context.sync.state_changed.connect(self._state)
        self.context.signals.settings_changed.connect(self._show)

    def title(self) -> str:
        """Return the section's name."""
        return _("Sync")

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(_("Where this desk meets the others"))
        set_button_text(self.sync, _("Sync now"))
        set_button_text(self.cancel, _("Stop this round"))
        set_button_text(self.test, _("Test the connection"))
        set_button_text(self.folder, _("Use a folder…"))
        set_button_text(self.built_in, _("Use this laptop’s own folder"))
        self._server_label.setText(_("Or a PostgreSQL server; the password is kept on this laptop only"))
        self.server.setPlaceholderText("postgresql://role@hub.example/checkin")
        self.password.setPlaceholderText(_("Password"))
        self.server.setAccessibleName(_("Address of the server"))
        self.password.setAccessibleName(_("Password of the server"))
        set_button_text(self.use_server, _("Use this server"))
        self._every.setText(_("Seconds between two rounds"))
        self.seconds.setAccessibleName(self._every.text())
        self._hint.setText(
            _("0: only when somebody presses “Sync now” and when the day is closed. Scanning never waits for sync.")
        )
        self._stick_head.setText(_("Without a network"))
        self._stick_lead.setText(
            _(
                "Carry this desk’s scans to another one on a stick. A bundle is sealed, and reading one twice does no harm."
            )
        )
        set_button_text(self.read, _("Read a bundle…"))
        set_button_text(self.write, _("Write a bundle…"))
        self.new_desk.retranslate()
        self._show()

    def shown(self) -> None:
        """Show what holds now."""
        self._show()

    def hidden(self) -> None:
        """Take the PIN away, and answers that are old."""
        self.new_desk.leave()
        self.password.clear()
        self._answer.hide()
        self._stick_answer.hide()

    def use_folder(self, folder: Path) -> None:
        """Sync in this folder from now on."""
        self._use(f"folder:{folder}")

    def read_files(self, files: list[Path]) -> None:
        """Take the entries of these bundles."""
        self._stick_busy(busy=True)
        self.context.tasks.background(
            hub_work.read_bundles, self.context.app, files, done=self._taken, failed=self._stick_failed
        )

    def write_into(self, folder: Path) -> None:
        """Write this desk's entries there."""
        self._stick_busy(busy=True)
        self.context.tasks.background(
            hub_work.write_to, self.context.app, folder, done=self._written, failed=self._stick_failed
        )

    @Slot()
    def _show(self) -> None:
        app = self.context.app
        own = hub_work.built_in(app)
        self._where.setText(hub_words(app.hub_url, own))
        self.built_in.setVisible(app.hub_url != own)
        self.seconds.show_number(app.settings.sync_seconds)
        self._state(self.context.sync.state)

    @Slot(object)
    def _state(self, _state: object) -> None:
        state = self.context.sync.state
        asked = state.running and state.asked
        if asked or (state.running and state.total):
            text = stage_words(state)
        elif state.trouble:
            text = state.trouble
        elif state.last is not None:
            text = synced_words(time.monotonic() - state.last_s)
        else:
            text = _("Not synced yet")
        if text != self._says.text():
            self._says.setText(text)
        set_property(self._says, "tone", "amber" if state.trouble and not asked else None)
        self.sync.setEnabled(not asked)
        self.cancel.setVisible(asked or (state.running and bool(state.total)))

    @Slot()
    def _take_seconds(self) -> None:
        self.context.save_settings(sync_seconds=round(self.seconds.value()))

    @Slot()
    def _test(self) -> None:
        self._busy(busy=True)
        self.context.tasks.background(hub_work.look, self.context.app, done=self._looked, failed=self._failed)

    @Slot()
    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Choose the folder in which the desks meet"))
        if name:
            self.use_folder(Path(name))

    @Slot()
    def _look(self) -> None:
        self.use_server.setEnabled(bool(self.server.text().strip()))

    @Slot()
    def _use_server(self) -> None:
        if self.use_server.isEnabled():
            self._use(hub_work.server_url(self.server.text(), self.password.text()))

    @Slot()
    def _use_built_in(self) -> None:
        self._use(hub_work.built_in(self.context.app))

    def _use(self, url: str) -> None:
        self._busy(busy=True)
        self.context.tasks.background(hub_work.use_hub, self.context.app, url, done=self._used, failed=self._failed)

    def _used(self, _nothing: object) -> None:
        self._busy(busy=False)
        self.server.clear()
        self.password.clear()
        self._say(_("This desk syncs there from now on."), "green")
        self._show()
        self.context.sync.ask()

    def _looked(self, desks: int) -> None:
        self._busy(busy=False)
        found = ngettext(
            "The hub answers and knows {n} desk.", "The hub answers and knows {n} desks.", desks
        ).format(n=desks)  # fmt: skip
        self._say(found, "green")

    def _failed(self, error: CheckinError) -> None:
        self._busy(busy=False)
        self._say(str(error), "red")

    def _say(self, text: str, tone: str) -> None:
        set_property(self._answer, "tone", tone)
        self._answer.setText(text)
        self._answer.show()

    def _busy(self, *, busy: bool) -> None:
        for made in (self.test, self.folder, self.built_in, self.server, self.password):
            made.setEnabled(not busy)
        self.use_server.setEnabled(not busy and bool(self.server.text().strip()))
        if busy:
            self._say(_("Asking the hub …"), "grey")

    @Slot()
    def _choose_bundles(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, _("Read a bundle"), "", f"*{SUFFIX}")
        if names:
            self.read_files([Path(name) for name in names])

    @Slot()
    def _choose_target(self) -> None:
        name = QFileDialog.getExistingDirectory(self, _("Choose the stick or folder to write to"))
        if name:
            self.write_into(Path(name))

    def _taken(self, carried: list[Carried]) -> None:
        new = sum(one.new for one in carried)
        names = ", ".join(dict.fromkeys(isolate(one.desk) for one in carried))
        if new:
            text = ngettext("{n} new entry of {desk} is here.", "{n} new entries of {desk} are here.", new)
            self._stick_says(text.format(n=f"{new:,}", desk=names), "green")
            self.context.sync.ask()
            self.context.tasks.database(self.context.app.desk.roster_changed, done=self._tell)
        else:
            self._stick_says(_("Everything of {desk} was here already.").format(desk=names), "green")

    def _tell(self, _nothing: object) -> None:
        self.context.signals.roster_changed.emit()

    def _written(self, files: list[Path]) -> None:
        names = ", ".join(f"“{isolate(file.name)}”" for file in files)
        text = _("{files} written. Take the stick out safely and read it at the other desk.").format(files=names)
        self._stick_says(text, "green")

    def _stick_failed(self, error: CheckinError) -> None:
        self._stick_says(str(error), "red")

    def _stick_says(self, text: str, tone: str) -> None:
        self._stick_busy(busy=False)
        set_property(self._stick_answer, "tone", tone)
        self._stick_answer.setText(text)
        self._stick_answer.show()

    def _stick_busy(self, *, busy: bool) -> None:
        self.read.setEnabled(not busy)
        self.write.setEnabled(not busy)
        if busy:
            self._stick_answer.hide()


def _held(layout: QLayout) -> QWidget:
    made = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    made.setLayout(layout)
    return made
