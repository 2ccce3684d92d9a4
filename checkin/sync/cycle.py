"""One round with a hub: send what it lacks, take what we lack, agree on who people are, compare fingerprints.

No thread and no Qt here. Nothing is asked over the network while a transaction is open, and what arrives is written in
short ones, so that a scan never waits for a hub. A round can be cut off anywhere: the next one starts from what both ends
really have, never from what one of them remembers (design: SYNC.md "Sync").
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from checkin.db import desks as desk_rows
from checkin.db import doubles as double_rows
from checkin.db import forgetting, journals, search
from checkin.db import state as rows
from checkin.db.desks import DeskRow
from checkin.db.doubles import Double
from checkin.db.engine import Database
from checkin.i18n import _
from checkin.sync.editions import Publisher
from checkin.sync.exchange import NOTHING, Exchange, Progress, Writer
from checkin.sync.hub import Hub, Make, open_hub, without_password
from checkin.sync.keys import SyncKeys
from checkin.sync.meeting import announce, cards, greet, meet, wrote_since_shut
from checkin.sync.receiving import receive, rescue
from checkin.sync.records import PROTOCOL, Head, fingerprint
from checkin.sync.sending import forget, send
from checkin.sync.twins import look_for_twin

ALIVE_MS: Final = 10 * 60 * 1000
CLOSE_S: Final = 1.0
"""So long closing waits for a round under way. One that hangs in its hub is left alone: it holds no transaction."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a round came to."""

    pushed: int
    pulled: int
    conflicts: int
    """Doubles that nobody has settled, of all days."""
    new_doubles: tuple[Double, ...]
    """Those that this round brought to light."""
    desks: tuple[DeskRow, ...]
    verified: bool
    """Whether both ends hold the same entries: equal fingerprints."""
    fingerprint: str
    """D of what is here, hex."""
    people: int
    """People of lists who are new here or changed."""
    at_ms: int
    """When it ended, by this laptop's clock."""
    notices: tuple[str, ...] = ()
    """What a person should know, one sentence each."""


def _no_progress(_stage: str, _done: int, _total: int) -> None:
    return


def _never() -> bool:
    return False


