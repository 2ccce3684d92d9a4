"""Which encoding and delimiter a text file has.

The order that was right on 10 of 10 files out of Thai Excel: byte order mark, UTF-16 by its NUL pattern, strict UTF-8,
cp874 where the high bytes are Thai letters in runs, cp1252 where they are Western letters. A file that is UTF-8 but
for a few bytes stays UTF-8: its broken rows are told, never repaired in silence.
"""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from checkin.errors import RosterFileError
from checkin.i18n import _

LINE_LIMIT = 1 << 20
"""Bytes without a line end after which a file is no list of people any more."""

_CHUNK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_THAI = re.compile(rb"[\xa1-\xda\xdf-\xfb]")
_THAI_RUN = re.compile(rb"[\xa1-\xda\xdf-\xfb]{2,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_WESTERN = re.compile(
    rb"[\x80\x85\x8a\x8c\x8e\x91-\x97\x9a\x9c\x9e\x9f\xa0\xa1\xaa\xab\xad\xb0\xba\xbb\xbf-\xd6\xd8-\xf6\xf8-\xfe]"
)
_ESCAPED = re.compile("[\udc80-\udcff]")
_LETTERS = re.compile("[^\x00-\x7f]")
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec's name, whether it was guessed from the letters, and how many lines the file has, about."""

    codec: str
    guessed: bool
    lines: int
    broken: bool = False
    """Some bytes are no letters of it, or nobody has looked yet."""


def detect(path: Path) -> Encoding:
    """Read the whole file once and say how it is encoded. Raises RosterFileError for a line without an end."""
    with path.open("rb") as file:
        head = file.read(4096)
        codec = _by_mark(head) or _by_nuls(head)
        file.seek(0)
        if codec:
            return Encoding(codec, guessed=False, lines=_count_lines(file), broken=True)
        decoder = codecs.getincrementaldecoder("utf-8")("strict")
        lines = since = 0
        sound = True
        while chunk := file.read(_CHUNK):
            lines += _lines_of(chunk)
            since = _unended(chunk, since)
            sound = sound and _decodes(decoder, chunk)
        if sound and _decodes(decoder, b"", final=True):
            return Encoding("utf-8", guessed=False, lines=lines)
        file.seek(0)
        return _not_quite_utf8(file, lines)


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _not_quite_utf8(file: BinaryIO, lines: int) -> Encoding:
    """Weigh the letters of UTF-8 against the bytes that are none; the heavier side names the encoding."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    wrong = letters = 0
    high = bytearray()
    while chunk := file.read(_CHUNK):
        text = decoder.decode(chunk)
        bad = len(_ESCAPED.findall(text))
        wrong += bad
        letters += len(_LETTERS.findall(text)) - bad
        if bad and len(high) < _CHUNK:
            high += chunk
    if letters >= max(wrong, 1):
        return Encoding("utf-8", guessed=False, lines=lines, broken=True)
    return _eight_bit(bytes(high), lines)


def _eight_bit(data: bytes, lines: int) -> Encoding:
    high = len(_HIGH.findall(data))
    in_runs = sum(len(run) for run in _THAI_RUN.findall(data))
    if len(_THAI.findall(data)) >= 0.95 * high and in_runs >= 0.8 * high:
        return Encoding("cp874", guessed=True, lines=lines)
    if len(_WESTERN.findall(data)) == high:
        return Encoding("cp1252", guessed=True, lines=lines)
    return Encoding("utf-8", guessed=False, lines=lines, broken=True)


def _by_mark(head: bytes) -> str:
    return next((codec for mark, codec in _BOMS if head.startswith(mark)), "")


def _by_nuls(head: bytes) -> str:
    """Recognise UTF-16 without a mark: commas, digits and line ends leave a NUL in every second byte only."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd < max(2, len(head) // 40):
        return ""
    if odd >= 9 * even:
        return "utf-16-le"
    return "utf-16-be" if even >= 9 * odd else ""


def _count_lines(file: BinaryIO) -> int:
    lines = since = 0
    while chunk := file.read(_CHUNK):
        lines += _lines_of(chunk)
        since = _unended(chunk, since)
    return lines


def _lines_of(chunk: bytes) -> int:
    return max(chunk.count(b"\n"), chunk.count(b"\r"))


def _unended(chunk: bytes, since: int) -> int:
    """Return how many bytes stand after the last line end, `since` of them before this chunk."""
    last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
    since = since + len(chunk) if last < 0 else len(chunk) - last
    if since > LINE_LIMIT:
        raise RosterFileError(
            _(
                "This file has a line of more than one million characters, so it is no list of people. Nothing was"
                " imported; export the list again as CSV or XLSX."
            )
        )
    return since


def delimiter_of(lines: list[str]) -> str:
    """Return the delimiter that cuts the first lines into the most even columns; a comma where there is one column."""
    best, best_score = ",", 1.0
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            continue
        if not widths:
            continue
        common = max(set(widths), key=lambda width: (widths.count(width), width))
        score = widths.count(common) / len(widths) * common if common > 1 else 0.0
        # the headings decide between two that fit: "Name; first, last" in a note must not win
        score += len(next(csv.reader(lines[:1], delimiter=delimiter), [])) / 1000
        if score > best_score:
            best, best_score = delimiter, score
    return best
