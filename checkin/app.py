"""The composition root: the one place that knows everybody and wires them by constructor."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from checkin import settings as settings_file
from checkin.clock import Clock, PracticeClock, SystemClock
from checkin.db import event_store, forgetting, remote
from checkin.db.engine import Database, damaged_sentence
from checkin.db.listing import Listing
from checkin.db.migrate import migrate
from checkin.db.own_journal import OpenMarker, Trouble, new_number, open_own
from checkin.db.search import Search, catch_up
from checkin.db.search.completion import Completion
from checkin.db.search.look_alikes import LookAlikes
from checkin.demo import practice_keyring
from checkin.demo.files import demo_files
from checkin.desk.desk import Desk
from checkin.desk.registrar import Registrar
from checkin.domain.badge import EventKey, Keyring, new_secret
from checkin.domain.declare import declare
from checkin.domain.event import Direction, Event
from checkin.domain.event_file import parse_event
from checkin.domain.verdict import Post
from checkin.errors import CheckinError, DeclarationError, EventFileError, NoEventError, StorageError
from checkin.evening.evening import Evening
from checkin.i18n import _
from checkin.paths import DATABASE, HUB, SETTINGS, machine_id, user_data
from checkin.roster.importer import Importer
from checkin.settings import Settings
from checkin.sync import key_file
from checkin.sync.cycle import Round, Syncer
from checkin.sync.editions import Publisher
from checkin.sync.key_file import Kept
from checkin.sync.keys import SyncKeys
from checkin.texts import tidy
from checkin.wording.copies import arrived

log = logging.getLogger(__name__)

PRACTICE_ISSUER = 1
"""Who issued the badges of the demo's list: the same in every demo folder, so that the recording fits them all."""
AT_WORK_S = 2.0
"""So long the end of a command waits for the hub to hear that this desk was at work again."""
_SYNCED = ("onedrive", "dropbox", "google drive", "icloud", "nextcloud")


@dataclass(frozen=True, slots=True)
class Declared:
    """What the user named when the program was started; empty: settings, clock and timetable decide."""

    desk: str = ""
    staff: str = ""
    now: datetime | None = None
    day: str = ""
    checkpoint: str = ""
    direction: Direction = "in"
    resume: bool = False
    """Take the post that was declared last, if it was on this same day: a window that is opened again."""


