"""A bundle that is not what it should be does no harm, and the sentence says what is the matter."""

from __future__ import annotations

import hashlib
import tracemalloc
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.db import journals
from checkin.db.engine import Database
from checkin.db.migrate import migrate
from checkin.errors import BundleError
from checkin.sync import bundle as bundles
from checkin.sync.bundle import UnreadableBundleError, pack, read_bundle, unpack, write_bundle
from checkin.sync.keys import SyncKeys, new_keys
from checkin.sync.stick import take_bundle
from tests.bad_inputs import cases
from tests.sync.journals import DeskJournal, desk_keys, event_keys

KEYS = event_keys()
DESK = desk_keys(KEYS, "Desk 2")
JOURNAL = DeskJournal()
JOURNAL.add(30, keys=KEYS, text="ชื่อ")
WHOLE = pack(DESK, JOURNAL.journal_id, JOURNAL.before(1), JOURNAL.records, 1000)


def refused(data: bytes, keys: SyncKeys = KEYS) -> UnreadableBundleError:
    with pytest.raises(UnreadableBundleError) as error:
        unpack(data, keys, "stick.bundle")
    assert str(error.value).startswith("“stick.bundle”")
    return error.value


def test_gives_back_what_was_put_in() -> None:
    part = pack(DESK, JOURNAL.journal_id, JOURNAL.before(11), JOURNAL.part(11, 30), 1000)
    made = unpack(part, KEYS, "x")
    assert list(made.records) == JOURNAL.part(11, 30)
    assert (made.previous, made.desk, made.manifest.event_id) == (JOURNAL.before(11), "Desk 2", KEYS.event_id)


def test_tells_nothing_of_what_is_in_it() -> None:
    for record in JOURNAL.records[:3]:
        assert record.entry_id not in WHOLE
        assert b"CHECK_IN" not in WHOLE
        assert zlib.compress(record.body)[2:20] not in WHOLE


def test_cut_anywhere_is_cut_or_altered_and_never_taken() -> None:
    reasons = [refused(WHOLE[:length]).reason for length in range(0, len(WHOLE), 7)]
    assert set(reasons) <= {"cut", "altered"}
    body = len(WHOLE) - unpack(WHOLE, KEYS, "x").manifest.length
    assert {refused(WHOLE[:length]).reason for length in range(body, len(WHOLE), 50)} == {"cut"}


def test_altered_anywhere_is_never_taken() -> None:
    for place in range(0, len(WHOLE), 11):
        assert refused(WHOLE[:place] + bytes([WHOLE[place] ^ 1]) + WHOLE[place + 1 :]).reason in {
            "altered", "cut", "other event", "unknown desk", "version", "foreign file",
        }  # fmt: skip
    assert refused(WHOLE + b"x").reason == "altered"


