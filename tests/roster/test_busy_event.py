"""A list that is imported while the counter is at work: walk-ins, corrections, doubles, learned codes, prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checkin.db.badges import take_serials
from checkin.desk.registrar import Registrar
from checkin.desk.results import WalkIn
from checkin.domain.declare import declare
from checkin.errors import RosterFileError
from checkin.roster import Importer, ImportResult, Preview, check, guess, read_table
from tests.desk.counter import assert_rebuilding_changes_nothing, make_counter
from tests.desk.test_desk import assert_books_balance
from tests.roster.place import reasons
from tests.small_event import EVENT, Place

HEADS = "Person ID,Name,Organisation,Category,Badge code,E-mail\n"
FIRST = """1,Ann Lee,ILO,delegate,TICKET-1,
2,Bo Lee,ILO,delegate,TICKET-2,
3,Cy Lee,SSO,delegate,,
4,Di Lee,SSO,press,TICKET-4,
5,D. Lee,SSO,press,TICKET-5,
"""
SECOND = """1,Anne Lee,IOM,delegate,TICKET-9,
2,Bo Lee,ILO,delegate,TICKET-2,
3,Cy Lee,SSO,vip,TICKET-3,
4,Di Lee,SSO,press,TICKET-4,
5,D. Lee,SSO,vip,TICKET-5B,
6,Flo New,ILO,delegate,TICKET-1,
7,Walk Er,MoL,delegate,TICKET-7,walk@example.org
8,Gus New,ILO,vip,,
"""


class Busy:
    """A desk, its counter, and lists that come in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place: Place
        self.registrar: Registrar
        self.place, self.registrar = make_counter(folder, people=())
        self.importer = Importer(self.place.database, EVENT, issuer=1, clock=self.place.clock)

    def preview(self, rows: str, heads: str = HEADS) -> Preview:
        path = self.folder / "list.csv"
        path.write_text(heads + rows, "utf-8")
        table = read_table(path)
        mapping = guess(table.headers, [row.cells for row in table.sample])
        return check(table, mapping, EVENT, self.place.database, source="list")

    def bring(self, rows: str, heads: str = HEADS) -> ImportResult:
        return self.importer.apply(self.preview(rows, heads))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.place.database.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]

    def uid(self, name: str) -> str:
        return str(self.rows(f"SELECT uid FROM attendee WHERE name = '{name}'")[0][0])

    def tally(self) -> list[tuple[Any, ...]]:
        return self.rows("SELECT category, came, inside, walk_in FROM tally WHERE came <> 0 OR inside <> 0 ORDER BY 1")


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Busy]:
    found = Busy(tmp_path)
    yield found
    found.place.database.close()


def test_a_new_list_over_everything_that_a_counter_does(busy: Busy) -> None:
    desk, registrar = busy.place.desk, busy.registrar
    busy.bring(FIRST)
    registrar.register(WalkIn("Walk Er", "", "MoL", "Thailand", "press", "walk@example.org"))
    registrar.edit(busy.uid("Ann Lee"), {"organisation": "ILO Bangkok"})
    registrar.cancel(busy.uid("Bo Lee"), "fell ill")
    registrar.learn(busy.uid("Cy Lee"), "PASS-0815")
    merged = registrar.merge(busy.uid("Di Lee"), busy.uid("D. Lee")).record
    for _print in range(3):
        registrar.issue_badge(busy.uid("Ann Lee"))
    desk.admit("PASS-0815")
    desk.admit("TICKET-5")
    assert busy.tally() == [("delegate", 1, 1, 0), ("press", 2, 2, 1)]

    result = busy.bring(SECOND)

    assert (result.added, result.updated, result.unchanged, result.rejected) == (2, 4, 2, 0)
    assert busy.rows("SELECT id, name, organisation, category, status, badge_code, walk_in, merged FROM attendee") == [
        (1, "Anne Lee", "ILO Bangkok", "delegate", "registered", "TICKET-9", 0, None),
        (2, "Bo Lee", "ILO", "delegate", "cancelled", "TICKET-2", 0, None),
        (3, "Cy Lee", "SSO", "vip", "registered", "TICKET-3", 0, None),
        (4, "Di Lee", "SSO", "press", "registered", "TICKET-4", 0, None),
        (5, "D. Lee", "SSO", "vip", "registered", "TICKET-5B", 0, 4),
        (6, "Walk Er", "MoL", "delegate", "registered", "TICKET-7", 1, None),
        (7, "Flo New", "ILO", "delegate", "registered", "TICKET-1", 0, None),
        (8, "Gus New", "ILO", "vip", "registered", "", 0, None),
    ]
    assert busy.rows("SELECT text, attendee, owner, learned IS NOT NULL FROM code") == [
        ("PASS-0815", 3, None, 1),
        ("TICKET-1", 7, None, 0),
        ("TICKET-2", 2, None, 0),
        ("TICKET-3", 3, None, 0),
        ("TICKET-4", 4, None, 0),
        ("TICKET-5B", 4, 5, 0),
        ("TICKET-7", 6, None, 0),
        ("TICKET-9", 1, None, 0),
    ]
    assert busy.rows("SELECT issuer, serial, attendee, revision, owner FROM badge WHERE attendee <> 6") == [
        (1, 1, 1, 2, None), (1, 2, 2, 0, None), (1, 3, 3, 0, None), (1, 4, 4, 0, None), (1, 5, 4, 0, 5),
        (1, 6, 7, 0, None), (1, 7, 8, 0, None),
    ]  # fmt: skip
    assert busy.rows("SELECT attendee, field, value FROM before_edit") == [
        (1, "organisation", "IOM"), (2, "status", "registered"), (2, "status_reason", ""),
    ]  # fmt: skip
    assert busy.rows("SELECT value FROM desk_state WHERE key = 'next_serial'") == [("8",)]
    assert busy.tally() == [("delegate", 1, 1, 1), ("press", 1, 1, 0), ("vip", 1, 1, 0)], "the counters follow the list"
    assert_books_balance(busy.place.database)
    assert_rebuilding_changes_nothing(busy.place.database)
    desk.undo(merged)
    assert_rebuilding_changes_nothing(busy.place.database)
    assert busy.bring(SECOND).unchanged == 8


