"""The event's file, and what the timetable answers."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from checkin.demo import demo_files
from checkin.domain.event import FORM_FIELDS, Event, Names
from checkin.domain.event_file import FIELDS, parse_event
from checkin.errors import DeclarationError, EventFileError

SMALL = """
[event]
id = "fair-2026"
name = "Fair"
timezone = "Asia/Bangkok"
[[day]]
date = 2026-03-02
[[day]]
date = 2026-03-01
[[category]]
key = "guest"
name = { en = "Guest", th = "แขก" }
[[checkpoint]]
key = "door"
name = "Door"
day = 2026-03-01
[[checkpoint]]
key = "talk"
name = "Talk"
kind = "session"
day = 2026-03-01
start = 10:00:00
end = 11:00:00
grace_minutes = 15
[[checkpoint]]
key = "lunch"
name = "Lunch"
kind = "session"
day = 2026-03-01
start = 12:00:00
"""


def at(event: Event, text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=event.timezone)


@pytest.fixture(scope="module")
def demo() -> Event:
    return parse_event(demo_files().event.read_text("utf-8"))


def test_demo_event_is_the_conference(demo: Event) -> None:
    assert demo.id == "asean-social-protection-2014"
    assert [d.date.isoformat() for d in demo.days] == ["2014-07-08", "2014-07-09"]
    assert demo.practice
    assert demo.practice_start == at(demo, "2014-07-08 07:45")
    assert demo.retention is not None
    assert demo.retention > demo.days[-1].date
    doors = [c for c in demo.checkpoints if c.kind == "door"]
    assert [c.day for c in doors] == [d.date for d in demo.days]
    assert all(c.grace is None for c in doors), "nobody is too early at a door"
    sessions = {c.key for c in demo.checkpoints if c.kind == "session"}
    assert sessions == {"opening", "special-lecture", "panel-1", "panel-2", "panel-3"}
    assert demo.checkpoint("panel-1").exits
    assert demo.checkpoint("panel-3").listed_only


def test_demo_event_speaks_both_languages(demo: Event) -> None:
    named = [demo.name, demo.venue, *(x.name for x in (*demo.days, *demo.categories, *demo.checkpoints))]
    named += [c.attention for c in demo.categories if c.attention]
    for names in named:
        assert set(names.as_dict()) == {"en", "th"}
        assert re.search("[ก-๙]", names.get("th"))
    vip, speaker = demo.category("vip"), demo.category("speaker")
    assert vip is not None
    assert speaker is not None
    assert vip.attention
    assert speaker.attention
    assert len({c.colour for c in demo.categories}) == len(demo.categories)


def test_small_file_and_what_stands_in_for_what_is_left_out() -> None:
    event = parse_event(SMALL)
    assert [d.date.day for d in event.days] == [1, 2], "days are sorted"
    assert event.languages == ("en", "th")
    assert not event.practice
    assert event.practice_start is None
    assert event.retention is None
    assert event.name.get("th") == "Fair"
    assert event.checkpoint("door").expected is None
    assert event.checkpoint("door").kind == "door"
    assert event.checkpoint("talk").grace == timedelta(minutes=15)


def test_names_fall_back_to_english_then_to_any() -> None:
    assert Names((("en", "Door"), ("th", "ประตู"))).get("th") == "ประตู"
    assert Names((("en", "Door"),)).get("th") == "Door"
    assert Names((("th", "ประตู"),)).get("en") == "ประตู"
    assert Names(()).get("en") == ""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "fair-2026"', 'id = "Fair 2026"', "small letters"),
        ('id = "fair-2026"', "", "“id” is missing"),
        ('name = "Fair"', "", "[event]: “name” is missing"),
        ('name = "Fair"', "name = 7", "“name” is missing"),
        ("Asia/Bangkok", "Asia/Bangkk", "no time zone “Asia/Bangkk”"),
        ("Asia/Bangkok", "../etc", "no time zone"),
        ("date = 2026-03-02", "date = 2569-03-02", "write it as 2026-03-02"),
        ("date = 2026-03-02", 'date = "2026-03-02"', "without quotes"),
        ("date = 2026-03-02", "date = 2026-03-02T08:00:00", "a date as 2014-07-08"),
        ("date = 2026-03-02", "date = 2026-03-01", "“2026-03-01” stands twice"),
        ('key = "guest"', 'key = "guest"\ncolour = "blue"', "#1d5fbf"),
        ("[event]", '[event]\ncolour = ""', "[event]: “colour” must be written as #1d5fbf"),
        ('key = "door"', 'key = "talk"', "“talk” stands twice"),
        ('kind = "session"', 'kind = "hall"', "door or session"),
        ('kind = "session"', 'kind = ["session"]', "door or session"),
        ("end = 11:00:00", "end = 09:00:00", "ends before it starts"),
        ("grace_minutes = 15", "grace_minutes = -1", "0 to 1440"),
        ("grace_minutes = 15", "grace_minutes = true", "0 to 1440"),
        ("grace_minutes = 15", "grace = 15", "no field “grace”"),
        ("grace_minutes = 15", 'expected = ["guests"]', "category “guests”, which is not defined"),
        ("grace_minutes = 15", 'expected = "some"', "“expected” must be"),
        ("grace_minutes = 15", 'exits = "false"', "true or false"),
        ("day = 2026-03-01\nstart = 10", "day = 2026-04-01\nstart = 10", "no [[day]] of the event"),
        ("day = 2026-03-01\nstart = 10", "start = 10", "“day” is missing"),
        ('timezone = "Asia/Bangkok"', 'timezone = "Asia/Bangkok"\nlanguages = [["en"]]', "list of en and th"),
        ('timezone = "Asia/Bangkok"', 'timezone = "Asia/Bangkok"\nlanguages = ["de"]', "list of en and th"),
        ('timezone = "Asia/Bangkok"', 'timezone = "Asia/Bangkok"\npractice = "no"', "true or false"),
        ('timezone = "Asia/Bangkok"', 'timezone = "Asia/Bangkok"\npractice_start = "07:45"', "without quotes"),
        ('timezone = "Asia/Bangkok"', 'timezone = "Asia/Bangkok"\nretention = 2026-03-01', "before the last day"),
        ('timezone = "Asia/Bangkok"', 'timezone = "Asia/Bangkok"\nretention = 2569-12-31', "write it as 2026-12-31"),
        ("[event]", "[evnt]", "no field “evnt”"),
        ("[event]", "[[event]]", "no [event] part"),
        ("[event]", "[event", "not valid TOML"),
    ],
)
def test_a_mistake_is_named_with_its_cure(old: str, new: str, said: str) -> None:
    assert old in SMALL
    with pytest.raises(EventFileError) as caught:
        parse_event(SMALL.replace(old, new, 1))
    assert said in str(caught.value)


def test_nothing_but_an_event_is_taken() -> None:
    for text in ("", "[event]\n", "day = 1", SMALL.replace("[[category]]", "[category]")):
        with pytest.raises(EventFileError):
            parse_event(text)


def test_the_timetable_of_a_day_is_in_order_of_time() -> None:
    event = parse_event(SMALL)
    assert [c.key for c in event.at_day(date(2026, 3, 1))] == ["door", "talk", "lunch"]


def test_the_door_is_proposed_and_a_day_without_one_says_so() -> None:
    event = parse_event(SMALL)
    assert event.propose(at(event, "2026-03-01 10:30")).key == "door"
    with pytest.raises(DeclarationError, match="No checkpoint is set up on 2026-03-02"):
        event.propose(at(event, "2026-03-02 10:30"))
    with pytest.raises(DeclarationError, match="Its days are: 2026-03-01, 2026-03-02"):
        event.propose(at(event, "2026-03-05 10:30"))


def test_the_event_has_its_own_midnight(demo: Event) -> None:
    """23:30 UTC on 7 July is already the morning of 8 July in Bangkok."""
    late = datetime.fromisoformat("2014-07-07T23:30:00+00:00")
    assert demo.propose(late).key == "door-1"


@pytest.mark.parametrize(
    ("time", "window"),
    [("09:44", "early"), ("09:45", "open"), ("10:30", "open"), ("11:15", "open"), ("11:16", "late")],
)
def test_a_session_is_open_from_grace_to_grace(time: str, window: str) -> None:
    event = parse_event(SMALL)
    talk, moment = event.checkpoint("talk"), at(event, f"2026-03-01 {time}")
    assert event.window(talk, moment) == window
    assert (talk in event.sessions_now(moment)) is (window == "open")


def test_another_date_is_a_wrong_clock_and_not_a_wrong_time() -> None:
    event = parse_event(SMALL)
    assert event.window(event.checkpoint("talk"), at(event, "2026-03-02 10:30")) == "other_day"


def test_an_unknown_checkpoint_lists_those_there_are() -> None:
    with pytest.raises(DeclarationError, match="This event has: door, talk, lunch"):
        parse_event(SMALL).checkpoint("hall")


def test_the_document_explains_every_field() -> None:
    text = (Path(__file__).parents[2] / "docs" / "event-file.md").read_text("utf-8")
    for table in ("event", "day", "category", "checkpoint", "walk_in", "walk_in.consent"):
        section = text[text.index(f"[{table}]") :].split("\n## ")[0]
        assert {field for field in FIELDS[table.rpartition(".")[2]] if f"`{field}`" not in section} == set()


def test_a_walk_in_is_asked_the_usual_and_told_the_usual_in_both_languages() -> None:
    rules = parse_event(SMALL.replace("timezone =", "retention = 2026-06-30\ntimezone =")).walk_in
    assert rules.asked == FORM_FIELDS
    assert rules.required == ("name", "organisation", "country", "category")
    assert (rules.category, [one.key for one in rules.consents]) == ("", ["photo", "mailing"])
    english, thai = rules.notice.get("en"), rules.notice.get("th")
    assert "The organiser of “Fair” is the controller" in english
    assert "erased after 30 June 2026" in english
    assert "30 มิถุนายน พ.ศ. 2569" in thai
    assert all("\u200b" in text for text in (thai, *(one.text.get("th") for one in rules.consents)))
    assert "{" not in english + thai
    assert "|" not in thai


def test_the_demo_asks_in_its_own_words(demo: Event) -> None:
    assert demo.walk_in.notice_version == "2014-07"
    assert [one.key for one in demo.walk_in.consents] == ["photo", "mailing"]
    assert demo.category(demo.walk_in.category) is not None


def test_an_event_with_rules_of_its_own() -> None:
    rules = parse_event(
        SMALL
        + """
