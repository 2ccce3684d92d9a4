"""Which layouts there are: those that are shipped, and the organiser's own in the folder `badges` of the data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from checkin.badges.layout import Layout
from checkin.badges.layout_file import read_layout
from checkin.errors import LayoutError
from checkin.i18n import _
from checkin.paths import resources

DEFAULT: Final = "lanyard"
FOLDER: Final = "badges"


def layouts(folder: Path | None) -> dict[str, Layout]:
    """Return every layout that can be read, by key; an organiser's file stands in for a shipped one of the same name.

    `folder` is the data folder, None where no event is open. What is wrong in the others: `broken`.
    """
    made: dict[str, Layout] = {}
    for key in files(folder):
        try:
            made[key] = layout(folder, key)
        except LayoutError:
            continue
    return made


def broken(folder: Path | None) -> dict[str, str]:
    """Return what is wrong in the layouts that cannot be read: a sentence by key."""
    problems: dict[str, str] = {}
    for key in files(folder):
        try:
            layout(folder, key)
        except LayoutError as error:
            problems[key] = str(error)
    return problems


def layout(folder: Path | None, key: str) -> Layout:
    """Return one layout. Raises LayoutError: there is none of that name (and which there are), or what is wrong in its file."""
    found = files(folder)
    return read_layout(_path(found, key), lambda name: read_layout(_path(found, name), _no_sheet_of_sheets))


def files(folder: Path | None) -> dict[str, Path]:
    """Return the layout files by key, the shipped ones first."""
    found = {path.stem: path for path in sorted((resources() / FOLDER).glob("*.toml"))}
    if folder is not None:
        found |= {path.stem: path for path in sorted((folder / FOLDER).glob("*.toml"))}
    return found


def _path(found: dict[str, Path], key: str) -> Path:
    if key not in found:
        raise LayoutError(
            _("There is no badge layout “{name}”. There are: {names}.").format(name=key, names=", ".join(found))
        )
    return found[key]


def _no_sheet_of_sheets(_name: str) -> Layout:
    raise LayoutError(_("“badge” must name a layout that is no sheet itself."))
