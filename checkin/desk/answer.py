"""From a judgement to what the desk is told."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import NamedTuple

from checkin.db.journal import Found
from checkin.desk.results import Admission, Mode
from checkin.domain.event import Event
from checkin.domain.payload import Reading
from checkin.domain.verdict import Facts, FirstSeen, Judgement, Presence, Verdict
from checkin.i18n import language
from checkin.texts import escape


class Written(NamedTuple):
    """What was written to the journal for an admission."""

    record: str
    seq: int
    forced: bool


_SECRET = {"secret": "otpauth", "wifi": "WIFI"}
"""Things (payload.Thing) whose text holds a password."""
NOTHING = Written("", 0, forced=False)


def admission(
    facts: Facts, judgement: Judgement, reading: Reading, written: Written, *, mode: Mode, desk: str, staff: str
) -> Admission:
    """Return the verdict with everything that is shown beside it."""
    verdict = judgement.verdict
    return Admission(
        verdict=verdict,
        attendee=facts.attendee,
        record=written.record,
        seq=written.seq,
        forced=written.forced,
        desk=desk,
        staff=staff,
        day=facts.post.day,
        checkpoint=facts.post.checkpoint.key,
        direction=facts.post.direction,
        at=facts.event.local(facts.now),
        mode=mode,
        first=facts.presence.first if verdict is Verdict.ALREADY_IN else None,
        attention=_attention(facts, judgement) if verdict.accepted or verdict is Verdict.ALREADY_IN else "",
        detail=judgement.detail,
        issuer=facts.issued_elsewhere or 0,
        payload=_shown(reading),
        thing=reading.thing or "" if verdict is Verdict.NOT_A_BADGE else "",
        repaired=reading.repaired,
        clock_disagrees=clock_disagrees(facts),
    )


def presence(found: Found | None, event: Event) -> Presence:
    """Return what the projection says of somebody at this post."""
    if found is None or found.first is None:
        return Presence(found.inside if found else False)
    at = datetime.fromtimestamp(found.first.at_ms / 1000, event.timezone)
    return Presence(found.inside, FirstSeen(at, found.first.desk, found.first.staff))


def clock_disagrees(facts: Facts) -> bool:
    """Say whether the clock's date is another than the declared day."""
    return facts.event.local(facts.now).date() != facts.post.day


def _attention(facts: Facts, judgement: Judgement) -> str:
    """Return what the category and the roster's note ask the desk to know."""
    category = facts.event.category(facts.attendee.category) if facts.attendee else None
    by_category = category.attention.get(language()) if category and category.attention else ""
    return " · ".join(part for part in (by_category, judgement.attention) if part)


def _shown(reading: Reading) -> str:
    """Return what was read, safe to show and to keep: what holds a password only as a fingerprint."""
    kind = _SECRET.get(reading.thing or "")
    if kind:
        return f"{kind}: (sha256 {hashlib.sha256(reading.text.encode()).hexdigest()[:12]})"
    return escape(reading.text)
