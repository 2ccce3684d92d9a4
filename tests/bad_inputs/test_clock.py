"""Area clock: a wrong clock flags entries; it changes neither who counts nor the order."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from checkin.app import create_app, open_app
from checkin.desk.desk import Desk
from checkin.domain.journal import Body, Entry, Kind, fold
from checkin.domain.verdict import Verdict
from checkin.errors import DeclarationError
from checkin.wording.verdicts import sentence
from tests.cli.run import checkin, objects
from tests.desk.test_desk import assert_books_balance, entries
from tests.small_event import EVENT, KEYRING, TOML, at, make_place


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


def desk_with(clock: SetClock, tmp_path: Path):
    place = make_place(tmp_path)
    desk = Desk(place.database, EVENT, KEYRING, clock, journal=place.journal, staff="Nok", post=place.desk.post)
    return place, desk


def test_clock_001_set_back_an_hour_while_running(tmp_path: Path) -> None:
    clock = SetClock(at("09:30"))
    place, desk = desk_with(clock, tmp_path)
    desk.admit(place.token(1))
    clock.time = at("08:30")
    green, amber = desk.admit(place.token(2)), desk.admit(place.token(1))
    assert green.verdict is Verdict.CHECKED_IN
    assert "just now" in sentence(amber, EVENT)  # not "-60 minutes ago"
    bodies = [entry.body for entry in entries(place.database)]
    assert [body.flags for body in bodies] == ["", "j"]
    assert [entry.seq for entry in entries(place.database)] == [1, 2]
    assert bodies[0].monotonic_ms < bodies[1].monotonic_ms
    assert_books_balance(place.database)
    place.database.close()


def test_clock_003_a_dead_cmos_battery_proposes_no_day(tmp_path: Path) -> None:
    """The real event opens, says so, and judges nothing until staff choose the day; then it counts for that day."""
    app = create_app(tmp_path, TOML)  # the real clock: no day of an event in 2014
    assert "2014-07-08" in app.undeclared
    with pytest.raises(DeclarationError, match="Choose the day first"):
        app.desk.admit("1" * 46)
    from checkin.domain.declare import declare

    app.desk.set_post(declare(app.event, app.clock.now(), "2014-07-08"))
    assert app.desk.admit("https://example.org").verdict is Verdict.NOT_A_BADGE
    app.close()


def test_clock_003_in_the_terminal(tmp_path: Path) -> None:
    create_app(tmp_path, TOML).close()
    said = checkin(tmp_path, "counts", code=1).stderr
    assert "2014-07-08, 2014-07-09" in said
    assert objects(checkin(tmp_path, "counts", "--day", "2014-07-09", "--json"))[0]["checkpoint"] == "door-2"


def test_clock_005_the_day_is_bangkok_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    midnight = datetime(2014, 7, 8, 17, 0, 0, tzinfo=UTC)
    assert EVENT.propose(midnight).key == "door-2"
    assert EVENT.propose(midnight.astimezone(ZoneInfo("America/Los_Angeles"))).key == "door-2"


def test_clock_007_midnight_passes_with_the_program_open(tmp_path: Path) -> None:
    """A scan counts for the day that staff declared; it is flagged from midnight on, and the window asks for the new day
    (tests/ui). After the change the new day's counter starts at nothing and the old one stands."""
    clock = SetClock(at("23:59"))
    place, desk = desk_with(clock, tmp_path)
    assert not desk.admit(place.token(1)).clock_disagrees
    clock.time = at("2014-07-09 00:00")
    late = desk.admit(place.token(2))
    assert (late.clock_disagrees, late.day.isoformat()) == (True, "2014-07-08")
    from checkin.domain.declare import declare

    desk.set_post(declare(EVENT, clock.now()))
    assert desk.counters().came == 0
    assert desk.admit(place.token(1)).verdict is Verdict.CHECKED_IN
    assert desk.counters().came == 1
    assert_books_balance(place.database)
    place.database.close()


def test_clock_009_the_first_of_two_desks_goes_by_corrected_time() -> None:
    def entry(journal: int, at_ms: int, offset_ms: int) -> Entry:
        entry_id = f"{journal:032x}"
        body = Body(Kind.CHECK_IN, entry_id, "someone", "door-1", "in", "2014-07-08", at_ms, offset_ms=offset_ms)
        return Entry(f"{journal:032x}", 1, body, b"", b"")

    fast = entry(1, at_ms=8 * 60_000, offset_ms=-7 * 60_000)  # seven minutes ahead, really at minute 1
    right = entry(2, at_ms=2 * 60_000, offset_ms=0)
    for order in ([fast, right], [right, fast], [right, fast, right]):
        folded = fold(order)
        assert [first.journal_id for first in folded.present.values()] == [fast.journal_id]
        assert len(folded.present) == 1


def test_clock_011_ids_stay_unique_when_the_clock_goes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    place = make_place(tmp_path)
    real = time.time_ns
    shift = [0]
    monkeypatch.setattr(time, "time_ns", lambda: real() - shift[0])
    records = []
    for _ in range(5):
        for serial in (1, 2):
            records.append(place.desk.admit(place.token(serial), force_reason="again").record)  # noqa: PERF401
        shift[0] += 3_600_000_000_000
    written = entries(place.database)
    assert len(set(records)) == len(records) == len(written)
    assert [entry.body.entry_id for entry in written] == records
    place.database.close()


def test_clock_013_data_stays_in_the_common_era(tmp_path: Path) -> None:
    create_app(tmp_path, TOML).close()
    done = checkin(tmp_path, "--lang", "th", "scan", "-", "--json", "--day", "2557-07-08", stdin="hello\n")
    assert objects(done)[0]["day"] == "2014-07-08"
    assert "2557" in checkin(tmp_path, "--lang", "th", "counts", "--day", "1").stdout
    assert objects(checkin(tmp_path, "--lang", "th", "counts", "--day", "1", "--json"))[0]["day"] == "2014-07-08"


def test_a_date_that_is_no_day_of_the_event_is_refused_with_the_days(tmp_path: Path) -> None:
    create_app(tmp_path, TOML).close()
    assert "2014-07-08, 2014-07-09" in checkin(tmp_path, "scan", "-", "--day", "2014-07-10", code=1).stderr


def test_now_is_refused_on_real_data_and_starts_the_clock_of_practice_data(tmp_path: Path) -> None:
    create_app(tmp_path / "real", TOML).close()
    assert "practice" in checkin(tmp_path / "real", "--now", "2014-07-09T09:00", "counts", code=1).stderr
    practice = TOML.replace("[event]", "[event]\npractice = true\npractice_start = 2014-07-08T07:45:00")
    create_app(tmp_path / "practice", practice).close()
    first = objects(checkin(tmp_path / "practice", "scan", "-", "--json", stdin="hello\n"))[0]
    assert first["at"].startswith("2014-07-08T07:45:")
    moved = checkin(tmp_path / "practice", "--now", "2014-07-09T09:00", "scan", "-", "--json", stdin="hello\n")
    assert objects(moved)[0]["at"].startswith("2014-07-09T09:00:")


def test_opening_again_keeps_the_day_that_was_proposed(tmp_path: Path) -> None:
    create_app(tmp_path, TOML).close()
    app = open_app(tmp_path)
    assert app.undeclared
    app.close()
