"""A desk in the evening: a real file, journals of other desks in it, and a hub that can be reached or not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import uuid6

from checkin.db.engine import Database
from checkin.db.event_store import save_definition
from checkin.db.facts import kept
from checkin.db.journal import OwnJournal, append, mark_undone, recompute
from checkin.desk.desk import Desk
from checkin.domain.event import Event
from checkin.domain.journal import Body, Kind
from checkin.domain.verdict import Post
from checkin.errors import HubUnreachableError
from checkin.evening.evening import Evening
from tests.small_event import EVENT, KEYRING, TOML, at, make_place, someone

PEOPLE = tuple(
    someone(number, category="vip" if number % 5 == 0 else "delegate", country="Thailand") for number in range(1, 31)
)


class SetClock:
    """A laptop's clock that somebody sets; the monotonic one goes on."""

    def __init__(self, now: datetime) -> None:
        self.time = now
        self.mono = 1_000_000

    def now(self) -> datetime:
        return self.time.astimezone(UTC)

    def monotonic_ms(self) -> int:
        self.mono += 1000
        return self.mono


@dataclass(frozen=True)
class Seen:
    """What a round came to."""

    verified: bool
    at_ms: int = 0


@dataclass
class Wire:
    """The hub's end of the cable: a round notes in the file what a hub would have confirmed."""

    database: Database
    now: Callable[[], datetime]
    down: bool = False
    lags: bool = False
    last: Seen | None = None
    asks: str = ""
    mute: set[str] = field(default_factory=set)
    """Desks that are heard and do not confirm: their programs do not know how, or had no round yet."""
    arrives: list[Callable[[], object]] = field(default_factory=list)
    """What the next round brings."""
    rounds: int = 0

    def round(self, url: str = "", *, progress: object = None, cancelled: object = None, leaving: str = "") -> Seen:
        if self.down:
            raise HubUnreachableError("The hub does not answer. Every scan is safe here.")
        self.rounds += 1
        for bring in self.arrives:
            bring()
        self.arrives.clear()
        with self.database.write_fast() as raw:
            raw.execute(
                "UPDATE journal SET heard_ms = ?, confirmed = (SELECT COUNT(*) FROM entry WHERE journal = journal.id)"
                " WHERE mine = 1",
                (round(self.now().timestamp() * 1000),),
            )
            if self.asks:
                raw.execute(
                    "UPDATE journal SET state = ? WHERE mine = 0 AND heard_ms >= ? AND desk NOT IN (SELECT value FROM"
                    " json_each(?))",
                    (
                        f"open; confirms {self.asks}",
                        round(self.now().timestamp() * 1000) - 600_000,
                        json.dumps([*self.mute]),
                    ),
                )
        self.last = Seen(not self.lags)
        return self.last


class OtherDesk:
    """A desk whose journal came here by sync."""

    def __init__(self, database: Database, name: str, number: int) -> None:
        self.database, self.name = database, name
        with database.write_fast() as raw:
            journal_id = f"{number:08x}-0000-4000-8000-000000000000"
            pk = raw.execute(
                "INSERT INTO journal (journal_id, desk, desk_number, mine) VALUES (?, ?, ?, 0)",
                (journal_id, name, number),
            ).lastrowid
        self.journal = OwnJournal(pk, journal_id, name, number)

    def admit(self, number: int, when: str = "09:00", checkpoint: str = "door-1", day: str = "2014-07-08") -> str:
        """Let a person of PEOPLE in there; the entry is here at once."""
        return self.admit_uid(PEOPLE[number - 1].id, when, checkpoint, day)

    def admit_uid(self, uid: str, when: str = "09:00", checkpoint: str = "door-1", day: str = "2014-07-08") -> str:
        """Let somebody on the list in there."""
        body = Body(
            Kind.CHECK_IN, str(uuid6.uuid7()), uid, checkpoint, "in", day,
            at_ms=round(at(when).timestamp() * 1000), operator="0123456789abcdef",
        )  # fmt: skip
        with self.database.write_fast() as raw:
            person = kept(raw, body.subject)
            append(raw, self.journal, body, person.pk)
            recompute(raw, person, day, checkpoint)
        return body.entry_id

    def undo(self, record: str, number: int) -> None:
        """Take an admission back there."""
        body = Body(Kind.UNDO, str(uuid6.uuid7()), PEOPLE[number - 1].id, at_ms=1, target=record)
        with self.database.write_fast() as raw:
            person = kept(raw, body.subject)
            append(raw, self.journal, body, person.pk)
            mark_undone(raw, body, Body(Kind.CHECK_IN, record))
            recompute(raw, person, "2014-07-08", "door-1")

    def state(self, change: str, when: str, *, after: str = "", text: str = "") -> str:
        """Close or reopen the day there."""
        body = Body(
            Kind.DAY_CLOSED, str(uuid6.uuid7()), day="2014-07-08", change=change, target=after,
            at_ms=round(at(when).timestamp() * 1000),
        )  # fmt: skip
        with self.database.write_fast() as raw:
            append(raw, self.journal, body, None, text)
        return body.entry_id

    def shut(self, day: str = "2014-07-08") -> None:
        """Its program was ended with everything sent."""
        with self.database.write_fast() as raw:
            raw.execute("UPDATE journal SET state = ? WHERE id = ?", (f"open; shut {day}", self.journal.pk))

    def heard(self, when: str, announced: int | None = None) -> None:
        """Have the hub have heard of it, with so many entries on its own laptop; "": at this moment."""
        then = at(when) if when else datetime.now(UTC)
        with self.database.write_fast() as raw:
            raw.execute(
                "UPDATE journal SET heard_ms = ?, announced = COALESCE(?, (SELECT COUNT(*) FROM entry WHERE journal = ?))"
                " WHERE id = ?",
                (round(then.timestamp() * 1000), announced, self.journal.pk, self.journal.pk),
            )


@dataclass
class EveningPlace:
    """One desk, Desk 1, at five o'clock."""

    folder: Path
    database: Database
    desk: Desk
    clock: SetClock
    wire: Wire
    evening: Evening
    token: Callable[[int], str]

    def other(self, name: str, number: int) -> OtherDesk:
        return OtherDesk(self.database, name, number)

    def scan(self, *numbers: int) -> None:
        for number in numbers:
            assert self.desk.admit(self.token(number)).record, number


def make_evening(folder: Path, event: Event = EVENT, *, now: str = "17:05") -> EveningPlace:
    """Make a data folder with thirty people on the list."""
    place = make_place(folder, PEOPLE)
    save_definition(place.database, TOML, 0)
    clock = SetClock(at(now))
    post = place.desk.post
    desk = Desk(
        place.database, event, KEYRING, clock, journal=place.journal, staff="Nok", post=Post(post.day, post.checkpoint)
    )
    wire = Wire(place.database, clock.now)
    evening = Evening(place.database, event, clock, desk, folder, wire)
    return EveningPlace(folder, place.database, desk, clock, wire, evening, place.token)
