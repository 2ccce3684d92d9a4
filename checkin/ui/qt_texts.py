"""Qt's own words (menus of text fields, standard buttons) in the program's language: Qt brings no Thai of its own."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

from checkin.i18n import _


class QtTexts(QTranslator):
    """Asks the program's own catalogue for the few texts of Qt that this window can show."""

    def isEmpty(self) -> bool:  # noqa: D102, N802 - Qt's name
        return False

    def translate(  # noqa: D102
        self, _context: str, source: str, _disambiguation: str | None = None, _n: int = -1
    ) -> str | None:
        return _texts().get(source.replace("&", ""))


def _texts() -> dict[str, str]:
    return {
        "OK": _("OK"),
        "Cancel": _("Cancel"),
        "Close": _("Close"),
        "Yes": _("Yes"),
        "No": _("No"),
        "Save": _("Save"),
        "Open": _("Open"),
        "Undo": _("Undo"),
        "Redo": _("Redo"),
        "Cut": _("Cut"),
        "Copy": _("Copy"),
        "Paste": _("Paste"),
        "Delete": _("Delete"),
        "Select All": _("Select All"),
    }
