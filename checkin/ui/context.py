"""What a page is handed when it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from checkin.app import App
    from checkin.ui.camera_thread import Camera
    from checkin.ui.desk_calls import DeskCalls
    from checkin.ui.notices import Notices
    from checkin.ui.printing.badge_printer import BadgePrinter
    from checkin.ui.sync_thread import SyncThread
    from checkin.ui.tasks import TaskRunner
    from checkin.ui.theme import Theme


class Signals(QObject):
    """What happened, for whoever wants to know. Emitted on the GUI thread only; connect bound methods."""

    admitted = Signal(object)
    """checkin.desk.results.Admission: a badge was judged, whatever the verdict."""
    undone = Signal(object)
    """checkin.desk.results.Undone."""
    registered = Signal(object)
    """checkin.desk.results.Registered: a walk-in is on the list; `admitted` follows at once with its admission."""
    changed = Signal(object)
    """checkin.desk.results.Changed: somebody was corrected, cancelled, put together with a double, or got a code."""
    roster_changed = Signal()
    """People were added or changed (an import ended)."""
    synced = Signal(object)
    """checkin.sync.cycle.Round: this desk and its hub were brought in step; `roster_changed` follows where something came."""
    post_changed = Signal()
    """Day, checkpoint, direction or staff changed; read `app.desk`."""
    day_closed = Signal()
    """A day was closed, corrected or reopened, here or at another desk."""
    settings_changed = Signal()
    """`app.settings` was changed and saved."""
    language_changed = Signal()
    """Emitted after every page's `retranslate`."""
    theme_changed = Signal()
    """Colours changed: painters read `context.theme.colours` again."""
    checkpoint_wanted = Signal()
    """Open the menu of checkpoints in the top bar."""
    page_wanted = Signal(str, object)
    """Bring the page with this key to the front and hand it this (None, an Attendee ...): see Page.asked."""


class Opener(Protocol):
    """What the window asks of the composition root. Each call works on files: run it through `tasks`."""

    @property
    def data(self) -> Path:
        """The data folder that `open` and `create` use."""

    def open(self) -> App:
        """Open the event of the data folder. Raises NoEventError where there is none yet."""

    def create(self, event_toml: str) -> App:
        """Make a new event out of the text of its TOML file and open it. Raises EventFileError."""

    def demo(self) -> App:
        """Open the ready-made practice event in a folder of its own, made at its first use."""

    def join(self, enrolment: str, pin: str, hub: str = "") -> App:
        """Make this laptop a desk of an event that is set up already, and open it; a round then brings its people.

        `hub`: where this laptop finds the hub, if not where the enrolment says. Raises EnrolmentError, HubError.
        """


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a page may use. `app` is the open event: event, clock, settings, desk, search, listing, keyring."""

    app: App
    tasks: TaskRunner
    notices: Notices
    signals: Signals
    theme: Theme
    camera: Camera
    calls: DeskCalls
    """Admit, let in anyway, register, correct, undo: answers come as `signals.admitted`, `registered`, `changed`, `undone`."""
    save_settings: Callable[..., None]
    """save_settings(theme="dark", scale=125): change fields of Settings, save them off the GUI thread, apply language,
    theme, mute and camera at once, emit settings_changed."""
    printer: BadgePrinter
    """Print, print again, save as PDF: what became of it comes as `printer.changed`."""
    sync: SyncThread
    """Sync now, and what became of the last round; `signals.synced` tells of every round that ended well."""
