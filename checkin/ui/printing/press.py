"""One print from the badge to the paper, step by step. Blocks for seconds: on a worker thread, one step at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from checkin.badges import store
from checkin.badges.content import content, sample
from checkin.badges.layout import Layout
from checkin.db import print_log
from checkin.db.print_log import NewPrint, PrintRow
from checkin.domain.badge import IssuedBadge
from checkin.domain.journal import operator_hash
from checkin.errors import CheckinError, LayoutError
from checkin.printing.folder import PREFIX, FolderSpooler
from checkin.printing.spooler import ENDED, JobState, Spooler, SpoolError
from checkin.settings import Settings
from checkin.ui.painting.badge_pdf import write_pdf
from checkin.ui.printing.system import system_spooler
from checkin.whole_file import temporary_folder
from checkin.wording.printing import first_trouble

if TYPE_CHECKING:
    from checkin.app import App

SLOW_S: Final = 15.0
"""A job that nobody complains of and that is not printed by then is called stuck."""
Fate = Literal["came_out", "never", "unknown"]
_NEVER: Final = frozenset({
    "no_printer", "no_spooler", "missing", "paused", "rejecting", "refused", "layout", "pdf", "interrupted",
    "taken_back", "program",
})  # fmt: skip
"""Why a failed print is sure not to be on paper."""


def fate(row: PrintRow | None) -> Fate:
    """Say whether a print is on paper, as far as anybody knows."""
    if row is None:
        return "never"
    if row.state in {"printed", "saved"}:
        return "came_out"
    return "never" if row.state == "failed" and row.detail.partition("\n")[0] in _NEVER else "unknown"


def hinders(row: PrintRow | None, printer: str) -> bool:
    """Say whether a print, settled, keeps its badge from being printed on `printer`: it may still come out there.

    Of one that may still come out elsewhere a new revision makes an old badge.
    """
    return row is not None and row.state in print_log.OPEN and not (row.state == "stuck" and row.printer != printer)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of handing over a badge: the row, and whether it stood in the way of a new one."""

    row: PrintRow
    in_the_way: bool = False


