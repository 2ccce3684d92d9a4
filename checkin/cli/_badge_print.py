"""Badges from the terminal onto paper: asked before, handed over, asked after, by the window's own press.

One badge after the other, each followed until the print system says what became of it: when one does not come out, nothing
more is sent, so that no heap of badges falls out of the printer an hour later. What can be found out before (the people, the
layout, the printer) is, so that no badge is replaced by one that cannot be printed.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from checkin.badges import store
from checkin.cli._badge_pdf import look_first, say_remarks, try_drawing
from checkin.cli._common import emit, say
from checkin.db import print_log
from checkin.db.badges import issued
from checkin.db.print_log import PrintRow
from checkin.domain.badge import IssuedBadge
from checkin.errors import CheckinError
from checkin.i18n import _, ngettext
from checkin.printing.folder import PREFIX, folder_printer
from checkin.settings import Settings
from checkin.texts import isolate
from checkin.ui.printing.press import Press, fate, hinders
from checkin.wording.printing import cause, labels_sentence, print_sentence, printer_sentence, state_word

if TYPE_CHECKING:
    from checkin.app import App

PATIENCE_S: Final = 2.5
"""A complaint that lasts so long is told; a printer that wakes up complains for a moment."""
LOOK_S: Final = (0.1, 0.5)
"""Between two questions to the print system: at first, and after some seconds."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of one badge."""

    state: str
    """A state of the print log."""
    printer: str
    sentence: str
    """What happened and what to do, for a person."""

    @property
    def came_out(self) -> bool:
        """Say whether the badge is on paper, or in its file, as far as this computer tells."""
        return self.state in {"printed", "saved"}

    @property
    def told(self) -> str:
        """The sentence as the terminal prints it: what did not come out says so first."""
        return self.sentence if self.came_out else f"{state_word(self.state)}. {self.sentence}"

    def as_dict(self) -> dict[str, str]:
        """Return what the command prints of it as JSON."""
        return {"state": self.state, "printer": self.printer, "sentence": self.sentence}


class Printing:
    """Prints single badges on one printer, in one layout."""

    def __init__(self, app: App, printer: str, layout_name: str) -> None:
        """`printer`, `layout_name`: empty for the desk's own. Raises LayoutError, or CheckinError: no printer is chosen."""
        from checkin.ui.painting.headless import program

        program()
        self._app = app
        if printer.startswith(PREFIX):  # the log keeps it, and another run may start elsewhere
            printer = folder_printer(Path(printer.removeprefix(PREFIX)).resolve())
        self._settings: Settings = replace(
            app.settings, printer=printer or app.settings.printer, layout=layout_name or app.settings.layout
        )
        if not self._settings.printer:
            named = _("Or name one: --print PRINTER. Nothing was changed.")
            raise CheckinError(f"{cause('no_printer', '')} {named}")
        self.layout = store.layout(app.folder, self._settings.layout)
        try_drawing(app.event, self.layout)
        self._press = Press(app)

    def check(self) -> None:
        """Raise CheckinError, with the cure, where the printer would not print now."""
        printer = self._settings.printer
        state = self._press.spooler(printer).check(printer, self.layout.page_mm)
        if state.kind != "ready":
            safe = _("Nothing was printed or changed.")
            raise CheckinError(f"{printer_sentence(state, printer)} {safe}")

    def one(self, badge: IssuedBadge, *, again: bool = False) -> Printed:
        """Print a badge and wait until it came out, failed, or is stuck."""
        sent = self._press.send(badge, self._settings, again=again)
        if sent.in_the_way:
            return self._in_the_way(sent.row)
        return self._told(self._follow(sent.row))

    def for_person(self, attendee_id: str, *, again: bool = False) -> tuple[IssuedBadge, Printed]:
        """Print somebody's badge: the first one, one that never came out as it was, else a new one that replaces it.

        `again`: the same one once more. What is on its way already is not printed a second time.
        """
        before = print_log.newest(self._app.database, attendee_id)
        row = self._press.settle(attendee_id)
        came_out_meanwhile = (
            before is not None and row is not None and before.state in print_log.OPEN and row.state == "printed"
        )
        if row is not None and (came_out_meanwhile or hinders(row, self._settings.printer)):
            if came_out_meanwhile:
                self._count_label()
            return self._app.registrar.badge_of(attendee_id), self._in_the_way(row)
        same = again or (row is not None and fate(row) == "never")
        badge = self._app.registrar.issue_badge(attendee_id, same=same)
        return badge, self.one(badge, again=same)

    def _follow(self, row: PrintRow) -> PrintRow:
        begun, complains_since = time.monotonic(), 0.0
        while row.state in print_log.OPEN:
            now = time.monotonic()
            if row.state != "stuck":
                complains_since = 0.0
            elif not complains_since:
                complains_since = now
            elif now - complains_since > PATIENCE_S:
                break
            time.sleep(LOOK_S[now - begun > PATIENCE_S])
            row = self._press.look(row, time.monotonic() - begun)
        return row

    def _told(self, row: PrintRow) -> Printed:
        if row.state == "printed":
            self._count_label()
        return Printed(row.state, row.printer, print_sentence(row.state, row.detail, row.printer))

    def _in_the_way(self, row: PrintRow) -> Printed:
        if row.state == "printed":
            text = _("It was printed already: add --again to print the same one once more.")
        else:
            once = _("It was not sent a second time.")
            text = f"{print_sentence(row.state, row.detail, row.printer)} {once}"
        return Printed(row.state, row.printer, text)

    def _count_label(self) -> None:
        settings = self._app.settings
        if settings.labels_left < 0:
            return
        left = max(settings.labels_left - 1, 0)
        self._app.save_settings(replace(settings, labels_left=left))
        if left <= settings.labels_warn:
            say(labels_sentence(left))


