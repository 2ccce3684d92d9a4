"""Write a file whole or not at all: under a temporary name first, then onto disk, then in one step to its place."""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from checkin.i18n import _

HOUR_S: Final = 3600.0
_PART: Final = re.compile(r"\.[0-9a-f]{12}\.part(-wal|-shm|-journal)?")
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.EIO}


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a temporary path beside `target`; what was written there takes its place at the end, flushed to disk.

    On any exception the temporary file is removed and `target` is what it was. OSErrors pass through; `explain` turns
    them into a sentence.
    """
    target = target.resolve()  # a link goes on pointing at the file, it is not replaced by one
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    part = target.with_name(f".{secrets.token_hex(6)}.part")
    try:
        yield part
        sync(part)
        part.replace(target)
        sync(target.parent)
    finally:
        with suppress(OSError):  # the stick may be gone
            part.unlink(missing_ok=True)


def remove_parts(folder: Path, older_s: float = 24 * HOUR_S) -> None:
    """Delete what `replacing` left in a folder when the program was killed: half a file, maybe with names in it."""
    with suppress(OSError):
        for path in folder.iterdir():
            if _PART.fullmatch(path.name) and time.time() - path.stat().st_mtime > older_s:
                path.unlink(missing_ok=True)


@contextmanager
def temporary_folder(prefix: str, older_s: float = 24 * HOUR_S) -> Iterator[Path]:
    """Give a folder that is gone at the end, with what was in it; one of this prefix that a kill left is deleted too."""
    with suppress(OSError):
        for old in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
            if old.is_dir() and not old.is_symlink() and time.time() - old.stat().st_mtime > older_s:
                shutil.rmtree(old, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=prefix) as folder:
        yield Path(folder)


def write_private(path: Path, text: str) -> None:
    """Write a file whole, readable by its owner only. Raises OSError; the old file is then still there."""
    with replacing(path) as part:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)


def sync(path: Path) -> None:
    """Put a file, or a folder's list of names, onto the disk. Windows cannot sync folders and does not need to."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def in_use(target: Path) -> bool:
    """Say whether a spreadsheet program has `target` open: Excel and LibreOffice each leave a file beside it."""
    return any(target.with_name(name).exists() for name in (f"~${target.name}", f".~lock.{target.name}#"))


def free_name(target: Path) -> Path:
    """Return a name like `target` that no file has yet: “list-2.xlsx”."""
    number = 2
    while (candidate := target.with_name(f"{target.stem}-{number}{target.suffix}")).exists():
        number += 1
    return candidate


def explain(error: OSError, target: Path) -> str:
    """Return one sentence on why `target` could not be written: what is wrong, what is safe, what to do."""
    if error.errno in _FULL:
        return _("The disk is full: “{name}” was not written. Free some space or choose another disk.").format(
            name=target.name
        )
    if error.errno == errno.EISDIR:
        return _("“{name}” is a folder. Nothing was written; name a file in it.").format(name=target.name)
    if error.errno in _FORBIDDEN and target.exists():
        return busy(target)
    if error.errno in _FORBIDDEN:
        return _("The folder “{folder}” cannot be written to. Nothing was written; choose another one.").format(
            folder=target.parent
        )
    if error.errno in _GONE:
        return _(
            "The folder “{folder}” is not there: nothing was written. Plug the disk in again, or choose another folder."
        ).format(folder=target.parent)
    return _("“{name}” could not be written ({detail}). Nothing was changed; try another folder.").format(
        name=target.name, detail=error.strerror or error
    )


def busy(target: Path) -> str:
    """Return the sentence for a file that another program holds open; it offers a free name."""
    return _(
        "“{name}” is open in another program or protected; it was left as it is. Close it there, or write to “{other}”."
    ).format(name=target.name, other=free_name(target).name)
