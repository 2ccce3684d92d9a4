"""The page where the day happens: live picture, verdict, search, last scans."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checkin.desk.results import Admission, LogLine, Undone
from checkin.domain.attendee import Attendee
from checkin.domain.verdict import TONES
from checkin.i18n import _
from checkin.texts import isolate
from checkin.ui.context import Context
from checkin.ui.page import Page
from checkin.ui.tasks import Task
from checkin.ui.walkin.draft import Unlisted
from checkin.ui.widgets.basics import column
from checkin.ui.widgets.live_picture import LivePicture
from checkin.ui.widgets.scan_log import KEPT, ScanLog
from checkin.ui.widgets.search_box import SearchBox
from checkin.ui.widgets.verdict_panel import KEYS, VerdictPanel
from checkin.wording.verdicts import steps

if TYPE_CHECKING:
    from checkin.scan.code import Code

COMPACT_HEIGHT = 480
"""Below this height (px) the log gives way and letters become smaller: 200 % on a laptop's screen."""
COMPACT_WIDTH = 900
LOG_GAP = 12


class ScanPage(Page):
    """No click is needed between two good badges; what is not green says what to do next."""

    key = "scan"
    order = 1
    icon = "scan"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        app, theme = context.app, context.theme
        self.picture = LivePicture(context.camera, theme)
        self.panel = VerdictPanel(app.event, theme)
        self.log = ScanLog(theme)
        self.search = SearchBox(app.search.find, context.tasks, theme, self)
        self._recent: Task | None = None
        self._learning = ""
        """The unknown code whose owner is being searched."""
        self._soon = QTimer(self, singleShot=True, interval=120)
        self._soon.timeout.connect(self._ask_recent)
        self._left = column(self.picture, self.search, spacing=10)
        self._right = column(spacing=LOG_GAP)
        self._right.addWidget(self.panel, 11)
        self._right.addWidget(self.log, 8)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 12, 14, 12)
        self._row.setSpacing(14)
        self._row.addLayout(self._left, 51)
        self._row.addLayout(self._right, 49)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._connect()
        self._add_keys()
        self.panel.show_ready()

    def _connect(self) -> None:
        signals, calls = self.context.signals, self.context.calls
        signals.admitted.connect(self.show_admission)
        signals.undone.connect(self.show_undone)
        signals.post_changed.connect(self._post_changed)
        signals.roster_changed.connect(self._soon.start)
        calls.waiting.connect(self.panel.show_waiting)
        calls.not_saved.connect(self.panel.show_failure)
        self.context.camera.code_read.connect(self._mark)
        self.search.picked.connect(self._picked)
        self.search.typed.connect(self._typed)
        self.panel.step_wanted.connect(self.take_step)
        self.panel.force_given.connect(calls.force)
        self.log.undo_given.connect(calls.undo)
        self.log.details_wanted.connect(self._details)
        self.search.unlisted.connect(self._register_named)

    def _add_keys(self) -> None:
        for step, keys in KEYS.items():
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setProperty("step", step)
            shortcut.activated.connect(self._key_pressed)

    def title(self) -> str:
        """Return the page's name."""
        return _("Scan")

    def retranslate(self) -> None:
        """Set every text again."""
        self.setAccessibleName(self.title())
        practice = _("Practice: nothing here counts") if self.context.app.event.practice else ""
        hint = _("Hold the badge in front of the camera, or use the hand scanner, or type a name")
        self.picture.set_texts(hint, practice, _("Live picture of the camera"))
        self.search.retranslate()
        self.panel.retranslate()
        self.log.retranslate()

    def shown(self) -> None:
        """Fetch the last scans, and take the focus off every field, so that any letter starts a search."""
        self._ask_recent()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def asked(self, what: object) -> None:
        """Begin a search, or admit a person whom another page picked."""
        if isinstance(what, Attendee):
            self.context.calls.admit_person(what.id)
        elif isinstance(what, str):
            self.search.start(what)

    @Slot(object)
    def show_admission(self, admission: Admission) -> None:
        """Show a verdict."""
        self._stop_learning()
        self.panel.show_admission(admission)
        if admission.mode == "typed" and self.search.text():
            self.search.finish()
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        if admission.mode == "camera":
            self.picture.colour_outline(TONES[admission.verdict])
        self._soon.start()

    @Slot(object)
    def show_undone(self, undone: Undone) -> None:
        """Show that a scan was taken back."""
        self.panel.show_undone(undone)
        self._soon.start()

    @Slot(str)
    def take_step(self, step: str) -> None:
        """Do what a button of the verdict, or its key, stands for."""
        admission = self.panel.admission
        if step == "undo":
            record = admission.record if admission else ""
            self.context.calls.undo(record)
        elif step == "search":
            self._stop_learning()
            self.search.start()
        elif step == "register":
            self._register()
        elif step == "learn":
            self._learn()
        elif step == "print":
            self._print()
        elif step == "force":
            self.panel.ask_reason()
        elif step == "change_checkpoint":
            self.context.signals.checkpoint_wanted.emit()
        elif step == "details" and admission is not None and admission.attendee is not None:
            self._details(admission.attendee)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 - Qt's name
        letters = event.text()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if letters.strip() and letters.isprintable() and plain:
            self.search.start(letters)
        elif event.key() == Qt.Key.Key_Escape:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 - Qt's name
        super().resizeEvent(event)
        small = self.height() < COMPACT_HEIGHT or self.width() < COMPACT_WIDTH
        self.panel.set_compact(small)
        self.log.setVisible(self.height() >= COMPACT_HEIGHT)
        margin = 6 if small else 14
        self._row.setContentsMargins(margin, margin, margin, margin)
        self._row.setSpacing(margin)
        above_and_below = 2 * margin + (0 if self.log.isHidden() else self.log.minimumSizeHint().height() + LOG_GAP)
        self.panel.set_room(self.height() - above_and_below)
        self._row.setStretch(0, 40 if small else 51)
        self._row.setStretch(1, 60 if small else 49)

    @Slot()
    def _key_pressed(self) -> None:
        self.take_step(self.sender().property("step"))

    @Slot(object)
    def _mark(self, code: Code) -> None:
        self.picture.mark(code.text)

    def shows(self, admission: Admission) -> bool:  # noqa: ARG002
        """Say that this page shows every verdict."""
        return True

    def _register(self) -> None:
        """Go to the walk-in page with what is known of the guest: the name that was typed, or the code that was read."""
        if self.search.register():
            return
        admission = self.panel.admission
        unknown = admission is not None and "register" in steps(admission)
        payload = self.context.calls.payload(admission) if admission and unknown else ""
        guest = Unlisted(payload=payload, shown=admission.payload if admission and payload else "")
        self.context.signals.page_wanted.emit("walkin", guest)

    @Slot(str)
    def _register_named(self, name: str) -> None:
        self.context.signals.page_wanted.emit("walkin", Unlisted(name=name))

    def _learn(self) -> None:
        """Ask whose the unknown code is: the next person who is picked."""
        admission = self.panel.admission
        if admission is None or "learn" not in steps(admission):
            return
        self._learning = self.context.calls.payload(admission)
        if self._learning:
            self.search.offers_registration = False
            self.search.setPlaceholderText(_("Whose code is it? Type the name, choose, Enter"))
            self.search.start()

    def _stop_learning(self) -> None:
        if self._learning:
            self._learning = ""
            self.search.offers_registration = True
            self.search.retranslate()

    def _bind(self, person: Attendee) -> None:
        """Ask before a code becomes somebody's."""
        payload, admission = self._learning, self.panel.admission
        self._stop_learning()
        if admission is None:
            return
        question = _("Does the code {code} belong to {name}, {organisation}? It lets this person in from now on.")
        self.panel.ask_first(
            question.format(
                code=isolate(admission.payload),
                name=isolate(person.display_name),
                organisation=isolate(person.organisation),
            ),
            _("Bind the code and check in"),
            partial(self.context.calls.learn, person.id, payload, admit=True),
        )

    def _print(self) -> None:
        admission = self.panel.admission
        if admission is not None and admission.attendee is not None and "print" in steps(admission):
            self.panel.ask_print(partial(self.context.printer.reprint, admission.attendee.id))

    @Slot(object)
    def _picked(self, person: Attendee) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._learning:
            self._bind(person)
            return
        self.context.calls.admit_person(person.id)

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.search.finish()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.context.calls.submit(text, "typed")

    @Slot(object)
    def _details(self, person: Attendee) -> None:
        self.context.signals.page_wanted.emit("attendees", person)

    @Slot()
    def _post_changed(self) -> None:
        self.panel.show_ready()
        self._soon.start()

    @Slot()
    def _ask_recent(self) -> None:
        if self._recent is not None:
            self._recent.cancel()
        self._recent = self.context.tasks.background(self.context.app.desk.recent, KEPT, done=self._show_recent)

    def _show_recent(self, lines: Sequence[LogLine]) -> None:
        self.log.show_lines(lines)


PAGE = ScanPage
