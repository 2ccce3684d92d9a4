"""The PDF report: looked at as pixels, page by page; what is on it follows from the same sums as everything else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtGui import QImage

from checkin.domain.closing import NOT_CLOSED, Difference, ReportState
from checkin.domain.event import Names
from checkin.errors import CancelledError, ExportError
from checkin.i18n import set_language
from checkin.reports.export import export
from checkin.reports.sheet import About, Column, Sheet
from checkin.reports.standing import DeskLine, Standing
from checkin.reports.summary import DaySum, Line, Summary
from checkin.ui.painting.headless import program
from checkin.ui.painting.report_flow import Group, Piece, pages, space
from checkin.ui.painting.report_page import page_pictures
from checkin.ui.painting.report_pdf import MOST_ROWS, PdfExporter, document
from tests.reports.test_export import small_disk
from tests.small_event import EVENT, Place, at, make_place, someone

DAY = EVENT.days[0].date
DIGEST = "7f3a91c2" + "0" * 56
DPI = 80


@pytest.fixture(autouse=True)
def qt(qapp) -> None:
    program()


@pytest.fixture(params=["en", "th"])
def tongue(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("en")


def large_summary(countries: int, organisations: int) -> Summary:
    some = tuple(Line(f"Country {n}", 20, 19, 19) for n in range(countries))
    many = tuple(
        Line(f"Organisation with a name that is rather long, number {n}", 3, 2, 2) for n in range(organisations)
    )
    door = Line("door-1", 350, 324, 317, 7)
    arrivals = tuple((480 + 15 * n, came) for n, came in enumerate((12, 27, 66, 114, 153, 132, 81, 36, 15, 9, 18, 6)))
    day = DaySum(DAY, door, (Line("opening", 350, 318, 318), Line("panel-1", 200, 171, 171)), arrivals)
    return Summary(
        (day,), replace(door, key=""), (Line("delegate", 158, 149, 146, 3), Line("vip", 192, 175, 171, 4)), some, many
    )


def sheet(state: ReportState = NOT_CLOSED, missing: bool = False, sums: Summary | None = None) -> Sheet:
    desks = (DeskLine("Desk 3", 94, 120, datetime(2014, 7, 8, 8, 51, tzinfo=EVENT.timezone), missing),)
    about = About("counts", DAY, "", at("17:04"), Standing(state, desks), lambda: sums or large_summary(30, 200))
    return Sheet(EVENT, "Counts", (), 0, iter(()), about)


def pictures(made: Sheet, *, thai: bool = False, limit: int = 100) -> list[np.ndarray]:
    return [pixels(one) for one in page_pictures(document(made, thai=thai), DPI, limit)]


def pixels(image: QImage) -> np.ndarray:
    """Return the page without the edge that pictures have, BGR."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    page = flat[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
    return cv2.cvtColor(page[2:-2, 2:-2], cv2.COLOR_RGB2BGR)


