"""The camera's picture, with the codes outlined and a hint at its foot."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkin.i18n import _
from checkin.ui.camera_thread import Camera, CameraState, Kind, Marks, Outline, Place
from checkin.ui.theme import DARK, Theme, font, renderer

ROUND = 12
"""Radius of the picture's corners, px."""
OUTLINE_MS = 200
"""How long the outline stays after the code was last seen: a frame that missed it must not make it flicker."""
LOW_PX = 320
"""A picture that is lower shows the hints that matter only."""
_BESIDE = QColor("#2fd0ff")
"""Around codes that do not count (now): no verdict has this colour, and it is seen on white paper."""
_INK, _GROUND_TOP, _GROUND_FOOT = QColor("#f3f6f9"), QColor("#36424d"), QColor("#1c222a")


class LivePicture(QWidget):
    """Paints the newest picture as large as the widget allows. Where there is none it says why, and the desk goes on."""

    def __init__(self, camera: Camera, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._camera, self._theme = camera, theme
        self._marks = Marks()
        self._marked = ""
        self._tone = ""
        self._hint = ""
        self._idle_hint = ""
        self._watermark = ""
        self.painted = 0
        """Pictures painted so far."""
        self._fade = QTimer(self, singleShot=True, interval=OUTLINE_MS)
        self._fade.timeout.connect(self.clear_outline)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 100)
        camera.pictured.connect(self._pictured)
        camera.state_changed.connect(self._state_changed)
        camera.hint_changed.connect(self.set_hint)
        theme.changed.connect(self.update)

    def mark(self, text: str) -> None:
        """Outline this code from now on, white until its verdict is known."""
        self._marked, self._tone = text, ""
        self.update()

    def colour_outline(self, tone: str) -> None:
        """Give the marked code's outline its verdict's tone."""
        self._tone = tone
        self.update()

    @Slot()
    def clear_outline(self) -> None:
        """Take the outlines away until a code is seen again."""
        self._marks = Marks()
        self.update()

    def outline_colour(self) -> QColor | None:
        """Return the colour of the outline of the code that counts, None where there is none."""
        meant = self._marks.meant
        return self._colour(meant) if meant is not None else None

    def marks(self) -> Marks:
        """Return what is outlined now."""
        return self._marks

    def _colour(self, outline: Outline) -> QColor:
        toned = self._tone and outline.text == self._marked
        return QColor(DARK.tone(self._tone).strong if toned else "#ffffff")

    @Slot()
    def _pictured(self) -> None:
        marks = self._camera.marks()
        if marks.codes:
            self._marks = marks
            self._fade.start()
        elif marks.unread or self._fade.isActive():  # a frame that missed the code must not make its outline flicker
            self._marks = Marks(self._marks.codes, marks.unread if not self._marks.codes else ())
            if marks.unread and not self._marks.codes:
                self._fade.start()
        self.update()

    @Slot(str)
    def set_hint(self, hint: str) -> None:
        """Show a sentence at the foot of the picture (too dark, too far ...); empty: the standing one."""
        self._hint = hint
        self.update()

    def set_texts(self, idle_hint: str, watermark: str, name: str) -> None:
        """Set the standing sentence, the practice mode's watermark (or "") and the name for screen readers."""
        self._idle_hint, self._watermark = idle_hint, watermark
        self.setAccessibleName(name)
        self.update()

    def shown_hint(self) -> str:
        """Return the sentence at the foot of the picture."""
        return self._hint or (self._idle_hint if self.height() >= LOW_PX else "")

    def sizeHint(self) -> QSize:  # noqa: D102, N802 - Qt's name
        return QSize(584, 440)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's name
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            clip = QPainterPath()
            clip.addRoundedRect(QRectF(self.rect()), ROUND, ROUND)
            painter.setClipPath(clip)
            picture = self._camera.picture()
            if self._camera.state.kind in {"live", "ended"} and not picture.isNull():
                place = placed(picture, self.rect().size())
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(place, picture)
                self._paint_marks(painter, place)
                self.painted += 1
            else:
                self._paint_ground(painter)
                self._paint_state(painter, self._camera.state)
            if self._watermark:
                self._paint_watermark(painter)
            if self.shown_hint() and self._camera.state.kind in {"live", "ended"}:
                self._paint_hint(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        ground = QLinearGradient(0, 0, self.width(), self.height())
        ground.setColorAt(0, _GROUND_TOP)
        ground.setColorAt(1, _GROUND_FOOT)
        painter.fillRect(self.rect(), ground)

    def _paint_marks(self, painter: QPainter, place: QRectF) -> None:
        """Draw the code that counts with a thick line, others with broken ones, those that cannot be read with dots."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for unread in self._marks.unread:
            _draw(painter, place, unread, _BESIDE, 2, Qt.PenStyle.DotLine)
        for outline in self._marks.codes:
            if outline.meant:
                _draw(painter, place, outline.corners, self._colour(outline), 7, Qt.PenStyle.SolidLine)
            else:
                _draw(painter, place, outline.corners, _BESIDE, 5, Qt.PenStyle.DashLine)

    def _paint_state(self, painter: QPainter, state: CameraState) -> None:
        middle = self.rect().center()
        size = min(72, self.height() // 4)
        icon = "camera" if state.kind in {"opening", "live", "ended"} else "nocamera"
        colour = "#9fb0c0"
        place = QRectF(middle.x() - size / 2, middle.y() - size - 6, size, size)
        renderer(icon, colour).render(painter, place)
        painter.setPen(_INK)
        painter.setFont(font(17))
        box = self.rect().adjusted(24, 0, -24, -12)
        box.setTop(middle.y() + 8)
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        painter.drawText(box, flags, state.message or _state_text(state.kind))

    def _paint_watermark(self, painter: QPainter) -> None:
        painter.setFont(font(13, font().Weight.DemiBold))
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(self._watermark) + 24
        box = QRectF(12, 12, width, metrics.height() + 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(91, 46, 166, 225))
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._watermark)

    def _paint_hint(self, painter: QPainter) -> None:
        painter.setFont(font(15, font().Weight.Medium))
        metrics = painter.fontMetrics()
        room = self.width() - 24 - 24
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        bounds = metrics.boundingRect(0, 0, room, 400, flags, self.shown_hint())
        box = QRectF(12, self.height() - 12 - bounds.height() - 10, bounds.width() + 24, bounds.height() + 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#fdf0da") if self._hint else QColor(10, 14, 18, 205))
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(QColor("#6b3c00") if self._hint else _INK)
        painter.drawText(box.adjusted(12, 0, -8, 0), flags, self.shown_hint())

    @Slot(object)
    def _state_changed(self, _state: CameraState) -> None:
        self.clear_outline()


def _draw(painter: QPainter, place: QRectF, corners: Place, colour: QColor, width: int, style: Qt.PenStyle) -> None:
    """Draw around a code, with a dark edge so that it is seen on white too."""
    points = [QPointF(place.x() + x * place.width(), place.y() + y * place.height()) for x, y in corners]
    middle = QPointF(sum(p.x() for p in points) / len(points), sum(p.y() for p in points) / len(points))
    shape = QPolygonF([_away(point, middle, width / 2 + 4) for point in points])
    pen = QPen(QColor(0, 0, 0, 130), width + 4)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolygon(shape)
    pen.setColor(colour)
    pen.setWidth(width)
    pen.setStyle(style)
    painter.setPen(pen)
    painter.drawPolygon(shape)


def _away(point: QPointF, middle: QPointF, by: float) -> QPointF:
    """Return a corner moved out by so many px across and down: the line lies around the code and not on it."""
    out = point - middle
    length = math.hypot(out.x(), out.y())
    return point + out * (by * math.sqrt(2) / length) if length else point


def _state_text(kind: Kind) -> str:
    if kind == "off":
        return _("No camera is chosen. The hand scanner, typing and search work.")
    return _("The camera starts …") if kind == "opening" else ""


def placed(picture: QImage, room: QSize) -> QRectF:
    """Return where a picture is painted: it fills the room, and what juts out at two sides is cut off evenly."""
    scale = max(room.width() / picture.width(), room.height() / picture.height())
    width, height = picture.width() * scale, picture.height() * scale
    return QRectF((room.width() - width) / 2, (room.height() - height) / 2, width, height)
