"""When a round of sync is done, on a thread of its own. No Qt here: what happens is told to three callables, on that thread.

Never more than one round at a time. The thread is a daemon: one that hangs in a hub (a share that went away, say) is left
behind when the desk is closed, and the program ends all the same.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal, Protocol

from checkin.child import places
from checkin.errors import CancelledError, CheckinError, HubRefusedError, HubUnreachableError
from checkin.sync.cycle import Round

log = logging.getLogger(__name__)

FIRST_S: Final = 1.5
"""The window is at work before the first round begins."""
BACK_OFF_S: Final = (5.0, 10.0, 20.0, 40.0, 60.0)
REFUSED_S: Final = 60.0
"""After a refusal trying at once would not help."""

Health = Literal["new", "well", "away", "refused", "trouble"]
"""new: nothing was tried yet; away: no hub can be reached; refused: it does not let this desk in; trouble: another error."""


@dataclass(frozen=True, slots=True)
class SyncState:
    """What sync is doing, and how the last try went."""

    health: Health = "new"
    running: bool = False
    asked: bool = False
    """Whether a person asked for the round under way."""
    stage: str = ""
    """While it runs: "send", "receive", "people"."""
    done: int = 0
    total: int = 0
    trouble: str = ""
    """The last error as a sentence; empty after a round that ended well."""
    last: Round | None = None
    """The last round that ended well since the desk was opened."""
    last_s: float = 0.0
    """When that was, by time.monotonic(); no clock can set it wrong."""


class OneRound(Protocol):
    """Syncer.round."""

    def __call__(self, *, progress: Callable[[str, int, int], None], cancelled: Callable[[], bool]) -> Round:
        """Do one round. Raises CheckinError."""


Farewell = Callable[[Callable[[], bool]], object]
"""farewell(cancelled): the last round; it need not end once `cancelled` says so."""


class SyncWorker:
    """Does a round every so many seconds, and at once when asked. Call `start` once; every call returns at once."""

    def __init__(
        self,
        one_round: OneRound,
        changed: Callable[[SyncState], object],
        rounded: Callable[[Round], object],
        failed: Callable[[str], object],
        unexpected: Callable[[], str],
        *,
        seconds: int,
        back_off_s: tuple[float, ...] = BACK_OFF_S,
        refused_s: float = REFUSED_S,
        first_s: float = FIRST_S,
    ) -> None:
        """`seconds`: from the end of a round to the next; 0: only when asked. `unexpected`: the sentence for a bug."""
        self._round, self._unexpected = one_round, unexpected
        self._changed, self._rounded, self._failed = changed, rounded, failed
        self._seconds, self._back_off_s, self._refused_s = seconds, back_off_s, refused_s
        self._condition = threading.Condition()
        self._asked = self._stopping = self._silent = False
        self._cancel, self._late = threading.Event(), threading.Event()
        self._farewell: Farewell | None = None
        self._failures = 0
        self._due: float | None = time.monotonic() + first_s if seconds else None
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self.state = SyncState()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def ask(self) -> None:
        """Do a round now; asked while one runs, another follows it."""
        with self._condition:
            self._asked = True
            self._condition.notify_all()

    def cancel(self) -> None:
        """Stop the round under way, where it can be; what was exchanged stays."""
        self._cancel.set()

    def set_seconds(self, seconds: int) -> None:
        """Change how often; 0: only when asked."""
        with self._condition:
            if seconds == self._seconds:
                return
            self._seconds = seconds
            self._due = time.monotonic() + seconds if seconds else None
            self._condition.notify_all()

    def stop(self, limit_s: float, farewell: Farewell | None = None) -> bool:
        """End the thread; say whether it ended within `limit_s`. If not it is left behind and tells nothing any more.

        `farewell`: what is done last, where the hub answered the last time.
        """
        with self._condition:
            self._stopping, self._farewell = True, farewell
            self._condition.notify_all()
        self._cancel.set()
        if self._thread.ident is not None:
            self._thread.join(limit_s)
        self._silent = True
        self._late.set()
        return not self._thread.is_alive()

    def _run(self) -> None:
        while self._wait():
            self._cancel.clear()
            if self._stopping:  # asked to between the two lines
                break
            self._once()
        if self._farewell is not None and self.state.health == "well":
            self._leave(self._farewell)

    def _leave(self, farewell: Farewell) -> None:
        try:
            farewell(self._late.is_set)
        except CheckinError as error:
            log.info("sync: the last round did not come about: %s", type(error).__name__)
        except Exception as error:  # noqa: BLE001 - the window closes all the same
            if not self._late.is_set():  # else the database was closed under a round that had hung
                log.error("%s at\n%s", type(error).__name__, places(error))  # noqa: TRY400

    def _wait(self) -> bool:
        """Wait until a round is due or asked for; say whether to go on."""
        with self._condition:
            while not self._stopping and not self._asked:
                left = None if self._due is None else self._due - time.monotonic()
                if left is not None and left <= 0:
                    break
                self._condition.wait(left)
            asked, self._asked = self._asked, False
            if self._stopping:
                return False
        self._become(replace(self.state, running=True, asked=asked, stage="", done=0, total=0))
        return True

    def _once(self) -> None:
        try:
            done = self._round(progress=self._moved, cancelled=self._cancelled)
        except CancelledError:
            self._plan(self._seconds)
            self._become(replace(self.state, running=False))
        except HubRefusedError as error:
            self._trouble("refused", str(error), max(self._refused_s, self._seconds))
        except CheckinError as error:
            health: Health = "away" if isinstance(error, HubUnreachableError) else "trouble"
            self._trouble(health, str(error), self._pause())
        except Exception as error:  # noqa: BLE001 - the last resort: the thread lives on, the log says where it happened
            if self._stopping:  # the database was closed under a round that had hung
                return
            log.error("%s at\n%s", type(error).__name__, places(error))  # noqa: TRY400
            self._trouble("trouble", self._unexpected(), self._pause())
        else:
            self._failures = 0
            self._plan(self._seconds)
            self._become(
                replace(self.state, health="well", running=False, trouble="", last=done, last_s=time.monotonic())
            )
            if not self._silent:
                self._rounded(done)

    def _pause(self) -> float:
        pause = self._back_off_s[min(self._failures, len(self._back_off_s) - 1)]
        self._failures += 1
        return max(pause, self._seconds)

    def _trouble(self, health: Health, sentence: str, pause_s: float) -> None:
        log.info("sync: %s, again in %.0f s", health, pause_s)
        self._plan(pause_s)
        self._become(replace(self.state, health=health, running=False, trouble=sentence))
        if not self._silent:
            self._failed(sentence)

    def _plan(self, pause_s: float) -> None:
        with self._condition:
            self._due = time.monotonic() + pause_s if self._seconds else None

    def _moved(self, stage: str, done: int, total: int) -> None:
        self._become(replace(self.state, stage=stage, done=done, total=total))

    def _cancelled(self) -> bool:
        return self._cancel.is_set()

    def _become(self, state: SyncState) -> None:
        self.state = state
        if not self._silent:
            self._changed(state)
