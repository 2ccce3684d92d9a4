"""Printers for those who sit at a terminal: `printers` and the doctor's lines."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from checkin import settings as store
from checkin.doctor.printing import checks
from tests.cli.run import checkin, objects
from tests.printing.cups import Cups


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
