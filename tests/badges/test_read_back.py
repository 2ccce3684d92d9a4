"""What is printed is read: from the rendered page at print resolution, and from a simulated webcam picture of it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from checkin.badges.store import layout
from checkin.scan import decode
from checkin.ui.painting.badge_pdf import write_pdf
from tests.badges.compare import to_array
from tests.badges.demo_badges import demo_contents
from tests.badges.webcam import Gray, held_up

PRINT_DPI = 300


def pages(path: Path) -> list[Gray]:
    """Render every page of a PDF as a printer of 300 dpi does, gray."""
    document = QPdfDocument()
    assert document.load(str(path)) == QPdfDocument.Error.None_
    made = []
    for number in range(document.pageCount()):
        points = document.pagePointSize(number)
        size = QSize(round(points.width() / 72 * PRINT_DPI), round(points.height() / 72 * PRINT_DPI))
        paper = QImage(size, QImage.Format.Format_RGB888)
        paper.fill("#ffffff")
        painter = QPainter(paper)
        painter.drawImage(0, 0, document.render(number, size))
        painter.end()
        made.append(cv2.cvtColor(to_array(paper).astype(np.uint8), cv2.COLOR_RGB2GRAY))
    document.close()
    return made


def test_all_350_badges_of_the_demonstration_are_read(tmp_path: Path) -> None:
    contents = demo_contents()
    assert len(contents) == 350
    lanyard = layout(None, "lanyard")
    write_pdf(tmp_path / "all.pdf", lanyard, contents)
    paper, webcam = [], []
    for number, (page, said) in enumerate(zip(pages(tmp_path / "all.pdf"), contents, strict=True)):
        if [code.text for code in decode(page)] != [said.text]:
            paper.append(said.text)
        if [code.text for code in decode(held_up(page, lanyard.width_mm, seed=number))] != [said.text]:
            webcam.append(said.text)
    assert paper == []
    assert webcam == []


@pytest.mark.parametrize(("key", "distance"), [("a6", 400), ("card", 350), ("label-62", 350), ("label-62x100", 350)])
def test_every_layout_is_read_by_a_webcam(key: str, distance: float, tmp_path: Path) -> None:
    """A single frame, from the distance that docs/badge-layouts.md states; a live camera takes the best of many."""
    contents, chosen = demo_contents()[::15], layout(None, key)
    write_pdf(tmp_path / "some.pdf", chosen, contents)
    unread = [
        number
        for number, page in enumerate(pages(tmp_path / "some.pdf"))
        if [code.text for code in decode(held_up(page, chosen.width_mm, seed=number, distance_mm=distance))]
        != [contents[number].text]
    ]
    assert unread == []


@pytest.mark.parametrize(("key", "count"), [("a4-4", 4), ("a4-8", 8)])
def test_every_badge_of_a_sheet_is_read(key: str, count: int, tmp_path: Path) -> None:
    contents = demo_contents()[: count + 1]
    write_pdf(tmp_path / "sheets.pdf", layout(None, key), contents)
    first, second = pages(tmp_path / "sheets.pdf")
    assert {code.text for code in decode(first)} == {said.text for said in contents[:count]}
    assert [code.text for code in decode(second)] == [contents[-1].text]