def ink(page: np.ndarray) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of what is drawn, px."""
    rows, columns = np.where(page.min(axis=2) < 200)
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def has(page: np.ndarray, bgr: tuple[int, int, int], least: int = 200) -> bool:
    return int((np.abs(page.astype(int) - bgr).max(axis=2) < 12).sum()) > least


AMBER_SOFT, BLUE, BLUE_SOFT = (0xDA, 0xF0, 0xFD), (0xC2, 0x5F, 0x1D), (0xFA, 0xEE, 0xE6)


@pytest.mark.usefixtures("tongue")
def test_30_countries_and_200_organisations_stay_within_every_page(tongue: str) -> None:
    found = pictures(sheet(ReportState(True, digest=DIGEST)), thai=tongue == "th")
    assert 6 <= len(found) <= 12
    height, width = found[0].shape[:2]
    for page in found:
        left, top, right, bottom = ink(page)
        assert left > width * 0.06
        assert right < width * 0.94
        assert top > height * 0.035
        assert bottom < height * 0.97
        gap = page[int(height * 0.931) : int(height * 0.934)]
        assert gap.min() > 200, "a row never runs into the footer"
    assert has(found[0], BLUE, 5000), "the arrival curve stands on the first page"
    assert has(found[0], BLUE_SOFT, 5000), "and the totals in their box"
    assert not has(found[0], AMBER_SOFT)


def test_an_incomplete_report_and_a_correction_cannot_be_overlooked() -> None:
    incomplete = pictures(sheet(missing=True), limit=2)
    assert has(incomplete[0], AMBER_SOFT, 3000)
    foot = incomplete[1][int(incomplete[1].shape[0] * 0.93) :]
    assert has(foot, (0x00, 0x57, 0x9A), 20), "every page's footer says so in amber"
    state = ReportState(True, correction=1, digest=DIGEST, differences=(Difference("door-1", "vip", 149, 151),))
    assert has(pictures(sheet(state), limit=1)[0], AMBER_SOFT, 3000)


@pytest.mark.usefixtures("tongue")
def test_the_curve_stands_on_the_first_page_also_under_a_long_warning(tongue: str) -> None:
    groups = tuple(Line(one.key, 44, 37, 36, 1) for one in EVENT.categories) * 2
    changed = tuple(Difference("door-1", one.key, 30 + n, 37 + n) for n, one in enumerate(EVENT.categories)) * 3
    state = ReportState(
        False, ("Desk 3", "Desk 5", "Desk 11"), 2, DIGEST, (("Desk 1", 280),), changed, (("Desk 2", 7), ("Desk 4", 13))
    )
    page = pictures(sheet(state, sums=replace(large_summary(30, 200), groups=groups)), thai=tongue == "th", limit=1)[0]
    assert has(page, AMBER_SOFT, 3000)
    assert has(page, BLUE, 5000)


def test_thai_digits_change_the_numbers_and_nothing_else_moves() -> None:
    plain, thai = (pictures(sheet(ReportState(True, digest=DIGEST)), thai=thai, limit=1)[0] for thai in (False, True))
    assert plain.shape == thai.shape
    differing = np.where(np.abs(plain.astype(int) - thai).max(axis=2) > 60)[0]
    assert len(differing) > 300
    assert abs(ink(plain)[3] - ink(thai)[3]) <= 3


def test_a_title_and_its_first_rows_are_never_parted() -> None:
    def piece(height: float, name: str) -> Piece:
        piece_ = Piece(height, lambda _painter, _top: None)
        names[id(piece_)] = name
        return piece_

    names: dict[int, str] = {}
    head = piece(10, "head")
    groups = [Group((piece(75, "text"),)), Group((space(10),)), Group((piece(10, "title"), piece(10, "row")), head),
              *(Group((piece(20, f"row {n}"),), head) for n in range(4))]  # fmt: skip
    set_ = [[names.get(id(one), "space") for _top, one in page] for page in pages(groups, 0, 100)]
    assert set_ == [["text", "space"], ["head", "title", "row", "row 0", "row 1", "row 2"], ["head", "row 3"]]


@pytest.mark.usefixtures("tongue")
@pytest.mark.parametrize("report", ["attendance", "counts", "journal"])
def test_each_report_is_written_as_a_whole_pdf(tmp_path: Path, report: str) -> None:
    place = make_place(tmp_path, [someone(n, name=f"Person {n}", name_local="刘晓燕 😀") for n in range(1, 61)])
    for serial in range(1, 61):
        place.desk.admit(place.token(serial))
    place.desk.admit("https://example.org")
    written = write(place, report, tmp_path / f"{report}.pdf")
    place.database.close()
    data = (tmp_path / f"{report}.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert written == {"attendance": 60, "journal": 61, "counts": written}[report]
    boxes = re.findall(rb"/MediaBox \[([-\d. ]+)\]", data)
    size = {"journal": ["0", "0", "842.000000", "595.000000"]}.get(report, ["0", "0", "595.000000", "842.000000"])
    assert {tuple(float(n) for n in box.split()) for box in boxes} == {tuple(map(float, size))}


def write(place: Place, report: str, file: Path, day: date | None = DAY, **more: Callable[..., object]) -> int:
    return export(place.database, EVENT, report, file, day, also=(PdfExporter(),), **more).rows  # type: ignore[arg-type]


def test_a_list_has_its_days_apart(tmp_path: Path) -> None:
    for now, door in (("08:30", "door-1"), ("2014-07-09 08:40", "door-2")):
        place = make_place(tmp_path, now=now, checkpoint=door)
        place.desk.admit(place.token(1))
        place.desk.admit(place.token(2))
        place.database.close()
    place = make_place(tmp_path)
    assert write(place, "attendance", tmp_path / "two.pdf", None) == 4
    place.database.close()


def test_a_full_disk_and_a_stop_leave_the_old_pdf(tmp_path: Path) -> None:
    place = make_place(tmp_path, [someone(n) for n in range(1, 602)])
    for serial in range(1, 602):
        place.desk.admit(place.token(serial))
    file = tmp_path / "who.pdf"
    file.write_text("the old one")
    with small_disk(64), pytest.raises(ExportError, match="disk is full"):
        write(place, "attendance", file)
    seen: list[int] = []
    with pytest.raises(CancelledError):
        write(place, "attendance", file, progress=lambda done, _total: seen.append(done), cancelled=lambda: bool(seen))
    place.database.close()
    assert file.read_text() == "the old one"
    assert not list(tmp_path.glob(".*.part"))


def test_a_list_that_is_too_long_for_paper_says_so() -> None:
    about = replace(sheet().about, report="attendance")  # type: ignore[type-var]
    columns = tuple(Column(key, key) for key in ("name", "day"))
    long = Sheet(EVENT, "Attendance", columns, MOST_ROWS + 1, iter(()), about)
    with pytest.raises(ExportError, match="XLSX or CSV"):
        list(document(long).groups)


def test_texts_are_drawn_as_they_are() -> None:
    markup = replace(EVENT, name=Names((("en", "<b>Bold</b> & {braces} %s مؤتمر"),)))
    made = replace(sheet(sums=large_summary(1, 1)), event=markup)
    assert all(ink(page) for page in pictures(made))
