"""What the fields of a roster are called."""

from __future__ import annotations

from checkin.i18n import _


def field_name(field: str) -> str:
    """Return the name of a field of checkin.roster for people; an empty field is "Leave out"."""
    names = {
        "": _("Leave out"),
        "name": _("Full name"),
        "title": _("Title"),
        "given": _("Given name"),
        "middle": _("Middle name"),
        "family": _("Family name"),
        "name_local": _("Local-script name"),
        "given_local": _("Given name, local script"),
        "family_local": _("Family name, local script"),
        "organisation": _("Organisation"),
        "country": _("Country"),
        "category": _("Group"),
        "badge_code": _("Badge code"),
        "email": _("E-mail"),
        "phone": _("Phone"),
        "note": _("Note for the desk"),
        "status": _("Status"),
        "expected": _("Expected at"),
        "external_id": _("Number elsewhere"),
        "arrival": _("Date (only checked)"),
    }
    return names.get(field, field)
