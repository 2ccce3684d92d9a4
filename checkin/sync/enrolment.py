"""What a new desk needs to belong to an event, under a PIN that is said aloud: as a file, and as a code for its camera.

    CHECKIN-DESK1: and base 32 of: salt (16) | nothing but the PIN opens the rest (AES-256-GCM) | check (4)

Capitals and digits only, so that a QR code holds it in its dense mode and a webcam reads it. The check tells a damaged
file from a wrong PIN, and says nothing about either.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
import secrets
import unicodedata
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import segno
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from checkin.errors import EnrolmentError
from checkin.i18n import _
from checkin.sync.keys import SyncKeys
from checkin.whole_file import explain, replacing, write_private

SUFFIX: Final = ".checkin-desk"
MIN_PIN: Final = 6
_PREFIX: Final = "CHECKIN-DESK"
_VERSION: Final = "1"
_SALT: Final = 16
_CHECK: Final = 4
_MAX_TEXT: Final = 16_384
_MAX_FIELDS: Final = 65_536
_MAX_CODE: Final = 1100
"""Letters that a webcam still reads: about 600 bytes, 101 modules."""
_FIELDS: Final = 7
_SCRYPT_N: Final = 2**16
"""64 MB and a quarter of a second a guess."""


@dataclass(frozen=True)
class Enrolment:
    """A new desk's share of the event's secrets."""

    hub: str
    """URL for this desk, with its password where it has one."""
    event_id: str
    secret: bytes
    authority_public: bytes
    desk_seed: bytes
    certificate: bytes
    number: int
    """Issuer of its badges."""

    def __repr__(self) -> str:
        """Say whom it is for: a secret must not reach a log."""
        return f"Enrolment({self.desk!r})"

    @property
    def desk(self) -> str:
        """Return the desk's name."""
        return self.certificate[64:].decode()

    @property
    def keys(self) -> SyncKeys:
        """Return the keys of the new desk; it may not enrol others."""
        return SyncKeys(self.event_id, self.secret, self.authority_public, b"", self.desk_seed, self.certificate)


def new_pin() -> str:
    """Return a PIN that can be said aloud: 8 digits."""
    return f"{secrets.randbelow(10**8):08d}"


def is_enrolment(text: str) -> bool:
    """Say whether a code or a file's text is an enrolment, of whatever version."""
    return text.strip().upper().startswith(_PREFIX)


def check_pin(pin: str) -> str:
    """Return a PIN as it is used. Raises EnrolmentError where it is too short."""
    pin = _tidy(pin)
    if len(pin) < MIN_PIN:
        raise EnrolmentError(
            _("The PIN needs at least {count} digits or letters. Nothing was written; choose a longer one.").format(
                count=MIN_PIN
            )
        )
    return pin


def file_name(desk: str) -> str:
    """Return the name of a desk's enrolment file; whatever a file system could take amiss becomes a dash."""
    kept = re.sub(r"[^\w-]+", "-", desk).strip("-")
    return (kept or "desk") + SUFFIX


def to_text(enrolment: Enrolment, pin: str) -> str:
    """Return what stands in the file and in the code. Raises EnrolmentError where the PIN is too short."""
    pin = check_pin(pin)
    fields = (
        enrolment.hub.encode(), enrolment.event_id.encode(), enrolment.secret, enrolment.authority_public,
        enrolment.desk_seed, enrolment.certificate, enrolment.number.to_bytes(2, "big"),
    )  # fmt: skip
    plain = zlib.compress(b"".join(len(field).to_bytes(2, "big") + field for field in fields), 9)
    salt = secrets.token_bytes(_SALT)
    sealed = salt + _cipher(pin, salt).encrypt(salt[:12], plain, _context())
    return f"{_PREFIX}{_VERSION}:" + base64.b32encode(sealed + _checked(sealed)).decode().rstrip("=")


