"""Open the desk window. Nothing heavy is imported here: the window is painted first, and opens the event on a thread."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from checkin import settings as settings_file
from checkin.cli._common import Options
from checkin.i18n import Language
from checkin.paths import DATABASE, user_data

if TYPE_CHECKING:
    from checkin.app import App, Declared


class Opener:
    """Gives the window its event, when it asks for one."""

    def __init__(self, options: Options, folder: Path) -> None:
        """Remember what the user named when the program was started."""
        self._options = options
        self._folder = folder

    def _declared(self) -> Declared:
        return replace(self._options.declared(), resume=True)

    @property
    def data(self) -> Path:
        """The data folder that `open` and `create` use."""
        return self._folder

    def open(self) -> App:
        """Open the event of the data folder. Raises NoEventError where there is none yet."""
        from checkin.app import open_app

        app = open_app(self._folder, self._declared())
        settings_file.remember_folder(self._folder)
        return app

    def create(self, event_toml: str) -> App:
        """Make a new event out of the text of its TOML file and open it. Raises EventFileError."""
        from checkin.app import create_app

        folder = self._folder if not (self._folder / DATABASE).exists() else _unused(self._folder)
        app = create_app(folder, event_toml, self._declared())
        self._folder = folder
        settings_file.remember_folder(folder)
        return app

    def demo(self) -> App:
        """Open the ready-made practice event in a folder of its own, made at its first use."""
        from checkin.app import open_demo

        return open_demo(user_data() / "demo", self._declared())

    def join(self, enrolment: str, pin: str, hub: str = "") -> App:
        """Make this laptop a desk of an event that is set up already, and open it."""
        from checkin.app import open_app
        from checkin.sync.enrolment import from_text
        from checkin.sync.joining import join

        made = from_text(enrolment, pin)
        folder = self._folder if not (self._folder / DATABASE).exists() else _unused(self._folder)
        join(folder, made, hub)
        app = open_app(folder, self._declared())
        self._folder = folder
        settings_file.remember_folder(folder)
        return app


class _DemoOpener(Opener):
    """Opens the demonstration where another would open a real event."""

    def open(self) -> App:
        """Open the demonstration, made at its first use."""
        from checkin.app import open_demo

        return open_demo(self.data, self._declared())


def open_window(options: Options) -> int:
    """Open the window on the folder that was named, else on the last event. Returns the exit code."""
    return _run(Opener(options, options.folder()), options.language, options.camera)


def open_demo_window(options: Options) -> int:
    """Open the window on the demonstration, its recording as the camera unless another was named. Returns the exit code."""
    from checkin.demo.files import demo_files

    source = options.camera or str(demo_files().recording)
    return _run(_DemoOpener(options, options.data or user_data() / "demo"), options.language, source)


def _run(opener: Opener, language: Language | None, source: str) -> int:
    from checkin.log import set_up
    from checkin.ui.start import run_window

    set_up(opener.data)
    settings = settings_file.load(opener.data).settings
    if language:
        settings = replace(settings, language=language)
    return run_window(opener, settings, source=source)


def _unused(folder: Path) -> Path:
    """Return a folder beside `folder` that holds no event yet."""
    number = 2
    while (folder.with_name(f"{folder.name}-{number}") / DATABASE).exists():
        number += 1
    return folder.with_name(f"{folder.name}-{number}")