class Press:
    """Draws, asks before, hands over, asks after, takes back; each step is in the print log before it counts."""

    def __init__(self, app: App, spooler: Spooler | None = None) -> None:
        """`spooler`: what prints where the printer is no folder; None: the system's own."""
        self._app = app
        self._system = spooler or system_spooler()
        self._folder = FolderSpooler()

    def spooler(self, printer: str) -> Spooler:
        """Return who prints for a printer of the settings."""
        return self._folder if printer.startswith(PREFIX) else self._system

    def send(self, badge: IssuedBadge | None, settings: Settings, *, again: bool = False) -> Sent:
        """Print a badge, without one the test label, on the printer of `settings`. Raises StorageError.

        A job of this same print that is stuck is taken back first; one that is under way, or (without `again`) came
        out, stands in the way.
        """
        new = self._new(badge, settings)
        begun = print_log.begin(self._app.database, new, again=again)
        if not begun.fresh and begun.row.state == "stuck":
            taken = self.take_back(begun.row)
            if taken.state != "failed":  # it came out meanwhile, or may still do so
                return Sent(taken, in_the_way=True)
            begun = print_log.begin(self._app.database, new, again=again)
        if not begun.fresh:
            return Sent(begun.row, in_the_way=True)
        try:
            return Sent(self._hand_over(begun.row, badge, settings))
        except Exception:
            self._close(begun.row, "program")
            raise

    def save(self, badge: IssuedBadge, path: Path, settings: Settings) -> Sent:
        """Write a badge to a PDF file. Raises StorageError; what was at `path` before is there where it failed."""
        new = self._new(badge, settings, printer=f"{PREFIX}{path.parent}")
        row = print_log.begin(self._app.database, new, again=True).row
        try:
            layout = store.layout(self._app.folder, settings.layout)
            write_pdf(path, layout, [content(self._app.event, badge.attendee, badge.text)])
        except LayoutError as error:
            return Sent(self._close(row, "layout", str(error)))
        except CheckinError as error:
            return Sent(self._close(row, "pdf", str(error)))
        return Sent(print_log.change(self._app.database, row.id, "saved", f"\n{path}", str(path)))

    def look(self, row: PrintRow, age_s: float) -> PrintRow:
        """Ask what became of a print that was sent `age_s` seconds ago, and write it down where it is new."""
        row = print_log.one(self._app.database, row.id)
        if row.state not in print_log.OPEN:  # taken back meanwhile
            return row
        if not row.spool:  # the program ended before anything was sent: the key is kept before the document goes
            return self._close(row, "interrupted")
        spooler = self.spooler(row.printer)
        job = spooler.job(row.printer, row.spool)
        if job.kind == "held" and "job-incoming" in job.reasons and age_s > SLOW_S:
            job = spooler.cancel(row.printer, row.spool)  # its document never came
            if job.kind == "canceled":
                return self._close(row, "interrupted")
        state, detail = self._ended(row, job) if job.kind in ENDED else self._under_way(row, job, age_s)
        if (state, detail) == (row.state, row.detail):
            return row
        return print_log.change(self._app.database, row.id, state, detail)

    def take_back(self, row: PrintRow) -> PrintRow:
        """Take a job out of the queue; the row is open still where the spooler does not confirm that."""
        if not row.spool:
            return self._close(row, "interrupted")
        spooler = self.spooler(row.printer)
        before = spooler.job(row.printer, row.spool)
        job = spooler.cancel(row.printer, row.spool)
        if job.kind == "canceled" and before.kind != "canceled":
            # What was on its way to the printer may lie there, half printed.
            key = "taken_back_late" if before.kind == "processing" else "taken_back"
            return print_log.change(self._app.database, row.id, "failed", key)
        state, detail = self._ended(row, job) if job.kind in ENDED else ("stuck", self._why(row, job))
        return print_log.change(self._app.database, row.id, state, detail)

    def settle(self, attendee_id: str) -> PrintRow | None:
        """Return the newest print of somebody's badge before a new one: asked for anew where open, taken back where stuck."""
        row = print_log.newest(self._app.database, attendee_id)
        if row is not None and row.state in {"waiting", "printing"}:
            row = self.look(row, 0.0)
        return self.take_back(row) if row is not None and row.state == "stuck" else row

    def unfinished(self) -> list[PrintRow]:
        """Return the prints that an earlier run of the program left open."""
        return print_log.unfinished(self._app.database)

    def _new(self, badge: IssuedBadge | None, settings: Settings, printer: str = "") -> NewPrint:
        app = self._app
        return NewPrint(
            at_ms=round(app.clock.now().timestamp() * 1000),
            attendee_id=badge.attendee.id if badge else "",
            issuer=badge.issuer if badge else 0,
            serial=badge.serial if badge else 0,
            revision=badge.revision if badge else 0,
            layout=settings.layout,
            printer=printer or settings.printer,
            operator=operator_hash(app.event.id, app.desk.staff),
        )

    def _hand_over(self, row: PrintRow, badge: IssuedBadge | None, settings: Settings) -> PrintRow:
        database = self._app.database
        if not row.printer:
            return self._close(row, "no_printer")
        try:
            layout = store.layout(self._app.folder, settings.layout)
        except LayoutError as error:
            return self._close(row, "layout", str(error))
        spooler = self.spooler(row.printer)
        state = spooler.check(row.printer, layout.page_mm)
        if state.kind != "ready":
            return self._close(row, state.kind, state.message)
        with temporary_folder("checkin-badge-") as folder:
            pdf = folder / "badge.pdf"
            try:
                self._draw(pdf, layout, badge, settings)
            except LayoutError as error:
                return self._close(row, "layout", str(error))
            except CheckinError as error:
                return self._close(row, "pdf", str(error))
            try:
                spooler.submit(
                    row.printer,
                    pdf,
                    title=title(row),
                    paper_mm=layout.page_mm,
                    opened=lambda key: print_log.change(database, row.id, "printing", "", key),
                )
            except SpoolError as error:
                return self._close(row, error.state.kind, error.state.message)
        return self.look(print_log.one(database, row.id), 0.0)

    def _draw(self, pdf: Path, layout: Layout, badge: IssuedBadge | None, settings: Settings) -> None:
        event = self._app.event
        shown = content(event, badge.attendee, badge.text) if badge else sample(event)
        write_pdf(pdf, layout, [shown], offset_mm=(settings.offset_x_mm, settings.offset_y_mm))

    def _ended(self, row: PrintRow, job: JobState) -> tuple[str, str]:
        if row.printer.startswith(PREFIX):
            return ("saved", f"\n{row.spool}") if job.kind == "completed" else ("failed", "gone")
        if job.kind == "completed":
            return "printed", ""
        if job.kind == "handed_over":
            return "printed", "handed_over"
        return "failed", _with_words(job.kind, job.message)

    def _under_way(self, row: PrintRow, job: JobState, age_s: float) -> tuple[str, str]:
        why = self._why(row, job)
        if not why and age_s > SLOW_S:
            why = _with_words("slow", job.message)
        return ("stuck", why) if why else ("printing", "")

    def _why(self, row: PrintRow, job: JobState) -> str:
        """Return why a job that has not ended does not come out; empty where nothing speaks against it."""
        if job.kind == "unknown":
            return "no_spooler"
        if job.kind == "stopped":
            return _with_words("stopped", job.message)
        if job.kind == "held" and "job-incoming" not in job.reasons:
            return "held"
        state = self.spooler(row.printer).check(row.printer)
        if state.kind in {"paused", "missing", "no_spooler"}:
            return state.kind
        return first_trouble(state.reasons)

    def _close(self, row: PrintRow, key: str, words: str = "") -> PrintRow:
        return print_log.change(self._app.database, row.id, "failed", _with_words(key, words))


def look_all(press: Press, rows: Sequence[tuple[PrintRow, float]]) -> list[PrintRow]:
    """Ask for all of them; where the spooler does not answer for one, the others wait for the next time."""
    seen: list[PrintRow] = []
    for row, age_s in rows:
        now = press.look(row, age_s)
        seen.append(now)
        if now.state == "stuck" and now.detail == "no_spooler":
            break
    return seen


def title(row: PrintRow) -> str:
    """Return what the queue shows to everybody who looks: no name of a person."""
    if not row.attendee_id:
        return f"Check-in test label {row.id}"
    return f"Check-in badge {row.issuer}-{row.serial}-{row.revision} ({row.id})"


def _with_words(key: str, words: str) -> str:
    return f"{key}\n{words[:500]}" if words else key
