"""The verdict, to be read from two metres: sign, word, name, and one sentence that says what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from checkin.desk.results import Admission, Undone
from checkin.domain.event import Event
from checkin.domain.journal import Kind
from checkin.domain.verdict import TONES, Verdict
from checkin.i18n import LANGUAGES, Language, _, in_language, language
from checkin.texts import isolate
from checkin.ui.theme import Theme, pixmap
from checkin.ui.widgets.basics import clear, column, frame, label, row, set_property
from checkin.ui.widgets.confirm_bar import ConfirmBar
from checkin.ui.widgets.fitted_label import FittedLabel
from checkin.ui.widgets.flow import Flow
from checkin.ui.widgets.key_button import KeyButton
from checkin.ui.widgets.pills import Pill, Sign
from checkin.ui.widgets.reason_bar import ReasonBar
from checkin.ui.widgets.verdict_room import (
    COMPACT,
    LARGE,
    NAME_SIZES,
    NO_BUTTON,
    NO_ECHO,
    NO_LOCAL,
    NO_ORIGIN,
    SIGNS,
    TIGHT,
    Giving,
    VerdictRoom,
)
from checkin.wording import verdicts
from checkin.wording.people import shown_name
from checkin.wording.verdicts import Step

ICONS: dict[Verdict, str] = {
    Verdict.CHECKED_IN: "tick",
    Verdict.CHECKED_OUT: "out",
    Verdict.ALREADY_IN: "attention",
    Verdict.NOT_INSIDE: "attention",
    Verdict.WRONG_DAY: "day",
    Verdict.WRONG_SESSION: "clock",
    Verdict.TOO_EARLY: "clock",
    Verdict.TOO_LATE: "clock",
    Verdict.NOT_EXPECTED: "attention",
    Verdict.UNKNOWN: "question",
    Verdict.REPLACED: "swap",
    Verdict.CANCELLED: "cross",
    Verdict.BLOCKED: "stop",
    Verdict.OTHER_EVENT: "cross",
    Verdict.FORGED: "cross",
    Verdict.NOT_A_BADGE: "info",
}
KEYS: dict[Step, str] = {
    "undo": "Ctrl+Z",
    "force": "Ctrl+L",
    "search": "Ctrl+F",
    "register": "Ctrl+R",
    "learn": "Ctrl+B",
    "details": "Ctrl+D",
    "print": "Ctrl+P",
    "change_checkpoint": "Ctrl+K",
}
"""The same keys in every language, beside their words on the buttons."""


def N_(text: str) -> str:  # noqa: N802 - gettext's usual name for "to be translated later"
    """Mark a text for the catalogue; it is looked up when it is shown, in both languages."""
    return text


N_READY, N_UNDONE, N_WAITING, N_FAILED = N_("Ready"), N_("Undone"), N_("One moment …"), N_("Not saved")


class VerdictPanel(QFrame):
    """Shows one admission, one undo, or that the desk is ready."""

    step_wanted = Signal(str)
    """A key of KEYS: the button was pressed."""
    force_given = Signal(object, str)
    """Admission and reason: let this person in again, or anyway."""

    def __init__(self, event: Event, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event, self._theme = event, theme
        self.admission: Admission | None = None
        """What is shown now; None while ready, after an undo and while nothing could be saved."""
        self._again: Callable[[], None] = self.show_ready
        self.setProperty("role", "card")
        self.setAccessibleName("")
        self._sign = Sign(theme, SIGNS[0])
        self._word = label("", "word", wrap=True)
        self._word2 = label("", "word2")
        self._name = FittedLabel(NAME_SIZES[0], QFont.Weight.Bold)
        self._local = label("", "local", wrap=True)
        self._who = label("", "who", wrap=True)
        self._say = label("", "say", wrap=True)
        self._hint = label("", "faint", wrap=True)
        self._pills = Flow(6)
        self._bands = QVBoxLayout()
        self._bands.setSpacing(6)
        self._buttons = {step: KeyButton(keys, bind=False) for step, keys in KEYS.items()}
        self.reason = ReasonBar()
        self.confirm = ConfirmBar()
        self._confirmed: Callable[[], object] | None = None
        self._without: Sequence[Step] = ()
        self._lay_out()
        for step, made in self._buttons.items():
            made.clicked.connect(self._pressed)
            made.setProperty("step", step)
        self.reason.given.connect(self._reason_given)
        self.reason.closed.connect(self._bar_closed)
        self.confirm.confirmed.connect(self._confirm)
        self.confirm.closed.connect(self._bar_closed)
        theme.changed.connect(self.retranslate)

    def _lay_out(self) -> None:
        words = column(self._word, self._word2, spacing=0)
        head = row(self._sign, spacing=18)
        head.addLayout(words, 1)
        buttons = Flow(8)
        for made in self._buttons.values():
            buttons.addWidget(made)
        body = self._body = column(margin=18, spacing=3)
        body.addLayout(head)
        body.addWidget(self._name)
        for part in (self._local, self._who):
            body.addWidget(part)
        body.addLayout(self._pills)
        body.addLayout(self._bands)
        for part in (self._say, self._hint):
            body.addWidget(part)
        body.addStretch(1)
        body.addWidget(self.reason)
        body.addWidget(self.confirm)
        body.addLayout(buttons)
        self.setLayout(body)
        hint, echo, local, who = (
            (self._hint, NO_ECHO),
            (self._word2, NO_ECHO),
            (self._local, NO_LOCAL),
            (self._who, NO_ORIGIN),
        )
        self._room = VerdictRoom(
            self, body, self._sign, self._name,
            (self._word, self._word2, self._local, self._who, self._say),
            (*(Giving(part, level, COMPACT) for part, level in (hint, echo, local, who)),
             Giving(self._say, NO_BUTTON + 1, COMPACT), Giving(self._name, NO_BUTTON + 1, TIGHT)),
            self._shown_pills, self.reason,
        )  # fmt: skip

    def show_ready(self) -> None:
        """Say that the desk waits for a badge."""
        says = _("Hold a badge in front of the camera, use the hand scanner, or type a name.")
        self._state(self.show_ready, "grey", "scan", N_READY, says=says)

    def show_admission(self, admission: Admission, without: Sequence[Step] = ()) -> None:
        """Show the verdict on a badge; `without`: steps that are offered elsewhere on the page."""
        self._again = lambda: self.show_admission(admission, without)
        self._without = without
        with self._laid_out_once():
            self._fill(admission)

    def show_undone(self, undone: Undone) -> None:
        """Show that an admission was taken back."""
        if undone.kind == Kind.WALK_IN:
            says = _("The registration is taken back and its badge is void: keep the badge here.")
        elif undone.kind in {Kind.CHECK_IN, Kind.CHECK_OUT}:
            says = _("This scan does not count any more. The badge may be scanned again.")
        else:
            says = _("It is as it was before.")
        name = isolate(undone.attendee.display_name) if undone.attendee is not None else ""
        self._state(lambda: self.show_undone(undone), "grey", "undo", N_UNDONE, name, says)

    def show_waiting(self) -> None:
        """Say that a badge was read and its verdict is not saved yet: the green before it is not for this guest."""
        self._state(self.show_waiting, "grey", "clock", N_WAITING)

    def show_failure(self, sentence: str) -> None:
        """Say that nothing was saved and nobody was counted."""
        self._state(lambda: self.show_failure(sentence), "red", "attention", N_FAILED, says=sentence)

    def ask_reason(self) -> None:
        """Ask why this person is to be let in again or anyway; the next scan takes the question back."""
        if self.admission is None or "force" not in verdicts.steps(self.admission):
            return
        name = self._name.text()
        again = self.admission.verdict is Verdict.ALREADY_IN
        question = _("Why is {name} let in again?") if again else _("Why is {name} let in anyway?")
        usual = [_("Came back"), _("Badge of a companion"), _("Supervisor agreed")]
        with self._laid_out_once():
            self._room.asking = True
            self.reason.ask(question.format(name=name), verdicts.force_label(self.admission.verdict), usual)

    def ask_print(self, yes: Callable[[], object]) -> None:
        """Ask whether this person's badge is to be printed again; Enter calls `yes`."""
        question = _("Print the badge of {name}? If one was handed out already, it becomes void.")
        self.ask_first(question.format(name=self._name.text()), _("Print badge"), yes)

    def ask_first(self, question: str, confirm: str, yes: Callable[[], object]) -> None:
        """Ask a question in place of the buttons; the next scan takes it back."""
        self._confirmed = yes
        with self._laid_out_once():
            self._room.asking = True
            self.confirm.ask(question, confirm)

    @Slot()
    def retranslate(self) -> None:
        """Say the same in the language, and in the colours, of the moment."""
        if self.reason.isHidden() and self.confirm.isHidden():
            self._again()

    def set_compact(self, compact: bool) -> None:
        """Use smaller letters, where the window is small or everything is large."""
        self._room.least = COMPACT if compact else LARGE
        for made in self._buttons.values():
            made.show_key(not compact)
        self._room.fit()

    def set_room(self, height: int) -> None:
        """Say how high (px) the panel may become: what is least needed gives way, the rest is never cut. 0: any height."""
        if height != self._room.height:
            self._room.height = height
            self._room.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102, N802 - Qt's name
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._room.fit()

    def words(self) -> list[str]:
        """Return every text that is shown, from top to bottom."""
        return [part.text() for part in self.findChildren(QLabel) if part.isVisibleTo(self) and part.text()]

    def _fill(self, admission: Admission) -> None:
        verdict = admission.verdict
        self._clear(admission)
        set_property(self, "tone", TONES[verdict])
        set_property(self._word, "tone", TONES[verdict])
        self._sign.show_sign(ICONS[verdict], TONES[verdict])
        self._text(self._word, verdicts.word(verdict, language()))
        self._text(self._word2, verdicts.word(verdict, _other_language()))
        self._person(admission)
        if admission.attention:
            self._band("violet", "star", admission.attention)
        says = verdicts.sentence(admission, self._event)
        noteworthy = verdict.accepted and (admission.detail or admission.clock_disagrees or admission.forced)
        if noteworthy:
            self._band("amber", "attention", says)
        else:
            self._text(self._say, says)
        if admission.repaired:
            self._text(self._hint, _("The hand scanner typed in another keyboard layout; the code was put right."))
        steps = [step for step in verdicts.steps(admission) if step not in self._without]
        self._room.offered = [self._buttons[step] for step in steps]
        self._name_buttons(admission)
        self.setAccessibleName(" · ".join(part for part in (self._word.text(), self._name.text()) if part))

    @contextmanager
    def _laid_out_once(self) -> Iterator[None]:
        """Lay out after all parts were changed: Qt lays out anew for each part that is shown, 20 times a verdict."""
        self._body.setEnabled(False)
        try:
            yield
        finally:
            self._room.fit()
            self._body.setEnabled(True)
            self._body.activate()

    def _person(self, admission: Admission) -> None:
        person = admission.attendee
        if person is None:
            self._text(self._name, isolate(admission.payload))
            self._room.plain_name = True
            return
        self._text(self._name, shown_name(person))
        self._text(self._local, isolate(person.name_local) if person.name else "")
        self._text(self._who, " · ".join(isolate(part) for part in (person.organisation, person.country) if part))
        category = self._event.category(person.category)
        if category is not None:
            self._pills.addWidget(Pill(self._theme, category.name.get(language()), category.colour))
        if person.walk_in:
            self._pills.addWidget(Pill(self._theme, _("Walk-in"), self._theme.colours.muted))
        for pill in self._shown_pills():
            pill.ensurePolished()

    def _shown_pills(self) -> list[QWidget]:
        items = (self._pills.itemAt(place) for place in range(self._pills.count()))
        return [made for item in items if item is not None and (made := item.widget()) is not None]

    def _band(self, tone: str, icon: str, text: str) -> None:
        sign = QLabel()
        sign.setPixmap(pixmap(icon, 18, self._theme.colours.tone(tone).strong))
        made = frame("band", tone=tone)
        says = label(text, "say", wrap=True, tone=tone)
        inside = row(sign, margin=6, spacing=8)
        inside.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(says, 1)
        made.setLayout(inside)
        self._bands.addWidget(made)
        made.show()  # a widget that Qt will show in a moment takes no room until then
        for part in (made, says):
            part.ensurePolished()

    def _name_buttons(self, admission: Admission) -> None:
        words = {
            "undo": _("Undo"),
            "force": verdicts.force_label(admission.verdict),
            "search": _("Search by name"),
            "register": _("Register as walk-in"),
            "learn": _("Whose code is it?"),
            "details": _("Details"),
            "print": _("Print badge"),
            "change_checkpoint": _("Change checkpoint"),
        }
        for step, made in self._buttons.items():
            made.set_word(words[step])

    def _state(
        self, again: Callable[[], None], tone: str, icon: str, word: str, name: str = "", says: str = ""
    ) -> None:
        self._again = again
        with self._laid_out_once():
            self._clear(None)
            set_property(self, "tone", "red" if tone == "red" else None)
            set_property(self._word, "tone", tone)
            self._sign.show_sign(icon, tone)
            self._text(self._word, _(word))
            self._text(self._word2, in_language(word, _other_language()))
            self._text(self._name, name)
            self._text(self._say, says)
        self.setAccessibleName(self._word.text())

    def _clear(self, admission: Admission | None) -> None:
        self.admission = None  # a reason that is being typed was for the one before
        self.reason.close_bar()
        self.confirm.close_bar()
        self.admission = admission
        for part in (self._name, self._local, self._who, self._say, self._hint):
            self._text(part, "")
        self._room.plain_name = self._room.asking = False
        self._room.offered = ()
        while (item := self._pills.takeAt(0)) is not None:
            if (pill := item.widget()) is not None:
                pill.hide()
                pill.deleteLater()
        clear(self._bands)
        for made in self._buttons.values():
            made.hide()

    @staticmethod
    def _text(part: QLabel, text: str) -> None:
        part.setText(text)
        part.setVisible(bool(text))

    @Slot()
    def _pressed(self) -> None:
        self.step_wanted.emit(self.sender().property("step"))

    @Slot()
    def _confirm(self) -> None:
        if self._confirmed is not None:
            self._confirmed()

    @Slot()
    def _bar_closed(self) -> None:
        self._room.asking = False
        if self.admission is not None:
            self._again()

    @Slot(str)
    def _reason_given(self, reason: str) -> None:
        admission = self.admission
        self.reason.close_bar()
        if admission is not None:
            self.force_given.emit(admission, reason)


def _other_language() -> Language:
    return next(other for other in LANGUAGES if other != language())
