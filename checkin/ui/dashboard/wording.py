"""The figures in words: what each line and card of the dashboard says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from checkin.db.listing import ListFilter
from checkin.domain.event import Event
from checkin.i18n import _, day_text, language, ngettext, time_text
from checkin.reports.figures import SLOT_MIN, DeskLine, Figures, Look, Share
from checkin.reports.forecast import Forecast
from checkin.texts import isolate
from checkin.ui.dashboard.arrivals_chart import clock, span
from checkin.ui.dashboard.lines import Cell, Line
from checkin.ui.dashboard.share_bars import Bar
from checkin.wording.people import shown_name

SILENT: Final = timedelta(minutes=10)
"""A desk that was not heard of for so long is marked."""


def number(value: int) -> str:
    """Return a number as people read it."""
    return f"{value:,}"


def expected_text(figures: Figures) -> str:
    """Return what stands under the number of those who came."""
    left = figures.expected - figures.expected_came
    text = ngettext("of {expected} expected, {n} to come", "of {expected} expected, {n} to come", left)
    return text.format(expected=number(figures.expected), n=number(left))


def walk_in_text(figures: Figures) -> str:
    """Return where walk-ins were let in."""
    here = sum(desk.walk_in for desk in figures.desks if desk.here)
    if not figures.walk_in:
        return _("none yet")
    return _("{here} at this desk, {there} at others").format(here=number(here), there=number(figures.walk_in - here))


def peak_text(figures: Figures, step_min: int) -> str:
    """Return when most people came."""
    size = step_min // SLOT_MIN
    sums = [sum(figures.arrivals[n : n + size]) for n in range(0, len(figures.arrivals), size)]
    most = max(sums, default=0)
    if not most:
        return _("nobody yet")
    return _("peak {n} at {time}").format(n=number(most), time=span(sums.index(most) * step_min, step_min))


def looks_text(figures: Figures) -> str:
    """Return what is behind the number of things to look at."""
    others = len(figures.looks) - min(figures.doubles, len(figures.looks)) - figures.unknown
    parts = []
    if figures.doubles:
        parts.append(
            ngettext("{n} badge used twice", "{n} badges used twice", figures.doubles).format(n=figures.doubles)
        )
    if figures.unknown:
        parts.append(ngettext("{n} unknown code", "{n} unknown codes", figures.unknown).format(n=figures.unknown))
    if others > 0:
        parts.append(ngettext("{n} other", "{n} others", others).format(n=others))
    return ", ".join(parts) or _("nothing")


def forecast_text(made: Forecast | None) -> str:
    """Return when the rest will be in, and what that is taken from; empty where nothing can be said."""
    if made is None:
        return ""
    if made.basis == "yesterday":
        text = _("If it goes on as on the day before, about {n} are in by {time}.")
    else:
        text = _("At the pace of the last half hour the other {n} are in by about {time}.")
    return text.format(n=number(made.people), time=clock(made.minute))


def categories(shares: Iterable[Share], event: Event, post: ListFilter) -> list[Bar]:
    """Return the groups of the event."""
    found = []
    for share in shares:
        known = event.category(share.name)
        name = known.name.get(language()) if known else share.name or _("(no group)")
        what = _missing(post, category=share.name) if known else None
        found.append(Bar(name, share.came, share.expected, share.expected_came, what))
    return found


def places(shares: Iterable[Share], post: ListFilter) -> list[Bar]:
    """Return countries or organisations."""
    return [
        Bar(
            isolate(share.name) or _("(not known)"), share.came, share.expected, share.expected_came,
            _missing(post, text=share.name) if share.name else None,
        )
        for share in shares
    ]  # fmt: skip


def checkpoints(figures: Figures, event: Event, here: str) -> list[Line]:
    """Return the checkpoints of the day."""
    lines = []
    for post in figures.posts:
        name = event.checkpoint(post.key).name.get(language())
        cells = (
            Cell(name, bold=post.key == here),
            Cell("–" if post.inside is None else number(post.inside), "muted" if post.inside is None else ""),
            Cell(number(post.came)),
            Cell(number(post.expected), "muted"),
        )
        lines.append(Line(cells))
    return lines


def desks(figures: Figures) -> list[Line]:
    """Return the desks, those that are behind marked."""
    return [
        Line((Cell(_desk_name(desk)), Cell(number(desk.came)), *_heard(desk, figures.at))) for desk in figures.desks
    ]


def _desk_name(desk: DeskLine) -> str:
    name = isolate(desk.name) or _("Desk {number}").format(number=desk.number or "?")
    return _("{desk} (here)").format(desk=name) if desk.here else name


def _heard(desk: DeskLine, now: datetime) -> tuple[Cell, Cell]:
    waiting = Cell(number(desk.waiting), "amber" if desk.waiting and not desk.here else "muted")
    if desk.missing:
        waiting = Cell(ngettext("{n} not here", "{n} not here", desk.missing).format(n=number(desk.missing)), "amber")
    if desk.cut_off:
        return waiting, Cell(_("cut off"), "red")
    if desk.here:
        return waiting, Cell(_("now"))
    if desk.heard is None:
        return waiting, Cell(_("never"), "amber")
    when = time_text(desk.heard) if desk.heard.date() == now.date() else day_text(desk.heard.date(), year=False)
    if desk.closed:
        return waiting, Cell(_("{time}, closed").format(time=when), "muted")
    silent = now - desk.heard > SILENT
    return waiting, Cell(_("{time}, silent").format(time=when) if silent else when, "amber" if silent else "")


def waited_for(figures: Figures, event: Event) -> list[Line]:
    """Return the guests for whom the desk is to do something."""
    lines = []
    for person in figures.waited_for:
        category = event.category(person.category)
        why = isolate(person.note) or (category.name.get(language()) if category else "")
        lines.append(Line((Cell(shown_name(person), bold=True), Cell(why, "muted")), "attendees", person))
    return lines


def delegations(figures: Figures, post: ListFilter) -> list[Line]:
    """Return those who are expected together."""
    lines = []
    for one in figures.delegations:
        name = " · ".join(isolate(part) for part in (one.organisation, one.country) if part)
        text = _("{n} of {all}").format(n=number(one.here), all=number(one.expected))
        tone = "green" if one.here == one.expected else "amber" if one.here else "muted"
        cells = (Cell(name), Cell(text, tone, bold=bool(one.here)))
        lines.append(Line(cells, "attendees", _missing(post, text=one.organisation or one.country)))
    return lines


def looks(figures: Figures) -> list[Line]:
    """Return what has to be looked at, each with the way there."""
    return [_look(look) for look in figures.looks]


def _look(look: Look) -> Line:
    if look.matter == "double" and look.person is not None and look.at is not None:
        text = _("{name} is in twice: {first}, then {second} at {time}").format(
            name=shown_name(look.person), first=isolate(look.first_desk),
            second=isolate(look.second_desk), time=time_text(look.at),
        )  # fmt: skip
        return Line((Cell(text),), "doubles")
    if look.matter == "unknown":
        text = ngettext(
            "The code {code} was refused {n} time: nobody has it",
            "The code {code} was refused {n} times: nobody has it",
            look.times,
        ).format(code=isolate(look.text), n=look.times)
        return Line((Cell(text),), "attendees", ListFilter(text=look.text))
    if look.matter == "clock":
        text = ngettext(
            "{desk}: the clock was doubtful at {n} scan", "{desk}: the clock was doubtful at {n} scans", look.times
        ).format(desk=isolate(look.text) or _("A desk"), n=look.times)
        return Line((Cell(text),), "settings", "desk")
    text = _("The badge of {name} did not come out").format(name=isolate(look.text))
    return Line((Cell(text),), "settings", "printing")


def before_text(day: str) -> str:
    """Return the name of the day behind today's bars."""
    return day_text(date.fromisoformat(day), year=False) if day else ""


def _missing(post: ListFilter, *, text: str = "", category: str = "") -> ListFilter:
    """Return the part of the list that is not in yet."""
    return ListFilter(text=text, category=category, presence="not_in", day=post.day, checkpoint=post.checkpoint)
