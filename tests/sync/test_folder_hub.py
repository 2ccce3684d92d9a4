"""The hub that is a folder."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uuid6 import uuid7

from checkin.domain.journal import Body, Kind
from checkin.errors import HubError, HubUnreachableError, HubUrlError
from checkin.sync.bundle import pack, read_manifest
from checkin.sync.hub import Hub, open_hub
from checkin.sync.hubs import _folder_admin as admin
from checkin.sync.hubs._folder_files import HubFolder, bundle_name
from checkin.sync.keys import SyncKeys
from checkin.sync.records import Chunk, Edition, Head, PublicPerson, chain_breaks, fingerprint
from tests.bad_inputs import cases
from tests.sync.conformance import HubConformance, HubPlace
from tests.sync.journals import DAY, DeskJournal, card, desk_keys, event_keys


class FolderPlace:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.url = f"folder:{path}"
        self.keys = event_keys()
        admin.init(self.url, self.keys)

    def connect(self, keys: SyncKeys) -> Hub:
        return open_hub(self.url, keys)

    def revoke(self, name: str) -> None:
        admin.revoke_desk(self.url, self.keys, name)

    def remake(self) -> None:
        shutil.rmtree(self.path)
        admin.init(self.url, self.keys)


@pytest.fixture
def folder_place(tmp_path: Path) -> FolderPlace:
    return FolderPlace(tmp_path / "hub")


class TestFolder(HubConformance):
    @pytest.fixture
    def place(self, folder_place: FolderPlace) -> HubPlace:
        return folder_place


# -- what only a folder does


def names(place: FolderPlace, ending: str = ".bundle") -> list[str]:
    return sorted(path.name for path in place.path.iterdir() if path.name.endswith(ending))


@pytest.fixture
def hub(folder_place: FolderPlace) -> Iterator[Hub]:
    opened = folder_place.connect(folder_place.keys)
    yield opened
    opened.close()


def test_a_day_of_small_pushes_is_few_files(folder_place: FolderPlace, hub: Hub) -> None:
    journal = DeskJournal()
    journal.add(1110, keys=folder_place.keys)
    most = 0
    for first in range(1, 1111, 5):
        assert hub.push(journal.journal_id, journal.part(first, first + 4)).status == "ok"
        most = max(most, len(names(folder_place)))
    assert most <= 12
    assert len([n for n in names(folder_place) if "-00000500." in n or "-00001000." in n]) == 2
    reader = folder_place.connect(desk_keys(folder_place.keys, "Desk 3"))
    assert reader.heads() == {journal.journal_id: journal.head}
    assert [
        r for first in (1, 501, 1001) for r in reader.pull(journal.journal_id, first, first + 499)
    ] == journal.records


def test_files_that_are_not_ours_are_never_opened(folder_place: FolderPlace, hub: Hub, tmp_path: Path) -> None:
    """bundle-003, bundle-019: a fifo would block whoever opened it, a folder and a link would fail."""
    journal = DeskJournal()
    hub.push(journal.journal_id, journal.add(3))
    (mine,) = names(folder_place)
    for name in (
        "evil.exe", "autorun.inf", "Holiday.lnk", ".hidden", mine + ".part", mine.replace(".bundle", " (1).bundle"),
        "evil.bundle", "Z" * 32 + ".00000001-00000002." + "0" * 16 + ".bundle", f".{'ab' * 6}.part",
    ):  # fmt: skip
        os.mkfifo(folder_place.path / name)
    fit = f"{'0' * 32}.00000001-00000003.{'0' * 16}"
    os.mkfifo(folder_place.path / f"{fit}.bundle")
    (folder_place.path / f"{fit}.fork.bundle").symlink_to(tmp_path / "secret")
    (folder_place.path / f"{'1' * 32}.card").mkdir()
    before = {path.name for path in folder_place.path.iterdir()}
    reader = folder_place.connect(desk_keys(folder_place.keys, "Desk 3"))
    assert reader.heads() == {journal.journal_id: journal.head}
    assert reader.desks() == []
    assert reader.forks() == []
    assert {path.name for path in folder_place.path.iterdir()} == before
    assert "ignored" in cases.case("bundle-003").expected
    assert "never opened" in cases.case("bundle-019").expected


def test_a_renamed_bundle_counts_nowhere(folder_place: FolderPlace, hub: Hub) -> None:
    journal, other = DeskJournal(), DeskJournal()
    hub.push(journal.journal_id, journal.add(3))
    (mine,) = names(folder_place)
    lie = other.journal_id.replace("-", "") + mine[32:]
    (folder_place.path / mine).rename(folder_place.path / lie)
    assert folder_place.connect(folder_place.keys).heads() == {}
    (folder_place.path / lie).rename(folder_place.path / mine)
    assert folder_place.connect(folder_place.keys).heads() == {journal.journal_id: journal.head}


@pytest.mark.parametrize("damage", ["cut", "altered", "empty"])
def test_a_damaged_bundle_hides_nothing_else_and_is_sent_again(
    folder_place: FolderPlace, hub: Hub, damage: str
) -> None:
    """bundle-001."""
    journal, other = DeskJournal(), DeskJournal()
    hub.push(journal.journal_id, journal.add(500))
    hub.push(other.journal_id, other.add(2))
    hub.push(journal.journal_id, journal.add(7))
    first = next(n for n in names(folder_place) if "-00000500." in n)
    data = (folder_place.path / first).read_bytes()
    damaged = {"cut": data[: len(data) // 2], "altered": data[:-9] + bytes(9), "empty": b""}[damage]
    (folder_place.path / first).write_bytes(damaged)
    reader = folder_place.connect(desk_keys(folder_place.keys, "Desk 3"))
    assert reader.heads() == {other.journal_id: other.head}
    assert (folder_place.path / first).read_bytes() == damaged
    assert hub.heads() == {other.journal_id: other.head}  # and so the desk sends it once more
    assert hub.push(journal.journal_id, journal.part(1, 500)).status == "ok"
    assert reader.heads()[journal.journal_id] == journal.head
    assert reader.pull(journal.journal_id, 1, 600) == journal.part(1, 500)


def test_a_file_that_the_disk_will_not_give_hides_no_other(
    folder_place: FolderPlace, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, other = DeskJournal(), DeskJournal()
    hub.push(journal.journal_id, journal.add(2))
    hub.push(other.journal_id, other.add(2))
    hub.announce(card(folder_place.keys, journal))
    real = Path.open

    def bad_sector(self: Path, *args: Any, **more: Any) -> Any:
        if self.name.startswith(journal.journal_id.replace("-", "")):
            raise OSError(errno.EIO, "Input/output error")
        return real(self, *args, **more)

    reader = folder_place.connect(desk_keys(folder_place.keys, "Desk 3"))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", bad_sector)
        assert reader.heads() == {other.journal_id: other.head}
        assert reader.desks() == []
    assert len(reader.heads()) == 2
    assert len(reader.desks()) == 1
    with (folder_place.path / names(folder_place)[0]).open("r+b") as file:
        file.truncate(65 * 1024 * 1024)
    assert len(reader.heads()) == 1


def test_an_old_bundle_that_a_reader_holds_open_is_tidied_later(
    folder_place: FolderPlace, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows deletes no file that is open."""
    journal = DeskJournal()
    hub.push(journal.journal_id, journal.add(2))

    def busy(self: HubFolder, _name: str) -> None:
        raise self.failure(PermissionError(errno.EACCES, "used by another process"))

    with monkeypatch.context() as patch:
        patch.setattr(HubFolder, "delete", busy)
        assert hub.push(journal.journal_id, journal.add(2)).head == journal.head
    assert len(names(folder_place)) == 2
    assert hub.pull(journal.journal_id, 1, 4) == journal.records
    assert hub.push(journal.journal_id, journal.add(1)).head == journal.head
    assert "-00000002." not in "".join(names(folder_place))


