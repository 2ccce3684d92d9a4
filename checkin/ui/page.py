"""What every page of the window is.

Adding a page is adding a file to `checkin/ui/pages` that defines a subclass of `Page` and names it: `PAGE = MyPage`.
Its place in the rail and its F key follow from `order`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from checkin.registry import walk
from checkin.ui import pages
from checkin.ui.context import Context

if TYPE_CHECKING:
    from checkin.desk.results import Admission


class Page(QWidget):
    """One page. It is made once an event is open, gets all it needs by its constructor and never reads a global.

    A page does no database, file or decoder work itself: that goes through `context.tasks`.
    """

    key: ClassVar[str]
    """Names the page for `context.signals.page_wanted` ("scan", "attendees" ...)."""
    order: ClassVar[int]
    """1..12: its place in the rail and its F key."""
    icon: ClassVar[str]
    """Name of its drawing in resources/icons, without ".svg"."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setObjectName(f"page_{self.key}")

    def title(self) -> str:
        """Return the page's name in the language of the moment, for the rail and for screen readers."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set every text again. Called once after construction and at each change of the language."""

    def shown(self) -> None:
        """The page came to the front: fill it afresh."""

    def hidden(self) -> None:
        """Another page came to the front."""

    def unfinished(self) -> str:
        """Return a sentence about what would be lost if the window were closed now; empty: nothing."""
        return ""

    def shows(self, admission: Admission) -> bool:  # noqa: ARG002
        """Say whether the page itself shows this verdict, so that the notice bar need not."""
        return False

    def asked(self, what: object) -> None:
        """Another page asked for this one with something to show, such as an Attendee. Called before `shown`."""


def page_types() -> list[type[Page]]:
    """Return the pages found in `checkin/ui/pages`, in the order of the rail."""
    found: list[type[Page]] = [module.PAGE for module in walk(pages)]
    return sorted(found, key=lambda page: page.order)
