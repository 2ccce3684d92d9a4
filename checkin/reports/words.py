"""What reports say in words: the day in full, the totals in one sentence, where the numbers come from. Plain texts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from checkin.domain.countries import thai_name
from checkin.domain.event import Event
from checkin.i18n import _, day_text, language, ngettext, time_text
from checkin.reports.labels import words
from checkin.reports.sheet import About
from checkin.reports.standing import Digits, Standing
from checkin.reports.summary import Line, Summary
from checkin.texts import isolate

_MONTHS: Final = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"),
    "th": ("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม",
           "พฤศจิกายน", "ธันวาคม"),
}  # fmt: skip
_WEEKDAYS: Final = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "th": ("วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์", "วันเสาร์", "วันอาทิตย์"),
}
_THAI_DIGITS: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def thai_digits(text: str) -> str:
    """Return the text with Thai digits."""
    return text.translate(_THAI_DIGITS)


def long_day(day: date) -> str:
    """Return a day as a letter writes it: "Tuesday 8 July 2014", "วันอังคารที่ 8 กรกฎาคม 2557"."""
    tongue = language()
    weekday, month = _WEEKDAYS[tongue][day.weekday()], _MONTHS[tongue][day.month - 1]
    if tongue == "th":
        return f"{weekday}ที่ {day.day} {month} {day.year + 543}"
    return f"{weekday} {day.day} {month} {day.year}"


def days_covered(event: Event, day: date | None, digits: Digits = str) -> str:
    """Return the day of a report, or first and last day where it is about all."""
    if day is not None or len(event.days) == 1:
        return digits(long_day(day or event.days[0].date))
    return digits(f"{long_day(event.days[0].date)} – {long_day(event.days[-1].date)}")


def people(count: int) -> str:
    """Return "324 people"."""
    return ngettext("{n} person", "{n} people", count).format(n=f"{count:,}")


def total_sentence(summary: Summary) -> str:
    """Return the totals in one sentence, which begins with nothing but what counts."""
    total = summary.total
    parts = {
        "people": people(total.came),
        "expected": f"{total.expected:,}",
        "expected_came": f"{total.expected_came:,}",
        "others": f"{total.others:,}",
        "percent": "–" if total.per_cent is None else str(total.per_cent),
        "countries": ngettext("{n} country", "{n} countries", summary.countries_that_came).format(
            n=f"{summary.countries_that_came:,}"
        ),
        "organisations": ngettext("{n} organisation", "{n} organisations", summary.organisations_that_came).format(
            n=f"{summary.organisations_that_came:,}"
        ),
        "walk_ins": f"{total.walk_in:,}",
    }
    if not total.came:
        return _("Nobody has come yet; {expected} are registered.").format(**parts)
    if not total.expected:
        return _(
            "{people} took part, from {countries} and {organisations}; {walk_ins} of them registered on the spot."
        ).format(**parts)
    if total.others > 0:
        return _(
            "{people} took part, from {countries} and {organisations}: {expected_came} of {expected} registered ({percent} %),"
            " {walk_ins} who registered on the spot, and {others} let in though not expected."
        ).format(**parts)
    return _(
        "{people} took part, from {countries} and {organisations}: {expected_came} of {expected} registered ({percent} %)"
        " and {walk_ins} who registered on the spot."
    ).format(**parts)


def name_of(event: Event, kind: str, line: Line) -> str:
    """Return how a group, session, country or organisation is called; people of whom it is not known have a word too."""
    if kind == "country" and line.code and language() == "th":
        return thai_name(line.code)
    if kind == "category":
        return isolate(words("category", event).get(line.key, line.key)) or _("no group")
    if kind == "checkpoint":
        return isolate(words("checkpoint", event).get(line.key, line.key))
    return isolate(line.key) or _("not stated")


def percent(line: Line) -> str:
    """Return how many of a hundred who were expected came."""
    return "–" if line.per_cent is None else str(line.per_cent)


def where_from(standing: Standing, digits: Digits = str) -> str:
    """Return what the numbers are made of: "All desks are in (3 desks, 212 entries)"; the digest is not in it."""
    desks = ngettext("{n} desk", "{n} desks", standing.desk_count).format(n=digits(str(standing.desk_count)))
    entries = ngettext("{n} entry", "{n} entries", standing.entries).format(n=digits(f"{standing.entries:,}"))
    if standing.incomplete:
        missing = dict.fromkeys([line.desk for line in standing.desks if line.missing] + list(standing.state.missing))
        if not missing:
            return _("INCOMPLETE: the hub was not heard ({desks}, {entries})").format(desks=desks, entries=entries)
        return _("INCOMPLETE: {names} not all in ({desks}, {entries})").format(
            names=", ".join(map(isolate, missing)), desks=desks, entries=entries
        )
    if standing.closed:
        return _("All desks are in ({desks}, {entries})").format(desks=desks, entries=entries)
    return _("Day not closed yet ({desks}, {entries})").format(desks=desks, entries=entries)


def digest_text(standing: Standing) -> str:
    """Return the first 8 digits of D in two groups, to be compared by eye: "7f3a 91c2"; empty: the day is not closed."""
    short = standing.state.short_digest
    return f"{short[:4]} {short[4:]}" if short else ""


def with_digest(source: str, standing: Standing) -> str:
    """Return where the numbers are from, with the fingerprint where there is one."""
    digest = digest_text(standing).replace(" ", "\u00a0")  # one line end must not part it
    return _("{source} · fingerprint {digest}").format(source=source, digest=digest) if digest else source


def made_text(about: About) -> str:
    """Return when the report was made: the time, and the day where it is another one."""
    at: datetime = about.made
    if about.day == at.date():
        return time_text(at)
    return f"{day_text(at.date(), weekday=False)} {time_text(at)}"


def correction_lines(event: Event, standing: Standing, digits: Digits = str) -> list[str]:
    """Return what a correction changed, one line a group, and which desks brought it. Empty in a first report."""
    state = standing.state
    if not standing.closed or not state.correction:
        return []
    places, groups = words("checkpoint", event), words("category", event)
    lines = [
        _("{place}, {group}: {before} → {after}").format(
            place=isolate(places.get(one.checkpoint, one.checkpoint)),
            group=isolate(groups.get(one.category, one.category)) or _("no group"),
            before=digits(f"{one.before:,}"), after=digits(f"{one.after:,}"),
        )
        for one in state.differences
    ]  # fmt: skip
    lines = lines or [_("No number changed.")]
    if state.brought:
        who = ", ".join(f"{isolate(desk)} ({digits(str(entries))})" for desk, entries in state.brought)
        lines.append(_("Entries that came late: {desks}").format(desks=who))
    return lines
