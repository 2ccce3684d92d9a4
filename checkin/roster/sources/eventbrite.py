"""Eventbrite's "Attendee summary" export.

Headings: Eventbrite help centre, "Download a list of attendees"; the barcode is the number in the ticket's QR code.
"""

from __future__ import annotations

NAME = "Eventbrite"

_COLUMNS = {
    "badge_code": ("Barcode #", "Barcode Number", "Barcode"),
    "external_id": ("Attendee #", "Attendee Number"),
    "title": ("Prefix",),
    "given": ("First Name", "Attendee first name"),
    "family": ("Last Name", "Surname", "Attendee Surname", "Attendee last name"),
    "email": ("Email", "Email Address", "Attendee email"),
    "organisation": ("Company", "Company / Organization", "Company / Organisation"),
    "country": ("Country", "Home Country", "Work Country"),
    "category": ("Ticket Type",),
    "status": ("Attendee Status",),
    "phone": ("Cell Phone", "Mobile Phone", "Phone number"),
    "note": ("Notes",),
}


def recognise(headers: list[str]) -> dict[str, int] | None:
    """Return field -> column where the headings are those of Eventbrite: an order number, ticket type and first name."""
    places = {heading.strip(): column for column, heading in reversed(list(enumerate(headers)))}
    order = {"Order #", "Order no.", "Order ID"} & places.keys()
    if not order or "Ticket Type" not in places or not ({"First Name", "Attendee first name"} & places.keys()):
        return None
    return {
        field: next(places[heading] for heading in headings if heading in places)
        for field, headings in _COLUMNS.items()
        if any(heading in places for heading in headings)
    }
