"""How this desk is set up: its name, its camera, how the window looks. One small JSON file in the event's data folder.

A file that is missing, cut short or edited by hand never keeps the desk from opening: what cannot be read becomes the
standard, and a sentence says so. A second file, in the user's own folder, remembers which event was open last.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, Literal, get_args

from checkin.errors import StorageError
from checkin.i18n import LANGUAGES, Language, _
from checkin.paths import DATABASE, SETTINGS, user_data
from checkin.texts import escape

Theme = Literal["light", "dark", "contrast"]
THEMES: Final[tuple[Theme, ...]] = get_args(Theme)
SCALES: Final = range(100, 201)
VOLUMES: Final = range(101)
DESK_NUMBERS: Final = range(1, 65_536)
"""The issuer of a badge is two bytes (SYNC.md "The badge")."""
MAX_NAME: Final = 60
AutoPrint = Literal["never", "once", "always"]
AUTO_PRINTS: Final[tuple[AutoPrint, ...]] = get_args(AutoPrint)
OFFSET_MM: Final = 20.0
"""How far, at most, a print is moved to meet the paper."""
LABELS: Final = range(-1, 100_000)
LABELS_WARN: Final = range(1_000)
NO_CAMERA: Final = "none"
POINTER: Final = "last-event.json"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that belongs to this desk and not to the event. Frozen: change it with `dataclasses.replace`."""

    desk: str = ""
    """The desk's name as every record shows it; empty: "Desk" and its number."""
    desk_number: int = 1
    """Unique among the desks of an event; it goes into the badges that are made here."""
    staff: str = ""
    language: Language = "en"
    theme: Theme = "light"
    scale: int = 100
    """Size of everything in the window, per cent."""
    muted: bool = False
    volume: int = 80
    """Per cent."""
    camera: str = ""
    """What checkin.scan.open_source takes; empty: the first camera there is; "none": no camera at all."""
    mirror: bool = True
    """Whether the preview is shown as in a mirror. What is decoded never is."""
    post_day: str = ""
    """The day (ISO) that was declared last; empty: none yet."""
    post_checkpoint: str = ""
    post_direction: Literal["in", "out"] = "in"
    printer: str = ""
    """What prints badges: the spooler's name of a printer, or "pdf:" and a folder; empty: none is chosen."""
    layout: str = "lanyard"
    """The badge layout's key."""
    offset_x_mm: float = 0.0
    """How far the print is moved to the right, and down, to meet the paper of this printer."""
    offset_y_mm: float = 0.0
    auto_print: AutoPrint = "once"
    """Whether a badge is printed after a check-in; "once": only if none of this person was printed yet."""
    labels_left: int = -1
    """How many labels the roll still has; -1: nobody counts."""
    labels_warn: int = 20
    """The desk is warned when so many are left."""
    backup_folder: str = ""
    """Where the backup goes when a day is closed; empty: the folder “backups” of the data folder."""
    day_asked: str = ""
    """The clock's date (ISO) on which staff last said which day is counted; empty: never."""

    @property
    def desk_name(self) -> str:
        """The desk's name, never empty."""
        return self.desk or f"Desk {self.desk_number}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings and, where something in their file was not understood, the sentence that says so."""

    settings: Settings
    notice: str = ""


def load(folder: Path) -> Loaded:
    """Read the settings of the data folder `folder`. Never fails: what cannot be read becomes the standard."""
    path = folder / SETTINGS
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        # Nothing is missed in a folder that was never used.
        return Loaded(Settings(), _lost() if (folder / DATABASE).exists() else "")
    except (OSError, ValueError, RecursionError):
        return Loaded(Settings(), _lost())
    if not isinstance(data, dict):
        return Loaded(Settings(), _lost())
    good = {name: value for name, value in data.items() if name in _VALID and _VALID[name](value)}
    bad = sorted(name for name in data if name in _VALID and name not in good)
    return Loaded(Settings(**good), _partly_lost(bad) if bad else "")


