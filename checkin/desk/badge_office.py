"""Which print of whose badge: a reprint makes the older one void, and after the last revision a new number is given."""

from __future__ import annotations

from typing import Any

from checkin.db import badges
from checkin.db.attendees import Stored
from checkin.db.badges import Held
from checkin.desk.scribe import Scribe
from checkin.domain.attendee import Attendee
from checkin.domain.badge import MAX_REVISION, BadgeNumber, IssuedBadge, Keyring, make_token, sample_token
from checkin.domain.event import Event
from checkin.domain.journal import Kind


class BadgeOffice:
    """Issues badges in the caller's transaction."""

    def __init__(self, event: Event, keyring: Keyring, scribe: Scribe) -> None:
        """Sign with `keyring`, write with `scribe`."""
        self._event = event
        self._keyring = keyring
        self._scribe = scribe

    def shown(self, raw: Any, person: Stored) -> IssuedBadge:
        """Return the badge as it is now, of somebody who has one; writes nothing."""
        held = badges.held(raw, person.pk)
        if held is None or held.revision > MAX_REVISION:
            return self.sample(person.attendee)
        return self._badge(person.attendee, held.issuer, held.serial, held.revision)

    def sample(self, attendee: Attendee) -> IssuedBadge:
        """Return what a badge would look like; no desk takes its code for genuine."""
        number = BadgeNumber(self._scribe.journal.desk_number, 0, 0, self._class(attendee))
        text = attendee.badge_code or sample_token(number, self._keyring)
        return IssuedBadge(attendee, text, number.issuer, 0, 0)

    def issue(self, raw: Any, person: Stored, *, same: bool, reason: str) -> IssuedBadge:
        """Write down a print and return what is to be printed. `same`: the last print once more, which needs no entry."""
        held = badges.held(raw, person.pk)
        if held is None or held.revision > MAX_REVISION:
            return self.issue_new(raw, person, reason)
        if held.ever < 0:
            return self._issue(raw, person, held, held.revision, reason)
        if same:
            return self._badge(person.attendee, held.issuer, held.serial, held.revision)
        if held.ever >= MAX_REVISION:
            self._revoke(raw, person, held, reason)
            return self.issue_new(raw, person, reason)
        return self._issue(raw, person, held, held.ever + 1, reason)

    def issue_new(self, raw: Any, person: Stored, reason: str = "", serial: int = 0) -> IssuedBadge:
        """Give a new badge number of this desk, or the one that was taken for this person."""
        issuer = self._scribe.journal.desk_number
        serial = serial or badges.new_serial(raw, issuer)
        badges.add(raw, issuer, serial, person.pk)
        return self._issue(raw, person, Held(issuer, serial, 0, -1), 0, reason)

    def _issue(self, raw: Any, person: Stored, held: Held, revision: int, reason: str) -> IssuedBadge:
        target = badges.target(held.issuer, held.serial, revision)
        body = self._scribe.body(Kind.BADGE_ISSUED, self._scribe.clock.now(), subject=person.attendee.id, target=target)
        self._scribe.write(raw, body, person.pk, reason)
        if revision != held.revision:
            badges.refresh_badge(raw, held.issuer, held.serial)
        return self._badge(person.attendee, held.issuer, held.serial, revision, body.entry_id)

    def _revoke(self, raw: Any, person: Stored, held: Held, reason: str) -> None:
        target = badges.target(held.issuer, held.serial, held.revision)
        body = self._scribe.body(
            Kind.BADGE_REVOKED, self._scribe.clock.now(), subject=person.attendee.id, target=target
        )
        self._scribe.write(raw, body, person.pk, reason)
        badges.refresh_badge(raw, held.issuer, held.serial)

    def _badge(self, attendee: Attendee, issuer: int, serial: int, revision: int, record: str = "") -> IssuedBadge:
        number = BadgeNumber(issuer, serial, revision, self._class(attendee))
        text = attendee.badge_code or make_token(number, self._keyring)
        return IssuedBadge(attendee, text, issuer, serial, revision, record)

    def _class(self, attendee: Attendee) -> int:
        category = self._event.category(attendee.category)
        return category.number if category else 0