def test_a_desk_that_lies_inside_a_signed_bundle_is_left_out(folder_place: FolderPlace, hub: Hub) -> None:
    journal = DeskJournal()
    records = journal.add(3)
    bad = [records[0], replace(records[1], body=b"{}"), records[2]]
    data = pack(folder_place.keys, journal.journal_id, Head(0, bytes(32)), bad, 1)
    manifest, _body = read_manifest(data, folder_place.keys, "x")
    (folder_place.path / bundle_name(manifest)).write_bytes(data)
    assert hub.pull(journal.journal_id, 1, 3) == []
    assert hub.heads() == {}


def branches(place: FolderPlace) -> tuple[DeskJournal, list[Path]]:
    """Two clones that wrote into two copies of a synchronised folder; returns the longer one and all files."""
    start = DeskJournal()
    start.add(4)
    short, long = start.clone(), start.clone()
    short.add(3)
    long.add(5)
    files = []
    for number, clone in enumerate((short, long)):
        copy = FolderPlace(place.path.parent / f"copy{number}")
        copy.keys = place.keys
        (copy.path / "checkin-hub.json").write_bytes((place.path / "checkin-hub.json").read_bytes())
        opened = copy.connect(place.keys)
        for first in range(1, len(clone.records) + 1, 2):
            opened.push(clone.journal_id, clone.part(first, first + 1))
        files += [path for path in copy.path.iterdir() if path.suffix == ".bundle"]
    return long, files


