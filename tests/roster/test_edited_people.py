"""A list that is imported again, after desks changed people of it: the desk's word stands, the list's is kept under it."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin.desk.registrar import Registrar
from checkin.desk.results import WalkIn
from checkin.domain.verdict import Verdict
from checkin.errors import RosterFileError
from checkin.roster import Importer, check, guess, read_table
from tests.desk.counter import assert_rebuilding_changes_nothing, make_counter
from tests.desk.test_desk import assert_books_balance
from tests.small_event import EVENT, Place

LIST = "Registration ID,Name,Organisation,Country,Category,Badge code\n"
ANN = "1,Ann Lee,ILO,Thailand,delegate,TICKET-0001\n"
BO = "2,Bo Lee,ILO,Thailand,delegate,\n"
Counter = tuple[Place, Registrar]


@pytest.fixture
def counter(tmp_path: Path):
    place, registrar = make_counter(tmp_path, people=())
    yield place, registrar
    place.database.close()


def bring(place: Place, folder: Path, text: str) -> tuple[int, int, int]:
    """Import a list and return (added, updated, unchanged)."""
    path = folder / "list.csv"
    path.write_text(text, "utf-8")
    importer = Importer(place.database, EVENT, issuer=1, clock=place.clock)
    done = importer.import_file(path, source="list")
    return done.added, done.updated, done.unchanged


def person(place: Place, number: str) -> dict[str, str]:
    with place.database.read() as connection:
        row = connection.exec_driver_sql("SELECT * FROM attendee WHERE external_id = ?", (number,)).mappings().one()
    return dict(row)


def test_the_desks_word_stands_and_the_lists_new_one_is_back_after_an_undo(counter: Counter, tmp_path: Path) -> None:
    place, registrar = counter
    bring(place, tmp_path, LIST + ANN + BO)
    ann = person(place, "1")["uid"]
    record = registrar.edit(ann, {"organisation": "ILO Bangkok", "category": "vip"}).record

    assert bring(place, tmp_path, LIST + ANN + BO) == (0, 0, 2), "the same list is no change, whatever desks changed"
    assert person(place, "1")["organisation"] == "ILO Bangkok"
    assert bring(place, tmp_path, LIST + ANN.replace("ILO", "IOM").replace("Ann", "Anne") + BO) == (0, 1, 1)
    assert (person(place, "1")["organisation"], person(place, "1")["name"]) == ("ILO Bangkok", "Anne Lee")
    assert_rebuilding_changes_nothing(place.database)
    place.desk.undo(record)
    assert (person(place, "1")["organisation"], person(place, "1")["category"]) == ("IOM", "delegate")


def test_a_renamed_person_is_recognised_by_the_lists_name(counter: Counter, tmp_path: Path) -> None:
    place, registrar = counter
    text = "Name,Organisation\nAnn Lee,ILO\n"
    bring(place, tmp_path, text)
    with place.database.read() as connection:
        uid = str(connection.exec_driver_sql("SELECT uid FROM attendee").scalar())
    registrar.edit(uid, {"name": "Anna Leigh"})
    assert bring(place, tmp_path, text) == (0, 0, 1)


def test_cancelled_at_the_desk_stays_cancelled(counter: Counter, tmp_path: Path) -> None:
    place, registrar = counter
    bring(place, tmp_path, LIST.strip() + ",Status\n" + ANN.strip() + ",confirmed\n")
    registrar.cancel(person(place, "1")["uid"], "fell ill")
    bring(place, tmp_path, LIST.strip() + ",Status\n" + ANN.replace("ILO", "IOM").strip() + ",confirmed\n")

    assert place.desk.admit("TICKET-0001").verdict is Verdict.CANCELLED
    assert person(place, "1")["organisation"] == "IOM"


def test_who_was_put_together_stays_one(counter: Counter, tmp_path: Path) -> None:
    place, registrar = counter
    bring(place, tmp_path, LIST + ANN + BO)
    ann, bo = person(place, "1")["uid"], person(place, "2")["uid"]
    record = registrar.merge(bo, ann).record
    changed = LIST + ANN.replace("ILO", "IOM").replace("0001", "0009") + BO

    assert bring(place, tmp_path, changed) == (0, 1, 1)
    assert place.desk.admit("TICKET-0001").verdict is Verdict.UNKNOWN
    admission = place.desk.admit("TICKET-0009")
    assert admission.attendee is not None
    assert admission.attendee.id == bo
    assert_books_balance(place.database)
    assert_rebuilding_changes_nothing(place.database)
    place.desk.undo(record)
    assert place.desk.admit("TICKET-0009").attendee.id == ann  # type: ignore[union-attr]
    assert_rebuilding_changes_nothing(place.database)


def test_a_learned_code_that_the_list_brings_later(counter: Counter, tmp_path: Path) -> None:
    place, registrar = counter
    bring(place, tmp_path, LIST + ANN + BO)
    bo = person(place, "2")["uid"]
    record = registrar.learn(bo, "PASS-0815").record
    assert bring(place, tmp_path, LIST + ANN + BO.strip() + "PASS-0815\n") == (0, 1, 1)
    place.desk.undo(record)
    assert place.desk.admit("PASS-0815").attendee.id == bo, "now the list says so"  # type: ignore[union-attr]


def test_a_walk_in_between_the_dry_run_and_the_import_stops_it(counter: Counter, tmp_path: Path) -> None:
    place, registrar = counter
    path = tmp_path / "list.csv"
    path.write_text(LIST + ANN, "utf-8")
    table = read_table(path)
    preview = check(table, guess(table.headers, [row.cells for row in table.sample]), EVENT, place.database)
    registrar.register(WalkIn("Ann Lee", "", "ILO", "Thailand", "delegate"))
    importer = Importer(place.database, EVENT, issuer=1, clock=place.clock)
    with pytest.raises(RosterFileError, match="changed since"):
        importer.apply(preview)
