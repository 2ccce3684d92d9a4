"""The protocol that every hub speaks, and what can go wrong with one.

A call is one round trip at most; it may block for as long as `CALL_S`, so it never runs on the thread of the window and
never inside a transaction. tests/sync/conformance.py is the suite that each hub passes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, Protocol

from checkin.errors import HubError, HubUrlError
from checkin.i18n import _
from checkin.registry import walk
from checkin.sync.keys import SyncKeys
from checkin.sync.records import Chunk, DeskCard, Edition, Forked, Head, Heard, Hello, Pushed, Record
from checkin.texts import escape

Make = Literal["anywhere", "here", "never"]
"""anywhere: the hub is made with its folder; here: in a folder that is there; never: it was made long ago, so that
nothing in its place is a drive that is not plugged in."""
CONNECT_S: Final = 5.0
CALL_S: Final = 20.0
_LOGIN: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://)?[^:/?#@]*")
_SHOWN: Final = 120


class Hub(Protocol):
    """Where desks meet. Every call raises HubError (a sentence for a person) and nothing else for what the world does."""

    url: str
    """Where it is, without a password."""

    def hello(self, make: Make = "anywhere") -> Hello:
        """Say whose hub this is. Raises HubError where it is none, or one of another event.

        `make`: where a hub may be begun that is not there yet, if it is one that a desk can begin by itself (a folder).
        """

    def enter(self, laptop: str) -> str:
        """Note that `laptop` uses the enrolment of this desk; return who used it first, which is to be the same."""

    def announce(self, card: DeskCard) -> None:
        """Keep a desk's newest card. An older one (at_ms) of the same journal changes nothing; a bad signature raises."""

    def desks(self) -> list[Heard]:
        """Return the newest card of every journal."""

    def heads(self) -> dict[str, Head]:
        """Return how far every journal goes here."""

    def push(self, journal_id: str, records: Sequence[Record]) -> Pushed:
        """Take the next entries of a journal, all or none; what is there already is skipped. At most BATCH."""

    def pull(self, journal_id: str, first: int, last: int) -> list[Record]:
        """Return entries `first`..`last` (at most BATCH), fewer at the end; unverified: the caller checks the chain."""

    def forks(self) -> list[Forked]:
        """Return what was kept as evidence."""

    def editions(self) -> list[Edition]:
        """Return the newest edition of every journal that published one."""

    def publish(self, edition: Edition, chunks: Mapping[bytes, Chunk]) -> None:
        """Put an edition in the place of an older one of the same journal. `chunks`: those that the hub may lack.

        Chunks that no edition names any more are deleted. Raises RollbackError where a newer one is there.
        """

    def missing_chunks(self, digests: Sequence[bytes]) -> list[bytes]:
        """Return which of these chunks the hub does not have."""

    def chunk(self, digest: bytes) -> Chunk:
        """Return one chunk."""

    def forget(self, journal_id: str, entry_ids: Sequence[bytes]) -> None:
        """Delete the sealed texts of these entries of our own journal: the people in them were erased."""

    def close(self) -> None:
        """Let go of connections and locks."""


def open_hub(url: str, keys: SyncKeys) -> Hub:
    """Return the hub behind a URL, `folder:PATH` or `postgresql://...`. Raises HubUrlError, HubError."""
    from checkin.sync import hubs

    scheme = url.partition(":")[0].lower()
    for module in walk(hubs):
        if scheme in module.SCHEMES:
            return module.connect(url, keys)  # type: ignore[no-any-return]
    raise HubUrlError(
        _(
            "“{url}” names no hub. Write folder:PATH or postgresql://…; nothing was sent, every scan is safe here."
        ).format(url=shown_url(url))
    )


def without_password(url: str) -> str:
    """Return a URL fit for a person and the log."""
    head, at, place = url.rpartition("@")
    if not at or url.lower().startswith("folder:"):
        return url
    kept = _LOGIN.match(head)  # whatever else stands before the last @ may be a password, or a part of one
    return f"{kept[0] if kept else ''}@{place}"


def shown_url(url: str) -> str:
    """Return a URL that somebody typed fit for a sentence: without password, harmless, not too long."""
    text = escape(without_password(url.strip()))
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


__all__ = ["CALL_S", "CONNECT_S", "Hub", "HubError", "Make", "open_hub", "shown_url", "without_password"]
