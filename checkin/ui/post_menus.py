"""Where this desk stands: chips for day, checkpoint and direction, and a word when clock and choice disagree."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from checkin.domain.declare import DayQuestion, day_question
from checkin.domain.event import Checkpoint, Direction
from checkin.domain.verdict import Post
from checkin.i18n import _, day_text, language
from checkin.ui.notices import Notice
from checkin.ui.widgets.basics import set_property
from checkin.ui.widgets.chip import Chip

if TYPE_CHECKING:
    from checkin.desk.results import Admission
    from checkin.ui.context import Context

CHECK_EVERY_MS = 20_000
KEY = "post"


class PostMenus(QObject):
    """Owns the three chips; the top bar lays them out."""

    asks = Signal(object)
    """checkin.domain.declare.DayQuestion, or None when it is answered: which day is right?"""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._question: DayQuestion | None = None
        self._event = context.app.event
        theme = context.theme
        self.day, self.checkpoint, self.direction = Chip(theme, "day"), Chip(theme, "place"), Chip(theme, "in")
        for chip in (self.day, self.checkpoint, self.direction):
            chip.setMenu(QMenu(chip))
        self._warned = ""
        self._timer = QTimer(self, interval=CHECK_EVERY_MS)
        self._timer.timeout.connect(self.compare_with_clock)
        self._timer.start()
        context.signals.admitted.connect(self._admitted)

    @property
    def post(self) -> Post | None:
        """The post as it is declared now; None where none could be proposed and nobody chose one yet."""
        desk = self._context.app.desk
        return desk.post if desk.declared else None

    def retranslate(self) -> None:
        """Set the chips' texts and menus again."""
        post = self.post
        self.day.set_text(self._day_text(post.day) if post else _("Choose the day"), _("Day"))
        self.checkpoint.set_text(
            post.checkpoint.name.get(language()) if post else _("Choose the checkpoint"), _("Checkpoint")
        )
        exits = bool(post and post.checkpoint.exits)
        self.direction.setVisible(exits)
        going_out = bool(post and post.direction == "out")
        self.direction.set_icon("out" if going_out else "in")
        self.direction.set_text(_("On the way out") if going_out else _("On the way in"), _("Direction"))
        self._fill_days(post)
        self._fill_checkpoints(post)
        self._fill_directions(post)
        self.compare_with_clock()

    def choose(self, checkpoint: Checkpoint, direction: Direction = "in") -> None:
        """Declare another post. It holds for badges that are read from now on."""
        post = Post(checkpoint.day, checkpoint, direction if checkpoint.exits else "in")
        self._context.tasks.database(self._context.app.desk.set_post, post, done=self._chosen)

    @Slot(object)
    def count_for(self, day: date) -> None:
        """Staff said which day it is: declare its door, or keep the post where it is of that day already."""
        post = self.post
        if post is not None and post.day == day:
            self.choose(post.checkpoint, post.direction)
        else:
            self.choose(self._event.propose_on(day))

    @Slot(object)
    def _admitted(self, admission: Admission) -> None:
        if admission.clock_disagrees:
            self.compare_with_clock()  # a laptop that slept through midnight: before the next tick of the timer

    @Slot()
    def compare_with_clock(self) -> None:
        """Say so when the clock and the declared day or session disagree; the declared one counts all the same.

        Where both are days of the event staff are asked once which is right; after that it is only said.
        """
        post = self.post
        now = self._event.local(self._context.app.clock.now())
        other_day = post is None or now.date() != post.day
        window = self._event.window(post.checkpoint, now) if post else "open"
        missed = bool(post and post.checkpoint.kind == "session" and window in {"early", "late"})
        set_property(self.day, "tone", "amber" if other_day else None)
        set_property(self.checkpoint, "tone", "amber" if missed or post is None else None)
        self._ask(now.date())
        notice = self._disagreement(post, now.date(), missed=missed, window=window) if self._question is None else None
        if notice is None:
            self._context.notices.withdraw(KEY)
        elif notice.text != self._warned:
            self._context.notices.post(notice)
        self._warned = notice.text if notice else ""

    def _ask(self, today: date) -> None:
        settings, post = self._context.app.settings, self.post
        question = day_question(self._event, today, post.day, settings.post_day, settings.day_asked) if post else None
        if question != self._question:
            self._question = question
            self.asks.emit(question)

    def _disagreement(self, post: Post | None, today: date, *, missed: bool, window: str) -> Notice | None:
        if post is None:
            text = self._context.app.undeclared or _("Choose the day and the checkpoint before the first scan.")
            return Notice("warning", text, KEY, action=_("Choose the day"), on_action=self.day.showMenu)
        if today != post.day:
            text = _("The clock says {today}, this desk counts for {day}. The chosen day holds; check the clock.")
            said = text.format(today=day_text(today), day=day_text(post.day))
            return Notice("warning", said, KEY, action=_("Choose the day"), on_action=self.day.showMenu)
        if missed:
            name = post.checkpoint.name.get(language())
            text = _("“{name}” is over by the timetable.") if window == "late" else _("“{name}” has not begun yet.")
            return Notice(
                "warning",
                text.format(name=name),
                KEY,
                action=_("Change checkpoint"),
                on_action=self.checkpoint.showMenu,
            )
        return None

    def _chosen(self, _answer: object) -> None:
        self._warned = ""
        self.remember(day_asked=self._event.local(self._context.app.clock.now()).date().isoformat())
        self.retranslate()
        self._context.signals.post_changed.emit()

    def remember(self, **also: str) -> None:
        """Keep the post for the next start."""
        post = self.post
        assert post is not None
        self._context.save_settings(
            post_day=post.day.isoformat(), post_checkpoint=post.checkpoint.key, post_direction=post.direction, **also
        )

    def _day_text(self, day: date) -> str:
        name = next((d.name.get(language()) for d in self._event.days if d.date == day), "")
        return " · ".join(part for part in (name, day_text(day)) if part)

    def _fill_days(self, post: Post | None) -> None:
        menu = self.day.menu()
        menu.clear()
        for day in self._event.days:
            if self._event.at_day(day.date):
                chosen = post is not None and post.day == day.date
                place = self._event.propose_on(day.date)
                self._add(menu, self._day_text(day.date), place, "in", chosen=chosen)

    def _fill_checkpoints(self, post: Post | None) -> None:
        menu = self.checkpoint.menu()
        menu.clear()
        now = self._context.app.clock.now()
        days = [post.day] if post else [day.date for day in self._event.days]
        open_now = {c.key for c in self._event.sessions_now(now)}
        for place in (c for day in days for c in self._event.at_day(day)):
            times = f"{place.start:%H:%M}–{place.end:%H:%M}" if place.start and place.end else ""
            parts = [place.name.get(language()), times, _("now") if place.key in open_now else ""]
            chosen = post is not None and post.checkpoint.key == place.key
            self._add(menu, " · ".join(part for part in parts if part), place, "in", chosen=chosen)

    def _fill_directions(self, post: Post | None) -> None:
        menu = self.direction.menu()
        menu.clear()
        if post is not None and post.checkpoint.exits:
            self._add(menu, _("On the way in"), post.checkpoint, "in", chosen=post.direction == "in")
            self._add(menu, _("On the way out"), post.checkpoint, "out", chosen=post.direction == "out")

    def _add(self, menu: QMenu, text: str, place: Checkpoint, direction: Direction, *, chosen: bool) -> None:
        action = QAction(text.replace("&", "&&"), menu, checkable=True)
        action.setChecked(chosen)
        action.triggered.connect(partial(self.choose, place, direction))
        menu.addAction(action)