def save(folder: Path, settings: Settings) -> None:
    """Write the settings whole or not at all. Raises StorageError; the file that was there is then still there."""
    try:
        _write(folder / SETTINGS, asdict(settings))
    except OSError as error:
        raise StorageError(
            _(
                "The settings could not be saved in {folder}: {detail}. The old ones are still there; no scan is lost."
            ).format(folder=folder, detail=error.strerror or error)
        ) from error


def last_folder() -> Path | None:
    """Return the data folder that was open last; None where there was none or it holds no event any more."""
    try:
        data = json.loads((user_data() / POINTER).read_text("utf-8"))
        folder = Path(data["folder"])
        return folder if (folder / DATABASE).is_file() else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def remember_folder(folder: Path) -> None:
    """Note `folder` as the one to open next time. Where that cannot be written, the next start asks instead."""
    try:
        _write(user_data() / POINTER, {"folder": str(folder.absolute())})
    except OSError:
        _log.info("the last opened folder could not be noted")


def checked(settings: Settings) -> Settings:
    """Return `settings` with names trimmed and shortened and numbers brought into their range."""
    return replace(
        settings,
        desk=" ".join(settings.desk.split())[:MAX_NAME],
        staff=" ".join(settings.staff.split())[:MAX_NAME],
        desk_number=_within(settings.desk_number, DESK_NUMBERS),
        scale=_within(settings.scale, SCALES),
        volume=_within(settings.volume, VOLUMES),
        offset_x_mm=_offset(settings.offset_x_mm),
        offset_y_mm=_offset(settings.offset_y_mm),
        labels_left=_within(settings.labels_left, LABELS),
        labels_warn=_within(settings.labels_warn, LABELS_WARN),
    )


def _within(number: int, allowed: range) -> int:
    return min(max(number, allowed.start), allowed.stop - 1)


def _offset(mm: float) -> float:
    """Return an offset within its range, in tenths of a millimetre."""
    return round(min(max(mm, -OFFSET_MM), OFFSET_MM), 1) + 0.0  # never -0.0


def _lost() -> str:
    return _(
        "The settings of this desk could not be read, so it starts with the standard ones. No scan is lost. "
        "Look at the desk’s name, the staff name and the camera under Settings."
    )


def _partly_lost(names: list[str]) -> str:
    return _(
        "These settings could not be read and are back to the standard: {names}. No scan is lost. "
        "Put them right under Settings."
    ).format(names=escape(", ".join(names), 200))


def _write(path: Path, data: dict[str, Any]) -> None:
    """Write JSON to a temporary file beside `path`, to the disk itself, then put it in the place of `path`."""
    import tempfile  # not needed before the first paint

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, indent=2)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 4096 and "\0" not in value


def _name(value: object) -> bool:
    return isinstance(value, str) and len(value) <= MAX_NAME and value.isprintable()


def _flag(value: object) -> bool:
    return isinstance(value, bool)


def _number(allowed: range) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and value in allowed


def _millimetres(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and -OFFSET_MM <= value <= OFFSET_MM


def _one_of(*allowed: str) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and value in allowed


def _day(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        return value == "" or date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


_VALID: Final[dict[str, Callable[[object], bool]]] = {
    "desk": _name,
    "desk_number": _number(DESK_NUMBERS),
    "staff": _name,
    "language": _one_of(*LANGUAGES),
    "theme": _one_of(*THEMES),
    "scale": _number(SCALES),
    "muted": _flag,
    "volume": _number(VOLUMES),
    "camera": _text,
    "mirror": _flag,
    "post_day": _day,
    "post_checkpoint": _name,
    "post_direction": _one_of("in", "out"),
    "printer": _text,
    "layout": _name,
    "offset_x_mm": _millimetres,
    "offset_y_mm": _millimetres,
    "auto_print": _one_of(*AUTO_PRINTS),
    "labels_left": _number(LABELS),
    "labels_warn": _number(LABELS_WARN),
    "backup_folder": _text,
    "day_asked": _day,
}
if set(_VALID) != {field.name for field in fields(Settings)}:  # pragma: no cover
    raise AssertionError("every setting needs its check")
