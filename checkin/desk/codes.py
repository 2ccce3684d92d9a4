"""Which codes a desk may learn: those of other systems that nobody has yet, never a badge of ours or a thing of daily life."""

from __future__ import annotations

from typing import Any, Final

from checkin.desk.resolve import examine, resolve
from checkin.domain.attendee import Attendee
from checkin.domain.badge import Keyring
from checkin.domain.cleaning import LIMITS
from checkin.domain.payload import Reading, trim
from checkin.errors import CheckinError
from checkin.i18n import _

_THINGS: Final = frozenset({None, "web", "text"})
"""A ticket may be a web address of its own, or any text."""


def learnable(raw: Any, payload: str, keyring: Keyring, day: str, checkpoint: str) -> tuple[str, Attendee | None]:
    """Return the code as it is matched later, and whose it is already. Raises CheckinError where it may not be learned."""
    examined = examine(payload, keyring)
    known = resolve(raw, examined, day, checkpoint)
    if known.found is not None:
        return known.reading.text, known.found.attendee
    if any(one.token is not None for one in examined):
        raise CheckinError(
            _(
                "This is a badge of this program, and not one that can be given to somebody else. Print a new badge instead."
            )
        )
    if examined[-1].reading.thing not in _THINGS:
        raise CheckinError(
            _("This code is something else (Wi-Fi, a contact card …) and names nobody. Print a new badge instead.")
        )
    code = _code([one.reading for one in examined]) or trim(payload)
    if not code or len(code) > LIMITS["badge_code"]:
        raise CheckinError(_("This code is empty or too long to stand for a person. Print a new badge instead."))
    return code, None


def _code(readings: list[Reading]) -> str:
    """Return the likeliest ticket code: as it was typed, or as a hand scanner under a Thai keyboard meant it."""
    for reading in readings:
        if reading.kind == "code" and reading.system and (not reading.repaired or reading.repaired.startswith("thai")):
            return reading.text
    return ""
