"""A program that was killed while it wrote a list leaves names behind; the next export deletes them."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest

from checkin.reports.export import export
from checkin.whole_file import remove_parts, temporary_folder
from tests.small_event import EVENT, make_place


def age(path: Path, hours: float) -> Path:
    then = time.time() - 3600 * hours
    os.utime(path, (then, then))
    return path


def test_half_a_list_is_deleted_by_the_next_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch, out = tmp_path / "scratch", tmp_path / "out"
    scratch.mkdir()
    out.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    old, young, foreign = (out / name for name in (".0123456789ab.part", ".ba9876543210.part", ".part of my notes"))
    for path, hours in ((old, 25), (young, 1), (foreign, 1000)):
        path.write_text("Maria Santos")
        age(path, hours)
    rows = scratch / "checkin-xlsx-killed"
    rows.mkdir()
    (rows / "sheet1").write_text("Maria Santos")
    age(rows, 25)
    place = make_place(tmp_path)
    try:
        export(place.database, EVENT, "attendance", out / "list.xlsx")
    finally:
        place.database.close()
    assert not old.exists()
    assert young.exists(), "somebody may be writing it"
    assert foreign.exists(), "not ours"
    assert list(scratch.iterdir()) == []


def test_a_folder_that_is_gone_is_no_matter(tmp_path: Path) -> None:
    remove_parts(tmp_path / "gone")
    with temporary_folder("checkin-test-") as folder:
        (folder / "rows").write_text("Maria Santos")
    assert not folder.exists()
