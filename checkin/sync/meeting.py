"""Who is there: the hub's clock, the desks' cards, and ours."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from checkin.db import journals
from checkin.db import state as kept
from checkin.db.journal import add_staff, staff_of
from checkin.db.people import raw_of
from checkin.sync.card_state import CardState, questions
from checkin.sync.exchange import NOTHING, Exchange
from checkin.sync.hub import Make
from checkin.sync.records import DeskCard, Heard, Hello

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SKEW_MS: Final = 2000
"""A laptop's clock is corrected where it differs more from the hub's."""
_STAFF: Final = b"checkin staff"
_SHUT: Final = "sync.shut"
"""Our card at a hub says that this desk is shut: its URL, and how many entries there were."""


def greet(x: Exchange, make: Make, *, practice: bool) -> Hello:
    """Ask the hub who it is, and how far our clock is off. Practice has a clock of its own, which no hub corrects."""
    asked = x.writer.now_ms()
    hello = x.hub.hello(make)
    answered = x.writer.now_ms()
    if practice:
        return hello
    offset = hello.now_ms - (asked + answered) // 2
    offset = offset if abs(offset) > _SKEW_MS else 0
    if abs(offset - x.writer.offset_ms) > _SKEW_MS:
        x.writer.offset_ms = offset
        with x.database.write() as connection:
            x.writer.note_clock(raw_of(connection))
    return hello


def meet(x: Exchange, cut_off: Iterable[bytes]) -> dict[str, Heard]:
    """Learn which desks there are, by journal; a card that no desk of this event signed is left alone.

    `cut_off`: keys of desks that were revoked.
    """
    heard = cards(x)
    gone = set(cut_off)
    with x.database.write() as connection:
        for one in heard.values():
            card = one.card
            journals.heard(
                connection, card.journal_id, desk=card.desk, number=card.number, key=card.key, announced=card.head.seq,
                heard_ms=one.heard_ms, state=card.state, revoked=one.revoked or card.key in gone,
            )  # fmt: skip
            _learn_staff(x, connection, card)
    return heard


def cards(x: Exchange) -> dict[str, Heard]:
    """Return the newest card of every journal, by journal; one that no desk of this event signed is left out."""
    return {one.card.journal_id: one for one in x.hub.desks() if x.keys.believes(one.card)}


def announce(x: Exchange, heard: Mapping[str, Heard], *, asks: str = "", leaving: str = "") -> None:
    """Leave our own card: how far our journal goes on this laptop, who worked here, and what `card_state` is about.

    `heard`: the cards that were there, by journal. A hub keeps the later card, so ours is later than the last one even
    where this laptop's clock was set back: what it confirms must not wait for that.
    `leaving`: the day that was worked on, where the program ends with this round; it is said only if the hub has all.
    """
    with x.database.read() as connection:
        raw = raw_of(connection)
        names = staff_of(raw, x.own.pk)
        said = raw.execute("SELECT state FROM journal WHERE id = ?", (x.own.pk,)).fetchone()[0]
        shut_there = json.loads(kept.get(connection, _SHUT) or "[]")
    head = x.head(x.own.pk)
    if leaving and x.hub.heads().get(x.own.journal_id, NOTHING) != head:
        leaving = ""
    sealed = x.keys.seal(_STAFF, json.dumps(names, ensure_ascii=False, sort_keys=True).encode())
    last_ms = heard[x.own.journal_id].card.at_ms if x.own.journal_id in heard else 0
    card = DeskCard(
        x.own.journal_id, x.own.desk, x.own.desk_number, b"", b"", head,
        max(x.writer.now_ms() + x.writer.offset_ms, last_ms + 1),
        CardState(said, asks, questions(heard.values()), leaving).to_text(), "", sealed,
    )  # fmt: skip
    if leaving:
        _note_shut(x, json.dumps([x.hub.url, x.own.journal_id, head.seq]))
    x.hub.announce(x.keys.signed_card(card))
    if shut_there and not leaving and shut_there[0] == x.hub.url:
        _note_shut(x, "")


def wrote_since_shut(connection: Connection, journal_pk: int, journal_id: str) -> bool:
    """Say whether our card at a hub says that this desk is shut, and it was written to since."""
    shut_there = json.loads(kept.get(connection, _SHUT) or "[]")
    if not shut_there:
        return False
    last = raw_of(connection).execute("SELECT max(seq) FROM entry WHERE journal = ?", (journal_pk,)).fetchone()[0]
    return bool(shut_there[1] != journal_id or (last or 0) > shut_there[2])


def _note_shut(x: Exchange, text: str) -> None:
    with x.database.write() as connection:
        kept.put(connection, _SHUT, text)


def _learn_staff(x: Exchange, connection: Connection, card: DeskCard) -> None:
    try:
        names = json.loads(x.keys.unseal(_STAFF, card.sealed)) if card.sealed else {}
    except ValueError:
        return
    for operator, name in names.items():
        add_staff(raw_of(connection), str(operator), str(name))
