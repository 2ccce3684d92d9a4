"""Somebody erased at one of two desks: the name is in no file of either, nor at the hub, sealed or not; the counts stand."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from checkin.app import App, Declared, create_app, open_app
from checkin.clock import SystemClock
from checkin.db import journals, remote
from checkin.db.backup import back_up, restore
from checkin.db.forgetting import backups, copies
from checkin.desk.export_log import log_export
from checkin.desk.results import WalkIn
from checkin.reports.counts import count
from checkin.sync.bundle import read_bundle
from checkin.sync.cycle import Round
from checkin.sync.hubs._folder_papers import card_from_bytes, chunk_from_bytes, edition_from_bytes
from checkin.sync.keys import SyncKeys
from checkin.sync.stick import take_bundle, write_bundles
from checkin.wording.copies import copy_text
from tests.leftovers import LogWatch
from tests.ui.conftest import PRACTICE

LISTED, WALK_IN = "Xanthippe Quintessa", "Ζηνοβία Palmyrene"
WORDS = ("xanthippe", "quintessa", "palmyrene", "ζηνοβία", "ζηνοβια", "แซนทิปพี", "xq@example.org")
ROSTER = f"""Name,Local name,Organisation,Category,Country,Badge code,Email
{LISTED},แซนทิปพี,Quintessa Works,vip,Greece,A1,xq@example.org
Somying Jaidee,สมหญิง,SSO,delegate,Thailand,A2,
"""
DAY = date(2014, 7, 8)


class Desks:
    """Two laptops and a folder between them."""

    def __init__(self, home: Path) -> None:
        self.home, self.hub = home, home / "hub"
        self.apps: dict[str, App] = {}

    def make(self, name: str) -> App:
        self.apps[name] = create_app(self.home / name, PRACTICE, Declared(desk=name, staff=f"Staff of {name}"))
        self.apps[name].set_hub(f"folder:{self.hub}")
        return self.apps[name]

    def rounds(self, *names: str) -> list[Round]:
        return [self.apps[name].sync() for name in names]

    def put_back(self, name: str, file: Path) -> None:
        """Restore a desk from a backup, as `checkin restore` does, and open it again."""
        self.apps[name].close()
        restore(self.home / name, file, SystemClock())
        self.apps[name] = open_app(self.home / name)

    def put_hub_back(self, copy: Path) -> None:
        """Put an older copy of the hub in its place; it is a new epoch then."""
        shutil.rmtree(self.hub)
        shutil.copytree(copy, self.hub)
        file = self.hub / "checkin-hub.json"
        file.write_text(json.dumps(json.loads(file.read_text()) | {"epoch": "put back"}))

    def uid(self, name: str, walk_in: bool) -> str:
        with self.apps[name].database.read() as connection:
            rows = connection.exec_driver_sql("SELECT uid FROM attendee WHERE walk_in = ? ORDER BY id", (int(walk_in),))
            return str(rows.first()[0])  # type: ignore[index]

    def erase(self, name: str) -> None:
        """Erase the first of the list and the walk-in."""
        assert self.apps[name].desk.erase([self.uid(name, False), self.uid(name, True)]) == 2

    def numbers(self, name: str) -> list[object]:
        """Everything that is counted."""
        app = self.apps[name]
        counted = count(app.database, app.event, app.desk.post)
        with app.database.read() as connection:
            told = connection.exec_driver_sql("SELECT category, sum(came) FROM tally GROUP BY 1 ORDER BY 1").all()
            who = connection.exec_driver_sql(
                "SELECT category, country, status, count(*) FROM attendee GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
            ).all()
        return [counted.came, counted.expected, [tuple(row) for row in told], [tuple(row) for row in who]]


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """Both desks know both people and let them in; both made the backup of a closing; what is said of them is in the hub."""
    made = Desks(tmp_path)
    one, two = made.make("one"), made.make("two")
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, "utf-8")
    one.importer.import_file(roster, source="guests.csv")
    roster.unlink()
    made.rounds("one", "two")
    two.registrar.register(WalkIn(WALK_IN, "", "Palmyrene Press", "Syria", "press", "z@example.org", "", "Palmyrene!"))
    one.desk.admit("A1")
    two.desk.admit("A1", force_reason="Xanthippe came back")
    two.registrar.edit(made.uid("two", False), {"note": "Xanthippe is late"}, "Quintessa said so")
    two.desk.admit("A2")
    made.rounds("two", "one", "two")
    for app in (one, two):
        app.evening.reconcile(DAY)
    yield made
    for app in made.apps.values():
        app.close()


def in_plain(folder: Path) -> list[str]:
    """Return every file that holds a word of the names in plain bytes, whatever the case of its letters."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            texts = (data.lower(), data.decode("utf-8", "ignore").lower().encode())
            found += [
                f"{path.relative_to(folder)}: {word}" for word in WORDS if any(word.encode() in one for one in texts)
            ]
    return found