[walk_in]
asked = ["name_local", "country", "category"]
required = ["country", "name_local"]
category = "guest"
notice = { en = "Ours", th = "ของเรา" }
notice_version = "2026-1"
consent = []
"""
    ).walk_in
    assert rules.asked == ("name_local", "country", "category")
    assert rules.required == ("name_local", "country")
    assert (rules.category, rules.notice.get("th"), rules.notice_version) == ("guest", "ของเรา", "2026-1")
    assert rules.consents == ()


@pytest.mark.parametrize(
    ("part", "complaint"),
    [
        ("asked = []", "nobody could be registered"),
        ('asked = ["age"]', "must be a list of these fields: name, name_local"),
        ('asked = "name"', "must be a list"),
        ('asked = ["name"]\nrequired = ["phone"]', "“phone” is required but not asked"),
        ('category = "vips"', "no \\[\\[category\\]\\] “vips”"),
        ('notice = "Ours"', "need a “notice_version”"),
        ('notice_version = "1"\nconsent = [{}]', "“key” is missing"),
        ('notice_version = "v 1"', "small letters, digits"),
        ('notice_version = "1"\nconsent = [{key = "a", text = "x"}, {key = "a", text = "y"}]', "stands twice"),
        ('ask = ["name"]', "no field “ask”"),
    ],
)
def test_a_wrong_walk_in_part_is_named(part: str, complaint: str) -> None:
    with pytest.raises(EventFileError, match=complaint):
        parse_event(f"{SMALL}\n[walk_in]\n{part}\n")


def test_two_walk_in_parts_are_one_too_many() -> None:
    with pytest.raises(EventFileError, match="one \\[walk_in\\] part only"):
        parse_event(f"{SMALL}\n[[walk_in]]\n[[walk_in]]\n")
