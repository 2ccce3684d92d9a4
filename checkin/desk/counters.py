"""The numbers of the status bar, cheap enough to be read after every scan."""

from __future__ import annotations

from datetime import timedelta

from checkin.clock import Clock
from checkin.db import counting
from checkin.db.engine import Database
from checkin.desk.results import Counters
from checkin.desk.scribe import Scribe
from checkin.domain.event import Event
from checkin.domain.verdict import Post, is_expected

_BEFORE = timedelta(minutes=9)
"""The last ten minutes are this one and nine before it: the dashboard counts by the minute, and both are to agree."""


class CounterReader:
    """Reads the counters of the journal that a scribe writes; remembers what changes only with the roster or the post."""

    def __init__(self, database: Database, event: Event, clock: Clock, scribe: Scribe) -> None:
        """Remember what to count; nothing is read yet."""
        self._database = database
        self._event = event
        self._clock = clock
        self._scribe = scribe
        self._expected: dict[str, int] = {}
        self._own: list[tuple[str, int]] = []
        self._own_at: tuple[int, int, str, str] = (0, -1, "", "")

    def roster_changed(self) -> None:
        """Count the expected people anew next time."""
        self._expected.clear()

    def read(self, post: Post) -> Counters:
        """Return the counters of a post."""
        day, key = post.day.isoformat(), post.checkpoint.key
        with self._database.read() as connection:
            came, inside, walk_in = counting.totals(connection, day, key)
            expected = self._expected.get(key)
            if expected is None:  # another thread may forget it at any moment
                kinds = counting.kinds_of_people(connection)
                expected = sum(n for who, n in kinds if is_expected(who, post.checkpoint, self._event))
                self._expected[key] = expected
            journal_pk = self._scribe.journal.pk
            state = (journal_pk, counting.head_seq(connection, journal_pk), day, key)
            if state != self._own_at:
                self._own = counting.own_admissions(connection, journal_pk, day, key)
                self._own_at = state
        minute = self._clock.now().replace(second=0, microsecond=0)
        since = (minute - _BEFORE).timestamp() * 1000
        return Counters(
            came=came,
            expected=expected,
            inside=inside,
            walk_in=walk_in,
            this_desk=len(self._own),
            last_ten_minutes=sum(1 for _id, at_ms in self._own if at_ms >= since),
        )
