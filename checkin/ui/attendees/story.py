"""What happened to one person, in plain sentences, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from checkin.db.origin import Origin
from checkin.desk.results import LogLine
from checkin.domain.event import Event
from checkin.domain.verdict import TONES, Post, Verdict
from checkin.i18n import _, day_text, time_text
from checkin.texts import isolate
from checkin.wording.histories import details, happened, is_undoable


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history."""

    at: datetime | None
    """Aware, in the event's time zone; None: before the program knew the time."""
    what: str
    detail: str
    tone: str
    """Colour of its mark: green, blue, amber, red or grey."""
    record: str = ""
    """Entry id where the line is an act that stands and may be undone."""


def tell(lines: Iterable[LogLine], origin: Origin, event: Event) -> list[Happening]:
    """Return the history with its beginning, where the row came from, at the end."""
    known = list(lines)
    told = [_happening(line, event) for line in known]
    registered = any(line.kind == "walk_in" for line in known)
    return told if registered and not origin.source else [*told, *_beginning(origin, event)]


def standing(lines: Iterable[LogLine], post: Post | None) -> LogLine | None:
    """Return the newest admission at this post that was not undone. `lines`: newest first."""
    if post is None:
        return None
    for line in lines:
        here = line.day == post.day.isoformat() and line.checkpoint == post.checkpoint.key
        if here and line.record and not line.undone and line.kind in {"checked_in", "checked_out"}:
            return line
    return None


def when_text(at: datetime | None, today: datetime) -> str:
    """Return "08:42:10", or the day for what did not happen on the day of `today`; both aware, in one zone."""
    if at is None:
        return "—"
    if at.date() == today.date():
        return time_text(at, seconds=True)
    return f"{day_text(at.date(), weekday=False, year=at.year != today.year)}\n{time_text(at)}"


def _happening(line: LogLine, event: Event) -> Happening:
    verdict = line.kind if line.kind in set(Verdict) else ""
    tone = TONES[Verdict(verdict)] if verdict else "grey"
    reason = line.reason and isolate(f"“{line.reason}”")
    return Happening(
        at=line.at,
        what=happened(line, event),
        detail=" · ".join(part for part in (details(line, event), _who(line), _how(line), reason) if part),
        tone="grey" if line.undone else tone,
        record=line.record if is_undoable(line) else "",
    )


def _who(line: LogLine) -> str:
    return " · ".join(isolate(name) for name in (line.desk, line.staff) if name)


def _how(line: LogLine) -> str:
    ways = {
        "camera": _("camera"),
        "scanner": _("hand scanner"),
        "typed": _("typed"),
        "picked": _("picked from the list"),
    }
    return ways.get(line.mode, "")


def _beginning(origin: Origin, event: Event) -> list[Happening]:
    at = event.local(origin.at) if origin.at else None
    if origin.walk_in:
        return [Happening(at, _("Registered at the desk"), "", "grey")]
    if not origin.source:
        return []
    row = _("{file}, row {row}").format(file=isolate(origin.source), row=origin.row) if origin.row else origin.source
    return [Happening(at, _("Came with the roster"), row, "grey")]
