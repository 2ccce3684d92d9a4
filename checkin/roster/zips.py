"""Zip files from outside: refuse bombs before anything is unpacked, and unpack with a limit.

The directory of a zip file may lie about sizes, so each part that a library will read is first inflated here, in
pieces and without keeping it, and must give exactly as many bytes as the directory says.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from checkin.errors import RosterFileError
from checkin.i18n import _

TOTAL_LIMIT = 1 << 30
"""Bytes that all parts together may unpack to."""
RATIO_LIMIT = 100
RATIO_FROM = 32 << 20
"""A part smaller than this when unpacked does no harm at any ratio."""
ENTRY_LIMIT = 200_000

_PIECE = 1 << 20


def examine(path: Path) -> dict[str, zipfile.ZipInfo]:
    """Return the parts by name. Raises RosterFileError for a bomb, an encrypted or a damaged file.

    Names that lead out of the folder (“../”, “/”, a drive) are left out: nothing is ever unpacked to disk, and no part
    of a table has such a name.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise RosterFileError(damaged(path)) from error
    total = sum(entry.file_size for entry in entries)
    size = max(path.stat().st_size, 1)
    packed = any(
        entry.file_size > RATIO_FROM and entry.file_size > RATIO_LIMIT * max(entry.compress_size, 1)
        for entry in entries
    )
    if (
        total > TOTAL_LIMIT
        or packed
        or len(entries) > ENTRY_LIMIT
        or (total > RATIO_FROM and total > RATIO_LIMIT * size)
    ):
        raise RosterFileError(
            _(
                "“{name}” would unpack to {size} MB: far more than a list of people holds, so it was not opened. Nothing"
                " was imported; copy the list into a new file and save it again."
            ).format(name=path.name, size=total >> 20)
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise RosterFileError(
            _("“{name}” is protected by a password. Save it without one and import again.").format(name=path.name)
        )
    return {entry.filename: entry for entry in entries if is_inside(entry.filename)}


def is_inside(name: str) -> bool:
    """Say whether a part's name stays inside the archive."""
    parts = name.replace("\\", "/").split("/")
    return not name.startswith(("/", "\\")) and ".." not in parts and ":" not in parts[0]


def pieces(path: Path, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield one part unpacked, at most 1 MB at a time. Raises RosterFileError where its size is not what it says."""
    done = 0
    with path.open("rb") as file:
        file.seek(entry.header_offset)
        header = file.read(30)
        if len(header) < 30 or header[:4] != b"PK\x03\x04":
            raise RosterFileError(damaged(path))
        name_length, extra_length = struct.unpack("<HH", header[26:30])
        file.seek(name_length + extra_length, 1)
        for piece in _unpacked(file, entry, path):
            done += len(piece)
            if done > entry.file_size:
                break
            yield piece
    if done != entry.file_size:
        raise RosterFileError(damaged(path))


def _unpacked(file: object, entry: zipfile.ZipInfo, path: Path) -> Iterator[bytes]:
    left = entry.compress_size
    inflate = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    if inflate is None and entry.compress_type != zipfile.ZIP_STORED:
        raise RosterFileError(damaged(path))
    while left > 0:
        packed = file.read(min(left, _PIECE >> 2))  # type: ignore[attr-defined]
        if not packed:
            return
        left -= len(packed)
        if inflate is None:
            yield packed
            continue
        while packed:
            try:
                piece = inflate.decompress(packed, _PIECE)
            except zlib.error as error:
                raise RosterFileError(damaged(path)) from error
            packed = inflate.unconsumed_tail
            if piece:
                yield piece
    if inflate is not None and (rest := inflate.flush()):
        yield rest


def whole(path: Path, entry: zipfile.ZipInfo, limit: int = 64 << 20) -> bytes:
    """Return one small part, unpacked and checked. Raises RosterFileError above `limit` bytes or with a DTD inside.

    No part of a spreadsheet has a document type; one that has it wants to blow up an XML reader.
    """
    if entry.file_size > limit:
        raise RosterFileError(damaged(path))
    data = b"".join(pieces(path, entry))
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:65536]:
        raise RosterFileError(damaged(path))
    return data


def damaged(path: Path) -> str:
    """Return the sentence for a file that cannot be read to its end."""
    return _("“{name}” is damaged: it was cut short or changed on its way. Ask for it again.").format(name=path.name)
