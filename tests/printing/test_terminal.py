"""Printers for those who sit at a terminal: `printers`, `badges --print`, `walkin --print` and the doctor's lines."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from checkin import settings as store
from checkin.app import Declared, create_app, open_app
from checkin.db import print_log
from checkin.doctor.printing import checks
from tests.cli.run import checkin, objects
from tests.printing.cups import Cups
from tests.printing.pages import codes, page_mm
from tests.small_event import TOML


def test_printers_are_listed_with_their_state(cups: Cups, tmp_path: Path) -> None:
    cups.add("Badges", title="ห้อง A")
    cups.add("Office", paused=True)
    cups.make_default()
    store.save(tmp_path, store.Settings(printer="Office"))
    one, two = objects(checkin(tmp_path, "printers", "--json"))
    assert one == {
        "printer": "Badges", "title": "ห้อง A", "default": True, "chosen": False, "state": "ready", "reasons": [],
        "message": "",
    }  # fmt: skip
    assert (two["printer"], two["chosen"], two["state"]) == ("Office", True, "paused")
    said = checkin(tmp_path, "printers").stdout
    assert "→ Office  The printer “Office” is paused" in said
    assert "“Badges” is ready." in said
    cups.stop()
    assert "does not answer" in checkin(tmp_path, "printers", code=1).stderr


def test_the_doctor_names_printers_and_what_is_wrong_with_the_desks_own(cups: Cups, tmp_path: Path) -> None:
    def found() -> dict[str, tuple[bool, str]]:
        return {check.name: (check.ok, check.found) for check in checks(tmp_path)}

    assert found() == {"printers": (False, "none")}
    cups.add("Badges")
    assert found() == {"printers": (True, "Badges")}
    mine = store.Settings(printer="Badges")
    store.save(tmp_path, mine)
    assert found()["printer"] == (True, "Badges: ready")
    cups.pause()
    assert found()["printer"] == (False, "Badges: paused")
    store.save(tmp_path, dataclasses.replace(mine, printer=f"pdf:{tmp_path / 'gone'}"))
    assert found()["printer"] == (False, f"{tmp_path / 'gone'}: not there any more")
    cups.stop()
    assert found()["printers"] == (False, "no print system answers")


PEOPLE = "Name,Organisation,Country,Category\nMaria Santos,SSS,Philippines,VIP\nSok Dara,NSSF,Cambodia,Delegate\n"
ANN = ("walkin", "--name", "Ann Quickly", "--organisation", "ILO", "--country", "Thailand", "--category", "delegate",
       "--day", "1", "--checkpoint", "door-1")  # fmt: skip


@pytest.fixture
def event(tmp_path: Path) -> Path:
    """A small event with two people and a desk that prints on “Badges” and counts its labels."""
    folder = tmp_path / "event"
    app = create_app(folder, TOML)
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    app.importer.import_file(tmp_path / "people.csv")
    app.save_settings(dataclasses.replace(app.settings, printer="Badges", layout="card", labels_left=3))
    app.close()
    return folder


def log(folder: Path) -> list[tuple[str, int, str, str]]:
    """Return the print log, oldest first: who, which revision, what became of it, why."""
    app = open_app(folder, Declared())
    rows = [(row.name, row.revision, row.state, row.detail) for row in print_log.last(app.database, 20)]
    app.close()
    return rows[::-1]


def test_badges_are_printed_as_the_print_system_says(cups: Cups, event: Path) -> None:
    cups.add()
    listed = objects(checkin(event, "badges", "--json"))
    done = checkin(event, "badges", "--print", "--json")
    printed = objects(done)
    assert [{key: one[key] for key in ("attendee", "text", "revision")} for one in printed] == listed
    assert printed[0]["print"] == {"state": "printed", "printer": "Badges", "sentence": "Printed on “Badges”."}
    assert "2 badges came out." in done.stderr
    assert "1 label is left on the roll" in done.stderr
    assert store.load(event).settings.labels_left == 1
    first, second = cups.papers()
    assert page_mm(first) == pytest.approx((85.6, 54), abs=0.5)
    assert codes(first) + codes(second) == [one["text"] for one in listed]
    said = checkin(event, "badges", "--print", "Badges", "--attendee", listed[0]["attendee"], "--again").stdout
    assert said.endswith(": Printed on “Badges”.\n")
    assert checkin(event, "badges", "--print", "--missing").stderr == "There is no badge to print.\n"
    assert [row[1:] for row in log(event)] == [(0, "printed", "")] * 3, "--again replaces no badge"
    assert len(cups.papers()) == 3


def test_a_walk_in_is_printed_or_told_how_to_get_the_badge_later(cups: Cups, event: Path) -> None:
    cups.add(paused=True)
    done = checkin(event, *ANN, "--print", "--json", code=1)
    (guest,) = objects(done)
    assert guest["admission"]["verdict"] == "checked_in"
    assert guest["print"]["state"] == "failed"
    assert "The printer “Badges” is paused" in done.stderr
    cups.resume()
    again = done.stderr.splitlines()[-1].partition("checkin ")[2].split()
    (printed,) = objects(checkin(event, *again, "--json"))
    assert (printed["text"], printed["revision"]) == (guest["badge"]["text"], 0), "it never came out, so it is the same"
    assert codes(*cups.papers()) == [guest["badge"]["text"]]
    again_later = checkin(event, *again)
    assert "1 badge had been printed before: the older one shows “replaced” from now on." in again_later.stderr
    assert [row[1:3] for row in log(event)] == [(0, "failed"), (0, "printed"), (1, "printed")]


def test_a_printer_that_would_not_print_replaces_no_badge_and_a_stuck_one_holds_the_rest_back(
    cups: Cups, event: Path
) -> None:
    cups.add(paused=True)
    assert "“Badges” is paused" in checkin(event, "badges", "--print", code=1).stderr
    assert "“Nowhere” does not exist" in checkin(event, "badges", "--print", "Nowhere", code=1).stderr
    assert (log(event), cups.waiting()) == ([], 0)
    cups.add_dead()
    done = checkin(event, "badges", "--print", "Away", code=1)
    assert ": Stuck. The printer “Away” does not answer: switch it on and look at its cable." in done.stdout
    assert "1 more badge was not sent: with --missing the command goes on where it stopped." in done.stderr
    assert log(event) == [("Maria Santos", 0, "stuck", "offline")]
    assert cups.waiting() == 1
    cups.resume()
    assert len(objects(checkin(event, "badges", "--print", "--missing", "--json"))) == 2
    cups.quiet()
    assert (len(cups.papers()), cups.waiting()) == (2, 0), "the stuck one was taken back, nothing comes out twice"
    assert [row[1:3] for row in log(event)] == [(0, "failed"), (1, "printed"), (0, "printed")], (
        "half of the first may lie in the other printer, so a new one makes it an old badge"
    )
