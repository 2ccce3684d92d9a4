"""A desk at its post: badges in, verdicts out. One call is one transaction; it returns after the commit."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from checkin.clock import Clock
from checkin.db import erase as erase_rows
from checkin.db import forgetting, own_journal
from checkin.db import journal as rows
from checkin.db.attendees import Stored
from checkin.db.doubles import SETTLED, Double
from checkin.db.engine import Database
from checkin.db.facts import kept
from checkin.db.journal import Found, OwnJournal
from checkin.db.people import raw_of
from checkin.desk import history
from checkin.desk.answer import NOTHING, Written, admission, clock_disagrees, presence
from checkin.desk.counters import CounterReader
from checkin.desk.resolve import Resolved, examine, resolve
from checkin.desk.results import Admission, Counters, LogLine, Mode, Undone
from checkin.desk.scribe import Scribe, milliseconds
from checkin.desk.undoing import MOVES, undo
from checkin.domain.attendee import Attendee
from checkin.domain.badge import Keyring, holder_uid
from checkin.domain.declare import declare
from checkin.domain.event import Event
from checkin.domain.journal import Kind
from checkin.domain.payload import Reading
from checkin.domain.verdict import Facts, Judgement, Post, Verdict, judge
from checkin.errors import CheckinError, DeclarationError
from checkin.i18n import _, day_text

_FLAGS: dict[Mode, str] = {"camera": "", "scanner": "s", "typed": "t", "picked": "p"}
FORGED_ALARM = 10
"""So many forged badges within a minute raise a notice (SYNC.md "The badge")."""


class Desk:
    """Judges badges at one post and keeps the journal of this data folder."""

    def __init__(
        self,
        database: Database,
        event: Event,
        keyring: Keyring,
        clock: Clock,
        *,
        journal: OwnJournal,
        staff: str,
        post: Post | None,
    ) -> None:
        """Take the post, or wait for staff to declare one where the clock cannot propose it (`declared` is false then)."""
        self._database = database
        self._event = event
        self._keyring = keyring
        self._clock = clock
        self._forged: deque[datetime] = deque(maxlen=FORGED_ALARM)
        self.scribe = Scribe(event.id, clock, journal)
        """Writes the journal of this data folder, for everybody who works on it."""
        self.declared = post is not None
        """Whether day and checkpoint are known. Until then no badge is judged."""
        self.post = post or declare(event, clock.now(), event.days[0].date.isoformat())
        self._counters = CounterReader(database, event, clock, self.scribe)
        self.set_staff(staff)

    @property
    def name(self) -> str:
        """The desk's name."""
        return self.scribe.journal.desk

    @property
    def number(self) -> int:
        """The desk's number: the issuer of badges made here."""
        return self.scribe.journal.desk_number

    @property
    def staff(self) -> str:
        """Who is on duty."""
        return self.scribe.staff

    def set_staff(self, name: str) -> None:
        """Take over the desk: entries from now on carry this person's hash."""
        self.scribe.take_over(name)
        with self._database.write_fast() as raw:
            rows.add_staff(raw, self.scribe.operator, name)

    def set_name(self, name: str) -> None:
        """Rename this desk. Raises StorageError."""
        with self._database.write_fast() as raw:
            self.scribe.journal = own_journal.rename(raw, self.scribe.journal, name)

    def set_post(self, post: Post) -> None:
        """Declare day, checkpoint and direction: what a scan counts for, whatever the clock says."""
        self.post = post
        self.declared = True

    def admit(self, payload: str, *, mode: Mode = "camera", force_reason: str | None = None) -> Admission:
        """Judge one badge and keep the verdict: a journal entry if it is let in or out, a local row if not.

        `force_reason`: staff overrule an amber verdict ("let in again"). Raises StorageError when nothing was saved.
        """
        post = self.declared_post()
        examined = examine(payload, self._keyring)
        with self._database.write_fast() as raw:
            resolved = resolve(raw, examined, post.day.isoformat(), post.checkpoint.key)
            return self._settle(raw, post, resolved, mode, force_reason)

    def admit_person(self, attendee_id: str, *, mode: Mode = "picked", force_reason: str | None = None) -> Admission:
        """Judge somebody who was picked from a search. Raises CheckinError where the person is no longer listed."""
        post = self.declared_post()
        with self._database.write_fast() as raw:
            found = rows.find_by_uid(raw, post.day.isoformat(), post.checkpoint.key, attendee_id)
            if found is None:
                raise CheckinError(_("This person is no longer on the list. Search again."))
            resolved = Resolved(Reading("other", ""), found, outcome="person")
            return self._settle(raw, post, resolved, mode, force_reason)

    def admit_new(self, raw: Any, found: Found, walk_in: str) -> Admission:
        """Judge somebody who was registered in this same transaction, as a scan of the new badge would be judged.

        `walk_in`: the record of the registration, which takes the admission with it when it is undone.
        """
        resolved = Resolved(Reading("other", ""), found, outcome="person")
        return self._settle(raw, self.declared_post(), resolved, "picked", None, walk_in)

    def undo(self, record: str = "", reason: str = "") -> Undone:
        """Take back one entry of any desk that is known here, whatever it says; without `record` the last admission of
        this desk.

        Raises CheckinError where there is nothing to take back.
        """
        with self._database.write() as connection:
            undone = undo(connection, self.scribe, self._event, record, reason)
        if undone.kind not in MOVES:
            self._counters.roster_changed()
        return undone

    def erase(self, attendee_ids: Sequence[str]) -> int:
        """Erase these persons, or everybody where none is named; return how many. Counts and the chain stand.

        They are forgotten in this data folder at once, at the hub and at other desks with their next rounds; what only a
        person can delete is in `db.forgetting.copies`. Raises CheckinError where somebody is not on the list: then nobody
        is erased.
        """
        now = self._clock.now()
        with self._database.write() as connection:
            try:
                people = erase_rows.erase(connection, attendee_ids)
            except LookupError:
                raise CheckinError(_("Not everybody named is on the list. Nobody was erased.")) from None
            raw = connection.connection.driver_connection
            for uid, pk in [(one.uid, one.kept) for one in people] if attendee_ids else [("", None)]:
                self.scribe.write(raw, self.scribe.body(Kind.ERASE, now, subject=uid), pk)
        forgetting.finish(self._database)
        self._counters.roster_changed()
        return len({one.kept for one in people})

    def settle(self, double: Double, reason: str) -> None:
        """Note that somebody looked at a badge that was let in at two desks. Both admissions stand and count once."""
        with self._database.write() as connection:
            raw = raw_of(connection)
            person = kept(raw, double.attendee.id)
            body = self.scribe.body(
                Kind.NOTE, self._clock.now(), subject=double.attendee.id, target=double.second.record, change=SETTLED,
                day=double.day, checkpoint=double.checkpoint,
            )  # fmt: skip
            self.scribe.write(raw, body, person.pk if person else None, reason)

    def recent(self, limit: int = 50) -> list[LogLine]:
        """Return the last scans of this desk, refused ones among them, newest first."""
        return history.recent(self._database, self._event, self.scribe.journal.pk, limit)

    def history(self, attendee_id: str) -> list[LogLine]:
        """Return everything that happened to one person, newest first."""
        return history.of_person(self._database, self._event, attendee_id)

    def counters(self) -> Counters:
        """Return the numbers of the status bar at this desk's post."""
        return self._counters.read(self.post)

    def roster_changed(self) -> None:
        """Count the expected people anew: an import or an edit changed the list."""
        self._counters.roster_changed()

    def guess_alarm(self) -> bool:
        """Say whether so many forged badges came within a minute that somebody seems to be guessing."""
        return len(self._forged) == FORGED_ALARM and self._forged[-1] - self._forged[0] <= timedelta(minutes=1)

    def declared_post(self) -> Post:
        """Return the post. Raises DeclarationError as long as day and checkpoint are not known."""
        if not self.declared:
            raise DeclarationError(
                _("Choose the day first: the clock of this laptop says {today}, which is no day of this event.").format(
                    today=day_text(self._event.local(self._clock.now()).date())
                )
            )
        return self.post

    def _settle(
        self, raw: Any, post: Post, resolved: Resolved, mode: Mode, force_reason: str | None, walk_in: str = ""
    ) -> Admission:
        """Judge what was resolved and write it down, in the transaction of `raw`."""
        now = self._event.local(self._clock.now())  # once: to convert what is local already costs nothing
        found = resolved.found
        attendee = found.attendee if found else None
        elsewhere = resolved.issued_elsewhere
        if elsewhere is not None:
            attendee = Attendee(holder_uid(elsewhere.issuer, elsewhere.serial), "", status="provisional")
        facts = Facts(
            event=self._event,
            post=post,
            now=now,
            attendee=attendee,
            presence=presence(found, self._event),
            flaw=resolved.flaw,
            not_a_badge=resolved.outcome == "not_a_badge",
            replaced=resolved.replaced,
            issued_elsewhere=elsewhere.issuer if elsewhere else None,
            forced=force_reason is not None,
        )
        judgement = judge(facts)
        if not judgement.verdict.accepted:
            answer = self._answer(facts, judgement, resolved, mode, NOTHING)
            self._refuse(raw, answer, found.pk if found else None, resolved)
            return answer
        written = self._write(raw, facts, judgement.verdict, resolved, mode, force_reason, walk_in)
        return self._answer(facts, judgement, resolved, mode, written)

    def _write(
        self, raw: Any, facts: Facts, verdict: Verdict, resolved: Resolved, mode: Mode, force_reason: str | None,
        walk_in: str,
    ) -> Written:  # fmt: skip
        """Append the entry of somebody who is let in or out, and count it."""
        attendee, post, found = facts.attendee, facts.post, resolved.found
        assert attendee is not None
        kind = Kind.CHECK_IN if verdict is Verdict.CHECKED_IN else Kind.CHECK_OUT
        forced = force_reason is not None and _refused_unforced(facts)
        body = self.scribe.body(
            kind,
            facts.now,
            subject=attendee.id,
            checkpoint=post.checkpoint.key,
            direction=post.direction,
            day=post.day.isoformat(),
            target=walk_in,
            flags=_FLAGS[mode] + ("c" if clock_disagrees(facts) else "") + ("f" if forced else ""),
        )
        if found is not None:
            pk, present = found.pk, found.first is not None
        else:
            assert resolved.issued_elsewhere is not None
            issued = resolved.issued_elsewhere
            pk, present = rows.add_provisional(raw, attendee.id, issued.issuer, issued.serial, body.at_ms), False
        seq = self.scribe.write(raw, body, pk, force_reason or "")
        person = Stored(pk, attendee)
        if kind is Kind.CHECK_IN and not present:
            rows.project_check_in(raw, self.scribe.journal.pk, body, person)
        elif kind is Kind.CHECK_IN:
            rows.recompute(raw, person, body.day, body.checkpoint)  # the clock may say that this one was the first
        else:
            rows.project_check_out(raw, body, person)
        return Written(body.entry_id, seq, forced)

    def _answer(
        self, facts: Facts, judgement: Judgement, resolved: Resolved, mode: Mode, written: Written
    ) -> Admission:
        return admission(
            facts, judgement, resolved.reading, written, mode=mode, desk=self.scribe.journal.desk, staff=self.staff
        )

    def _refuse(self, raw: Any, refused: Admission, pk: int | None, resolved: Resolved) -> None:
        if refused.verdict is Verdict.FORGED:
            self._forged.append(refused.at)
        rows.add_refusal(
            raw,
            at_ms=milliseconds(refused.at),
            verdict=refused.verdict.value,
            detail=refused.detail or resolved.reading.thing or "",
            payload=refused.payload,
            attendee_pk=pk,
            day=refused.day.isoformat(),
            checkpoint=refused.checkpoint,
            operator=self.scribe.operator,
            mode=refused.mode,
        )


def _refused_unforced(facts: Facts) -> bool:
    """Say whether the reason was needed at all: forcing an open door is an ordinary admission."""
    return not judge(replace(facts, forced=False)).verdict.accepted
