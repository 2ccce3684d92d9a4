"""One person: who it is, what the desk can do now, and everything that happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QMenu, QScrollArea, QStackedWidget, QWidget

from checkin.db.origin import Origin, person
from checkin.desk.results import Admission, LogLine, Undone
from checkin.domain.attendee import Attendee
from checkin.domain.verdict import FORCEABLE, TONES
from checkin.i18n import _, language
from checkin.texts import isolate
from checkin.ui.attendees.badge_actions import BadgeActions
from checkin.ui.attendees.erase_action import EraseAction
from checkin.ui.attendees.person_editor import PersonEditor
from checkin.ui.attendees.story import standing, tell
from checkin.ui.attendees.story_view import StoryView
from checkin.ui.context import Context
from checkin.ui.tasks import Task
from checkin.ui.widgets.basics import button, column, frame, label, set_button_text, set_property
from checkin.ui.widgets.flow import Flow
from checkin.ui.widgets.into_view import into_view
from checkin.ui.widgets.pills import Pill
from checkin.ui.widgets.reason_bar import ReasonBar
from checkin.wording.people import shown_name
from checkin.wording.verdicts import sentence

if TYPE_CHECKING:
    from checkin.app import App


@dataclass(frozen=True, slots=True)
class Facts:
    """What the panel shows, as read in one go."""

    attendee: Attendee
    lines: tuple[LogLine, ...]
    origin: Origin


class PersonPanel(QWidget):
    """Shows an attendee, checks them in or undoes it, corrects them, prints their badge. Empty until `show_person`."""

    merge_wanted = Signal(object)
    """Attendee who may be on the list twice."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._facts: Facts | None = None
        self._wanted = ""
        self._admission: Admission | None = None
        self._reading: Task | None = None
        self._name = label("", "title", wrap=True)
        self._local = label("", "muted", wrap=True)
        self._from = label("", "muted", wrap=True)
        self._pills = Flow(6)
        self._note = label("", wrap=True)
        self._note_band = frame("band", tone="violet")
        self._note_band.setLayout(column(self._note, margin=10))
        self._answer = label("", wrap=True)
        self._anyway = button()
        self._answer_band = frame("band", tone="amber")
        self._answer_band.setLayout(column(self._answer, self._anyway, margin=10))
        self._admit = button(role="primary")
        self._undo = button()
        self._reason = ReasonBar()
        self._then: Callable[[str], object] | None = None
        """What is done with the reason that is asked for."""
        self.edit_button, self.print_button, self.more_button = button(), button(), button()
        menu = QMenu(self.more_button)
        self.cancel_action, self.reinstate_action = menu.addAction(""), menu.addAction("")
        self.merge_action, self.erase_action = menu.addAction(""), menu.addAction("")
        self.more_button.setMenu(menu)
        self.more_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the word
        self.badge = BadgeActions(context)
        self.eraser = EraseAction(context)
        self.editor = PersonEditor(context)
        self._heading = label("", "strong")
        self._story = StoryView(context)
        self._nobody = label("", "muted", wrap=True)
        self._build()
        self._connect()
        self._colour()
        self._clear()

    def _connect(self) -> None:
        context = self._context
        self._admit.clicked.connect(self._check_in)
        self._undo.clicked.connect(self._ask_undo)
        self._anyway.clicked.connect(self._ask_force)
        self._story.undo_wanted.connect(self._ask_undo_of)
        self._reason.given.connect(self._reason_given)
        context.signals.admitted.connect(self._admitted)
        context.signals.undone.connect(self._undone)
        context.calls.not_saved.connect(self._not_saved)
        context.signals.post_changed.connect(self._reload)
        context.signals.roster_changed.connect(self._reload)
        context.signals.settings_changed.connect(self._name_buttons)
        context.theme.changed.connect(self._colour)
        self.edit_button.clicked.connect(self.edit)
        self.print_button.clicked.connect(self.badge.start)
        self.badge.asked.connect(self._show_question)
        self.editor.closed.connect(self._edited)
        self.cancel_action.triggered.connect(self._ask_cancel)
        self.reinstate_action.triggered.connect(self._ask_reinstate)
        self.merge_action.triggered.connect(self._ask_merge)
        self.erase_action.triggered.connect(self.eraser.start)
        self.eraser.asked.connect(self._show_eraser)
        shortcut = QShortcut(QKeySequence("Ctrl+P"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.print_button.click)

    def _build(self) -> None:
        buttons = Flow(8)
        for made in (self._admit, self._undo, self.edit_button, self.print_button, self.more_button):
            buttons.addWidget(made)
        inside = QWidget()
        body = column(self._name, self._local, self._from, spacing=6)
        body.addLayout(self._pills)
        body.addWidget(self._note_band)
        body.addSpacing(4)
        body.addLayout(buttons)
        body.addWidget(self._answer_band)
        body.addWidget(self._reason)
        body.addWidget(self.badge)
        body.addWidget(self.eraser)
        body.addSpacing(4)
        body.addWidget(self._heading)
        body.addWidget(self._story)
        body.addStretch(1)
        inside.setLayout(body)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidget(inside)
        self._scroll.setFocusPolicy(self._scroll.focusPolicy().NoFocus)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self.editor)
        self.setLayout(column(self._nobody, self._stack, spacing=0))

    @property
    def attendee(self) -> Attendee | None:
        """The person who is shown; None where nobody is."""
        return self._facts.attendee if self._facts else None

    def show_person(self, attendee: Attendee | None) -> None:
        """Show this person at once, and the history as soon as it is read."""
        if attendee is None:
            self._clear()
            return
        if attendee.id != self._wanted:
            self._stack.setCurrentWidget(self._scroll)
            self._reason.close_bar()
            self._admission = None
            self._answer_band.hide()
            self._admit.setEnabled(True)
            self._story.show_story([])
        self._wanted = attendee.id
        known = self._facts if self._facts and self._facts.attendee.id == attendee.id else None
        self._paint_person(attendee)
        if known is None:
            self._facts = Facts(attendee, (), Origin())
            self._paint_actions(reading=True)
        self._reload()

    def retranslate(self) -> None:
        """Set every text again."""
        self._heading.setText(_("What happened"))
        self._nobody.setText(_("Choose somebody from the list to see what happened and to check them in by hand."))
        set_button_text(self._undo, _("Undo…"))
        set_button_text(self._anyway, _("Let in anyway…"))
        self._name_buttons()
        self.editor.retranslate()
        self.eraser.retranslate()
        self._scroll.setAccessibleName(_("Person"))
        self._reason.close_bar()
        if self._facts is not None:
            self._paint_person(self._facts.attendee)
            self._paint_actions()
            self._paint_story()

    def _clear(self) -> None:
        self._facts, self._wanted = None, ""
        self._stack.hide()
        self._nobody.show()

    @Slot(object)
    def _admitted(self, admission: Admission) -> None:
        if admission.attendee is None or admission.attendee.id != self._wanted:
            return
        self._admission = admission
        self._admit.setEnabled(True)
        if admission.verdict.accepted:
            self._answer_band.hide()
        else:
            text = sentence(admission, self._context.app.event)
            self._say(text, TONES[admission.verdict], force=admission.verdict in FORCEABLE)
        self._reload()

    @Slot(object)
    def _undone(self, undone: Undone) -> None:
        if undone.attendee is not None and undone.attendee.id == self._wanted:
            self._answer_band.hide()
            self._reload()

    @Slot()
    def _reload(self) -> None:
        if not self._wanted:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._context.tasks.background(_read, self._context.app, self._wanted, done=self._read_done)

    @Slot(object)
    def _read_done(self, facts: Facts | None) -> None:
        if facts is None:
            self._clear()
            return
        self._facts = facts
        self._paint_person(facts.attendee)
        self._paint_actions()
        self._paint_story()

    def _paint_person(self, person: Attendee) -> None:
        self._nobody.hide()
        self._stack.show()
        self.badge.show_person(person)
        self.eraser.show_person(person)
        self.cancel_action.setVisible(person.status != "cancelled")
        self.reinstate_action.setVisible(person.status in {"cancelled", "blocked"})
        self._name.setText(shown_name(person))
        _fill(self._local, isolate(person.name_local) if person.name else "")
        _fill(self._from, " · ".join(isolate(part) for part in (person.organisation, person.country) if part))
        category = self._context.app.event.category(person.category)
        while (item := self._pills.takeAt(0)) is not None:
            if (pill := item.widget()) is not None:
                pill.hide()
                pill.deleteLater()
        if category is not None:
            self._pills.addWidget(Pill(self._context.theme, category.name.get(language()), category.colour))
        if person.walk_in:
            self._pills.addWidget(Pill(self._context.theme, _("Walk-in"), self._context.theme.colours.muted))
        attention = category.attention.get(language()) if category and category.attention else ""
        self._note.setText("\n".join(part for part in (attention, isolate(person.note)) if part))
        self._note_band.setVisible(bool(self._note.text()))

    def _paint_actions(self, *, reading: bool = False) -> None:
        assert self._facts is not None
        person, post = self._facts.attendee, self._context.app.desk.post
        here = standing(self._facts.lines, post)
        out = post is not None and post.direction == "out" and post.checkpoint.exits
        inside = here is not None and here.kind == "checked_in"
        barred = person.status in {"cancelled", "blocked"}
        self._admit.setVisible(post is not None and not barred and inside == out and not reading)
        set_button_text(self._admit, _("Check out") if out else _("Check in"))
        self._undo.setVisible(here is not None)
        if barred:
            self._say(_barred_sentence(person), "red", force=False)

    def _paint_story(self) -> None:
        assert self._facts is not None
        here = standing(self._facts.lines, self._context.app.desk.post)
        story = tell(self._facts.lines, self._facts.origin, self._context.app.event)
        self._story.show_story(story, button_above=here.record if here else "")

    def _say(self, text: str, tone: str, *, force: bool) -> None:
        set_property(self._answer_band, "tone", tone)
        self._answer.setText(text)
        self._answer.setAccessibleName(text)
        self._anyway.setVisible(force)
        self._answer_band.show()

    @Slot()
    def _check_in(self) -> None:
        if self._facts is not None:
            self._admit.setEnabled(False)
            self._context.calls.admit_person(self._facts.attendee.id)

    @Slot()
    def _ask_undo(self) -> None:
        here = standing(self._facts.lines, self._context.app.desk.post) if self._facts else None
        if here is not None:
            self._ask_undo_of(here.record)

    @Slot(str)
    def _ask_undo_of(self, record: str) -> None:
        usual = [_("Wrong person"), _("Scanned by mistake")]
        self._ask(_("Why is it undone?"), _("Undo it"), usual, partial(self._context.calls.undo, record))

    @Slot()
    def _ask_force(self) -> None:
        usual = [_("Came back"), _("Supervisor agreed")]
        self._ask(_("Why is this person let in?"), _("Let in"), usual, self._force)

    @Slot()
    def _ask_cancel(self) -> None:
        if self._wanted:
            usual = [_("The guest does not come"), _("Registered twice"), _("The organiser said so")]
            then = partial(self._context.calls.cancel, self._wanted)
            self._ask(_("Why is the registration cancelled?"), _("Cancel the registration"), usual, then)

    @Slot()
    def _ask_reinstate(self) -> None:
        if self._wanted:
            usual = [_("Cancelled by mistake"), _("Supervisor agreed")]
            then = partial(self._context.calls.reinstate, self._wanted)
            self._ask(_("Why does the registration hold again?"), _("Reinstate"), usual, then)

    @Slot()
    def _ask_merge(self) -> None:
        if self._facts is not None:
            self.merge_wanted.emit(self._facts.attendee)

    @Slot()
    def edit(self) -> None:
        """Show the fields of this person, to be corrected."""
        if self._facts is not None:
            self._stack.setCurrentWidget(self.editor)
            self.editor.edit(self._facts.attendee)

    @Slot()
    def _edited(self) -> None:
        self._stack.setCurrentWidget(self._scroll)
        self.edit_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, question: str, confirm: str, usual: Sequence[str], then: Callable[[str], object]) -> None:
        self._then = then
        self._reason.ask(question, confirm, usual)
        into_view(self._reason)

    @Slot(str)
    def _reason_given(self, reason: str) -> None:
        self._reason.close_bar()
        if self._then is not None:
            self._then(reason)

    def _force(self, reason: str) -> None:
        if self._admission is not None:
            self._context.calls.force(self._admission, reason)

    @Slot()
    def _show_question(self) -> None:
        into_view(self.badge)

    @Slot()
    def _show_eraser(self) -> None:
        into_view(self.eraser)

    @Slot()
    def _name_buttons(self) -> None:
        set_button_text(self.edit_button, _("Correct …"))
        set_button_text(self.print_button, self.badge.button_text())
        set_button_text(self.more_button, _("More"))
        self.cancel_action.setText(_("Cancel the registration …"))
        self.reinstate_action.setText(_("Reinstate …"))
        self.merge_action.setText(_("On the list twice …"))
        self.erase_action.setText(_("Erase personal data …"))

    @Slot()
    def _colour(self) -> None:
        self.more_button.setIcon(self._context.theme.icon("down"))

    @Slot(str)
    def _not_saved(self, _sentence: str) -> None:
        self._admit.setEnabled(True)


def _read(app: App, uid: str) -> Facts | None:
    found = person(app.database, uid)
    return Facts(found.attendee, tuple(app.desk.history(uid)), found.origin) if found else None


def _barred_sentence(person: Attendee) -> str:
    text = (
        _("This registration is cancelled. Call the supervisor.")
        if person.status == "cancelled"
        else _("This registration is blocked. Call the supervisor.")
    )
    return f"{text} {isolate(person.status_reason)}".strip()


def _fill(target: QLabel, text: str) -> None:
    target.setText(text)
    target.setVisible(bool(text))
