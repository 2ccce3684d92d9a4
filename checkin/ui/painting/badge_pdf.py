"""Badges as one PDF file, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from checkin.badges.content import BadgeContent
from checkin.badges.layout import Layout


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

    `progress(done)` and `cancelled()` are called after each page. Raises ExportError (one sentence; what was there
    before is still there) and CancelledError.
    """
    raise NotImplementedError
