"""Compare what the desk made of the recording with what the recording's script knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol

from checkin.demo.truth import Shown, Truth
from checkin.domain.attendee import Attendee
from checkin.domain.verdict import Verdict


class Judged(Protocol):
    """What is looked at in an admission (checkin.desk.results.Admission is one)."""

    @property
    def verdict(self) -> Verdict:
        """The verdict on the badge."""

    @property
    def attendee(self) -> Attendee | None:
        """Whose badge it is."""

    @property
    def attention(self) -> str:
        """What the desk was told besides."""


class Counted(Protocol):
    """What is looked at in the counts (checkin.reports.counts.Counts is one)."""

    @property
    def expected(self) -> int:
        """People that the checkpoint waits for."""

    @property
    def came(self) -> int:
        """Unique people who came."""

    @property
    def walk_in(self) -> int:
        """Those of them who were on no list."""


def compare(truth: Truth, admissions: Sequence[Judged], counts: Counted) -> list[str]:
    """Return every difference as a plain English sentence; nothing where the desk was right in all.

    `admissions`: every verdict of one run through the recording, in order. `counts`: at the recording's day and
    checkpoint after it, with nothing scanned there before.
    """
    found = list(_sequence(truth.shown, admissions))
    came = {a.attendee.id: a.attendee for a in admissions if a.verdict is Verdict.CHECKED_IN and a.attendee}
    by_category = dict(Counter(attendee.category for attendee in came.values()))
    for what, true, heard in (
        ("expected", truth.counts.expected, counts.expected),
        ("came", truth.counts.came, counts.came),
        ("walk-in", truth.counts.walk_in, counts.walk_in),
    ):
        if true != heard:
            found.append(f"The count “{what}” is {heard}, it should be {true}.")
    if by_category != dict(truth.counts.by_category):
        found.append(f"By category there came {by_category}, it should be {dict(truth.counts.by_category)}.")
    return found


def _sequence(shown: Sequence[Shown], admissions: Sequence[Judged]) -> Iterable[str]:
    if len(shown) != len(admissions):
        yield f"{len(shown)} badges were held up, {len(admissions)} were judged."
    for number, (true, heard) in enumerate(zip(shown, admissions, strict=False), 1):
        place = f"Badge {number} ({true.remark}, frames {true.first_frame} to {true.last_frame})"
        if heard.verdict is not true.verdict:
            yield f"{place} was judged {heard.verdict}, it is {true.verdict}."
            continue
        external_id = heard.attendee.external_id if heard.attendee else ""
        if external_id != true.external_id:
            yield f"{place} was taken for {external_id or 'nobody'}, it belongs to {true.external_id or 'nobody'}."
        if heard.verdict.accepted and bool(heard.attention) != true.attention:
            yield f"{place} {'lacks its' if true.attention else 'came with a'} message for the desk."
