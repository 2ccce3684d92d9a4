"""A new desk in two minutes: a file or a code, and a PIN said aloud."""

from __future__ import annotations

import io
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin.app import create_app, open_app
from checkin.cli._group import main
from checkin.errors import EnrolmentError, HubError, HubRefusedError, HubUnreachableError
from checkin.scan import decode
from checkin.sync import administration
from checkin.sync import enrolment as paper
from checkin.sync.enrolment import Enrolment, from_text, to_text
from checkin.sync.joining import join
from checkin.sync.keys import new_keys, public_of
from tests.cli.run import checkin, objects
from tests.small_event import TOML

KEYS = new_keys("small-2014", "Desk 1")
SEED = bytes(range(32))
MADE = Enrolment(
    "folder:/media/registration/STICK/เคาน์เตอร์", "small-2014", KEYS.secret, KEYS.authority_public, SEED,
    KEYS.certify(public_of(SEED), "เคาน์เตอร์ ๒"), 4711,
)  # fmt: skip
PIN = "4829 1736"
TEXT = to_text(MADE, PIN)


def test_opens_with_its_pin_however_it_was_said() -> None:
    for pin in (PIN, "48291736", "4829-1736", "๔๘๒๙๑๗๓๖"):
        assert from_text(TEXT, pin) == MADE
    assert from_text(TEXT.lower() + "\r\n", PIN) == MADE
    assert MADE.desk == "เคาน์เตอร์ ๒"
    keys = MADE.keys
    assert keys.enrolled(keys.public, keys.certificate) == MADE.desk
    with pytest.raises(ValueError, match="may not"):
        keys.certify(keys.public, "another")


def test_shows_nothing_without_it() -> None:
    assert to_text(MADE, PIN) != TEXT
    assert SEED.hex() not in repr(MADE)
    for pin in ("48291737", "", "4829173", "PIN"):
        with pytest.raises(EnrolmentError, match="PIN does not fit"):
            from_text(TEXT, pin)
    with pytest.raises(EnrolmentError, match="at least 6"):
        to_text(MADE, "12-34")


def test_damage_is_not_called_a_wrong_pin() -> None:
    for bad in (
        TEXT[:-4],
        TEXT[:60],
        TEXT[:100] + "A" * 9 + TEXT[109:],
        TEXT + "A" * 20_000,
        "CHECKIN-DESK1:",
        TEXT + "1",
    ):
        with pytest.raises(EnrolmentError, match="damaged"):
            from_text(bad, PIN)
    with pytest.raises(EnrolmentError, match="newer version"):
        from_text(TEXT.replace("DESK1", "DESK2"), PIN)
    for other in ("", "hello", "4" * 46, "https://example.org/x"):
        assert not paper.is_enrolment(other)
        with pytest.raises(EnrolmentError, match="no enrolment"):
            from_text(other, PIN)


@settings(max_examples=60)
@given(st.text(max_size=80))
def test_whatever_is_read_is_refused_with_a_sentence(text: str) -> None:
    for read in (text, "CHECKIN-DESK1:" + text):
        with pytest.raises(EnrolmentError):
            from_text(read, PIN)


def test_keys_that_do_not_fit_each_other_are_no_enrolment() -> None:
    with pytest.raises(EnrolmentError, match="damaged"):
        from_text(to_text(replace(MADE, desk_seed=bytes(32)), PIN), PIN)


def test_the_code_is_read_by_the_desks_own_camera(tmp_path: Path) -> None:
    """Also with a server's address, name and password in it, at the size of a third of a picture, blurred a little."""
    server = replace(
        MADE, hub="postgresql://desk_0123456789:Zm9vYmFyYmF6cXV4MDEyMw@registration.example.org:5432/checkin"
    )
    for number, made in enumerate((MADE, server)):
        text = to_text(made, PIN)
        assert len(text) < 700
        path = tmp_path / f"{number}.png"
        paper.write_code(path, text)
        code = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        code = cv2.resize(code, (480, 480), interpolation=cv2.INTER_AREA)
        picture = np.full((720, 1280), 190, np.uint8)
        picture[120:600, 400:880] = code
        picture = cv2.GaussianBlur(picture, (3, 3), 0)
        assert [found.text for found in decode(picture)] == [text]
        assert from_text(decode(picture)[0].text, PIN) == made


