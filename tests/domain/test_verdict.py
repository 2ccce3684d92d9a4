"""Every case of the one function that decides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checkin.domain.attendee import Attendee
from checkin.domain.declare import declare
from checkin.domain.verdict import Facts, FirstSeen, Presence, Verdict, is_expected, judge
from checkin.errors import DeclarationError
from tests.small_event import EVENT, MARIA, at, someone

SEEN = Presence(True, FirstSeen(at("08:42"), "Desk 1", "Art"))
LEFT = Presence(False, SEEN.first)


def facts(checkpoint: str = "door-1", now: str = "08:30", direction: str = "in", **changes: object) -> Facts:
    post = declare(EVENT, at(now), checkpoint=checkpoint, direction=direction)  # type: ignore[arg-type]
    return replace(Facts(EVENT, post, at(now), MARIA), **changes)  # type: ignore[arg-type]


def listed(*expected: str, **changes: object) -> Attendee:
    return someone(9, expected=expected, **changes)


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        # the badge itself, in the order of SYNC.md
        (facts(flaw="other_event", attendee=None), Verdict.OTHER_EVENT),
        (facts(flaw="newer_version", attendee=None), Verdict.FORGED),
        (facts(flaw="unknown_key", attendee=None), Verdict.FORGED),
        (facts(flaw="forged", attendee=None), Verdict.FORGED),
        (facts(not_a_badge=True, attendee=None), Verdict.NOT_A_BADGE),
        (facts(attendee=None), Verdict.UNKNOWN),
        (facts(replaced=True), Verdict.REPLACED),
        (facts(replaced=True, attendee=someone(1, status="cancelled")), Verdict.REPLACED),
        # the person
        (facts(attendee=someone(1, status="cancelled")), Verdict.CANCELLED),
        (facts(attendee=someone(1, status="blocked")), Verdict.BLOCKED),
        (facts(attendee=someone(1, status="cancelled"), presence=SEEN), Verdict.CANCELLED),
        (facts(attendee=someone(1, status="provisional"), issued_elsewhere=3), Verdict.CHECKED_IN),
        # the day
        (facts(attendee=listed("2014-07-09")), Verdict.WRONG_DAY),
        (facts(attendee=listed("door-2")), Verdict.WRONG_DAY),
        (facts(attendee=listed("2014-07-08")), Verdict.CHECKED_IN),
        (facts(attendee=listed("panel-2")), Verdict.CHECKED_IN),
        (facts(attendee=listed("2014-07-09", walk_in=True)), Verdict.CHECKED_IN),
        # the session
        (facts("panel-1", "13:00", attendee=listed("panel-2")), Verdict.WRONG_SESSION),
        (facts("panel-2", "13:00", attendee=listed("panel-2")), Verdict.CHECKED_IN),
        (facts("panel-2", "13:00"), Verdict.NOT_EXPECTED),
        (facts("panel-2", "13:00", attendee=listed("2014-07-08")), Verdict.NOT_EXPECTED),
        (facts("opening", "09:00", attendee=someone(1, category="press")), Verdict.NOT_EXPECTED),
        (facts("opening", "09:00", attendee=listed("panel-2")), Verdict.CHECKED_IN),
        # a walk-in is on no list, and has a category like everybody
        (facts("panel-2", "13:00", attendee=someone(1, walk_in=True)), Verdict.CHECKED_IN),
        (facts("opening", "09:00", attendee=someone(1, walk_in=True)), Verdict.CHECKED_IN),
        (facts("opening", "09:00", attendee=someone(1, walk_in=True, category="press")), Verdict.NOT_EXPECTED),
        (facts("opening", "09:00", attendee=someone(1, walk_in=True, category="")), Verdict.CHECKED_IN),
        # the time
        (facts("opening", "08:29"), Verdict.TOO_EARLY),
        (facts("opening", "08:30"), Verdict.CHECKED_IN),
        (facts("opening", "10:30"), Verdict.CHECKED_IN),
        (facts("opening", "10:31"), Verdict.TOO_LATE),
        (facts("panel-1", "15:16", "out", presence=SEEN), Verdict.CHECKED_OUT),
        (facts("door-1", "23:00"), Verdict.CHECKED_IN),
        # already
        (facts(presence=SEEN), Verdict.ALREADY_IN),
        (facts(presence=LEFT), Verdict.ALREADY_IN),
        (facts("panel-1", "13:00", presence=SEEN), Verdict.ALREADY_IN),
        (facts("panel-1", "13:00", presence=LEFT), Verdict.CHECKED_IN),
        (facts("panel-1", "13:00", "out", presence=SEEN), Verdict.CHECKED_OUT),
        (facts("panel-1", "13:00", "out", presence=LEFT), Verdict.NOT_INSIDE),
        (facts("panel-1", "13:00", "out"), Verdict.NOT_INSIDE),
        # overruled: amber only
        (facts(presence=SEEN, forced=True), Verdict.CHECKED_IN),
        (facts("panel-1", "13:00", "out", forced=True), Verdict.CHECKED_OUT),
        (facts("opening", "08:00", forced=True), Verdict.CHECKED_IN),
        (facts(attendee=listed("2014-07-09"), forced=True), Verdict.CHECKED_IN),
        (facts(attendee=someone(1, status="cancelled"), forced=True), Verdict.CANCELLED),
        (facts(attendee=someone(1, status="blocked"), forced=True), Verdict.BLOCKED),
        (facts(attendee=None, forced=True), Verdict.UNKNOWN),
        (facts(flaw="forged", attendee=None, forced=True), Verdict.FORGED),
        (facts(replaced=True, forced=True), Verdict.REPLACED),
        (facts(), Verdict.CHECKED_IN),
    ],
)
def test_verdict(given: Facts, verdict: Verdict) -> None:
    assert judge(given).verdict is verdict


def test_every_verdict_is_reached_above() -> None:
    cases = next(mark for mark in test_verdict.pytestmark if mark.name == "parametrize").args[1]  # type: ignore[attr-defined]
    assert {verdict for _given, verdict in cases} == set(Verdict)


def test_a_wrong_date_refuses_nobody_for_the_time_of_day() -> None:
    """Invariant I15: shifting a desk's clock by days never changes who counts for the declared day."""
    post = declare(EVENT, at("08:00"), checkpoint="opening")
    for now in (at("1970-01-01 23:00"), at("2014-07-09 23:00"), at("2030-01-01 00:00")):
        assert judge(Facts(EVENT, post, now, MARIA)).verdict is Verdict.CHECKED_IN


