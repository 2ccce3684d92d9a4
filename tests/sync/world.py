"""Several desks and one hub, everything that can befall them, and what must hold afterwards (design: SYNC.md).

Desks are real: a data folder with a SQLite file, a desk, a registrar and a syncer each. The hub is whatever a `Place`
opens; between it and the desks stands `Line`, which loses answers and cuts calls.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from checkin.clock import PracticeClock
from checkin.db import journals, state
from checkin.db.engine import Database
from checkin.db.inspect import projection_differences, verify_journals
from checkin.db.listed import LISTED, listed, take_listed
from checkin.db.migrate import migrate
from checkin.db.own_journal import open_own, succeed_own
from checkin.desk.desk import Desk
from checkin.desk.registrar import Registrar
from checkin.desk.results import WalkIn
from checkin.domain.badge import BadgeNumber, holder_uid, make_token
from checkin.domain.declare import declare
from checkin.domain.journal import Body, Entry, Fold, Kind, find_doubles, fold, one_person
from checkin.errors import BundleError, CheckinError, HubError, HubUnreachableError
from checkin.sync.cycle import Round, Syncer
from checkin.sync.editions import Publisher
from checkin.sync.exchange import record
from checkin.sync.hub import Hub
from checkin.sync.keys import SyncKeys, authority_keys
from checkin.sync.records import Head, fingerprint
from checkin.sync.stick import take_bundle, write_bundles
from tests.small_event import EVENT, KEYRING, TOML, add_person, at, someone
from tests.sync.closings import Told, close_day, leave

PEOPLE = 12
SECRETS = authority_keys(EVENT.id, "Organiser", b"s" * 32, b"a" * 32, b"d" * 32)


class HubPlace(Protocol):
    """Where a hub lives, so that it can be copied and put back."""

    def open(self, keys: SyncKeys) -> Hub:
        """Return a connection of one desk."""

    def snapshot(self) -> Any:
        """Return a copy of everything that the hub has."""

    def restore(self, copy: Any) -> None:
        """Put a copy back, as after a crash of the hub: its epoch is another one then."""


@dataclass
class Line:
    """The way from a desk to the hub: `faults` are used up one after the other, by the name of the call."""

    hub: Hub
    faults: list[tuple[str, str]] = field(default_factory=list)
    """(call, "before", "after" or "altered"): the call fails before it reached the hub, its answer is lost, or what was
    pulled is not what the hub has."""

    def __getattr__(self, name: str) -> Any:
        target = getattr(self.hub, name)
        if not callable(target):
            return target

        def call(*values: Any, **named: Any) -> Any:
            fault = self.faults[0] if self.faults and self.faults[0][0] == name else None
            if fault:
                self.faults.pop(0)
            if fault and fault[1] == "before":
                raise HubUnreachableError("cut")
            answer = target(*values, **named)
            if fault and fault[1] == "altered":
                return [replace(one, body=one.body.replace(b"a", b"b")) for one in answer]
            if fault:
                raise HubUnreachableError("the answer was lost")
            return answer

        return call


class DeskSyncer(Syncer):
    """A syncer whose hub is reached over a line that a test can cut."""

    line: Line

    def _opened(self, url: str) -> Hub:
        return self.line  # type: ignore[return-value]

    def _let_go(self) -> None:
        return


class OneDesk:
    """One laptop at work."""

    def __init__(self, folder: Path, name: str, keys: SyncKeys, hub: Hub, number: int) -> None:
        self.folder, self.name, self.keys, self.hub, self.number = folder, name, keys, hub, number
        self.clock = PracticeClock(at("08:30"))
        self.faults: list[tuple[str, str]] = []
        self.open()

    def open(self) -> None:
        """Start the program on this folder."""
        self.database = Database(self.folder / "checkin.sqlite")
        migrate(self.database)
        journal = open_own(self.database, self.clock, self.name, self.number, log_lost=False).journal
        post = declare(EVENT, self.clock.now(), checkpoint="door-1", direction="in")
        self.desk = Desk(
            self.database, EVENT, KEYRING, self.clock, journal=journal, staff=f"Staff of {self.name}", post=post
        )
        self.registrar = Registrar(self.database, EVENT, KEYRING, self.desk)
        publisher = Publisher(self.database, self.folder, self.keys, TOML, KEYRING)
        self.syncer = DeskSyncer(
            self.database, self.keys, self.desk.scribe, publisher, default_url=lambda: "test:", practice=True
        )
        self.syncer.line = Line(self.hub, self.faults)

    def close(self) -> None:
        """End the program."""
        self.database.close()

    def shift_clock(self, seconds: int) -> None:
        """Set the laptop's clock."""
        self.clock = replace(self.clock, start=self.clock.start + timedelta(seconds=seconds))
        self.desk._clock = self.clock
        self.desk.scribe.clock = self.clock

    def entries(self) -> list[Entry]:
        """Return every entry of every journal here, as the reference fold takes them."""
        with self.database.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT j.journal_id, e.seq, e.body, e.hash FROM entry e JOIN journal j ON j.id = e.journal"
                " ORDER BY j.journal_id, e.seq"
            ).all()
        found = []
        for journal_id, seq, data, digest in rows:
            with suppress(ValueError):
                found.append(Entry(journal_id, seq, Body.from_bytes(data), data, bytes(digest)))
        return found

    def heads(self) -> dict[str, Head]:
        """Return how far every journal goes here."""
        with self.database.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT j.journal_id, e.seq, e.hash FROM entry e JOIN journal j ON j.id = e.journal"
                " WHERE e.seq = (SELECT max(seq) FROM entry WHERE journal = j.id)"
            ).all()
        return {journal_id: Head(seq, bytes(digest)) for journal_id, seq, digest in rows}

    def present(self) -> set[tuple[str, str, str]]:
        """Return (person, day, checkpoint) of everybody who counts by the projection."""
        with self.database.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT a.uid, p.day, p.checkpoint FROM presence p JOIN attendee a ON a.id = p.attendee"
            ).all()
        return {tuple(row) for row in rows}  # type: ignore[misc]

    def firsts(self) -> dict[tuple[str, str, str], tuple[str, str]]:
        """Return (record, journal) of the first admission of everybody who counts."""
        with self.database.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT a.uid, p.day, p.checkpoint, hex(p.first_entry), j.journal_id FROM presence p"
                " JOIN attendee a ON a.id = p.attendee JOIN journal j ON j.id = p.first_journal"
            ).all()
        return {(row[0], row[1], row[2]): (row[3].lower(), row[4]) for row in rows}

    def owners(self) -> dict[str, str]:
        """Return the ids that were made from a badge of somebody with another id."""
        with self.database.read() as connection:
            return dict(connection.exec_driver_sql("SELECT uid, owner FROM alias").all())  # type: ignore[arg-type]

    def people(self) -> list[tuple[Any, ...]]:
        """Return the list as staff see it, for comparing desks."""
        with self.database.read() as connection:
            rows = connection.exec_driver_sql(
                "SELECT a.uid, a.name, a.organisation, a.category, a.status, k.uid FROM attendee a"
                " LEFT JOIN attendee k ON k.id = a.merged ORDER BY a.uid"
            ).all()
        return [tuple(row) for row in rows]

    def doubles(self) -> set[tuple[str, str]]:
        """Return (first, second) of every double."""
        with self.database.read() as connection:
            rows = connection.exec_driver_sql("SELECT hex(first), hex(second) FROM double").all()
        return {tuple(row) for row in rows}  # type: ignore[misc]


