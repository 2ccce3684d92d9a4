"""The badge as it will be printed: drawn off the GUI thread by the function that prints it, a dot for a dot of the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from checkin.badges import store
from checkin.badges.content import content
from checkin.badges.layout import Layout
from checkin.domain.attendee import Attendee
from checkin.errors import LayoutError
from checkin.i18n import _
from checkin.texts import isolate
from checkin.ui.painting.badge import badge_image, remarks
from checkin.ui.tasks import Task
from checkin.ui.widgets.basics import column, label

if TYPE_CHECKING:
    from checkin.app import App
    from checkin.ui.context import Context

PAUSE_MS = 30
"""The picture is drawn anew when the keys rest so long."""
MM_PER_INCH = 25.4
LARGEST = 1.6
"""The preview is at most so much larger than the badge is on paper."""
LOGICAL_DPI = 96.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """One picture of a badge and what is to be said of it."""

    image: QImage
    layout: Layout
    dpi: float
    remarks: tuple[str, ...]


class BadgePreview(QWidget):
    """Shows the badge of somebody who is being registered."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._person = Attendee("", "", walk_in=True)
        self._task: Task | None = None
        self._again = False
        self.drawn: Drawn | None = None
        """What is shown."""
        self._caption = label("", "strong", wrap=True)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._picture = _Picture(self._draw_soon)
        self._remark = label("", "faint", wrap=True, tone="amber")
        self._remark.hide()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        made = column(self._caption, spacing=6)
        made.addWidget(self._picture, 1)
        made.addWidget(self._remark)
        self.setLayout(made)
        context.signals.settings_changed.connect(self._draw_soon)
        context.theme.changed.connect(self._picture.update)

    def show_person(self, person: Attendee) -> None:
        """Draw the badge of somebody else, as soon as the keys rest."""
        if person != self._person:
            self._person = person
            self._draw_soon()

    def retranslate(self) -> None:
        """Set the texts again."""
        self._say()
        self._draw_soon()

    @Slot()
    def _draw_soon(self) -> None:
        self._pause.start()

    @Slot()
    def _draw(self) -> None:
        if self._task is not None:
            self._again = True  # one at a time; the newest wins
            return
        if not self.isVisible():
            return
        app, ratio = self._context.app, self.devicePixelRatioF()
        self._task = self._context.tasks.background(
            draw, app, app.settings.layout, self._person, self._picture.size() * ratio, LARGEST * LOGICAL_DPI * ratio,
            done=self._done, failed=self._failed,
        )  # fmt: skip

    def _done(self, drawn: Drawn) -> None:
        self._task = None
        drawn.image.setDevicePixelRatio(self.devicePixelRatioF())
        self.drawn = drawn
        self._picture.show_image(drawn.image)
        self._say()
        if self._again:
            self._again = False
            self._draw()

    def _failed(self, error: Exception) -> None:
        self._task = None
        self._again = False
        self.drawn = None
        self._picture.show_image(None)
        self._say()
        self._remark.setText(str(error))
        self._remark.show()

    def _say(self) -> None:
        layout = self.drawn.layout if self.drawn else None
        parts = [_("Badge preview")]
        if layout is not None:
            parts.append(
                _("{width} × {height} mm").format(width=f"{layout.width_mm:g}", height=f"{layout.height_mm:g}")
            )
        parts.append(printer_name(self._context.app.settings.printer))
        self._caption.setText(" · ".join(parts))
        said = "\n".join(self.drawn.remarks) if self.drawn else ""
        self._remark.setText(said)
        self._remark.setVisible(bool(said))
        self._picture.setAccessibleName(
            _("Preview of the badge of {name}").format(name=isolate(self._person.display_name) or _("nobody yet"))
        )

    def showEvent(self, event: object) -> None:  # noqa: D102, N802 - Qt's name
        super().showEvent(event)  # type: ignore[arg-type]
        self._draw_soon()


class _Picture(QWidget):
    """The picture in the middle of its place, never scaled."""

    def __init__(self, resized: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._resized = resized
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(80, 60))

    def show_image(self, image: QImage | None) -> None:
        self._image = image
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._resized()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if self._image is None:
            return
        ratio = self._image.devicePixelRatio()
        size = self._image.deviceIndependentSize()
        left = round((self.width() - size.width()) / 2 * ratio) / ratio  # on whole dots of the screen
        top = round((self.height() - size.height()) / 2 * ratio) / ratio
        with QPainter(self) as painter:
            painter.drawImage(QPointF(left, top), self._image)
            painter.setPen(QPen(QColor("#9aa5b1"), 1 / ratio))
            edge = 0.5 / ratio
            painter.drawRect(QRectF(left, top, size.width(), size.height()).adjusted(-edge, -edge, edge, edge))


def draw(app: App, key: str, person: Attendee, place: QSize, largest_dpi: float) -> Drawn:
    """Return the picture that fills `place` (px of the screen) as far as it may. On a pool thread.

    A layout that is gone or broken gives way to the standard one. Raises LayoutError where not even that can be read.
    """
    try:
        layout = store.layout(app.folder, key)
    except LayoutError:
        layout = store.layout(None, store.DEFAULT)
    badge = app.registrar.preview_badge(person)
    shown = content(app.event, person, badge.text)
    per_mm = min((place.width() - 4) / layout.width_mm, (place.height() - 4) / layout.height_mm)
    dpi = min(max(per_mm, 0.5) * MM_PER_INCH, largest_dpi)
    return Drawn(
        badge_image(layout, shown, dpi=dpi), layout, dpi, remarks(layout, shown) if person.display_name else ()
    )


def printer_name(printer: str) -> str:
    """Return a printer as the caption names it."""
    if not printer:
        return _("no printer chosen")
    return _("PDF folder “{name}”").format(name=Path(printer[4:]).name) if printer.startswith("pdf:") else printer
