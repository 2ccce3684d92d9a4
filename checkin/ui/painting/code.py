"""Paint a QR code: one filled path whose edges lie exactly on the dots of the device."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from checkin.badges.code import DOT_MM, Code, module_mm
from checkin.badges.layout import QUIET_MODULES, Rect
from checkin.ui.painting.state import kept


def paint_code(painter: QPainter, code: Code, at: Rect) -> None:
    """Paint a code and its quiet zone into the square `at` (mm, as the painter's unit): black on white.

    All squares are a whole number of 1/300 inch wide, and every edge is rounded to a dot of the device, so that no edge
    is ever grey. On a device of 300, 600 or 1200 dpi all squares are the same.
    """
    module = module_mm(at.width, code.modules)
    spare = at.width - module * (code.modules + 2 * QUIET_MODULES)
    painter.fillRect(QRectF(at.left, at.top, at.width, at.height), QColor("#ffffff"))
    device = painter.combinedTransform()
    corner = device.map(QPointF(0, 0))
    across, down = device.m11(), device.m22()
    start = QUIET_MODULES * module + spare / 2
    left = corner.x() + _on_a_dot(at.left + start) * across
    top = corner.y() + _on_a_dot(at.top + start) * down
    columns = [round(left + number * module * across) for number in range(code.modules + 1)]
    rows = [round(top + number * module * down) for number in range(code.modules + 1)]
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for number, row in enumerate(code.rows):
        column = 0
        for dark, run in groupby(row):
            end = column + len(list(run))
            if dark:
                path.addRect(
                    columns[column], rows[number], columns[end] - columns[column], rows[number + 1] - rows[number]
                )
            column = end
    with kept(painter):
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.fillPath(path, QColor("#000000"))


def _on_a_dot(mm: float) -> float:
    return round(mm / DOT_MM) * DOT_MM