def test_every_reader_sees_the_same_branch_in_whatever_order_files_arrive(folder_place: FolderPlace) -> None:
    """bundle-013: clones in a synchronised folder, where no lock reaches."""
    long, files = branches(folder_place)
    assert len(files) > 2
    seen = set()
    for order in list(itertools.permutations(files))[::17][:40]:
        for path in folder_place.path.glob("*.bundle"):
            path.unlink()
        reader = folder_place.connect(desk_keys(folder_place.keys, "Desk 3"))
        depth = 0
        for path in order:
            shutil.copy(path, folder_place.path / path.name)
            head = reader.heads().get(long.journal_id, Head(0, bytes(32)))
            assert head.seq >= depth  # I14
            depth = head.seq
        forks = reader.forks()
        everything = {r.entry_id for r in reader.pull(long.journal_id, 1, 500)} | {f.record.entry_id for f in forks}
        assert reader.heads() == {long.journal_id: long.head}
        assert len(everything) == 12
        seen.add((frozenset(everything), fingerprint(reader.heads())))
        fresh = folder_place.connect(folder_place.keys)
        assert fresh.heads() == reader.heads()
        assert fresh.forks() == forks
    assert len(seen) == 1
    assert cases.case("bundle-013").expected == "FORK; both kept"


@settings(max_examples=40)
@given(st.data())
def test_any_clones_in_any_order_lose_nothing(data: st.DataObject) -> None:
    """I6, I11, I14: clones of clones, bundles cut and repeated at will, files that arrive in two different orders."""
    keys = event_keys()
    clones = [DeskJournal()]
    clones[0].add(data.draw(st.integers(1, 4)))
    for _step in range(data.draw(st.integers(1, 4))):
        clone = data.draw(st.sampled_from(clones))
        if data.draw(st.booleans()):
            clones.append(clone.clone(data.draw(st.integers(1, len(clone.records)))))
        clones[-1].add(data.draw(st.integers(1, 3)))
    files: dict[str, bytes] = {}
    for clone in clones:
        first, covered = 1, len(clone.records)
        while first <= covered:
            last = data.draw(st.integers(first, covered))
            start = data.draw(st.integers(max(1, first - 2), first))
            made = pack(keys, clone.journal_id, clone.before(start), clone.part(start, last), 1)
            files[bundle_name(read_manifest(made, keys, "")[0])] = made
            first = last + 1
    everything = {record.entry_id for clone in clones for record in clone.records}
    seen = []
    for _reader in range(2):
        with TemporaryDirectory() as folder:
            hub = open_hub(f"folder:{folder}", keys)
            depth = 0
            for name in data.draw(st.permutations(sorted(files))):
                (Path(folder) / name).write_bytes(files[name])
                depth, before = hub.heads().get(clones[0].journal_id, Head(0, bytes(32))).seq, depth
                assert depth >= before
            standing = hub.pull(clones[0].journal_id, 1, 500)
            assert chain_breaks(Head(0, bytes(32)), clones[0].journal_id, standing) is None
            found = {r.entry_id for r in standing} | {fork.record.entry_id for fork in hub.forks()}
            assert found == everything
            assert len(standing) == max(len(clone.records) for clone in clones)
            seen.append((hub.heads(), hub.forks(), standing))
    assert seen[0] == seen[1]


