"""The summary sheet of a workbook: what the report is about, how sure it is, the sums and the arrival curve as a chart."""

from __future__ import annotations

from typing import Any, Final

from checkin.domain.event import Event
from checkin.i18n import _, day_text, language
from checkin.reports.cells import own_text
from checkin.reports.sheet import About
from checkin.reports.standing import desk_sentence
from checkin.reports.summary import Line, Summary
from checkin.reports.words import (
    correction_lines,
    days_covered,
    made_text,
    name_of,
    percent,
    total_sentence,
    where_from,
    with_digest,
)

CHART_COLUMN: Final = 6
"""The charts stand to the right of the tables."""
Cell = tuple[str | int, str]
"""A text or number, and the name of its format."""


class SummaryTab:
    """Composes the rows first and writes them from the top: a workbook with constant_memory takes them in no other order."""

    def __init__(self, workbook: Any, event: Event, about: About) -> None:
        """Count; nothing is written yet."""
        self._book, self._event, self._about = workbook, event, about
        self._sums: Summary = about.summary()
        self._rows: list[list[Cell]] = []
        self._formats = {
            "title": workbook.add_format({"bold": True, "font_size": 16}),
            "alarm": workbook.add_format({"bold": True, "font_size": 12, "font_color": "#9a5700"}),
            "lead": workbook.add_format({"font_size": 12}),
            "head": workbook.add_format({"bold": True, "bottom": 1}),
            "number_head": workbook.add_format({"bold": True, "bottom": 1, "align": "right"}),
            "total": workbook.add_format({"bold": True, "top": 1}),
            "muted": workbook.add_format({"font_color": "#52606e"}),
            "": workbook.add_format({}),
        }

    def write(self) -> None:
        """Write the sheet at the end of the workbook."""
        tab = self._book.add_worksheet(own_text(_("Summary"))[:25])
        tab.hide_gridlines(2)
        tab.set_paper(9)  # A4
        tab.fit_to_pages(1, 0)
        tab.set_column(0, 0, 44)
        tab.set_column(1, CHART_COLUMN - 1, 11)
        if self._event.practice:
            tab.set_header("&C" + own_text(_("PRACTICE – no real attendance")))
        self._head()
        groups = self._table(
            _("Group"), [(name_of(self._event, "category", line), line) for line in self._sums.groups], total=True
        )
        for day in self._sums.days:
            if day.sessions:
                self._table(
                    f"{_('Session')} · {day_text(day.day)}",
                    [(name_of(self._event, "checkpoint", line), line) for line in day.sessions],
                )
        self._table(_("Country"), [(name_of(self._event, "country", line), line) for line in self._sums.countries])
        curves = [self._curve(number) for number in range(len(self._sums.days))]
        self._desks()
        for number, cells in enumerate(self._rows):
            for column, (value, style) in enumerate(cells):
                if isinstance(value, str):
                    if value:
                        tab.write_string(number, column, own_text(value), self._formats[style])
                else:
                    tab.write_number(number, column, value, self._formats[style])
        self._charts(tab, groups, [curve for curve in curves if curve])

    def _head(self) -> None:
        about, event = self._about, self._event
        self._line(f"{_('Report')}: {event.name.get(language())}", "title")
        self._line(" · ".join(part for part in (days_covered(event, about.day), event.venue.get(language())) if part))
        if headline := about.standing.headline():
            self._line(headline, "alarm")
        if about.standing.incomplete:
            for sentence in about.standing.missing_sentences():
                self._line(sentence, "alarm")
        for text in correction_lines(event, about.standing):
            self._line(text)
        self._line(total_sentence(self._sums), "lead")
        self._line(with_digest(where_from(about.standing), about.standing), "muted")
        self._line(_("Made {when}").format(when=made_text(about)), "muted")
        self._rows.append([])

    def _line(self, text: str, style: str = "") -> None:
        self._rows.append([(text, style)])

    def _table(self, title: str, lines: list[tuple[str, Line]], *, total: bool = False) -> tuple[int, int]:
        """Add a table; return its first and last row of numbers."""
        heads = (_("Registered"), _("Attended"), _("On the spot"), _("Per cent"))
        self._rows.append([(title, "head"), *((head, "number_head") for head in heads)])
        first = len(self._rows)
        self._rows += [[(name, ""), *_numbers(line, "")] for name, line in lines]
        last = len(self._rows) - 1
        if total:
            self._rows.append([(_("Total"), "total"), *_numbers(self._sums.total, "total")])
        self._rows.append([])
        return first, last

    def _curve(self, number: int) -> tuple[str, int, int] | None:
        day = self._sums.days[number]
        if not day.arrivals:
            return None
        title = f"{_('Arrivals every 15 minutes')} · {day_text(day.day)}"
        self._rows.append([(title, "head"), (_("Attended"), "number_head")])
        first = len(self._rows)
        self._rows += [[(f"{minute // 60:02}:{minute % 60:02}", ""), (came, "")] for minute, came in day.arrivals]
        last = len(self._rows) - 1
        self._rows.append([])
        return title, first, last

    def _desks(self) -> None:
        self._rows.append([(_("Desks in this report"), "head")])
        for line in self._about.standing.desks:
            self._line(desk_sentence(line), "alarm" if line.missing else "")

    def _charts(self, tab: Any, groups: tuple[int, int], curves: list[tuple[str, int, int]]) -> None:
        row = 0
        if groups[1] >= groups[0]:
            chart = self._book.add_chart({"type": "bar"})
            for column, colour, name in ((1, "#c5d5ee", _("Registered")), (2, "#1d5fc2", _("Attended"))):
                chart.add_series(
                    {
                        "name": own_text(name), "categories": [tab.get_name(), groups[0], 0, groups[1], 0],
                        "values": [tab.get_name(), groups[0], column, groups[1], column],
                        "fill": {"color": colour}, "gap": 60,
                    }
                )  # fmt: skip
            chart.set_title({"name": own_text(_("Registered and came, by group")), "name_font": {"size": 12}})
            chart.set_y_axis({"reverse": True})
            chart.set_legend({"position": "bottom"})
            chart.set_size({"width": 560, "height": max(220, 90 + 42 * (groups[1] - groups[0] + 1))})
            tab.insert_chart(row, CHART_COLUMN, chart)
            row += max(12, 6 + 2 * (groups[1] - groups[0] + 2))
        for title, first, last in curves:
            chart = self._book.add_chart({"type": "column"})
            chart.add_series(
                {
                    "categories": [tab.get_name(), first, 0, last, 0], "values": [tab.get_name(), first, 1, last, 1],
                    "fill": {"color": "#1d5fc2"}, "gap": 15,
                }
            )  # fmt: skip
            chart.set_title({"name": own_text(title), "name_font": {"size": 12}})
            chart.set_legend({"none": True})
            chart.set_size({"width": 560, "height": 260})
            tab.insert_chart(row, CHART_COLUMN, chart)
            row += 14


def _numbers(line: Line, style: str) -> list[Cell]:
    shown = percent(line)
    return [
        (line.expected, style), (line.came, style), (line.walk_in, style),
        (int(shown) if shown.isdigit() else shown, style),
    ]  # fmt: skip
