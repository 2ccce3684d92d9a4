"""Register a guest who is on no list: form at the left, the badge or what became of the last guest at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from checkin.desk.results import Admission, Registered, Undone
from checkin.domain.attendee import Attendee
from checkin.errors import CheckinError, FormError
from checkin.i18n import _
from checkin.texts import isolate
from checkin.ui.context import Context
from checkin.ui.page import Page
from checkin.ui.walkin.badge_preview import BadgePreview
from checkin.ui.walkin.draft import Draft, Unlisted
from checkin.ui.walkin.entry_card import EntryCard
from checkin.ui.walkin.result_panel import ResultPanel
from checkin.ui.widgets.basics import column, frame
from checkin.ui.widgets.verdict_panel import KEYS

NARROW, LOW = 900, 480
"""Below these (px) form and result take turns: 200 % on a laptop's screen."""


class WalkInPage(Page):
    """The whole form from the keyboard: type, Tab, Ctrl+Enter; the next guest is the next letter."""

    key = "walkin"
    order = 3
    icon = "walkin"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.entry = EntryCard(context)
        self.preview = BadgePreview(context)
        self.result = ResultPanel(context)
        self._saved: Draft | None = None
        """What the guest was registered with whom the result shows: entered again if that is undone."""
        self._expected: set[str] = set()
        self._small = False
        badge = frame()
        badge.setLayout(column(self.preview, margin=14))
        self._right = QStackedWidget()
        self._right.addWidget(badge)
        self._right.addWidget(self.result)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.entry, 56)
        self._row.addWidget(self._right, 44)
        self._connect()
        self._fit()

    def _connect(self) -> None:
        signals, calls = self.context.signals, self.context.calls
        self.entry.edited.connect(self._edited)
        self.entry.register_wanted.connect(self._register)
        self.entry.instead_wanted.connect(self.check_in_instead)
        self.result.next_wanted.connect(self._next_guest)
        self.result.verdict.step_wanted.connect(self.take_step)
        self.result.verdict.force_given.connect(self._force)
        self.result.verdict.reason.closed.connect(self._take_focus)
        self.result.verdict.confirm.closed.connect(self._take_focus)
        signals.admitted.connect(self._admitted)
        signals.undone.connect(self._undone)
        calls.waiting.connect(self.entry.say_waiting)
        for step, keys in KEYS.items():
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.take_step, step))

    def title(self) -> str:
        """Return the page's name."""
        return _("Walk-in")

    def retranslate(self) -> None:
        """Set every text again."""
        self.setAccessibleName(self.title())
        self.entry.retranslate()
        self.preview.retranslate()
        self.result.retranslate()

    def shown(self) -> None:
        """Go on where it was left: the draft is still there."""
        if not (self._small and self._right.isVisibleTo(self)):
            self.entry.form.go_to()
        self._show_badge()

    def asked(self, what: object) -> None:
        """Begin with what another page knows of the guest."""
        if isinstance(what, Unlisted):
            self._next_guest()
            self.entry.carry(what)

    def unfinished(self) -> str:
        """Say whose data would be lost if the window were closed now; empty: nobody's."""
        draft = self.entry.draft()
        if draft.is_empty:
            return ""
        name = isolate(draft.name)
        if not name:
            return _("A walk-in is half entered and not registered; closing loses what was typed.")
        return _("The walk-in {name} is not registered yet; closing loses what was typed.").format(name=name)

    def shows(self, admission: Admission) -> bool:
        """Say whether this page itself shows the verdict."""
        who = admission.attendee
        own = self.result.registered is not None and self.result.registered.admission is admission
        return own or (who is not None and who.id in self._expected)

    @Slot(object)
    def check_in_instead(self, person: Attendee) -> None:
        """Check in somebody who is on the list; what was typed can be brought back."""
        self.entry.clear()
        self._saved = None
        self._expected.add(person.id)
        self.context.calls.admit_person(person.id)

    @Slot(str)
    def take_step(self, step: str) -> None:
        """Do what a button of the verdict, or its key, stands for."""
        verdict, signals = self.result.verdict, self.context.signals
        admission = verdict.admission if self._right.currentWidget() is self.result else None
        if step == "undo":
            self._undo()
        elif step == "search":
            signals.page_wanted.emit("scan", "")
        elif step == "change_checkpoint":
            signals.checkpoint_wanted.emit()
        elif admission is None or admission.attendee is None:
            return
        elif step == "force":
            verdict.ask_reason()
        elif step == "details":
            signals.page_wanted.emit("attendees", admission.attendee)
        elif step == "print":
            self._print(admission.attendee)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102, N802 - Qt's name
        letters = event.text()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if letters.strip() and letters.isprintable() and plain:  # the form is hidden behind the result
            self._next_guest()
            self.entry.form.type_first(letters)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._small = self.width() < NARROW or self.height() < LOW
        margin = 6 if self._small else 14
        self._row.setContentsMargins(margin, margin - 2, margin, margin - 2)
        self._row.setSpacing(margin)
        self.entry.set_compact(self._small)
        self.result.set_compact(self._small)
        self._show_result(self._right.currentWidget() is self.result)

    def _show_result(self, result: bool) -> None:
        """Show what became of the last guest, or the badge of the next one."""
        self._right.setCurrentIndex(1 if result else 0)
        self._right.setVisible(result or not self._small)
        self.entry.setVisible(not (result and self._small))

    @Slot()
    def _next_guest(self) -> None:
        self._show_result(False)
        self.entry.form.go_to()

    @Slot()
    def _edited(self) -> None:
        self._show_badge()
        if self.entry.form.is_typed():
            self._show_result(False)

    def _show_badge(self) -> None:
        self.preview.show_person(self.entry.draft().person())

    @Slot(bool)
    def _register(self, printing: bool) -> None:
        rules = self.context.app.event.walk_in
        draft = self.entry.draft()
        form = draft.walk_in(tuple(consent.key for consent in rules.consents), rules.notice_version)
        self.entry.set_busy(True)
        self.context.calls.register(form, partial(self._registered, draft, printing), self._not_registered)

    def _registered(self, draft: Draft, printing: bool, registered: Registered) -> None:
        self.entry.set_busy(False)
        self.entry.take()
        self._saved = draft
        self._expected = {registered.admission.attendee.id} if registered.admission.attendee else set()
        self.result.show_registered(registered, printing=printing)
        self._bring_result()
        if draft.code is not None and draft.bind:
            self.context.calls.learn(registered.badge.attendee.id, draft.code.payload)

    def _not_registered(self, error: CheckinError) -> None:
        self.entry.set_busy(False)
        if not (isinstance(error, FormError) and self.entry.form.show_wrong(error.field, str(error))):
            self.context.notices.failure(error)

    @Slot()
    def _take_focus(self) -> None:
        """A question is gone: the keys are the form's again."""
        focus = self.window().focusWidget()
        if self.isVisible() and not (focus is not None and self.entry.isAncestorOf(focus)):
            self._give_focus()

    def _give_focus(self) -> None:
        if self.entry.isVisible():
            self.entry.form.go_to()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring_result(self) -> None:
        self._show_result(True)
        if self._small:
            self._give_focus()

    @Slot(object)
    def _admitted(self, admission: Admission) -> None:
        own = self.result.registered is not None and self.result.registered.admission is admission
        if not own and self.shows(admission):
            self.result.show_admission(admission)
            self._bring_result()

    @Slot(object)
    def _undone(self, undone: Undone) -> None:
        if self.result.verdict.admission is None or undone.target not in {
            self.result.undo_record(),
            self.result.verdict.admission.record,
        }:
            return
        whole = self.result.registered is not None and undone.target == self.result.registered.record
        self.result.show_undone(undone)
        if whole and self._saved is not None and not self.entry.form.is_typed():
            self.entry.fill(self._saved)
            self.preview.show_person(self.entry.draft().person())
        self._saved = None

    def _undo(self) -> None:
        """Take back what the result shows; else bring back what was cleared; else the last scan of this desk."""
        record = self.result.undo_record() if self._right.currentWidget() is self.result else ""
        if record:
            self.context.calls.undo(record)
        else:
            self.entry.bring_back()

    def _print(self, person: Attendee) -> None:
        if self.result.registered is not None:
            self.result.print_line.print_again()
            return
        self.result.verdict.ask_print(partial(self.context.printer.reprint, person.id))

    @Slot(object, str)
    def _force(self, admission: Admission, reason: str) -> None:
        if admission.attendee is not None:
            self._expected.add(admission.attendee.id)
        self.context.calls.force(admission, reason)


PAGE = WalkInPage
