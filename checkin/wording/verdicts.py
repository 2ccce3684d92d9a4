"""A verdict in words: one to read from two metres, one sentence that says what to do next, the steps to offer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from checkin.desk.results import Admission
from checkin.domain.attendee import Attendee
from checkin.domain.event import Event
from checkin.domain.verdict import FORCEABLE, FirstSeen, Verdict, expected_days, sessions_of
from checkin.i18n import Language, _, day_text, in_language, language, mark, ngettext, time_text
from checkin.texts import isolate

Step = Literal["undo", "force", "search", "register", "learn", "details", "print", "change_checkpoint"]

_WORDS: dict[Verdict, str] = {
    Verdict.CHECKED_IN: mark("Checked in"),
    Verdict.CHECKED_OUT: mark("Checked out"),
    Verdict.ALREADY_IN: mark("Already in"),
    Verdict.NOT_INSIDE: mark("Not inside"),
    Verdict.WRONG_DAY: mark("Not for this day"),
    Verdict.WRONG_SESSION: mark("Other session"),
    Verdict.TOO_EARLY: mark("Too early"),
    Verdict.TOO_LATE: mark("Too late"),
    Verdict.NOT_EXPECTED: mark("Not expected here"),
    Verdict.UNKNOWN: mark("Not on the list"),
    Verdict.REPLACED: mark("Badge replaced"),
    Verdict.CANCELLED: mark("Cancelled"),
    Verdict.BLOCKED: mark("Blocked"),
    Verdict.OTHER_EVENT: mark("Badge of another event"),
    Verdict.FORGED: mark("Badge not genuine"),
    Verdict.NOT_A_BADGE: mark("Not a badge"),
}

_THINGS: dict[str, str] = {
    "web": mark("This is a web address, not a badge."),
    "wifi": mark("This is a Wi-Fi code, not a badge."),
    "contact": mark("This is a contact card, not a badge."),
    "calendar": mark("This is a calendar entry, not a badge."),
    "phone": mark("This is a phone number, not a badge."),
    "mail": mark("This is an e-mail address, not a badge."),
    "secret": mark("This is a password code of an app, not a badge. It was not kept."),
    "payment": mark("This is a payment code, not a badge."),
    "health": mark("This is a health certificate, not a badge."),
    "empty": mark("This code is empty. Ask for the badge."),
    "damaged": mark("This looks like a badge with a digit too many or too few. Scan it again."),
    "text": mark("This code is no badge. Ask for the badge, or search by name."),
}

_NEARLY_CODES = {"text", "web"}
"""What is no badge that this program knows may be another system's: a person can say whose it is."""


def word(verdict: Verdict | str, tongue: Language | None = None) -> str:
    """Return the word of a verdict, in the language of the moment or in a named one."""
    text = _WORDS[Verdict(verdict)]
    return in_language(text, tongue or language())


def sentence(admission: Admission, event: Event) -> str:
    """Return the one sentence under the word: what happened and what to do next."""
    return _SENTENCES[admission.verdict](admission, event)


def steps(admission: Admission) -> tuple[Step, ...]:
    """Return the next steps to offer, the likeliest first."""
    verdict = admission.verdict
    if verdict.accepted:
        return (
            ("undo", "details", "print")
            if admission.attendee and admission.attendee.display_name
            else ("undo", "details")
        )
    if verdict is Verdict.ALREADY_IN:
        return ("force", "details", "print")
    if verdict in FORCEABLE:
        return ("change_checkpoint", "force", "details")
    if verdict is Verdict.REPLACED:
        return ("details", "print", "search")
    if admission.attendee is not None:
        return ("details", "search")
    if verdict is Verdict.UNKNOWN:
        return ("search", "register", "learn")
    if admission.thing in _NEARLY_CODES:
        return ("search", "learn")
    return ("search",)


def force_label(verdict: Verdict) -> str:
    """Return what the button says that overrules an amber verdict."""
    return _("Let in again") if verdict is Verdict.ALREADY_IN else _("Let in anyway")


def seen(first: FirstSeen, now: datetime) -> str:
    """Return when, where and by whom somebody was let in: "08:42 at Desk 1 by Art · 32 minutes ago"."""
    where = _("{time} at {desk} by {staff}") if first.staff else _("{time} at {desk}")
    text = where.format(time=time_text(first.at), desk=isolate(first.desk), staff=isolate(first.staff))
    return f"{text} · {ago(first.at, now)}"


def ago(then: datetime, now: datetime) -> str:
    """Return how long ago something was; a clock that went back shows "just now", never a negative time."""
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("{n} minute ago", "{n} minutes ago", minutes).format(n=minutes)
    hours = minutes // 60
    return ngettext("{n} hour ago", "{n} hours ago", hours).format(n=hours)


def _checked_in(admission: Admission, event: Event) -> str:
    if admission.detail == "issued_elsewhere":
        return _("Genuine badge issued at desk {number}; the name follows with the next sync. It counts.").format(
            number=admission.issuer
        )
    if admission.forced:
        return _("Let in with a reason; the reason is kept.")
    if admission.clock_disagrees:
        return _("Counted for {day}. This laptop’s clock shows another date; tell the supervisor.").format(
            day=day_text(admission.day)
        )
    return _("Welcome. The next guest can come.")


