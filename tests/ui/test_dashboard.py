"""The Dashboard page on a real event: the same numbers as `counts`, while scans, undos, walk-ins and corrections come in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from checkin.app import Declared, open_app
from checkin.clock import PracticeClock
from checkin.db.listing import ListFilter
from checkin.desk.results import WalkIn
from checkin.domain.attendee import Attendee
from checkin.domain.declare import declare
from checkin.i18n import set_language
from checkin.reports.counts import count
from checkin.reports.figures import SLOTS
from checkin.ui.dashboard.arrivals_chart import ArrivalsChart, Curve, columns
from checkin.ui.dashboard.lines import Cell, Line, Lines
from checkin.ui.pages.dashboard import DashboardPage
from checkin.ui.theme import THEMES, Theme
from tests.small_event import EVENT, at
from tests.ui.conftest import Desk


def dashboard(desk: Desk) -> DashboardPage:
    page = desk.window.page("dashboard")
    assert isinstance(page, DashboardPage)
    return page


def open_page(desk: Desk) -> DashboardPage:
    QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_F4)
    page = dashboard(desk)
    desk.wait(lambda: page.board.figures is not None and page.board.isVisible())
    return page


def shown(page: DashboardPage) -> tuple[str, str]:
    return page.board.came.number.text(), page.board.walk_ins.number.text()


def counted(desk: Desk) -> tuple[str, str]:
    counts = count(desk.app.database, desk.app.event, desk.app.desk.post)
    return str(counts.came), str(counts.walk_in)


def rows(view: Lines) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in view.lines.lines]


def bars(page: DashboardPage, number: int) -> dict[str, tuple[int, int]]:
    return {bar.name: (bar.came, bar.expected) for bar in page.board.groups[number].bars.bars}


def test_f4_opens_it_between_walk_in_and_settings(desk: Desk) -> None:
    page = open_page(desk)
    assert desk.window.stack.currentWidget() is page
    assert [one.key for one in desk.window.pages][2:4] == ["walkin", "dashboard"]
    assert shown(page) == ("0", "0")
    assert page.board.came.fact.text() == "of 5 expected, 5 to come"
    assert page.board.chart.in_words() == "Nobody has come yet."


def test_it_follows_scans_undos_walk_ins_corrections_and_merges(desk: Desk) -> None:
    page = open_page(desk)
    for name in ("Maria Santos", "Somying Jaidee", "Ahmad bin Ismail"):
        desk.submit(desk.token(name))
    desk.wait(lambda: shown(page) == ("3", "0") == counted(desk))
    assert bars(page, 0) == {"Delegate": (2, 4), "VIP": (1, 1)}
    desk.window.calls.undo()
    desk.wait(lambda: shown(page) == ("2", "0") == counted(desk))
    told: list[object] = []
    desk.window.calls.register(WalkIn("New Guest", "", "ILO", "Chile", "vip"), told.append, told.append)
    desk.wait(lambda: shown(page) == ("3", "1") == counted(desk))
    assert bars(page, 1)["Chile"] == (1, 0)
    said = [bar.text for bar in page.board.groups[0].bars.bars]
    assert said == ["Delegate: 1 of 4", "VIP: 1 of 1, and 1 not expected"], "never more than all"
    assert page.board.walk_ins.fact.text() == "1 at this desk, 0 at others"
    maria = desk.app.search.find("maria", 1)[0].attendee
    desk.window.calls.edit(maria.id, {"category": "vip"}, "", told.append)
    desk.wait(lambda: bars(page, 0) == {"Delegate": (0, 3), "VIP": (3, 2)})
    guest = desk.app.search.find("new guest", 1)[0].attendee
    desk.window.calls.merge(maria.id, guest.id)
    desk.wait(lambda: shown(page) == ("2", "0") == counted(desk))
    assert bars(page, 0) == {"Delegate": (0, 3), "VIP": (2, 2)}
    for line in page.board.figures.posts:
        there = count(desk.app.database, desk.app.event, declare(desk.app.event, desk.app.clock.now(), "", line.key))
        assert (line.came, line.expected) == (there.came, there.expected)


def test_who_is_waited_for_leads_to_that_person(desk: Desk) -> None:
    page = open_page(desk)
    guests = page.board.guests
    assert rows(guests) == [["Ahmad bin Ismail", "Speaks at panel 2"], ["Somying Jaidee", "VIP"]]
    assert page.board.people_card.tabs[0].text() == "Waited for (2)"
    desk.submit(desk.token("Somying Jaidee"))
    desk.wait(lambda: len(rows(guests)) == 1)
    asked: list[tuple[str, object]] = []
    desk.window.signals.page_wanted.connect(lambda key, what: asked.append((key, what)))
    guests.setFocus()
    guests.selectRow(0)
    QTest.keyClick(guests, Qt.Key.Key_Return)
    assert asked[0][0] == "attendees"
    assert isinstance(asked[0][1], Attendee)
    assert desk.window.stack.currentWidget() is desk.window.page("attendees")
    desk.idle()


def test_what_needs_a_look_is_shown_with_the_way_there(desk: Desk) -> None:
    page = open_page(desk)
    assert not page.board.needs.more.isVisible()
    for _twice in range(2):
        desk.submit("LOST-0042")
    desk.wait(lambda: page.board.needs.number.text() == "1")
    assert page.board.needs.fact.text() == "1 unknown code"
    QTest.mouseClick(page.board.needs.more, Qt.MouseButton.LeftButton)
    assert page.board.looks.isVisible()
    assert page.board.looks.hasFocus()
    assert rows(page.board.looks) == [["The code LOST-0042 was refused 2 times: nobody has it"]]
    line = page.board.looks.lines.lines[0]
    assert (line.page, line.what) == ("attendees", ListFilter(text="LOST-0042"))


def test_a_group_leads_to_those_of_it_who_are_missing(desk: Desk) -> None:
    page = open_page(desk)
    groups = page.board.groups[0]
    groups.setFocus()
    groups.setCurrentIndex(groups.model().index(1, 0))
    QTest.keyClick(groups, Qt.Key.Key_Return)
    attendees = desk.window.page("attendees")
    assert desk.window.stack.currentWidget() is attendees
    assert attendees.group.currentData() == "vip"
    assert attendees.presence.currentData() == "not_in"
    desk.idle()
    assert attendees.model.index(0, 0).data().startswith("Somying Jaidee")


def test_a_hidden_page_asks_nothing(desk: Desk) -> None:
    page = open_page(desk)
    desk.window.show_page(0)
    desk.idle()
    before = page.board.figures
    desk.submit(desk.token("Maria Santos"))
    desk.idle()
    QTest.qWait(250)
    assert page.board.figures is before
    assert not page._regular.isActive()
    desk.window.signals.page_wanted.emit("dashboard", None)
    desk.wait(lambda: shown(page) == ("1", "0"))


def test_another_checkpoint_another_number(desk: Desk) -> None:
    page = open_page(desk)
    desk.submit(desk.token("Maria Santos"))
    desk.wait(lambda: shown(page) == ("1", "0"))
    desk.window.top_bar.post.choose(desk.app.event.checkpoint("opening"))
    desk.wait(lambda: shown(page) == ("0", "0") and page.board.figures.checkpoint == "opening")
    assert rows(page.board.checkpoints) == [
        ["Main entrance", "–", "1", "5"],
        ["Opening", "–", "0", "5"],
        ["Panel 1", "0", "0", "5"],
        ["Panel 2", "–", "0", "0"],
    ]


def test_the_second_day_has_yesterday_behind_it(desk: Desk) -> None:
    page = open_page(desk)
    assert not page.board.legend.isVisible()
    desk.submit(desk.token("Maria Santos"))
    desk.window.top_bar.post.choose(desk.app.event.checkpoint("door-2"))
    desk.wait(lambda: page.board.figures.checkpoint == "door-2")
    assert page.board.legend.isVisible()
    assert page.board.legend.accessibleName() == "Today, Tue 8 Jul"
    assert sum(page.board.figures.before) == 1


def test_no_day_no_numbers(event_folder: Path, qtbot: QtBot) -> None:
    from checkin.ui.camera_thread import Camera
    from checkin.ui.main_window import MainWindow
    from checkin.ui.tasks import TaskRunner
    from tests.ui.conftest import OneApp

    app = open_app(event_folder, Declared(desk="Desk 1", staff="Art", now=at("2014-07-20 09:00")))
    window = MainWindow(OneApp(app), Theme("light"), TaskRunner(), Camera(), source="none")
    window.show()
    window.open_event()
    qtbot.waitUntil(lambda: bool(window.pages), timeout=8000)
    window._later.stop()
    window.signals.page_wanted.emit("dashboard", None)
    page = window.page("dashboard")
    assert isinstance(page, DashboardPage)
    assert page.choose_day.isVisible()
    assert not page.board.isVisible()
    assert "no day of this event" in page._why.text()
    window.top_bar.post.choose(app.event.checkpoint("door-1"))
    qtbot.waitUntil(lambda: page.board.isVisible() and page.board.figures is not None, timeout=8000)
    window.leave()
    window.deleteLater()


def test_it_speaks_thai_and_stands_in_one_column_where_there_is_no_room(desk: Desk) -> None:
    page = open_page(desk)
    desk.window.keeper.save(language="th")
    desk.window.resize(683, 384)
    QApplication.processEvents()
    board = page.board
    assert board.came.y() < board.recent.y() < board.group_card.y() < board.place_card.y() < board.desk_card.y()
    assert board.width() <= page.width()
    desk.window.resize(1366, 768)
    QApplication.processEvents()
    assert board.came.y() == board.needs.y()
    assert page._scroll.verticalScrollBar().maximum() == 0
    set_language("en")


def test_lines_change_in_place(desk: Desk) -> None:
    view = Lines(Theme("light"))
    view.show_heads(("Name",))
    model = view.lines
    happened: list[str] = []
    model.modelReset.connect(lambda: happened.append("reset"))
    model.dataChanged.connect(lambda first, _last: happened.append(f"changed {first.row()}"))
    model.rowsInserted.connect(lambda _parent, first, _last: happened.append(f"inserted {first}"))
    model.rowsRemoved.connect(lambda _parent, first, _last: happened.append(f"removed {first}"))
    for names in ("ab", "ac", "acd", "acd", "a"):
        view.show_lines([Line((Cell(name),)) for name in names], "")
    assert happened == ["inserted 0", "changed 1", "inserted 2", "removed 1"]
    view.deleteLater()


def day(**arrived: int) -> tuple[int, ...]:
    slots = [0] * SLOTS
    for name, number in arrived.items():
        slots[(int(name[1:3]) * 60 + int(name[3:5])) // 5] += number
    return tuple(slots)


def test_bars_begin_with_the_first_guest_and_end_with_now() -> None:
    curve = Curve(day(t0810=3, t0820=4, t0925=2), (), now_min=9 * 60 + 50, start_min=7 * 60 + 45)
    found = columns(curve, 15, 100)
    assert [bar.minute for bar in found] == [*range(7 * 60 + 45, 9 * 60 + 50, 15)]
    assert [bar.came for bar in found] == [0, 3, 4, 0, 0, 0, 2, 0, 0]
    assert [bar.minute for bar in columns(curve, 15, 3)] == [9 * 60 + 15, 9 * 60 + 30, 9 * 60 + 45]
    assert sum(bar.came for bar in columns(curve, 5, 100)) == 9
    assert columns(Curve(day(), day()), 15, 100) == []


@pytest.mark.parametrize("theme", THEMES)
def test_both_days_can_be_told_apart_without_colours(desk: Desk, theme: str) -> None:
    made = Theme(theme)  # type: ignore[arg-type]
    chart = ArrivalsChart(made)
    chart.resize(640, 200)
    chart.show_curve(Curve(day(t0900=40), day(t0930=40)), 15, "")
    picture = QImage(640, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor(made.colours.surface))
    chart.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    found = chart.columns()
    wide = 640 / len(found)
    grey = []
    for minute in (9 * 60, 9 * 60 + 30, 9 * 60 + 45):
        number = [bar.minute for bar in found].index(minute)
        middle = QRect(round(number * wide + wide / 2) - 6, 120, 12, 20)
        part = picture.copy(middle).convertToFormat(QImage.Format.Format_Grayscale8)
        values = [part.pixelColor(x, y).value() for x in range(12) for y in range(20)]
        grey.append((sum(values) / len(values), max(values) - min(values)))
    today, before, nobody = grey
    assert today[1] == 0, "today is one colour"
    assert before[1] > 8, "the day before is hatched"
    assert abs(today[0] - before[0]) > 40
    assert abs(today[0] - nobody[0]) > 80
    chart.deleteLater()


def test_the_clock_moves_the_page_too(desk: Desk) -> None:
    page = open_page(desk)
    desk.submit(desk.token("Maria Santos"))
    desk.wait(lambda: page.board.recent.number.text() == "1")
    page._kept._live._clock = PracticeClock(at("09:30"))  # type: ignore[union-attr]
    page._regular.setInterval(50)
    desk.wait(lambda: page.board.recent.number.text() == "0")
    assert EVENT.local(page.board.figures.at).hour == 9
    desk.window.show_page(0)