def test_what_no_webcam_would_read_stays_a_file(tmp_path: Path) -> None:
    long = to_text(
        replace(MADE, hub="postgresql://x/y?ca=" + "".join(chr(65 + n * n * 7 % 57) for n in range(2000))), PIN
    )
    assert from_text(long, PIN).hub.startswith("postgresql://x/y")
    if len(long) > 1100:
        with pytest.raises(EnrolmentError, match="too long"):
            paper.write_code(tmp_path / "x.png", long)


def test_the_file_is_for_its_owner_only_and_its_name_is_harmless(tmp_path: Path) -> None:
    for name in ("Desk 2", "เคาน์เตอร์ ๒", "../../etc/x", "a/b\\c:d*?", "..", "CON.", "\u202e"):
        file = paper.file_name(name)
        assert "/" not in file
        assert not file.startswith((".", "-"))
        path = tmp_path / file
        paper.write_file(path, TEXT)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert from_text(paper.read_file(path), PIN) == MADE
    with pytest.raises(EnrolmentError):
        paper.read_file(tmp_path / "none")
    with pytest.raises(EnrolmentError):
        paper.write_file(tmp_path / "no" / "x", TEXT)


# -- a second laptop


@pytest.fixture
def first(tmp_path: Path) -> Path:
    folder = tmp_path / "first"
    app = create_app(folder, TOML)
    app.syncer.round(f"folder:{tmp_path / 'hub'}")
    app.close()
    return folder


def test_a_second_laptop_has_event_keys_and_its_own_number(tmp_path: Path, first: Path) -> None:
    url = f"folder:{tmp_path / 'hub'}"
    app = open_app(first)
    made = administration.enrol(url, app.sync_keys, "  Desk\u202e 2 ")
    with pytest.raises(HubRefusedError, match="event was made"):
        administration.enrol(url, made.keys, "Desk 3")
    with pytest.raises(HubRefusedError, match="needs a name"):
        administration.enrol(url, app.sync_keys, " ")
    with pytest.raises(HubRefusedError, match="already"):
        administration.enrol(url, app.sync_keys, app.settings.desk_name)
    join(tmp_path / "second", made)
    second = open_app(tmp_path / "second")
    try:
        assert second.event == app.event
        assert second.keyring == app.keyring
        assert second.hub_url == url
        assert second.settings.desk == "Desk 2"
        assert second.settings.desk_number == made.number
        assert second.settings.desk_number not in {app.settings.desk_number, 1}
        assert second.syncer.round().verified
    finally:
        second.close()
        app.close()
    with pytest.raises(EnrolmentError, match="holds an event already"):
        join(tmp_path / "second", made)
    with pytest.raises(EnrolmentError, match=r"used before.*supervisor add another desk"):
        join(tmp_path / "third", made)
    assert not (tmp_path / "third").exists()
    shutil.rmtree(tmp_path / "second")  # the disk was full in the middle, and it is done again
    join(tmp_path / "second", made)


def test_nothing_is_made_where_the_hub_is_not_there_or_has_no_event(tmp_path: Path, first: Path) -> None:
    app = open_app(first)
    url = f"folder:{tmp_path / 'hub'}"
    made = administration.enrol(url, app.sync_keys, "Desk 2")
    app.close()
    with pytest.raises(HubUnreachableError):
        join(tmp_path / "second", made, f"folder:{tmp_path / 'stick' / 'hub'}")
    (tmp_path / "drive").mkdir()  # the mount point of a drive that is not plugged in
    for wrong in ("drive", "slip"):
        with pytest.raises(HubUnreachableError, match=r"no hub in .* plug the drive in or correct the path"):
            join(tmp_path / "second", made, f"folder:{tmp_path / wrong}")
    assert list((tmp_path / "drive").iterdir()) == []
    administration.init(f"folder:{tmp_path / 'empty'}", made.keys)
    with pytest.raises(HubError, match="not arrived"):
        join(tmp_path / "second", made, f"folder:{tmp_path / 'empty'}")
    assert not (tmp_path / "second").exists()
    (tmp_path / "hub").rename(tmp_path / "moved")  # the same stick under another letter
    join(tmp_path / "second", made, f"folder:{tmp_path / 'moved'}")
    second = open_app(tmp_path / "second")
    assert second.hub_url == f"folder:{tmp_path / 'moved'}"
    second.close()


