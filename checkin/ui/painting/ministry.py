"""The report for the ministry: the totals in one sentence, then by group, session, country and organisation, and the
arrival curve. It holds no name of a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from checkin.domain.event import Event
from checkin.i18n import _, day_text, language
from checkin.reports.sheet import About
from checkin.reports.summary import STEP_MINUTES, DaySum, Line, Summary
from checkin.reports.words import correction_lines, days_covered, name_of, people, percent, total_sentence
from checkin.ui.painting.report_blocks import (
    ALARM,
    BOX_INSET,
    MUTED,
    PAD,
    Bar,
    Head,
    Table,
    Text,
    box,
    curve,
    text_piece,
)
from checkin.ui.painting.report_flow import A4, PT, Group, Piece, space
from checkin.ui.painting.report_page import MARGIN

WIDTH: Final = A4[0] - 2 * MARGIN
BETWEEN: Final = 16 * PT
Digits = Callable[[str], str]


def heading(title: str, name: str, when: str, about: About, event: Event, width: float, digits: Digits) -> Group:
    """Return the head of a report: title, event, day and place, and what a reader must know first."""
    standing = about.standing
    headline = standing.headline(digits)
    pieces = [
        text_piece(Text(title, 17, width, weight="bold"), MARGIN, after=3 * PT),
        text_piece(Text(name, 10.5, width), MARGIN),
        text_piece(Text(when, 10, width, colour=MUTED), MARGIN, after=8 * PT),
    ]
    said: list[str] = []
    if standing.incomplete:  # in two paragraphs, not a line each: the curve has to stay on the first page
        said = [" ".join(standing.missing_sentences(digits))]
        said.append(_("The numbers may still grow. A later report takes the place of this one."))
    if corrected := correction_lines(event, standing, digits):
        said.append(" · ".join(corrected))
    if headline and said:
        inner = width - 2 * BOX_INSET
        if standing.incomplete and standing.state.correction and standing.closed:
            headline = f"{headline} · {_('Correction {n}').format(n=digits(str(standing.state.correction)))}"
        texts = [Text(headline, 12, inner, weight="bold", colour=ALARM), *(Text(text, 9.5, inner) for text in said)]
        pieces += [box(texts, MARGIN, width, alarm=True), space(9 * PT)]
    elif headline:
        pieces.append(text_piece(Text(headline, 10, width, weight="semibold", colour=ALARM), MARGIN, after=5 * PT))
    return Group(tuple(pieces))


def ministry_groups(event: Event, about: About, digits: Digits, step: Callable[[], None]) -> Iterator[Group]:
    """Yield the report's parts; `step` is called for each line of a table."""
    sums = about.summary()
    when = " · ".join(part for part in (days_covered(event, about.day, digits), event.venue.get(language())) if part)
    top = heading(_("Attendance report"), event.name.get(language()), when, about, event, WIDTH, digits)
    sentence = Text(digits(total_sentence(sums)), 12.5, WIDTH - 2 * BOX_INSET, strong=digits(people(sums.total.came)))
    yield Group((*top.pieces, box([sentence], MARGIN, WIDTH), space(BETWEEN)))
    tables = _Tables(event, digits, step)
    yield from tables.lines(_("Group"), "category", sums.groups, sums.total)
    if len(sums.days) > 1:
        yield Group((space(BETWEEN),))
        yield from tables.days(sums)
    warned = bool(about.standing.incomplete or about.standing.state.correction)
    for day in sums.days:
        yield from _day(tables, day, several=len(sums.days) > 1, curve_first=warned)
    for title, kind, lines in (
        (_("Country"), "country", sums.countries), (_("Organisation"), "organisation", sums.organisations),
    ):  # fmt: skip
        if lines:
            yield Group((space(BETWEEN),))
            yield from tables.lines(title, kind, lines, sums.total)


def _day(tables: _Tables, day: DaySum, *, several: bool, curve_first: bool) -> Iterator[Group]:
    """Yield a day's sessions and its curve. `curve_first`: the head is long, and only a table may go on overleaf."""
    where = f" · {day_text(day.day)}" if several else ""
    if day.arrivals and curve_first:
        yield _arrivals(tables, day, where)
    if day.sessions:
        yield Group((space(BETWEEN),))
        yield from tables.sessions(_("Session") + where, day.sessions)
    if day.arrivals and not curve_first:
        yield _arrivals(tables, day, where)


def _arrivals(tables: _Tables, day: DaySum, where: str) -> Group:
    return Group((space(BETWEEN), *tables.curve(_("Arrivals every 15 minutes") + where, day)))


class _Tables:
    """Makes tables and curves of sums, in digits of the reader's choice."""

    def __init__(self, event: Event, digits: Digits, step: Callable[[], None]) -> None:
        self._event, self._digits, self._step = event, digits, step

    def _cells(self, name: str, line: Line) -> list[str]:
        self._step()
        numbers = (f"{line.expected:,}", f"{line.came:,}", f"{line.walk_in:,}", percent(line))
        return [name, *map(self._digits, numbers)]

    def _table(self, title: str, *, long: bool = False) -> Table:
        numbers = (_("Registered"), _("Attended"), _("On the spot"), _("Per cent"))
        heads = [Head(self._digits(title), 74 if long else 56), *(Head(head, 15, "right") for head in numbers)]
        return Table(heads, MARGIN, WIDTH, 9.5 if long else 10.5, 2.6 * PT if long else PAD)

    def lines(self, title: str, kind: str, lines: tuple[Line, ...], total: Line) -> Iterator[Group]:
        """Yield a table of groups, countries or organisations with its total."""
        rows = (self._cells(name_of(self._event, kind, line), line) for line in lines)
        table = self._table(title, long=kind in {"country", "organisation"})
        yield from table.groups((), rows, self._cells(_("Total"), total))

    def days(self, sums: Summary) -> Iterator[Group]:
        """Yield the table of days."""
        rows = (self._cells(self._digits(day_text(day.day)), day.door) for day in sums.days)
        yield from self._table(_("Day")).groups((), rows)

    def sessions(self, title: str, lines: tuple[Line, ...]) -> Iterator[Group]:
        """Yield the table of sessions."""
        table = Table([Head(self._digits(title), 100), Head(_("Attended"), 20, "right")], MARGIN, WIDTH)
        rows = (self._cells(name_of(self._event, "checkpoint", line), line) for line in lines)
        yield from table.groups((), ([cells[0], cells[2]] for cells in rows))

    def curve(self, title: str, day: DaySum) -> list[Piece]:
        """Return the arrival curve with its title."""
        few = len(day.arrivals) <= 10 * 60 // STEP_MINUTES
        bars = [
            Bar(
                came, self._digits(f"{came:,}"),
                self._digits(f"{minute // 60:02}:00") if minute % (60 if few else 180) == 0 else "",
            )
            for minute, came in day.arrivals
        ]  # fmt: skip
        text = Text(self._digits(title), 10.5, WIDTH, colour=MUTED)
        return [text_piece(text, MARGIN, after=2 * PT), curve(bars, MARGIN, WIDTH)]
