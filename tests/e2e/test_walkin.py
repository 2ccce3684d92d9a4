"""A walk-in from F3 to "printed", as a person has it: keys at their pace in a real window, a real CUPS with its PDF printer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from checkin import settings
from checkin.app import open_demo
from checkin.badges import store
from checkin.badges.content import content
from checkin.db import print_log
from checkin.db.engine import Database
from checkin.domain.attendee import Attendee
from checkin.domain.journal import Kind
from checkin.paths import DATABASE
from checkin.ui.painting.badge import badge_image
from tests.cli.run import checkin, objects
from tests.desk.test_desk import assert_books_balance
from tests.e2e.driver import Program
from tests.printing.cups import running
from tests.printing.pages import codes, page_mm, picture

pytestmark = [pytest.mark.window, pytest.mark.timeout(300)]

NAME, ORGANISATION, COUNTRY = "Dewi Anggraini Putri", "Test Fund of Malang", "Indonesia"
DPI = 200
SMALL = QSize(258, 372)
"""Both are compared at 3 dots to the mm: the printer rounds the page to its own dots."""
NAME_ROWS = slice(115, 155)
"""Where the name stands on the small picture."""


def test_a_walk_in_is_registered_checked_in_and_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "event"
    app = open_demo(folder)
    event = app.event
    app.close()
    settings.save(folder, replace(settings.load(folder).settings, printer="Badges"))
    with running(monkeypatch) as cups:
        cups.add("Badges", title="Badge printer")
        with Program(folder, "--camera", "none") as program:
            program.wait_for_window()
            pressed = type_walk_in(program)
            program.wait("the paper", lambda: len(cups.papers()) == 1)
            program.wait("“printed”", lambda: states(folder) == ["printed"])
            (paper,) = cups.papers()
            made = program.journal()
            shown, sheet = codes(paper, DPI), picture(paper, DPI)
            size = page_mm(paper)
            assert program.quit() == 0
            assert "Traceback" not in program.said()
        assert len(cups.papers()) == 1
    assert pressed <= 6, "keys beyond the text"
    database = Database(folder / DATABASE)
    assert_books_balance(database)
    database.close()
    assert [entry.body.kind for entry in made] == [Kind.WALK_IN, Kind.BADGE_ISSUED, Kind.CHECK_IN]
    assert len({entry.body.subject for entry in made}) == 1
    assert [round(side) for side in size] == [86, 124]
    (code,) = shown
    (again,) = objects(checkin(folder, "scan", "-", "--json", stdin=f"{code}\n"))
    assert again["verdict"] == "already_in"
    assert (again["attendee"]["name"], again["attendee"]["organisation"]) == (NAME, ORGANISATION)
    layout = store.layout(None, store.DEFAULT)
    guest = Attendee("", NAME, "", ORGANISATION, COUNTRY, event.walk_in.category)
    right, wrong = (
        difference(sheet, badge_image(layout, content(event, person, code), dpi=DPI))
        for person in (guest, replace(guest, name="Siti Aminah Rahman"))
    )
    assert right < wrong / 2, "the name on the sheet is the one that was typed"


def type_walk_in(program: Program) -> int:
    """Go to the page, type a guest, register; return how many keys that took besides the text."""
    program.key("F3")
    program.wait_for_title(lambda title: title.startswith("Walk-in"))
    program.write(NAME)
    program.key("Tab", "Tab")
    program.write(ORGANISATION)
    program.key("Tab")
    program.write(COUNTRY)
    program.key("ctrl+Return")
    return 5


def states(folder: Path) -> list[str]:
    database = Database(folder / DATABASE)
    try:
        return [row.state for row in print_log.last(database, 5)]
    finally:
        database.close()


def difference(one: QImage, other: QImage) -> float:
    """Return the share of the name’s dots whose grey is clearly another."""
    grey = [np.asarray(_grey(image), np.int16) for image in (one, other)]
    return float((np.abs(grey[0] - grey[1])[NAME_ROWS] > 60).mean())


def _grey(image: QImage) -> np.ndarray:
    whole, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    plain = image.scaled(SMALL, whole, smooth).convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width()].copy()
