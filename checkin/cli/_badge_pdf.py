"""Badges from the terminal onto a PDF: looked at first, then issued, then drawn.

The entries are committed before the first page is drawn, so that no badge is ever on paper without its entry (a print
without an entry could not be replaced). Whatever can fail without having been printed - the layout, the folder, a code
that is too long for the layout - is found before that. What fails after it says how to get the same prints again.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from checkin.badges.code import code_for
from checkin.badges.content import BadgeContent, content, sample
from checkin.badges.layout import Layout
from checkin.badges.store import DEFAULT, layout
from checkin.cli._common import emit, say
from checkin.db import copies
from checkin.db.badges import issued
from checkin.domain.badge import DIGITS, IssuedBadge
from checkin.domain.event import Event
from checkin.errors import CheckinError, ExportError, LayoutError
from checkin.i18n import _, ngettext
from checkin.texts import isolate
from checkin.whole_file import explain

if TYPE_CHECKING:
    from checkin.app import App

EVERY_S = 0.5
"""Between two lines of progress."""
NAMED = 5
"""So many people are named where a remark holds for several."""


def print_badges(
    app: App, ids: Sequence[str], layout_name: str, target: Path, *, again: bool, as_json: bool
) -> list[str]:
    """Issue badges and draw them on `target`. Returns the ids that are nobody's: then nothing was issued.

    Raises CheckinError: nothing was issued, or it says how to print what was.
    """
    chosen = layout(app.folder, layout_name or DEFAULT)
    check_place(target)
    missing = look_first(app, ids, chosen)
    if missing:
        return missing
    try_drawing(app.event, chosen)
    badges = app.registrar.issue_badges(ids, same=again)
    copies.note_written(app.database, "badges", target, app.desk.scribe.now_ms())
    contents = [content(app.event, badge.attendee, badge.text) for badge in badges]
    try:
        draw(target, chosen, contents)
    except (CheckinError, KeyboardInterrupt) as error:
        why = str(error) or _("Stopped: no file was written.")
        raise ExportError(
            _("{why} The badges are recorded as issued; to get the same ones, add --again to the command.").format(
                why=why
            )
        ) from error
    say_remarks(app.event, chosen, badges, again=again)
    say(
        ngettext("{n} badge written to “{file}”.", "{n} badges written to “{file}”.", len(badges)).format(
            n=len(badges), file=target
        )
    )
    if as_json:
        for badge in badges:
            emit({"attendee": badge.attendee.id, "text": badge.text, "revision": badge.revision})
    return []


def check_place(target: Path) -> None:
    """Raise ExportError where `target` cannot be written: before anything is issued for it."""
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        with tempfile.TemporaryFile(dir=target.resolve().parent):
            pass
    except OSError as error:
        raise ExportError(explain(error, target)) from error


def draw(target: Path, chosen: Layout, contents: Sequence[BadgeContent]) -> None:
    """Draw badges on a PDF and show how far it has come. Raises ExportError and LayoutError."""
    from checkin.ui.painting.badge_pdf import write_pdf
    from checkin.ui.painting.headless import program

    program()
    with _Progress(len(contents)) as progress:
        write_pdf(target, chosen, contents, progress=progress.show)


def look_first(app: App, ids: Sequence[str], chosen: Layout) -> list[str]:
    """Return the ids that are nobody's. Raises LayoutError for a code that is too long for the layout."""
    found: set[str] = set()
    with app.database.read() as connection:
        for one in issued(connection, ids):
            found.add(one.attendee.id)
            try:
                code_for(chosen, one.attendee.badge_code or "0" * DIGITS)
            except LayoutError as error:
                name = isolate(one.attendee.display_name)
                raise LayoutError(
                    _("{name}: {problem} Nothing was printed.").format(name=name, problem=error)
                ) from error
    return [uid for uid in dict.fromkeys(ids) if uid not in found]


def try_drawing(event: Event, chosen: Layout) -> None:
    """Draw nobody's badge once: a logo that cannot be read is found before anything is issued. Raises LayoutError."""
    from checkin.ui.painting.badge import badge_image
    from checkin.ui.painting.headless import program

    program()
    badge_image(chosen, sample(event), dpi=30)


def say_remarks(event: Event, chosen: Layout, badges: Sequence[IssuedBadge], *, again: bool) -> None:
    """Say what is to be known of these prints: letters that are missing or small, badges that are replaced."""
    for remark in _remarks(chosen, badges, [content(event, badge.attendee, badge.text) for badge in badges]):
        say(remark)
    replaced = sum(badge.revision > 0 for badge in badges)
    if replaced and not again:
        say(
            ngettext(
                "{n} badge had been printed before: the older one shows “replaced” from now on.",
                "{n} badges had been printed before: the older ones show “replaced” from now on.",
                replaced,
            ).format(n=replaced)
        )


def _remarks(chosen: Layout, badges: Sequence[IssuedBadge], contents: Sequence[BadgeContent]) -> Iterator[str]:
    """Yield each remark once, with the people whom it concerns."""
    from checkin.ui.painting.badge import missing_glyphs, missing_sentence, small_sentence, too_small

    letters: dict[str, list[str]] = {}
    small: dict[str, list[str]] = {}
    for badge, said in zip(badges, contents, strict=True):
        for found, lost in ((letters, missing_glyphs(said)), (small, too_small(chosen, said))):
            for one in lost:
                found.setdefault(one, []).append(badge.attendee.display_name)
    for found, sentence in ((letters, missing_sentence("".join(letters))), (small, small_sentence(list(small)))):
        if found:
            names = list(dict.fromkeys(name for who in found.values() for name in who))
            yield f"{', '.join(_some(names))}: {sentence}"


def _some(names: Sequence[str]) -> Iterator[str]:
    yield from (isolate(name) for name in names[:NAMED])
    if len(names) > NAMED:
        yield _("{n} more").format(n=len(names) - NAMED)


class _Progress:
    """How far it has come, on standard error: one line that changes on a terminal, a line now and then in a file."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._terminal = sys.stderr.isatty()
        self._last = time.monotonic()
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._terminal and self._shown:
            click.echo(err=True)

    def show(self, done: int) -> None:
        now = time.monotonic()
        if done < self._total and now - self._last < EVERY_S:
            return
        self._last, self._shown = now, True
        text = _("{done} of {all} badges").format(done=done, all=self._total)
        click.echo(f"\r{text}" if self._terminal else text, nl=not self._terminal, err=True)
