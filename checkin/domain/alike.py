"""Is it one of these? What is known of a walk-in, and how likely it is that somebody on the roster is the same person.

Evidence is counted in bits, as for linking records: a name that agrees says as much as it is rare among the roster's people
of that country (Nguyễn Văn An says little, Chonthicha Rattanamongkol much), what disagrees takes away. An organisation that
differs is no proof of two persons, but a common name then is no proof of one. `db.search.look_alikes` finds whom to weigh,
and knows how many people share a name; here is the weighing alone, of names in `name_evidence`, the weights in
`alike_weights`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from typing import Final

from rapidfuzz.distance import OSA

from checkin.domain.alike_weights import OFFICE, Evidence
from checkin.domain.attendee import Attendee
from checkin.domain.countries import country_key
from checkin.domain.folding import fold
from checkin.domain.organisations import agreement


@dataclass(frozen=True, slots=True)
class Sought:
    """What has been typed of a walk-in so far; any of it may be empty or half typed."""

    name: str = ""
    name_local: str = ""
    organisation: str = ""
    country: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A person of the roster who may be the one sought."""

    attendee: Attendee
    score: float
    """0 to 1: how sure it is; only for the order."""
    why: tuple[str, ...]
    """What agrees, most telling first: "email", "phone", "name", "order", "spelling", "name_local", "organisation"."""


@dataclass(frozen=True, slots=True)
class Contact:
    """What is compared of a person of the roster besides the names."""

    organisation: str
    country: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Sharing:
    """How many people on the roster share a thing with the one weighed; 1 is that person alone."""

    everybody: int
    domain: int
    """People with an address at the same place."""
    country: int
    """People of the same country: of whom the organisation tells some from others."""
    organisation: int = 1
    email: int = 1
    phone: int = 1


def weigh(sought: Sought, other: Contact, sharing: Sharing, evidence: Evidence) -> list[str]:
    """Add to the evidence of the names all other things; return which of e-mail, telephone and organisation agree."""
    why = _contacts(sought, other, sharing, evidence)
    agreed = agreement(sought.organisation, other.organisation)
    if agreed > 0:
        within = min(sharing.country, sharing.everybody)
        rare = min(max(log2(max(within, 1) / max(sharing.organisation, 1)), 1.0), 6.0)
        evidence["same organisation"] = agreed
        evidence["rare organisation"] = agreed * rare
        why.append("organisation")
    else:
        evidence["other organisation"] = -agreed
        if not sought.organisation:
            evidence["no organisation"] = 1.0
        if _domain(sought.email) and _domain(sought.email) == _domain(other.email):
            rare = log2(max(sharing.everybody, 1) / max(sharing.domain, 1))
            evidence["same domain"] = min(max(rare, 0.0), 6.0)
    if _differ(sought.country, other.country):
        evidence["other country"] = 1.0
    return why


def _contacts(sought: Sought, other: Contact, sharing: Sharing, evidence: Evidence) -> list[str]:
    why = []
    if sought.email and other.email:
        mine, yours = address(sought.email), address(other.email)
        if mine == yours:
            evidence["e-mail"] = 1 / sharing.email
            why.append("email")
        elif len(mine) > 9 and OSA.distance(mine, yours, score_cutoff=1) <= 1:
            evidence["e-mail mistyped"] = 1.0
            why.append("email")
        else:
            evidence["other e-mail"] = 1.0
    if (digits := last_digits(sought.phone)) and (known := last_digits(other.phone)):
        if digits == known:
            evidence["telephone" if sharing.phone <= OFFICE else "office telephone"] = 1.0
            why.append("phone")
        else:
            evidence["other telephone"] = 1.0
    return why


def mailbox_words(email: str) -> frozenset[str]:
    """Return the names that an e-mail address may have: anan.somdee5 and asomdee, with initials left off."""
    found = [part for part in _NOT_LETTERS.split(fold(email).partition("@")[0]) if part]
    return frozenset(found) | (frozenset([found[0][1:], found[0][:-1]]) if len(found) == 1 else frozenset())


_NOT_LETTERS: Final = re.compile(r"[^a-z]+")


@lru_cache(maxsize=1 << 12)
def address(email: str) -> str:
    """Return an e-mail address as two are compared."""
    return fold(email).strip()


def _domain(email: str) -> str:
    return address(email).partition("@")[2]


def _differ(one: str, other: str) -> bool:
    mine, yours = country_key(one), country_key(other)
    return bool(mine and yours) and mine != yours


@lru_cache(maxsize=1 << 12)
def last_digits(phone: str) -> str:
    """Return the last eight digits of a telephone number, the same ones with and without country code; else empty."""
    digits = "".join(char for char in fold(phone[:60]) if char.isdecimal())
    return digits[-8:] if len(digits) >= 7 else ""
