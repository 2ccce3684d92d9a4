"""The gate between seeing and scanning: a badge held still is one scan, shown again after it was away it is a second.

No clock in here: the caller says what time it is, the camera's for a live picture, the film's for a film.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checkin.scan.code import Code

AWAY_S = 1.0
"""A badge that was not seen for this long has left the picture."""
BESIDE_S = 0.3
"""A second badge that was seen this short a time ago is still there, though this frame did not show it."""
NEARER = 1.6
"""How many times as large (in area) a code must be than any other to be the one that is meant."""


@dataclass(slots=True)
class _Seen:
    code: Code
    at: float
    taken: bool = False


class Gate:
    """Lets each showing of a badge through once. Time is in seconds on any clock that does not go back."""

    def __init__(self, away_s: float = AWAY_S) -> None:
        self._away_s = away_s
        self._seen: dict[str, _Seen] = {}

    def see(self, codes: Iterable[Code], now: float) -> Code | None:
        """Say what one frame showed; returns the code that is now scanned, or None.

        Two copies of one badge are one. Of different badges the one that is clearly nearer is meant; while none is,
        none is taken, and as the other leaves the picture the one that stays is taken.
        """
        for text in [text for text, seen in self._seen.items() if now - seen.at > self._away_s]:
            del self._seen[text]
        largest: dict[str, Code] = {}
        for code in codes:
            if code.text not in largest or code.area > largest[code.text].area:
                largest[code.text] = code
        for text, code in largest.items():
            seen = self._seen.setdefault(text, _Seen(code, now))
            seen.code, seen.at = code, now
        meant = self._meant(now)
        if meant is None or meant.taken or meant.code.text not in largest:
            return None
        meant.taken = True
        return meant.code

    def meant(self, now: float) -> str:
        """Return the text of the badge that is meant of those in front of the camera now; empty: none, or not clear."""
        meant = self._meant(now)
        return meant.code.text if meant is not None else ""

    def crowded(self, now: float) -> bool:
        """Say whether several badges are there and none is clearly nearer."""
        return self._meant(now) is None and any(now - seen.at <= BESIDE_S for seen in self._seen.values())

    def holds(self, text: str) -> bool:
        """Say whether this badge was scanned and has not left the picture since."""
        return text in self._seen and self._seen[text].taken

    def forget(self) -> None:
        """Start afresh (another source): whatever is shown next is a new scan."""
        self._seen.clear()

    def _meant(self, now: float) -> _Seen | None:
        present = sorted(
            (seen for seen in self._seen.values() if now - seen.at <= BESIDE_S), key=lambda seen: -seen.code.area
        )
        if len(present) > 1 and present[0].code.area < NEARER * present[1].code.area:
            return None
        return present[0] if present else None
