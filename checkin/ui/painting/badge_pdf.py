"""Badges as one PDF file, whole or not at all."""

from __future__ import annotations

import errno
import mmap
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLineF, QMarginsF, QSizeF
from PySide6.QtGui import QColor, QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from checkin.badges.content import BadgeContent
from checkin.badges.layout import Layout
from checkin.errors import CancelledError, ExportError
from checkin.i18n import _
from checkin.ui.painting.badge import MM_PER_INCH, paint_badge
from checkin.ui.painting.state import kept
from checkin.whole_file import explain, replacing

DPI: Final = 1200
"""Four times 300: the squares of a code are whole dots of it, and so of every printer that divides it."""
CUT_MM: Final = 4.0
"""How long a cut mark is, where the paper's margin leaves room."""
CUT_GAP_MM: Final = 1.0
"""Between the badge's corner and its cut marks."""
CUT_WIDTH_MM: Final = 0.1


def write_pdf(
    path: Path,
    layout: Layout,
    contents: Iterable[BadgeContent],
    *,
    offset_mm: tuple[float, float] = (0.0, 0.0),
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Write the badges to `path` and return how many. On any thread; needs a QGuiApplication (headless.program()).

    `offset_mm` moves everything right and down, for a printer that feeds askew. `progress(done)` and `cancelled()` are
    called after each page. Raises LayoutError (a code that is too long), ExportError (one sentence) and CancelledError;
    what was at `path` before is then still there.
    """
    try:
        with replacing(path) as part:
            return _write(part, layout, iter(contents), offset_mm, progress, cancelled)
    except OSError as error:
        raise ExportError(explain(error, path)) from error


def _write(
    part: Path,
    layout: Layout,
    contents: Iterator[BadgeContent],
    offset_mm: tuple[float, float],
    progress: Callable[[int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> int:
    part.touch(exist_ok=False)  # says why it cannot be written, which Qt does not
    writer = QPdfWriter(str(part))
    writer.setResolution(DPI)
    size = QSizeF(*_points(layout))
    writer.setPageLayout(
        QPageLayout(
            QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch),
            QPageLayout.Orientation.Portrait,
            QMarginsF(0, 0, 0, 0),
        )
    )
    writer.setCreator("checkin")
    writer.setTitle(layout.name.get("en"))
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(part))
    done = 0
    try:
        while page := list(islice(contents, layout.per_page)):
            if done:
                writer.newPage()
            with kept(painter):
                painter.scale(DPI / MM_PER_INCH, DPI / MM_PER_INCH)
                painter.translate(*offset_mm)
                paint_page(painter, layout, page)
            done += len(page)
            if progress is not None:
                progress(done)
            if cancelled is not None and cancelled():
                raise CancelledError(_("Stopped: no file was written."))
    finally:
        ended = painter.end()
    if not ended or not _is_whole(part):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(part))
    state_true_size(part, layout)
    return done


def _points(layout: Layout) -> tuple[float, float]:
    width, height = layout.page_mm
    return width / MM_PER_INCH * 72, height / MM_PER_INCH * 72


def state_true_size(part: Path, layout: Layout) -> None:
    """Write the true size of the pages into a PDF that Qt made: it rounds them to whole points, up to 0.18 mm off.

    What is painted hangs from the upper edge that Qt knew, so that the lower one moves. As many bytes as before: where
    things lie in the file stays true.
    """
    width, height = _points(layout)
    rounded = QSizeF(width, height).toSize()
    old = f"/MediaBox [0 0 {rounded.width()}.000000 {rounded.height()}.000000]".encode()
    low = f"{rounded.height() - height:.3f}"
    new = f"/MediaBox [0 {low} {width:.3f} {rounded.height()}.000]".ljust(len(old)).encode()
    assert len(new) == len(old), (old, new)
    with part.open("r+b") as file, mmap.mmap(file.fileno(), 0) as data:
        at = data.find(old)
        while at >= 0:
            data[at : at + len(old)] = new
            at = data.find(old, at + len(old))


def paint_page(painter: QPainter, layout: Layout, contents: Sequence[BadgeContent]) -> None:
    """Paint one page: as many badges as it holds, and its cut marks. The painter's unit is a millimetre."""
    for number, content in enumerate(contents):
        paint_badge(painter, layout, content, origin_mm=layout.origin_mm(number))
    if layout.sheet is not None and layout.sheet.cut_marks:
        _paint_cut_marks(painter, layout)


def _paint_cut_marks(painter: QPainter, layout: Layout) -> None:
    """Paint marks in the margins and, where badges stand apart, between them: never on a badge."""
    assert layout.sheet is not None
    painter.setPen(QPen(QColor("#000000"), CUT_WIDTH_MM))
    painter.drawLines(list(cut_marks(layout)))


def cut_marks(layout: Layout) -> Iterator[QLineF]:
    """Yield the cut marks of a sheet in mm: at each edge of a badge, in the room around all of them."""
    sheet = layout.sheet
    assert sheet is not None
    corners = [layout.origin_mm(number) for number in range(sheet.places)]
    lefts, tops = sorted({x for x, _y in corners}), sorted({y for _x, y in corners})
    left, right = lefts[0], lefts[-1] + layout.width_mm
    top, bottom = tops[0], tops[-1] + layout.height_mm
    for x in {edge for start in lefts for edge in (start, start + layout.width_mm)}:
        yield QLineF(x, max(0.0, top - CUT_GAP_MM - CUT_MM), x, top - CUT_GAP_MM)
        yield QLineF(x, bottom + CUT_GAP_MM, x, min(sheet.height_mm, bottom + CUT_GAP_MM + CUT_MM))
    for y in {edge for start in tops for edge in (start, start + layout.height_mm)}:
        yield QLineF(max(0.0, left - CUT_GAP_MM - CUT_MM), y, left - CUT_GAP_MM, y)
        yield QLineF(right + CUT_GAP_MM, y, min(sheet.width_mm, right + CUT_GAP_MM + CUT_MM), y)


def _is_whole(part: Path) -> bool:
    """Say whether the file's end was written: Qt does not tell that the disk was full."""
    with part.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 32))
        return file.read(32).rstrip().endswith(b"%%EOF")
