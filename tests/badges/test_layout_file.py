"""An organiser copies a layout and changes it: what is wrong in it is said in one sentence, before anything is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from checkin.badges.colours import READABLE, contrast, darkened, on
from checkin.badges.layout import SHOWS
from checkin.badges.store import DEFAULT, broken, files, layout, layouts
from checkin.errors import LayoutError
from checkin.paths import resources
from checkin.ui.painting.badge import badge_image
from tests.badges.compare import to_array
from tests.badges.gallery import content_of

SMALL = """
name = { en = "My badge", th = "บัตรของฉัน" }
width = 60
height = 90

[code]
at = [15, 55, 30]

[[box]]
at = [0, 0, 60, 10]
fill = "category"

[[block]]
at = [2, 12, 56, 30]
fields = [{ show = "name", size = 20, smallest = 9 }]

[[block]]
at = [2, 43, 56, 8]
fields = [{ show = "practice", size = 10, smallest = 6 }]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A data folder with one layout of the organiser's own."""
    (tmp_path / "badges").mkdir()
    (tmp_path / "badges" / "mine.toml").write_text(SMALL, "utf-8")
    return tmp_path


def test_the_shipped_layouts_are_right() -> None:
    assert broken(None) == {}
    found = {key: one.page_mm for key, one in layouts(None).items()}
    assert found == {
        "lanyard": (86, 124),
        "a6": (105, 148),
        "card": (85.6, 54),
        "label-62": (62, 90),
        "label-62x100": (62, 100),
        "a4-4": (210, 297),
        "a4-8": (210, 297),
    }
    assert {key: one.per_page for key, one in layouts(None).items() if one.sheet} == {"a4-4": 4, "a4-8": 8}
    assert DEFAULT in found
    assert all(one.name.get("th") != one.name.get("en") for one in layouts(None).values())


def test_an_organiser_s_own_file_is_found_and_drawn(own: Path) -> None:
    mine = layouts(own)["mine"]
    assert mine.name.get("th") == "บัตรของฉัน"
    image = badge_image(mine, content_of("thai"), dpi=100)
    assert (image.width(), image.height()) == (236, 354)
    assert QColor(image.pixel(100, 5)).name() == "#9a3412"  # the Thai agencies' colour
    assert list(files(own))[-1] == "mine"


def test_a_copy_of_a_shipped_layout_stands_in_for_it(own: Path) -> None:
    """The data folder's own lanyard.toml is the lanyard there, also on the sheet of four."""
    text = (resources() / "badges" / "lanyard.toml").read_text("utf-8").replace('fill = "event"', 'fill = "#00aa55"', 1)
    (own / "badges" / "lanyard.toml").write_text(text, "utf-8")
    assert layout(own, "lanyard").boxes[0].fill == "#00aa55"
    assert layout(own, "a4-4").boxes[0].fill == "#00aa55"
    assert layout(None, "lanyard").boxes[0].fill == "event"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("width = 60", "width = 60 mm", "not valid TOML"),
        ("width = 60", 'width = "60"', "“width” must be a number from 20 to 500"),
        ("width = 60", "", "“width” must be a number"),
        ("width = 60", "widht = 60", "there is no field “widht”"),
        ("width = 60", "width = true", "“width” must be a number"),
        ("[15, 55, 30]", "[15, 55, 30, 30]", "must be 3 numbers in mm"),
        ("[15, 55, 30]", "[40, 55, 30]", "[code] reaches beyond the badge of 60 × 90 mm"),
        ("[15, 55, 30]", "[15, 45, 30]", "[code] lies over [[block]] 2"),
        ("[2, 12, 56, 30]", "[2, 12, 56, 40]", "[[block]] 1 lies over [[block]] 2"),
        ("[2, 12, 56, 30]", "[2, 12, 56, 0]", "[[block]] 1 has no width or height"),
        ("[2, 12, 56, 30]", "[2, -12, 56, 30]", "must be 4 numbers in mm"),
        ('fill = "category"', 'fill = "blue"', "“fill” must be a colour as #1d5fbf or one of: event, category"),
        ("size = 20, smallest = 9", "size = 8, smallest = 9", "“smallest” is larger than “size”"),
        ("smallest = 9", "smallest = 9, wrap_below = 30", "“wrap_below” must lie between"),
        ('show = "name"', 'show = "names"', "“show” must be one of: event"),
        ('show = "practice"', 'show = "venue"', "no place for the word PRACTICE"),
        ('fields = [{ show = "name", size = 20, smallest = 9 }]', "", "it has no “fields”"),
        ("[code]\nat = [15, 55, 30]", "", "there is no [code]"),
        ("height = 90", 'height = 90\nbadge = "lanyard"', "there is no field “width”"),
        (
            "height = 90",
            'height = 90\n[[logo]]\nat = [1, 11, 1, 1]\nfile = "logo.png"',
            "does not lie beside the layout",
        ),
        (
            "height = 90",
            'height = 90\n[[logo]]\nat = [1, 11, 1, 1]\nfile = "../x.png"',
            "must be the name of a picture",
        ),
        ("[code]", "[sheet]\ncolumns = 4\nrows = 1\n[code]", "do not fit on the paper of 210 × 297 mm"),
        ("[code]", '[sheet]\ncolumns = 1\nrows = 1\npaper = "A3"\n[code]', "“paper” must be one of: A4"),
        ("[code]", 'event_colour = "event"\n[code]', "“event_colour” must be a colour"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(own: Path, old: str, new: str, said: str) -> None:
    assert old in SMALL
    (own / "badges" / "mine.toml").write_text(SMALL.replace(old, new, 1), "utf-8")
    with pytest.raises(LayoutError) as caught:
        layout(own, "mine")
    assert "mine.toml" in str(caught.value)
    assert said in str(caught.value)
    assert "mine" not in layouts(own)
    assert "lanyard" in layouts(own), "one broken file must not hide the others"
    assert said in broken(own)["mine"]


def test_print_003_a_code_too_small_for_a_webcam_is_refused(own: Path) -> None:
    """bad input print-003: squares under 0.6 mm, or a white border of less than four, are never printed."""
    (own / "badges" / "mine.toml").write_text(SMALL.replace("[15, 55, 30]", "[15, 55, 22.0]"), "utf-8")
    with pytest.raises(LayoutError, match=r"narrower than 0.6 mm or its white border less than 4 squares.*22.4 mm"):
        layout(own, "mine")
    (own / "badges" / "mine.toml").write_text(SMALL.replace("[15, 55, 30]", "[15, 55, 22.4]"), "utf-8")
    assert layout(own, "mine").code.width == 22.4


def test_a_layout_that_is_not_there(own: Path) -> None:
    with pytest.raises(LayoutError, match=r"no badge layout “nope”. There are: a4-4, .*lanyard, mine"):
        layout(own, "nope")


@pytest.mark.parametrize("names", ["mine", "sheet", "a4-4", "gone"])
def test_a_sheet_repeats_a_badge_and_nothing_else(own: Path, names: str) -> None:
    sheet = f'badge = "{names}"\n[sheet]\ncolumns = 2\nrows = 2\n'
    (own / "badges" / "sheet.toml").write_text(sheet, "utf-8")
    if names == "mine":
        assert layout(own, "sheet").per_page == 4
    else:
        with pytest.raises(LayoutError, match=r"is no sheet itself|no badge layout “gone”"):
            layout(own, "sheet")


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"name = 'x'\n" * 40_000, b""])
def test_files_that_are_no_layout(own: Path, data: bytes) -> None:
    (own / "badges" / "mine.toml").write_bytes(data)
    with pytest.raises(LayoutError, match=r"mine\.toml"):
        layout(own, "mine")


