"""The secrets of an event that sync needs, and what is done with them.

Everything about persons travels under AES-256-GCM; its nonce is made from key and content, so that the same content is
the same bytes (a roster's chunk is sent once) and no random number is ever used twice. Bundles, cards and editions carry
an Ed25519 signature of the desk, whose public key the event's authority has signed at enrolment.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from checkin.sync.records import DeskCard, Edition

_SIGNATURE = 64


@dataclass(frozen=True)
class SyncKeys:
    """What one data folder holds. Lies in event-keys.json, for the owner's eyes only (db.event_store)."""

    event_id: str
    secret: bytes
    """32 bytes, the same on every desk: from it come the keys that seal."""
    authority_public: bytes
    """Whoever it signed belongs to the event."""
    authority_seed: bytes
    """32 bytes; empty on a desk that may not enrol others."""
    desk_seed: bytes
    """32 bytes: this desk's own signing key."""
    certificate: bytes
    """64 bytes of signature, then the desk's name at enrolment."""

    def __repr__(self) -> str:
        """Say whose keys these are: a secret must not reach a log."""
        return f"SyncKeys({self.event_id!r})"

    @property
    def event_hash(self) -> str:
        """Return SHA-256 of the event id, hex: how a hub names the event."""
        return hashlib.sha256(self.event_id.encode()).hexdigest()

    @cached_property
    def public(self) -> bytes:
        """Return this desk's public key."""
        return _public(self.desk_seed)

    def seal(self, context: bytes, data: bytes) -> bytes:
        """Encrypt for everybody who belongs to the event. `context` (an entry_id, say) must be the same when opening."""
        nonce = hmac.new(self._derived(b"nonce"), _bound(context, data), "sha256").digest()[:12]
        return nonce + self._aead.encrypt(nonce, data, context)

    def unseal(self, context: bytes, sealed: bytes) -> bytes:
        """Return what was sealed. Raises ValueError where it was altered or belongs to another event or context."""
        try:
            return self._aead.decrypt(sealed[:12], sealed[12:], context)
        except InvalidTag:
            raise ValueError("sealed for another event, or altered") from None

    def sign(self, data: bytes) -> bytes:
        """Sign as this desk."""
        return Ed25519PrivateKey.from_private_bytes(self.desk_seed).sign(data)

    def certify(self, public: bytes, name: str) -> bytes:
        """Return a certificate for a desk's public key. Raises ValueError on a desk that may not enrol others."""
        return self.vouch(self._certified(public, name)) + name.encode()

    def vouch(self, data: bytes) -> bytes:
        """Sign as the event's authority. Raises ValueError on a desk that is not."""
        if not self.authority_seed:
            raise ValueError("this desk may not enrol or cut off others")
        return Ed25519PrivateKey.from_private_bytes(self.authority_seed).sign(data)

    def enrolled(self, public: bytes, certificate: bytes) -> str | None:
        """Return the name under which a key was enrolled in this event, None where it was not."""
        try:
            name = certificate[_SIGNATURE:].decode()
        except UnicodeDecodeError:
            return None
        good = verified(self.authority_public, certificate[:_SIGNATURE], self._certified(public, name))
        return name if good else None

    def believes(self, signed: DeskCard | Edition) -> bool:
        """Say whether a card or an edition was signed by a desk of this event."""
        return self.enrolled(signed.key, signed.certificate) is not None and verified(
            signed.key, signed.signature, signed.signed_bytes()
        )

    def signed_card(self, card: DeskCard) -> DeskCard:
        """Return the card with this desk's key, certificate and signature."""
        card = replace(card, key=self.public, certificate=self.certificate)
        return replace(card, signature=self.sign(card.signed_bytes()))

    def signed_edition(self, edition: Edition) -> Edition:
        """Return the edition with this desk's key, certificate and signature."""
        edition = replace(edition, key=self.public, certificate=self.certificate)
        return replace(edition, signature=self.sign(edition.signed_bytes()))

    def derived(self, label: bytes) -> bytes:
        """Return 32 bytes for another purpose (a bundle's encryption, the ids of a roster): a label each."""
        return self._derived(b"other " + label)

    def _derived(self, label: bytes) -> bytes:
        salt = self.event_id.encode()
        return HKDF(SHA256(), 32, salt, b"checkin sync " + label).derive(self.secret)

    @cached_property
    def _aead(self) -> AESGCM:
        return AESGCM(self._derived(b"seal"))

    def _certified(self, public: bytes, name: str) -> bytes:
        return b"checkin desk 1\0" + self.event_hash.encode() + b"\0" + public + name.encode()


def new_keys(event_id: str, name: str) -> SyncKeys:
    """Return the keys of a new event: this desk is its authority."""
    return authority_keys(event_id, name, secrets.token_bytes(32), secrets.token_bytes(32), secrets.token_bytes(32))


def authority_keys(event_id: str, name: str, secret: bytes, authority_seed: bytes, desk_seed: bytes) -> SyncKeys:
    """Return keys with which a desk may enrol others, itself certified."""
    keys = SyncKeys(event_id, secret, _public(authority_seed), authority_seed, desk_seed, b"")
    return replace(keys, certificate=keys.certify(keys.public, name))


@lru_cache(maxsize=4096)
def verified(public: bytes, signature: bytes, data: bytes) -> bool:
    """Say whether an Ed25519 signature holds; nothing that is malformed raises. Cards are the same for many rounds."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_of(seed: bytes) -> bytes:
    """Return the Ed25519 public key of a seed."""
    return _public(seed)


def _public(seed: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def _bound(context: bytes, data: bytes) -> bytes:
    return len(context).to_bytes(4, "big") + context + data
