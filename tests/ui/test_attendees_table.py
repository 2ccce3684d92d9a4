"""The table's model against a listing of any size: what is looked at is read, nothing else, and never on this thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from checkin.db.listing import ListFilter, ListRow
from checkin.domain.attendee import Attendee
from checkin.domain.event_file import parse_event
from checkin.ui.attendees.table_model import BLOCK, KEPT, ROW, AttendeeTable, Column
from checkin.ui.attendees.table_view import AttendeeView
from checkin.ui.tasks import TaskRunner
from checkin.ui.theme import Theme
from tests.ui.parts import EVENT


class Million:
    """A listing as large as one likes, at the edge of the machine: it stands for the disk."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.came: set[int] = set()
        self.reads: list[int] = []
        self.threads: set[str] = set()
        self.delay_s = 0.0

    def count(self, wanted: ListFilter) -> int:
        self.threads.add(threading.current_thread().name)
        return self.size if not wanted.text else len(wanted.text)

    def rows(self, wanted: ListFilter, offset: int, limit: int) -> list[ListRow]:
        self.threads.add(threading.current_thread().name)
        self.reads.append(offset)
        time.sleep(self.delay_s)
        size = self.count(wanted)
        at = datetime(2014, 7, 8, 1, 42, tzinfo=UTC)
        return [
            ListRow(Attendee(str(n), f"Person {n}"), n in self.came, at if n in self.came else None, "Desk 1")
            for n in range(offset, min(offset + limit, size))
        ]


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.stop()


def settled(qtbot: QtBot, tasks: TaskRunner) -> None:
    qtbot.wait(10)
    qtbot.waitUntil(lambda: not tasks.busy(), timeout=10_000)
    qtbot.wait(20)
    qtbot.waitUntil(lambda: not tasks.busy(), timeout=10_000)


def make(qtbot: QtBot, tasks: TaskRunner, listing: Million) -> tuple[AttendeeTable, AttendeeView]:
    event = parse_event(EVENT)
    theme = Theme("light")
    model = AttendeeTable(listing, event, tasks)  # type: ignore[arg-type]
    view = AttendeeView(model, event, theme)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    model.look(ListFilter())
    settled(qtbot, tasks)
    return model, view


def test_a_million_rows_cost_two_blocks_and_no_work_on_this_thread(qtbot: QtBot, tasks: TaskRunner) -> None:
    listing = Million(1_000_000)
    model, _view = make(qtbot, tasks, listing)
    assert model.rowCount() == 1_000_000
    assert set(listing.reads) <= {0, BLOCK}
    assert threading.current_thread().name not in listing.threads
    assert model.index(3, Column.NAME).data() == "Person 3"


def test_a_jump_into_the_middle_reads_what_is_seen_there(qtbot: QtBot, tasks: TaskRunner) -> None:
    listing = Million(1_000_000)
    model, view = make(qtbot, tasks, listing)
    listing.reads.clear()
    view.scrollTo(model.index(700_000, 0), AttendeeView.ScrollHint.PositionAtTop)
    view.viewport().repaint()
    assert model.index(700_000, 0).data(ROW) is None
    assert model.index(700_000, 0).data() == "Loading…"
    settled(qtbot, tasks)
    assert model.index(700_000, 0).data() == "Person 700000"
    assert all(abs(offset - 700_000) < 3 * BLOCK for offset in listing.reads)


def test_a_dragged_scroll_bar_reads_where_it_rests_and_forgets_the_rest(qtbot: QtBot, tasks: TaskRunner) -> None:
    listing = Million(1_000_000)
    model, view = make(qtbot, tasks, listing)
    listing.delay_s = 0.2
    listing.reads.clear()
    bar = view.verticalScrollBar()
    for step in range(60):
        bar.setValue(bar.maximum() * step // 60)
        view.viewport().repaint()
        qtbot.wait(1)
    bar.setValue(bar.maximum())
    view.viewport().repaint()
    settled(qtbot, tasks)
    assert model.index(999_999, 0).data() == "Person 999999"
    assert len(listing.reads) < 45, "not every place that flew past was read"


def test_memory_stays_flat_however_far_one_scrolls(qtbot: QtBot, tasks: TaskRunner) -> None:
    listing = Million(200_000)
    model, _view = make(qtbot, tasks, listing)
    for block in range(80):
        model.row(block * BLOCK)
        settled(qtbot, tasks)
    assert len(model._blocks) <= KEPT


def test_somebody_who_comes_in_is_shown_without_moving_the_list(qtbot: QtBot, tasks: TaskRunner) -> None:
    listing = Million(10_000)
    model, view = make(qtbot, tasks, listing)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    view.viewport().repaint()
    settled(qtbot, tasks)
    place = view.verticalScrollBar().value()
    row = view.rowAt(100)
    assert model.index(row, Column.TODAY).data() == "not yet"
    listing.came.add(row)
    model.refresh()
    assert model.index(row, Column.TODAY).data() == "not yet", "what was shown stays until the new is here"
    settled(qtbot, tasks)
    view.viewport().repaint()
    settled(qtbot, tasks)
    assert model.index(row, Column.TODAY).data() == "in"
    assert model.index(row, Column.FIRST).data() == "08:42 · Desk 1"
    assert view.verticalScrollBar().value() == place


def test_the_list_grows_at_its_end_and_keeps_its_place(qtbot: QtBot, tasks: TaskRunner) -> None:
    listing = Million(5_000)
    model, view = make(qtbot, tasks, listing)
    view.verticalScrollBar().setValue(2_000)
    listing.size = 5_003
    model.refresh()
    settled(qtbot, tasks)
    assert model.rowCount() == 5_003
    assert view.verticalScrollBar().value() == 2_000
    listing.size = 4_000
    model.refresh()
    settled(qtbot, tasks)
    assert model.rowCount() == 4_000


def test_the_answer_to_an_older_question_is_dropped(qtbot: QtBot, tasks: TaskRunner) -> None:
    listing = Million(1_000)
    model, _view = make(qtbot, tasks, listing)
    listing.delay_s = 0.05
    for text in ("a", "ab", "abc", "abcd"):
        model.look(ListFilter(text=text))
    settled(qtbot, tasks)
    assert model.rowCount() == 4


def test_the_keys_of_a_list_choose_a_person(qtbot: QtBot, tasks: TaskRunner) -> None:
    _model, view = make(qtbot, tasks, Million(1_000))
    chosen: list[str] = []
    view.chosen.connect(lambda person: chosen.append(person.name))
    view.setFocus()
    view.selectRow(0)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    settled(qtbot, tasks)
    assert chosen == ["Person 0", "Person 1", "Person 999"]


def test_a_failing_disk_is_told_and_the_list_can_be_read_again(qtbot: QtBot, tasks: TaskRunner) -> None:
    from checkin.errors import StorageError

    listing = Million(10_000)
    model, _view = make(qtbot, tasks, listing)
    told: list[str] = []
    tasks.trouble.connect(told.append)
    whole = listing.rows

    def broken(wanted: ListFilter, offset: int, limit: int) -> list[ListRow]:
        raise StorageError("The disk is gone.")

    listing.rows = broken  # type: ignore[method-assign]
    model.row(9_000)
    settled(qtbot, tasks)
    assert told == ["The disk is gone."]
    listing.rows = whole  # type: ignore[method-assign]
    model.refresh()
    settled(qtbot, tasks)
    model.row(9_000)
    settled(qtbot, tasks)
    assert model.index(9_000, 0).data() == "Person 9000"
