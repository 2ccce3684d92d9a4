"""The evening in words: its steps, a desk that is missing, what a closing says and what changed since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from checkin.domain.closing import SHORT, Closing, DeskReport, Difference, StepKey, StepState
from checkin.domain.event import Event
from checkin.evening.state import DayState, Heard, Kept, Overdue, Saved, Sent, Settled, Step
from checkin.i18n import _, day_text, language, mark, ngettext, time_text
from checkin.texts import isolate

_DONE: Final = {
    StepKey.SAVED: mark("Everything on this laptop is saved"),
    StepKey.SENT: mark("Sent to the hub"),
    StepKey.DESKS: mark("Other desks"),
    StepKey.DOUBLES: mark("Doubles settled"),
    StepKey.BACKUP: mark("Backup"),
}
_NOT_DONE: Final = {
    StepKey.SAVED: mark("The journal of this laptop"),
    StepKey.SENT: mark("Sending to the hub"),
    StepKey.DOUBLES: mark("Doubles to look at"),
}
_RUNNING: Final = {
    StepKey.SAVED: mark("Every entry is verified …"),
    StepKey.SENT: mark("Sending and fetching …"),
    StepKey.DESKS: mark("Asking …"),
    StepKey.DOUBLES: mark("Looking …"),
    StepKey.BACKUP: mark("Copying, then opening and checking the copy …"),
}
LISTED: Final = 4
"""So many desks of which everything is here are named one by one."""
_WHOLE: Final = {"heard", "confirmed", "shut", "carried"}
"""How a desk stands of which everything that is known is here."""
_STATES: Final = {
    StepState.WAITING: mark("not begun"),
    StepState.RUNNING: mark("under way"),
    StepState.DONE: mark("done"),
    StepState.ATTENTION: mark("needs a look"),
    StepState.FAILED: mark("failed"),
}


def step_title(step: Step) -> str:
    """Return a step's name; it says that something is so only where it is."""
    if step.state is not StepState.DONE and step.key in _NOT_DONE:
        return _(_NOT_DONE[step.key])
    return _(_DONE[step.key])


def step_state(step: Step) -> str:
    """Return how a step stands, in a word: for a screen reader and the terminal."""
    return _(_STATES[step.state])


def step_line(step: Step, event: Event, today: date) -> str:
    """Return what was found, in one line. `today`: times of this day are shown without it."""
    if step.state is StepState.RUNNING and step.found is None:
        return _(_RUNNING[step.key])
    match step.found:
        case Saved():
            return _saved(step.found)
        case Sent():
            return _sent(step.found)
        case Heard():
            return _heard(step.found, event, today)
        case Settled():
            return _settled(step.found)
        case Kept():
            return _kept(step.found)
        case None:
            return _("Is made when the day is closed") if step.key is StepKey.BACKUP else ""


def desk_line(desk: DeskReport, event: Event, today: date) -> str:
    """Return how another desk stands: "Desk 1: 94 of 94", "Desk 3 has not reported since 08:51"."""
    name = isolate(desk.desk)
    match desk.standing:
        case "heard" | "confirmed" | "shut" | "carried":
            line = _("{desk}: {here} of {all}").format(desk=name, here=desk.here, all=desk.announced or desk.here)
            if desk.standing == "shut" and desk.heard_ms is not None:
                return _("{line}, shut at {time}").format(line=line, time=_moment(desk.heard_ms, event, today))
            return line if desk.standing == "heard" else _("{line}, confirmed").format(line=line)
        case "waiting":
            return _("{desk}: asked, has not confirmed yet").format(desk=name)
        case "behind":
            return _("{desk}: {here} of {all} are here").format(desk=name, here=desk.here, all=desk.announced)
        case "silent":
            return _("{desk} has not reported since {time}").format(
                desk=name, time=_moment(desk.heard_ms, event, today)
            )
        case "never":
            return _("{desk} has never reported").format(desk=name)
        case "unused":
            return _("{desk}: not in use on this day").format(desk=name)
        case "revoked":
            return _("{desk}: cut off, {here} entries are here").format(desk=name, here=desk.here)