def sealed_at(hub: Path, keys: SyncKeys) -> list[str]:
    """Open everything at the hub with a desk's keys and return what of it holds a word of the names."""
    opened: list[tuple[str, bytes]] = []
    for path in hub.iterdir():
        data = path.read_bytes()
        if path.suffix == ".chunk":
            text = zlib.decompress(keys.unseal(b"checkin edition chunk", chunk_from_bytes(data, keys).sealed))
            assert isinstance(json.loads(text), list)
            opened.append((path.name, text))
        elif path.suffix == ".edition":
            sealed = edition_from_bytes(data).sealed
            opened.append((path.name, zlib.decompress(keys.unseal(b"checkin edition pack", sealed))))
        elif path.suffix == ".bundle":
            records = [one for one in read_bundle(path, keys).records if one.sealed]
            opened += [(path.name, keys.unseal(one.entry_id, one.sealed)) for one in records]
        elif path.suffix == ".card":
            card_from_bytes(data)
        else:
            assert path.name in {"checkin-hub.json", "checkin-hub.lock"}, path.name
    texts = [(name, data.decode("utf-8", "ignore").lower()) for name, data in opened]
    return [f"{name}: {word}" for name, text in texts for word in WORDS if word in text]


def test_no_file_of_either_desk_nor_the_hub_holds_the_name(desks: Desks, tmp_path: Path) -> None:
    keys = desks.apps["one"].sync_keys
    held = in_plain(tmp_path)
    assert any(line.startswith("one/backups") for line in held), held
    assert any(line.startswith("two/backups") for line in held), held
    sealed = sealed_at(desks.hub, keys)
    assert any(".chunk" in line for line in sealed), sealed
    assert any(".bundle" in line and "palmyrene" in line for line in sealed), sealed
    before = {name: desks.numbers(name) for name in ("one", "two")}
    copy = shutil.copytree(desks.hub, tmp_path.parent / f"{tmp_path.name}-hub")
    entries = {name: {p.name: _entries(p) for p in backups(app.database.path)} for name, app in desks.apps.items()}

    desks.erase("one")
    told = desks.rounds("one", "two", "one")

    assert in_plain(tmp_path) == []
    assert sealed_at(desks.hub, keys) == []
    assert sealed_at(desks.hub, desks.apps["two"].sync_keys) == []
    assert {name: desks.numbers(name) for name in before} == before, "the counts stand"
    for name, app in desks.apps.items():
        assert {p.name: _entries(p) for p in backups(app.database.path)} == entries[name], "no backup lost a scan"
    assert told[0].notices == ()
    assert len(told[1].notices) == 1
    assert "erased 2 people" in told[1].notices[0]
    assert desks.rounds("two")[0].notices == (), "it is said once"
    assert told[2].verified

    desks.put_hub_back(copy)
    assert sealed_at(desks.hub, keys) != []
    desks.rounds("one", "two", "one")
    assert sealed_at(desks.hub, keys) == [], "also where the hub was put back from an older copy"


def _entries(file: Path) -> int:
    raw = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        return int(raw.execute("SELECT count(*) FROM entry").fetchone()[0])
    finally:
        raw.close()


def test_a_desk_that_was_away_forgets_when_it_comes_back_and_a_new_one_never_hears_the_name(
    desks: Desks, tmp_path: Path
) -> None:
    two = desks.apps["two"]
    two.registrar.edit(desks.uid("two", False), {"organisation": "Quintessa & Sons"}, "Xanthippe asked")
    desks.erase("one")
    desks.rounds("one")
    assert any(line.startswith("two/checkin.sqlite") for line in in_plain(tmp_path)), "it was away"
    two.close()
    desks.apps["two"] = open_app(tmp_path / "two")
    desks.rounds("two", "one")
    assert in_plain(tmp_path) == []
    assert sealed_at(desks.hub, desks.apps["one"].sync_keys) == []
    three = desks.make("three")
    desks.rounds("three", "one")
    assert desks.numbers("three")[0] == desks.numbers("one")[0]
    assert desks.numbers("three")[2:] == desks.numbers("one")[2:], "also a desk that joins later counts the same"
    known = three.desk.admit("A2")
    assert known.attendee is not None
    assert known.attendee.name == "Somying Jaidee"
    assert in_plain(tmp_path) == []


def test_an_old_backup_that_is_put_back_forgets_with_its_next_round(desks: Desks, tmp_path: Path) -> None:
    stick = tmp_path.parent / f"{tmp_path.name}-stick"
    stick.mkdir()
    for name, app in desks.apps.items():
        back_up(app.database, stick / f"{name}.sqlite")
    desks.put_back("one", stick / "one.sqlite")  # it publishes the list under a new journal; the old one's stays
    desks.rounds("one")
    desks.erase("two")
    desks.rounds("two", "one", "two")
    assert sealed_at(desks.hub, desks.apps["two"].sync_keys) == []
    for name in ("one", "two"):
        desks.put_back(name, stick / f"{name}.sqlite")
    assert any(line.startswith("two/checkin.sqlite") for line in in_plain(tmp_path))
    desks.rounds("two", "one", "two", "one")
    assert in_plain(tmp_path) == []
    assert sealed_at(desks.hub, desks.apps["two"].sync_keys) == []
    shutil.rmtree(stick)


