"""Every shared bad input of the areas that are built has a test that names it, or a test that runs over its whole area."""

from __future__ import annotations

from pathlib import Path

from tests.bad_inputs.cases import _all
from tests.bad_inputs.test_qr import _is_recipe

NAMED_AREAS = ("camera", "clock", "db_file", "app", "bundle", "export", "print", "names", "hid", "hub")
"""qr is run from the file (test_qr), and only its recipes are named; import_csv and import_xlsx have a file each in
tests/roster, which checks for itself that no case is left out."""

ELSEWHERE = {
    "app-001": "nothing of a form is on disk before it is registered, in one transaction: tests/desk/test_kill_counter.py;"
    " closing the window asks: tests/ui/test_walkin.py",
    "app-003": "a scan is on disk before its light is green, and what is not sent is sent by the next round: tests/sync",
    "app-005": "the program has no PIN to guess but that of an enrolment, whose key is slow: tests/sync/test_enrolment.py",
    "app-013": "there is no updater; a migration copies the file first (checkin/db/migrate.py)",
    "camera-017": "a laptop that slept is a camera that was lost: test_camera_001",
    "camera-019": "a field test of badges; the recording of the demonstration holds curled ones, tests/demo",
    "db_file-001": "needs two windows: tests/e2e and tests/ui",
    "db_file-019": "tests/cli/test_kill.py",
    "db_file-029": "minutes to make: benchmarks/admit.py",
}
"""Cases that are met elsewhere or that nothing here can meet yet, and where or why."""


def test_every_case_is_named() -> None:
    folder = Path(__file__).resolve().parents[1]
    tests = "".join(path.read_text("utf-8") for path in folder.rglob("*.py") if path != Path(__file__))
    untried = [
        case.id
        for case in _all()
        if (case.id.rsplit("-", 1)[0] in NAMED_AREAS or (case.id.startswith("qr-") and _is_recipe(case)))
        and case.id not in ELSEWHERE
        and case.id not in tests
        and case.id.replace("-", "_") not in tests
    ]
    assert untried == []
