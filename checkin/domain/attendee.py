"""A person of the roster, as the rest of the program sees one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["registered", "cancelled", "blocked", "provisional"]
"""provisional: somebody with a genuine badge of a desk that has not synced yet; the name follows."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person. Empty text means not known."""

    id: str
    """UUID (hex with dashes): the pseudonym that journals and hubs see. Random; a walk-in's follows from the first badge,
    so that a desk which knows only the badge means the same person."""
    name: str
    name_local: str = ""
    organisation: str = ""
    country: str = ""
    category: str = ""
    """Category key of the event."""
    status: Status = "registered"
    status_reason: str = ""
    note: str = ""
    """What the desk is to be told when this person comes."""
    email: str = ""
    phone: str = ""
    badge_code: str = ""
    """The foreign code of the roster's badge column, exactly as given; empty: our own token is the badge."""
    external_id: str = ""
    expected: tuple[str, ...] = ()
    """Checkpoint keys or ISO days that the roster names for this person; empty: by category."""
    walk_in: bool = False

    @property
    def display_name(self) -> str:
        """The name to show large; somebody without a Latin name is shown in their own script."""
        return self.name or self.name_local