def _checked_out(admission: Admission, event: Event) -> str:
    return _("Has left {checkpoint}.").format(checkpoint=_place(admission, event))


def _already_in(admission: Admission, event: Event) -> str:
    if admission.first is None:
        return _("Is inside already.")
    return _("First scanned {seen}.").format(seen=seen(admission.first, admission.at))


def _not_inside(admission: Admission, event: Event) -> str:
    return _("Was not scanned on the way in at {checkpoint}. Let out anyway, or change direction.").format(
        checkpoint=_place(admission, event)
    )


def _wrong_day(admission: Admission, event: Event) -> str:
    days = sorted(expected_days(_who(admission), event))
    if not days:
        return _("Registered for another day.")
    return _("Registered for {days} only.").format(days=", ".join(day_text(day) for day in days))


def _wrong_session(admission: Admission, event: Event) -> str:
    sessions = [s for s in sessions_of(_who(admission), event) if s.day == admission.day]
    names = ", ".join(s.name.get(language()) for s in sessions)
    return _("Registered for another session at this time: {sessions}.").format(sessions=names)


def _too_early(admission: Admission, event: Event) -> str:
    checkpoint = event.checkpoint(admission.checkpoint)
    start = f"{checkpoint.start:%H:%M}" if checkpoint.start else ""
    return _("{checkpoint} starts at {time}. Ask the guest to come back, or let in anyway.").format(
        checkpoint=checkpoint.name.get(language()), time=start
    )


def _too_late(admission: Admission, event: Event) -> str:
    checkpoint = event.checkpoint(admission.checkpoint)
    end = f"{checkpoint.end:%H:%M}" if checkpoint.end else ""
    return _("{checkpoint} ended at {time}. Change the checkpoint, or let in anyway.").format(
        checkpoint=checkpoint.name.get(language()), time=end
    )


def _not_expected(admission: Admission, event: Event) -> str:
    return _("On the list, but not for {checkpoint}. Change the checkpoint, or ask the supervisor.").format(
        checkpoint=_place(admission, event)
    )


def _unknown(admission: Admission, event: Event) -> str:
    return _("The code reads {code}. It is no badge of this event. Search by name, or register a walk-in.").format(
        code=admission.payload
    )


def _replaced(admission: Admission, event: Event) -> str:
    return _("A newer badge was printed for this person. Ask for the new one.")


def _cancelled(admission: Admission, event: Event) -> str:
    reason = _who(admission).status_reason
    if reason:
        return _("This registration was cancelled: {reason}. Call the supervisor.").format(reason=isolate(reason))
    return _("This registration was cancelled. Call the supervisor.")


def _blocked(admission: Admission, event: Event) -> str:
    reason = _who(admission).status_reason
    if reason:
        return _("This person is not to be let in: {reason}. Call the supervisor.").format(reason=isolate(reason))
    return _("This person is not to be let in. Call the supervisor.")


def _other_event(admission: Admission, event: Event) -> str:
    return _("A genuine-looking badge, but not of {event}. Ask for this event’s badge, or search by name.").format(
        event=event.name.get(language())
    )


def _forged(admission: Admission, event: Event) -> str:
    if admission.detail == "newer_version":
        return _("This badge was made by a newer version of the program. Update this desk, or search by name.")
    if admission.detail == "unknown_key":
        return _(
            "This badge was signed with a key that this desk does not have yet. Sync this desk, or search by name."
        )
    return _("The badge is damaged or was not issued for this event. Search by name.")


def _not_a_badge(admission: Admission, event: Event) -> str:
    return _(_THINGS.get(admission.thing, _THINGS["text"]))


def _place(admission: Admission, event: Event) -> str:
    return event.checkpoint(admission.checkpoint).name.get(language())


def _who(admission: Admission) -> Attendee:
    assert admission.attendee is not None, "this verdict is about a person"
    return admission.attendee


_SENTENCES: dict[Verdict, Callable[[Admission, Event], str]] = {
    Verdict.CHECKED_IN: _checked_in,
    Verdict.CHECKED_OUT: _checked_out,
    Verdict.ALREADY_IN: _already_in,
    Verdict.NOT_INSIDE: _not_inside,
    Verdict.WRONG_DAY: _wrong_day,
    Verdict.WRONG_SESSION: _wrong_session,
    Verdict.TOO_EARLY: _too_early,
    Verdict.TOO_LATE: _too_late,
    Verdict.NOT_EXPECTED: _not_expected,
    Verdict.UNKNOWN: _unknown,
    Verdict.REPLACED: _replaced,
    Verdict.CANCELLED: _cancelled,
    Verdict.BLOCKED: _blocked,
    Verdict.OTHER_EVENT: _other_event,
    Verdict.FORGED: _forged,
    Verdict.NOT_A_BADGE: _not_a_badge,
}
