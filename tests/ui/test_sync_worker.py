"""When rounds are done, on a real thread: never two at once, patient with a hub that is away, gone at closing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from checkin.errors import CancelledError, HubRefusedError, HubUnreachableError
from checkin.sync.cycle import Round
from checkin.ui.sync_worker import SyncWorker

DONE = Round(0, 0, 0, (), (), verified=True, fingerprint="00", people=0, at_ms=0)
LIMIT_S = 8.0


@dataclass
class Hub:
    """Stands where the network is: answers as it is told, and notes who asked when."""

    answer: Callable[[], None] = lambda: None
    began: list[float] = field(default_factory=list)
    at_once: int = 0
    most: int = 0
    let_go: threading.Event = field(default_factory=threading.Event)

    def round(self, *, progress: Callable[[str, int, int], None], cancelled: Callable[[], bool]) -> Round:
        self.began.append(time.monotonic())
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        try:
            progress("send", 1, 2)
            self.answer()
            if cancelled():
                raise CancelledError("stopped")
            return DONE
        finally:
            self.at_once -= 1

    def hang(self) -> None:
        self.let_go.wait()


@dataclass
class Heard:
    rounds: list[Round] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    states: list[object] = field(default_factory=list)


Make = Callable[..., SyncWorker]


@pytest.fixture
def hub() -> Hub:
    return Hub()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def make(hub: Hub, heard: Heard) -> Iterator[Make]:
    made: list[SyncWorker] = []

    def new(seconds: int, **more: object) -> SyncWorker:
        worker = SyncWorker(
            hub.round, heard.states.append, heard.rounds.append, heard.failures.append, lambda: "a bug",
            seconds=seconds, **{"first_s": 0.01, **more},
        )  # fmt: skip
        made.append(worker)
        worker.start()
        return worker

    yield new
    hub.let_go.set()
    for worker in made:
        worker.stop(LIMIT_S)
        worker._thread.join(LIMIT_S)


def wait(met: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT_S
    while not met():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)


def test_a_round_follows_the_other_and_one_that_is_asked_for_comes_at_once(make: Make, heard: Heard) -> None:
    worker = make(3600)
    wait(lambda: len(heard.rounds) == 1)
    worker.ask()
    wait(lambda: len(heard.rounds) == 2)
    assert worker.state.health == "well"
    assert worker.state.last is DONE


def test_with_0_seconds_nothing_is_done_unless_asked(make: Make, hub: Hub, heard: Heard) -> None:
    worker = make(0)
    time.sleep(0.1)
    assert not hub.began
    worker.ask()
    wait(lambda: len(heard.rounds) == 1)
    worker.set_seconds(1)
    wait(lambda: len(heard.rounds) == 2)


def test_never_two_rounds_at_once_however_often_it_is_asked(make: Make, hub: Hub, heard: Heard) -> None:
    hub.answer = lambda: time.sleep(0.02)
    worker = make(3600)
    for _press in range(30):
        worker.ask()
        time.sleep(0.003)
    wait(lambda: not worker.state.running and bool(heard.rounds))
    assert hub.most == 1


def test_a_hub_that_is_away_is_asked_less_and_less_often_and_then_all_is_well(
    make: Make, hub: Hub, heard: Heard
) -> None:
    def away() -> None:
        raise HubUnreachableError("The hub is away. Every scan is safe here.")

    hub.answer = away
    worker = make(1, back_off_s=(0.05, 0.4, 3600.0))
    wait(lambda: len(hub.began) == 3)
    assert worker.state.health == "away"
    assert hub.began[2] - hub.began[1] >= 1.0 > 0.9, "never sooner than the seconds that were set"
    hub.answer = lambda: None
    worker.ask()
    wait(lambda: len(heard.rounds) == 1)
    assert set(heard.failures) == {"The hub is away. Every scan is safe here."}
    assert worker.state.trouble == ""
    assert worker._failures == 0


def test_the_pauses_are_those_of_the_plan(make: Make, hub: Hub) -> None:
    worker = make(5, first_s=3600)
    assert [worker._pause() for _failure in range(7)] == [5, 10, 20, 40, 60, 60, 60]


def test_after_a_refusal_the_hub_is_left_alone_for_a_minute(make: Make, hub: Hub, heard: Heard) -> None:
    def refuse() -> None:
        raise HubRefusedError("This desk was cut off.")

    hub.answer = refuse
    worker = make(1)
    wait(lambda: len(heard.failures) == 1)
    assert worker.state.health == "refused"
    left = worker._due - time.monotonic()
    assert 50 < left <= 60


def test_a_bug_is_a_sentence_and_the_thread_lives_on(make: Make, hub: Hub, heard: Heard, expected_log) -> None:
    expected_log.expect("KeyError")

    def bug() -> None:
        raise KeyError("x")

    hub.answer = bug
    worker = make(0)
    worker.ask()
    wait(lambda: heard.failures == ["a bug"])
    hub.answer = lambda: None
    worker.ask()
    wait(lambda: len(heard.rounds) == 1)


def test_a_round_can_be_stopped(make: Make, hub: Hub, heard: Heard) -> None:
    worker = make(0)
    hub.answer = worker.cancel
    worker.ask()
    wait(lambda: bool(hub.began) and not worker.state.running)
    assert not heard.rounds
    assert not heard.failures


def test_closing_waits_no_longer_than_it_is_told_for_a_hub_that_hangs(make: Make, hub: Hub, heard: Heard) -> None:
    hub.answer = hub.hang
    worker = make(1)
    wait(lambda: bool(hub.began))
    told = len(heard.states)
    assert worker.stop(0.1) is False
    hub.let_go.set()
    worker._thread.join(LIMIT_S)
    assert len(heard.states) == told, "what was left behind tells nothing any more"
    assert not heard.rounds