def test_entries_behind_a_gap_are_kept_alive_when_it_stays(folder_place: FolderPlace, hub: Hub) -> None:
    """I6: the bundle before them was damaged, and the desk that could send it again is lost."""
    journal = DeskJournal()
    hub.push(journal.journal_id, journal.add(500))
    hub.push(journal.journal_id, journal.add(7))
    whole, tail = names(folder_place)
    (folder_place.path / whole).write_bytes(b"")
    reader = folder_place.connect(desk_keys(folder_place.keys, "Desk 3"))
    assert reader.forks() == []  # it may be on its way
    os.utime(folder_place.path / tail, (1_404_781_200, 1_404_781_200))
    assert [fork.record for fork in reader.forks()] == journal.part(501, 507)
    assert hub.push(journal.journal_id, journal.part(1, 500)).status == "ok"
    assert reader.forks() == []
    assert reader.heads() == {journal.journal_id: journal.head}


def test_where_a_lock_reaches_what_stands_stays(folder_place: FolderPlace, hub: Hub) -> None:
    start = DeskJournal()
    start.add(4)
    short, long = start.clone(), start.clone()
    short.add(1)
    long.add(40)
    hub.push(short.journal_id, short.records)
    assert hub.push(long.journal_id, long.records).status == "fork"
    reader = folder_place.connect(desk_keys(folder_place.keys, "Desk 3"))
    assert reader.heads() == {short.journal_id: short.head}
    assert [fork.record for fork in reader.forks()] == long.part(5, 44)


def test_a_merge_that_was_cut_short_changes_nothing_and_is_tidied(folder_place: FolderPlace, hub: Hub) -> None:
    journal = DeskJournal()
    hub.push(journal.journal_id, journal.add(2))
    (old,) = names(folder_place)
    data = (folder_place.path / old).read_bytes()
    hub.push(journal.journal_id, journal.add(2))
    assert len(names(folder_place)) == 1
    (folder_place.path / old).write_bytes(data)  # the power went before the old one was deleted
    reader = folder_place.connect(desk_keys(folder_place.keys, "Desk 3"))
    assert reader.heads() == {journal.journal_id: journal.head}
    assert reader.forks() == []
    assert reader.pull(journal.journal_id, 1, 4) == journal.records
    hub.push(journal.journal_id, journal.add(1))
    assert old not in names(folder_place)
    assert reader.pull(journal.journal_id, 1, 5) == journal.records


def test_a_bundle_that_is_merged_while_it_is_read(folder_place: FolderPlace, hub: Hub) -> None:
    journal = DeskJournal()
    hub.push(journal.journal_id, journal.add(2))
    reader = folder_place.connect(desk_keys(folder_place.keys, "Desk 3"))
    assert reader.heads() == {journal.journal_id: journal.head}
    hub.push(journal.journal_id, journal.add(2))  # the file that the reader knows is gone now
    assert reader.pull(journal.journal_id, 1, 2) == journal.part(1, 2)
    assert reader.pull(journal.journal_id, 1, 4) == journal.records


def test_a_folder_that_is_no_hub_yet_becomes_one_but_only_where_its_disk_is(tmp_path: Path) -> None:
    keys = event_keys()
    first = open_hub(f"folder:{tmp_path / 'new'}", keys)
    epoch = first.hello().epoch
    assert open_hub(f"folder:{tmp_path / 'new'}", keys).hello().epoch == epoch
    with pytest.raises(HubUnreachableError, match="not there"):
        open_hub(f"folder:{tmp_path / 'stick' / 'hub'}", keys).heads()
    assert not (tmp_path / "stick").exists()


def test_a_stick_that_is_pulled_out_says_so_and_goes_on_when_it_is_back(folder_place: FolderPlace, hub: Hub) -> None:
    journal = DeskJournal()
    hub.push(journal.journal_id, journal.add(3))
    away = folder_place.path.with_name("away")
    folder_place.path.rename(away)
    for call in (hub.hello, hub.heads, hub.desks, lambda: hub.push(journal.journal_id, journal.records)):
        with pytest.raises(HubUnreachableError, match="plug the stick in"):
            call()
    folder_place.path.mkdir()  # the empty mount point: nothing may be written there
    for call in (hub.heads, lambda: hub.push(journal.journal_id, journal.records)):
        with pytest.raises(HubUnreachableError, match="plug the stick in"):
            call()
    folder_place.path.rmdir()
    away.rename(folder_place.path)
    assert hub.push(journal.journal_id, journal.add(3)).head == journal.head


