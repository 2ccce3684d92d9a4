"""`export` on the command line: a reason for names, kept in the journal; PDF without a display; hints and refusals."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from checkin.app import Declared, create_app
from tests.cli.run import checkin, objects
from tests.ui.conftest import PRACTICE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice event with two people, both let in."""
    folder = tmp_path_factory.mktemp("desk") / "data"
    app = create_app(folder, PRACTICE, Declared(staff="Art"))
    (folder / "list.csv").write_text("Name,Category\nMaria Santos,delegate\nSomying Jaidee,vip\n", "utf-8")
    app.importer.import_file(folder / "list.csv")
    with app.database.read() as connection:
        uids = [row[0] for row in connection.exec_driver_sql("SELECT uid FROM attendee")]
    for uid in uids:
        app.desk.admit_person(uid)
    app.close()
    return folder


def journal(folder: Path, file: Path) -> list[dict[str, str]]:
    checkin(folder, "--staff", "Art", "export", "journal", "--out", str(file))
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def test_names_are_logged_with_who_and_why(folder: Path, tmp_path: Path) -> None:
    out = objects(
        checkin(folder, "--staff", "Nok", "export", "attendance", "--out", str(tmp_path / "who.xlsx"), "--day", "1",
                "--reason", "asked for by the ministry", "--json")
    )[-1]  # fmt: skip
    assert set(out) == {"rows", "file", "record", "incomplete"}
    rows = {row["record"].replace("-", ""): row for row in journal(folder, tmp_path / "audit.csv")}
    logged = rows[out["record"].replace("-", "")]
    assert (logged["what"], logged["staff"]) == ("export attendance", "Nok")
    assert logged["reason"] == "asked for by the ministry (who.xlsx)"
    assert logged["day"] == "2014-07-08"


def test_without_a_reason_it_works_and_says_so_in_the_journal(folder: Path, tmp_path: Path) -> None:
    out = objects(checkin(folder, "export", "attendance", "--out", str(tmp_path / "who.csv"), "--json"))[-1]
    assert out["rows"] > 0
    sums = objects(checkin(folder, "export", "counts", "--out", str(tmp_path / "sums.xlsx"), "--json"))[-1]
    assert sums["record"] == "", "counts hold no names: nothing is asked or logged"
    rows = [row for row in journal(folder, tmp_path / "audit.csv") if row["what"].startswith("export")]
    assert rows[-2]["reason"] == "'- (who.csv)"
    assert rows[-1]["what"] == "export journal", "the journal tells of its own export too"


@pytest.mark.parametrize("lang", ["en", "th"])
def test_the_report_for_the_ministry_needs_no_display(folder: Path, tmp_path: Path, lang: str) -> None:
    file = tmp_path / f"report-{lang}.pdf"
    checkin(folder, "--lang", lang, "export", "counts", "--day", "1", "--thai-digits", "--out", str(file))
    assert file.read_bytes().startswith(b"%PDF-")


def test_nothing_is_logged_where_nothing_could_be_written(folder: Path, tmp_path: Path) -> None:
    before = len(journal(folder, tmp_path / "a.csv"))
    done = checkin(folder, "export", "attendance", "--out", str(tmp_path / "who.docx"), code=1)
    assert ".csv, .json, .pdf, .xlsx" in done.stderr
    checkin(folder, "export", "attendance", "--checkpoint", "nowhere", "--out", str(tmp_path / "x.csv"), code=1)
    assert len(journal(folder, tmp_path / "b.csv")) == before + 1
