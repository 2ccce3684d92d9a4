"""Why a day was not closed, in one sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterable

from checkin.db.desks import DeskRow
from checkin.domain.closing import StepKey
from checkin.errors import CheckinError
from checkin.evening.hub_lacks import lacking_sentence
from checkin.evening.state import DayState, Heard, Kept
from checkin.i18n import _
from checkin.texts import isolate


class IncompleteError(CheckinError):
    """A desk is missing or a step failed, and nobody said to close the day anyway. Nothing was written."""


def refusal(state: DayState, desks: Iterable[DeskRow]) -> IncompleteError:
    """Return why a day that is not complete was not closed."""
    missing = ", ".join(isolate(name) for name in state.missing)
    heard = state.step(StepKey.DESKS).found
    coming = heard.coming if isinstance(heard, Heard) else ()
    if missing and set(state.missing) == set(coming):
        return IncompleteError(
            _(
                "{desks}: not confirmed yet that everything from there is here, so the day was not closed. Sync there, or shut"
                " the program there, and close the day again; or close anyway, and its scans join the count when they arrive."
            ).format(desks=missing)
        )
    if missing:
        return IncompleteError(
            _(
                "{desks}: not everything from there is here, so the day was not closed. Bring its USB bundle or wait for it;"
                " or close anyway, and its scans join the count when they arrive."
            ).format(desks=missing)
        )
    if lacking := lacking_sentence(desks):
        return IncompleteError(_("The day was not closed. {why} Or close anyway.").format(why=lacking))
    return IncompleteError(
        _(
            "It is not certain that every scan is here, so the day was not closed. Every scan on this laptop is safe; sync"
            " again, or close anyway."
        )
    )


def no_backup(state: DayState) -> IncompleteError:
    """Return why a day was not closed whose backup failed."""
    found = state.step(StepKey.BACKUP).found
    trouble = found.trouble if isinstance(found, Kept) else ""
    return IncompleteError(_("The backup failed, so the day was not closed. {why}").format(why=trouble))
