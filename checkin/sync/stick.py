"""Entries on a stick or by letter, where there is no network: a bundle is written by one desk and taken by another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from checkin.db import copies, forgetting, journals, remote
from checkin.db.engine import Database
from checkin.db.people import raw_of
from checkin.errors import BundleError
from checkin.i18n import _
from checkin.sync.bundle import MAX_ENTRIES, UnreadableBundleError, read_bundle, write_bundle
from checkin.sync.exchange import arrived, record
from checkin.sync.keys import SyncKeys
from checkin.sync.records import Head
from checkin.texts import isolate

SUFFIX: Final = ".bundle"


@dataclass(frozen=True, slots=True)
class Carried:
    """What a bundle brought."""

    desk: str
    """The name under which the desk that wrote it was enrolled."""
    entries: int
    new: int
    """0: all of it was here already."""


def write_bundles(database: Database, keys: SyncKeys, folder: Path, name: str, now_ms: int) -> list[Path]:
    """Write everything that this desk ever wrote into bundles in `folder`; return the files. Raises BundleError.

    `name`: how the files are to be called, without a suffix. Several journals, or a very long one, become several files.
    """
    with database.read() as connection:
        known = sorted(journals.known(connection).values(), key=lambda one: one.pk)
        mine = [one for one in known if one.seq and (one.mine or one.key == keys.public)]
    if not mine:
        raise BundleError(_("This desk has no entries yet. Nothing was written."))
    written: list[Path] = []
    for one in mine:
        previous = Head(0, bytes(32))
        while previous.seq < one.seq:
            with database.read() as connection:
                rows = journals.entries(connection, one.pk, previous.seq + 1, MAX_ENTRIES)
            records = [record(keys, *row) for row in rows]
            number = f"-{len(written) + 1}" if written else ""
            path = folder / f"{name}{number}{SUFFIX}"
            write_bundle(path, keys, one.journal_id, previous, records, now_ms)
            copies.note_written(database, "bundle", path, now_ms)
            written.append(path)
            previous = Head(records[-1].seq, records[-1].hash)
    return written


def take_bundle(database: Database, keys: SyncKeys, path: Path) -> Carried:
    """Take the entries of a bundle; taking one twice, or an older one after a newer, changes nothing.

    Raises BundleError, with one sentence for each: cut, altered, of another event, of a desk that is not enrolled, with
    entries missing before it, or of a journal that was copied. Nothing is taken then, and the file stays where it is.
    """
    bundle = read_bundle(path, keys)
    entries = [arrived(keys, one) for one in bundle.records]
    with database.read() as connection:
        known = journals.known(connection).get(bundle.manifest.journal)
    here = known.seq if known else 0
    if bundle.manifest.first > here + 1:
        raise UnreadableBundleError(
            "gap",
            _("“{name}” begins with entry {first} of {desk}, but entries {missing} to {before} are not here yet. Nothing was"
              " taken; bring the bundle with those first.").format(
                name=path.name, first=bundle.manifest.first, desk=isolate(bundle.desk), missing=here + 1,
                before=bundle.manifest.first - 1,
            ),
        )  # fmt: skip
    if known is not None and known.mine:
        return Carried(bundle.desk, len(entries), 0)  # our own, back from a walk
    try:
        with database.write() as connection:
            pk = journals.add_journal(connection, bundle.manifest.journal)
            taken = remote.take(connection, pk, entries)
            raw_of(connection).execute(
                "UPDATE journal SET desk = iif(desk = '', ?1, desk), key = iif(key = x'', ?2, key),"
                " announced = max(announced, ?3) WHERE id = ?4",
                (bundle.desk, bundle.manifest.key, bundle.manifest.last, pk),
            )
    except remote.ForkedError as error:
        raise BundleError(
            _("“{name}” says something else than what is known of {desk}: that laptop was probably copied. Nothing was taken"
              " and nothing is lost; let both laptops sync, or tell the supervisor.").format(
                name=path.name, desk=isolate(bundle.desk)
            )
        ) from error  # fmt: skip
    if taken.erased:
        forgetting.finish(database)
    return Carried(bundle.desk, len(entries), taken.new)