def test_the_copies_that_only_a_person_can_delete_are_named_at_both_desks(desks: Desks, tmp_path: Path) -> None:
    one, two = desks.apps["one"], desks.apps["two"]
    away = tmp_path / "away"
    away.mkdir()
    back_up(two.database, away / "mine.sqlite")
    (away / "who came.csv").write_text("Xanthippe", "utf-8")
    log_export(two.database, two.desk.scribe, two.clock, "attendance", away / "who came.csv", DAY, "for the ministry")
    bundles = write_bundles(two.database, two.sync_keys, away, "walk", 0)
    (away / "gone.csv").write_text("Xanthippe", "utf-8")
    log_export(two.database, two.desk.scribe, two.clock, "journal", away / "gone.csv", DAY, "by mistake")
    (away / "gone.csv").unlink()
    assert copies(two.database) == [], "nobody was erased yet"
    desks.rounds("two", "one")
    desks.erase("one")
    notice = desks.rounds("one", "two")[1].notices[0]

    ours = [copy.file for copy in copies(two.database)]
    assert sorted(ours) == sorted(map(str, [away / "mine.sqlite", away / "who came.csv", *bundles]))
    assert all(file in notice for file in ours), notice
    theirs = [copy_text(copy, one.event) for copy in copies(one.database)]
    assert any("who came.csv" in line and "two" in line and "Staff of two" in line for line in theirs), theirs
    assert not any(str(away) in line for line in theirs), "where a file lies is known at its own desk only"
    for path in away.iterdir():
        path.unlink()
    assert copies(two.database) == []
    assert one.desk.erase([]) >= 1
    assert any(copy.file == "who came.csv" for copy in copies(one.database)), "also after everybody was erased"


def test_a_bundle_brings_an_erasure_and_a_scrub_that_was_cut_off_is_made_up(desks: Desks, tmp_path: Path) -> None:
    one, two = desks.apps["one"], desks.apps["two"]
    with two.database.read() as reader:  # a report is being read: the log cannot be emptied now
        reader.exec_driver_sql("SELECT count(*) FROM attendee").scalar()
        desks.erase("one")
        for path in write_bundles(one.database, one.sync_keys, tmp_path, "walk", 0):
            take_bundle(two.database, two.sync_keys, path)
            three = desks.make(
                "three"
            )  # it hears of the erasure before it sees the list, in which the names still stand
            take_bundle(three.database, three.sync_keys, path)
            desks.rounds("three")
            assert [line for line in in_plain(tmp_path / "three") if "hub" not in line] == []
            path.unlink()
    with two.database.read() as connection:
        assert journals.erasures(connection) == 2
    two.catch_up()
    assert [line for line in in_plain(tmp_path / "two") if not line.startswith("hub")] == []
    assert "erased 2 people" in desks.rounds("two")[0].notices[0]


def test_who_is_one_person_with_somebody_erased_is_erased_whatever_comes_first(desks: Desks, tmp_path: Path) -> None:
    one, two = desks.apps["one"], desks.apps["two"]
    listed, walk_in = desks.uid("two", False), desks.uid("two", True)
    two.registrar.merge(listed, walk_in, "Palmyrene is Xanthippe")
    assert one.desk.erase([walk_in]) == 1
    desks.rounds("one", "two", "one", "two")
    assert in_plain(tmp_path) == []
    assert sealed_at(desks.hub, one.sync_keys) == []
    with (
        two.database.write() as connection
    ):  # what lost its place in a fork lies at a hub too, and is to be forgotten there
        told = set(journals.texts_erased(connection, two.desk.scribe.journal.pk))
        remote.set_aside(connection, two.desk.scribe.journal.pk, 0)
        assert told
        assert told <= set(journals.texts_erased(connection, two.desk.scribe.journal.pk))


def test_a_backup_that_cannot_be_cleaned_is_named(desks: Desks, expected_log: LogWatch) -> None:
    expected_log.expect("names may be left in a backup")
    one = desks.apps["one"]
    broken = next(iter(backups(one.database.path)))
    broken.write_bytes(broken.read_bytes()[:5000])
    desks.erase("one")
    assert [copy.file for copy in copies(one.database)] == [str(broken)]


def test_what_a_desk_left_at_the_hub_that_was_cut_off_while_it_published_is_swept(desks: Desks) -> None:
    one = desks.apps["one"]
    chunks = [path for path in desks.hub.glob("*.chunk") if path.stat().st_size]
    left = {path: path.read_bytes() for path in chunks}
    half = desks.hub / ".0123456789ab.part"
    desks.erase("one")
    desks.rounds("one", "two", "one")
    for path, data in (left | {half: b"half a file"}).items():
        path.write_bytes(data)
        os.utime(path, (time.time() - 90_000,) * 2)
    young = desks.hub / f"{'0' * 64}.chunk"
    young.write_bytes(b"somebody is publishing")
    one.desk.erase([])
    desks.rounds("one")
    assert not half.exists()
    assert young.exists()
    assert not any(path.exists() for path in left)
