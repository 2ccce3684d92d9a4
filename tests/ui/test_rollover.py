"""Midnight with the window open, a laptop forgotten over night, one opened in the morning: which day is counted?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkin.app import App, Declared, open_app
from checkin.domain.declare import day_question
from checkin.domain.journal import Body
from checkin.ui.camera_thread import Camera
from checkin.ui.main_window import MainWindow
from checkin.ui.tasks import TaskRunner
from checkin.ui.theme import Theme, load_first_font
from tests.small_event import EVENT, at
from tests.ui.conftest import LIMIT_MS, Desk, OneApp

BANGKOK = ZoneInfo("Asia/Bangkok")


class SetClock:
    """A clock that the test sets."""

    def __init__(self, text: str) -> None:
        self.set(text)
        self.mono = 1_000_000

    def set(self, text: str) -> None:
        self.time = datetime.fromisoformat(text).replace(tzinfo=BANGKOK)

    def now(self) -> datetime:
        return self.time.astimezone(UTC)

    def monotonic_ms(self) -> int:
        self.mono += 1000
        return self.mono


@pytest.fixture
def window(
    event_folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], tuple[Desk, SetClock]]]:
    """Opens the event's window at a time of day, again and again."""
    opened: list[MainWindow] = []

    def open_at(text: str) -> tuple[Desk, SetClock]:
        for old in opened:
            old.leave()
            old.deleteLater()
        opened.clear()
        clock = SetClock(text)
        monkeypatch.setattr("checkin.app._clock", lambda *_args: clock)
        app = open_app(event_folder, Declared(desk="Desk 1", staff="Art", resume=True))
        load_first_font()
        theme = Theme("light")
        theme.apply("light")
        made = MainWindow(OneApp(app), theme, TaskRunner(), Camera(), source="none")
        opened.append(made)
        made.resize(1366, 768)
        made.show()
        made.open_event()
        qtbot.waitUntil(lambda: bool(made.pages), timeout=LIMIT_MS)
        made._later.stop()
        desk = Desk(made, app, qtbot)
        desk.idle()
        return desk, clock

    yield open_at
    for old in opened:
        old.leave()
        old.deleteLater()


def tick(desk: Desk) -> None:
    """Let the window's timer come round."""
    desk.window.top_bar.post.compare_with_clock()
    desk.idle()
    QApplication.processEvents()


def bodies(app: App) -> list[Body]:
    with app.database.read() as connection:
        rows = connection.exec_driver_sql("SELECT body FROM entry WHERE kind = 'CHECK_IN' ORDER BY journal, seq")
        return [Body.from_bytes(row[0]) for row in rows]


def test_clock_007_midnight_passes_with_the_window_open(window: Callable[[str], tuple[Desk, SetClock]]) -> None:
    desk, clock = window("2014-07-08 23:59:58")
    bar = desk.window.rollover
    desk.submit(desk.token("Maria Santos"))
    assert not bar.isVisible()
    clock.set("2014-07-09 00:00:02")
    in_flight = desk.submit(desk.token("Ahmad bin Ismail"))  # the badge was held up before anybody answered
    desk.idle()
    assert bar.isVisible(), "the first scan after midnight asks, not only the timer"
    assert (in_flight.verdict, in_flight.day.isoformat()) == ("checked_in", "2014-07-08")
    assert "A new day has begun: Wed 9 Jul 2014. This desk still counts for Tue 8 Jul 2014." in bar.accessibleName()
    assert not any("chosen day holds" in text for text in desk.window.notices.texts()), "said once, not twice"
    QTest.mouseClick(bar.first, Qt.MouseButton.LeftButton)
    desk.idle()
    assert not bar.isVisible()
    assert desk.app.desk.post.day.isoformat() == "2014-07-09"
    desk.window.status_bar.refresh()
    desk.idle()
    assert desk.window.status_bar.counters.came == 0, "the new day begins at nothing"
    assert desk.submit(desk.token("Maria Santos")).day.isoformat() == "2014-07-09"
    tick(desk)
    assert not bar.isVisible(), "asked once"
    assert [(body.day, body.flags) for body in bodies(desk.app)] == [
        ("2014-07-08", "s"), ("2014-07-08", "sc"), ("2014-07-09", "s"),
    ]  # fmt: skip


def test_the_bar_takes_no_key_from_the_desk(window: Callable[[str], tuple[Desk, SetClock]]) -> None:
    desk, clock = window("2014-07-08 23:59:58")
    focused = QApplication.focusWidget()
    clock.set("2014-07-09 00:00:02")
    tick(desk)
    assert desk.window.rollover.isVisible()
    assert QApplication.focusWidget() is focused
    QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_Return)
    desk.idle()
    assert desk.window.rollover.isVisible(), "Enter, which a hand scanner sends, is no answer"
    assert desk.app.desk.post.day.isoformat() == "2014-07-08"


