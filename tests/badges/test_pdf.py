"""The PDF: pages of the right size, fonts inside, the preview on paper, whole or not at all."""

from __future__ import annotations

import errno
import re
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QLineF

from checkin.badges.content import BadgeContent
from checkin.badges.store import layout, layouts
from checkin.errors import CancelledError, ExportError, LayoutError
from checkin.ui.painting import badge_pdf
from checkin.ui.painting.badge import badge_image
from checkin.ui.painting.badge_pdf import cut_marks, write_pdf
from checkin.whole_file import explain
from tests.badges.compare import to_pillow, worst_tile
from tests.badges.demo_badges import demo_contents
from tests.badges.gallery import PEOPLE, content_of
from tests.badges.test_read_back import PRINT_DPI, pages

ANOTHER_ENGINE = 60
"""Of the 576 dots of a tile (2 mm square at 300 dpi): PDFium draws the edges of letters a little darker than Qt does."""


@pytest.mark.parametrize("key", list(layouts(None)))
def test_the_pages_have_their_size(key: str, tmp_path: Path) -> None:
    chosen = layout(None, key)
    assert write_pdf(tmp_path / "x.pdf", chosen, [content_of("thai")] * (chosen.per_page + 1)) == chosen.per_page + 1
    boxes = re.findall(rb"/MediaBox \[([-\d. ]+)\]", (tmp_path / "x.pdf").read_bytes())
    assert len(boxes) == 2
    for box in boxes:
        left, bottom, right, top = map(float, box.split())
        assert (right - left) * 25.4 / 72 == pytest.approx(chosen.page_mm[0], abs=0.005)
        assert (top - bottom) * 25.4 / 72 == pytest.approx(chosen.page_mm[1], abs=0.005)


def test_the_preview_is_the_print(tmp_path: Path) -> None:
    """The page, rendered as a printer of 300 dpi does it, and the preview at 300 dots: letter by letter, square by square."""
    chosen = replace(layout(None, "lanyard"), width_mm=101.6, height_mm=127)  # 4 x 5 inches: a whole number of dots
    contents = [content_of(who) for who in PEOPLE if who != "han"]
    write_pdf(tmp_path / "x.pdf", chosen, contents)
    for page, said in zip(pages(tmp_path / "x.pdf"), contents, strict=True):
        preview = to_pillow(badge_image(chosen, said, dpi=PRINT_DPI)).convert("L")
        assert worst_tile(Image.fromarray(page), preview) <= ANOTHER_ENGINE
        assert worst_tile(Image.fromarray(np.roll(page, 2, axis=1)), preview) > ANOTHER_ENGINE, "two dots are seen"
        left, top, right, bottom = (
            round(side * PRINT_DPI / 25.4)
            for side in (chosen.code.left + 1, chosen.code.top + 1, chosen.code.right - 1, chosen.code.bottom - 1)
        )
        off = np.abs(page[top:bottom, left:right].astype(int) - np.asarray(preview, int)[top:bottom, left:right])
        assert (off > 64).sum() == 0, "a square of the code lies elsewhere on paper"


def test_fonts_are_embedded_and_the_pages_hold_no_picture(tmp_path: Path) -> None:
    write_pdf(tmp_path / "x.pdf", layout(None, "lanyard"), [content_of(who) for who in PEOPLE if who != "han"])
    data = (tmp_path / "x.pdf").read_bytes()
    assert len(re.findall(rb"/FontFile2|/FontFile3", data)) >= 5
    names = {name.decode().split("+")[-1] for name in re.findall(rb"/FontName /([\w+-]+)", data)}
    assert {"Sarabun-Bold", "Sarabun-Regular", "NotoSansArabic-Medium"} & names or any(
        "Sarabun" in name for name in names
    )
    assert b"/Subtype /Image" not in data
    assert len(data) < 400_000


def test_a_sheet_has_cut_marks_beside_the_badges_only() -> None:
    chosen = layout(None, "a4-8")
    marks = list(cut_marks(chosen))
    assert len(marks) == 2 * 4 + 2 * 8
    for mark in marks:
        for number in range(8):
            x, y = chosen.origin_mm(number)
            for end in (mark.p1(), mark.p2()):
                assert not (x < end.x() < x + chosen.width_mm and y < end.y() < y + chosen.height_mm)
    assert all(isinstance(mark, QLineF) and 0 < mark.length() <= badge_pdf.CUT_MM + 1e-9 for mark in marks)


def test_the_offset_moves_everything(tmp_path: Path) -> None:
    chosen = layout(None, "lanyard")
    write_pdf(tmp_path / "a.pdf", chosen, [content_of("thai")])
    write_pdf(tmp_path / "b.pdf", chosen, [content_of("thai")], offset_mm=(2.54, 1.27))
    [here], [moved] = pages(tmp_path / "a.pdf"), pages(tmp_path / "b.pdf")
    left, top, right, bottom = 300, 850, 700, 1250  # the code
    off = np.abs(here[top:bottom, left:right].astype(int) - moved[top + 15 : bottom + 15, left + 30 : right + 30])
    assert (off > 64).sum() == 0
    assert (moved[:10, :20] == 255).all()


def test_progress_and_stopping(tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    target.write_bytes(b"the old one")
    seen: list[int] = []
    with pytest.raises(CancelledError):
        write_pdf(
            target, layout(None, "a4-8"), demo_contents()[:100], progress=seen.append, cancelled=lambda: len(seen) == 3
        )
    assert seen == [8, 16, 24]
    assert target.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [target]
    write_pdf(target, layout(None, "a4-8"), iter(demo_contents()[:20]), progress=seen.append)
    assert seen[3:] == [8, 16, 20]


def test_a_code_that_is_too_long_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    target.write_bytes(b"the old one")

    def contents() -> Iterator[BadgeContent]:
        yield content_of("thai")
        yield replace(content_of("thai"), text="x" * 1000)

    with pytest.raises(LayoutError):
        write_pdf(target, layout(None, "lanyard"), contents())
    assert target.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is not there: nothing was written"):
        write_pdf(tmp_path / "gone" / "x.pdf", layout(None, "lanyard"), [content_of("thai")])
    (tmp_path / "x.pdf").mkdir()
    with pytest.raises(ExportError, match="is a folder"):
        write_pdf(tmp_path / "x.pdf", layout(None, "lanyard"), [content_of("thai")])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
@pytest.mark.parametrize("room", [0, 5_000, 60_000])
def test_a_full_disk_is_said(room: int, tmp_path: Path) -> None:
    """Qt itself reports success for a file that was cut off."""
    import resource
    import signal

    target = tmp_path / "x.pdf"
    target.write_bytes(b"the old one")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(ExportError) as caught:
            write_pdf(target, layout(None, "lanyard"), demo_contents()[:50])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert str(caught.value) == explain(OSError(errno.ENOSPC, ""), target)
    assert target.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [target]


def test_a_token_is_no_text_in_the_file(tmp_path: Path) -> None:
    """Nobody can search a folder of PDFs for somebody's code: it is drawn, not written."""
    write_pdf(tmp_path / "x.pdf", layout(None, "lanyard"), [content_of("thai")])
    data = (tmp_path / "x.pdf").read_bytes()
    streams = [zlib.decompress(part) for part in re.findall(rb"stream\r?\n(x\x9c.*?)\r?\nendstream", data, re.DOTALL)]
    assert not any(content_of("thai").text.encode() in part for part in (data, *streams))
