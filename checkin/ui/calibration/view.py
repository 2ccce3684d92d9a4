"""Try the camera out: the live picture, what is read in it, how far away it is and how far it could be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QWidget

from checkin.domain.badge import BadgeNumber, Keyring, sample_token
from checkin.i18n import _
from checkin.texts import escape
from checkin.ui.calibration import words
from checkin.ui.camera_thread import Camera, CameraState
from checkin.ui.theme import Theme
from checkin.ui.widgets.basics import button, column, frame, label, row, scrolling, set_button_text, set_property
from checkin.ui.widgets.code_screen import CodeScreen
from checkin.ui.widgets.flow import Flow
from checkin.ui.widgets.live_picture import LivePicture

if TYPE_CHECKING:
    from checkin.scan.figures import Figures

LOW_PX: Final = 430
"""A view that is lower, as on a laptop's screen at 200 %, leaves the title out and writes smaller."""
NARROW_PX: Final = 480
"""A view that is narrower has the result under the picture."""
ROWS: Final = ("distance", "reach", "farthest", "module", "speed", "light", "camera", "picture", "controls")


class CalibrationView(QWidget):
    """While it is seen, badges in front of the camera are tried out and nobody is admitted; the hand scanner goes on."""

    closed = Signal()
    print_wanted = Signal()

    def __init__(
        self, camera: Camera, theme: Theme, keyring: Callable[[], Keyring | None], *, prints: bool,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """`keyring`: returns the event's keys where there is an event; `prints`: offer to print a test badge."""
        super().__init__(parent)
        self._camera, self._keyring = camera, keyring
        self._figures: Figures | None = None
        self._farthest = 0.0
        self._screen: CodeScreen | None = None
        self.picture = LivePicture(camera, theme)
        self._head, self._lead = label("", "title", wrap=True), label("", "muted", wrap=True)
        self.band = frame("band", tone="grey")
        self.word, self.sentence = label("", "word", wrap=True), label("", "say", wrap=True)
        self._hint = ""
        self._names = {key: label("", "muted") for key in ROWS}
        self.values: dict[str, QLabel] = {key: label("", wrap=True) for key in ROWS}
        self.trouble = label("", "strong", wrap=True, tone="amber")
        self._assumed = label("", "faint", wrap=True)
        self.back, self.print_test, self.show_code = button(role="primary"), button(), button()
        self._build()
        self.print_test.setVisible(prints)  # not before it has its place: it would be a window of its own
        self.back.clicked.connect(self.closed)
        self.print_test.clicked.connect(self.print_wanted)
        self.show_code.clicked.connect(self._show_code)
        camera.figures_changed.connect(self._take)
        camera.hint_changed.connect(self._take_hint)
        camera.state_changed.connect(self._take_state)

    def _build(self) -> None:
        self.band.setLayout(column(self.word, self.sentence, margin=14, spacing=2))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for number, key in enumerate(ROWS):
            grid.addWidget(self._names[key], number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.values[key], number, 1, Qt.AlignmentFlag.AlignTop)
        buttons = Flow(8)
        for one in (self.print_test, self.show_code):
            buttons.addWidget(one)
        told = frame()
        inside = column(self.band, margin=14, spacing=10)
        inside.addLayout(grid)
        inside.addWidget(self.trouble)
        inside.addWidget(self._assumed)
        inside.addStretch(1)
        inside.addLayout(buttons)
        told.setLayout(inside)
        both = self._both = row(self.picture, scrolling(told), spacing=14)
        both.setStretch(0, 11)
        both.setStretch(1, 10)
        lines = column(self._head, self._lead, spacing=2)
        top = row(spacing=14)
        top.addLayout(lines, 1)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        whole = column(spacing=8)
        whole.addLayout(top)
        whole.addLayout(both, 1)
        self.setLayout(whole)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Make room for the picture and the result where there is little."""
        super().resizeEvent(event)
        low, narrow = self.height() < LOW_PX, self.width() < NARROW_PX
        self._head.setVisible(not low)
        self._both.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        set_property(self.band, "compact", "true" if low else "false")
        for widget in (self.word, self.sentence):
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(_("How far does this camera read?"))
        self._lead.setText(
            _("Hold any badge at arm’s length, then further away. Nobody is checked in while this page is open.")
        )
        names = {
            "distance": _("Distance"),
            "reach": _("Works up to"),
            "farthest": _("Furthest so far"),
            "module": _("One square"),
            "speed": _("Reading"),
            "light": _("Light level"),
            "camera": _("Camera"),
            "picture": _("Picture"),
            "controls": _("Focus, exposure"),
        }
        for key, name in names.items():
            self._names[key].setText(name)
        self._assumed.setText(
            _("Distances are estimates for a code 25 mm wide and a lens of 70 degrees from corner to corner.")
        )
        set_button_text(self.back, _("Back"))
        set_button_text(self.print_test, _("Print a test badge"))
        set_button_text(self.show_code, _("Show a test code on the screen"))
        self.picture.set_texts("", "", _("Live picture of the camera"))
        self._show()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """From now on nobody is admitted by the camera."""
        super().showEvent(event)
        self._camera.trial = True
        self._figures, self._farthest = None, 0.0
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """The desk goes on. A badge that is still held up was seen here and is not admitted by that."""
        super().hideEvent(event)
        self._camera.trial = False
        if self._screen is not None:
            self._screen.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @Slot(object)
    def _take(self, figures: Figures) -> None:
        self._figures = figures
        if self.isVisible():
            self._farthest = max(self._farthest, words.distance_cm(figures))
            if figures.code is not None:
                self.picture.mark(figures.code.text)
                self.picture.colour_outline(words.result(figures, self._keyring()).tone)
            self._show()

    @Slot(str)
    def _take_hint(self, hint: str) -> None:
        self._hint = hint
        self._show()

    @Slot(object)
    def _take_state(self, _state: CameraState) -> None:
        self._figures = None
        self._show()

    def _show(self) -> None:
        state = self._camera.state
        figures = self._figures if state.kind == "live" else None
        if figures is not None:
            said = words.result(figures, self._keyring(), self._hint)
        else:
            said = words.nothing() if state.kind == "live" else words.no_picture(state.message)
        set_property(self.band, "tone", said.tone)
        for widget in (self.word, self.sentence):
            set_property(widget, "tone", said.tone)
        self.word.setText(said.word)
        self.sentence.setText(said.sentence)
        self.sentence.setVisible(bool(said.sentence))
        self.band.setAccessibleName(f"{said.word}. {said.sentence}")
        texts = _texts(figures, self._farthest) if figures is not None else {}
        trouble = _trouble(figures) if figures is not None else ""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        texts.setdefault("camera", escape(state.name))
        for key, value in self.values.items():
            text = texts.get(key, "")
            value.setText(text or "–")
            value.setAccessibleName(f"{self._names[key].text()}: {text}")
            shown = bool(text) or key not in {"camera", "picture", "controls"}
            value.setVisible(shown)
            self._names[key].setVisible(shown)

    @Slot()
    def _show_code(self) -> None:
        keyring = self._keyring()
        if keyring is None or self._screen is not None:
            return
        import segno

        matrix = segno.make_qr(sample_token(BadgeNumber(0, 0), keyring), error="q", boost_error=False).matrix
        text = _("Hold another camera, or a phone, in front of this code. It admits nobody. A click closes it.")
        self._screen = CodeScreen(matrix, text, _("Test code"))
        self._screen.destroyed.connect(self._screen_gone)
        self._screen.showFullScreen()

    @Slot()
    def _screen_gone(self) -> None:
        self._screen = None


def _trouble(figures: Figures) -> str:
    from checkin.scan.camera_words import trouble_text

    return trouble_text(figures.camera) if figures.camera is not None else ""


def _texts(figures: Figures, farthest: float) -> dict[str, str]:
    """Return what stands beside each name; empty: nothing can be said."""
    from checkin.scan import camera_words

    wide = words.module_px(figures)
    texts = {
        "distance": words.centimetres(words.distance_cm(figures)),
        "reach": words.centimetres(words.reach_cm(figures)),
        "farthest": words.centimetres(farthest),
        "module": _("{n} pixels of the picture").format(n=f"{wide:.1f}") if wide else "",
        "speed": _("{pictures} pictures a second, {ms} ms each").format(
            pictures=round(figures.frames), ms=f"{figures.cost_ms:.1f}"
        ),
        "light": words.light_text(figures),
    }
    facts = figures.camera
    if facts is not None:
        texts["camera"] = f"{escape(facts.name)} ({camera_words.way_text(facts)})"
        texts["picture"] = camera_words.picture_text(facts)
        texts["controls"] = camera_words.controls_text(facts)
    return texts
