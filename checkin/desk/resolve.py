"""From a payload to a person: every way to read the text is tried against signature and roster, and two answers are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from checkin.db import journal as rows
from checkin.db.journal import Found
from checkin.domain.badge import BadgeNumber, Flaw, Keyring, TokenReading, read_token
from checkin.domain.payload import Reading, candidates


@dataclass(frozen=True, slots=True)
class Examined:
    """One way to read a payload, with the token's signature already checked (no database needed)."""

    reading: Reading
    token: TokenReading | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who a payload means, or what is wrong with it."""

    reading: Reading
    found: Found | None = None
    flaw: Flaw | None = None
    replaced: bool = False
    issued_elsewhere: BadgeNumber | None = None
    outcome: Literal["person", "elsewhere", "flawed", "unknown", "not_a_badge"] = "unknown"


def examine(payload: str, keyring: Keyring) -> tuple[Examined, ...]:
    """Read a payload every way it can be read, and check the signatures."""
    return tuple(
        Examined(reading, read_token(reading.text, keyring) if reading.kind == "token" else None)
        for reading in candidates(payload)
    )


def resolve(raw: Any, examined: tuple[Examined, ...], day: str, checkpoint: str) -> Resolved:
    """Find the person. A text that names two different people under two keyboard layouts names nobody."""
    hits: list[Resolved] = []
    for candidate in examined:
        hit = _match(raw, candidate, day, checkpoint)
        if hit is None:
            continue
        if not candidate.reading.repaired:
            return hit  # as it was typed: nothing had to be guessed
        hits.append(hit)
    people = {hit.found.pk if hit.found else hit.issued_elsewhere for hit in hits}
    if len(people) == 1:
        return hits[0]
    return _nobody(examined)


def _match(raw: Any, candidate: Examined, day: str, checkpoint: str) -> Resolved | None:
    reading, token = candidate.reading, candidate.token
    if token is not None:
        if token.number is None:
            return None
        number = token.number
        found = rows.find_by_badge(raw, day, checkpoint, number.issuer, number.serial)
        if found is not None:
            replaced = number.revision < found.revision
            return Resolved(reading, found, replaced=replaced, outcome="person")
        if token.retired_key:
            return Resolved(reading, flaw="unknown_key", outcome="flawed")
        return Resolved(reading, issued_elsewhere=number, outcome="elsewhere")
    if reading.kind == "code":
        found = rows.find_by_code(raw, day, checkpoint, reading.text)
        if found is not None:
            return Resolved(reading, found, outcome="person")
    return None


def _nobody(examined: tuple[Examined, ...]) -> Resolved:
    """Say what a text that matched nobody is: a flawed token, a ticket that is not on the list, or no badge."""
    for candidate in examined:
        if candidate.token is not None and candidate.token.flaw is not None:
            return Resolved(candidate.reading, flaw=candidate.token.flaw, outcome="flawed")
    for candidate in examined:
        if candidate.reading.kind == "code" and candidate.reading.system and _believable(candidate.reading):
            return Resolved(candidate.reading, outcome="unknown")
    return Resolved(examined[-1].reading, outcome="not_a_badge")


def _believable(reading: Reading) -> bool:
    """Say whether a text may be called a ticket. Undoing a layout makes a "code" of nearly any word: only Thai counts."""
    return not reading.repaired or reading.repaired.startswith("thai")
