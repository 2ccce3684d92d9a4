"""Indico's list of registrants as CSV or XLSX.

Headings: Indico, indico/modules/events/registration/util.py (generate_spreadsheet_from_registrations). The secret of
the ticket's code is not part of the export, so that badges of ours are made for these people.
"""

from __future__ import annotations

NAME = "Indico"

_COLUMNS = {
    "external_id": ("ID", "Registration ID"),
    "name": ("Name",),
    "title": ("Title",),
    "given": ("First Name",),
    "family": ("Last Name",),
    "email": ("Email Address", "Email"),
    "organisation": ("Affiliation",),
    "country": ("Country",),
    "phone": ("Phone", "Phone Number"),
    "status": ("Registration state", "Registration State", "State"),
    "note": ("Comments",),
}


def recognise(headers: list[str]) -> dict[str, int] | None:
    """Return field -> column where the headings are those of Indico: an id, an affiliation, a registration date."""
    places = {heading.strip(): column for column, heading in reversed(list(enumerate(headers)))}
    dated = {"Registration date", "Registration Date", "Registration state", "Registration State"} & places.keys()
    if not dated or "Affiliation" not in places or not ({"ID", "Registration ID"} & places.keys()):
        return None
    return {
        field: next(places[heading] for heading in headings if heading in places)
        for field, headings in _COLUMNS.items()
        if any(heading in places for heading in headings)
    }
