"""How a person is called where nobody's name stands."""

from __future__ import annotations

from checkin.domain.attendee import Attendee
from checkin.i18n import _
from checkin.texts import isolate


def shown_name(person: Attendee) -> str:
    """Return the name to show, never empty: it may still be on its way from another desk, or have been erased."""
    if person.display_name:
        return isolate(person.display_name)
    return _("Name follows") if person.status == "provisional" else _("(no name)")
