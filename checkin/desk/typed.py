"""Payloads as a hand scanner types them into a stream: one a line, whatever ends the line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

MAX_LINE = 65536
"""Bytes; no code holds as much. A longer line is cut into pieces that are no badges, so that memory stays flat."""

_END = re.compile(rb"\r\n|\n|\r")


def payloads(read: Callable[[], bytes]) -> Iterator[str]:
    """Yield one payload a line until `read` returns nothing.

    `read` returns what has arrived so far (at least a byte) and b"" at the end. A carriage return ends a line at once, as
    scanners send it; empty lines are left out, so that a second Enter does nothing. UTF-8, else as the bytes stand.
    """
    rest = b""
    while chunk := read():
        pieces = _END.split(rest + chunk)
        rest = pieces.pop()
        yield from (_text(piece) for piece in pieces if piece)
        while len(rest) > MAX_LINE:
            yield _text(rest[:MAX_LINE])
            rest = rest[MAX_LINE:]
    if rest:
        yield _text(rest)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
