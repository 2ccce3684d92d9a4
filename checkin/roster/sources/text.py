"""CSV, TSV and their kind, whatever the name ends with."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from checkin.errors import RosterFileError
from checkin.i18n import _
from checkin.roster.encoding import LINE_LIMIT, Encoding, delimiter_of, detect
from checkin.roster.table import Choice, Content, Flaw, Row

KIND = "text"

_NUL = re.compile("\0+")
_NUL_INSIDE = re.compile(r"(?<=\w)\0+(?=\w)")


def open_content(path: Path, choice: Choice) -> Content:
    """Open a text file, which has one table and no sheets."""
    found = detect(path)
    if choice.encoding:
        found = replace(found, codec=choice.encoding, guessed=False, broken=True)
    lines = list(itertools.islice(_lines(path, found.codec), 30))
    directive = _separator_line(lines[0]) if lines else ""
    delimiter = directive or delimiter_of(_whole_records(lines))
    notes = []
    if found.guessed:
        notes.append(
            _("The file does not say its encoding; it was read as {codec}. Look at the names before importing.").format(
                codec=found.codec
            )
        )
    skip = 1 if directive else 0
    return Content(
        rows=lambda: _rows(path, found, delimiter, skip),
        total=found.lines + 1,
        format="tsv" if delimiter == "\t" else "csv",
        encoding=found.codec,
        delimiter=delimiter,
        notes=tuple(notes),
    )


def _separator_line(line: str) -> str:
    """Return the delimiter of Excel's own first line "sep=;", or nothing."""
    text = line.rstrip("\r\n").strip('"')
    return text[4] if len(text) == 5 and text.lower().startswith("sep=") else ""


def _whole_records(lines: list[str]) -> list[str]:
    """Leave out the last line where a quotation mark may still be open."""
    return lines if len(lines) < 30 else lines[:-1]


def _lines(path: Path, codec: str) -> Iterator[str]:
    errors = "surrogateescape" if not codec.startswith(("utf-16", "utf-32")) else "replace"
    try:
        with path.open("rb") as raw, io.TextIOWrapper(raw, encoding=codec, errors=errors, newline="") as file:
            while line := file.readline(LINE_LIMIT):
                if line == "\x1a":  # what DOS programs write for the end of the file
                    continue
                # Some systems write NULs for empty cells; the csv module would end the line there. One inside a word becomes
                # another control character, which is taken out and told with its row.
                yield _NUL.sub("", _NUL_INSIDE.sub("\x01", line)) if "\0" in line else line
    except UnicodeError as error:  # --encoding utf-16 on a file without its mark, and codecs that are none of a list's
        raise RosterFileError(
            _(
                "“{name}” cannot be read as {codec}. Nothing was imported; leave --encoding out, or name another one."
            ).format(name=path.name, codec=codec)
        ) from error


def _rows(path: Path, encoding: Encoding, delimiter: str, skip: int) -> Iterator[Row]:
    codec = encoding.codec
    reader = csv.reader(_lines(path, codec), delimiter=delimiter, strict=True, doublequote=True)
    number = 0
    wide = codec.startswith(("utf-16", "utf-32"))
    sound = codec.startswith("utf-8") and not encoding.broken  # the whole file was decoded once already
    while True:
        number += 1
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "end of data" in str(error) or "field larger" in str(error):
                raise RosterFileError(
                    _(
                        "A quotation mark that opens in row {row} (line {line} of the file) is never closed, so the rows"
                        " after it cannot be told apart. Nothing was imported; correct that row and import again."
                    ).format(row=number, line=line)
                ) from error
            yield Row(number, [""], (Flaw(-1, "quote", str(error)),))
            continue
        if number <= skip:
            continue
        flaws: tuple[Flaw, ...] = ()
        if not sound and not "".join(cells).isascii():
            flaws = _broken(cells, wide=wide)
        yield Row(number, cells, flaws)


def _broken(cells: list[str], *, wide: bool) -> tuple[Flaw, ...]:
    """Return a flaw for each cell with bytes that are no text in the file's encoding."""
    found = []
    for column, cell in enumerate(cells):
        if wide and "\ufffd" in cell:
            found.append(Flaw(column, "encoding"))
            continue
        try:
            cell.encode("utf-8")
        except UnicodeEncodeError as error:
            found.append(Flaw(column, "encoding", f"{ord(cell[error.start]) & 0xFF:02X}"))
    return tuple(found)
