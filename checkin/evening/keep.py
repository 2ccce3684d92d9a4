"""The backup of an evening: copied, opened again, checked."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

from checkin.db.backup import back_up
from checkin.db.engine import Database
from checkin.domain.closing import StepKey, StepState
from checkin.errors import CancelledError, CheckinError, StorageError
from checkin.evening.run import Run
from checkin.evening.state import DayState, Kept, Step
from checkin.i18n import _
from checkin.whole_file import explain


def keep(database: Database, file: Path, run: Run, *, make_folder: bool) -> Step:
    """Copy the event into `file`. What does not work is a step that failed. Raises CancelledError.

    `make_folder`: the folder is the program's own; one that staff named has to be there.
    """
    folder = file.parent
    try:
        if make_folder:
            folder.mkdir(exist_ok=True)
        elif not folder.is_dir():
            raise StorageError(explain(FileNotFoundError(errno.ENOENT, ""), file))
        made = back_up(database, file, progress=run.part, cancelled=run.stopped)
    except CancelledError:
        raise
    except (CheckinError, OSError) as error:
        return Step(StepKey.BACKUP, StepState.FAILED, Kept(file, 0, same_disk=False, trouble=str(error)))
    here = False
    with suppress(OSError):
        here = file.stat().st_dev == database.path.stat().st_dev
    return Step(StepKey.BACKUP, StepState.DONE, Kept(made.file, made.entries, here))


def backup_trouble(state: DayState) -> str:
    """Return why a day was not closed whose backup failed."""
    found = state.step(StepKey.BACKUP).found
    trouble = found.trouble if isinstance(found, Kept) else ""
    return _("The backup failed, so the day was not closed. {why}").format(why=trouble)
