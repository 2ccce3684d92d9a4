"""A checked copy of the event's file, and the way back from one.

The copy is made with SQLite's online backup from one consistent state, while the desk goes on scanning; it is opened
again and verified before it gets its name. The badge keys are not in it: they lie in a file of their own.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from checkin.clock import Clock, SystemClock
from checkin.db import copies
from checkin.db.engine import Database, driver
from checkin.db.inspect import Contents, inspect_file, inspect_open, projection_differences, reading
from checkin.db.own_journal import succeed_own
from checkin.db.rebuild import rebuild
from checkin.domain.event_file import parse_event
from checkin.errors import (
    CancelledError,
    CheckinError,
    DatabaseBusyError,
    EventFileError,
    NewerDatabaseError,
    StorageError,
)
from checkin.i18n import _
from checkin.paths import BACKUPS, DATABASE, KEYS
from checkin.whole_file import explain, replacing, sync

log = logging.getLogger(__name__)

_PAGES = 4096
"""Pages that are copied between two looks at the cancel button: 16 MB."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was written and verified."""

    file: Path
    bytes: int
    people: int
    entries: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that was put back."""

    people: int
    entries: int
    aside: Path | None
    """Where the replaced file lies; None where there was none."""
    newer: int
    """Entries that the replaced file holds and the backup lacks; they are in `aside`."""
    keys: bool
    """Whether this data folder has badge keys."""


def back_up(
    database: Database,
    target: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> BackedUp:
    """Write a checked copy to `target`. Scanning goes on; the copy shows one moment.

    `progress(done, total)` counts pages. Raises StorageError (an older file at `target` is still there), CancelledError.
    """

    def step(_status: int, remaining: int, total: int) -> None:
        if cancelled is not None and cancelled():
            raise CancelledError(_("The backup was stopped. Nothing was written; an older file is still there."))
        if progress is not None:
            progress(total - remaining, total)

    try:
        _not_itself(database.path, target)
        with replacing(target) as part:
            source = _copy(database, part, step)
            copy = inspect_file(part, alone=True, projection=False)
            if copy != source:
                raise StorageError(_unfit(copy, target, _("The event itself is untouched; run “checkin doctor”.")))
            size = part.stat().st_size
    except OSError as error:
        raise StorageError(explain(error, target)) from error
    except driver().Error as error:
        raise StorageError(_no_copy(str(error), target)) from error
    if target.absolute().parent != database.path.absolute().parent / BACKUPS:
        copies.note_written(database, "backup", target, round(SystemClock().now().timestamp() * 1000))
    log.info("backed up %d entries, %d bytes", copy.entries, size)
    return BackedUp(target, size, copy.people, copy.entries)


def _copy(database: Database, part: Path, step: Callable[[int, int, int], None]) -> Contents:
    """Copy one consistent state page by page into a file without a log, and return what the source holds."""
    with reading(database.path) as source:
        source.execute("BEGIN")
        contents = inspect_open(source, projection=False)  # opens the snapshot that the copy is made of
        if contents.trouble or contents.breaks:
            raise StorageError(_damaged_source(contents))
        copy = driver().connect(str(part), isolation_level=None)
        try:
            source.backup(copy, pages=_PAGES, progress=step)
            copy.execute("PRAGMA journal_mode=DELETE").close()
        finally:
            copy.close()
    return contents


def restore(folder: Path, file: Path, clock: Clock) -> Restored:
    """Put the backup `file` back as the event of the data folder `folder`; what it replaces is kept in backups/.

    The restored desk begins a new journal, so that no number of the old one is used twice. Raises StorageError or
    CheckinError, each with nothing changed: a file that is missing, damaged, of another event or of a newer program, or
    an event that is open in another program.
    """
    found = inspect_file(file, alone=True, projection=False)
    _refuse_unfit(found, file)
    target = folder / DATABASE
    try:
        old = _settle(target) if target.exists() else Contents("missing")
        _refuse_other(found, old, folder)
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(target) as part:
            shutil.copyfile(file, part)
            copied = inspect_file(part, alone=True, projection=False)
            if copied != found:
                raise StorageError(_unfit(copied, file, _("The event that was here is untouched.")))
            _new_journal(part, clock, count_anew=not copied.given_up)
            aside = _set_aside(target, clock) if target.exists() else None
        target.with_suffix(".open").unlink(missing_ok=True)  # whatever crashed, it was not this file
    except OSError as error:
        raise StorageError(explain(error, target)) from error
    log.info("restored %d entries", found.entries)
    return Restored(found.people, found.entries, aside, _newer(old, found), (folder / KEYS).is_file())


def _settle(target: Path) -> Contents:
    """Fold the log of the event that is here into its file and look at it. Raises DatabaseBusyError where it is open."""
    raw = driver().connect(str(target), isolation_level=None, timeout=1)
    try:
        raw.execute("PRAGMA journal_mode=DELETE").close()  # refused while any other connection is open
        return inspect_open(raw, projection=False)
    except driver().Error as error:
        if "locked" in str(error) or "busy" in str(error):
            raise DatabaseBusyError(
                _("This event is open in another window. Nothing was changed; close it there and restore again.")
            ) from error
        return Contents("damaged", str(error))
    finally:
        raw.close()


def _refuse_unfit(found: Contents, file: Path) -> None:
    untouched = _("The event that was here is untouched.")
    if found.trouble == "newer":
        raise NewerDatabaseError(
            _("“{name}” was made by a newer version of the program. Nothing was changed; update the program first.").format(
                name=file.name
            )
        )  # fmt: skip
    if found.trouble or found.breaks:
        raise StorageError(_unfit(found, file, untouched))


def _refuse_other(found: Contents, old: Contents, folder: Path) -> None:
    """Refuse a backup of another event than the one in the folder, or than the one whose keys lie there."""
    if not old.definition:
        return
    try:
        here, there = parse_event(old.definition), parse_event(found.definition)
    except EventFileError as error:
        raise CheckinError(_("The event in the backup cannot be read: {detail}").format(detail=error)) from error
    if here.id != there.id:
        raise CheckinError(
            _(
                "This is a backup of “{there}”, and “{folder}” holds “{here}”. Nothing was changed; name another folder with"
                " --data."
            ).format(there=there.id, here=here.id, folder=folder)
        )


def _new_journal(part: Path, clock: Clock, *, count_anew: bool) -> None:
    """Close the journal of the desk that made the backup: entries after it may be on other desks already.

    Where the counts do not follow from the journals they are computed anew: the journals are what is true, as long as
    none of them is known to be damaged.
    """
    raw = driver().connect(str(part), isolation_level=None)
    try:
        raw.execute("PRAGMA synchronous=FULL").close()
        raw.execute("BEGIN IMMEDIATE")
        succeed_own(raw, clock)
        if count_anew and projection_differences(raw):
            rebuild(raw)
        raw.execute("COMMIT")
    finally:
        raw.close()


def _set_aside(target: Path, clock: Clock) -> Path:
    """Keep what is replaced, and a log that could not be folded in, under a name of its own."""
    folder = target.parent / BACKUPS
    folder.mkdir(exist_ok=True)
    stem = f"replaced-{clock.now():%Y%m%d-%H%M%S}"
    aside = folder / f"{stem}.sqlite"
    number = 1
    while aside.exists():
        number += 1
        aside = folder / f"{stem}-{number}.sqlite"
    try:
        os.link(target, aside)
    except OSError:  # a disk without links (FAT)
        shutil.copyfile(target, aside)
    for end in ("-wal", "-shm"):
        beside = target.with_name(target.name + end)
        if beside.exists():  # it must not meet the restored file
            beside.replace(aside.with_name(aside.name + end))
    sync(folder)
    return aside


def _newer(old: Contents, found: Contents) -> int:
    had = dict(found.heads)
    return sum(max(0, count - had.get(journal, 0)) for journal, count in old.heads)


def _not_itself(path: Path, target: Path) -> None:
    if target.resolve() == path.resolve():
        raise StorageError(_("This is the event’s own file. Nothing was written; name another file for the backup."))


def _unfit(found: Contents, file: Path, safe: str) -> str:
    if found.trouble == "missing":
        return _("There is no file “{name}”. {safe}").format(name=file, safe=safe)
    if found.trouble in {"no_database", "no_event"}:
        return _("“{name}” is no backup of an event. {safe} Choose another file.").format(name=file.name, safe=safe)
    if found.breaks:
        return _("In “{name}” a journal does not verify (entry {seq}). {safe} Choose an older backup.").format(
            name=file.name, seq=found.breaks[0].seq, safe=safe
        )
    return _("“{name}” is damaged. {safe} Choose an older backup.").format(name=file.name, safe=safe)


def _damaged_source(found: Contents) -> str:
    if found.breaks:
        return _(
            "A journal of this event does not verify (entry {seq}), so no backup was made of it. Older backups are untouched;"
            " scan on, and call your supervisor."
        ).format(seq=found.breaks[0].seq)
    return _(
        "The event’s file is damaged, so no backup was made of it. Older backups are untouched; put the last one back with"
        " “checkin restore FILE”."
    )


def _no_copy(detail: str, target: Path) -> str:
    if "full" in detail:
        return _("The disk is full: “{name}” was not written. Free some space or choose another disk.").format(
            name=target.name
        )
    if "unable to open" in detail or "readonly" in detail or "read-only" in detail:
        return _("The folder “{folder}” cannot be written to. Nothing was written; choose another one.").format(
            folder=target.parent
        )
    return _("The backup was not made ({detail}). The event is untouched; run “checkin doctor”.").format(detail=detail)
