"""`badges --out`: a print from the terminal. First the entries, then the page; what fails says how to get it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checkin.app import open_demo
from tests.cli.run import ROOT, checkin, command, objects


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration event with its 350 people and nothing printed."""
    folder = tmp_path_factory.mktemp("fresh")
    open_demo(folder).close()
    return folder


@pytest.fixture
def demo(fresh: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(fresh, tmp_path / "event"))


def entries(folder: Path, tmp_path: Path) -> int:
    """Return how many badges were issued, as the exported journal tells."""
    checkin(folder, "export", "journal", "--out", str(tmp_path / "journal.csv"))
    return (tmp_path / "journal.csv").read_text("utf-8").count(",badge_issued,")


def pages(pdf: Path) -> int:
    return len(re.findall(rb"/MediaBox", pdf.read_bytes()))


def test_the_350_badges_as_one_pdf(demo: Path, tmp_path: Path) -> None:
    listed = objects(checkin(demo, "badges", "--json"))
    before = entries(demo, tmp_path)
    pdf = tmp_path / "all.pdf"
    done = checkin(demo, "badges", "--out", str(pdf), "--json")
    assert objects(done) == listed, "a first print is the badge that is listed"
    assert pages(pdf) == 350
    assert "350 of 350 badges" in done.stderr
    assert "replaced" not in done.stderr
    assert entries(demo, tmp_path) == before + 350
    assert objects(checkin(demo, "badges", "--json")) == listed


def test_a_later_print_replaces_and_the_same_print_does_not(demo: Path, tmp_path: Path) -> None:
    first = objects(checkin(demo, "badges", "--json"))[40]
    only = ("badges", "--attendee", first["attendee"], "--out", str(tmp_path / "one.pdf"), "--json")
    assert objects(checkin(demo, *only)) == [first]
    second = checkin(demo, *only)
    assert [one["revision"] for one in objects(second)] == [1]
    assert "1 badge had been printed before: the older one shows “replaced” from now on." in second.stderr
    count = entries(demo, tmp_path)
    again = checkin(demo, *only, "--again")
    assert objects(again) == objects(second)
    assert "replaced" not in again.stderr
    assert entries(demo, tmp_path) == count
    assert objects(checkin(demo, "scan", "-", "--json", stdin=first["text"] + "\n"))[0]["verdict"] == "replaced"


def test_what_can_be_known_before_changes_nothing(demo: Path, tmp_path: Path) -> None:
    (demo / "badges").mkdir()
    (demo / "badges" / "broken.toml").write_text("width = 60 mm")
    (demo / "badges" / "logo.png").write_text("no picture")
    lanyard = (ROOT / "resources" / "badges" / "lanyard.toml").read_text("utf-8")
    lanyard = lanyard.replace("at = [6, 3, 74, 20]", "at = [26, 3, 54, 20]")
    (demo / "badges" / "logo.toml").write_text(
        lanyard + '\n[[logo]]\nat = [4, 3, 20, 20]\nfile = "logo.png"\n', "utf-8"
    )
    for option, value, said in (
        ("--layout", "nope", "There is no badge layout “nope”. There are: a4-4, a4-8, a6, card"),
        ("--attendee", "nobody", "There is no person with the id nobody."),
        ("--out", str(tmp_path / "gone" / "x.pdf"), "is not there: nothing was written"),
        ("--layout", "broken", "“broken.toml” is not valid TOML"),
        ("--layout", "logo", "“logo.png” of the badge layout cannot be read"),
    ):
        done = checkin(demo, "badges", "--out", str(tmp_path / "x.pdf"), option, value, code=1)
        assert said in done.stderr
        assert done.stdout == ""
        assert not (tmp_path / "x.pdf").exists()
    assert entries(demo, tmp_path) == 0


def test_print_007_first_the_entry_then_the_page(demo: Path, tmp_path: Path) -> None:
    """bad input print-007: the disk fills while the pages are written. The entries stand, and the same prints can be had."""
    if sys.platform == "win32":
        pytest.skip("Windows has no limit on the size of files")
    small = (  # the database and its log have room, a PDF of 350 badges has not
        "import resource, runpy, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "import checkin.ui.painting.badge_pdf as pdf; whole = pdf._write\n"
        "def limited(*args):\n    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, -1)); return whole(*args)\n"
        "pdf._write = limited\n"
        "runpy.run_module('checkin', run_name='__main__')\n"
    )
    pdf = tmp_path / "all.pdf"
    arguments = command(demo, "badges", "--out", str(pdf), "--json")[3:]
    done = subprocess.run(
        [sys.executable, "-c", small, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "The disk is full: “all.pdf” was not written." in done.stderr
    assert "recorded as issued; to get the same ones, add --again to the command" in done.stderr
    assert not pdf.exists()
    assert entries(demo, tmp_path) >= 350
    again = objects(checkin(demo, "badges", "--out", str(pdf), "--json", "--again"))
    assert {one["revision"] for one in again} == {0}
    assert pages(pdf) == 350


def test_the_layouts_are_listed(demo: Path) -> None:
    (demo / "badges").mkdir()
    (demo / "badges" / "broken.toml").write_text("width = 60 mm")
    done = checkin(demo, "badges", "--layouts", "--json")
    found = {one["layout"]: one for one in objects(done)}
    assert found["lanyard"]["page_mm"] == [86, 124]
    assert Path(found["lanyard"]["file"]).is_file()
    assert "broken.toml" in done.stderr
    assert "lanyard, or a file of your own" in " ".join(checkin(demo, "badges", "--help").stdout.split())
    assert "add --out FILE.pdf, or --print" in checkin(demo, "badges", "--layout", "card", code=2).stderr