def test_a_logo_is_drawn_and_not_stretched(own: Path) -> None:
    logo = QImage(40, 20, QImage.Format.Format_RGB32)
    logo.fill(QColor("#ff0000"))
    assert logo.save(str(own / "badges" / "logo.png"))
    (own / "badges" / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#f00"/></svg>'
    )
    for name in ("logo.png", "logo.svg"):
        text = (
            SMALL.replace("[2, 12, 56, 30]", "[22, 12, 36, 30]") + f'[[logo]]\nat = [2, 12, 18, 18]\nfile = "{name}"\n'
        )
        (own / "badges" / "mine.toml").write_text(text, "utf-8")
        pixels = to_array(badge_image(layout(own, "mine"), content_of("nothing"), dpi=254))  # 10 px a mm
        red = (pixels[..., 0] > 200) & (pixels[..., 1] < 60)
        rows, columns = red.any(axis=1).nonzero()[0], red.any(axis=0).nonzero()[0]
        assert (columns[0], columns[-1]) == (20, 199)
        assert (rows[0], rows[-1]) == (165, 254)
    (own / "badges" / "logo.png").write_bytes(b"no picture")
    (own / "badges" / "mine.toml").write_text(text.replace("logo.svg", "logo.png"), "utf-8")
    with pytest.raises(LayoutError, match=r"“logo\.png” of the badge layout cannot be read"):
        badge_image(layout(own, "mine"), content_of("nothing"), dpi=100)


def test_text_is_readable_on_every_colour() -> None:
    for red in range(0, 256, 51):
        for green in range(0, 256, 51):
            for blue in range(0, 256, 51):
                colour = f"#{red:02x}{green:02x}{blue:02x}"
                assert contrast(on(colour), colour) >= READABLE, colour
                assert contrast(darkened(colour), "#ffffff") >= READABLE, colour


def test_the_guide_names_every_field(repository: Path) -> None:
    guide = (repository / "docs" / "badge-layouts.md").read_text("utf-8")
    words = ["width", "height", "event_colour", "badge", "at", "fill", "only", "align", "anchor", "gap", "fields", "size",
             "smallest", "wrap_below", "weight", "colour", "font", "capitals", "file", "paper", "columns", "rows",
             "cut_marks", *SHOWS, *files(None)]  # fmt: skip
    assert [word for word in words if f"`{word}`" not in guide] == []
