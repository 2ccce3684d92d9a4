"""The dashboard's figures, kept up to date in memory and not counted anew.

Built once from the list and from who is present; from then on each call reads what was appended to the journals since,
finds out whom it concerns, and corrects the sums by these people. Nothing is written for it. What no entry tells of (an
import, another desk's list, a journal that was replaced) is seen by marks, and everything is read again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from checkin.clock import Clock
from checkin.db import arrivals
from checkin.db.engine import Database
from checkin.domain.event import Checkpoint, Event
from checkin.domain.verdict import Post
from checkin.errors import CancelledError
from checkin.reports.figures import Figures
from checkin.reports.live_arrays import People, PostSums, change
from checkin.reports.live_looks import Looks
from checkin.reports.live_view import figures_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

log = logging.getLogger(__name__)

MANY: Final = 2000
"""More people than this, and more than a twentieth of all, are cheaper read anew than changed one by one."""


def _never() -> bool:
    return False


class Live:
    """The figures of one open event. One call at a time; others wait."""

    def __init__(self, database: Database, event: Event, clock: Clock) -> None:
        """Read nothing yet."""
        self._database, self._event, self._clock = database, event, clock
        self._lock = threading.Lock()
        self._people = People(event)
        self._posts: dict[tuple[str, str], PostSums] = {}
        self._looks = Looks()
        self._heads: dict[int, tuple[int, bytes]] = {}
        self._marks: arrivals.Marks | None = None
        self.builds = 0
        """How often everything was read: 1 after the first call."""

    def figures(self, post: Post, cancelled: Callable[[], bool] = _never) -> Figures:
        """Return the figures of a post as the database has them now. The first call reads everybody: seconds at a million.

        Raises StorageError, CancelledError.
        """
        with self._lock, self._database.read() as connection:
            if self._marks is None or not self._follow(connection):
                self._build(connection, cancelled)
            self._keep_posts(connection, post, cancelled)
            self._looks.follow(connection, post.day.isoformat())
            before = self._before(post)
            return figures_of(
                connection, self._event, self._clock.now(), self._people,
                self._posts[post.day.isoformat(), post.checkpoint.key],
                [self._posts[post.day.isoformat(), other.key] for other in self._event.at_day(post.day)],
                self._posts[before.day.isoformat(), before.key] if before else None,
                self._looks,
            )  # fmt: skip

    @property
    def bytes(self) -> int:
        """Return how much memory the arrays take."""
        return self._people.bytes + sum(post.bytes for post in self._posts.values())

    # --- keeping up ---

    def _follow(self, connection: Connection) -> bool:
        """Bring everything up to date from the journals; False: it has to be read anew."""
        marks, heads = arrivals.marks(connection), arrivals.heads(connection)
        assert self._marks is not None
        if marks.people != self._marks.people or marks.not_understood < self._marks.not_understood:
            return False
        new: list[arrivals.NewEntry] = []
        for journal, (seq, digest) in self._heads.items():
            if heads.get(journal) == (seq, digest):
                continue
            if arrivals.hash_of(connection, journal, seq) != digest:
                return False  # its end was set aside, and something else stands there
        for journal, (seq, _digest) in heads.items():
            known = self._heads.get(journal, (0, b""))[0]
            if seq == known:
                continue
            found = arrivals.entries(connection, journal, known)
            self._looks.take(journal, found)
            new += found
        if new:
            concerned = arrivals.concerned(connection, new)
            if concerned is None or (len(concerned) > MANY and len(concerned) > len(self._people.kind) // 20):
                return False
            self._marks = None  # until it is whole
            self._change(connection, sorted(concerned))
        self._heads, self._marks = heads, marks
        return True

    def _change(self, connection: Connection, pks: list[int]) -> None:
        def take_in() -> None:
            self._make_room(connection)
            self._people.put(arrivals.people(connection, pks))
            for (day, key), post in self._posts.items():
                post.remove(pks)
                post.put(arrivals.present_of(connection, day, key, pks))

        change(self._posts.values(), pks, take_in)

    def _build(self, connection: Connection, cancelled: Callable[[], bool]) -> None:
        """Read everybody, and forget the posts: they are read when they are asked for."""
        began = time.monotonic()
        self._marks = None  # until it is whole
        self._posts.clear()
        self._people = People(self._event)
        self._looks = Looks()
        self._make_room(connection)
        for rows in arrivals.everybody(connection):
            if cancelled():
                raise CancelledError
            self._people.put(rows)
        self._heads, self._marks = arrivals.heads(connection), arrivals.marks(connection)
        self.builds += 1
        log.info("figures: everybody was read in %.0f ms", (time.monotonic() - began) * 1000)

    def _make_room(self, connection: Connection) -> None:
        self._people.grow(arrivals.last_row(connection) + 1)
        for post in self._posts.values():
            post.grow()

    # --- posts ---

    def _keep_posts(self, connection: Connection, post: Post, cancelled: Callable[[], bool]) -> None:
        """Read the checkpoints of the day, and the one of the day before; let go of all others."""
        before = self._before(post)
        wanted = [*self._event.at_day(post.day), *([before] if before else [])]
        keys = {(checkpoint.day.isoformat(), checkpoint.key) for checkpoint in wanted}
        for key in self._posts.keys() - keys:
            del self._posts[key]
        for checkpoint in wanted:
            key = checkpoint.day.isoformat(), checkpoint.key
            if key in self._posts:
                continue
            made = PostSums(self._people, self._event, key[0], checkpoint)
            for rows in arrivals.present(connection, *key):
                if cancelled():
                    raise CancelledError
                made.put(rows)
            made.sum_up()
            self._posts[key] = made

    def _before(self, post: Post) -> Checkpoint | None:
        return the_day_before(self._event, post.day, post.checkpoint)


def the_day_before(event: Event, day: date, checkpoint: Checkpoint) -> Checkpoint | None:
    """Return the checkpoint of the same kind on the event's day before: its door, or the session nearest in time."""
    days = sorted(one.date for one in event.days if one.date < day)
    if not days:
        return None
    same = [other for other in event.at_day(days[-1]) if other.kind == checkpoint.kind]
    if checkpoint.kind == "door":
        return same[0] if same else None
    start = checkpoint.start
    timed = [(_apart(other, checkpoint), number) for number, other in enumerate(same) if other.start and start]
    nearest = min(timed, default=None)
    return same[nearest[1]] if nearest and nearest[0] <= timedelta(hours=1) else None


def _apart(one: Checkpoint, other: Checkpoint) -> timedelta:
    assert one.start is not None
    assert other.start is not None
    day = date(2000, 1, 1)
    return abs(datetime.combine(day, one.start) - datetime.combine(day, other.start))