def test_by_command_two_laptops_agree_and_a_lost_one_is_cut_off(tmp_path: Path) -> None:
    """The whole way by commands, as a supervisor would."""
    first, second, hub = tmp_path / "first", tmp_path / "second", f"folder:{tmp_path / 'hub'}"
    file, picture = tmp_path / "two.checkin-desk", tmp_path / "two.png"
    create_app(first, TOML).close()
    (ready,) = objects(checkin(first, "hub", "init", hub, "--json"))
    assert (ready["hub"], ready["event"], ready["verified"]) == (hub, "small-2014", True)
    (made,) = objects(checkin(first, "hub", "add-desk", "Desk 2", "--out", str(file), "--qr", str(picture), "--json"))
    assert (made["desk"], made["file"], made["qr"]) == ("Desk 2", str(file), str(picture))
    assert len(made["pin"]) == 8
    (joined,) = objects(checkin(second, "join", str(file), "--pin", made["pin"], "--json"))
    assert (joined["desk"], joined["number"], joined["verified"]) == ("Desk 2", made["number"], True)
    person = ("--name", "Anna Lee", "--organisation", "ACME", "--country", "TH", "--category", "vip")
    checkin(second, "walkin", *person, "--day", "2014-07-08", "--checkpoint", "door-1")
    checkin(second, "sync")
    counted = objects(checkin(first, "hub", "counts", "--json"))
    assert counted == [{"day": "2014-07-08", "checkpoint": "door-1", "category": "vip", "country": "TH", "came": 1}]
    assert objects(checkin(first, "hub", "revoke-desk", "Desk 2", "--json")) == [
        {"desk": "Desk 2", "revoked": True, "keys": 1}
    ]
    assert "cut this desk off" in checkin(second, "sync", code=1).stderr
    assert objects(checkin(first, "hub", "counts", "--json")) == counted


def test_each_command_refuses_with_one_sentence(
    tmp_path: Path, first: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("checkin.log.set_up", lambda _folder: None)  # the test's own log is watched

    def said(folder: Path, *args: str, code: int = 1) -> str:
        monkeypatch.setattr("sys.argv", ["checkin", "--data", str(folder), *args])
        assert main() == code
        return capsys.readouterr().err

    second, file = tmp_path / "second", tmp_path / "two.checkin-desk"
    assert "on this laptop, which another laptop cannot reach" in said(
        first, "hub", "add-desk", "Desk 2", "--pin", "123456", "--out", str(file), code=0
    )
    assert "at least 6" in said(first, "hub", "add-desk", "Desk 3", "--pin", "12")
    assert "knows no desk" in said(first, "hub", "revoke-desk", "Nobody")
    assert "names no hub" in said(first, "hub", "init", "ftp://x")
    assert "sends again" in said(first, "hub", "restored", code=0)
    monkeypatch.setattr("sys.stdin", io.StringIO(file.read_text()))
    assert "PIN is missing" in said(second, "join", "-")
    assert "does not fit" in said(second, "join", str(file), "--pin", "000000")
    assert "cannot be read" in said(second, "join", str(tmp_path / "none"), "--pin", "123456")
    monkeypatch.setattr("sys.stdin", io.StringIO(file.read_text()))
    assert "“Desk 2” now" in said(second, "join", "-", "--pin", "123456", code=0)
    assert "event was made" in said(second, "hub", "add-desk", "Desk 9")
    assert "event was made" in said(second, "hub", "revoke-desk", "Desk 1")
    assert "event was made" in said(second, "hub", "init", f"folder:{tmp_path / 'x'}")
    (first / administration.ADMIN_FILE).write_text("{")
    assert "is damaged" in said(first, "hub", "counts")
