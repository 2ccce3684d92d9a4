"""A painter that is afterwards what it was before, also where painting failed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QPainter


@contextmanager
def kept(painter: QPainter) -> Iterator[None]:
    """Give the painter back its transform, pen and hints at the end."""
    painter.save()
    try:
        yield
    finally:
        painter.restore()
