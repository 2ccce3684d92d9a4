"""A hub's folder as a disk sees it: which names are ours, the lock, whole writes, and a sentence for each failure."""

from __future__ import annotations

import errno
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from checkin.errors import HubError, HubRefusedError, HubUnreachableError, HubUrlError
from checkin.i18n import _
from checkin.sync.bundle import MAX_FILE, Kind, Manifest
from checkin.whole_file import replacing, sync

HUB_FILE: Final = "checkin-hub.json"
_LOCK_FILE: Final = "checkin-hub.lock"
_LOCK_S: Final = 10.0
_BUNDLE: Final = re.compile(r"([0-9a-f]{32})\.([0-9]{8,12})-([0-9]{8,12})\.([0-9a-f]{16})(\.fork)?\.bundle")
CARD: Final = re.compile(r"([0-9a-f]{32})\.card")
EDITION: Final = re.compile(r"([0-9a-f]{32})\.edition")
CHUNK: Final = re.compile(r"([0-9a-f]{64})\.chunk")
DESK: Final = re.compile(r"([0-9a-f]{64})\.desk")
REVOKED: Final = re.compile(r"([0-9a-f]{64})\.revoked")
USED: Final = ".used"
"""Behind a desk's key: its enrolment was used."""

log = logging.getLogger(__name__)

_FULL: Final = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN: Final = {errno.EACCES, errno.EPERM, errno.EROFS}


@dataclass(frozen=True, slots=True)
class Found:
    """A file of ours, as it was listed."""

    name: str
    stamp: tuple[int, int]
    """(time of change in ns, size): another stamp, another content."""


@dataclass(frozen=True, slots=True)
class BundleName:
    """What a bundle's name says. It names its content, so that no clone's file takes the place of another's."""

    journal: str
    first: int
    last: int
    head: str
    """The first 16 hex digits of the last entry's hash."""
    kind: Kind

    def fits(self, manifest: Manifest) -> bool:
        """Say whether the file is what its name says: a renamed one is foreign."""
        return bundle_name(manifest) == self.text()

    def text(self) -> str:
        """Return the name."""
        fork = ".fork" if self.kind == "fork" else ""
        return f"{self.journal}.{self.first:08d}-{self.last:08d}.{self.head}{fork}.bundle"


def bundle_name(manifest: Manifest) -> str:
    """Return the name of a bundle's file."""
    return BundleName(
        manifest.journal.replace("-", ""), manifest.first, manifest.last, manifest.head.hex()[:16], manifest.kind
    ).text()


def parse_bundle_name(name: str) -> BundleName | None:
    """Return what a name says; None for all that is not ours (*.part, programs, copies that a cloud made)."""
    match = _BUNDLE.fullmatch(name)
    if match is None:
        return None
    return BundleName(match[1], int(match[2]), int(match[3]), match[4], "fork" if match[5] else "entries")


def path_of(url: str) -> Path:
    """Return the folder that `folder:PATH` names. Raises HubUrlError."""
    text = url.partition(":")[2]
    if text.startswith("///"):
        text = text[2:]
    if not text.strip() or "\0" in text:
        raise HubUrlError(_("No folder is named. Write folder:PATH, with the path of a shared folder or a stick."))
    return Path(text).expanduser()


