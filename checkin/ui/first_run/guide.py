"""The first-run guide: the steps at the left, the one at hand beside them, and the demo one press away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from checkin.errors import CheckinError
from checkin.i18n import _, language, set_language
from checkin.settings import checked
from checkin.ui.camera_thread import Camera
from checkin.ui.context import Opener
from checkin.ui.first_run.camera_step import CameraStep
from checkin.ui.first_run.desk_step import DeskStep
from checkin.ui.first_run.event_step import EventStep
from checkin.ui.first_run.join_step import JoinStep
from checkin.ui.first_run.ready_step import ReadyStep
from checkin.ui.first_run.roster_step import RosterStep
from checkin.ui.first_run.step import Setup, Step
from checkin.ui.notices import Notices
from checkin.ui.tasks import TaskRunner
from checkin.ui.theme import Theme, font, renderer
from checkin.ui.widgets.basics import button, column, frame, label, row, scrolling, set_button_text, set_property

if TYPE_CHECKING:
    from checkin.app import App

STEPS: Final[tuple[type[Step], ...]] = (EventStep, RosterStep, CameraStep, DeskStep, ReadyStep)
SIDE: Final = 280
DISC: Final = 30


class FirstRun(QWidget):
    """Shown where the data folder holds no event. It ends with an open event."""

    opened = Signal(object)
    """checkin.app.App: the desk can begin. The guide is of no use any more."""

    def __init__(
        self,
        opener: Opener,
        tasks: TaskRunner,
        notices: Notices,
        theme: Theme,
        camera: Camera,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setup = Setup(opener, tasks, theme, camera, notices)
        self.steps = [kind(self.setup) for kind in STEPS]
        self.joining = JoinStep(self.setup)
        self._at = 0
        self._head, self._time = label("", "title", wrap=True), label("", "muted", wrap=True)
        self._marks = [_Mark(number, theme) for number in range(1, len(self.steps) + 1)]
        self._join_mark = _Mark(1, theme)
        self._join_mark.set_state("now")
        self._stack = QStackedWidget()
        self.demo = button()
        self._languages = {"th": button("ไทย", "chip"), "en": button("English", "chip")}
        self._build()
        for step in self.steps:
            step.done.connect(self._next)
            if isinstance(step, EventStep):
                step.join_wanted.connect(self._join)
        self.joining.done.connect(self._back)
        self.joining.joined.connect(self._joined)
        self.demo.clicked.connect(self._open_demo)
        for key, made in self._languages.items():
            made.setCheckable(True)
            made.setProperty("language", key)
            made.clicked.connect(self._choose_language)
        self.retranslate()
        self._show_step()

    def _build(self) -> None:
        side = frame("rail")
        side.setFixedWidth(SIDE)
        list_ = column(self._head, self._time, margin=24, spacing=4)
        list_.addSpacing(18)
        for mark in (*self._marks, self._join_mark):
            list_.addWidget(mark)
        self._join_mark.hide()
        list_.addSpacing(18)
        list_.addWidget(self.demo)
        list_.addStretch(1)
        list_.addLayout(row(*self._languages.values(), spacing=6))
        inside = QWidget()
        inside.setLayout(list_)
        list_holder = scrolling(inside)
        list_holder.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.setLayout(column(list_holder))
        for step in (*self.steps, self.joining):
            holder = QWidget()
            holder.setLayout(column(step, margin=28))
            self._stack.addWidget(holder)
        whole = row(side, self._stack, spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(_("Set up this desk"))
        self._show_ways(joining=self._stack.currentIndex() == len(self.steps))
        set_button_text(self.demo, _("Open the demo event instead"))
        for key, made in self._languages.items():
            made.setChecked(key == language())
            made.setAccessibleName({"th": "ภาษาไทย", "en": "English"}[key])
        for mark, step in zip(self._marks, self.steps, strict=True):
            mark.set_texts(step.title(), step.hint())
            step.retranslate()
        self._join_mark.set_texts(self.joining.title(), self.joining.hint())
        self.joining.retranslate()

    def step(self) -> Step:
        """Return the step that is at hand."""
        return self.steps[self._at]

    def stop(self) -> None:
        """The window is closed or the guide is done: give the camera free."""
        self.step().left()
        self.joining.left()

    def _show_step(self) -> None:
        for number, mark in enumerate(self._marks):
            mark.set_state("done" if number < self._at else "now" if number == self._at else "later")
        self._show_ways(joining=False)
        self.demo.setVisible(self.setup.app is None)
        self._stack.setCurrentIndex(self._at)
        self.step().entered()

    def _show_ways(self, *, joining: bool) -> None:
        """Show the steps of the way that was taken: to join there is only one."""
        self._join_mark.setVisible(joining)
        for mark in self._marks:
            mark.setHidden(joining)
        self._time.setText(_("About two minutes") if joining else _("About three minutes"))

    @Slot()
    def _join(self) -> None:
        """Leave the steps aside: an event that is set up already brings all that they ask for."""
        self.step().left()
        self.demo.hide()
        self._show_ways(joining=True)
        self._stack.setCurrentIndex(len(self.steps))
        self.joining.entered()

    @Slot(object)
    def _joined(self, app: App) -> None:
        self.joining.left()
        self.opened.emit(app)

    @Slot()
    def _back(self) -> None:
        self.joining.left()
        self._show_step()

    @Slot()
    def _next(self) -> None:
        self.step().left()
        if self._at + 1 < len(self.steps):
            self._at += 1
            self._show_step()
        elif self.setup.app is not None:
            self.setEnabled(False)
            self.setup.tasks.background(
                _finish, self.setup.app, self.setup.changes, done=self._finished, failed=self._failed
            )

    @Slot(object)
    def _finished(self, app: App) -> None:
        self.opened.emit(app)

    @Slot()
    def _open_demo(self) -> None:
        self.setEnabled(False)
        self._time.setText(_("The demo event is being made…"))
        self.setup.tasks.background(self.setup.opener.demo, done=self._finished, failed=self._failed)

    @Slot(object)
    def _failed(self, error: CheckinError) -> None:
        self.setEnabled(True)
        self._time.setText(_("About three minutes"))
        self.setup.notices.failure(error)

    @Slot()
    def _choose_language(self) -> None:
        sender = self.sender()
        if isinstance(sender, QWidget):
            set_language(sender.property("language"))
            self.setup.notices.retranslate()
            self.retranslate()


class _Mark(QFrame):
    """One line of the list at the left: a numbered disc, a name, a few words. It only shows; it is not pressed."""

    def __init__(self, number: int, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._theme, self._state = number, theme, "later"
        self._name, self._hint = label("", "strong", wrap=True), label("", "faint", wrap=True)
        words = column(self._name, self._hint, spacing=0)
        inside = row(spacing=0)
        inside.setContentsMargins(DISC + 12, 8, 0, 8)
        inside.addLayout(words)
        self.setLayout(inside)
        theme.changed.connect(self.update)

    def set_texts(self, name: str, hint: str) -> None:
        """Name the step."""
        self._name.setText(name)
        self._hint.setText(hint)
        self._say()

    def set_state(self, state: str) -> None:
        """Show it as "done", at hand ("now") or "later"."""
        self._state = state
        set_property(self._name, "tone", None if state == "now" else "grey")
        self._say()
        self.update()

    def _say(self) -> None:
        states = {"done": _("done"), "now": _("this step"), "later": _("later")}
        self.setAccessibleName(f"{self._number}. {self._name.text()}: {states[self._state]}")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the disc with its number, or a tick."""
        super().paintEvent(event)
        colours = self._theme.colours
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            disc = self.rect().adjusted(1, 10, 0, 0)
            disc.setSize(disc.size().scaled(DISC - 2, DISC - 2, Qt.AspectRatioMode.IgnoreAspectRatio))
            filled = self._state != "later"
            colour = QColor(colours.green.strong if self._state == "done" else colours.accent)
            painter.setPen(QPen(colour, 2))
            painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(disc)
            if self._state == "done":
                renderer("tick", colours.on_accent).render(painter, disc.adjusted(7, 7, -7, -7).toRectF())
                return
            painter.setFont(font(14, QFont.Weight.Bold))
            painter.setPen(QColor(colours.on_accent) if filled else colour)
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(self._number))


def _finish(app: App, changes: dict[str, object]) -> App:
    """Write down what the steps chose; runs off the GUI thread."""
    from dataclasses import replace

    settings = checked(replace(app.settings, language=language(), **changes))  # type: ignore[arg-type]
    app.save_settings(settings)
    app.desk.set_name(settings.desk_name)
    app.desk.set_staff(settings.staff)
    return app
