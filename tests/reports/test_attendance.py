"""The attendance list: one row a person and day, whatever they did that day."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

from checkin.db.journal import OwnJournal
from checkin.domain.journal import Body, chain_hash
from checkin.reports.export import export
from tests.small_event import EVENT, MARIA, SOMYING, Place, make_place, someone


def rows_of(
    place: Place, file: Path, day: date | None = None, checkpoint: str = "", report: str = "attendance"
) -> list[dict[str, str]]:
    export(place.database, EVENT, report, file, day, checkpoint=checkpoint)  # type: ignore[arg-type]
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def busy_day(folder: Path) -> Place:
    """Maria: door 08:30 by scanner, opening 09:00, panel in 13:05 and out 13:40. Somying: opening only."""
    for now, checkpoint, direction, serials in (
        ("08:30", "door-1", "in", (1,)), ("09:00", "opening", "in", (1, 2)), ("13:05", "panel-1", "in", (1,)),
    ):  # fmt: skip
        place = make_place(folder, now=now, checkpoint=checkpoint, direction=direction)  # type: ignore[arg-type]
        for serial in serials:
            place.desk.admit(place.token(serial), mode="scanner" if checkpoint == "door-1" else "camera")
        place.database.close()
    place = make_place(folder, now="13:40", checkpoint="panel-1", direction="out")
    place.desk.admit(place.token(1))
    return place


def test_a_person_who_was_at_three_places_is_one_row(tmp_path: Path) -> None:
    place = busy_day(tmp_path)
    rows = {row["name"]: row for row in rows_of(place, tmp_path / "who.csv")}
    opening = rows_of(place, tmp_path / "opening.csv", checkpoint="opening")
    place.database.close()
    maria, somying = rows["Maria Santos"], rows["Somying Jaidee"]
    assert (maria["checkpoint"], maria["also_at"], maria["how"]) == ("door-1", "opening panel-1", "scanner")
    assert (maria["first_at"][11:16], maria["last_at"][11:16]) == ("08:30", "13:40"), "the way out is a move too"
    assert (somying["checkpoint"], somying["also_at"], somying["first_at"]) == ("opening", "", somying["last_at"])
    assert [(row["name"], row["checkpoint"], row["first_at"][11:16]) for row in opening] == [
        ("Maria Santos", "opening", "09:00"), ("Somying Jaidee", "opening", "09:00"),
    ]  # fmt: skip


def test_two_days_are_two_rows(tmp_path: Path) -> None:
    for now, door in (("08:30", "door-1"), ("2014-07-09 08:40", "door-2")):
        place = make_place(tmp_path, now=now, checkpoint=door)
        place.desk.admit(place.token(1))
        place.database.close()
    place = make_place(tmp_path)
    rows = rows_of(place, tmp_path / "who.csv")
    place.database.close()
    assert [(row["day"], row["checkpoint"]) for row in rows] == [("2014-07-08", "door-1"), ("2014-07-09", "door-2")]


def test_what_was_undone_is_counted_beside_who_came(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    wrong = place.desk.admit(place.token(1))
    place.desk.undo(wrong.record, "wrong person")
    place.desk.admit(place.token(1))
    gone = place.desk.admit(place.token(2))
    place.desk.undo(gone.record, "not her")
    rows = rows_of(place, tmp_path / "who.csv")
    place.database.close()
    assert [(row["name"], row["undone"]) for row in rows] == [("Maria Santos", "1")]


def test_an_entry_that_was_written_again_is_marked_and_counts_once(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    place.desk.admit(place.token(1))
    copy_last(place, place.journal)
    journal = rows_of(place, tmp_path / "audit.csv", report="journal")
    who = rows_of(place, tmp_path / "who.csv")
    place.database.close()
    assert [row["what"] for row in journal] == ["checked_in", "copy"]
    assert [row["name"] for row in who] == ["Maria Santos"]


def copy_last(place: Place, journal: OwnJournal) -> None:
    """Append the journal's last entry once more, as a rescue after a restored backup does."""
    with place.database.write_fast() as raw:
        seq, entry_id, body, previous = raw.execute(
            "SELECT seq, entry_id, body, hash FROM entry WHERE journal = ? ORDER BY seq DESC LIMIT 1", (journal.pk,)
        ).fetchone()
        known = Body.from_bytes(body)
        chained = chain_hash(previous, journal.journal_id, seq + 1, known.entry_id, body)
        raw.execute(
            "INSERT INTO entry VALUES (?, ?, ?, 'COPY', NULL, ?, ?)", (journal.pk, seq + 1, entry_id, body, chained)
        )


def test_thousands_of_people_at_many_places_keep_their_order(tmp_path: Path) -> None:
    people = [someone(n, name=f"Person {n:03}") for n in range(1, 301)]
    place = make_place(tmp_path, [replace(one) for one in people])
    for serial in range(1, 301):
        place.desk.admit(place.token(serial))
    place.database.close()
    place = make_place(tmp_path, now="09:10", checkpoint="opening")
    for serial in range(300, 0, -2):
        place.desk.admit(place.token(serial))
    rows = rows_of(place, tmp_path / "who.csv")
    place.database.close()
    assert len(rows) == 300
    assert sum(row["also_at"] == "opening" for row in rows) == 150
    assert {row["last_at"][11:16] for row in rows if row["also_at"]} == {"09:10"}


def test_a_checkpoint_of_nobody_is_an_empty_list(tmp_path: Path) -> None:
    place = make_place(tmp_path, (MARIA, SOMYING))
    assert rows_of(place, tmp_path / "none.csv", checkpoint="panel-2") == []
    place.database.close()