def test_the_tables_come_out_the_same_moved_whole_or_row_by_row(tmp_path: Path) -> None:
    rows = "".join(
        f"{n},สมชาย {n % 700} Lee,Office {n % 9},vip,{f'C-{9999 - n}' if n % 3 else ''},\n" for n in range(3_000)
    )
    found = []
    for name in ("empty", "walked-in"):
        (tmp_path / name).mkdir()
        busy = Busy(tmp_path / name)
        if name != "empty":
            busy.registrar.register(WalkIn("Walk Er", "", "MoL", "Thailand", "press"))
        assert busy.bring(rows).added == 3_000
        shift = int(name != "empty")
        found.append(
            [
                busy.rows(
                    f"SELECT id - {shift}, name, organisation, category, badge_code, external_id, source, source_row,"
                    f" sort_key, walk_in, merged FROM attendee WHERE id > {shift} ORDER BY sort_key, id"
                ),
                busy.rows(
                    f"SELECT issuer, serial, attendee - {shift}, revision, owner FROM badge"
                    f" WHERE attendee > {shift} ORDER BY attendee"
                ),
                busy.rows(f"SELECT text, attendee - {shift}, owner, learned FROM code"),
            ]
        )
        assert busy.rows("PRAGMA integrity_check") == [("ok",)]
        assert busy.rows("PRAGMA foreign_key_check") == []
        assert_rebuilding_changes_nothing(busy.place.database)
        busy.place.database.close()
    assert found[0] == found[1]


def test_badge_numbers_that_somebody_took_meanwhile_stop_the_import(busy: Busy) -> None:
    preview = busy.preview(FIRST)

    def take() -> bool:
        with busy.place.database.write_fast() as raw:
            if take_serials(raw, 1, 0) == 1:
                take_serials(raw, 1, 3)
        return False

    with pytest.raises(RosterFileError, match="changed since"):
        busy.importer.write(preview, cancelled=take)
    assert busy.rows("SELECT (SELECT count(*) FROM attendee) + (SELECT count(*) FROM badge)") == [(0,)]
    busy.bring(FIRST)
    assert busy.rows("SELECT min(serial), max(serial) FROM badge") == [(4, 8)]


def test_a_code_that_the_desk_learned_is_not_taken_away_by_a_list(busy: Busy) -> None:
    busy.bring(FIRST)
    busy.registrar.learn(busy.uid("Ann Lee"), "PASS-0815")
    result = busy.bring(FIRST.replace("TICKET-1", "TICKET-9") + "6,Flo New,ILO,delegate,PASS-0815,\n")

    assert (result.added, result.updated, result.rejected) == (0, 1, 1)
    assert "belongs to “Ann Lee”" in reasons(result, 7, "rejected")
    assert busy.place.desk.admit("PASS-0815").attendee.name == "Ann Lee"  # type: ignore[union-attr]


def test_a_code_stays_with_its_owner_whose_own_row_is_left_out(busy: Busy) -> None:
    busy.bring(FIRST)
    # Bo's row asks for Di's code and is left out, so Bo keeps TICKET-2, which Flo's row would have.
    rows = FIRST.replace("TICKET-2", "TICKET-4").replace("4,Di Lee,SSO,press,TICKET-4,\n", "")
    result = busy.bring("6,Flo New,ILO,delegate,TICKET-2,\n" + rows)

    assert (result.added, result.updated, result.unchanged, result.rejected) == (0, 0, 3, 2)
    assert "belongs to “Bo Lee”" in reasons(result, 2, "rejected")
    assert "belongs to “Di Lee”" in reasons(result, 4, "rejected")
    assert busy.place.desk.admit("TICKET-2").attendee.name == "Bo Lee"  # type: ignore[union-attr]


def test_who_left_the_room_is_counted_as_gone_in_the_new_category(busy: Busy) -> None:
    busy.bring(FIRST)
    desk, now = busy.place.desk, busy.place.clock.now()
    desk.set_post(declare(EVENT, now, checkpoint="panel-1", direction="in"))
    for code in ("TICKET-1", "TICKET-2"):
        desk.admit(code, force_reason="early")
    desk.set_post(declare(EVENT, now, checkpoint="panel-1", direction="out"))
    desk.admit("TICKET-1", force_reason="early")
    assert busy.tally() == [("delegate", 2, 1, 0)]

    busy.bring(FIRST.replace("delegate", "vip"))

    assert busy.tally() == [("vip", 2, 1, 0)]
    assert_rebuilding_changes_nothing(busy.place.database)
