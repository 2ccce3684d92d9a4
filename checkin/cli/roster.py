"""`roster import` and `roster find`: the list goes in, people are found in it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from checkin.cli._common import attendee_json, emit, json_option, opened, say
from checkin.errors import CheckinError
from checkin.i18n import _, ngettext
from checkin.texts import escape, isolate

if TYPE_CHECKING:
    from checkin.app import App
    from checkin.roster import Mapping, Preview, Table


@click.group("roster")
def roster_group() -> None:
    """The list of attendees: bring it in, find people in it."""


@roster_group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--source", default="", metavar="NAME", help="Name of this list; the same name again updates it.")
@click.option("--map", "maps", multiple=True, metavar="FIELD=COLUMN", help="Where a field stands: heading or letter.")
@click.option("--sheet", default=None, metavar="S", help="Sheet of a workbook; default: the first visible one.")
@click.option("--encoding", default=None, metavar="NAME", help="Encoding of a text file, when it was guessed wrong.")
@click.option(
    "--dates", type=click.Choice(["dmy", "mdy", "ymd"]), default=None, help="How dates like 03/04/2026 are meant."
)
@click.option("--category", default="", metavar="KEY", help="Category of people whose row names none.")
@click.option("--visible-only", is_flag=True, help="Leave out rows that the spreadsheet hides or filters.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing.")
@click.option("--strict", is_flag=True, help="Import nothing while a row is rejected.")
@json_option
@click.pass_context
def import_command(
    context: click.Context, file: Path, source: str, maps: tuple[str, ...], sheet: str | None, encoding: str | None,
    dates: Literal["dmy", "mdy", "ymd"] | None, category: str, visible_only: bool, dry_run: bool, strict: bool, as_json: bool,
) -> None:  # fmt: skip
    """Import a list: CSV, TSV, XLSX or ODS. What is left out is told with its row, column and reason."""
    from checkin.roster import FIELDS, check, guess, override, read_table

    _check_encoding(encoding)
    for choice in maps:
        field = choice.partition("=")[0].strip()
        if "=" not in choice or field not in {*FIELDS, "organization"}:
            raise click.UsageError(
                _("“{choice}” is no FIELD=COLUMN. The fields are: {fields}.").format(
                    choice=choice, fields=", ".join(FIELDS)
                )
            )
    with opened(context) as app:
        if category and app.event.category(category) is None:
            known = ", ".join(one.key for one in app.event.categories)
            raise CheckinError(
                _("There is no category “{key}”. This event has: {keys}.").format(key=category, keys=known)
            )
        table = read_table(file, sheet, encoding)
        mapping = guess(table.headers, [row.cells for row in table.sample])
        for choice in maps:
            mapping = override(mapping, table.headers, choice)
        mapping = replace(mapping, dates=dates, default_category=category)
        bar = _Bar(sys.stderr.isatty())
        preview = check(
            table, mapping, app.event, app.database, source=source, visible_only=visible_only, progress=bar.show
        )
        try:
            if not as_json:
                _describe(table, mapping)
            refused = strict and preview.rejected > 0
            if not dry_run and not refused:
                app.importer.apply(preview, progress=bar.show)
        finally:
            preview.discard()
            bar.end()
        _report(preview, as_json=as_json, written=not dry_run and not refused)
        if refused:
            say(_("Nothing was imported, because of --strict: correct these rows first."))
            context.exit(1)


@roster_group.command("find")
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many people.")
@json_option
@click.pass_context
def find_command(context: click.Context, text: str, limit: int, as_json: bool) -> None:
    """Find people: any words, any order, without accents, with a typing error or two. Best first."""
    with opened(context) as app:
        hits = app.search.find(text, limit)
        for hit in hits:
            if as_json:
                emit({**(attendee_json(hit.attendee) or {}), "score": hit.score})
            else:
                click.echo(_line(app, hit.attendee.display_name, hit.attendee.organisation, hit.attendee.country))
        if not hits:
            say(_("Nobody was found for “{text}”.").format(text=escape(text)))


def _line(app: App, *parts: str) -> str:
    return " · ".join(isolate(escape(part, 200)) for part in parts if part)


def _check_encoding(encoding: str | None) -> None:
    if encoding is None:
        return
    try:
        "name,ชื่อ".encode(encoding, "ignore").decode(
            encoding, "ignore"
        )  # LookupError too where it is no encoding of text
    except (LookupError, ValueError):
        raise CheckinError(
            _("There is no encoding “{name}”; write for example utf-8, cp874 or cp1252.").format(name=encoding)
        ) from None


def _describe(table: Table, mapping: Mapping) -> None:
    say(_("{name}: headings in row {row}.").format(name=table.path.name, row=table.header_row))
    for field, column in mapping.columns:
        say(f"  {field} = “{escape(table.headers[column])}”")
    if mapping.unused:
        say(_("Not used: {columns}").format(columns=", ".join(f"“{escape(one)}”" for one in mapping.unused)))


def _report(preview: Preview, *, as_json: bool, written: bool) -> None:
    if as_json:
        problems: list[dict[str, Any]] = [
            {"row": one.row, "column": one.column, "reason": one.reason, "severity": one.severity}
            for one in preview.problems
        ]
        emit({
            "added": preview.added, "updated": preview.updated, "unchanged": preview.unchanged,
            "rejected": preview.rejected, "problems": problems, "missing": preview.missing, "written": written,
        })  # fmt: skip
        return
    for one in preview.problems:
        place = _("row {row}").format(row=one.row) if one.row else _("file")
        mark = _("LEFT OUT") if one.severity == "rejected" else _("note")
        click.echo(" · ".join(filter(None, (f"{mark}: {place}", escape(one.column), one.reason))))
    if written and not preview.added and not preview.updated:
        click.echo(_("Nothing new and nothing changed."))
    summary = ngettext(
        "{added} new, {updated} changed, {unchanged} unchanged, {count} row left out.",
        "{added} new, {updated} changed, {unchanged} unchanged, {count} rows left out.",
        preview.rejected,
    )
    text = summary.format(
        added=preview.added, updated=preview.updated, unchanged=preview.unchanged, count=preview.rejected
    )
    click.echo(text if written else _("Would be: {summary}").format(summary=text))


class _Bar:
    """One line of progress on a terminal; nothing where standard error is a file."""

    def __init__(self, shown: bool) -> None:
        self._shown = shown
        self._last = -1

    def show(self, done: int, total: int) -> None:
        percent = done * 100 // max(total, 1)
        if self._shown and percent != self._last:
            self._last = percent
            sys.stderr.write(f"\r{percent:3d} % ")
            sys.stderr.flush()

    def end(self) -> None:
        if self._shown and self._last >= 0:
            sys.stderr.write("\r      \r")


COMMANDS = [roster_group]
