"""The card that is filled in for a walk-in: notice, fields, look-alikes, consents, what to do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from checkin.domain.alike import LookAlike, Sought
from checkin.i18n import _, language
from checkin.texts import isolate
from checkin.ui.tasks import Task
from checkin.ui.walkin.draft import Draft, Unlisted
from checkin.ui.walkin.look_alikes_card import SHOWN, LookAlikesCard
from checkin.ui.walkin.person_form import PersonForm
from checkin.ui.walkin.privacy_line import PrivacyLine
from checkin.ui.widgets.basics import column
from checkin.ui.widgets.flow import Flow
from checkin.ui.widgets.into_view import follow_focus
from checkin.ui.widgets.key_button import KeyButton
from checkin.ui.widgets.wrapped_check import WrappedCheck

if TYPE_CHECKING:
    from checkin.ui.context import Context

PAUSE_MS = 15
"""Look-alikes are asked for when the keys rest so long: the answer is there before the next key of a person."""
SOUGHT = ("name", "name_local", "organisation", "country", "email", "phone")


class EntryCard(QFrame):
    """The form, and the draft in it. It writes nothing: that is the page's."""

    edited = Signal()
    """Something else stands in the form."""
    register_wanted = Signal(bool)
    """Register what is entered; True: and print."""
    instead_wanted = Signal(object)
    """Attendee: check in this look-alike instead."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        event = context.app.event
        rules = event.walk_in
        self.setProperty("role", "card")
        self.privacy = PrivacyLine(event, context.theme, self)
        self.form = PersonForm(
            event, context.app.completion, context.tasks, self, asked=rules.asked, required=rules.required
        )
        self.alike = LookAlikesCard()
        self.consents = {consent.key: WrappedCheck() for consent in rules.consents}
        self.bind = WrappedCheck()
        self.main_button = KeyButton("Ctrl+Enter", "primary", bind=False)
        self.quiet_button = KeyButton("Ctrl+Shift+Enter", bind=False)
        self.clear_button = KeyButton("Esc", bind=False)
        self.quiet_button.show_key(False)  # no room; the tool tip has it
        self._code: Unlisted | None = None
        self._cleared: Draft | None = None
        self._task: Task | None = None
        self._busy = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._lay_out()
        self._connect()
        self.fill(Draft())

    def _lay_out(self) -> None:
        inside = QWidget()
        fields = self._fields = column(self.form, self.alike, spacing=8)
        fields.addWidget(self.bind)
        for box in self.consents.values():
            fields.addWidget(box)
        fields.addStretch(1)
        inside.setLayout(fields)
        self._scroll = _Scroll()
        self._scroll.setWidget(inside)
        buttons = Flow(8)
        for made in (self.main_button, self.quiet_button, self.clear_button):
            buttons.addWidget(made)
        self._body = column(self.privacy, spacing=6)
        self._body.addWidget(self._scroll, 1)
        self._body.addLayout(buttons)
        self.setLayout(self._body)
        self.set_compact(False)

    def _connect(self) -> None:
        self.form.edited.connect(self._edited)
        self.form.last_entered.connect(self._to_buttons)
        self.alike.taken.connect(self.instead_wanted)
        self.main_button.clicked.connect(partial(self._register, with_print=True))
        self.quiet_button.clicked.connect(partial(self._register, with_print=False))
        self.clear_button.clicked.connect(self._clear_or_bring_back)
        for keys, does in (
            ("Ctrl+Return", partial(self._register, with_print=True)),
            ("Ctrl+Enter", partial(self._register, with_print=True)),
            ("Ctrl+Shift+Return", partial(self._register, with_print=False)),
            ("Ctrl+Shift+Enter", partial(self._register, with_print=False)),
            ("Esc", self._escape),
            *((f"Alt+{number + 1}", partial(self.alike.take, number)) for number in range(SHOWN)),
        ):
            key = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(does)
        self._context.signals.settings_changed.connect(self._name_buttons)
        self._context.signals.roster_changed.connect(self._pause.start)

    def retranslate(self) -> None:
        """Set every text again."""
        self.privacy.retranslate()
        self.form.retranslate()
        self.alike.retranslate()
        self._scroll.setAccessibleName(_("Walk-in registration"))
        for consent in self._context.app.event.walk_in.consents:
            self.consents[consent.key].set_text(consent.text.get(language()))
        self._name_buttons()
        self._show_code()

    def set_compact(self, compact: bool) -> None:
        """Use less room, and one column, where the window is small or everything is large."""
        margin = 8 if compact else 14
        self._body.setContentsMargins(margin, margin - 4, margin, margin)
        for made in (self.main_button, self.clear_button):
            made.show_key(not compact)
        self.alike.set_compact(compact)
        if compact != (self._body.indexOf(self.alike) >= 0):  # below the fields nobody would see it
            place, at = (self._body, self._body.indexOf(self._scroll) + 1) if compact else (self._fields, 1)
            place.insertWidget(at, self.alike)

    def prints(self) -> bool:
        """Say whether registering prints as well: a printer is chosen and the desk does not print by hand only."""
        settings = self._context.app.settings
        return bool(settings.printer) and settings.auto_print != "never"

    def draft(self) -> Draft:
        """Return what is entered now."""
        agreed = frozenset(key for key, box in self.consents.items() if box.is_checked())
        return Draft(self.form.values(), agreed, self._code, self.bind.is_checked())

    def fill(self, draft: Draft) -> None:
        """Enter all of this in place of what stands there."""
        values = dict(draft.values)
        if not values.get("category"):
            values["category"] = self._context.app.event.walk_in.category
        self._code = draft.code
        self.form.fill(values)
        for key, box in self.consents.items():
            box.set_checked(key in draft.agreed)
        self._show_code()
        self.bind.set_checked(draft.bind)
        self.alike.show_people([])
        self._scroll.verticalScrollBar().setValue(0)
        self._name_buttons()

    def carry(self, guest: Unlisted) -> None:
        """Take over what another page knows of the guest; what was typed here already stays."""
        if guest.payload:
            self._code = guest
            self._show_code()
        if guest.name and not self.form.is_typed():
            own = not guest.name.isascii() and "name_local" in self.form.fields and _is_thai(guest.name)
            self.form.fields["name_local" if own else next(iter(self.form.fields))].set_text(guest.name)

    def take(self) -> Draft:
        """Empty the form for the next guest and return what stood there; it is not offered again."""
        draft = self.draft()
        self._cleared = None
        self.fill(Draft())
        self.form.go_to()
        return draft

    def clear(self) -> None:
        """Empty the form; what stood there can be brought back."""
        draft = self.draft()
        self.fill(Draft())
        if not draft.is_empty or draft.code:
            self._cleared = draft
        self._name_buttons()
        self.form.go_to()

    def bring_back(self) -> bool:
        """Enter again what was cleared last, if nothing was typed since; say whether there was something."""
        if self._cleared is None or self.form.is_typed():
            return False
        draft, self._cleared = self._cleared, None
        self.fill(draft)
        self.form.go_to()
        return True

    def set_busy(self, busy: bool) -> None:
        """Take no more keys while the guest is being saved."""
        self._busy = busy
        self.form.set_locked(busy)
        self.main_button.setEnabled(not busy)
        self.quiet_button.setEnabled(not busy)
        self._name_buttons()

    @Slot()
    def say_waiting(self) -> None:
        """Say that saving takes longer than usual; nothing while nobody is being saved."""
        if self._busy:
            self.main_button.set_word(_("One moment …"))

    def _register(self, *_from_a_signal: object, with_print: bool) -> None:
        if not self._busy and not self.form.show_missing():
            self.register_wanted.emit(with_print and self.prints())

    @Slot()
    def _escape(self) -> None:
        if self.privacy.card.isVisible():
            self.privacy.card.close_card()
        elif self.form.is_typed() or self._code:
            self.clear()

    @Slot()
    def _clear_or_bring_back(self) -> None:
        if not self.bring_back():
            self.clear()

    @Slot()
    def _to_buttons(self) -> None:
        next(iter([*self.consents.values(), self.main_button])).setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _edited(self) -> None:
        self._pause.start()
        self._name_buttons()
        self.edited.emit()

    @Slot()
    def _ask(self) -> None:
        """Ask who looks alike; an answer to an older question is never shown."""
        if self._task is not None:
            self._task.cancel()
        if not self.form.is_typed():
            self.alike.show_people([])
            return
        values = self.form.values()
        sought = Sought(**{key: values.get(key, "") for key in SOUGHT})
        self._task = self._context.tasks.background(self._context.app.look_alikes.find, sought, done=self._found)

    def _found(self, people: list[LookAlike]) -> None:
        if self.form.is_typed():
            self.alike.show_people(people)

    def _show_code(self) -> None:
        self.bind.setVisible(self._code is not None)
        if self._code is not None:
            self.bind.set_text(
                _("The code that was read, {code}, is this guest’s: let it in from now on.").format(
                    code=isolate(self._code.shown)
                )
            )

    @Slot()
    def _name_buttons(self) -> None:
        prints = self.prints()
        self.main_button.set_word(_("Register, check in and print") if prints else _("Register and check in"))
        self.quiet_button.set_word(_("Register without printing"))
        self.quiet_button.setToolTip(QKeySequence("Ctrl+Shift+Enter").toString(QKeySequence.SequenceFormat.NativeText))
        self.quiet_button.setVisible(prints)
        can_bring_back = self._cleared is not None and not self.form.is_typed()
        self.clear_button.set_word(_("Bring back what was cleared") if can_bring_back else _("Clear"))
        self.clear_button.setEnabled(can_bring_back or self.form.is_typed() or self._code is not None)


class _Scroll(QScrollArea):
    """As high as its content wants to be, where there is room; the fields that have the focus are scrolled into view."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        follow_focus(self)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(120, 60)


def _is_thai(text: str) -> bool:
    return any("\u0e00" <= letter <= "\u0e7f" for letter in text)
