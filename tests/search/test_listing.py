"""The attendees' list: its order, its filters, any place of it, and that it follows what happens."""

from __future__ import annotations

import random
from pathlib import Path

from checkin.db import search as db_search
from checkin.db.listing import ListFilter, Listing, ListRow
from checkin.db.models import attendee
from checkin.desk.results import Admission
from tests.search.roster import opened, person, write
from tests.small_event import MARIA, SOMYING, make_place

TODAY = {"day": "2014-07-08", "checkpoint": "door-1"}


def shown(rows: list[ListRow]) -> list[str]:
    return [row.attendee.display_name for row in rows]


def test_the_list_is_sorted_and_any_place_of_it_can_be_read(tmp_path: Path) -> None:
    names = [f"Person {number:04d}" for number in range(500)]
    people = [person(name) for name in names]
    random.Random(1).shuffle(people)
    with opened(tmp_path, people) as database:
        listing = Listing(database)
        assert listing.count(ListFilter()) == 500
        assert shown(listing.rows(ListFilter(), 0, 3)) == names[:3]
        assert shown(listing.rows(ListFilter(), 250, 2)) == names[250:252]
        assert shown(listing.rows(ListFilter(), 499, 10)) == names[499:]
        assert listing.rows(ListFilter(), 500, 10) == []


def test_an_empty_event(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        listing = Listing(database)
        for presence in ("any", "in", "not_in", "cancelled"):
            wanted = ListFilter(presence=presence, category="vip", **TODAY)
            assert listing.count(wanted) == 0
            assert listing.rows(wanted, 0, 10) == []


def test_filters_by_category_and_status_and_text(tmp_path: Path) -> None:
    people = [
        person("Ann", category="vip"),
        person("Bo", category="vip", status="cancelled"),
        person("Cy", category="press", organisation="ILO"),
        person("ILona", category="press"),
    ]
    with opened(tmp_path, people) as database:
        listing = Listing(database)
        for wanted, expected in (
            (ListFilter(category="vip"), ["Ann", "Bo"]),
            (ListFilter(category="vip", status="registered"), ["Ann"]),
            (ListFilter(presence="cancelled"), ["Bo"]),
            (ListFilter(category="nobody"), []),
            (ListFilter(text="ilo"), ["ILona", "Cy"]),
            (ListFilter(text="ilo", category="vip"), []),
        ):
            assert shown(listing.rows(wanted, 0, 10)) == expected
            assert listing.count(wanted) == len(expected)


def test_presence_follows_scans_and_undo(tmp_path: Path) -> None:
    place = make_place(tmp_path, [MARIA, SOMYING])
    try:
        listing = Listing(place.database)
        inside, outside = ListFilter(presence="in", **TODAY), ListFilter(presence="not_in", **TODAY)
        assert (listing.count(inside), listing.count(outside)) == (0, 2)
        admission = place.desk.admit(place.token(1))
        assert isinstance(admission, Admission)
        assert (listing.count(inside), listing.count(outside)) == (1, 1)
        (row,) = listing.rows(inside, 0, 10)
        assert row.attendee.name == "Maria Santos"
        assert row.inside
        assert (row.first_desk, row.first_staff) == ("Desk 1", "Nok")
        assert row.first_at is not None
        assert row.first_at.isoformat()[:16] == "2014-07-08T01:30"  # 08:30 in Bangkok
        place.desk.undo(admission.record)
        assert (listing.count(inside), listing.count(outside)) == (0, 2)
        assert [row.first_at for row in listing.rows(outside, 0, 10)] == [None, None]
    finally:
        place.database.close()


def test_the_list_follows_changes_of_the_roster(tmp_path: Path) -> None:
    with opened(tmp_path, [person("Bo"), person("Di"), person("Fa")]) as database:
        listing = Listing(database)
        assert shown(listing.rows(ListFilter(), 0, 9)) == ["Bo", "Di", "Fa"]
        with database.write() as connection:
            db_search.index(connection, write(connection, [person("Cy", category="vip"), person("Al"), person("Zu")]))
        assert shown(listing.rows(ListFilter(), 0, 9)) == ["Al", "Bo", "Cy", "Di", "Fa", "Zu"]
        assert listing.count(ListFilter(category="vip")) == 1
        with database.write() as connection:
            connection.execute(attendee.update().where(attendee.c.id == 1).values(name="Yo", sort_key="yo"))
            db_search.index(connection, [1])
            db_search.remove(connection, [2])
            connection.execute(attendee.delete().where(attendee.c.id == 2))
        assert shown(listing.rows(ListFilter(), 0, 9)) == ["Al", "Cy", "Fa", "Yo", "Zu"]
        with database.write() as connection:
            numbers = write(connection, [person(f"Many {number:03d}") for number in range(300)])
            db_search.enqueue(connection, numbers[0], numbers[-1])
        assert listing.count(ListFilter()) == 305
        assert shown(listing.rows(ListFilter(), 302, 9)) == ["Many 299", "Yo", "Zu"]