def closed_line(closing: Closing, event: Event, today: date) -> str:
    """Return who closed or reopened the day, where and when."""
    time = _moment(closing.at_ms, event, today)
    who = " · ".join(isolate(part) for part in (closing.desk, closing.staff) if part)
    if not closing.closes:
        return _("Reopened at {time} ({who})").format(time=time, who=who)
    said = closing.statement
    if said is None:
        return _("Closed at {time} ({who})").format(time=time, who=who)
    if said.number:
        return _("Correction {n}, closed at {time} ({who})").format(n=said.number, time=time, who=who)
    return _("Closed at {time} ({who})").format(time=time, who=who)


def proof_line(closing: Closing) -> str:
    """Return what two sheets are compared by: fingerprint, desks, entries and the count; empty where it is not known."""
    said = closing.statement
    if said is None or not closing.closes:
        return ""
    desks = len({share.desk for share in said.desks})
    parts = [
        "" if said.complete else _("INCOMPLETE"),
        _("fingerprint {digest}").format(digest=said.digest[:SHORT]),
        ngettext("{n} desk", "{n} desks", desks).format(n=desks),
        ngettext("{n} entry", "{n} entries", said.entries).format(n=said.entries),
        ngettext("{n} person came", "{n} people came", said.came).format(n=said.came),
    ]
    return " · ".join(part for part in parts if part)


def missing_sentence(state: DayState) -> str:
    """Return what staff can do about what is missing; empty where nothing is."""
    if state.complete:
        return ""
    missing = state.missing
    if missing and set(missing) == set(coming_desks(state)):
        return ngettext(
            "{desks} has not confirmed yet. Sync there or shut the program there, then close the day again; or close now as"
            " INCOMPLETE, and its scans join the count when they arrive.",
            "{n} desks have not confirmed yet: {desks}. Sync there or shut the program there, then close the day again; or close"
            " now as INCOMPLETE, and their scans join the count when they arrive.",
            len(missing),
        ).format(n=len(missing), desks=", ".join(isolate(name) for name in missing))
    if missing:
        return ngettext(
            "One desk is missing: {desks}. Bring its USB bundle or wait for it; or close now as INCOMPLETE, and its scans join"
            " the count when they arrive.",
            "{n} desks are missing: {desks}. Bring their USB bundles or wait for them; or close now as INCOMPLETE, and their"
            " scans join the count when they arrive.",
            len(missing),
        ).format(n=len(missing), desks=", ".join(isolate(name) for name in missing))
    if state.step(StepKey.SAVED).state is StepState.FAILED:
        return _(
            "The journal of this laptop does not verify. Nothing is deleted; call your supervisor, or close now as"
            " INCOMPLETE."
        )
    return _(
        "The hub has not confirmed everything yet. Every scan on this laptop is safe; sync again, or close now as INCOMPLETE."
    )


def coming_desks(state: DayState) -> tuple[str, ...]:
    """Return the names of desks that are there, were asked and have not confirmed yet."""
    heard = state.step(StepKey.DESKS).found
    return heard.coming if isinstance(heard, Heard) else ()


def late_sentence(state: DayState) -> str:
    """Return what came after the day was closed, and what follows from it; empty where the report is still true."""
    if not state.due:
        return ""
    if state.late:
        desks = _late_desks(state.late)
        return _(
            "After the day was closed, entries for it arrived: {desks}. They count; write correction {n} so that the report"
            " says the same."
        ).format(desks=desks, n=state.number)
    if state.report is not None and state.report.statement is not None and not state.report.statement.complete:
        return _("Every desk is heard now: write correction {n}, and the report is no longer INCOMPLETE.").format(
            n=state.number
        )
    return _("What is known of this day has changed since it was closed: write correction {n}.").format(n=state.number)


def overdue_sentence(found: Overdue) -> str:
    """Return what the desk that closed a day is told unasked."""
    if found.late:
        return _(
            "Entries for {day} arrived after it was closed: {desks}. They count; the report needs a correction."
        ).format(day=day_text(found.day), desks=_late_desks(found.late))
    return _("The counts of {day} have changed since it was closed: the report needs a correction.").format(
        day=day_text(found.day)
    )