@pytest.mark.parametrize(
    ("code", "words"), [(errno.ENOSPC, "is full"), (errno.EROFS, "is protected"), (errno.EIO, "does not answer")]
)
def test_a_disk_that_does_not_take_it_says_so_and_keeps_what_was(
    folder_place: FolderPlace, hub: Hub, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    journal = DeskJournal()
    hub.push(journal.journal_id, journal.add(3))
    before = {path.name: path.read_bytes() for path in folder_place.path.iterdir()}

    def refuse(*_args: object) -> None:
        raise OSError(code, os.strerror(code))

    journal.add(700)
    with monkeypatch.context() as patch:
        patch.setattr("checkin.whole_file.sync", refuse)
        with pytest.raises(HubError, match=words) as error:
            hub.push(journal.journal_id, journal.part(4, 503))
    assert "safe on this laptop" in str(error.value)
    assert {path.name: path.read_bytes() for path in folder_place.path.iterdir()} == before
    assert hub.push(journal.journal_id, journal.part(4, 503)).head.seq == 503


def test_a_batch_over_two_files_is_seen_whole_or_not_at_all(
    folder_place: FolderPlace, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = DeskJournal()
    hub.push(journal.journal_id, journal.add(300))
    journal.add(400)
    written = []

    def stop_after_one(self: HubFolder, name: str, data: bytes) -> None:
        if written:
            raise self.failure(OSError(errno.ENOSPC, "full"))
        written.append(name)
        real(self, name, data)

    real = HubFolder.write
    with monkeypatch.context() as patch:
        patch.setattr(HubFolder, "write", stop_after_one)
        with pytest.raises(HubError):
            hub.push(journal.journal_id, journal.part(301, 700))
    reader = folder_place.connect(desk_keys(folder_place.keys, "Desk 3"))
    assert reader.heads() == {journal.journal_id: journal.before(301)}
    assert hub.heads() == reader.heads()
    assert hub.push(journal.journal_id, journal.part(301, 700)).head == journal.head
    assert reader.heads() == {journal.journal_id: journal.head}
    assert reader.forks() == []


def test_a_damaged_hub_file_and_one_of_a_newer_program(folder_place: FolderPlace) -> None:
    file = folder_place.path / "checkin-hub.json"
    good = file.read_text()
    file.write_text(good[:40])
    with pytest.raises(HubError, match="damaged"):
        folder_place.connect(folder_place.keys).heads()
    file.write_text(good.replace('"version": 1', '"version": 2'))
    with pytest.raises(HubError, match="newer version"):
        folder_place.connect(folder_place.keys).heads()
    file.write_text(good.replace('"min_version": 1', '"min_version": 2'))  # hub-021: it may push, and is told
    assert folder_place.connect(folder_place.keys).hello().min_version == 2


def test_papers_that_nobody_signed_are_left_out(folder_place: FolderPlace, hub: Hub) -> None:
    journal = DeskJournal()
    hub.announce(card(folder_place.keys, journal))
    (good,) = names(folder_place, ".card")
    text = (folder_place.path / good).read_text()
    other = DeskJournal().journal_id.replace("-", "")
    (folder_place.path / f"{other}.card").write_text(text)  # under another journal's name
    for number, bad in enumerate(("", "[]", "{" * 5000, "null", text.replace("Desk 1", "VIP"))):
        for ending in ("card", "edition"):
            (folder_place.path / f"{number:032x}.{ending}").write_text(bad)
        (folder_place.path / f"{number:064x}.revoked").write_text(bad)
    assert [heard.card.journal_id for heard in hub.desks()] == [journal.journal_id]
    assert hub.editions() == []
    assert hub.push(journal.journal_id, journal.add(1)).status == "ok"


def test_what_a_cut_off_laptop_writes_later_counts_nowhere(folder_place: FolderPlace) -> None:
    lost = desk_keys(folder_place.keys, "Desk 2")
    journal, hidden = DeskJournal(), DeskJournal()
    opened = folder_place.connect(lost)
    opened.push(journal.journal_id, journal.add(20))
    folder_place.revoke("Desk 2")
    for later, first in ((journal, 21), (hidden, 1)):
        records = later.add(5)
        data = pack(lost, later.journal_id, later.before(first), records, 1)
        manifest, _body = read_manifest(data, folder_place.keys, "x")
        (folder_place.path / bundle_name(manifest)).write_bytes(data)
    reader = folder_place.connect(desk_keys(folder_place.keys, "Desk 3"))
    assert reader.heads() == {journal.journal_id: journal.before(21)}
    with pytest.raises(HubError, match="no desk"):
        admin.revoke_desk(folder_place.url, folder_place.keys, "Desk 2")


def test_ten_thousand_bundles_are_listed_once(folder_place: FolderPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    """bundle-021, with fewer files; benchmarks/folder_hub.py has the whole number."""
    journals = [DeskJournal() for _ in range(60)]
    writer = folder_place.connect(folder_place.keys)
    for journal in journals:
        writer.push(journal.journal_id, journal.add(2))
    opened: list[str] = []
    real = HubFolder.read
    monkeypatch.setattr(HubFolder, "read", lambda self, name: (opened.append(name), real(self, name))[1])
    reader = folder_place.connect(desk_keys(folder_place.keys, "Desk 3"))
    assert len(reader.heads()) == 60
    opened.clear()
    new = DeskJournal()
    writer.push(new.journal_id, new.add(1))
    opened.clear()
    assert len(reader.heads()) == 61
    assert [name[:32] for name in opened if name.endswith(".bundle")] == [new.journal_id.replace("-", "")]
    assert "only new ones opened" in cases.case("bundle-021").expected


def test_the_folder_counts_as_the_desks_do(folder_place: FolderPlace, hub: Hub) -> None:
    keys = folder_place.keys
    journal, other = DeskJournal(), DeskJournal()
    chunk = Chunk(keys.seal(b"c", b"x"), (PublicPerson("p1", "speaker", "TH"), PublicPerson("p2", "guest", "KH")))
    edition = keys.signed_edition(Edition(journal.journal_id, 1, 1, b"", (chunk.digest,), (), b"", b""))
    hub.publish(edition, {chunk.digest: chunk})

    def body(kind: Kind, subject: str, **more: str) -> Body:
        place = ("main", "in", DAY) if kind is Kind.CHECK_IN else ("", "", "")
        return Body(kind, str(uuid7()), subject, *place, at_ms=5, **more)  # type: ignore[arg-type]

    journal.append(body(Kind.CHECK_IN, "p1"))
    journal.append(body(Kind.WALK_IN, "w1", category="guest", country="VN"))
    journal.append(body(Kind.CHECK_IN, "w1"))
    undone = journal.append(body(Kind.CHECK_IN, "p2"))
    journal.append(body(Kind.UNDO, "p2", target=str(UUID(bytes=undone.entry_id))))
    other.append(body(Kind.CHECK_IN, "p1"))
    other.append(body(Kind.ATTENDEE, "p1", category="vip", change="edit"))
    other.append(body(Kind.CHECK_IN, "unknown"))
    hub.push(journal.journal_id, journal.records)
    hub.push(other.journal_id, other.records)
    assert admin.counts(folder_place.url, keys) == [
        (DAY, "main", "", "", 1), (DAY, "main", "guest", "VN", 1), (DAY, "main", "vip", "TH", 1),
    ]  # fmt: skip


def test_a_folder_put_back_from_an_older_copy_gets_a_new_epoch(folder_place: FolderPlace, hub: Hub) -> None:
    """hub-015."""
    journal = DeskJournal()
    hub.push(journal.journal_id, journal.add(3))
    copy = folder_place.path.with_name("backup")
    shutil.copytree(folder_place.path, copy)
    hub.push(journal.journal_id, journal.add(600)[:500])
    epoch = hub.hello().epoch
    shutil.rmtree(folder_place.path)
    copy.rename(folder_place.path)
    admin.new_epoch(folder_place.url, folder_place.keys)
    assert hub.hello().epoch != epoch
    assert hub.heads() == {journal.journal_id: journal.before(4)}
    assert hub.push(journal.journal_id, journal.part(4, 503)).head == journal.before(504)


@pytest.mark.parametrize("url", ["folder:", "folder:  ", "folder:a\0b", "ftp://x", "nothing", ""])
def test_a_url_that_names_no_folder(url: str) -> None:
    with pytest.raises(HubUrlError):
        open_hub(url, event_keys())
