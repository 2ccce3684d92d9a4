"""Look at a file before any library does: is it there, is it a table at all, and which kind, by content not by name."""

from __future__ import annotations

import os
import re
import stat
import zipfile
from pathlib import Path
from typing import Final

from checkin.errors import RosterFileError
from checkin.i18n import _

_OFFLINE: Final = 0x1000 | 0x40000 | 0x400000
"""Windows: FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN, _RECALL_ON_DATA_ACCESS: the bytes are in the cloud, not here."""
_DATALESS: Final = 0x40000000
"""macOS: SF_DATALESS, the same for iCloud and OneDrive."""

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_CONTROLS: Final = re.compile(rb"[\x01-\x08\x0e-\x19\x1b-\x1f\x7f]")
_NO_TABLES: Final = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3", "SQLite"),
    (b"\x1f\x8b", "GZIP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
)


def kind_of(path: Path) -> str:
    """Return "xlsx", "ods" or "text". Raises RosterFileError, one sentence each, for whatever else it is."""
    name = path.name
    try:
        _on_disk(path)
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError:
        raise RosterFileError(_("There is no file “{name}”. Check its name and folder.").format(name=name)) from None
    except OSError as error:
        raise RosterFileError(
            _("“{name}” cannot be read ({reason}). Close it in other programs and check its permissions.").format(
                name=name, reason=error.strerror or type(error).__name__
            )
        ) from error
    if not head:
        raise RosterFileError(_("“{name}” is empty (0 bytes). Nothing was imported.").format(name=name))
    if head.startswith(_OLE):
        raise RosterFileError(_ole(path, head))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path)
    for magic, what in _NO_TABLES:
        if head.startswith(magic):
            raise RosterFileError(
                _("“{name}” is a {what} file, not a table. Export the list as XLSX or CSV.").format(
                    name=name, what=what
                )
            )
    _no_markup(name, head)
    if _binary(head):
        raise RosterFileError(
            _("“{name}” holds no text and no table that is known. Save the list as XLSX or CSV.").format(name=name)
        )
    return "text"


def _on_disk(path: Path) -> None:
    status = os.stat(path)  # noqa: PTH116 - one call, and a test stands in for it
    if stat.S_ISDIR(status.st_mode):
        raise RosterFileError(_("“{name}” is a folder. Choose the list itself.").format(name=path.name))
    if not stat.S_ISREG(status.st_mode):
        raise RosterFileError(_("“{name}” is no ordinary file. Choose the list itself.").format(name=path.name))
    if getattr(status, "st_file_attributes", 0) & _OFFLINE or getattr(status, "st_flags", 0) & _DATALESS:
        raise RosterFileError(
            _(
                "“{name}” is only in the cloud (OneDrive or the like), not on this computer. In the file manager choose"
                " “Always keep on this device”, wait until it is there, and import again."
            ).format(name=path.name)
        )


def _ole(path: Path, head: bytes) -> str:
    with path.open("rb") as file:
        data = head + file.read(1 << 20)
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _("“{name}” is protected by a password. Save it without one and import again.").format(name=path.name)
    return _(
        "“{name}” has the old format of Excel 97–2003 (.xls). Open it in Excel or LibreOffice, save it as .xlsx and"
        " import that."
    ).format(name=path.name)


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise RosterFileError(
            _("“{name}” is damaged: it was cut short or changed on its way. Ask for it again.").format(name=path.name)
        ) from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if "xl/workbook.bin" in names:
        what = "XLSB"
    elif any(entry.startswith("word/") for entry in names):
        what = "Word"
    elif any(entry.startswith("ppt/") for entry in names):
        what = "PowerPoint"
    elif any(entry.startswith("Index/") or entry.endswith(".iwa") for entry in names):
        what = "Numbers"
    elif "[Content_Types].xml" in names:
        return "xlsx"
    else:
        what = "ZIP"
    raise RosterFileError(
        _("“{name}” is a {what} file, which holds no table that can be read. Save the list as XLSX or CSV.").format(
            name=path.name, what=what
        )
    )


def _binary(head: bytes) -> bool:
    """Say whether these bytes are no text in any encoding: control characters that no list has, in number.

    NUL is left out (UTF-16 is half of it, and some systems write it for empty cells), and so is Ctrl-Z.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) or head.count(0) * 4 > len(head):
        return False
    return len(_CONTROLS.findall(head)) > max(16, len(head) // 50)


def _no_markup(name: str, head: bytes) -> None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:512].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")):
        what = "HTML"
    elif start.startswith(b"<?xml"):
        what = "XML"
    elif start.startswith((b"[{", b'{"')):
        what = "JSON"
    else:
        return
    raise RosterFileError(
        _("“{name}” holds {what}, whatever its name says. Open it in Excel and save it as XLSX or CSV.").format(
            name=name, what=what
        )
    )
