"""The event of a data folder: the folder, its disk, the database, the journals, the keys, the clock."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from checkin.clock import SystemClock
from checkin.db.event_store import load_keyring
from checkin.db.inspect import Contents, inspect_file
from checkin.doctor.check import Check
from checkin.doctor.machine import memory_bytes
from checkin.domain.event import Event
from checkin.domain.event_file import parse_event
from checkin.errors import CheckinError, EventFileError
from checkin.i18n import _, day_text, language, ngettext
from checkin.paths import DATABASE

_GB: Final = 1_000_000_000
SMALL_MEMORY: Final = 4.4 * _GB
"""A laptop that is sold with 4 GB says a little less or more."""
LARGE_ROSTER: Final = 500_000
ENOUGH_DISK: Final = 1 * _GB
_BUILT: Final = 2025
"""No clock that is right shows an earlier year."""


def checks(folder: Path) -> Iterator[Check]:
    """Yield the findings of the data folder, whether there is an event in it or not."""
    yield _writable(folder)
    yield disk(shutil.disk_usage(_existing(folder)).free)
    contents = inspect_file(folder / DATABASE)
    yield memory(memory_bytes(), contents.people)
    if contents.trouble == "missing":
        cure = _("Open the demo with “checkin demo”, or make an event with “checkin event create FILE.toml”.")
        yield Check("event", _("Event"), True, _("none in “{folder}”").format(folder=folder), cure)
        return
    yield _database(contents)
    if contents.trouble:
        return
    yield _journals(contents)
    yield _counts(contents)
    try:
        event = parse_event(contents.definition)
    except EventFileError as error:
        yield Check("event", _("Event"), False, str(error), _("Put the last backup back with “checkin restore FILE”."))
        return
    yield Check("event", _("Event"), True, f"{event.name.get(language())} ({event.id})")
    yield _keys(folder, event)
    yield clock(event, SystemClock().now())


def disk(free: int) -> Check:
    """Judge the free space of the data folder's disk, in bytes."""
    cure = "" if free >= ENOUGH_DISK else _("Free at least 1 GB: when the disk is full no scan can be saved.")
    return Check("disk", _("Free disk space"), free >= ENOUGH_DISK, f"{free / _GB:.1f} GB", cure)


def memory(total: int, people: int) -> Check:
    """Judge this computer's memory, in bytes, for a list of so many people."""
    small = 0 < total <= SMALL_MEMORY and people >= LARGE_ROSTER
    found = f"{total / _GB:.1f} GB" if total else _("not known")
    cure = _(
        "{people} people are much for this memory: close other programs, or use a laptop with 8 GB. Scanning works."
    ).format(people=people)
    return Check("memory", _("Memory"), not small, found, cure if small else "")


def clock(event: Event, now: datetime) -> Check:
    """Judge the laptop's clock against the days of the event."""
    title = _("Clock")
    today = event.local(now).date()
    found = f"{event.local(now):%Y-%m-%d %H:%M} ({event.timezone.key})"
    days = [day.date for day in event.days]
    if event.practice:
        return Check("clock", title, True, _("{now}; practice data has a clock of its own").format(now=found))
    if today in days or (today.year >= _BUILT and today < days[0]):
        return Check("clock", title, True, found)
    listed = ", ".join(day_text(day) for day in days)
    cure = _("The event is on {days}. Set the laptop’s clock; until then choose the day at the start.").format(
        days=listed
    )
    return Check("clock", title, False, found, cure)


def _writable(folder: Path) -> Check:
    title = _("Data folder")
    place = _existing(folder)
    if os.access(place, os.W_OK | os.X_OK):
        return Check("data_folder", title, True, str(folder))
    cure = _("Give yourself the right to write there, or choose another folder with --data.")
    return Check("data_folder", title, False, _("“{folder}” cannot be written to").format(folder=folder), cure)


def _existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that exists."""
    return next(place for place in (folder.absolute(), *folder.absolute().parents) if place.is_dir())


def _database(contents: Contents) -> Check:
    title = _("Database")
    if not contents.trouble:
        found = _("whole: {people} people, {entries} journal entries").format(
            people=contents.people, entries=contents.entries
        )
        return Check("database", title, True, found)
    if contents.trouble == "newer":
        cure = _("Update the program on this laptop. Nothing was changed.")
        return Check("database", title, False, _("made by a newer version of the program"), cure)
    if contents.trouble == "no_event":
        return Check("database", title, False, _("never finished"), _("Create the event again, or restore a backup."))
    if "disk i/o" in contents.detail.lower():
        cure = _(
            "Free some space and check that the disk is plugged in, then look again. This does not say that it is lost."
        )
        return Check(
            "database", title, False, _("the disk cannot be read: {detail}").format(detail=contents.detail), cure
        )
    cure = _("Do not scan with it. Put the last backup back with “checkin restore FILE”; the damaged file is kept.")
    return Check("database", title, False, _("damaged: {detail}").format(detail=contents.detail), cure)


def _journals(contents: Contents) -> Check:
    title = _("Journals")
    whole = ngettext("{n} journal verifies", "{n} journals verify", len(contents.heads)).format(n=len(contents.heads))
    if contents.breaks:
        place = contents.breaks[0]
        found = _("journal {journal} does not verify from entry {seq} on").format(
            journal=place.journal_id[:8], seq=place.seq
        )
        cure = _("Keep this folder as it is and show it to your supervisor; go on with the last backup.")
        return Check("journals", title, False, found, cure)
    if contents.given_up:
        found = _("an old journal is damaged and was closed; this desk goes on with a new one")
        return Check("journals", title, True, found)
    return Check("journals", title, True, whole)


def _counts(contents: Contents) -> Check:
    title = _("Counts")
    if not contents.differences:
        return Check("counts", title, True, _("they follow from the journals"))
    found = ngettext(
        "{n} place differs from the journals", "{n} places differ from the journals", contents.differences
    ).format(n=contents.differences)
    cure = _("The journals are right. Make a backup and restore it: restoring counts anew.")
    return Check("counts", title, False, found, cure)


def _keys(folder: Path, event: Event) -> Check:
    title = _("Badge keys")
    try:
        keyring = load_keyring(folder)
    except CheckinError as error:
        return Check("keys", title, False, _("none that can be read"), str(error))
    if keyring.event_id != event.id:
        cure = _("Copy event-keys.json from another desk of this event.")
        return Check("keys", title, False, _("they belong to another event"), cure)
    return Check("keys", title, True, ngettext("{n} key", "{n} keys", len(keyring.keys)).format(n=len(keyring.keys)))
