"""What a scanned or typed text is: one of our tokens, a code of another ticket system, or no badge at all.

No JSON, XML or YAML parser ever runs on a payload: a badge is matched by its shape, with bounded patterns. The formats
of other systems are from their sources: pretix `src/pretix/base/secrets.py`, Indico's check-in PWA `src/pages/Auth/utils.ts`,
alf.io `Ticket.ticketCode`, Hi.Events `IdHelper::publicId`; Eventbrite's from tickets, as it publishes none.
"""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from checkin.domain.badge import is_token
from checkin.domain.layouts import unmap

MAX_LENGTH = 4296
"""The longest text that a QR code can hold; anything longer did not come from one."""

_LONGEST_CODE = 512
_DIGITS = frozenset("0123456789")  # not isdigit(): that takes Thai digits too

Thing = Literal[
    "web", "wifi", "contact", "calendar", "phone", "mail", "secret", "payment", "health", "text", "empty", "damaged"
]

_PREFIX = re.compile(r"\][A-Za-z][0-9A-Za-z]|\\[0-9]{6}")  # one AIM symbology identifier, or one literal ECI escape
_FRAME = " \t\r\n\x00\x02\x03"
"""Trimmed at both ends: white space, line ends, the NUL that some scanners add, STX and ETX framing."""

_INDICO_V1 = re.compile(r'"checkin_secret"\s{0,4}:\s{0,4}"([0-9A-Fa-f-]{32,36})"')
_INDICO_V2 = re.compile(r'\{\s{0,4}"i"\s{0,4}:\s{0,4}\[[^\[\]{}]{1,300}"([A-Za-z0-9+/]{22}==)"\s{0,4}\]')
_OPAQUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{2,38}[A-Za-z0-9=]")
_UUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_FOREIGN: tuple[tuple[str, re.Pattern[str]], ...] = (
    # pretix: random, 32 of abcdefghjkmnpqrstuvwxyz23456789 (older ones: any of a-z0-9)
    ("pretix", re.compile(r"[a-z0-9]{32}")),
    # pretix: base64 of 01, two lengths of two bytes (the second is 64), payload and signature, written backwards
    ("pretix_sig1", re.compile(r"={0,2}[A-Za-z0-9+/]{88,400}[A-D]EA[A-Za-z0-9+/][A-D]QA")),
    # alf.io: ticket uuid, slash, base64 of an HMAC-SHA-256
    ("alf.io", re.compile(_UUID + r"/[A-Za-z0-9+/_-]{42,43}={0,2}")),
    ("uuid", re.compile(_UUID)),
    # Hi.Events: A, hyphen, seven capitals and digits, sometimes a running number of the order after it
    ("hi.events", re.compile(r"A-[A-Z0-9]{7}(?:-?[0-9]{1,4})?")),
    # Eventbrite: order, attendee and a running number as digits only; a roster's own running number
    ("number", re.compile(r"[0-9]{4,24}")),
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
    """Return every way to read a payload, the likeliest first; the last one says what it is if none is a badge.

    Keyboard layouts are undone on the raw text, before anything normalises it (NFC swaps 6B and J6 under Thai). A text
    that looks like a ticket code as it is gets no other code out of it (QWERTZ would turn ABY123 into ABZ123, somebody
    else's); only Caps Lock is undone then, and only where all letters are of one case.
    """
    text = trim(payload[: MAX_LENGTH + 64])
    if len(text) > MAX_LENGTH:
        return (Reading("other", text[:MAX_LENGTH], thing="text"),)
    if is_token(text):
        return (Reading("token", text),)  # genuine or flawed, but nothing else
    readings = _read(text, "")
    plausible = bool(_system(text))
    for layout, repaired in unmap(payload.removeprefix("\ufeff").strip(_FRAME)):
        trusted = not plausible or (layout == "us+caps" and (text.islower() or text.isupper()))
        readings += [reading for reading in _read(trim(repaired), layout) if trusted or reading.kind == "token"]
    return (*readings, Reading("other", text, thing=_thing(text)))


def _read(text: str, layout: str) -> list[Reading]:
    if is_token(text):
        return [Reading("token", text, layout)]
    found: list[Reading] = [Reading("code", secret, layout, "indico") for secret in _indico(text)]
    if text and len(text) <= _LONGEST_CODE:
        found.append(Reading("code", text, layout, _system(text, layout)))
    return found


def _indico(text: str) -> list[str]:
    """Return the check-in secret of an Indico ticket (v1: JSON with names, v2: a list), as a roster may spell it."""
    if not text.startswith("{"):
        return []
    match = _INDICO_V1.search(text[:_LONGEST_CODE])
    if match:
        return [match.group(1)]
    match = _INDICO_V2.match(text[:_LONGEST_CODE])
    if match:
        packed = match.group(1)
        return [str(UUID(bytes=b64decode(packed))), packed]
    return []


def _system(text: str, layout: str = "") -> str:
    """Name the format of a foreign code; empty where the text is no plausible ticket code at all.

    Undoing a Latin layout makes a plain code of nearly any text (QWERTZ: `%s%n` is 5S5N): it proves nothing then.
    """
    if any(pattern.match(text) for _thing, pattern in _THINGS):
        return ""
    anything_goes = layout != "" and not layout.startswith("thai")
    for system, pattern in _FOREIGN:
        if pattern.fullmatch(text) and not (anything_goes and system == "number"):
            return system
    if not anything_goes and _OPAQUE.fullmatch(text) and any(char in _DIGITS for char in text):
        return "opaque"
    return ""


def _thing(text: str) -> Thing:
    if not text.strip():
        return "empty"
    for thing, pattern in _THINGS:
        if pattern.match(text):
            return thing
    digits = sum(char in _DIGITS for char in text)
    if digits >= 25 and digits * 4 >= len(text) * 3:
        return "damaged"  # nearly one of ours: a key was doubled or lost on the way; "scan again"
    return "text"
