"""What to say where the hub lacks what is here: it was emptied or replaced, and only the desk that wrote it sends it again."""

from __future__ import annotations

from collections.abc import Iterable

from checkin.db.desks import DeskRow
from checkin.i18n import _


def lacking_sentence(desks: Iterable[DeskRow]) -> str:
    """Return which desks have to sync before hub and laptop hold the same; empty where that is no desk's matter."""
    names = sorted({row.desk for row in desks if not row.mine and row.seq > row.confirmed})
    if not names:
        return ""
    return _(
        "The hub lacks scans of {desks} that are safe on this laptop: it was probably emptied or replaced. Sync at that desk,"
        " too."
    ).format(desks=", ".join(names))
