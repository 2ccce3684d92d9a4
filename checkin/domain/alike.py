"""Is it one of these? What is known of a walk-in, and who on the roster may be the same person."""

from __future__ import annotations

from dataclasses import dataclass

from checkin.domain.attendee import Attendee


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
