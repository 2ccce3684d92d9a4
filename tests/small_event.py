"""A small event with every kind of checkpoint, and a desk at it, on a real SQLite file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from checkin.clock import PracticeClock
from checkin.db.engine import Database
from checkin.db.journal import OwnJournal
from checkin.db.migrate import migrate
from checkin.db.own_journal import open_own
from checkin.desk.desk import Desk
from checkin.domain.attendee import Attendee
from checkin.domain.badge import BadgeNumber, EventKey, Keyring, make_token
from checkin.domain.declare import declare
from checkin.domain.event import Direction
from checkin.domain.event_file import parse_event

TOML = """
[event]
id = "small-2014"
timezone = "Asia/Bangkok"
name = { en = "Small event", th = "งานเล็ก" }

[[day]]
date = 2014-07-08
[[day]]
date = 2014-07-09

[[category]]
key = "delegate"
name = { en = "Delegate", th = "ผู้แทน" }
[[category]]
key = "vip"
name = { en = "VIP", th = "แขกสำคัญ" }
attention = { en = "VIP: call protocol", th = "แขกสำคัญ: แจ้งพิธีการ" }
[[category]]
key = "press"
name = { en = "Press", th = "สื่อมวลชน" }

[[checkpoint]]
key = "door-1"
kind = "door"
day = 2014-07-08
start = 07:00:00
end = 18:00:00
name = { en = "Main entrance", th = "ประตูหลัก" }
[[checkpoint]]
key = "door-2"
kind = "door"
day = 2014-07-09
name = { en = "Main entrance", th = "ประตูหลัก" }
[[checkpoint]]
key = "opening"
kind = "session"
day = 2014-07-08
start = 09:00:00
end = 10:00:00
grace_minutes = 30
expected = ["delegate", "vip"]
name = { en = "Opening", th = "พิธีเปิด" }
[[checkpoint]]
key = "panel-1"
kind = "session"
day = 2014-07-08
start = 13:00:00
end = 15:00:00
grace_minutes = 15
exits = true
name = { en = "Panel 1", th = "เวที 1" }
[[checkpoint]]
key = "panel-2"
kind = "session"
day = 2014-07-08
start = 13:00:00
end = 15:00:00
expected = "listed"
name = { en = "Panel 2", th = "เวที 2" }
"""

EVENT = parse_event(TOML)
KEYRING = Keyring(EVENT.id, {1: EventKey(bytes(range(32)))}, 1)
MARIA = Attendee(
    "00000000-0000-4000-8000-000000000001",
    "Maria Santos",
    organisation="SSS",
    country="Philippines",
    category="delegate",
)
SOMYING = Attendee("00000000-0000-4000-8000-000000000002", "Somying Jaidee", "สมหญิง ใจดี", "SSO", "Thailand", "vip")


def at(text: str) -> datetime:
    """Return a Bangkok time: "09:14" on the first day, or "2014-07-09 09:14"."""
    full = text if " " in text else f"2014-07-08 {text}"
    return datetime.fromisoformat(full).replace(tzinfo=EVENT.timezone)


@dataclass
class Place:
    """A data folder with a desk in it."""

    database: Database
    desk: Desk
    journal: OwnJournal
    clock: PracticeClock

    def token(self, serial: int, issuer: int = 1, revision: int = 0) -> str:
        """Return the badge text of the person who was added as number `serial`."""
        return make_token(BadgeNumber(issuer, serial, revision), KEYRING)


def make_place(
    folder: Path,
    people: Sequence[Attendee] = (MARIA, SOMYING),
    *,
    now: str = "08:30",
    checkpoint: str = "door-1",
    direction: Direction = "in",
    desk: str = "Desk 1",
    number: int = 1,
    staff: str = "Nok",
) -> Place:
    """Make or reopen a data folder; `people` get the serials 1, 2, ... when it is new."""
    database = Database(folder / "checkin.sqlite")
    migrate(database)
    clock = PracticeClock(at(now))
    journal = open_own(database, clock, desk, number, log_lost=False).journal
    with database.write_fast() as raw:
        if not raw.execute("SELECT 1 FROM attendee").fetchone():
            for serial, person in enumerate(people, 1):
                add_person(raw, person, serial, number)
    post = declare(EVENT, clock.now(), checkpoint=checkpoint, direction=direction)
    return Place(
        database, Desk(database, EVENT, KEYRING, clock, journal=journal, staff=staff, post=post), journal, clock
    )


def add_person(raw: object, person: Attendee, serial: int, issuer: int = 1) -> None:
    """Insert one person with a badge, and the foreign code if there is one."""
    cursor = raw.execute(  # type: ignore[attr-defined]
        "INSERT INTO attendee (uid, name, name_local, organisation, country, category, status, status_reason, note, email,"
        " phone, badge_code, external_id, expected, walk_in, source, source_row, sort_key, updated_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, '', 0)",
        (
            person.id, person.name, person.name_local, person.organisation, person.country, person.category, person.status,
            person.status_reason, person.note, person.email, person.phone, person.badge_code, person.external_id,
            " ".join(person.expected), person.walk_in,
        ),
    )  # fmt: skip
    raw.execute(  # type: ignore[attr-defined]
        "INSERT INTO badge (issuer, serial, attendee, revision) VALUES (?, ?, ?, 0)", (issuer, serial, cursor.lastrowid)
    )
    if person.badge_code:
        raw.execute(  # type: ignore[attr-defined]
            "INSERT INTO code (text, attendee) VALUES (?, ?)", (person.badge_code, cursor.lastrowid)
        )


def someone(number: int, **changes: object) -> Attendee:
    """Return a delegate with this running number, changed as asked."""
    person = Attendee(f"00000000-0000-4000-8000-{number:012d}", f"Person {number}", category="delegate")
    return replace(person, **changes)  # type: ignore[arg-type]