def test_the_note_for_the_desk_comes_with_the_green_light() -> None:
    assert judge(facts(attendee=someone(1, note="Sits at table 3"))).attention == "Sits at table 3"


def test_the_desk_number_comes_with_a_badge_from_elsewhere() -> None:
    assert judge(facts(attendee=someone(1, status="provisional"), issued_elsewhere=3)).detail == "issued_elsewhere"


@pytest.mark.parametrize(
    ("person", "checkpoint", "expected"),
    [
        (MARIA, "door-1", True),
        (MARIA, "door-2", True),
        (MARIA, "panel-2", False),
        (someone(1, status="cancelled"), "door-1", False),
        (someone(1, status="provisional"), "door-1", False),
        (someone(1, category="press"), "opening", False),
        (listed("2014-07-09"), "door-1", False),
        (listed("panel-2"), "door-1", True),
        (listed("panel-2"), "panel-2", True),
        (listed("panel-2"), "panel-1", False),
        (listed("2014-07-08"), "panel-1", True),
    ],
)
def test_who_is_waited_for(person: Attendee, checkpoint: str, expected: bool) -> None:
    assert is_expected(person, EVENT.checkpoint(checkpoint), EVENT) is expected


@pytest.mark.parametrize(
    ("day", "checkpoint", "now", "key"),
    [
        ("", "", "07:45", "door-1"),
        ("", "", "2014-07-09 07:45", "door-2"),
        ("2014-07-09", "", "07:45", "door-2"),
        ("2557-07-09", "", "07:45", "door-2"),
        ("2", "", "1970-01-01 00:00", "door-2"),
        ("", "opening", "1970-01-01 00:00", "opening"),
        ("1", "opening", "07:45", "opening"),
    ],
)
def test_a_post_is_declared_or_proposed(day: str, checkpoint: str, now: str, key: str) -> None:
    assert declare(EVENT, at(now), day, checkpoint).checkpoint.key == key


@pytest.mark.parametrize(
    ("day", "checkpoint", "now", "says"),
    [
        ("", "", "1970-01-01 00:00", "2014-07-08, 2014-07-09"),
        ("2014-07-10", "", "07:45", "2014-07-08, 2014-07-09"),
        ("tomorrow", "", "07:45", "2014-07-08"),
        ("", "door-9", "07:45", "opening"),
        ("2014-07-09", "opening", "07:45", "2014-07-08"),
    ],
)
def test_a_wrong_declaration_says_what_there_is(day: str, checkpoint: str, now: str, says: str) -> None:
    with pytest.raises(DeclarationError, match=says):
        declare(EVENT, at(now), day, checkpoint)


def test_the_day_is_the_event_s_whatever_zone_the_laptop_has() -> None:
    just_after_midnight = at("2014-07-09 00:00")
    from zoneinfo import ZoneInfo

    pacific = just_after_midnight.astimezone(ZoneInfo("America/Los_Angeles"))
    assert pacific.date().isoformat() == "2014-07-08"
    assert declare(EVENT, pacific).day.isoformat() == "2014-07-09"
