"""What every step of the guide is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from checkin.ui.camera_thread import Camera
from checkin.ui.context import Opener
from checkin.ui.notices import Notices
from checkin.ui.tasks import TaskRunner
from checkin.ui.theme import Theme

if TYPE_CHECKING:
    from checkin.app import App


@dataclass(slots=True)
class Setup:
    """What the steps share. `app` is there from the first step's end on."""

    opener: Opener
    tasks: TaskRunner
    theme: Theme
    camera: Camera
    notices: Notices
    app: App | None = None
    people: int = 0
    """How many the roster brought; for the last page."""
    changes: dict[str, object] = field(default_factory=dict)
    """Fields of Settings that the steps chose; written at the end."""


class Step(QWidget):
    """One page of the guide."""

    done = Signal()
    """Go on to the next step."""
    back = Signal()

    def __init__(self, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setup = setup

    def title(self) -> str:
        """Return the step's name for the list at the left."""
        raise NotImplementedError

    def hint(self) -> str:
        """Return the few words under its name."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set every text again."""

    def entered(self) -> None:
        """The step came to the front."""

    def left(self) -> None:
        """Another step came to the front, or the guide was closed."""
