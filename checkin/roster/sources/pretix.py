"""The exports of pretix: "Order data" (positions) and "Check-in list" as CSV or XLSX.

Headings: pretix, src/pretix/base/exporters/orderlist.py and src/pretix/plugins/checkinlists/exporters.py.
"""

from __future__ import annotations

NAME = "pretix"

_COLUMNS = {
    "badge_code": ("Ticket secret", "Secret"),
    "name": ("Attendee name",),
    "email": ("Attendee email", "Attendee email address", "E-mail", "Email"),
    "organisation": ("Company", "Attendee company"),
    "country": ("Country", "Attendee country"),
    "category": ("Product", "Item"),
    "status": ("Status", "Order status"),
    "note": ("Check-in text", "Special attention"),
    "external_id": ("Order position ID", "Position ID"),
    "phone": ("Phone number",),
}


def recognise(headers: list[str]) -> dict[str, int] | None:
    """Return field -> column where the headings are those of pretix: a ticket secret and an order code."""
    places = {heading.strip(): column for column, heading in reversed(list(enumerate(headers)))}
    ours = "Ticket secret" in places or ("Secret" in places and "Product" in places)
    if not ours or not ({"Order code", "Order"} & places.keys()) or "Attendee name" not in places:
        return None
    return {
        field: next(places[heading] for heading in headings if heading in places)
        for field, headings in _COLUMNS.items()
        if any(heading in places for heading in headings)
    }