class HubFolder:
    """The folder. Everything the disk does ends as a HubError with one sentence."""

    def __init__(self, path: Path) -> None:
        """`path` need not exist yet; its parent must, so that a stick that is not plugged in is not taken for a folder."""
        self.path = path

    def make(self) -> None:
        """Make the folder where its parent is there."""
        if self.path.is_dir():
            return
        with self.explained():
            self.path.mkdir()
            sync(self.path.parent)

    def listed(self) -> Iterator[Found]:
        """Yield the regular files in the folder whose name may be ours; none is opened, no link is followed."""
        with self.explained(), os.scandir(self.path) as entries:
            for entry in entries:
                if not entry.name.endswith((".bundle", ".card", ".edition", ".chunk", ".desk", ".revoked")):
                    continue
                with suppress(FileNotFoundError):  # replaced by a merged one meanwhile
                    if entry.is_file(follow_symlinks=False):
                        stat = entry.stat(follow_symlinks=False)
                        yield Found(entry.name, (stat.st_mtime_ns, stat.st_size))

    def stamp(self, name: str) -> tuple[int, int] | None:
        """Return a file's stamp, None where it is gone."""
        try:
            stat = (self.path / name).stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self.failure(error) from error
        return stat.st_mtime_ns, stat.st_size

    def read(self, name: str) -> bytes | None:
        """Return a file of ours, None where it is gone; of one that is too big to be ours, enough to see that."""
        try:
            with (self.path / name).open("rb") as file:
                return file.read(MAX_FILE + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self.failure(error) from error

    def read_one(self, name: str) -> bytes | None:
        """Return a file of ours among many, empty where the disk will not give this one: it must not hide the others."""
        try:
            return self.read(name)
        except HubError:
            if not self.path.is_dir():
                raise
            log.info("a file in the hub's folder cannot be read")
            return b""

    def write(self, name: str, data: bytes) -> None:
        """Write a file whole, onto the disk."""
        with self.explained(), replacing(self.path / name) as part:
            part.write_bytes(data)

    def delete(self, name: str) -> None:
        """Delete a file of ours, if it is there."""
        with self.explained():
            (self.path / name).unlink(missing_ok=True)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer, where the folder's file system can lock; where it cannot, names and chains must do."""
        if not self.path.is_dir():  # FileLock would make it, on the disk under a stick that is gone
            raise self.gone()
        lock = FileLock(self.path / _LOCK_FILE, timeout=_LOCK_S)
        held = True
        try:
            lock.acquire()
        except Timeout as error:
            raise HubUnreachableError(
                _(
                    "Another desk has been writing to “{folder}” for long. Every scan is safe here; it is tried again by itself."
                ).format(folder=self.path)
            ) from error
        except NotImplementedError:
            held = False
        except OSError as error:
            if error.errno not in {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL}:
                raise self.failure(error) from error
            held = False
        try:
            yield
        finally:
            if held:
                with suppress(OSError):
                    lock.release()

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn what the disk says into a sentence."""
        try:
            yield
        except OSError as error:
            raise self.failure(error) from error

    def failure(self, error: OSError) -> HubError:
        """Return the sentence for a failure: what is wrong, what is safe, what to do."""
        if error.errno in _FULL:
            return HubRefusedError(
                _(
                    "The disk of the hub’s folder “{folder}” is full. Every scan is safe on this laptop and what the hub had is"
                    " whole; free some space there, then sync again."
                ).format(folder=self.path)
            )
        if error.errno in _FORBIDDEN:
            return HubRefusedError(
                _(
                    "The hub’s folder “{folder}” is protected: it cannot be read or written. Every scan is safe on this laptop;"
                    " lift the protection, or choose another folder."
                ).format(folder=self.path)
            )
        if not self.path.is_dir():
            return self.gone()
        return HubUnreachableError(
            _(
                "The hub’s folder “{folder}” does not answer ({detail}). Every scan is safe on this laptop; it is tried again."
            ).format(folder=self.path, detail=error.strerror or type(error).__name__)
        )

    def no_hub(self) -> HubError:
        """Return the sentence for a path that holds no hub where there was one: nothing must be made there unasked."""
        return HubUnreachableError(
            _(
                "There is no hub in “{folder}”: the drive is not plugged in, the path is not right, or the folder was emptied."
                " Everything is safe on this laptop; plug the drive in or correct the path, or begin a new hub there with"
                " “checkin hub init”."
            ).format(folder=self.path)
        )

    def gone(self) -> HubError:
        """Return the sentence for a stick that was pulled out, or a drive that is not connected."""
        return HubUnreachableError(
            _(
                "The hub’s folder “{folder}” is not there. Every scan is safe on this laptop; plug the stick in or connect"
                " the shared drive, then sync again."
            ).format(folder=self.path)
        )
