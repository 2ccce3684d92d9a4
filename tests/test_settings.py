"""Settings come back as they were saved, and a broken file never keeps the desk from opening."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checkin import settings as store
from checkin.errors import StorageError
from checkin.paths import DATABASE, SETTINGS
from checkin.settings import Settings

ODD = Settings(
    desk="โต๊ะ ๒",
    desk_number=65_535,
    staff="Nguyễn Thị Hoa",
    language="th",
    theme="contrast",
    scale=175,
    muted=True,
    volume=0,
    camera="Integrated Webcam",
    mirror=False,
    post_day="2014-07-09",
    post_checkpoint="door-2",
    post_direction="out",
    printer="pdf:/media/usb/ป้ายชื่อ",
    layout="roll-62",
    offset_x_mm=-1.5,
    offset_y_mm=0.3,
    auto_print="always",
    labels_left=0,
    labels_warn=5,
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(store, "user_data", lambda: tmp_path / "home")
    return tmp_path / "home"


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    store.save(tmp_path / "new" / "folder", ODD)
    assert store.load(tmp_path / "new" / "folder") == store.Loaded(ODD)


def test_a_file_is_readable_by_a_person_and_leaves_no_scraps(tmp_path: Path) -> None:
    store.save(tmp_path, ODD)
    store.save(tmp_path, ODD)
    assert [entry.name for entry in tmp_path.iterdir()] == [SETTINGS]
    assert "โต๊ะ ๒" in (tmp_path / SETTINGS).read_text("utf-8")


def test_a_fresh_folder_starts_with_the_standard_and_without_a_word(tmp_path: Path) -> None:
    assert store.load(tmp_path / "nowhere") == store.Loaded(Settings())


def test_settings_that_vanished_from_an_event_are_spoken_of(tmp_path: Path) -> None:
    (tmp_path / DATABASE).touch()
    loaded = store.load(tmp_path)
    assert loaded.settings == Settings()
    assert "No scan is lost" in loaded.notice


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe\x00",
        b"{" * 100_000,
        b"[" * 100_000,
        b"\0" * 512,
        "{“a”: 1}".encode(),
    ],
    ids=["empty", "cut", "list", "null", "text", "utf16", "deep", "deeper", "zeros", "curly-quotes"],
)
def test_a_broken_file_gives_the_standard_and_a_notice(tmp_path: Path, content: bytes) -> None:
    (tmp_path / SETTINGS).write_bytes(content)
    loaded = store.load(tmp_path)
    assert loaded.settings == Settings()
    assert "could not be read" in loaded.notice


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("scale", 5000),
        ("scale", True),
        ("scale", "125"),
        ("volume", -1),
        ("volume", 50.5),
        ("desk_number", 0),
        ("desk_number", 65_536),
        ("theme", "pink"),
        ("language", ["th"]),
        ("language", "TH"),
        ("muted", 1),
        ("desk", None),
        ("staff", "a\nb"),
        ("staff", "x" * 61),
        ("camera", {"index": 0}),
        ("post_day", "8 July"),
        ("post_day", "20140708"),
        ("post_direction", "sideways"),
        ("printer", 3),
        ("printer", "a\0b"),
        ("layout", "x" * 61),
        ("offset_x_mm", 20.1),
        ("offset_y_mm", "1"),
        ("offset_y_mm", True),
        ("auto_print", "sometimes"),
        ("labels_left", -2),
        ("labels_left", 1.5),
        ("labels_warn", -1),
    ],
)
def test_one_bad_setting_spoils_no_other(tmp_path: Path, name: str, value: object) -> None:
    store.save(tmp_path, ODD)
    path = tmp_path / SETTINGS
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {name: value}), "utf-8")
    loaded = store.load(tmp_path)
    assert name in loaded.notice
    assert getattr(loaded.settings, name) == getattr(Settings(), name)
    kept = {field for field in Settings.__slots__ if field != name}
    assert {field: getattr(loaded.settings, field) for field in kept} == {field: getattr(ODD, field) for field in kept}


def test_settings_of_a_newer_program_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / SETTINGS).write_text('{"desk": "North", "hologram": true}', "utf-8")
    assert store.load(tmp_path) == store.Loaded(Settings(desk="North"))


def test_a_folder_in_the_way_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / SETTINGS).mkdir()
    with pytest.raises(StorageError, match="could not be saved"):
        store.save(tmp_path, ODD)
    assert [entry.name for entry in tmp_path.iterdir()] == [SETTINGS]


def test_names_and_numbers_are_brought_into_shape() -> None:
    shaped = store.checked(Settings(desk="  Desk \n 2 ", staff="x" * 99, scale=20, volume=400, desk_number=0))
    assert shaped == Settings(desk="Desk 2", staff="x" * 60, scale=100, volume=100, desk_number=1)


def test_offsets_and_labels_are_brought_into_shape() -> None:
    shaped = store.checked(Settings(offset_x_mm=99, offset_y_mm=-0.04, labels_left=-7, labels_warn=5000))
    assert (shaped.offset_x_mm, shaped.offset_y_mm) == (20.0, 0.0)
    assert (shaped.labels_left, shaped.labels_warn) == (-1, 999)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_an_offset_is_a_number_that_paper_has(tmp_path: Path, value: str) -> None:
    (tmp_path / SETTINGS).write_text(f'{{"offset_x_mm": {value}}}', "utf-8")
    assert store.load(tmp_path).settings == Settings()


def test_a_desk_without_a_name_is_called_by_its_number() -> None:
    assert Settings(desk_number=7).desk_name == "Desk 7"
    assert Settings(desk="North door", desk_number=7).desk_name == "North door"


def test_the_last_event_is_found_again(home: Path, tmp_path: Path) -> None:
    event = tmp_path / "งานประชุม 2557"
    event.mkdir()
    (event / DATABASE).touch()
    assert store.last_folder() is None
    store.remember_folder(event)
    assert store.last_folder() == event


def test_an_event_that_was_deleted_is_not_offered(home: Path, tmp_path: Path) -> None:
    store.remember_folder(tmp_path / "gone")
    assert store.last_folder() is None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"folder": 5}', '{"folder": "\\u0000"}', "["])
def test_a_broken_pointer_is_no_pointer(home: Path, content: str) -> None:
    home.mkdir()
    (home / store.POINTER).write_text(content, "utf-8")
    assert store.last_folder() is None


def test_a_pointer_that_cannot_be_written_stops_nothing(home: Path, tmp_path: Path) -> None:
    home.write_text("a file where the folder should be")
    store.remember_folder(tmp_path)
    assert store.last_folder() is None