def test_every_reason_has_a_sentence_of_its_own() -> None:
    """bundle-001, -007, -009, -011."""
    manifest, body = bundles.read_manifest(WHOLE, KEYS, "x")
    other = new_keys("another-event", "Desk 1")
    found = {
        "cut": refused(WHOLE[: len(WHOLE) // 2]),
        "altered": refused(WHOLE[:-1] + bytes([WHOLE[-1] ^ 1])),
        "other event": refused(pack(other, JOURNAL.journal_id, JOURNAL.before(1), JOURNAL.records, 1)),
        "unknown desk": refused(pack(event_keys(), JOURNAL.journal_id, JOURNAL.before(1), JOURNAL.records, 1)),
        "lie": refused(bundles.assemble(DESK, replace(manifest, count=29), body)),
        "version": refused(WHOLE.replace(b"BUNDLE 1\n", b"BUNDLE 2\n")),
        "foreign file": refused(b"MZ\x90\x00" * 40),
        "too big": refused(bundles.assemble(DESK, replace(manifest, raw=2**40), body)),
    }
    assert {reason: error.reason for reason, error in found.items()} == {reason: reason for reason in found}
    assert len({str(error) for error in found.values()}) == len(found)
    assert "another-event" in str(found["other event"])
    for case_id in ("bundle-001", "bundle-007", "bundle-009", "bundle-011"):
        assert cases.case(case_id).expected.startswith("rejected")


def test_a_lying_desk_of_ours_is_found_out() -> None:
    manifest, body = bundles.read_manifest(WHOLE, KEYS, "x")
    lies = [
        replace(manifest, head=bytes(32)),
        replace(manifest, start=bytes(32)),
        replace(manifest, previous=JOURNAL.records[3].hash),
        replace(manifest, raw=manifest.raw - 1),
        replace(manifest, raw=manifest.raw + 1),
        replace(manifest, first=0, count=31),
        replace(manifest, last=31, count=31),
        replace(manifest, previous=b""),
        replace(manifest, count=0, last=0),
    ]
    for lie in lies:
        assert refused(bundles.assemble(DESK, lie, body)).reason in {"lie", "altered"}
    shuffled = [JOURNAL.records[1], JOURNAL.records[0], *JOURNAL.records[2:]]
    shuffled = [replace(r, seq=n) for n, r in enumerate(shuffled, 1)]
    assert refused(pack(DESK, JOURNAL.journal_id, JOURNAL.before(1), shuffled, 1)).reason == "lie"


def test_a_bomb_is_not_unpacked() -> None:
    bomb = KEYS.seal(bundles._context(JOURNAL.journal_id, 1, 30), zlib.compress(bytes(90_000_000), 9))
    manifest, _body = bundles.read_manifest(WHOLE, KEYS, "x")
    lie = replace(manifest, length=len(bomb), sha256=hashlib.sha256(bomb).hexdigest())
    tracemalloc.start()
    try:
        assert refused(bundles.assemble(DESK, lie, bomb)).reason == "lie"
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@given(st.binary(max_size=300))
def test_whatever_a_file_holds_is_refused_with_a_sentence(data: bytes) -> None:
    refused(data)
    refused(b"CHECKIN-BUNDLE 1\n" + data)
    refused(b"CHECKIN-BUNDLE 1\n{" + data + b"}\n" + bytes(64))


def test_names_of_another_event_are_data() -> None:
    other = new_keys("<b>x</b>\u202e\n{0}", "Desk 1")
    error = refused(pack(other, JOURNAL.journal_id, JOURNAL.before(1), JOURNAL.records, 1))
    assert error.reason == "other event"
    assert "\u202e" not in str(error)
    assert "\n" not in str(error)


# -- by stick and letter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Database]:
    """The file of another desk."""
    database = Database(tmp_path / "checkin.sqlite")
    migrate(database)
    yield database
    database.close()


def carried(tmp_path: Path, first: int, last: int, journal: DeskJournal = JOURNAL) -> Path:
    path = tmp_path / f"letter-{first}.bundle"
    write_bundle(path, DESK, journal.journal_id, journal.before(first), journal.part(first, last), 1000)
    return path


def head(desk: Database) -> tuple[int, bytes]:
    with desk.read() as connection:
        return journals.known(connection)[JOURNAL.journal_id].head


def test_a_bundle_in_a_letter_is_taken_and_a_replay_brings_nothing(tmp_path: Path, desk: Database) -> None:
    """bundle-005."""
    path = carried(tmp_path, 1, 20)
    assert list(read_bundle(path, KEYS).records) == JOURNAL.part(1, 20)
    taken = take_bundle(desk, KEYS, path)
    assert (taken.desk, taken.entries, taken.new) == ("Desk 2", 20, 20)
    assert take_bundle(desk, KEYS, carried(tmp_path, 15, 30)).new == 10
    assert take_bundle(desk, KEYS, path).new == 0
    assert head(desk) == (JOURNAL.head.seq, JOURNAL.head.hash)
    assert cases.case("bundle-005").expected == "0 new, no rollback"


def test_a_gap_names_what_is_missing(tmp_path: Path, desk: Database) -> None:
    take_bundle(desk, KEYS, carried(tmp_path, 1, 5))
    with pytest.raises(UnreadableBundleError) as error:
        take_bundle(desk, KEYS, carried(tmp_path, 11, 20))
    assert error.value.reason == "gap"
    assert "6 to 10" in str(error.value)
    assert "Desk 2" in str(error.value)
    assert head(desk)[0] == 5


def test_a_clones_bundle_is_told_apart_and_both_keep_theirs(tmp_path: Path, desk: Database) -> None:
    """bundle-013. What a hub does with both: HubConformance.test_keeps_a_clones_entries_as_a_fork."""
    clone = JOURNAL.clone(10)
    clone.add(5)
    take_bundle(desk, KEYS, carried(tmp_path, 1, 30))
    letter = carried(tmp_path, 8, 15, clone)
    with pytest.raises(BundleError, match="probably copied"):
        take_bundle(desk, KEYS, letter)
    assert head(desk) == (JOURNAL.head.seq, JOURNAL.head.hash)
    assert list(read_bundle(letter, KEYS).records) == clone.part(8, 15), "the file is left as it is"


def test_a_stick_that_is_gone_and_a_folder_that_is_none(tmp_path: Path, desk: Database) -> None:
    with pytest.raises(UnreadableBundleError) as error:
        take_bundle(desk, KEYS, tmp_path / "gone" / "x.bundle")
    assert error.value.reason == "missing"
    with pytest.raises(BundleError, match="not there"):
        carried(tmp_path / "gone", 1, 3)
    with pytest.raises(BundleError):
        write_bundle(tmp_path / "x.bundle", DESK, JOURNAL.journal_id, JOURNAL.before(1), [], 1)
    assert list(tmp_path.glob("*.bundle")) == []
