"""A disk that loses power: every write below SQLite is recorded, and any state a cut may leave can be made of the record.

Between two syncs of a file a disk may have done any of the writes, in any order, and of one only some sectors. What was
synced is there. The same statements as the desk's run through apsw, whose VFS can be written in Python; the log-shared
memory cannot, so the file is locked for one connection (SQLite then keeps the index of the log on the heap).
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import apsw

from checkin.db.engine import _FastWrite

SECTOR = 512


@dataclass(frozen=True, slots=True)
class Op:
    """One thing that was asked of the disk, or an acknowledgement that a person saw."""

    what: Literal["write", "truncate", "sync", "delete", "green"]
    file: str = ""
    offset: int = 0
    data: bytes = b""
    record: str = ""


@dataclass
class Disk:
    """What was asked of the disk since `files` were its content."""

    files: dict[str, bytes]
    ops: list[Op] = field(default_factory=list)

    def image(self, at: int, chance: random.Random) -> dict[str, bytes]:
        """Return the files as a cut after `at` operations may leave them."""
        found: dict[str, bytearray] = {name: bytearray(data) for name, data in self.files.items()}
        pending: dict[str, list[Op]] = {}
        for op in self.ops[:at]:
            if op.what in {"write", "truncate"}:
                pending.setdefault(op.file, []).append(op)
            elif op.what == "sync":
                for done in pending.pop(op.file, ()):
                    _apply(found, done)
            elif op.what == "delete":  # closing only: the log is empty then
                pending.pop(op.file, None)
                found.pop(op.file, None)
        for name in sorted(pending):
            _lose(found, pending[name], chance)
        return {name: bytes(data) for name, data in found.items()}

    def greens(self, at: int) -> list[str]:
        """Return the records whose light was green when the power went."""
        return [op.record for op in self.ops[:at] if op.what == "green"]


def _apply(files: dict[str, bytearray], op: Op, data: bytes | None = None) -> None:
    content = files.setdefault(op.file, bytearray())
    if op.what == "truncate":
        del content[op.offset :]
        return
    data = op.data if data is None else data
    end = op.offset + len(data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[op.offset : end] = data


def _lose(files: dict[str, bytearray], ops: list[Op], chance: random.Random) -> None:
    """Do some of what was never synced: all, none, a few in another order, the last of them torn between sectors."""
    kept = [op for op in ops if chance.random() < chance.choice((0.0, 0.5, 1.0))]
    if chance.random() < 0.5:
        chance.shuffle(kept)
    for op in kept:
        if op.what == "write" and len(op.data) > SECTOR and chance.random() < 0.3:
            for start in range(0, len(op.data), SECTOR):
                if chance.random() < 0.5:
                    piece = Op("write", op.file, op.offset + start, op.data[start : start + SECTOR])
                    _apply(files, piece)
        else:
            _apply(files, op)


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, filename: Any, flags: list[int]) -> None:
        super().__init__("", filename, flags)
        path = filename if isinstance(filename, str) else filename.filename()
        self._disk, self._name = disk, Path(path).name

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._disk.ops.append(Op("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._disk.ops.append(Op("truncate", self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._disk.ops.append(Op("sync", self._name))
        super().xSync(flags)


class _Vfs(apsw.VFS):
    def __init__(self, name: str, disk: Disk) -> None:
        super().__init__(name, "")
        self._disk = disk

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _File(self._disk, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self._disk.ops.append(Op("delete", Path(filename).name))
        super().xDelete(filename, syncdir)


class RecordedDatabase:
    """As much of checkin.db.engine.Database as a scan needs, on a recorded disk."""

    def __init__(self, path: Path, disk: Disk, synchronous: str) -> None:
        """Open a file that a real Database made and closed."""
        self.path = path
        self._lock = threading.RLock()
        name = f"recorded{id(disk)}"
        self._vfs = _Vfs(name, disk)
        self._raw = apsw.Connection(str(path), vfs=name)
        for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=WAL", f"synchronous={synchronous}", "secure_delete=ON"):
            self._raw.execute(f"PRAGMA {pragma}").fetchall()

    def write_fast(self) -> _FastWrite:
        """Give the transaction of Database.write_fast."""
        return _FastWrite(self._lock, lambda: self._raw, lambda error: None)

    def checkpoint(self) -> None:
        """Fold the log into the file, as SQLite does by itself every thousand pages."""
        self._raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def close(self) -> None:
        """Close the connection and forget the VFS."""
        self._raw.close()
        self._vfs.unregister()


@contextmanager
def recorded(path: Path, synchronous: str = "FULL") -> Iterator[tuple[RecordedDatabase, Disk]]:
    """Open a closed event file on a disk that remembers everything."""
    disk = Disk({path.name: path.read_bytes()})
    database = RecordedDatabase(path, disk, synchronous)
    try:
        yield database, disk
    finally:
        database.close()