def from_text(text: str, pin: str) -> Enrolment:
    """Open a file's or a code's text. Raises EnrolmentError: damaged, wrong PIN, or of a newer version."""
    text = re.sub(r"\s", "", text[: _MAX_TEXT + 1]).upper()
    prefix, colon, letters = text.partition(":")
    if not prefix.startswith(_PREFIX) or not colon:
        raise EnrolmentError(
            _("This is no enrolment of a desk. Nothing was changed; choose the file NAME{suffix} or its code.").format(
                suffix=SUFFIX
            )
        )
    if prefix != _PREFIX + _VERSION:
        raise EnrolmentError(
            _("This enrolment was made by a newer version of this program. Nothing was changed; update this laptop.")
        )
    try:
        data = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except (binascii.Error, ValueError) as error:
        raise _damaged() from error
    sealed, check = data[:-_CHECK], data[-_CHECK:]
    if len(sealed) <= _SALT or check != _checked(sealed) or len(text) > _MAX_TEXT:
        raise _damaged()
    salt = sealed[:_SALT]
    try:
        packed = _cipher(_tidy(pin), salt).decrypt(salt[:12], sealed[_SALT:], _context())
    except InvalidTag as error:
        raise EnrolmentError(
            _("The PIN does not fit this enrolment. Nothing was changed; ask for it again, digit by digit.")
        ) from error
    try:
        return _read(packed)
    except (ValueError, zlib.error) as error:
        raise _damaged() from error


def write_file(path: Path, text: str) -> None:
    """Write the file, for its owner's eyes only. Raises EnrolmentError."""
    try:
        write_private(path, text + "\n")
    except OSError as error:
        raise EnrolmentError(explain(error, path)) from error


def read_file(path: Path) -> str:
    """Return a file's text. Raises EnrolmentError."""
    try:
        with path.open("rb") as file:
            return file.read(_MAX_TEXT + 1).decode("ascii", "replace")
    except OSError as error:
        raise EnrolmentError(
            _("“{name}” cannot be read ({detail}). Nothing was changed; choose another file.").format(
                name=path.name, detail=error.strerror or error
            )
        ) from error


def code(text: str) -> Any:
    """Return the QR code (a segno.QRCode) of an enrolment's text. Raises EnrolmentError where no webcam would read it."""
    if len(text) > _MAX_CODE:
        raise EnrolmentError(
            _("This enrolment is too long for a code that a webcam reads. Carry the file {suffix} to the new desk.").format(
                suffix=SUFFIX
            )
        )  # fmt: skip
    return segno.make_qr(text, error="l", boost_error=True)


def write_code(path: Path, text: str) -> None:
    """Write the code as a PNG. Raises EnrolmentError."""
    made = code(text)
    picture = io.BytesIO()
    made.save(picture, kind="png", scale=8, border=4)
    try:
        with replacing(path) as part:
            part.write_bytes(picture.getvalue())
    except OSError as error:
        raise EnrolmentError(explain(error, path)) from error


def _read(packed: bytes) -> Enrolment:
    inflate = zlib.decompressobj()
    plain = inflate.decompress(packed, _MAX_FIELDS)
    fields, at = [], 0
    while at < len(plain):
        size = int.from_bytes(plain[at : at + 2], "big")
        fields.append(plain[at + 2 : at + 2 + size])
        at += 2 + size
    if not inflate.eof or at != len(plain) or len(fields) != _FIELDS:
        raise ValueError("not an enrolment")
    hub, event_id, secret, public, seed, certificate, number = fields
    made = Enrolment(
        hub.decode(), event_id.decode(), secret, public, seed, certificate, int.from_bytes(number, "big")
    )  # fmt: skip
    if {len(secret), len(public), len(seed)} != {32} or made.keys.enrolled(made.keys.public, certificate) is None:
        raise ValueError("keys that do not fit each other")
    return made


def _cipher(pin: str, salt: bytes) -> AESGCM:
    """A salt is used once, and so is the key that comes of it: the nonce may be the salt's."""
    return AESGCM(Scrypt(salt=salt, length=32, n=_SCRYPT_N, r=8, p=1).derive(pin.encode()))


def _context() -> bytes:
    return f"checkin enrolment {_VERSION}".encode()


def _checked(sealed: bytes) -> bytes:
    return hashlib.sha256(_context() + sealed).digest()[:_CHECK]


def _tidy(pin: str) -> str:
    """Return the PIN as it was meant: no spaces or dashes, Thai digits as digits, capitals."""
    kept = (char for char in unicodedata.normalize("NFKC", pin) if char.isalnum())
    return "".join(str(unicodedata.digit(char, char)) for char in kept).upper()


def _damaged() -> EnrolmentError:
    return EnrolmentError(
        _(
            "This enrolment is damaged or was not copied to its end. Nothing was changed; copy it anew, or scan it again."
        )
    )
