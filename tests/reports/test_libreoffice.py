"""500 hostile cells opened by a real spreadsheet program: each is the text it was, and none is a formula."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest

from checkin.domain.quoting import unquoted
from checkin.reports.cells import clean
from checkin.reports.export import export
from tests.reports.test_export import HOSTILE, bad_cells
from tests.small_event import EVENT, make_place, someone

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice (soffice) is not installed: nothing opened the files"
)


def texts() -> list[str]:
    """Return 500 texts that a spreadsheet might run, change or choke on."""
    base = [
        *HOSTILE,
        *(text for case, text in bad_cells() if case != "export-015"),
        "0012",
        "3-4",
        "MAR1",
        "'0012",
        "1/2",
    ]
    starts = ["=", "+", "-", "@", "\t=", "=cmd|' /C calc'!A0 ", '=HYPERLINK("http://example.org";"', "=WEBSERVICE(",
              "=DDE(", " =", "+66 ", "0", "-2+3 ", "＝", "@SUM(", "'=", '"=', "{=", "=IMPORTXML(", "\n="]  # fmt: skip
    made = [f"{start}{number}" for number in range(40) for start in starts]
    return [text for text in dict.fromkeys([*base, *made]) if clean(text).strip()][:500]


def opened(file: Path, folder: Path) -> bytes:
    """Return the content.xml of the file as LibreOffice understood it (flat values, formulas named as such)."""
    assert OFFICE is not None
    options = ["--infilter=CSV:44,34,76,1"] if file.suffix == ".csv" else []
    subprocess.run(
        [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", *options, "--convert-to", "ods",
         "--outdir", str(folder), str(file)],
        check=True, capture_output=True, timeout=110,
    )  # fmt: skip
    with ZipFile(folder / f"{file.stem}.ods") as parts:
        return parts.read("content.xml")


@needs_office
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_no_cell_of_500_becomes_a_formula(tmp_path: Path, suffix: str) -> None:
    """bad_inputs export-001 .. export-011 in a real spreadsheet program"""
    hostile = texts()
    assert len(hostile) == 500
    people = [someone(n, name=f"P{n:03}", organisation=text) for n, text in enumerate(hostile)]
    place = make_place(tmp_path, people)
    for serial in range(1, len(people) + 1):
        place.desk.admit(place.token(serial))
    export(place.database, EVENT, "attendance", tmp_path / f"who{suffix}")
    place.database.close()
    (tmp_path / "office").mkdir()
    content = opened(tmp_path / f"who{suffix}", tmp_path / "office")
    assert b"P499" in content
    assert b"table:formula" not in content
    assert b"<text:a " not in content, "no link was made of a text"
    back = tmp_path / "office" / "back.csv"
    shutil.copyfile(tmp_path / "office" / "who.ods", tmp_path / "office" / "back.ods")
    subprocess.run(
        [OFFICE, f"-env:UserInstallation={(tmp_path / 'office' / 'profile').as_uri()}", "--headless", "--convert-to",
         "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false", "--outdir", str(tmp_path / "office"),
         str(tmp_path / "office" / "back.ods")],
        check=True, capture_output=True, timeout=110,
    )  # fmt: skip
    with back.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    cells = [unquoted(row[2]) if suffix == ".csv" else row[2] for row in rows]
    wanted = [clean(text) for text in hostile]
    different = [(want, have) for want, have in zip(wanted, cells, strict=True) if plain(want) != plain(have)]
    assert different == [], json.dumps(different[:5])


def plain(text: str) -> str:
    """Tabs, line breaks and trailing space may change their kind on the way through another program."""
    return text.replace("\t", "").replace("\r\n", "\n").replace("\r", "\n").rstrip(" ")
