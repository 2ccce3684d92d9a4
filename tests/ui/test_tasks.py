"""Jobs off the GUI thread: their endings come back on it, whatever they are."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from checkin.errors import CancelledError, CheckinError
from checkin.ui.tasks import TaskRunner


class Endings(QObject):
    """Notes what arrived and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[object] = []
        self.threads: set[int] = set()

    @Slot(object)
    def take(self, *what: object) -> None:
        self.got.append(what[0] if len(what) == 1 else what)
        self.threads.add(threading.get_ident())


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.stop()


def test_work_is_elsewhere_and_its_ending_here(tasks: TaskRunner, qtbot: QtBot) -> None:
    endings = Endings()
    for run in (tasks.database, tasks.background):
        run(threading.get_ident, done=endings.take)
    tasks.background(threading.get_ident, done=lambda found: endings.take(found))  # noqa: PLW0108 - a lambda on purpose
    qtbot.waitUntil(lambda: len(endings.got) == 3)
    assert endings.threads == {threading.get_ident()}
    assert threading.get_ident() not in endings.got


def test_the_database_s_jobs_keep_their_order(tasks: TaskRunner, qtbot: QtBot) -> None:
    endings = Endings()
    for number in range(50):
        tasks.database(int, number, done=endings.take)
    qtbot.waitUntil(lambda: len(endings.got) == 50)
    assert endings.got == list(range(50))


def test_an_error_for_the_user_arrives_as_it_is(tasks: TaskRunner, qtbot: QtBot) -> None:
    endings = Endings()

    def fail() -> None:
        raise CheckinError("The disk is full.")

    tasks.database(fail, done=endings.take, failed=endings.take)
    qtbot.waitUntil(lambda: len(endings.got) == 1)
    assert str(endings.got[0]) == "The disk is full."


def test_without_a_failed_ending_the_sentence_goes_to_the_notice_bar(tasks: TaskRunner, qtbot: QtBot) -> None:
    def fail() -> None:
        raise CheckinError("The disk is full.")

    with qtbot.waitSignal(tasks.trouble, timeout=3000) as caught:
        tasks.background(fail)
    assert caught.args == ["The disk is full."]


def test_a_defect_is_one_plain_sentence_and_a_log_without_names(tasks: TaskRunner, qtbot: QtBot, expected_log) -> None:
    expected_log.expect("ValueError")

    def fail() -> None:
        raise ValueError("Maria Santos")

    with qtbot.waitSignal(tasks.trouble, timeout=3000) as caught:
        tasks.background(fail)
    assert "Something went wrong" in caught.args[0]
    assert "Maria" not in caught.args[0]
    assert all("Maria" not in record.getMessage() for record in expected_log.records)


def test_a_cancelled_job_never_ends(tasks: TaskRunner, qtbot: QtBot) -> None:
    endings, gate = Endings(), threading.Event()
    job = tasks.background(gate.wait, 5, done=endings.take, failed=endings.take)
    job.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy())
    QTest.qWait(50)
    assert endings.got == []


def test_progress_is_the_newest_and_can_be_stopped(tasks: TaskRunner, qtbot: QtBot) -> None:
    moved, ended, gate = Endings(), Endings(), threading.Event()

    def work(progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> str:
        for step in range(1000):
            progress(step, 1000)
        gate.wait(5)
        if cancelled():
            raise CancelledError("stopped")
        return "done"

    tasks.background(work, done=ended.take, progress=moved.take)
    qtbot.waitUntil(lambda: (999, 1000) in moved.got)
    assert len(moved.got) < 1000, "the GUI thread is told the newest only"
    gate.set()
    qtbot.waitUntil(lambda: ended.got == ["done"])


def test_an_ending_of_a_widget_that_is_gone_is_not_called(tasks: TaskRunner, qtbot: QtBot) -> None:
    from shiboken6 import delete

    endings, gate = Endings(), threading.Event()
    tasks.background(gate.wait, 5, done=endings.take)
    delete(endings)
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy())
    QTest.qWait(50)


def test_stopping_finishes_what_the_database_has_begun(qtbot: QtBot) -> None:
    runner, did = TaskRunner(), []
    for number in range(5):
        runner.database(did.append, number)
    runner.stop(lambda: did.append("closed"))
    assert did == [0, 1, 2, 3, 4, "closed"]
    runner.database(did.append, "late")
    assert did[-1] == "closed", "after the end nothing runs any more, and nothing fails"


def test_a_job_that_hangs_does_not_keep_the_window_open(qtbot: QtBot, expected_log) -> None:
    expected_log.expect("did not end within")
    runner, gate = TaskRunner(), threading.Event()
    runner.background(gate.wait, 10)
    runner.stop(pool_limit_s=0.1)
    gate.set()
