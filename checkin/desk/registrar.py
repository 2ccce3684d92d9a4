"""The walk-in counter: who is new, who is changed, which badge is theirs. One call is one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from checkin.desk.results import Changed, Registered, WalkIn
from checkin.domain.attendee import Attendee
from checkin.domain.badge import IssuedBadge


class Registrar(Protocol):
    """What the counter offers. Every call raises CheckinError or StorageError with nothing written."""

    def register(self, form: WalkIn) -> Registered:
        """Put somebody on the list, issue the badge and check in. Raises FormError, which names the field."""

    def edit(self, attendee_id: str, changes: Mapping[str, str], reason: str = "") -> Changed:
        """Change fields of FORM_FIELDS. Raises FormError."""

    def cancel(self, attendee_id: str, reason: str) -> Changed:
        """Cancel a registration."""

    def reinstate(self, attendee_id: str, reason: str = "") -> Changed:
        """Take a cancellation or a block back."""

    def merge(self, keep_id: str, other_id: str, reason: str = "") -> Changed:
        """Make two who are one person one: what was the other's counts for the kept one."""

    def learn(self, attendee_id: str, payload: str, reason: str = "") -> Changed:
        """Bind a code that nobody has to this person. `payload`: as it was read, not as it is shown."""

    def issue_badge(self, attendee_id: str, *, same: bool = False, reason: str = "") -> IssuedBadge:
        """Return the badge to print: the first time as it is, later a new revision; `same`: the last print again."""

    def issue_badges(self, ids: Sequence[str] = (), *, same: bool = False) -> list[IssuedBadge]:
        """Issue many in one transaction; without `ids` everybody's."""

    def badge_of(self, attendee_id: str) -> IssuedBadge:
        """Return the badge as it is now; changes nothing."""

    def preview_badge(self, attendee: Attendee) -> IssuedBadge:
        """Return what the badge would look like, also of somebody not registered yet; no desk would let it in."""