def test_a_gala_that_goes_on_after_midnight_stays_with_its_day(window: Callable[[str], tuple[Desk, SetClock]]) -> None:
    desk, clock = window("2014-07-08 23:30")
    clock.set("2014-07-09 00:10")
    tick(desk)
    QTest.mouseClick(desk.window.rollover.second, Qt.MouseButton.LeftButton)
    desk.idle()
    tick(desk)
    assert not desk.window.rollover.isVisible()
    assert any("this desk counts for Tue 8 Jul 2014" in text for text in desk.window.notices.texts()), (
        "it stays in sight"
    )
    desk.submit(desk.token("Maria Santos"))
    again, clock = window("2014-07-09 00:20")
    assert again.app.desk.post.day.isoformat() == "2014-07-08", "a restart does not forget what staff said"
    assert not again.window.rollover.isVisible()
    clock.set("2014-07-10 00:20")
    tick(again)
    assert not again.window.rollover.isVisible(), "no day of the event: nothing to propose"


def test_a_laptop_forgotten_open_over_night(window: Callable[[str], tuple[Desk, SetClock]]) -> None:
    """The lid was closed; in the morning the first badge comes before anybody looked at the screen."""
    desk, clock = window("2014-07-08 17:00")
    desk.submit(desk.token("Maria Santos"))
    clock.set("2014-07-09 07:40")
    desk.submit(desk.token("Maria Santos"))
    desk.idle()
    assert desk.seen[-1].verdict == "already_in"
    assert desk.seen[-1].clock_disagrees
    assert desk.window.rollover.isVisible()
    QTest.mouseClick(desk.window.rollover.first, Qt.MouseButton.LeftButton)
    desk.idle()
    assert desk.submit(desk.token("Maria Santos")).verdict == "checked_in"


def test_opened_in_the_morning_with_yesterday_s_post(window: Callable[[str], tuple[Desk, SetClock]]) -> None:
    window("2014-07-08 08:00")
    desk, _clock = window("2014-07-09 07:40")
    bar = desk.window.rollover
    assert bar.isVisible()
    assert "counts for Wed 9 Jul 2014 now" in bar.accessibleName()
    assert desk.submit(desk.token("Maria Santos")).day.isoformat() == "2014-07-09"
    QTest.mouseClick(bar.first, Qt.MouseButton.LeftButton)
    desk.idle()
    again, _clock = window("2014-07-09 09:00")
    assert not again.window.rollover.isVisible(), "asked once"


def test_clock_001_a_clock_set_back_over_midnight_does_not_take_the_desk_back(
    window: Callable[[str], tuple[Desk, SetClock]],
) -> None:
    desk, clock = window("2014-07-09 00:30")
    clock.set("2014-07-08 23:30")
    admission = desk.submit(desk.token("Maria Santos"))
    desk.idle()
    bar = desk.window.rollover
    assert (admission.day.isoformat(), admission.clock_disagrees) == ("2014-07-09", True)
    assert "Check the clock of this laptop" in bar.accessibleName()
    assert bar.first.text() == "Count for Wed 9 Jul", "days go forward; the clock is the likelier to be wrong"
    again, _clock = window("2014-07-08 23:31")
    assert again.app.desk.post.day.isoformat() == "2014-07-09", "nor does a restart"
    assert bodies(again.app)[0].flags in {"scj", "sc"}


def test_clock_003_a_dead_clock_asks_for_the_day_and_proposes_none(
    window: Callable[[str], tuple[Desk, SetClock]],
) -> None:
    window("2014-07-08 08:00")
    desk, _clock = window("1970-01-01 07:00")
    assert not desk.app.desk.declared
    assert not desk.window.rollover.isVisible()
    assert any("2014-07-08" in text for text in desk.window.notices.texts())
    desk.window.top_bar.post.choose(desk.app.event.checkpoint("door-2"))
    desk.idle()
    tick(desk)
    assert not desk.window.rollover.isVisible()
    admission = desk.submit(desk.token("Maria Santos"))
    assert (admission.verdict, admission.day.isoformat(), admission.clock_disagrees) == (
        "checked_in",
        "2014-07-09",
        True,
    )


@pytest.mark.parametrize(
    ("today", "counting", "last", "asked", "expected"),
    [
        ("2014-07-08", "2014-07-08", "", "", None),
        ("2014-07-08", "2014-07-08", "2014-07-08", "", None),
        ("2014-07-09", "2014-07-08", "2014-07-08", "", ("2014-07-09", "2014-07-08")),
        ("2014-07-09", "2014-07-08", "2014-07-08", "2014-07-09", None),
        ("2014-07-09", "2014-07-09", "2014-07-08", "2014-07-08", ("2014-07-09", "2014-07-08")),
        ("2014-07-08", "2014-07-09", "2014-07-09", "2014-07-09", ("2014-07-09", "2014-07-08")),
        ("2014-07-10", "2014-07-08", "2014-07-08", "", None),
        ("1970-01-01", "2014-07-08", "2014-07-08", "", None),
        ("2014-07-09", "2014-07-09", "2013-01-01", "", None),
    ],
)
def test_when_staff_are_asked(
    today: str, counting: str, last: str, asked: str, expected: tuple[str, str] | None
) -> None:
    found = day_question(EVENT, at(f"{today} 09:00").date(), at(f"{counting} 09:00").date(), last, asked)
    assert (found and (found.proposed.isoformat(), found.refused.isoformat())) == expected