def print_badges(
    app: App, ids: Sequence[str], printer: str, layout_name: str, *, again: bool, missing: bool, as_json: bool
) -> tuple[list[str], bool]:
    """Print badges one after the other. Returns the ids that are nobody's (then nothing was printed), and whether all came out.

    Raises CheckinError: nothing was printed or issued.
    """
    printing = Printing(app, printer, layout_name)
    unknown = look_first(app, ids, printing.layout)
    if unknown:
        return unknown, False
    people = _people(app, ids, missing=missing)
    if not people:
        say(_("There is no badge to print."))
        return [], True
    printing.check()
    badges: list[IssuedBadge] = []
    for uid in people:
        badge, printed = printing.for_person(uid, again=again)
        badges.append(badge)
        _tell(badge, printed, as_json=as_json)
        if not printed.came_out:
            break
    say_remarks(app.event, printing.layout, badges, again=again)
    if not printed.came_out:
        _say_rest(len(people) - len(badges))
        return [], False
    say(ngettext("{n} badge came out.", "{n} badges came out.", len(people)).format(n=len(people)))
    return [], True


def _people(app: App, ids: Sequence[str], *, missing: bool) -> list[str]:
    with app.database.read() as connection:
        found = list(dict.fromkeys(one.attendee.id for one in issued(connection, ids)))
    if not missing:
        return found
    return [uid for uid in found if _is_missing(app, uid)]


def _is_missing(app: App, uid: str) -> bool:
    """Say whether nobody holds a badge of this person: none was made, or the last one here did not come out."""
    row = print_log.newest(app.database, uid)
    return row.state not in {"printed", "saved"} if row else not print_log.was_issued(app.database, uid)


def _tell(badge: IssuedBadge, printed: Printed, *, as_json: bool) -> None:
    if as_json:
        emit(
            {
                "attendee": badge.attendee.id,
                "text": badge.text,
                "revision": badge.revision,
                "print": printed.as_dict(),
            }
        )
        if not printed.came_out:
            say(printed.told)
        return
    click.echo(f"{isolate(badge.attendee.display_name)}: {printed.told}")


def _say_rest(left: int) -> None:
    if left:
        say(
            ngettext(
                "{n} more badge was not sent: with --missing the command goes on where it stopped.",
                "{n} more badges were not sent: with --missing the command goes on where it stopped.",
                left,
            ).format(n=left)
        )
