"""The export panel: what a supervisor presses, sees and finds on the disk."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from checkin.domain.journal import Body
from checkin.reports.export import Exported
from checkin.ui.reports.export_panel import ExportPanel
from tests.ui.parts import Parts, make_parts


@pytest.fixture
def parts(tmp_path: Path, qtbot: QtBot) -> Iterator[Parts]:
    made, end = make_parts(tmp_path, qtbot)
    with made.app.database.read() as connection:
        uids = [row[0] for row in connection.exec_driver_sql("SELECT uid FROM attendee WHERE status = 'registered'")]
    for uid in uids:
        made.app.desk.admit_person(uid)
    yield made
    end()


@pytest.fixture
def panel(parts: Parts) -> ExportPanel:
    made = ExportPanel(parts.context)
    parts.bot.addWidget(made)
    made.resize(600, 800)
    made.show()
    return made


def wait(parts: Parts, panel: ExportPanel) -> None:
    parts.bot.waitUntil(lambda: not panel.busy(), timeout=30_000)
    parts.settle()


def choose_file(monkeypatch: pytest.MonkeyPatch, file: Path) -> list[str]:
    proposed: list[str] = []

    def ask(_parent: object, _title: str, proposal: str, _kinds: str) -> tuple[str, str]:
        proposed.append(Path(proposal).name)
        return str(file), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return proposed


def exports(parts: Parts) -> list[tuple[str, str]]:
    """Return (what, reason and file) of the EXPORT entries."""
    with parts.app.database.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT e.body, p.text FROM entry e LEFT JOIN private p ON p.entry_id = e.entry_id WHERE e.kind = 'EXPORT'"
        )
        return [(Body.from_bytes(body).change, text) for body, text in rows]


def test_counts_are_written_at_once_and_ask_nothing(
    parts: Parts, panel: ExportPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed = choose_file(monkeypatch, tmp_path / "sums.xlsx")
    seen: list[Exported] = []
    panel.exported.connect(seen.append)
    panel.xlsx.click()
    wait(parts, panel)
    assert proposed == ["Test conference - counts - 2014-07-08.xlsx"]
    assert panel.reason.isHidden()
    assert (tmp_path / "sums.xlsx").is_file()
    assert [one.file for one in seen] == [tmp_path / "sums.xlsx"]
    assert "sums.xlsx" in panel.said()
    assert exports(parts) == []


def test_names_need_a_reason_which_is_kept(
    parts: Parts, panel: ExportPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed = choose_file(monkeypatch, tmp_path / "who")
    panel.report.setCurrentIndex(panel.report.findData("attendance"))
    panel.csv.click()
    assert not panel.reason.isHidden()
    assert proposed == [], "nothing is asked or written before there is a reason"
    panel.reason.given.emit("roll call")
    wait(parts, panel)
    assert proposed == ["Test conference - attendance - 2014-07-08.csv"]
    with (tmp_path / "who.csv").open(encoding="utf-8-sig", newline="") as text:
        assert len(list(csv.DictReader(text))) == 4
    assert exports(parts) == [("attendance.csv", "roll call\nwho.csv")]


def test_taking_the_question_back_writes_nothing(
    parts: Parts, panel: ExportPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_file(monkeypatch, tmp_path / "who.csv")
    panel.report.setCurrentIndex(panel.report.findData("journal"))
    panel.csv.click()
    panel.reason.close_bar()
    parts.settle()
    assert not (tmp_path / "who.csv").exists()
    assert exports(parts) == []


@pytest.mark.parametrize("tongue", ["th", "en"])
def test_the_report_is_a_pdf_in_either_language(
    parts: Parts, panel: ExportPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tongue: str
) -> None:
    choose_file(monkeypatch, tmp_path / "report.pdf")
    panel.digits.set_checked(True)
    (panel.pdf_th if tongue == "th" else panel.pdf_en).click()
    wait(parts, panel)
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_a_preview_shows_rows_and_pages_and_forgets_them(parts: Parts, panel: ExportPanel) -> None:
    panel.report.setCurrentIndex(panel.report.findData("attendance"))
    panel.look_button.click()
    wait(parts, panel)
    shown = panel.preview
    assert shown.isVisible()
    assert shown.page_size().height() > 500
    shown.rows_button.click()
    names = {shown.table.item(line, 0).text() for line in range(shown.table.rowCount())}
    assert "<b>Bold</b> O’Neil" in names
    assert len(names) == 4
    assert exports(parts) == [], "a look leaves the program with no file"
    shown.close_button.click()
    assert shown.isHidden()
    assert shown.table.rowCount() == 0


def test_why_it_could_not_be_written_is_said_and_not_logged(parts: Parts, panel: ExportPanel, tmp_path: Path) -> None:
    (tmp_path / "~$who.xlsx").touch()
    panel.report.setCurrentIndex(panel.report.findData("attendance"))
    panel.write_to(tmp_path / "who.xlsx", "en", "asked")
    wait(parts, panel)
    assert "who-2.xlsx" in panel.said()
    assert exports(parts) == []


def test_buttons_say_what_they_write_in_both_languages(parts: Parts, panel: ExportPanel) -> None:
    assert panel.pdf_th.text() == "PDF report · ไทย"
    panel.report.setCurrentIndex(panel.report.findData("journal"))
    assert panel.pdf_en.text() == "PDF list · EN"
    parts.speak("th")
    panel.retranslate()
    assert panel.chosen() == "journal", "what was chosen stays chosen"


def test_the_bundle_is_somebody_elses(parts: Parts, panel: ExportPanel) -> None:
    with parts.bot.waitSignal(panel.bundle_wanted, timeout=1000):
        panel.bundle.click()
