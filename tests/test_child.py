"""The second process: what is computed there comes back, and whatever happens to it, the desk goes on."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin.child import Child, ChildDiedError
from checkin.errors import CancelledError, CheckinError, RosterFileError
from checkin.i18n import set_language
from tests import child_work
from tests.leftovers import LogWatch


@pytest.fixture
def child() -> Iterator[Child]:
    child = Child()
    yield child
    child.close()


def test_it_is_another_process_and_stays_the_same_one(child: Child) -> None:
    assert child.run(child_work.add, 2, other=3) == 5
    first = child.run(child_work.pid)
    assert first != os.getpid()
    assert child.run(child_work.pid) == first


def test_no_window_is_loaded_there(child: Child) -> None:
    from checkin.ui.roster_import import work

    with pytest.raises(RosterFileError):
        child.run(work.open_file, Path("no-such-list.xlsx"), None, None)
    loaded = child.run(child_work.modules)
    assert "checkin.roster.reading" in loaded
    assert not {name for name in loaded if name.startswith("PySide6")}


def test_progress_and_the_wish_to_stop_cross_over(child: Child) -> None:
    seen: list[tuple[int, int]] = []
    stop = threading.Event()

    def progress(*values: int) -> None:
        seen.append((values[0], values[1]))
        if len(seen) == 3:
            stop.set()

    assert 3 <= child.run(child_work.count, 100_000, progress=progress, cancelled=stop.is_set) < 100_000
    assert seen[:3] == [(0, 100_000), (1, 100_000), (2, 100_000)]
    assert child.run(child_work.count, 3, progress=progress, cancelled=lambda: False) == 3, "the wish was for one job"


def test_a_job_that_nobody_wants_is_not_begun(child: Child) -> None:
    with pytest.raises(CancelledError):
        child.run(child_work.die, cancelled=lambda: True)


def test_a_sentence_comes_back_in_the_language_of_the_moment(child: Child) -> None:
    said = []
    for language in ("en", "th"):
        set_language(language)
        with pytest.raises(RosterFileError) as caught:
            child.run(child_work.refuse)
        said.append(str(caught.value))
    set_language("en")
    assert said[0] == "Stopped. Nothing was imported."
    assert said[1] != said[0]


def test_what_nobody_foresaw_is_logged_by_its_place_without_what_it_says(child: Child, expected_log: LogWatch) -> None:
    expected_log.expect("KeyError in the second process")
    with pytest.raises(CheckinError, match="Something went wrong inside the program"):
        child.run(child_work.blunder, "Maria Santos")
    assert child.run(child_work.add, 1, 1) == 2
    told = "".join(record.getMessage() for record in expected_log.records)
    assert "blunder" in told
    assert "Maria" not in told


def test_it_is_killed_and_the_next_job_has_a_new_one(child: Child, expected_log: LogWatch) -> None:
    expected_log.expect("the second process ended")
    with pytest.raises(ChildDiedError, match="try again"):
        child.run(child_work.die)
    assert child.run(child_work.add, 1, 1) == 2


def test_what_is_printed_there_harms_nothing_and_what_is_logged_arrives(child: Child, expected_log: LogWatch) -> None:
    expected_log.expect("a word for the log")
    assert child.run(child_work.talk) == "said"


def test_closing_ends_it_in_the_middle_of_a_job(child: Child) -> None:
    running = child.run(child_work.pid)
    ended: list[BaseException] = []

    def work() -> None:
        try:
            child.run(child_work.count, 100_000, progress=lambda *_values: None, cancelled=lambda: False)
        except CheckinError as error:
            ended.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.3)
    child.close()
    thread.join(10)
    assert isinstance(ended[0], CancelledError)
    with pytest.raises(ProcessLookupError):
        os.kill(running, 0)
    with pytest.raises(CancelledError):
        child.run(child_work.pid)
