"""Copies that still name somebody who was erased, in words: what a person is to delete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from checkin.db.copies import Copy, news
from checkin.db.engine import Database
from checkin.db.forgetting import copies
from checkin.domain.event import Event
from checkin.i18n import _, day_text, mark, ngettext, time_text
from checkin.texts import isolate

_WHAT: Final = {
    "backup": mark("Backup {file}, {when}"),
    "own_backup": mark("Backup {file}, which could not be cleaned"),
    "list": mark("List {file}, {when}"),
    "badges": mark("Badges {file}, {when}"),
    "bundle": mark("Bundle {file}, {when}"),
}
_NAMED: Final = 5
"""So many copies are named in a notice."""


def copy_text(copy: Copy, event: Event) -> str:
    """Return one line: what it is, where, when, and who wrote it at which desk, as far as that is known."""
    at = event.local(datetime.fromtimestamp(copy.at_ms / 1000, UTC))
    said = _(_WHAT[copy.what]).format(file=isolate(copy.file), when=f"{day_text(at.date())} {time_text(at)}")
    return ", ".join([said, *(isolate(one) for one in (copy.staff, copy.desk) if one)])


def arrived(database: Database, event: Event) -> list[str]:
    """Return what a person is to be told of erasures by other desks that came since this was last asked; mostly nothing."""
    count = news(database)
    if not count:
        return []
    text = ngettext(
        "Another desk erased {n} person. This desk has forgotten the name too, in its file and its own backups.",
        "Another desk erased {n} people. This desk has forgotten the names too, in its file and its own backups.",
        count,
    ).format(n=count)
    return [" ".join([text, *to_delete(copies(database), event)])]


def copy_lines(found: Sequence[Copy], event: Event) -> list[str]:
    """Return a heading and a line for each copy, the newest first; nothing where there is none."""
    if not found:
        return []
    heading = _("These copies may still hold names that were erased; only a person can delete them:")
    return [heading, *(f"• {copy_text(one, event)}" for one in reversed(found))]


def to_delete(found: Sequence[Copy], event: Event) -> list[str]:
    """Return one sentence that names the copies that only a person can delete; nothing where there is none."""
    if not found:
        return []
    named = "; ".join(copy_text(one, event) for one in found[-_NAMED:])
    if len(found) > _NAMED:
        named += "; " + _("{n} more").format(n=len(found) - _NAMED)
    return [_("These copies may still hold it; only a person can delete them: {copies}.").format(copies=named)]
