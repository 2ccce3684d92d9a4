"""The index follows the roster, forgets the erased, and is read while it is written."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin.db import search as db_search
from checkin.db.engine import Database
from checkin.db.models import attendee
from checkin.db.search import Search
from checkin.domain.folding import words
from tests.search.roster import names, opened, person, write


def test_the_migration_makes_the_tables_that_the_index_expects(tmp_path: Path) -> None:
    def schema(database: Database) -> dict[str, str]:
        query = "SELECT name, sql FROM sqlite_master WHERE name GLOB 'search_*' AND sql IS NOT NULL"
        with database.read() as connection:
            return {
                name: "".join(sql.replace(" IF NOT EXISTS", "").split())
                for name, sql in connection.exec_driver_sql(query)
            }

    fresh = Database(tmp_path / "fresh.sqlite")
    try:
        with fresh.write() as connection:
            db_search.create(connection)
        with opened(tmp_path) as migrated:
            assert schema(migrated) == schema(fresh)
    finally:
        fresh.close()


def test_an_edit_is_found_by_the_new_name_and_no_more_by_the_old(tmp_path: Path) -> None:
    with opened(tmp_path, [person("Somchai Rakdee", "สมชาย รักดี")]) as database:
        search = Search(database)
        assert search.find("somchai")
        with database.write() as connection:
            connection.execute(attendee.update().values(name="Kamol Jaidee", name_local="กมล ใจดี"))
            db_search.index(connection, [1])
        for old in ("somchai", "สมชาย", "มชา", "rak", "somcahi"):
            assert search.find(old) == [], old
        for new in ("kamol", "กมล", "jaidee", "kamlo"):
            assert names(search.find(new)) == ["Kamol Jaidee"], new
        _check(database)


def test_whoever_is_indexed_again_is_not_lost_for_namesakes(tmp_path: Path) -> None:
    """FTS5 with secure-delete and detail=none forgets others when it deletes and stores in one go (SQLite 3.53)."""
    chance = random.Random(1)
    now = ["Maria Santos"] * 6
    with opened(tmp_path, [person(name) for name in now]) as database:
        for _ in range(60):
            changed = chance.sample(range(1, 7), chance.randint(1, 4))
            with database.write() as connection:
                for pk in changed:
                    now[pk - 1] = " ".join(chance.choices(["Maria", "Santos", "Ann", "Lee"], k=chance.randint(0, 3)))
                    there = {"name": now[pk - 1], "merged": None if now[pk - 1] else 1}  # who is merged is not indexed
                    connection.execute(attendee.update().where(attendee.c.id == pk).values(there))
                db_search.index(connection, changed)
            for word in ("maria", "santos", "ann", "lee"):
                with database.read() as connection:
                    query = "SELECT rowid FROM search_word WHERE search_word MATCH ?"
                    found = {pk for (pk,) in connection.exec_driver_sql(query, (word,))}
                assert found == {pk for pk, name in enumerate(now, 1) if word in name.lower().split()}


def test_a_new_name_is_found_with_a_typing_error_after_the_word_list_was_read(tmp_path: Path) -> None:
    with opened(tmp_path, [person("Ann Lee")]) as database:
        search = Search(database)
        search.warm()
        with database.write() as connection:
            db_search.index(connection, write(connection, [person("Theerapong Wongsawat")]))
        assert names(search.find("theerapnog")) == ["Theerapong Wongsawat"]
        assert names(search.find("theerap")) == ["Theerapong Wongsawat"]


def test_an_erased_person_leaves_no_trace_in_the_file(tmp_path: Path) -> None:
    people = [person(f"Ann Lee{number}") for number in range(50)]
    secret = person("Xyzzyplugh Quuxington", "ฆฌฐฑฒณ", badge_code="QX-998877", email="xyzzyplugh@example.org")
    with opened(tmp_path, [*people, secret]) as database:
        with database.write() as connection:
            db_search.remove(connection, [51])
            connection.execute(attendee.delete().where(attendee.c.id == 51))
        search = Search(database)
        for text in ("xyzzyplugh", "quux", "ฆฌฐ", "QX-998877", "998877"):
            assert search.find(text) == []
        assert len(search.find("ann", limit=100)) == 50
        _check(database)
        terms = []
        with database.read() as connection:
            for table in ("search_word", "search_part"):
                connection.exec_driver_sql(f"CREATE VIRTUAL TABLE temp.v_{table} USING fts5vocab(main, {table}, row)")
                terms += [row[0] for row in connection.exec_driver_sql(f"SELECT term FROM temp.v_{table}")]
        assert "annlee" not in terms
        assert "ann" in terms
        assert not [term for term in terms if "xyz" in term or "quu" in term or "ฆฌ" in term or "988" in term]
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"lee17" in kept
    for trace in (b"xyzzy", b"quuxing", "ฆฌฐ".encode(), b"998877"):
        assert trace not in kept.lower()


def test_a_large_import_is_indexed_after_it_in_pieces(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        with database.write() as connection:
            numbers = write(connection, [person(f"Walker Number{n}") for n in range(1, 401)])
            db_search.enqueue(connection, numbers[0], numbers[199])
            db_search.enqueue(connection, numbers[200], numbers[-1])
        search = Search(database)
        assert search.find("walker") == []
        told: list[tuple[int, int]] = []
        assert db_search.catch_up(database, lambda done, total: told.append((done, total))) == 400
        assert told[-1] == (400, 400)
        assert len(search.find("walker", limit=1000)) == 400
        assert names(search.find("walkre number7"))[:1] == ["Walker Number7"]
        assert db_search.catch_up(database) == 0
        _check(database)


def test_a_cancelled_catch_up_goes_on_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checkin.db.search.indexing._CHUNK", 50)  # rows a transaction
    with opened(tmp_path) as database:
        with database.write() as connection:
            numbers = write(connection, [person("Walker One")] + [person(f"Runner {n}") for n in range(300)])
            numbers += write(connection, [person("Walker Two"), person("Wolker Three")])
            db_search.enqueue(connection, numbers[0], numbers[1])
            db_search.enqueue(connection, numbers[2], numbers[-1])
        search = Search(database)
        search.warm()
        stop = iter([False, True])
        done = db_search.catch_up(database, cancelled=lambda: next(stop))
        assert 0 < done < 303
        assert names(search.find("walker")) == ["Walker One"]
        assert names(search.find("walkre")) == ["Walker One"]
        assert db_search.catch_up(database) == 303 - done
        assert names(search.find("walker")) == ["Walker One", "Walker Two", "Wolker Three"]
        assert len(search.find("runner", limit=500)) == 300
        _check(database)


def test_indexing_again_what_is_indexed_changes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, [person("Ann Lee"), person("Bo Lim", "โบ ลิม")]) as database:
        for _ in range(3):
            with database.write() as connection:
                db_search.index_range(connection, 1, 2)
                db_search.enqueue(connection, 1, 2)
            db_search.catch_up(database)
        assert names(Search(database).find("lim")) == ["Bo Lim"]
        _check(database)


def test_a_rolled_back_edit_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    def fail(database: Database) -> None:
        with database.write() as connection:
            db_search.index(connection, write(connection, [person("Ghost Writer")]))
            raise ZeroDivisionError

    with opened(tmp_path, [person("Ann Lee")]) as database:
        with pytest.raises(ZeroDivisionError):
            fail(database)
        assert Search(database).find("ghost") == []
        assert Search(database).find("ghots") == []
        _check(database)


def test_search_goes_on_while_another_thread_writes(tmp_path: Path) -> None:
    with opened(tmp_path, [person("Stable Person")]) as database:
        search = Search(database)
        finished: list[bool] = []

        def write_many() -> None:
            for number in range(60):
                with database.write() as connection:
                    db_search.index(connection, write(connection, [person(f"Moving Target{number}")]))
            finished.append(True)

        writer = threading.Thread(target=write_many)
        writer.start()
        seen = 0
        while writer.is_alive():
            assert names(search.find("stable")) == ["Stable Person"]
            assert names(search.find("stabel")) == ["Stable Person"]
            found = len(search.find("moving", limit=100))
            assert found >= seen
            seen = found
        writer.join()
        assert finished == [True]
        assert len(search.find("movign", limit=100)) == 60
        _check(database)


NAME_LETTERS = "abcdeéñøđłßAZ กขคงสมชายเแไิีู่้ำ ສົມສັກ အောင် សុខ 'ʼ-. 0123๔"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with opened(tmp_path_factory.mktemp("any")) as database:
        yield database


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.sampled_from(NAME_LETTERS), min_size=1, max_size=24), min_size=1, max_size=8), st.data())
def test_any_word_of_any_name_finds_that_person(empty: Database, roster: list[str], data: st.DataObject) -> None:
    people = [person(name) for name in roster]
    search = Search(empty)
    with empty.write() as connection:
        numbers = write(connection, people)
        db_search.index(connection, numbers)
    try:
        for who in people:
            for word in words(who.name):
                beginning = word[: data.draw(st.integers(1, len(word)))]
                for typed in (word, beginning):
                    assert who in [hit.attendee for hit in search.find(typed, limit=50)], typed
        _check(empty)
    finally:
        with empty.write() as connection:
            connection.execute(attendee.delete())
            db_search.remove(connection, numbers)


def _check(database: Database) -> None:
    """Raise if an FTS table is inconsistent, or does not hold just the documents."""
    with database.write() as connection:
        for table in ("search_word", "search_part"):
            connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES('integrity-check')")
        docs = {pk for (pk,) in connection.exec_driver_sql("SELECT attendee FROM search_doc")}
        assert docs == {pk for (pk,) in connection.exec_driver_sql("SELECT id FROM attendee")}
