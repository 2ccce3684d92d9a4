"""The dashboard's figures stay those of `counts` and of a fresh count, whatever happens to the journals and the list."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from checkin.app import App, Declared, create_app
from checkin.clock import PracticeClock
from checkin.db import arrivals, journals, remote
from checkin.db.badges import issued
from checkin.db.remote import Arrived
from checkin.desk.results import WalkIn
from checkin.domain.badge import BadgeNumber, make_token
from checkin.domain.declare import declare
from checkin.domain.verdict import Post
from checkin.errors import CancelledError, CheckinError
from checkin.reports.counts import count
from checkin.reports.figures import SLOT_MIN, Figures
from checkin.reports.live import Live, the_day_before
from tests.small_event import TOML, at

PRACTICE = TOML.replace("[event]", "[event]\npractice = true\npractice_start = 2014-07-08T08:30:00", 1)
HEAD = "Id,Name,Organisation,Country,Category,Status,Badge code,Note,Expected\n"


def roster(size: int, *, changed: bool = False) -> str:
    dice = random.Random(7)
    lines = []
    for number in range(size):
        organisation = dice.choice(["Social Security Office", "ILO", "SOCSO", ""])
        country = dice.choice(["Thailand", "Viet Nam", "Malaysia", ""])
        category = dice.choice(["delegate", "delegate", "vip", "press"])
        status = "cancelled" if dice.random() < 0.1 else ""
        expected = dice.choice(["", "", "panel-2", "2014-07-09", "opening"])
        if changed and number % 3 == 0:
            category, organisation = "press", "World Bank"
        note = "Speaks at panel 2" if number % 9 == 0 else ""
        lines.append(
            f"{number},Person {number},{organisation},{country},{category},{status},R-{number:04},{note},{expected}"
        )
    return HEAD + "\n".join(lines) + "\n"


def make(folder: Path, size: int, desk: str) -> App:
    app = create_app(folder / desk, PRACTICE, Declared(desk=desk, staff="Art"))
    file = folder / f"{desk}.csv"
    file.write_text(roster(size), "utf-8")
    if size:
        app.importer.import_file(file)
        app.desk.roster_changed()
    return app


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = make(tmp_path, 60, "Desk 1")
    yield made
    made.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[App]:
    made = make(tmp_path, 0, "Desk 2")
    yield made
    made.close()


def post(app: App, checkpoint: str = "door-1") -> Post:
    return declare(app.event, app.clock.now(), "", checkpoint)


def live_of(app: App) -> Live:
    return Live(app.database, app.event, app.clock)


def same_as_counts(app: App, figures: Figures, where: Post) -> None:
    counts = count(app.database, app.event, where)
    assert (figures.came, figures.expected, figures.walk_in, figures.inside) == (
        counts.came, counts.expected, counts.walk_in, counts.inside,
    )  # fmt: skip
    for by, shares in (
        ("category", figures.categories),
        ("country", figures.countries),
        ("organisation", figures.organisations),
    ):
        assert {s.name: s.came for s in shares if s.came} == count(app.database, app.event, where, by).by  # type: ignore[arg-type]
        assert sum(s.expected for s in shares) == figures.expected
    hours: dict[str, int] = {}
    for slot, number in enumerate(figures.arrivals):
        if number:
            hour = f"{slot * SLOT_MIN // 60:02}"
            hours[hour] = hours.get(hour, 0) + number
    assert hours == count(app.database, app.event, where, "hour").by
    assert sum(desk.came for desk in figures.desks) == figures.came
    for line in figures.posts:
        there = count(app.database, app.event, declare(app.event, app.clock.now(), "", line.key))
        assert (line.came, line.expected) == (there.came, there.expected)
        assert line.inside in {None, there.inside}


def same_as_fresh(app: App, live: Live, where: Post) -> Figures:
    figures = live.figures(where)
    same_as_counts(app, figures, where)
    fresh = live_of(app).figures(where)
    assert replace(fresh, at=figures.at) == figures
    return figures


class Hands:
    """What people do at a desk, at random."""

    def __init__(self, app: App, seed: int) -> None:
        self.app, self.dice = app, random.Random(seed)
        self.records: list[str] = []

    def uid(self) -> str:
        with self.app.database.read() as connection:
            rows = connection.exec_driver_sql("SELECT uid FROM attendee ORDER BY id").fetchall()
        return str(self.dice.choice(rows)[0])

    def admit(self) -> None:
        direction = self.dice.choice(["in", "in", "in", "out"])
        key = (
            "panel-1" if direction == "out" else self.dice.choice(["door-1", "door-1", "panel-1", "opening", "door-2"])
        )
        self.app.desk.set_post(declare(self.app.event, self.app.clock.now(), "", key, direction))  # type: ignore[arg-type]
        admission = self.app.desk.admit_person(self.uid(), force_reason=self.dice.choice([None, "known"]))
        if admission.record:
            self.records.append(admission.record)

    def undo(self) -> None:
        if self.records:
            self.app.desk.undo(self.records.pop(self.dice.randrange(len(self.records))))

    def walk_in(self) -> None:
        self.app.desk.set_post(post(self.app))
        form = WalkIn(f"New {self.dice.random()}", "", "ILO", "Laos", self.dice.choice(["delegate", "vip"]))
        self.records.append(self.app.registrar.register(form).record)

    def edit(self) -> None:
        fields = {
            "category": self.dice.choice(["delegate", "press", "vip"]),
            "country": self.dice.choice(["Laos", "Chile"]),
        }
        self.records.append(self.app.registrar.edit(self.uid(), fields).record)

    def cancel(self) -> None:
        self.records.append(self.app.registrar.cancel(self.uid(), "ill").record)

    def merge(self) -> None:
        self.records.append(self.app.registrar.merge(self.uid(), self.uid()).record)

    def act(self) -> None:
        weights = {self.admit: 8, self.undo: 2, self.walk_in: 1, self.edit: 1, self.cancel: 1, self.merge: 1}
        try:
            self.dice.choices(list(weights), list(weights.values()))[0]()
        except CheckinError:
            return  # a refusal is a value here: nothing was written


def send(giver: App, taker: App) -> None:
    """Hand over what a desk wrote and the other does not have, as a round of sync does."""
    with giver.database.read() as connection:
        found = [known for known in journals.known(connection).values() if known.mine]
        rows = {known: journals.entries(connection, known.pk, 1, 100_000) for known in found}
    with taker.database.write() as connection:
        for known, entries in rows.items():
            pk = journals.add_journal(connection, known.journal_id)
            remote.take(
                connection,
                pk,
                [Arrived(seq, entry_id, body, digest, (salt, text) if salt else None)
                 for seq, entry_id, body, digest, salt, text in entries],
            )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_happens_at_the_desk_the_figures_are_those_of_counts(app: App, seed: int) -> None:
    live, hands = live_of(app), Hands(app, seed)
    where = [post(app, key) for key in ("door-1", "panel-1", "opening", "door-2")]
    for _step in range(12):
        for _act in range(8):
            hands.act()
        for one in where[:2]:
            same_as_fresh(app, live, one)
    for one in where:
        same_as_fresh(app, live, one)
    assert live.builds == 1


@pytest.mark.parametrize("seed", [4, 5])
def test_entries_of_another_desk_count_whenever_they_come(app: App, other: App, seed: int) -> None:
    with app.database.read() as connection:
        badges = list(issued(connection))
    live, here = live_of(app), Hands(app, seed)
    same_as_fresh(app, live, post(app))
    other.clock = other.desk.scribe.clock = PracticeClock(at("07:10"))  # its clock is behind
    dice = random.Random(seed)
    for _round in range(4):
        for badge in dice.sample(badges, 8):
            other.desk.admit(make_token(BadgeNumber(badge.issuer, badge.serial, badge.revision), app.keyring))
        other.desk.undo()
        other.registrar.register(WalkIn(f"Elsewhere {dice.random()}", "", "SOCSO", "Laos", "delegate"))
        for _act in range(5):
            here.act()
        send(other, app)
        same_as_fresh(app, live, post(app))
    assert live.builds == 1


def test_an_import_is_seen_without_any_entry(app: App, tmp_path: Path) -> None:
    live = live_of(app)
    before = live.figures(post(app))
    file = tmp_path / "Desk 1.csv"
    file.write_text(roster(70, changed=True), "utf-8")
    app.importer.import_file(file)
    after = same_as_fresh(app, live, post(app))
    assert after.expected > before.expected
    assert any(share.name == "World Bank" for share in after.organisations)


def test_a_journal_whose_end_was_replaced_is_read_anew(app: App) -> None:
    live, hands = live_of(app), Hands(app, 9)
    for _step in range(10):
        hands.admit()
    live.figures(post(app))
    with app.database.write() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        pk = app.desk.scribe.journal.pk
        with app.database.read() as reading:
            seq = arrivals.heads(reading)[pk][0]
        raw.execute("UPDATE entry SET hash = randomblob(32) WHERE journal = ? AND seq = ?", (pk, seq))
    live.figures(post(app))
    assert live.builds == 2


def test_who_is_waited_for_and_which_delegations_are_incomplete(app: App) -> None:
    live = live_of(app)
    figures = live.figures(post(app))
    assert figures.waited_for_total == len(figures.waited_for) > 5
    assert all(one.category == "vip" or one.note for one in figures.waited_for)
    vip = figures.waited_for[0]
    app.desk.admit_person(vip.id)
    after = live.figures(post(app))
    assert vip.id not in {one.id for one in after.waited_for}
    assert after.waited_for_total == figures.waited_for_total - 1
    first = after.delegations[0]
    assert (first.organisation, first.country) == (vip.organisation, vip.country)
    assert 0 < first.here < first.expected


def test_what_needs_a_look(app: App) -> None:
    live = live_of(app)
    assert live.figures(post(app)).looks == ()
    for code in ("LOST-1", "LOST-1", "LOST-1", "ONCE", "KNOWN-9", "KNOWN-9"):
        app.desk.admit(code)
    assert [(look.matter, look.text, look.times) for look in live.figures(post(app)).looks] == [
        ("unknown", "LOST-1", 3),
        ("unknown", "KNOWN-9", 2),
    ]
    app.registrar.learn(Hands(app, 1).uid(), "KNOWN-9")
    assert live.figures(post(app)).unknown == 1
    clock = app.desk.scribe.clock
    app.desk.scribe.clock = app.desk._clock = PracticeClock(at("2014-07-11 09:00"))
    app.desk.admit_person(Hands(app, 3).uid(), force_reason="known")
    app.desk.scribe.clock = app.desk._clock = clock
    assert [look.text for look in live.figures(post(app)).looks if look.matter == "clock"] == ["Desk 1"]
    same_as_fresh(app, live, post(app))


def test_yesterday_is_the_checkpoint_of_the_same_kind(app: App) -> None:
    event = app.event
    second = event.checkpoint("door-2")
    found = the_day_before(event, second.day, second)
    assert found is not None
    assert found.key == "door-1"
    assert the_day_before(event, found.day, found) is None
    app.desk.admit_person(Hands(app, 1).uid(), force_reason="known")
    figures = live_of(app).figures(declare(event, at("2014-07-09 08:00"), "", "door-2"))
    assert sum(figures.before) == 1
    assert figures.before_day == "2014-07-08"


def test_the_last_ten_minutes_end(app: App) -> None:
    live = live_of(app)
    app.desk.admit_person(Hands(app, 2).uid(), force_reason="known")
    assert live.figures(post(app)).last_ten == 1
    live._clock = PracticeClock(app.clock.now() + timedelta(minutes=11))
    assert live.figures(post(app)).last_ten == 0
    assert isinstance(live.figures(post(app)).at, datetime)


def test_a_build_can_be_called_off(app: App) -> None:
    live = live_of(app)
    with pytest.raises(CancelledError):
        live.figures(post(app), lambda: True)
    same_as_fresh(app, live, post(app))


def test_somebody_let_out_who_was_not_inside_is_not_taken_from_the_room(app: App) -> None:
    app.desk.set_post(declare(app.event, app.clock.now(), "", "panel-1", "out"))
    assert app.desk.admit_person(Hands(app, 1).uid(), force_reason="left by the back door").record
    assert count(app.database, app.event, post(app, "panel-1")).inside == 0
    same_as_fresh(app, live_of(app), post(app, "panel-1"))
