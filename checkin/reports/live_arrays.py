"""Who is expected where and who came, one number a person, and the sums over them, kept with every change.

Numpy arrays by row number: about 16 bytes a person, and 9 more for each checkpoint that is kept. A person who changes is
taken out of the sums as they stood and put in as they stand: a scan costs a few additions, whatever the size of the event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from checkin.db.arrivals import PersonRow, PresentRow
from checkin.domain.attendee import Attendee
from checkin.domain.event import Checkpoint, Event
from checkin.domain.verdict import is_expected

if TYPE_CHECKING:
    from numpy.typing import NDArray

MINUTE_MS: Final = 60_000
CATEGORY, COUNTRY, ORGANISATION, DELEGATION = range(4)
NOBODY: Final = -1


class PersonKind(NamedTuple):
    """What "expected", and what the desk is told, can tell apart."""

    category: str
    status: str
    expected: str
    walk_in: int
    noted: int


class Names(dict[Any, int]):
    """Names with numbers, in the order in which they were met: asking for a new name gives it the next number."""

    def __init__(self) -> None:
        """Begin without any."""
        super().__init__()
        self.all: list[Any] = []

    def __missing__(self, name: Any) -> int:
        """Number a new name."""
        number = self[name] = len(self.all)
        self.all.append(name)
        return number


class People:
    """Everybody on the list: kind, and one group in each of four dimensions."""

    def __init__(self, event: Event) -> None:
        """Begin with nobody."""
        self._event = event
        self.kinds, self.names = Names(), tuple(Names() for _dimension in range(4))
        self.told: list[bool] = []
        """For each kind, whether the desk is told something when one of them comes."""
        self.kind: NDArray[np.int32] = np.full(0, NOBODY, np.int32)
        self.groups: NDArray[np.int32] = np.zeros((4, 0), np.int32)

    def grow(self, size: int) -> None:
        """Make room for row numbers below `size`."""
        more = size - len(self.kind)
        if more > 0:
            more += size // 16
            self.kind = np.concatenate([self.kind, np.full(more, NOBODY, np.int32)])
            self.groups = np.concatenate([self.groups, np.zeros((4, more), np.int32)], axis=1)

    def put(self, rows: Iterable[PersonRow]) -> None:
        """Take in these rows, or take them in as they are now."""
        kinds, (category, country, organisation, delegation) = self.kinds, self.names
        taken = [
            (
                pk, NOBODY if merged else kinds[group, status, expected, walk_in, noted],
                category[group], country[land], organisation[body], delegation[land, body],
            )
            for pk, merged, group, land, body, status, expected, walk_in, noted in rows
        ]  # fmt: skip
        while len(self.told) < len(self.kinds.all):
            made = PersonKind(*self.kinds.all[len(self.told)])
            known = self._event.category(made.category)
            self.told.append(bool(made.noted or (known and known.attention)))
        if taken:
            table = np.array(taken, np.int64)
            self.kind[table[:, 0]] = table[:, 1]
            self.groups[:, table[:, 0]] = table[:, 2:].T

    def example(self, kind: int) -> Attendee:
        """Return somebody of a kind."""
        made = PersonKind(*self.kinds.all[kind])
        return Attendee(
            "", "", category=made.category, status=made.status, expected=tuple(made.expected.split()),  # type: ignore[arg-type]
            walk_in=bool(made.walk_in),
        )  # fmt: skip

    @property
    def bytes(self) -> int:
        """Return how much memory the arrays take."""
        return self.kind.nbytes + self.groups.nbytes


class PostSums:
    """Presence at one checkpoint of one day, and everything that is summed over it."""

    def __init__(self, people: People, event: Event, day: str, checkpoint: Checkpoint) -> None:
        """Begin with nobody present."""
        self.day, self.checkpoint = day, checkpoint
        self._people, self._event = people, event
        self._expects: list[bool] = []
        self.minute: NDArray[np.int32] = np.full(0, NOBODY, np.int32)
        self.inside: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self.journal: NDArray[np.int32] = np.zeros(0, np.int32)
        self.grow()
        self._zero()

    def _zero(self) -> None:
        self.came = self.inside_now = self.walk_in = self.expected = self.expected_came = 0
        self.minutes: Counter[int] = Counter()
        self.by_journal: Counter[int] = Counter()
        self.walk_in_by_journal: Counter[int] = Counter()
        self.by_group = [np.zeros((3, 0), np.int64) for _dimension in range(4)]
        """For each dimension: how many came, are expected, and both, by number of the group."""

    def grow(self) -> None:
        """Follow the list's size."""
        more = len(self._people.kind) - len(self.minute)
        if more > 0:
            self.minute = np.concatenate([self.minute, np.full(more, NOBODY, np.int32)])
            self.inside = np.concatenate([self.inside, np.zeros(more, np.bool_)])
            self.journal = np.concatenate([self.journal, np.zeros(more, np.int32)])

    def put(self, rows: list[PresentRow]) -> None:
        """Take in that these people are present; the sums follow by `sum_up` or `change`."""
        if rows:
            table = np.array(rows, np.int64)
            pks = table[:, 0]
            self.minute[pks] = table[:, 1] // MINUTE_MS
            self.inside[pks] = table[:, 2]
            self.journal[pks] = table[:, 3]

    def remove(self, pks: list[int]) -> None:
        """Take in that these people are not present."""
        self.minute[pks] = NOBODY
        self.inside[pks] = False

    def expects(self, kind: int) -> bool:
        """Say whether people of a kind are expected here."""
        while len(self._expects) < len(self._people.kinds.all):
            example = self._people.example(len(self._expects))
            self._expects.append(is_expected(example, self.checkpoint, self._event))
        return kind != NOBODY and self._expects[kind]

    def sum_up(self) -> None:
        """Compute every sum anew from the arrays."""
        self._zero()
        people = self._people
        self.expects(NOBODY)
        expected = self._of_kind(self._expects)
        here = self.minute != NOBODY
        both = expected & here
        self.came, self.inside_now = int(here.sum()), int((self.inside & here).sum())
        self.expected, self.expected_came = int(expected.sum()), int(both.sum())
        walked = here & self._of_kind([bool(PersonKind(*kind).walk_in) for kind in people.kinds.all])
        self.walk_in = int(walked.sum())
        self.minutes = _counted(self.minute[here])
        self.by_journal = _counted(self.journal[here])
        self.walk_in_by_journal = _counted(self.journal[walked])
        for dimension, numbers in enumerate(people.groups):
            size = len(people.names[dimension].all)
            self.by_group[dimension] = np.stack(
                [np.bincount(numbers[which], minlength=size) for which in (here, expected, both)]
            ).astype(np.int64)

    def count(self, pk: int, sign: int) -> None:
        """Put one person into the sums (1), or take one out as the arrays have it (-1)."""
        people = self._people
        kind = int(people.kind[pk])
        expected, here = self.expects(kind), self.minute[pk] != NOBODY
        if not expected and not here:
            return
        self.expected += sign * expected
        self.expected_came += sign * (expected and here)
        if here:
            walk_in = kind != NOBODY and bool(PersonKind(*people.kinds.all[kind]).walk_in)
            journal = int(self.journal[pk])
            self.came += sign
            self.inside_now += sign * int(self.inside[pk])
            self.walk_in += sign * walk_in
            self.minutes[int(self.minute[pk])] += sign
            self.by_journal[journal] += sign
            self.walk_in_by_journal[journal] += sign * walk_in
        for dimension in range(4):
            group = int(people.groups[dimension, pk])
            self._group(dimension)[:, group] += (sign * here, sign * expected, sign * (expected and here))

    def waited_for(self) -> NDArray[np.intp]:
        """Return the rows of those who are expected, not here, and for whom the desk is told something."""
        self.expects(NOBODY)
        told = [one and two for one, two in zip(self._expects, self._people.told, strict=True)]
        return np.flatnonzero(self._of_kind(told) & (self.minute == NOBODY))

    def shares(self, dimension: int) -> NDArray[np.int64]:
        """Return came, expected and both of every group of a dimension: 3 x number of groups."""
        return self._group(dimension)

    @property
    def bytes(self) -> int:
        """Return how much memory the arrays take."""
        return self.minute.nbytes + self.inside.nbytes + self.journal.nbytes + sum(s.nbytes for s in self.by_group)

    def _of_kind(self, flags: list[bool]) -> NDArray[np.bool_]:
        """Return a flag for each row, from a flag for each kind; nobody has none."""
        return np.array([*flags, False], np.bool_)[self._people.kind]

    def _group(self, dimension: int) -> NDArray[np.int64]:
        sums, size = self.by_group[dimension], len(self._people.names[dimension].all)
        if sums.shape[1] < size:
            sums = np.concatenate([sums, np.zeros((3, size - sums.shape[1]), np.int64)], axis=1)
            self.by_group[dimension] = sums
        return sums


def change(posts: Iterable[PostSums], pks: list[int], take_in: Callable[[], None]) -> None:
    """Take these people out of all sums, let `take_in` write what they are now, and put them in again."""
    kept = list(posts)
    known = len(kept[0].minute) if kept else 0
    for post in kept:
        for pk in pks:
            if pk < known:
                post.count(pk, -1)
    take_in()
    for post in kept:
        for pk in pks:
            post.count(pk, 1)


def _counted(values: NDArray[np.int32]) -> Counter[int]:
    numbers, counts = np.unique(values, return_counts=True)
    return Counter(dict(zip(numbers.tolist(), counts.tolist(), strict=True)))
