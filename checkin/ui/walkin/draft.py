"""What is half entered on the walk-in page: kept in memory while the window is open, never half a person on disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checkin.desk.results import WalkIn
from checkin.domain.attendee import Attendee
from checkin.domain.event import FORM_FIELDS


@dataclass(frozen=True, slots=True)
class Unlisted:
    """What another page knows of a guest who is on no list, and hands to the walk-in page."""

    name: str = ""
    """What was typed into a search."""
    payload: str = ""
    """The unknown code that was read, as it was read."""
    shown: str = ""
    """The same, escaped and shortened."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The form as it is filled at one moment."""

    values: Mapping[str, str] = field(default_factory=dict)
    """By field key; only what the event asks."""
    agreed: frozenset[str] = frozenset()
    """Keys of the consents that are given."""
    code: Unlisted | None = None
    """An unknown code that came with the guest."""
    bind: bool = False
    """Whether that code is to be bound to the guest."""

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was typed; a chosen category alone is nothing."""
        return not any(text for key, text in self.values.items() if key != "category")

    @property
    def name(self) -> str:
        """The guest's name in either script."""
        return self.values.get("name", "") or self.values.get("name_local", "")

    def walk_in(self, consents: tuple[str, ...], version: str) -> WalkIn:
        """Return what the registrar is handed; every consent is told, refused ones too."""
        fields = {key: self.values.get(key, "") for key in FORM_FIELDS}
        choices = tuple((key, key in self.agreed) for key in consents)
        return WalkIn(**fields, notice_version=version, consents=choices)

    def person(self) -> Attendee:
        """Return the guest as the badge shows one."""
        values = self.values
        return Attendee(
            "",
            values.get("name", ""),
            values.get("name_local", ""),
            values.get("organisation", ""),
            values.get("country", ""),
            values.get("category", ""),
            walk_in=True,
        )
