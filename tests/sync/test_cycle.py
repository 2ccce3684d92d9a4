"""Rounds of real desks over a real folder: what one does is seen at the others, and what must not happen is told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from checkin.app import App, Declared, create_app, open_app
from checkin.db.doubles import doubles
from checkin.db.own_journal import succeed_own
from checkin.desk.results import WalkIn
from checkin.errors import HubRefusedError, HubUnreachableError
from checkin.reports.counts import count
from checkin.sync import administration
from checkin.sync.enrolment import Enrolment
from checkin.sync.hub import open_hub
from checkin.sync.joining import join
from checkin.sync.stick import take_bundle, write_bundles
from tests.bad_inputs import cases
from tests.ui.conftest import PRACTICE, ROSTER

TWICE = "Another laptop works as this desk"


class Hall:
    """Desk 1, where the event was made, and desks that joined it."""

    def __init__(self, home: Path, stack: ExitStack) -> None:
        self.home, self.hub, self._stack = home, home / "hub", stack
        self.url = f"folder:{self.hub}"
        roster = home / "roster.csv"
        roster.write_text(ROSTER, "utf-8")
        self.one = create_app(home / "one", PRACTICE, Declared(desk="Desk 1", staff="Art"))
        stack.callback(self.one.close)
        self.one.importer.import_file(roster)
        administration.init(self.url, self.one.sync_keys)
        self.one.set_hub(self.url)
        self.one.syncer.round()

    def enrol(self, name: str) -> Enrolment:
        return administration.enrol(self.url, self.one.sync_keys, name)

    def join(self, made: Enrolment, staff: str, folder: str = "", hub: str = "") -> App:
        """Let a laptop join; it has not synced yet."""
        home = self.home / (folder or made.desk)
        join(home, made, hub)
        return self.open(home, staff)

    def open(self, home: Path, staff: str = "") -> App:
        app = open_app(home, Declared(staff=staff))
        self._stack.callback(app.close)
        return app


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with ExitStack() as stack:
        yield Hall(tmp_path, stack)


@pytest.fixture
def two(hall: Hall) -> App:
    return hall.join(hall.enrol("Desk 2"), "Bee")


@pytest.fixture
def three(hall: Hall) -> App:
    return hall.join(hall.enrol("Desk 3"), "Cat")


def admit(app: App, code: str) -> str:
    done = app.desk.admit(code)
    assert done.verdict == "checked_in", done.verdict
    return done.record


def came(app: App) -> int:
    return count(app.database, app.event, app.desk.post).came


def agree(*apps: App) -> None:
    """Sync until everybody has what anybody has."""
    for _pass in range(2):
        for app in apps:
            app.syncer.round()
    prints = {app.syncer.round().fingerprint for app in apps}
    assert len(prints) == 1
    assert all(app.syncer.last and app.syncer.last.verified for app in apps)


def test_a_joined_desk_is_ready_and_knows_who_let_somebody_in(hall: Hall, two: App) -> None:
    admit(hall.one, "REG-0001")
    hall.one.syncer.round()
    first = two.syncer.round()
    assert (first.people, first.verified, first.notices) == (5, True, ())
    assert two.search.find("somying", 1)[0].attendee.name_local == "สมหญิง ใจดี"
    again = two.desk.admit("REG-0001")
    assert again.verdict == "already_in"
    assert again.first is not None
    assert (again.first.desk, again.first.staff) == ("Desk 1", "Art")
    admit(two, "REG-0002")
    agree(two, hall.one)
    seen = hall.one.desk.admit("REG-0002").first
    assert seen is not None
    assert (seen.desk, seen.staff) == ("Desk 2", "Bee")
    assert came(hall.one) == came(two) == 2


def test_a_double_is_new_once_at_each_desk_and_settled_for_all(hall: Hall, two: App, three: App) -> None:
    """hub-033."""
    agree(hall.one, two, three)
    admit(two, "REG-0001")
    admit(three, "REG-0001")
    told: dict[str, int] = {}
    for app in (two, three, two, hall.one) * 2:
        done = app.syncer.round()
        told[app.desk.name] = told.get(app.desk.name, 0) + len(done.new_doubles)
    assert told == {"Desk 1": 1, "Desk 2": 1, "Desk 3": 1}
    assert [came(app) for app in (hall.one, two, three)] == [1, 1, 1]
    with two.database.read() as connection:
        (double,) = doubles(connection)
    assert {(one.desk, one.staff) for one in (double.first, double.second)} == {("Desk 2", "Bee"), ("Desk 3", "Cat")}
    two.desk.settle(double, "Two doors")
    agree(two, three, hall.one)
    for app in (hall.one, two, three):
        with app.database.read() as connection:
            assert [(one.settled, one.reason) for one in doubles(connection)] == [(True, "Two doors")]
        assert app.syncer.round().conflicts == 0
    assert "2 entries, count 1" in cases.case("hub-033").expected


def test_an_undo_that_comes_first_and_one_beside_another_desk_s_scan(
    hall: Hall, two: App, three: App, tmp_path: Path
) -> None:
    """hub-029, hub-031."""
    agree(hall.one, two, three)
    record = admit(two, "REG-0001")
    two.syncer.round()
    hall.one.syncer.round()
    hall.one.desk.undo(record, "mistake")
    for app in (hall.one, two):  # the undo by stick first, then what it undoes
        for path in write_bundles(app.database, app.sync_keys, tmp_path, app.desk.name, 0):
            take_bundle(three.database, three.sync_keys, path)
    three.desk.roster_changed()
    agree(hall.one, two, three)
    assert [came(app) for app in (hall.one, two, three)] == [0, 0, 0]
    assert cases.case("hub-029").expected == "same final state"
    here = admit(hall.one, "REG-0002")
    admit(two, "REG-0002")  # neither has heard of the other
    hall.one.desk.undo(here, "mistake")
    agree(hall.one, two, three)
    assert [came(app) for app in (hall.one, two, three)] == [1, 1, 1]
    assert three.desk.admit("REG-0002").verdict == "already_in"
    assert "person present" in cases.case("hub-031").expected


def test_who_was_erased_at_one_desk_is_gone_at_all_and_at_the_hub(hall: Hall, two: App) -> None:
    guest = two.registrar.register(
        WalkIn(name="Anna Lee", organisation="ACME", country="Thailand", category="delegate")
    )
    agree(two, hall.one)
    assert hall.one.search.find("Anna Lee", 1)
    hall.one.desk.erase([guest.admission.attendee.id])
    agree(hall.one, two)
    for app in (hall.one, two):
        assert not [one for one in app.search.find("Anna Lee", 5) if "Anna" in one.attendee.name]
        assert came(app) == 1
        assert not [path for path in app.folder.iterdir() if path.is_file() and b"Anna Lee" in path.read_bytes()]
    hub = open_hub(hall.url, two.sync_keys)
    own = two.desk.scribe.journal.journal_id
    sealed = {one.entry_id.hex(): one.sealed for one in hub.pull(own, 1, 100)}
    hub.close()
    assert sealed[guest.record.replace("-", "")] == b""


def test_a_desk_that_is_cut_off_is_told_and_what_it_sent_counts(hall: Hall, two: App, three: App) -> None:
    agree(hall.one, two, three)
    admit(three, "REG-0001")
    agree(three, hall.one)
    cut = administration.keys_named(hall.url, hall.one.sync_keys, "Desk 3")
    assert cut == {three.sync_keys.public}
    administration.revoke_desk(hall.url, hall.one.sync_keys, "Desk 3")
    admit(three, "REG-0002")
    with pytest.raises(HubRefusedError, match=r"cut this desk off. Its scans are safe"):
        three.syncer.round()
    agree(hall.one, two)
    assert [came(app) for app in (hall.one, two, three)] == [1, 1, 2]
    assert [row.revoked for row in two.syncer.round().desks if row.desk == "Desk 3"] == [True]


def test_one_enrolment_on_two_laptops_is_told_to_both(hall: Hall) -> None:
    """They joined at two copies of the hub, so that neither copy could know."""
    made = hall.enrol("Desk 2")
    shutil.copytree(hall.hub, hall.home / "copy")
    two = hall.join(made, "Bee")
    two.syncer.round()
    other = hall.join(made, "Dan", "other laptop", f"folder:{hall.home / 'copy'}")
    other.syncer.round()
    other.set_hub(hall.url)
    admit(two, "REG-0001")
    admit(other, "REG-0002")
    assert two.syncer.round().notices == ()
    other.syncer.round()
    for app in (two, other):
        (said,) = app.syncer.round().notices
        assert said.startswith(TWICE)
        assert "Every scan of both is safe" in said
        assert "supervisor add a desk of its own" in said
    agree(two, other, hall.one)
    assert came(hall.one) == came(two) == came(other) == 2, "nothing is lost meanwhile"
    two.syncer.round()
    assert two.syncer.round().notices == (), "the other one is silent now"


def test_a_desk_is_not_taken_for_a_twin_of_itself(hall: Hall) -> None:
    made = hall.enrol("Desk 2")
    two = hall.join(made, "Bee")
    two.syncer.round()
    admit(two, "REG-0001")
    two.syncer.round()
    with two.database.write_fast() as raw:
        succeed_own(raw, two.clock)
    two.close()
    two = hall.open(two.folder, "Bee")
    assert [two.syncer.round().notices for _round in range(3)] == [()] * 3, "a journal of its own from before"
    two.close()
    shutil.rmtree(two.folder)  # the laptop was set up anew, and joins again
    two = hall.join(made, "Bee")
    assert [two.syncer.round().notices for _round in range(3)] == [()] * 3
    assert two.desk.admit("REG-0001").verdict == "already_in"


def test_a_hub_that_is_gone_is_not_made_anew(hall: Hall, two: App) -> None:
    two.syncer.round()
    shutil.rmtree(hall.hub)
    admit(two, "REG-0001")
    with pytest.raises(HubUnreachableError, match="safe on this laptop"):
        two.syncer.round()  # it was open, as in the window
    for _try in range(2):  # no folder; then the empty one under a drive that is not plugged in
        with pytest.raises(
            HubUnreachableError, match=r"no hub in .*Everything is safe on this laptop.*“checkin hub init”"
        ):
            two.syncer.round()
        assert not list(hall.home.glob("hub/*"))
        hall.hub.mkdir(exist_ok=True)
    with pytest.raises(HubUnreachableError, match="the path is not right"):
        two.syncer.round(f"folder:{hall.home / 'hubb'}")
    assert not (hall.home / "hubb").exists()
    (hall.home / "stick").mkdir()
    two.syncer.round(f"folder:{hall.home / 'stick'}")
    shutil.rmtree(hall.home / "stick")
    with pytest.raises(HubUnreachableError):
        two.syncer.round()  # as the window does all the while
    (hall.home / "stick").mkdir()  # an empty one, chosen by hand: it is to be written to
    two.syncer.round(f"folder:{hall.home / 'stick'}")
    administration.init(hall.url, hall.one.sync_keys)
    agree(two, hall.one)
    assert came(hall.one) == 1
    hall.one.set_hub("")
    for _time in range(2):  # the one that comes with the event is made whenever it is not there
        hall.one.syncer.round()
        hall.one.syncer.close()
        shutil.rmtree(hall.one.folder / "hub")
