"""The walk-in counter: who is new, who is changed, which badge is theirs. One call is one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from checkin.db import badges, people, search
from checkin.db.attendees import Stored
from checkin.db.engine import Database
from checkin.db.facts import kept, stored
from checkin.db.journal import Found
from checkin.desk.badge_office import BadgeOffice
from checkin.desk.codes import learnable
from checkin.desk.desk import Desk
from checkin.desk.forms import check_changes, check_consents, check_reason, check_walk_in
from checkin.desk.results import Changed, Registered, WalkIn
from checkin.desk.scribe import milliseconds
from checkin.domain.attendee import Attendee
from checkin.domain.badge import IssuedBadge, Keyring, holder_uid
from checkin.domain.changes import CODE, Pairs, change_text, consent_text, walk_in_text
from checkin.domain.event import Event
from checkin.domain.journal import Kind
from checkin.errors import CheckinError
from checkin.i18n import _
from checkin.texts import isolate

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Registrar:
    """Writes to the same journal as the desk. Every call raises CheckinError or StorageError with nothing written."""

    def __init__(self, database: Database, event: Event, keyring: Keyring, desk: Desk) -> None:
        """Work beside `desk`: its post judges who is registered, its staff signs."""
        self._database = database
        self._event = event
        self._keyring = keyring
        self._desk = desk
        self._scribe = desk.scribe
        self._office = BadgeOffice(event, keyring, desk.scribe)

    def register(self, form: WalkIn) -> Registered:
        """Put somebody on the list, issue the badge and check in. Raises FormError, which names the field.

        The check-in is judged as a scan of the new badge would be; where it is refused the registration stands.
        """
        fields, choices = check_walk_in(self._event, form), check_consents(self._event, form)
        post = self._desk.declared_post()
        with self._writing() as (connection, raw):
            now = self._scribe.clock.now()
            issuer = self._desk.number
            serial = badges.new_serial(raw, issuer)
            # The id that a desk which has not synced gives to the holder of this badge: both count the same person.
            uid = holder_uid(issuer, serial)
            pk = people.insert_walk_in(raw, uid, fields, milliseconds(now))
            walk_in = self._scribe.body(
                Kind.WALK_IN,
                now,
                subject=uid,
                day=post.day.isoformat(),
                checkpoint=post.checkpoint.key,
                category=fields["category"],
                country=fields["country"],
                consent=consent_text(form.notice_version or self._event.walk_in.notice_version, choices),
            )
            self._scribe.write(raw, walk_in, pk, walk_in_text(fields))
            person = stored(raw, pk)
            badge = self._office.issue_new(raw, person, serial=serial)
            search.index(connection, [pk])
            found = Found(pk, person.attendee, 0, inside=False, first=None)
            admission = self._desk.admit_new(raw, found, walk_in.entry_id)
        return Registered(admission, badge, walk_in.entry_id)

    def edit(self, attendee_id: str, changes: Mapping[str, str], reason: str = "") -> Changed:
        """Change fields of FORM_FIELDS. Raises FormError, and CheckinError where all stands so already."""
        with self._writing() as (connection, raw):
            person = _person(raw, attendee_id)
            pairs = check_changes(self._event, person.attendee, changes)
            if not pairs:
                raise CheckinError(_("This is what stands there already. Nothing was changed."))
            return self._change(connection, raw, person, "edit", pairs, reason)

    def cancel(self, attendee_id: str, reason: str) -> Changed:
        """Cancel a registration; the reason is what every desk is told when this person comes."""
        with self._writing() as (connection, raw):
            person = _person(raw, attendee_id)
            if person.attendee.status == "cancelled":
                raise CheckinError(_("This registration is cancelled already. Nothing was changed."))
            text = check_reason(reason)
            return self._change(connection, raw, person, "cancel", _status(person, "cancelled", text), "")

    def reinstate(self, attendee_id: str, reason: str = "") -> Changed:
        """Take a cancellation or a block back: the person is on the list as before."""
        with self._writing() as (connection, raw):
            person = _person(raw, attendee_id)
            if person.attendee.status in {"registered", "provisional"}:
                raise CheckinError(_("This registration is not cancelled. Nothing was changed."))
            status = "registered" if person.attendee.display_name else "provisional"
            return self._change(connection, raw, person, "reinstate", _status(person, status, ""), reason)

    def merge(self, keep_id: str, other_id: str, reason: str = "") -> Changed:
        """Make two who are one person one: attendance, badges and codes of both count for the kept one."""
        with self._writing() as (connection, raw):
            keep, other = _person(raw, keep_id), _person(raw, other_id)
            if keep.pk == other.pk:
                raise CheckinError(_("These two are one person already. Nothing was changed."))
            if other.attendee.display_name and not keep.attendee.display_name:
                raise CheckinError(_("Keep the one of the two whose name is known. Nothing was changed."))
            body = self._scribe.body(
                Kind.MERGE, self._scribe.clock.now(), subject=keep.attendee.id, target=other.attendee.id
            )
            seq = self._scribe.write(raw, body, keep.pk, check_reason(reason))
            people.project(connection, body)
            self._desk.roster_changed()
            return Changed(body.entry_id, stored(raw, keep.pk).attendee, seq)

    def learn(self, attendee_id: str, payload: str, reason: str = "") -> Changed:
        """Bind a code that nobody has to this person. `payload`: as it was read, not as it is shown."""
        with self._writing() as (connection, raw):
            person = _person(raw, attendee_id)
            post = self._desk.post
            code, owner = learnable(raw, payload, self._keyring, post.day.isoformat(), post.checkpoint.key)
            if owner is not None:
                raise CheckinError(
                    _("This code belongs to {name} already. Nothing was changed.").format(
                        name=isolate(owner.display_name) or _("somebody whose name follows")
                    )
                )
            return self._change(connection, raw, person, CODE, {CODE: ("", code)}, reason)

    def issue_badge(self, attendee_id: str, *, same: bool = False, reason: str = "") -> IssuedBadge:
        """Return the badge to print: the first time as it is, later a new revision, which makes the older one "replaced".

        `same`: the last print again (the sheet was lost before it was handed out). A badge that shows a foreign code
        keeps it in every print, so that an older print of it goes on being let in.
        """
        with self._writing() as (_connection, raw):
            return self._office.issue(raw, _person(raw, attendee_id), same=same, reason=check_reason(reason))

    def issue_badges(self, ids: Sequence[str] = (), *, same: bool = False) -> list[IssuedBadge]:
        """Issue many in one transaction, all or none; without `ids` that of everybody whose name is known."""
        with self._writing() as (_connection, raw):
            persons = [_person(raw, uid) for uid in ids] if ids else people.everybody(raw)
            return [self._office.issue(raw, person, same=same, reason="") for person in persons]

    def badge_of(self, attendee_id: str) -> IssuedBadge:
        """Return the badge as it is now; changes nothing."""
        with self._database.read() as connection:
            raw = people.raw_of(connection)
            return self._office.shown(raw, _person(raw, attendee_id))

    def preview_badge(self, attendee: Attendee) -> IssuedBadge:
        """Return what the badge would look like, also of somebody not registered yet; no desk takes it for genuine."""
        return self._office.sample(attendee)

    def _change(
        self, connection: Connection, raw: Any, person: Stored, change: str, pairs: Pairs, reason: str
    ) -> Changed:
        body = self._scribe.body(
            Kind.ATTENDEE,
            self._scribe.clock.now(),
            subject=person.attendee.id,
            change=change,
            category=pairs.get("category", ("", ""))[1],
            country=pairs.get("country", ("", ""))[1],
        )
        seq = self._scribe.write(raw, body, person.pk, change_text(pairs, check_reason(reason)))
        people.project(connection, body)
        self._desk.roster_changed()
        return Changed(body.entry_id, stored(raw, person.pk).attendee, seq)

    @contextmanager
    def _writing(self) -> Iterator[tuple[Connection, Any]]:
        with self._database.write() as connection:
            yield connection, people.raw_of(connection)


def _person(raw: Any, attendee_id: str) -> Stored:
    found = kept(raw, attendee_id)
    if found is None:
        raise CheckinError(_("This person is no longer on the list. Search again."))
    return found


def _status(person: Stored, status: str, reason: str) -> dict[str, tuple[str, str]]:
    who = person.attendee
    return {"status": (who.status, status), "status_reason": (who.status_reason, reason)}
