"""Text from outside (badges, files, hubs) made safe to show and to keep: it is data, never markup."""

from __future__ import annotations

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


def isolate(text: str) -> str:
    """Return `text` inside Unicode's first-strong isolate, so that an Arabic name does not reorder what stands beside it."""
    return f"\u2068{text}\u2069" if any(unicodedata.bidirectional(char) in {"R", "AL", "AN"} for char in text) else text
