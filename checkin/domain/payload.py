"""What a scanned or typed text is: one of our tokens, a code of another ticket system, or no badge at all.

No JSON, XML or YAML parser ever runs on a payload: a badge is matched by its shape, with bounded patterns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from checkin.domain.badge import DIGITS, is_token
from checkin.domain.layouts import unmap

MAX_LENGTH = 4296
"""The longest text that a QR code can hold; anything longer did not come from one."""

Thing = Literal[
    "web", "wifi", "contact", "calendar", "phone", "mail", "secret", "payment", "health", "text", "empty", "damaged"
]

_PREFIX = re.compile(r"\][A-Za-z][0-9A-Za-z]|\\[0-9]{6}")  # one AIM symbology identifier, or one literal ECI escape
_FRAME = " \t\r\n\x00\x02\x03"
"""Trimmed at both ends: white space, line ends, the NUL that some scanners add, STX and ETX framing."""

_INDICO = re.compile(r'"(?:checkin_secret|secret)"\s{0,4}:\s{0,4}"([0-9A-Fa-f-]{32,36})"')
_INDICO_V2 = re.compile(r'\{"i":\[[0-9]{1,4},"([A-Za-z0-9+/=_-]{16,64})"')
_OPAQUE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{2,62}[A-Za-z0-9=])")
_FOREIGN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("pretix", re.compile(r"[a-z0-9]{32}")),
    ("pretix_sig1", re.compile(r"[A-Za-z0-9+/=_-]{16,80}\.[A-Za-z0-9+/=_.-]{16,200}")),
    ("alf.io", re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/[A-Za-z0-9+/=_-]{16,128}")),
    ("uuid", re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")),
    ("hi.events", re.compile(r"A-[A-Z0-9]{7,10}")),
    ("number", re.compile(r"[0-9]{4,24}")),  # Eventbrite's numbers, EAN, a running number
)
_THINGS: tuple[tuple[Thing, re.Pattern[str]], ...] = (
    ("secret", re.compile(r"otpauth(?:-migration)?://", re.IGNORECASE)),
    ("web", re.compile(r"(?:https?|ftp|javascript|data|file|intent|market)[:]|www\.", re.IGNORECASE)),
    ("wifi", re.compile(r"WIFI:", re.IGNORECASE)),
    ("contact", re.compile(r"BEGIN:VCARD|MECARD:|BIZCARD:", re.IGNORECASE)),
    ("calendar", re.compile(r"BEGIN:VEVENT|BEGIN:VCALENDAR", re.IGNORECASE)),
    ("phone", re.compile(r"(?:tel|sms|smsto|facetime):", re.IGNORECASE)),
    ("mail", re.compile(r"(?:mailto|matmsg|smtp):", re.IGNORECASE)),
    ("health", re.compile(r"HC1:|shc:/", re.IGNORECASE)),
    ("payment", re.compile(r"(?:bitcoin|ethereum|upi|bcd)[:\n]|000201[0-9]{2}", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a payload."""

    kind: Literal["token", "code", "other"]
    text: str
    """token: the 46 digits. code: the foreign code, to be matched exactly. other: the trimmed text."""
    repaired: str = ""
    """The keyboard layout that was undone to get here ("thai-kedmanee"), or nothing."""
    system: str = ""
    """code: the ticket system whose format it has, "opaque" for a plain code."""
    thing: Thing | None = None
    """other: what it is instead of a badge."""


def trim(payload: str) -> str:
    """Return the text without a byte order mark, framing characters and one AIM or ECI prefix."""
    text = payload.removeprefix("\ufeff").strip(_FRAME)
    match = _PREFIX.match(text)
    return text[match.end() :].strip(_FRAME) if match else text


def candidates(payload: str) -> tuple[Reading, ...]:
    """Return every way to read a payload, the likeliest first; the last one says what it is if none is known.

    Keyboard layouts are undone on the raw text, before anything normalises it (NFC swaps 6B and J6 under Thai).
    """
    text = trim(payload[: MAX_LENGTH + 64])
    if len(text) > MAX_LENGTH:
        return (Reading("other", text[:MAX_LENGTH], thing="text"),)
    readings = [*_read(text, "")]
    if not is_token(text):
        for layout, repaired in unmap(payload.removeprefix("\ufeff").strip(_FRAME)):
            readings += [r for r in _read(trim(repaired), layout) if r.kind != "other"]
    known = [reading for reading in readings if reading.kind != "other"]
    return (*known, Reading("other", text, thing=_thing(text)))


def _read(text: str, layout: str) -> list[Reading]:
    if is_token(text):
        return [Reading("token", text, layout)]
    found: list[Reading] = []
    for pattern in (_INDICO, _INDICO_V2):
        match = pattern.search(text[:600])
        if match:
            found.append(Reading("code", match.group(1), layout, "indico"))
    if text and len(text) <= 512:
        found.append(Reading("code", text, layout, _system(text)))
    return found


def _system(text: str) -> str:
    """Name the format of a foreign code; empty where the text is no plausible ticket code at all."""
    for system, pattern in _FOREIGN:
        if pattern.fullmatch(text):
            return system
    if len(text) <= DIGITS - 6 and _OPAQUE.fullmatch(text) and any(c in "0123456789" for c in text):
        return "opaque"
    return ""


def _thing(text: str) -> Thing:
    if not text.strip():
        return "empty"
    for thing, pattern in _THINGS:
        if pattern.match(text):
            return thing
    if re.fullmatch(r"[0-9]{41,52}", text):
        return "damaged"  # nearly one of ours: a key was doubled or lost on the way; "scan again"
    return "text"
