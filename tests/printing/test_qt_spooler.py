"""What Windows' printers are asked through Qt, here on Qt's own CUPS plug-in: the page is right, the limit is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from checkin.printing.spooler import SpoolError
from checkin.ui.printing.print_job import PrintJob
from checkin.ui.printing.qt_spooler import QtSpooler
from tests.printing.cups import Cups
from tests.printing.pages import page_count, page_mm, small_pdf
from tests.ui.parts import make_parts

PAPER = (86.0, 124.0)


def test_a_page_is_printed_in_its_size_and_only_called_handed_over(cups: Cups, qtbot: QtBot, tmp_path: Path) -> None:
    cups.add()
    spooler = QtSpooler()
    listed = spooler.printers()
    assert listed is not None
    assert [printer.name for printer in listed] == ["Badges"]
    state = spooler.check("Badges", PAPER)
    assert (state.kind, state.knows_paper) == ("ready", True)
    opened: list[str] = []
    pdf = small_pdf(tmp_path / "badge.pdf", PAPER)
    job = spooler.submit("Badges", pdf, title="badge", paper_mm=PAPER, opened=opened.append)
    assert opened == [job]
    assert spooler.job("Badges", job).kind == spooler.cancel("Badges", job).kind == "handed_over"
    qtbot.waitUntil(lambda: len(cups.papers()) == 1, timeout=15_000)
    (paper,) = cups.papers()
    assert page_count(paper) == 1
    assert page_mm(paper) == pytest.approx(PAPER, abs=1)


def test_a_printer_that_does_not_exist_gets_nothing(cups: Cups, qtbot: QtBot, tmp_path: Path) -> None:
    spooler = QtSpooler()
    assert spooler.check("Nowhere").kind == "missing"
    with pytest.raises(SpoolError) as refused:
        spooler.submit("Nowhere", small_pdf(tmp_path / "badge.pdf", PAPER), title="badge", paper_mm=PAPER)
    assert refused.value.state.kind == "missing"


def test_a_badge_of_such_a_system_is_not_called_certain(cups: Cups, qtbot: QtBot, tmp_path: Path) -> None:
    cups.add()
    parts, end = make_parts(tmp_path, qtbot)
    try:
        printer = parts.context.printer
        printer.press._system = QtSpooler()
        parts.context.save_settings(printer="Badges", layout="lanyard", labels_left=9)
        parts.settle()
        told: list[PrintJob] = []
        printer.changed.connect(told.append)
        attendee = parts.app.search.find("maria", 1)[0].attendee
        printer.print_badge(parts.app.registrar.issue_badge(attendee.id))
        qtbot.waitUntil(lambda: bool(told) and told[-1].state == "printed", timeout=15_000)
        assert not told[-1].certain
        assert told[-1].sentence.endswith("This computer does not tell whether it came out: look.")
        parts.settle()
        assert parts.app.settings.labels_left == 8
        qtbot.waitUntil(lambda: len(cups.papers()) == 1, timeout=15_000)
    finally:
        end()
