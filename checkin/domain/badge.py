"""Our own badge token: 46 decimal digits in a QR code of version 2, level Q, numeric mode.

The digits are 19 bytes, big-endian (design: SYNC.md "The badge"; the layout in full: docs/adr/0004-badge-token.md):

    version:4 key_id:4 | SHA-256(event id)[0:2] | issuer desk:16 | serial:24 | revision:4 class:4 | MAC:80

    MAC = HMAC-SHA-256(event key, b"checkin badge" 00 event id 00 the nine bytes before it)[0:10]

Digits survive Shift, Caps Lock and foreign keyboard layouts, and 25 modules read from further away than the 45 of a
signed ticket of the same width.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from checkin.domain.attendee import Attendee

VERSION = 1
DIGITS = 46
MAX_ISSUER = 0xFFFF
MAX_SERIAL = 0xFFFFFF
MAX_REVISION = 0xF

_TOKEN = re.compile(r"[0-9]{46}")  # not isdigit(): int("๑๒๓๔") is 1234, and that would be the wrong person
_LABEL = b"checkin badge"

Flaw = Literal["forged", "other_event", "newer_version", "unknown_key"]


@dataclass(frozen=True, slots=True)
class EventKey:
    """A secret that signs badges. A retired one is believed only for badges that are known by their serial."""

    secret: bytes
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Keyring:
    """The event's secrets by key id (1..15), of which `current` signs new badges."""

    event_id: str
    keys: Mapping[int, EventKey]
    current: int

    def __repr__(self) -> str:
        """Name the event and key ids only: a secret must not reach a log."""
        return f"Keyring({self.event_id!r}, ids={sorted(self.keys)}, current={self.current})"


@dataclass(frozen=True, slots=True)
class BadgeNumber:
    """What a token says: who issued it, its running number there, and which print of it this is."""

    issuer: int
    serial: int
    revision: int = 0
    category_class: int = 0


@dataclass(frozen=True, slots=True)
class TokenReading:
    """A text of 46 digits, examined: either a genuine badge or the first thing that is wrong with it."""

    number: BadgeNumber | None
    flaw: Flaw | None = None
    retired_key: bool = False


@dataclass(frozen=True, slots=True)
class IssuedBadge:
    """One print of one person's badge."""

    attendee: Attendee
    text: str
    """What its code holds: our token, or the foreign code that the roster gives this person."""
    issuer: int
    serial: int
    revision: int
    record: str = ""
    """Entry id of its BADGE_ISSUED; empty where none was written: the same print again, or a preview."""


_HOLDERS = uuid.UUID("6b2f6c1e-6d2b-5f0e-9c58-7c0f6a4f5d11")
"""Namespace of `holder_uid`."""


def holder_uid(issuer: int, serial: int) -> str:
    """Return the id of whoever holds this badge: of its owner, and what a desk that never heard of it calls the holder.

    Made from the number alone (uuid.uuid5, in a third of the time), so that all desks count the same person before they
    know each other's lists.
    """
    text = hashlib.sha1(_HOLDERS.bytes + f"{issuer}/{serial}".encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(text[16], 16) & 3]
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}"


def new_secret() -> bytes:
    """Return 32 random bytes for a new event key."""
    return secrets.token_bytes(32)


def make_token(number: BadgeNumber, keyring: Keyring) -> str:
    """Return the 46 digits of a badge. Raises ValueError where a field does not fit its bits."""
    if not (
        0 <= number.issuer <= MAX_ISSUER
        and 0 <= number.serial <= MAX_SERIAL
        and 0 <= number.revision <= MAX_REVISION
        and 0 <= number.category_class <= 0xF
    ):
        raise ValueError(f"badge number out of range: {number}")
    head = (
        bytes([VERSION << 4 | keyring.current])
        + _event_tag(keyring.event_id)
        + number.issuer.to_bytes(2, "big")
        + number.serial.to_bytes(3, "big")
        + bytes([number.revision << 4 | number.category_class])
    )
    mac = _mac(keyring.keys[keyring.current].secret, keyring.event_id, head)
    return str(int.from_bytes(head + mac, "big")).zfill(DIGITS)


def sample_token(number: BadgeNumber, keyring: Keyring) -> str:
    """Return 46 digits that look like a badge and are none, whatever desk reads them: for previews and test prints."""
    value = int(make_token(number, keyring))
    return str(value ^ ((1 << 80) - 1)).zfill(DIGITS)  # every bit of the MAC the other way round


def is_token(text: str) -> bool:
    """Say whether `text` has the shape of our token: 46 ASCII digits and nothing else."""
    return _TOKEN.fullmatch(text) is not None


def read_token(text: str, keyring: Keyring) -> TokenReading:
    """Examine a text for which `is_token` holds, in the order of SYNC.md: version, event, key id, MAC."""
    value = int(text)
    if value >= 1 << 152:
        return TokenReading(None, "forged")
    data = value.to_bytes(19, "big")
    head, mac = data[:9], data[9:]
    if data[0] >> 4 != VERSION:
        return TokenReading(None, "newer_version" if data[0] >> 4 > VERSION else "forged")
    if data[1:3] != _event_tag(keyring.event_id):
        return TokenReading(None, "other_event")
    key = keyring.keys.get(data[0] & 0xF)
    if key is None:
        return TokenReading(None, "unknown_key")
    if not hmac.compare_digest(mac, _mac(key.secret, keyring.event_id, head)):
        return TokenReading(None, "forged")
    number = BadgeNumber(
        issuer=int.from_bytes(head[3:5], "big"),
        serial=int.from_bytes(head[5:8], "big"),
        revision=head[8] >> 4,
        category_class=head[8] & 0xF,
    )
    return TokenReading(number, retired_key=key.retired)


@lru_cache(maxsize=16)
def _event_tag(event_id: str) -> bytes:
    return hashlib.sha256(event_id.encode()).digest()[:2]


def _mac(secret: bytes, event_id: str, head: bytes) -> bytes:
    mac = _keyed(secret, event_id).copy()
    mac.update(head)
    return mac.digest()[:10]


@lru_cache(maxsize=16)
def _keyed(secret: bytes, event_id: str) -> hmac.HMAC:
    """Return the HMAC of all that is the same in every badge of an event: to continue a copy of it costs half."""
    return hmac.new(secret, _LABEL + b"\0" + event_id.encode() + b"\0", "sha256")
