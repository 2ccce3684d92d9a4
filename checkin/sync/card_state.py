"""What a desk's card says beside its head: whether a day was closed there, and what it promises to a desk that closes one.

How a closing learns that it has everything: the closing desk puts a fresh random question on its card ("asks"). Whoever
reads it in a round repeats it on the own card ("confirms"), whose head was taken afterwards. So whoever holds a card with
the question on it, and every entry up to that card's head, lacks nothing that was scanned there before the question was
put, whatever the clocks of desks and hub say. A desk that is shut says so with its last card ("shut", and the day it
worked on): its program wrote nothing after that head until it was opened again.

All of it stands in `DeskCard.state`, which an older program keeps and does not read: nothing else travels for a closing.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from checkin.sync.records import Heard

MOST: Final = 64
"""So many questions are answered at once."""
_QUESTION: Final = re.compile(r"[0-9a-f]{16}")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class CardState:
    """The text of `DeskCard.state`, taken apart."""

    said: str = "open"
    """"open", or "closed 2014-07-08" after a closing there."""
    asks: str = ""
    """The question of a closing that is under way there."""
    confirms: tuple[str, ...] = ()
    """The questions that had been read there when the card was signed."""
    shut: str = ""
    """The day that was worked on there when the program was ended with everything sent; empty: it is open, or was not ended
    in order."""

    def to_text(self) -> str:
        """Return what stands on the card."""
        parts = (
            self.said,
            f"asks {self.asks}" if self.asks else "",
            f"confirms {' '.join(self.confirms)}" if self.confirms else "",
            f"shut {self.shut}" if self.shut else "",
        )
        return "; ".join(part for part in parts if part)

    @classmethod
    def from_text(cls, text: str) -> CardState:
        """Read a card's state; parts of a newer program are left out."""
        said, *parts = text.split("; ")
        named = {name: value for name, _, value in (part.partition(" ") for part in parts)}
        asks, shut = named.get("asks", ""), named.get("shut", "")
        confirms = tuple(one for one in named.get("confirms", "").split(" ") if _QUESTION.fullmatch(one))
        return cls(
            said,
            asks if _QUESTION.fullmatch(asks) else "",
            confirms[:MOST],
            shut if _DAY.fullmatch(shut) else "",
        )


def question() -> str:
    """Return what nobody can have answered before."""
    return secrets.token_hex(8)


def questions(heard: Iterable[Heard]) -> tuple[str, ...]:
    """Return what the desks of these cards ask."""
    asked = {CardState.from_text(one.card.state).asks for one in heard if not one.revoked}
    return tuple(sorted(asked - {""}))[:MOST]
