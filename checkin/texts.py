"""Text from outside (badges, files, hubs) made safe to show and to keep: it is data, never markup."""

from __future__ import annotations

import re
import unicodedata

_KEEP = {"Zs"}  # ordinary spaces stay as they are


def escape(text: str, limit: int = 64) -> str:
    r"""Return `text` with everything invisible written as \x.., \u.... or \U........, at most `limit` characters.

    Control, format, private, surrogate and unassigned characters and combining marks without a base would hide or
    move what staff read. A cut text ends with one ellipsis.
    """
    if len(text) <= limit and text.isascii() and text.isprintable():
        return text  # nearly every code: our own token among them
    out: list[str] = []
    length = 0
    previous_visible = False
    for char in text:
        category = unicodedata.category(char)
        hidden = category[0] == "C" or category in {"Zl", "Zp"} or (category[0] == "M" and not previous_visible)
        if hidden:
            code = ord(char)
            piece = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
        else:
            piece = char
        previous_visible = not hidden and category not in _KEEP
        if length + len(piece) > limit:
            out.append("…")
            break
        out.append(piece)
        length += len(piece)
    return "".join(out)


def tidy(text: str, limit: int) -> str:
    """Return a name as it may be shown anywhere: one line, nothing invisible, at most `limit` characters."""
    seen = "".join(char if char.isprintable() else " " if char.isspace() else "" for char in text)
    return " ".join(seen.split())[:limit].rstrip()


_RUN = re.compile("[^\\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{40,}")
_PIECE = 20


def breakable(text: str) -> str:
    """Return `text` with places to wrap (U+200B) inside runs of 40 characters and more.

    A name or code of two hundred letters without a space would otherwise make a window as wide as it is. Thai, Lao,
    Khmer and Burmese are left alone: they wrap between words, and a mark may not be cut off its letter.
    """
    return _RUN.sub(_with_places, text) if len(text) >= 40 else text


def _with_places(run: re.Match[str]) -> str:
    out: list[str] = []
    since = 0
    for char in run[0]:
        if since >= _PIECE and not unicodedata.category(char).startswith(("M", "C")):
            out.append("\u200b")
            since = 0
        out.append(char)
        since += 1
    return "".join(out)


def isolate(text: str) -> str:
    """Return `text` inside Unicode's first-strong isolate, so that an Arabic name does not reorder what stands beside it."""
    return f"\u2068{text}\u2069" if any(unicodedata.bidirectional(char) in {"R", "AL", "AN"} for char in text) else text
