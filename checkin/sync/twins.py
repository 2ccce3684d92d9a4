"""Another laptop that works as this desk: its enrolment was used twice, or the laptop was copied where nobody could see it.

Both have the same key, and each would take the other's journal for an old one of its own. What tells them apart: our own
old journals are silent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from checkin.db import state
from checkin.domain.journal import Body, Kind
from checkin.i18n import _
from checkin.sync.exchange import Exchange
from checkin.sync.records import Heard
from checkin.texts import isolate


def look_for_twin(x: Exchange, heard: Mapping[str, Heard]) -> None:
    """Add a notice where somebody else announces journals under our key.

    What our journal finds at its first round is remembered only: this laptop may have written it before the program was
    set up anew. Later a journal that is announced again is somebody's, and so is a new one that succeeds no other.
    """
    cards = {j: one.card.at_ms for j, one in heard.items() if one.card.key == x.keys.public and j != x.own.journal_id}
    key = state.TWINS + x.own.journal_id
    with x.database.read() as connection:
        kept = state.get(connection, key)
    if kept == (now := json.dumps(cards, sort_keys=True)):
        return
    before: dict[str, int] = json.loads(kept) if kept else {}
    with x.database.write() as connection:
        state.put(connection, key, now)
    changed = [j for j, at_ms in cards.items() if before.get(j) not in {None, at_ms}]
    new = [j for j in cards if j not in before and kept and not _succeeds(x, j)]
    if changed or new:
        x.notices.append(
            _("Another laptop works as this desk, {desk}: its enrolment was used twice, or the laptop was copied. Every scan of"
              " both is safe and nobody counts twice; let the supervisor add a desk of its own for one of them.").format(
                desk=isolate(x.own.desk)
            )
        )  # fmt: skip


def _succeeds(x: Exchange, journal_id: str) -> bool:
    """Say whether a journal begins as the successor of another, as one that this laptop wrote itself would."""
    records = x.hub.pull(journal_id, 1, 1)
    try:
        return bool(records) and Body.from_bytes(records[0].body).kind is Kind.PARENT
    except (ValueError, KeyError, TypeError):
        return True  # a newer program wrote it: nothing is claimed
