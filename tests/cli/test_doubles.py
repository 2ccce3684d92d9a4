"""`checkin doubles` and `doubles settle`: what two desks did is seen and settled from a terminal, and travels."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin.app import Declared, create_app, open_app
from checkin.cli._group import main
from checkin.sync import administration
from checkin.sync.joining import join
from tests.cli.run import checkin, objects
from tests.ui.conftest import PRACTICE, ROSTER


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Path, Path]:
    """Two data folders and their hub; each has let the same badge in, and both know it now."""
    url = f"folder:{tmp_path / 'hub'}"
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    one = create_app(tmp_path / "one", PRACTICE, Declared(desk="Desk 1", staff="Art"))
    one.importer.import_file(tmp_path / "roster.csv")
    administration.init(url, one.sync_keys)
    one.set_hub(url)
    one.syncer.round()
    join(tmp_path / "two", administration.enrol(url, one.sync_keys, "Desk 2"))
    two = open_app(tmp_path / "two", Declared(staff="Bee"))
    two.syncer.round()
    for app in (one, two):
        assert app.desk.admit("REG-0001").verdict == "checked_in"
    for app in (one, two, one):
        app.syncer.round()
    one.close()
    two.close()
    return tmp_path / "one", tmp_path / "two"


def test_listed_settled_with_a_reason_and_seen_at_the_other_desk(
    desks: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = desks
    monkeypatch.setattr("checkin.log.set_up", lambda _folder: None)  # the test's own log is watched

    def said(folder: Path, *args: str, code: int = 0) -> str:
        monkeypatch.setattr("sys.argv", ["checkin", "--data", str(folder), *args])
        assert main() == code
        out = capsys.readouterr()
        return out.err if code else out.out

    (double,) = objects(checkin(one, "doubles", "--json"))
    assert double["attendee"]["name"] == "Maria Santos"
    assert {double[which]["desk"] for which in ("first", "second")} == {"Desk 1", "Desk 2"}
    assert {double[which]["staff"] for which in ("first", "second")} == {"Art", "Bee"}
    assert (double["day"], double["settled"], double["reason"]) == ("2014-07-08", False, "")
    text = said(one, "doubles")
    assert "Maria Santos was let in" in text
    assert f"checkin doubles settle {double['second']['record']} --reason" in text
    assert said(one, "doubles", "--day", "2") == "No badge was let in at two desks.\n"
    assert "Maria" in said(one, "doubles", "--day", "2014-07-08")
    assert "--reason" in said(one, "doubles", "settle", double["second"]["record"], code=2)
    assert "Say why" in said(one, "doubles", "settle", double["second"]["record"], "--reason", " ", code=2)
    for wrong in ("0190", "", "' OR 1=1 --"):
        assert "No double has an admission" in said(one, "doubles", "settle", wrong, "--reason", "x", code=1)
    settled = said(one, "doubles", "settle", double["first"]["record"].upper(), "--reason", "Two doors", "--json")
    assert '"settled":true,"reason":"Two doors"' in settled
    assert "before: Two doors" in said(one, "doubles", "settle", double["second"]["record"], "--reason", "x", code=1)
    said(one, "sync")
    said(two, "sync")
    assert "Looked at: Two doors" in said(two, "doubles")
