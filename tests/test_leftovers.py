"""The watch over every test sees what it is there to see."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QApplication

from checkin.db.engine import Database
from tests import leftovers


def test_a_thread_that_goes_on_is_seen_and_one_that_ends_is_not() -> None:
    before = leftovers.threads()
    going_on = threading.Event()
    thread = threading.Thread(target=going_on.wait, name="goes on")
    thread.start()

    assert leftovers.new_threads(before, patience=0.05) == ["thread goes on"]

    going_on.set()
    assert leftovers.new_threads(before) == []


def test_a_qt_thread_that_ran_python_and_ended_is_not_taken_for_one_that_runs(qapp: QApplication) -> None:
    class Short(QThread):
        def run(self) -> None:
            threading.current_thread()

    before = leftovers.threads()
    thread = Short()
    thread.start()
    thread.wait()

    assert leftovers.new_threads(before) == []


def test_a_running_timer_and_a_running_qt_thread_are_seen_and_stopped(qapp: QApplication) -> None:
    timer, thread = QTimer(qapp), QThread(qapp)
    timer.setObjectName("blink")
    timer.start(60_000)
    thread.start()

    assert sorted(leftovers.running_qt_objects()) == ["QThread QThread", "QTimer blink of QApplication, every 60000 ms"]
    assert leftovers.running_qt_objects() == []


def test_an_open_database_is_seen_and_a_closed_one_is_not(tmp_path: Path) -> None:
    before = leftovers.open_files(tmp_path)
    database = Database(tmp_path / "checkin.sqlite")
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")

    assert "open file checkin.sqlite" in leftovers.new_open_files(tmp_path, before)

    database.close()
    assert leftovers.new_open_files(tmp_path, before) == []


def test_a_warning_is_a_surprise_unless_it_was_announced() -> None:
    log = logging.getLogger("checkin.probe")
    log.propagate = False  # the watch over this test must not see it
    with leftovers.LogWatch() as watch:
        log.addHandler(watch)
        log.info("all is well")
        log.warning("the disk is slow")
        log.error("the disk is full")
        log.removeHandler(watch)

    assert [line.split(": ")[1] for line in watch.surprises()] == ["the disk is slow", "the disk is full"]
    watch.expect("slow")
    watch.expect("full")
    assert watch.surprises() == []
    watch.expect("gone")
    assert watch.surprises() == ["the log never said: gone"]
