"""The counter from the terminal: walkin and person, as other programs rely on them."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from checkin.app import create_app, open_app, open_demo
from tests.cli.run import checkin, objects
from tests.cli.test_commands import PERSON, SCANNED
from tests.small_event import TOML

ANN = ("walkin", "--name", "Ann Quickly", "--organisation", "ILO", "--country", "Thailand", "--category", "press")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    open_demo(folder).close()
    return folder


@pytest.fixture
def demo(shipped: Path, tmp_path: Path) -> Path:
    """A demonstration event of one's own."""
    return Path(shutil.copytree(shipped, tmp_path / "demo"))


def test_walkin_and_undo(demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "badge.pdf"
    (done,) = objects(checkin(demo, *ANN, "--consent", "photo", "--badge", str(target), "--json"))
    assert done.keys() >= {"attendee", "record", "look_alikes"}
    assert set(done["attendee"]) == PERSON
    assert set(done["admission"]) >= SCANNED
    assert done["admission"]["verdict"] == "checked_in"
    assert target.read_bytes().startswith(b"%PDF")
    (again,) = objects(checkin(demo, "scan", "-", "--json", stdin=done["badge"]["text"] + "\n"))
    assert (again["verdict"], again["attendee"]) == ("already_in", done["attendee"])
    (counts,) = objects(checkin(demo, "counts", "--json"))
    assert (counts["came"], counts["walk_in"]) == (1, 1)
    history = objects(checkin(demo, "person", "history", done["attendee"]["id"], "--json"))
    assert [line["kind"] for line in history if line["record"]] == ["checked_in", "badge_issued", "walk_in"]
    checkin(demo, "undo", done["record"], "--reason", "wrong guest", "--json")
    (counts,) = objects(checkin(demo, "counts", "--json"))
    assert (counts["came"], counts["walk_in"]) == (0, 0)
    assert "already undone" in checkin(demo, "undo", done["record"], code=1).stderr


def test_a_look_alike_is_listed_and_refused_without_force(demo: Path) -> None:
    known = objects(checkin(demo, "roster", "find", "a", "--limit", "30", "--json"))
    one = next(person for person in known if person["name"] and person["organisation"] and person["country"])
    form = (
        "walkin", "--name", one["name"], "--organisation", one["organisation"], "--country", one["country"],
        "--category", one["category"], "--json",
    )  # fmt: skip
    (refused,) = objects(checkin(demo, *form, code=1))
    assert (refused["attendee"], refused["record"]) == (None, None)
    assert one["id"] in [alike["id"] for alike in refused["look_alikes"]]
    assert set(refused["look_alikes"][0]) == PERSON | {"score", "why"}
    (done,) = objects(checkin(demo, *form, "--force"))
    assert done["attendee"]["id"] != one["id"]
    assert one["id"] in [alike["id"] for alike in done["look_alikes"]]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (ANN[:-2], ""),  # the demo has a category of its own for walk-ins
        (("walkin", "--name", "Ann"), "“Organisation” is missing. Fill it in."),
        ((*ANN[:-1], "guest"), "There is no category “guest”. This event has: delegate-asean"),
        ((*ANN, "--consent", "sms"), "does not ask for the consent “sms”"),
        ((*ANN, "--day", "2014-07-10"), "no day of this event"),
        ((*ANN, "--badge", "/nowhere/badge.pdf"), "“/nowhere” is not there"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(demo: Path, arguments: tuple[str, ...], sentence: str) -> None:
    done = checkin(demo, *arguments, code=1 if sentence else 0)
    assert sentence in done.stderr
    with closing(sqlite3.connect(demo / "checkin.sqlite")) as raw:
        assert raw.execute("SELECT COUNT(*) FROM entry").fetchone()[0] == (0 if sentence else 3)


def test_person_edit_cancel_reinstate_merge_learn(demo: Path) -> None:
    first, second = objects(checkin(demo, "roster", "find", "a", "--limit", "2", "--json"))
    (edited,) = objects(checkin(demo, "person", "edit", first["id"], "--organisation", "IOM", "--note", "", "--json",
                                "--reason", "asked"))  # fmt: skip
    assert edited["attendee"]["organisation"] == "IOM"
    assert set(edited) == {"record", "attendee", "seq"}
    (cancelled,) = objects(checkin(demo, "person", "cancel", first["id"], "--reason", "ill", "--json"))
    assert cancelled["attendee"]["status"] == "cancelled"
    (back,) = objects(checkin(demo, "person", "reinstate", first["id"], "--json"))
    assert back["attendee"]["status"] == "registered"
    checkin(demo, "person", "learn", first["id"], "PASS-0815")
    checkin(demo, "person", "merge", first["id"], second["id"], "--reason", "twice")
    (scan,) = objects(checkin(demo, "scan", "-", "--json", stdin="PASS-0815\n"))
    assert scan["attendee"]["id"] == first["id"]
    history = objects(checkin(demo, "person", "history", second["id"], "--json"))
    assert [line["kind"] for line in history] == [
        "checked_in", "merged", "code_learned", "reinstated", "registration_cancelled", "edited",
    ]  # fmt: skip
    assert history[-1]["changes"]["organisation"] == [first["organisation"], "IOM"]
    with closing(open_app(demo)) as app:
        for line in history:
            app.desk.undo(line["record"])
        now = app.registrar.badge_of(first["id"]).attendee
    assert (now.name, now.organisation, now.status) == (first["name"], first["organisation"], first["status"])


def test_person_says_what_is_wrong(demo: Path) -> None:
    (one,) = objects(checkin(demo, "roster", "find", "a", "--limit", "1", "--json"))
    assert "Name what is to be changed" in checkin(demo, "person", "edit", one["id"], code=2).stderr
    for arguments in (("edit", "x", "--name", "y"), ("merge", one["id"], "x")):
        assert "no longer on the list" in checkin(demo, "person", *arguments, code=1).stderr
    assert "no person" in checkin(demo, "person", "history", "x", code=1).stderr


def test_a_walk_ins_badge_at_a_data_folder_that_has_not_synced(tmp_path: Path) -> None:
    """Two laptops of one real event: the keys are the same, the desk numbers are drawn, the rosters have not met."""
    one, other = tmp_path / "one", tmp_path / "other"
    create_app(one, TOML).close()
    create_app(other, TOML).close()
    shutil.copy(one / "event-keys.json", other / "event-keys.json")
    form = (*ANN[:-1], "delegate", "--day", "1", "--json")
    (done,) = objects(checkin(one, *form))
    scan = ("scan", "-", "--day", "1", "--json")
    green, amber = objects(checkin(other, *scan, stdin=f"{done['badge']['text']}\n{done['badge']['text']}\n"))

    assert (green["verdict"], green["detail"], amber["verdict"]) == ("checked_in", "issued_elsewhere", "already_in")
    assert "the name follows with the next sync" in green["message"]
    assert green["attendee"]["id"] == done["attendee"]["id"], "both desks count the same person"
    (counts,) = objects(checkin(other, "counts", "--day", "1", "--json"))
    assert counts["came"] == 1