class World:
    """Desks, a hub, and a memory of what a person was told."""

    def __init__(self, folder: Path, place: HubPlace, desks: int) -> None:
        self.folder, self.place = folder, place
        self.desks: list[OneDesk] = []
        self.badges: dict[str, str] = {}
        """Badge texts that somebody holds, by a name for the test."""
        self.greens: dict[str, int] = {}
        """Records whose light was green -> the number of the desk."""
        self.backups: dict[int, Path] = {}
        self.listed: dict[str, tuple[int, str]] = {}
        """The last word of a list on somebody."""
        self.lost = False
        """Whether a disk was lost: then a list may be lost too, of which nobody was told anything."""
        self.hub_copy: Any = None
        self.told = Told()
        self.made = 0
        template = _template(folder)
        for number in range(desks):
            self._add(template, f"Desk {number + 1}", number)
        for number in range(1, PEOPLE + 1):
            self.badges[f"guest {number}"] = make_token(BadgeNumber(1, number, 0), KEYRING)

    def _add(self, source: Path, name: str, number: int) -> OneDesk:
        self.made += 1
        home = self.folder / f"desk-{self.made}"
        home.mkdir()
        shutil.copyfile(source, home / "checkin.sqlite")
        keys = replace(SECRETS, desk_seed=bytes([self.made]) * 32)
        keys = replace(keys, certificate=keys.certify(keys.public, name))
        desk = OneDesk(home, name, keys, self.place.open(keys), 100 + number)
        self.desks.append(desk)
        return desk

    # --- what people do ---

    def admit(self, desk: OneDesk, badge: str, *, force: bool = False) -> None:
        """Show a badge."""
        done = desk.desk.admit(self.badges[badge], force_reason="again" if force else None)
        if done.record and done.verdict.accepted:
            self.greens[done.record] = self.desks.index(desk)

    def undo(self, desk: OneDesk, chance: int) -> None:
        """Take back something that is known here."""
        records = [
            entry.body.entry_id
            for entry in desk.entries()
            if entry.body.kind in {Kind.CHECK_IN, Kind.WALK_IN, Kind.ATTENDEE, Kind.MERGE, Kind.BADGE_ISSUED}
        ]
        if records:
            with suppress(CheckinError):
                desk.desk.undo(records[chance % len(records)], "mistake")

    def walk_in(self, desk: OneDesk) -> None:
        """Register somebody new; the badge goes into the world."""
        name = f"Walk-in {len(self.badges)}"
        done = desk.registrar.register(WalkIn(name=name, organisation="New", country="Thailand", category="delegate"))
        self.badges[name] = done.badge.text
        self.greens[done.record] = self.desks.index(desk)
        if done.admission.record:
            self.greens[done.admission.record] = self.desks.index(desk)

    def edit(self, desk: OneDesk, chance: int) -> None:
        """Correct somebody's organisation."""
        known = [row[0] for row in desk.people() if row[4] == "registered"]
        with suppress(CheckinError):
            desk.registrar.edit(known[chance % len(known)], {"organisation": f"Edited {chance % 7}"})

    def merge(self, desk: OneDesk, chance: int) -> None:
        """Put two together."""
        known = [row[0] for row in desk.people()]
        with suppress(CheckinError):
            desk.registrar.merge(known[chance % len(known)], known[chance // 7 % len(known)])

    def reprint(self, desk: OneDesk, chance: int) -> None:
        """Print somebody's badge again; the new one goes into the world."""
        known = [row[0] for row in desk.people() if row[1]]
        with suppress(CheckinError):
            badge = desk.registrar.issue_badge(known[chance % len(known)])
            self.badges[f"reprint {len(self.badges)}"] = badge.text

    def new_number(self, desk: OneDesk, chance: int) -> None:
        """Print somebody's badge so often that it gets another number: its old id and the badge's are two then."""
        known = [row[0] for row in desk.people() if row[1]]
        uid = known[chance % len(known)]
        with suppress(CheckinError):
            for _print in range(17):
                badge = desk.registrar.issue_badge(uid)
            self.badges[f"new number {len(self.badges)}"] = badge.text

    def list_says(self, desk: OneDesk, chance: int) -> None:
        """A list that is read at this desk brings somebody, or says something else of somebody it brought before."""
        serial = 5000 + chance % 5
        values: dict[str, Any] = dict.fromkeys(LISTED, "")
        values |= {
            "name": f"Listed {serial}", "organisation": f"List {chance}", "category": ("delegate", "vip")[chance % 2],
            "status": "registered", "source": "list", "source_row": serial, "updated_ms": desk.desk.scribe.now_ms(),
        }  # fmt: skip
        with desk.database.write() as connection:
            take_listed(connection, [[holder_uid(1, serial), *values.values(), [[1, serial]]]])
            state.put(connection, state.LIST_CHANGED, str(int(state.get(connection, state.LIST_CHANGED) or 0) + 1))
        said = (values["updated_ms"], values["organisation"])
        self.listed[holder_uid(1, serial)] = max(said, self.listed.get(holder_uid(1, serial), said))
        self.badges[f"listed {serial}"] = make_token(BadgeNumber(1, serial, 0), KEYRING)

    # --- what befalls them ---

    def sync(self, desk: OneDesk) -> Round | None:
        """Do a round; None where the line failed."""
        try:
            return desk.syncer.round()
        except HubError:
            return None

    def sync_quietly(self, desk: OneDesk) -> None:
        """Do a round, however it ends."""
        self.sync(desk)

    def leave(self, desk: OneDesk) -> None:
        """End the program in order after a last round, and start it again."""
        with suppress(HubError):
            leave(self, desk)
        self.kill(desk)

    def close_day(self, desk: OneDesk, chance: int) -> None:
        """Close the day there."""
        with suppress(HubError):
            close_day(self, desk, chance)

    def put_both_back(self, desk: OneDesk) -> None:
        """Put an older copy of the hub and one of a desk back."""
        self.restore_hub()
        self.put_back(desk)

    def sync_cut(self, desk: OneDesk, call: str, when: str) -> None:
        """Do a round in which a call fails, before or after the hub heard it."""
        desk.faults[:] = [(call, when)]
        self.sync(desk)
        desk.faults.clear()

    def kill(self, desk: OneDesk) -> None:
        """End the program without a word, and start it again."""
        desk.close()
        desk.open()

    def clone(self, desk: OneDesk) -> None:
        """Copy a laptop so that nobody can see it: keys, desk number, journal, everything."""
        desk.database.checkpoint()
        self.made += 1
        home = self.folder / f"desk-{self.made}"
        home.mkdir()
        shutil.copyfile(desk.folder / "checkin.sqlite", home / "checkin.sqlite")
        self.desks.append(OneDesk(home, desk.name, desk.keys, self.place.open(desk.keys), desk.number))

    def back_up(self, desk: OneDesk) -> None:
        """Copy a desk's file, for `put_back`."""
        desk.database.checkpoint()
        number = self.desks.index(desk)
        self.backups[number] = self.folder / f"backup-{number}"
        shutil.copyfile(desk.folder / "checkin.sqlite", self.backups[number])

    def put_back(self, desk: OneDesk) -> None:
        """Put an older copy back without telling the program (the file manager did it): numbers will be used twice."""
        number = self.desks.index(desk)
        if number not in self.backups:
            return
        self.lost = True
        desk.close()
        held = {entry.body.entry_id for one in self.desks if one is not desk for entry in _closed_entries(one)}
        shutil.copyfile(self.backups[number], desk.folder / "checkin.sqlite")
        desk.open()
        here = {entry.body.entry_id for entry in desk.entries()}
        at_hub = self.hub_entries()
        for green in list(self.greens):  # what only the lost disk had is gone: nobody can bring it back
            if green not in here | held | at_hub:
                del self.greens[green]

    def lose(self, desk: OneDesk) -> None:
        """A laptop is stolen: what nobody else has is gone with it."""
        if len(self.desks) <= 1:
            return
        self.lost = True
        desk.close()
        desk.hub.close()
        self.desks.remove(desk)
        self.backups.clear()
        self._forget_unknown()

    def save_hub(self) -> None:
        """Make a backup of the hub."""
        self.hub_copy = self.place.snapshot()

    def restore_hub(self) -> None:
        """Put the hub's backup back: what came since is known to the desks only."""
        if self.hub_copy is not None:
            self.place.restore(self.hub_copy)
            self._forget_unknown()

    def replay(self, desk: OneDesk) -> None:
        """Send old entries once more."""
        journal_id = desk.desk.scribe.journal.journal_id
        with suppress(HubError):
            records = desk.hub.pull(journal_id, 1, 5)
            if records:
                desk.hub.push(journal_id, records)

    def carry_bundle(self, desk: OneDesk, other: OneDesk) -> None:
        """Carry what a desk wrote to another one on a stick."""
        with suppress(BundleError):
            for path in write_bundles(desk.database, desk.keys, self.folder, f"carried-{self.made}", 0):
                take_bundle(other.database, other.keys, path)

    def push_blindly(self, desk: OneDesk) -> None:
        """A program that does not ask where the hub stands: the hub keeps what does not fit as evidence."""
        own = desk.desk.scribe.journal
        with desk.database.read() as connection:
            rows = journals.entries(connection, own.pk, 1, 500)
        with suppress(HubError):
            desk.hub.push(own.journal_id, [record(desk.keys, *row) for row in rows])

    def begin_journal(self, desk: OneDesk) -> None:
        """The program finds the end of its journal damaged, or the file put back, and begins a new one."""
        with desk.database.write_fast() as raw:
            succeed_own(raw, desk.clock)
        self.kill(desk)

    def newer_entry(self, desk: OneDesk) -> None:
        """A newer program writes an entry that this one does not understand."""
        from checkin.db.journal import append

        class Strange(Body):
            def to_bytes(self) -> bytes:
                return super().to_bytes().replace(b'"k":"NOTE"', b'"k":"SONG"')

        body = desk.desk.scribe.body(Kind.NOTE, desk.clock.now())
        with desk.database.write_fast() as raw:
            append(raw, desk.desk.scribe.journal, Strange(Kind.NOTE, body.entry_id, at_ms=body.at_ms), None)

    def _forget_unknown(self) -> None:
        known = {entry.body.entry_id for one in self.desks for entry in one.entries()} | self.hub_entries()
        for green in list(self.greens):
            if green not in known:
                del self.greens[green]

    def hub_entries(self) -> set[str]:
        """Return every record that the hub has, forks among them."""
        hub = self.place.open(SECRETS)
        found: set[str] = set()
        for journal_id, head in hub.heads().items():
            for first in range(1, head.seq + 1, 500):
                found |= {_uuid(one.entry_id) for one in hub.pull(journal_id, first, min(first + 499, head.seq))}
        found |= {_uuid(one.record.entry_id) for one in hub.forks()}
        hub.close()
        return found

    # --- rest ---

    def settle(self, rounds: int = 9) -> None:
        """Let everybody sync until nothing moves any more; desks that were not heard for long count as lost."""
        quiet = 0
        for number in range(rounds):
            for desk in self.desks:
                desk.syncer.alive_ms = 600_000 if number < 2 else -1
            results = [self.sync(desk) for desk in self.desks]
            still = all(done is not None and done.verified and _nothing_moved(done) for done in results)
            quiet = quiet + 1 if still else 0
            if quiet == (2 if self.listed else 1):  # a list that was published in one round is taken in the next
                return
        with contextlib.closing(self.place.open(SECRETS)) as hub:
            there = hub.heads()
        told = [
            (
                desk.name,
                done and (done.pushed, done.pulled, done.verified, done.notices),
                {j[:4]: head.seq for j, head in desk.heads().items() if there.get(j) != head},
                {j[:4]: head.seq for j, head in there.items() if desk.heads().get(j) != head},
            )
            for desk, done in zip(self.desks, results, strict=True)
        ]
        raise AssertionError(f"the desks do not come to rest: {told}")

    def check(self) -> None:
        """Assert every invariant at rest."""
        folds = []
        for desk in self.desks:
            with desk.database.read() as connection:
                raw = connection.connection.driver_connection
                assert list(verify_journals(raw)) == [], "I2, I3: numbers without a gap, chains that verify"
                assert projection_differences(raw) == 0, f"{desk.name}: the projection is not what the journals say"
            reference = fold(desk.entries(), desk.owners())
            assert set(reference.present) == desk.present(), "the projection's people are not the fold's"
            firsts = {
                key: (entry.body.entry_id.replace("-", ""), entry.journal_id)
                for key, entry in reference.present.items()
            }
            assert firsts == desk.firsts(), "the projection's first admissions are not the fold's"
            assert told_doubles(desk, reference) == desk.doubles(), "the doubles are not what the journals say"
            folds.append((fingerprint(desk.heads()), firsts, sorted(desk.doubles())))
        hub = self.place.open(SECRETS)
        there = fingerprint(hub.heads())
        assert all(one[0] == there for one in folds), "I4: a journal is not equal everywhere"
        assert all(one == folds[0] for one in folds), "I8: equal D, but not an equal fold"
        lists = [desk.people() for desk in self.desks]
        assert all(one == lists[0] for one in lists), "the desks do not show the same people"
        if not self.lost:
            with self.desks[0].database.read() as connection:
                words = {row[0]: (row[1 + LISTED.index("updated_ms")], row[3]) for row in listed(connection)}
            assert words == self.listed, "a list's last word does not hold"
        known = {entry.body.entry_id for entry in self.desks[0].entries()}
        missing = [green for green in self.greens if green not in known]
        assert not missing, f"I1, I6: green, on a surviving disk, and not at the hub: {missing}"
        hub.close()

    def check_replay(self) -> None:
        """I5, I7: everything once more changes no count, and what a desk takes for confirmed is at the hub."""
        before = [(desk.present(), desk.firsts(), desk.people()) for desk in self.desks]
        for desk in self.desks:
            self.replay(desk)
            for other in self.desks:
                self.carry_bundle(desk, other)
        self.settle()
        assert [(desk.present(), desk.firsts(), desk.people()) for desk in self.desks] == before, "I7"
        hub = self.place.open(SECRETS)
        heads = hub.heads()
        for desk in self.desks:
            with desk.database.read() as connection:
                known = connection.exec_driver_sql("SELECT journal_id, confirmed FROM journal").all()
            assert all(seq <= heads.get(journal_id, Head(0, b"")).seq for journal_id, seq in known), "I5"
        hub.close()

    def close(self) -> None:
        """End every program."""
        for desk in self.desks:
            desk.close()
            desk.hub.close()


def _nothing_moved(done: Round) -> bool:
    return not (done.pushed or done.pulled or done.people)


def told_doubles(desk: OneDesk, reference: Fold) -> set[tuple[str, str]]:
    """Return (first, second) of every double by the entries alone."""
    unique: dict[str, Entry] = {}
    for entry in sorted(desk.entries(), key=lambda one: (one.journal_id, one.seq)):
        unique.setdefault(entry.body.entry_id, entry)
    standing = [one for one in unique.values() if one.body.entry_id not in reference.undone]
    ordered = sorted(standing, key=lambda e: (e.body.at_ms + e.body.offset_ms, e.journal_id, e.seq))
    merges = [(e.body.subject, e.body.target) for e in ordered if e.body.kind is Kind.MERGE]
    kept = one_person([*((owner, uid) for uid, owner in sorted(desk.owners().items())), *merges])
    posts: dict[tuple[str, str, str], list[Any]] = {}
    for e in ordered:
        if e.body.kind in {Kind.CHECK_IN, Kind.CHECK_OUT}:
            key = kept.get(e.body.subject, e.body.subject), e.body.day, e.body.checkpoint
            posts.setdefault(key, []).append((0, e.journal_id, e.seq, e.body, 0))
    pairs = [pair for moves in posts.values() for pair in find_doubles(moves)]
    return {(one.entry_id.replace("-", "").upper(), two.entry_id.replace("-", "").upper()) for one, two in pairs}


def _closed_entries(desk: OneDesk) -> Sequence[Entry]:
    return desk.entries()


def _uuid(data: bytes) -> str:
    text = data.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _template(folder: Path) -> Path:
    """Make the event's file once for all desks of a world (and of all worlds: making tables takes longest)."""
    cached = folder.parent / "template.sqlite"
    if not cached.exists():
        database = Database(cached.with_suffix(".making"))
        migrate(database)
        with database.write_fast() as raw:
            for serial in range(1, PEOPLE + 1):
                add_person(raw, replace(someone(serial), id=_guest(serial)), serial)
        database.close()
        cached.with_suffix(".making").replace(cached)
    return cached


def _guest(serial: int) -> str:
    return holder_uid(1, serial)


class FolderPlace:
    """A hub that is a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._copies = 0

    def open(self, keys: SyncKeys) -> Hub:
        """Return a connection of one desk."""
        from checkin.sync.hubs.folder import connect

        return connect(f"folder:{self.folder}", keys)

    def snapshot(self) -> Path | None:
        """Copy the folder."""
        if not self.folder.exists():
            return None
        self._copies += 1
        return Path(shutil.copytree(self.folder, self.folder.with_name(f"hub-copy-{self._copies}")))

    def restore(self, copy: Any) -> None:
        """Put the copy back; nobody tells the desks."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(copy, self.folder)
