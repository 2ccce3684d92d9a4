"""Tells of each verdict besides the Scan page: by sound, to screen readers, and on other pages in the notice bar.

What the notice bar says is told to screen readers too: a bar that appears has no focus, so they would not read it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from checkin.desk.results import Admission, Undone
from checkin.domain.event import Event
from checkin.domain.verdict import TONES
from checkin.i18n import _, language
from checkin.texts import isolate
from checkin.ui.context import Signals
from checkin.ui.notices import Kind, Notice, Notices
from checkin.ui.sounds import Sounds
from checkin.wording import verdicts

KEY = "scan"
_KINDS: dict[str, Kind] = {"green": "good", "blue": "good", "amber": "warning", "red": "error", "grey": "info"}
TOAST_S = 8.0


class Announcer(QObject):
    """Listens to what the desk answered."""

    def __init__(
        self,
        event: Event,
        sounds: Sounds,
        notices: Notices,
        signals: Signals,
        shown_in_front: Callable[[Admission], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._event, self._sounds, self._notices, self._signals = event, sounds, notices, signals
        self._shown_in_front = shown_in_front
        signals.admitted.connect(self.tell)
        signals.undone.connect(self.tell_undone)
        notices.said.connect(self._announce_notice)
        self._told = ""
        """What was announced last; its notice is not announced again."""

    @Slot(object)
    def tell(self, admission: Admission) -> None:
        """Tell of a verdict."""
        accepted_with_note = admission.verdict.accepted and bool(admission.attention)
        self._sounds.play("attention" if accepted_with_note else admission.verdict.value)
        name = isolate(admission.attendee.display_name) if admission.attendee else ""
        word = verdicts.word(admission.verdict, language())
        says = [word, name, admission.attention, verdicts.sentence(admission, self._event)]
        self._announce(". ".join(part for part in says if part))
        if self._shown_in_front(admission):
            self._notices.withdraw(KEY)
            return
        text = " · ".join(part for part in (word, name or isolate(admission.payload), admission.attention) if part)
        self._told = text
        kind = _KINDS[TONES[admission.verdict]]
        self._notices.post(Notice(kind, text, KEY, TOAST_S, _("Show"), self._show_scan_page))

    @Slot(object)
    def tell_undone(self, undone: Undone) -> None:
        """Tell of an undo."""
        self._sounds.play("undone")
        name = isolate(undone.attendee.display_name) if undone.attendee else ""
        self._announce(" ".join(part for part in (_("Undone"), name) if part))

    def _show_scan_page(self) -> None:
        self._signals.page_wanted.emit("scan", None)

    @Slot(str)
    def _announce_notice(self, text: str) -> None:
        if text != self._told:
            self._announce(text)
        self._told = ""

    def _announce(self, text: str) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._notices, text))
