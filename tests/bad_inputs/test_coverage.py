"""Every shared bad input of the areas that are built has a test that names it, or a test that runs over its whole area."""

from __future__ import annotations

from pathlib import Path

from tests.bad_inputs.cases import _all

NAMED_AREAS = ("camera", "clock", "db_file", "app", "bundle", "export", "hub")
"""qr and hid are run from the file (test_qr, test_hid); import_csv, import_xlsx and names have a file each in tests/roster,
which checks for itself that no case is left out."""

ELSEWHERE = {
    "app-001": "the walk-in form comes with its own issue; nothing else in the program keeps a half-entered person",
    "app-003": "nothing is queued yet: a scan is on disk before its light is green; the warning comes with sync",
    "app-005": "no PIN exists yet: it comes with the supervisor's lock",
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
        if case.id.rsplit("-", 1)[0] in NAMED_AREAS
        and case.id not in ELSEWHERE
        and case.id not in tests
        and case.id.replace("-", "_") not in tests
    ]
    assert untried == []
