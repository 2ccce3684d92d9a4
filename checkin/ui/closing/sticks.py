"""USB sticks in the evening: where another desk's scans are read from, and where everything is left for one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from checkin.i18n import _

_FOLDER = "folder:"


class Sticks(QObject):
    """Asks for the folder. A stick is a hub that is carried: reading and writing are one round with it."""

    chosen = Signal(str)
    """URL of the hub on the stick."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page

    @Slot()
    def read(self) -> None:
        """Ask for the stick of another desk."""
        self._ask(_("Choose the USB stick or folder of the other desk"))

    @Slot()
    def write(self) -> None:
        """Ask where signed bundles of everything are to be left for another desk."""
        self._ask(_("Choose the USB stick or folder for the signed bundle"))

    def _ask(self, title: str) -> None:
        name = QFileDialog.getExistingDirectory(self._page, title)
        if name:
            self.chosen.emit(f"{_FOLDER}{name}")


def both_the_same(url: str) -> str:
    """Return what a person is told when a stick was read and written."""
    return _("“{folder}” and this laptop hold the same now: take it to the next desk, or back.").format(
        folder=url.removeprefix(_FOLDER)
    )
