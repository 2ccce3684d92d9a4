"""The commands as other programs rely on them: names, options, JSON keys, exit codes, and one sentence for every failure."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import segno

from checkin.app import open_demo
from tests.cli.run import checkin, objects

SCANNED = {"verdict", "attendee", "record", "desk", "seq", "day", "checkpoint", "at", "first", "message"}
PERSON = {"id", "name", "name_local", "organisation", "country", "category", "status"}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration event with its 350 people and nobody in."""
    folder = tmp_path_factory.mktemp("demo")
    open_demo(folder).close()
    return folder


@pytest.fixture(scope="module")
def badges(demo: Path) -> dict[str, str]:
    """Attendee id -> what the badge's code holds."""
    return {badge["attendee"]: badge["text"] for badge in objects(checkin(demo, "badges", "--json"))}


def test_badges_lists_all_and_changes_nothing(demo: Path, badges: dict[str, str]) -> None:
    assert len(badges) == 350
    before = (demo / "checkin.sqlite").read_bytes()
    some = list(badges)[:2]
    again = objects(checkin(demo, "badges", "--attendee", some[0], "--attendee", some[1], "--json"))
    assert again == [{"attendee": uid, "text": badges[uid], "revision": 0} for uid in some]
    assert (demo / "checkin.sqlite").read_bytes() == before
    assert "no person" in checkin(demo, "badges", "--attendee", "nobody", code=1).stderr


def test_scan_undo_counts(demo: Path, badges: dict[str, str]) -> None:
    people = objects(checkin(demo, "roster", "find", "a", "--limit", "1000", "--json"))
    anna = next(one for one in people if one["category"] == "delegate-asean" and one["status"] == "registered")
    text = badges[anna["id"]]
    green, amber = objects(
        checkin(demo, "--desk", "Desk 7", "--staff", "Art", "scan", "-", "--json", stdin=f"{text}\n{text}\n")
    )
    assert set(green) >= SCANNED
    assert set(green["attendee"]) == PERSON
    assert (green["verdict"], green["desk"], green["day"], green["checkpoint"]) == (
        "checked_in", "Desk 7", "2014-07-08", "door-1",
    )  # fmt: skip
    assert green["at"].startswith("2014-07-08T07:45:")
    assert green["at"].endswith("+07:00")
    assert green["first"] is None
    assert amber["verdict"] == "already_in"
    assert amber["record"] is None
    assert (amber["first"]["desk"], amber["first"]["staff"]) == ("Desk 7", "Art")
    counts = objects(checkin(demo, "counts", "--by", "category", "--json"))
    assert len(counts) == 1
    assert set(counts[0]) == {"day", "checkpoint", "expected", "came", "walk_in", "inside", "by"}
    assert (counts[0]["came"], counts[0]["by"]) == (1, {"delegate-asean": 1})
    undone = objects(checkin(demo, "undo", green["record"], "--reason", "wrong person", "--json"))[0]
    assert undone["target"] == green["record"]
    assert objects(checkin(demo, "counts", "--json"))[0]["came"] == 0
    assert "already undone" in checkin(demo, "undo", green["record"], code=1).stderr


def test_scan_of_pictures_and_folders(demo: Path, badges: dict[str, str], tmp_path: Path) -> None:
    texts = list(badges.values())[20:23]
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for number, text in enumerate(texts):
        segno.make_qr(text, error="q").save(str(pictures / f"{number}.png"), scale=8)
    read = objects(checkin(demo, "decode", str(pictures), "--json"))
    assert [code["text"] for code in read] == texts
    assert {len(code["corners"]) for code in read} == {4}
    (pictures / "note.png").write_text("no picture")
    done = checkin(demo, "scan", str(pictures), "--json", "--day", "2014-07-09", code=1)
    assert len(objects(done)) == 3
    assert {verdict["checkpoint"] for verdict in objects(done)} == {"door-2"}
    assert "note.png" in done.stderr


def test_two_desks_are_two_folders(tmp_path: Path, badges: dict[str, str]) -> None:
    """The demonstration's badges are good at every demonstration desk; each keeps its own journal until they sync."""
    text = list(badges.values())[30]
    for name in ("one", "two"):
        open_demo(tmp_path / name).close()
        assert objects(checkin(tmp_path / name, "scan", "-", "--json", stdin=text))[0]["verdict"] in {
            "checked_in",
            "wrong_day",
        }


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("counts",), 1, "no event"),
        (("scan", "-"), 1, "no event"),
        (("scan",), 2, "SOURCE"),
        (("no-such-command",), 2, "No such command"),
        (("counts", "--by", "colour"), 2, "colour"),
        (("--now", "yesterday", "counts"), 2, "yesterday"),
        (("event", "create", "missing.toml"), 1, "no file"),
        (("erase",), 2, "--everybody"),
    ],
)
def test_failures_are_one_sentence(tmp_path: Path, args: tuple[str, ...], code: int, says: str) -> None:
    done = checkin(tmp_path / "empty", *args, code=code)
    assert done.stdout == ""
    assert says in done.stderr


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("scan", "-", "--checkpoint", "door-9"), "panel-3"),
        (("scan", "-", "--day", "2014-07-10"), "2014-07-08, 2014-07-09"),
        (("scan", "-", "--direction", "out"), "does not count exits"),
        (("scan", "missing.avi"), "missing.avi"),
        (("undo", "nonsense"), "no such record"),
        (("event", "create", "pyproject.toml"), "no field"),
    ],
)
def test_failures_on_the_demo(demo: Path, args: tuple[str, ...], says: str) -> None:
    assert says in checkin(demo, *args, code=1).stderr


def test_a_command_that_failed_leaves_no_false_alarm(demo: Path) -> None:
    checkin(demo, "counts", "--day", "2015-01-01", code=1)
    assert checkin(demo, "counts").stderr == ""


def test_an_event_is_created_shown_and_not_created_twice(tmp_path: Path) -> None:
    from tests.small_event import TOML

    file = tmp_path / "event.toml"
    file.write_text(TOML, "utf-8-sig")
    created = objects(checkin(tmp_path / "data", "event", "create", str(file), "--json"))[0]
    shown = objects(checkin(tmp_path / "data", "event", "show", "--json"))[0]
    assert created == shown
    assert shown["name"] == {"en": "Small event", "th": "งานเล็ก"}
    assert [c["key"] for c in shown["checkpoints"]] == ["door-1", "door-2", "opening", "panel-1", "panel-2"]
    assert "already" in checkin(tmp_path / "data", "event", "create", str(file), code=1).stderr
    assert "งานเล็ก" in checkin(tmp_path / "data", "--lang", "th", "event", "show").stdout


def test_json_is_alone_on_standard_output_in_any_locale(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    done = checkin(demo, "roster", "find", "สมหญิง", "--json")
    assert all(json.loads(line)["id"] for line in done.stdout.splitlines())
    assert "สม" in done.stdout


def test_app_007_a_defect_leaves_no_name_in_the_log(demo: Path, tmp_path: Path) -> None:
    import logging

    from checkin.log import set_up

    set_up(tmp_path)
    logger = logging.getLogger("checkin")
    try:
        try:
            raise ValueError("Maria Santos, maria@example.org")
        except ValueError:
            logger.info("something failed", exc_info=True)
        text = (tmp_path / "logs" / "checkin.log").read_text("utf-8")
    finally:
        for handler in [h for h in logger.handlers if isinstance(h, logging.FileHandler)]:
            handler.close()
            logger.removeHandler(handler)
        logger.propagate = True
    assert "ValueError" in text
    assert "test_commands.py" in text
    assert "Maria" not in text
    assert "example.org" not in text
