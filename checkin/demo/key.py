"""The key that signs practice badges."""

from __future__ import annotations

import hashlib
from typing import Final

from checkin.domain.badge import EventKey, Keyring

PRACTICE_KEY_ID: Final = 1
PRACTICE_KEY: Final = hashlib.sha256(b"checkin practice key").digest()
"""Signs the badges of practice events. Everybody can read it here, so it is worthless for a real event."""


def practice_keyring(event_id: str) -> Keyring:
    """Return the keyring of a practice event. The same in all demo folders, so that the shipped recording fits them."""
    return Keyring(event_id, {PRACTICE_KEY_ID: EventKey(PRACTICE_KEY)}, PRACTICE_KEY_ID)