class App:
    """One open event, with everything that works on it."""

    def __init__(
        self,
        folder: Path,
        database: Database,
        event: Event,
        keyring: Keyring,
        marker: OpenMarker,
        declared: Declared,
        *,
        fresh: bool = False,
    ) -> None:
        """Wire the parts together. Use `open_app` or `create_app`."""
        self.folder = folder
        self.database = database
        self.event = event
        self.keyring = keyring
        self._marker = marker
        loaded = settings_file.load(folder)
        self.settings: Settings = _first_settings(folder, loaded.settings, tidy(declared.desk, settings_file.MAX_NAME))
        self.clock: Clock = _clock(event, declared.now, database)
        lost_settings = "" if fresh else loaded.notice
        self.notices: list[str] = [notice for notice in (lost_settings, _synced_folder(folder)) if notice]
        self.undeclared = ""
        """Why no day could be proposed; empty when there is a post."""
        post = self._post(declared)  # a wrong --day ends here, before anything is written
        name = tidy(declared.desk, settings_file.MAX_NAME) or self.settings.desk_name
        staff = tidy(declared.staff, settings_file.MAX_NAME) or self.settings.staff
        opened = open_own(
            database, self.clock, name, self.settings.desk_number, log_lost=marker.log_lost, machine=machine_id()
        )
        if opened.trouble:
            self.notices.append(_trouble(opened.trouble))
        self.desk = Desk(
            database, event, keyring, self.clock, journal=opened.journal, staff=staff, post=post,
        )  # fmt: skip
        self.registrar = Registrar(database, event, keyring, self.desk)
        self.search = Search(database)
        self.look_alikes = LookAlikes(database, self.search)
        self.completion = Completion(database)
        self.listing = Listing(database, self.search)
        self.roster_issuer = PRACTICE_ISSUER if event.practice else opened.journal.desk_number
        """Who issues the badges of people that a roster brings."""
        self.importer = Importer(database, event, issuer=self.roster_issuer, clock=self.clock)
        self._kept: Kept = key_file.load_or_make(folder, event.id, name, practice=event.practice)
        publisher = Publisher(database, folder, self.sync_keys, event_store.load_definition(database) or "", keyring)
        self.syncer = Syncer(
            database,
            self.sync_keys,
            self.desk.scribe,
            publisher,
            default_url=lambda: self.hub_url,
            built_in=f"folder:{folder / HUB}",
            practice=event.practice,
            erasure_notices=lambda: arrived(database, event),
        )
        self.evening = Evening(database, event, self.clock, self.desk, folder, self.syncer)

    @property
    def sync_keys(self) -> SyncKeys:
        """Return the keys under which this desk sends and receives."""
        return self._kept.keys

    @property
    def hub_url(self) -> str:
        """Return where this desk syncs: the hub it was enrolled at or given, else the folder that comes with every event."""
        return self._kept.hub or f"folder:{self.folder / HUB}"

    def set_hub(self, url: str) -> None:
        """Let this desk sync there from now on; empty: with the event's own folder. Raises StorageError."""
        self._kept = replace(self._kept, hub=url)
        key_file.save(self.folder, self._kept)

    def sync(self, url: str = "", *, leaving: str = "") -> Round:
        """Do one round. The first hub that is named and answers is this desk's from then on. Raises HubError.

        `leaving`: the program ends with it, and the day that it worked on.
        """
        done = self.syncer.round(url, leaving=leaving)
        if url and not self._kept.hub:
            self.set_hub(url)
        return done

    def leave(self, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Do the last round before the program ends: nobody who closes the day has to wait for this desk then.

        Raises HubError, CancelledError, StorageError: it is not said then, and everything is safe here.
        """
        self.syncer.round(leaving=self.working_day, cancelled=cancelled)

    @property
    def working_day(self) -> str:
        """Return the day that this desk works on, ISO; by the clock where none was declared."""
        day = self.desk.post.day if self.desk.declared else self.event.local(self.clock.now()).date()
        return day.isoformat()

    def at_work(self, wait_s: float = 0.0) -> None:
        """Where a card says that this desk is shut though somebody was scanned since, take it back: a supervisor who closes
        the day has to wait for those scans. A hub that does not answer keeps nobody waiting for longer than `wait_s`."""

        def say_so() -> None:
            with suppress(CheckinError):
                self.syncer.come_back()

        with suppress(CheckinError):
            if self.syncer.wrote_since_shut():
                thread = threading.Thread(target=say_so, name="at work", daemon=True)
                thread.start()
                thread.join(wait_s)

    def _post(self, declared: Declared) -> Post | None:
        """Return what the user named, else what the clock proposes. A name that is wrong is an error, a wrong clock is not."""
        now, last = self.clock.now(), self.settings
        if declared.resume and self._still_holds(self.event.local(now).date().isoformat()):
            with suppress(DeclarationError):
                return declare(self.event, now, last.post_day, last.post_checkpoint, last.post_direction)
        if declared.day or declared.checkpoint:
            return declare(self.event, now, declared.day, declared.checkpoint, declared.direction)
        try:
            return declare(self.event, now, direction=declared.direction)
        except DeclarationError as error:
            self.undeclared = str(error)
            return None

    def _still_holds(self, today: str) -> bool:
        """Say whether the post that was declared last is the one to open with: it was of this day, staff said so on this
        day, or the clock has gone back among the days of the event, which it does by itself but the event does not."""
        last = self.settings.post_day
        days = {day.date.isoformat() for day in self.event.days}
        return last == today or (today in days and (self.settings.day_asked == today or last > today))

    def warm(self) -> None:
        """Do what need not be done before the first scan: index what an interrupted import left, read the word lists."""
        self.catch_up()
        self.search.warm()
        self.look_alikes.warm()
        self.completion.warm()

    def catch_up(self) -> None:
        """Finish what an import or an erasure that was cut short left, and read entries that an older program could not
        understand."""
        catch_up(self.database)
        forgetting.finish(self.database)
        with self.database.write() as connection:
            remote.reread(connection)

    def save_settings(self, settings: Settings) -> None:
        """Keep changed settings. Raises StorageError; the old ones then still hold."""
        settings_file.save(self.folder, settings)
        self.settings = settings

    def close(self) -> None:
        """Close the database and note that it ended in order."""
        self.at_work(AT_WORK_S)
        self.syncer.close()
        self.database.close()
        self._marker.clear()


def open_app(folder: Path, declared: Declared = Declared()) -> App:
    """Open the event of a data folder. Raises NoEventError where there is none."""
    if not (folder / DATABASE).is_file():
        raise NoEventError(
            _(
                "There is no event in “{folder}” yet. Open the demo with “checkin demo”, make an event with"
                " “checkin event create FILE.toml”, or join one with the file of an enrolment: “checkin join FILE”."
            ).format(folder=folder)
        )
    database, marker = _open_database(folder)
    try:
        definition = event_store.load_definition(database)
        if definition is None:
            raise NoEventError(
                _("The event’s file in “{folder}” holds no event: it was never finished, or it was emptied. Put the last"
                  " backup back with “checkin restore FILE”; if there is none, create the event again.").format(folder=folder)
            )  # fmt: skip
        event = _kept_event(definition)
        return App(folder, database, event, event_store.load_keyring(folder), marker, declared)
    except BaseException:
        _give_up(database, marker)
        raise


def _kept_event(definition: str) -> Event:
    """Read the event out of its own database. It was read once before it was kept: what is wrong now is damage."""
    try:
        return parse_event(definition)
    except EventFileError as error:
        raise StorageError(damaged_sentence()) from error


def create_app(folder: Path, definition: str, declared: Declared = Declared()) -> App:
    """Make a new event in a data folder and open it. Raises EventFileError, CheckinError where one is there already."""
    event = parse_event(definition)
    _practice_only(event, declared.now)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            _("The data folder “{folder}” cannot be made. Nothing was saved; choose another with --data.").format(
                folder=folder
            )
        ) from error
    database, marker = _open_database(folder)
    try:
        if event_store.load_definition(database) is not None:
            raise CheckinError(
                _("“{folder}” holds an event already. Nothing was changed; choose another folder with --data.").format(
                    folder=folder
                )
            )
        keyring = practice_keyring(event.id) if event.practice else Keyring(event.id, {1: EventKey(new_secret())}, 1)
        event_store.save_keyring(folder, keyring)
        event_store.save_definition(database, definition, round(SystemClock().now().timestamp() * 1000))
        database.checkpoint()
        return App(folder, database, event, keyring, marker, declared, fresh=True)
    except BaseException:
        _give_up(database, marker)
        raise


def open_demo(folder: Path, declared: Declared = Declared()) -> App:
    """Open the ready-made practice event in `folder`; at its first use make it and import its roster."""
    files = demo_files()
    if (folder / DATABASE).is_file():
        app = open_app(folder, declared)
        if not app.event.practice:
            app.close()
            raise CheckinError(
                _("“{folder}” holds a real event. The demo needs a folder of its own; choose one with --data.").format(
                    folder=folder
                )
            )
        return app
    app = create_app(folder, files.event.read_text("utf-8"), declared)
    try:
        app.importer.import_file(files.roster, source="demo")
    except BaseException:
        app.close()
        raise
    app.desk.roster_changed()
    return app


def demo_folder() -> Path:
    """Return where the demo lives when no `--data` names another place."""
    return user_data() / "demo"


def _open_database(folder: Path) -> tuple[Database, OpenMarker]:
    path = folder / DATABASE
    marker = OpenMarker(path)
    database = Database(path)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    marker.set()
    return database, marker


def _give_up(database: Database, marker: OpenMarker) -> None:
    """Close what was opened for nothing. A lost log stays noted: the next opening must begin its new journal."""
    database.close()
    if not marker.log_lost:
        marker.clear()


def _first_settings(folder: Path, settings: Settings, name: str) -> Settings:
    """Give a fresh data folder its desk's name, and a random desk number, so that two laptops that were never joined do
    not issue the same badge number."""
    if (folder / SETTINGS).exists():
        return settings
    number = new_number()
    first = replace(settings, desk_number=number, desk=settings.desk or name or _("Desk {number}").format(number=1))
    settings_file.save(folder, first)
    return first


def _practice_only(event: Event, now: datetime | None) -> None:
    """Refuse a clock of the user's own for a real event, before anything is written."""
    if now is not None and not event.practice:
        raise CheckinError(_("--now is for practice data only: a real event takes the time from this laptop’s clock."))


def _clock(event: Event, now: datetime | None, database: Database) -> Clock:
    _practice_only(event, now)
    if now is not None:
        return PracticeClock(now if now.tzinfo else now.replace(tzinfo=event.timezone))
    if event.practice and event.practice_start:
        return PracticeClock(event_store.resume_practice(database, event.practice_start))
    return SystemClock()


def _synced_folder(folder: Path) -> str:
    parts = [part.lower() for part in folder.absolute().parts]
    if not any(name in part for part in parts for name in _SYNCED):
        return ""
    return _(
        "This event lies in a folder that another program synchronises. That can damage it: move it to a folder on this"
        " laptop only."
    )


def _trouble(trouble: Trouble) -> str:
    if trouble == "moved":
        return _(
            "This event was copied from another laptop. Everything in it is safe; this desk now writes a journal of its own, so"
            " that both can go on. Give this desk another name."
        )
    if trouble == "lost":
        return _(
            "The last scans before the crash may be missing: a file of the database was deleted. Everything that is left is"
            " safe; compare the last names on paper, and scan on."
        )
    return _(
        "The end of this desk’s journal is damaged on disk. It is kept as it is for the supervisor, and this desk goes on"
        " with a new journal; compare the last names on paper."
    )
