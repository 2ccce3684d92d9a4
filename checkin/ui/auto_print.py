"""Prints a badge after a check-in, where the desk's settings say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from checkin.desk.results import Admission, Registered
from checkin.domain.badge import is_token
from checkin.domain.payload import candidates
from checkin.domain.verdict import Verdict

if TYPE_CHECKING:
    from checkin.app import App
    from checkin.ui.context import Signals
    from checkin.ui.desk_calls import DeskCalls
    from checkin.ui.printing.badge_printer import BadgePrinter


class AutoPrint(QObject):
    """Listens to what the desk answered. A walk-in is printed by the page that registers, as its button says."""

    def __init__(
        self, app: App, calls: DeskCalls, printer: BadgePrinter, signals: Signals, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._app, self._calls, self._printer = app, calls, printer
        self._own = ""
        signals.registered.connect(self._registered)
        signals.admitted.connect(self._admitted)

    @Slot(object)
    def _registered(self, registered: Registered) -> None:
        self._own = registered.admission.record

    @Slot(object)
    def _admitted(self, admission: Admission) -> None:
        person, settings = admission.attendee, self._app.settings
        if admission.verdict is not Verdict.CHECKED_IN or person is None or not person.display_name:
            return
        if not settings.printer or admission.record == self._own:
            return
        if settings.auto_print == "always" or not self._holds_badge(admission):
            self._printer.print_automatically(person.id)

    def _holds_badge(self, admission: Admission) -> bool:
        """Say whether the guest showed a badge of ours: whoever holds one needs no other."""
        return any(is_token(reading.text) for reading in candidates(self._calls.payload(admission)))