class Syncer:
    """Keeps one data folder and its hubs in step. One round at a time; a second call waits for the first."""

    def __init__(
        self,
        database: Database,
        keys: SyncKeys,
        writer: Writer,
        publisher: Publisher,
        *,
        default_url: Callable[[], str],
        built_in: str = "",
        practice: bool = False,
        erasure_notices: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """`built_in`: the hub that comes with the event, made whenever it is not there; `practice`: the clock is not the
        real one, so a hub's says nothing about it. `erasure_notices`: what a person is to be told of those whom other desks
        erased; asked at the end of each round."""
        self.alive_ms = ALIVE_MS
        """A desk that was heard within this time sends its own entries again; those of others are re-appended by who has
        them."""
        self.asks = ""
        """The question of a closing that is under way here: goes onto our card until it is taken away (card_state)."""
        self._database = database
        self._keys = keys
        self._writer = writer
        self._publisher = publisher
        self._default_url = default_url
        self._built_in = built_in
        self._practice = practice
        self._erasure_notices = erasure_notices
        self._lock = threading.Lock()
        self._hub: Hub | None = None
        self._url = ""
        self.last: Round | None = None
        """The last round that ended well."""
        with database.write_fast() as raw:
            journals.mark_own(raw, writer.journal.pk, keys.public)

    def round(
        self,
        url: str = "",
        *,
        progress: Progress = _no_progress,
        cancelled: Callable[[], bool] = _never,
        leaving: str = "",
    ) -> Round:
        """Do one round with the hub behind `url`, or with this desk's own.

        `leaving`: the program ends with this round, and the day it worked on: others need not wait for this desk then.
        Raises HubError with a sentence on what is safe, CancelledError, StorageError. What was exchanged before stays.
        """
        with self._lock:
            try:
                url = url or self._default_url()
                self.last = self._exchange(self._opened(url), self._may_make(url), progress, cancelled, leaving)
                self._note_met(without_password(url))
            except BaseException:
                self._let_go()
                raise
            return self.last

    def wrote_since_shut(self) -> bool:
        """Say whether our card says that this desk is shut though it was written to since."""
        own = self._writer.journal
        with self._database.read() as connection:
            return wrote_since_shut(connection, own.pk, own.journal_id)

    def come_back(self) -> None:
        """Leave a card that no longer says that this desk is shut; nothing else is exchanged. Raises HubError."""
        with self._lock:
            try:
                hub = self._opened(self._default_url())
                x = Exchange(self._database, self._keys, self._writer, hub, _no_progress, _never)
                greet(x, self._may_make(self._default_url()), practice=self._practice)
                announce(x, cards(x), asks=self.asks)
            except BaseException:
                self._let_go()
                raise

    def close(self) -> None:
        """Let go of the hub; one that hangs in a round keeps nobody from closing."""
        if self._lock.acquire(timeout=CLOSE_S):
            try:
                self._let_go()
            finally:
                self._lock.release()

    def _opened(self, url: str) -> Hub:
        """Return the hub, connected once for many rounds; after a failure it is connected anew."""
        if self._hub is None or self._url != url:
            self._let_go()
            self._hub, self._url = open_hub(url, self._keys), url
        return self._hub

    def _let_go(self) -> None:
        if self._hub is not None:
            self._hub.close()
            self._hub = None

    def _may_make(self, url: str) -> Make:
        """Say where a hub may be begun: this desk's own is not made a second time, since an empty place is a drive that is
        not plugged in; once it met one, a path that does not exist is a slip of the pen."""
        if url == self._built_in:
            return "anywhere"
        with self._database.read() as connection:
            met = rows.get(connection, rows.MET).split("\n")
        if url == self._default_url() and without_password(url) in met:
            return "never"
        return "here" if any(met) else "anywhere"

    def _note_met(self, url: str) -> None:
        with self._database.read() as connection:
            met = set(rows.get(connection, rows.MET).split("\n")) - {""}
        if url not in {*met, self._built_in}:
            with self._database.write() as connection:
                rows.put(connection, rows.MET, "\n".join(sorted({*met, url})))

    def _exchange(self, hub: Hub, make: Make, progress: Progress, cancelled: Callable[[], bool], leaving: str) -> Round:
        before = {double.second.record for double in self._doubles()}
        x = Exchange(self._database, self._keys, self._writer, hub, progress, cancelled)
        hello = greet(x, make, practice=self._practice)
        heard = meet(x, self._publisher.cut_off())
        look_for_twin(x, heard)
        editions = hub.editions()
        people = self._publisher.take(
            hub, x.own.journal_id, editions, lambda done, total: progress("people", done, total), cancelled
        )
        pushed = send(x)
        if hello.min_version <= PROTOCOL:
            receive(x, heard)
            pushed += rescue(x, hello.now_ms - self.alive_ms, heard)
        else:
            x.notices.append(
                _("The hub needs a newer version of this program: your scans were sent, others are not shown here until you"
                  " update.")
            )  # fmt: skip
        self._publisher.publish(hub, x.own.journal_id, self._writer.now_ms(), editions)
        self._publisher.retire(hub, x.own.journal_id, editions)
        forget(x, hello.epoch)
        announce(x, heard, asks=self.asks, leaving=leaving)
        forgetting.finish(self._database)
        x.notices += self._erasure_notices()
        search.catch_up(self._database)
        return self._ended(x, before, pushed, people)

    def _ended(self, x: Exchange, before: set[str], pushed: int, people: int) -> Round:
        heads = x.hub.heads()
        known = x.known()
        changed = [(one, min(heads.get(j, NOTHING).seq, one.seq)) for j, one in known.items()]
        changed = [(one, seq) for one, seq in changed if seq != one.confirmed]
        if changed:
            with self._database.write() as connection:
                for one, seq in changed:
                    journals.confirm(connection, one.pk, seq)
        with self._database.read() as connection:
            everyone = desk_rows.desks(connection)
        mine = fingerprint({journal_id: Head(one.seq, one.hash) for journal_id, one in known.items()})
        found = self._doubles()
        return Round(
            pushed=pushed,
            pulled=x.pulled,
            conflicts=sum(not one.settled for one in found),
            new_doubles=tuple(one for one in found if one.second.record not in before),
            desks=tuple(everyone),
            verified=mine == fingerprint(heads) and not x.blocked,
            fingerprint=mine,
            people=people,
            at_ms=self._writer.now_ms(),
            notices=tuple(dict.fromkeys(x.notices)),
        )

    def _doubles(self) -> list[Double]:
        with self._database.read() as connection:
            return double_rows.doubles(connection)