def _late_desks(late: Iterable[tuple[str, int]]) -> str:
    return ", ".join(_("{desk} ({n})").format(desk=isolate(desk), n=count) for desk, count in late)


def difference_line(change: Difference, event: Event) -> str:
    """Return what a correction changed in one group: "Main entrance, Delegates: 212 → 215"."""
    place = next((c.name.get(language()) for c in event.checkpoints if c.key == change.checkpoint), change.checkpoint)
    group = event.category(change.category)
    name = group.name.get(language()) if group else change.category or _("(not known)")
    return _("{place}, {group}: {before} → {after}").format(
        place=place, group=name, before=change.before, after=change.after
    )


def closed_warning(closing: Closing, day: date, event: Event, today: date) -> str:
    """Return what a desk is told that scans for a closed day."""
    who = " · ".join(isolate(part) for part in (closing.desk, closing.staff) if part)
    return _(
        "{day} was closed at {time} ({who}). What is scanned now still counts and makes a correction of the report."
    ).format(day=day_text(day), time=_moment(closing.at_ms, event, today), who=who)


def _saved(found: Saved) -> str:
    if found.broken_at is not None:
        return _("Entry {n} does not follow from the one before it. It is kept as it is; call your supervisor.").format(
            n=found.broken_at
        )
    parts = (
        ngettext("{n} scan", "{n} scans", found.scans).format(n=found.scans),
        ngettext("{n} walk-in", "{n} walk-ins", found.walk_ins).format(n=found.walk_ins),
        ngettext("{n} undo", "{n} undos", found.undos).format(n=found.undos),
    )
    return _("{figures} · journal whole, no gaps").format(figures=", ".join(parts))


def _sent(found: Sent) -> str:
    figures = _("{n} of {all} records confirmed").format(n=found.confirmed, all=found.total)
    if found.trouble:
        return f"{figures} · {found.trouble}"
    if found.verified:
        return _("{figures} · same fingerprint on both sides").format(figures=figures)
    if found.ahead:
        desks = ", ".join(isolate(desk) for desk in dict.fromkeys(found.ahead))
        return _("{figures} · it lacks what the stick brought of {desks}").format(figures=figures, desks=desks)
    return _("{figures} · not compared with the hub yet").format(figures=figures)


def _heard(found: Heard, event: Event, today: date) -> str:
    if not found.desks:
        return _("No other desk is known")
    whole = [desk for desk in found.desks if desk.standing in _WHOLE]
    other = [
        desk for desk in found.desks if desk.standing not in _WHOLE
    ]  # those that somebody must look for come first
    lines = [desk_line(desk, event, today) for desk in (*other, *(whole if len(whole) <= LISTED else ()))]
    if len(whole) > LISTED:
        entries = sum(desk.here for desk in whole)
        lines.append(
            ngettext(
                "{n} desk all here, {entries} entries", "{n} desks all here, {entries} entries", len(whole)
            ).format(n=len(whole), entries=entries)
        )
    return " · ".join(lines)


def _settled(found: Settled) -> str:
    if not found.doubles:
        return _("No badge was let in at two desks")
    text = ngettext(
        "{n} badge was let in at two desks; it counts once",
        "{n} badges were let in at two desks; each counts once",
        found.doubles,
    ).format(n=found.doubles)
    if not found.unsettled:
        return text
    left = ngettext("nobody has looked at {n} yet", "nobody has looked at {n} yet", found.unsettled)
    return f"{text} · {left.format(n=found.unsettled)}"


def _kept(found: Kept) -> str:
    if found.trouble:
        return found.trouble
    folder = found.file.parent
    text = _("Written to “{folder}” · opened and checked").format(folder=isolate(folder.name or str(folder)))
    return _("{text} · on this laptop’s own disk").format(text=text) if found.same_disk else text


def _moment(at_ms: int | None, event: Event, today: date) -> str:
    at = datetime.fromtimestamp((at_ms or 0) / 1000, event.timezone)
    if at.date() == today:
        return time_text(at)
    return _("{time} on {day}").format(time=time_text(at), day=day_text(at.date(), year=False))
