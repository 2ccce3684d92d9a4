"""The form's TOML is a real event, whatever was typed into it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.event_file import parse_event
from checkin.ui.first_run.draft import CATEGORIES, Draft, event_id, to_toml

DRAFT = Draft("Social Protection for ASEAN", "การคุ้มครองทางสังคม", "Bangkok", date(2014, 7, 8), date(2014, 7, 9))


def test_two_days_two_doors_and_the_usual_groups() -> None:
    event = parse_event(to_toml(DRAFT))
    assert event.name.get("en") == "Social Protection for ASEAN"
    assert event.name.get("th") == "การคุ้มครองทางสังคม"
    assert event.venue.get("th") == "Bangkok"
    assert [day.date for day in event.days] == [date(2014, 7, 8), date(2014, 7, 9)]
    assert [(c.kind, c.day, c.expected) for c in event.checkpoints] == [
        ("door", date(2014, 7, 8), None),
        ("door", date(2014, 7, 9), None),
    ]
    assert [c.key for c in event.categories] == [row[0] for row in CATEGORIES]
    assert event.retention == date(2014, 10, 7)
    assert not event.practice


def test_a_name_in_one_language_is_enough() -> None:
    event = parse_event(to_toml(replace(DRAFT, name_en="", venue="")))
    assert event.name.get("en") == "การคุ้มครองทางสังคม"
    assert event.venue.get("en") == ""


def test_two_events_of_one_name_have_two_ids() -> None:
    ids = {event_id(DRAFT) for _ in range(20)}
    assert len(ids) > 15
    assert all(id_.startswith("social-protection-for-asean-2014-") for id_ in ids)


@pytest.mark.parametrize("name", ["", "การคุ้มครอง", "—", "x" * 500, "Đại hội ๒๕๕๗"])
def test_every_name_makes_an_id_that_the_file_may_hold(name: str) -> None:
    parse_event(to_toml(replace(DRAFT, name_en=name)))


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_out_of_its_quotes(name: str, venue: str) -> None:
    draft = replace(DRAFT, name_en="x" + name, venue=venue)
    data = tomllib.loads(to_toml(draft, salt="00ff"))
    assert set(data) == {"event", "day", "category", "checkpoint"}
    assert set(data["event"]) <= {"id", "name", "venue", "timezone", "languages", "retention"}
    assert data["event"]["name"]["en"].replace(" ", "") == "".join(("x" + name).split())


def test_a_month_is_the_longest_event() -> None:
    assert len(replace(DRAFT, last_day=date(2015, 7, 8)).days()) == 31
