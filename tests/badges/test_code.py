"""The code on a badge: what SYNC.md says of ours, whatever fits of others, sharp and with its white border."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from checkin.badges.code import DOT_MM, Code, code_for, module_mm, smallest_side_mm
from checkin.badges.layout import MIN_MODULE_MM, Rect
from checkin.badges.store import layout, layouts
from checkin.errors import LayoutError
from checkin.scan import decode
from checkin.ui.painting.badge import badge_image
from tests.badges.compare import to_array
from tests.badges.gallery import content_of


def test_our_token_is_version_2_level_q_numeric() -> None:
    for one in layouts(None).values():
        code = code_for(one, "0397718287356349055631029448214353408010949736")
        assert (code.version, code.level, code.modules) == (2, "Q", 25)
        assert module_mm(one.code.width, 25) >= 0.9, "room for more than the least"


def drawn(text: str, key: str = "lanyard", dpi: float = 300) -> np.ndarray:
    rgb = to_array(badge_image(layout(None, key), replace(content_of("nothing"), text=text), dpi=dpi))
    return cv2.cvtColor(rgb.astype(np.uint8), cv2.COLOR_RGB2GRAY)


@pytest.mark.parametrize(
    "text",
    [
        "REG-00123",
        "a",
        "https://example.org/checkin?id=42&ticket=ABCDEF0123456789",
        "สมชาย ใจดี",
        "Nguyễn Thị Hoa",
        "王小明",
        "点茗",  # both are Kanji of Shift JIS: a code that held them as such would be read as other bytes
        '{"registrant_id":1,"checkin_secret":"00000000-0000-4000-8000-000000000000","event_id":1,"server_url":"https://a.example"}',
    ],
)
def test_foreign_codes_are_read_back_as_they_are(text: str) -> None:
    assert [code.text for code in decode(drawn(text))] == [text]


def test_a_code_takes_as_much_correction_as_its_place_allows() -> None:
    one = layout(None, "card")
    levels = [code_for(one, "x" * count).level for count in (10, 60, 84, 106)]
    assert levels == ["Q", "Q", "M", "L"]
    with pytest.raises(LayoutError, match="holds 107 characters, too many for the layout “card”"):
        code_for(one, "x" * 107)
    with pytest.raises(LayoutError):
        code_for(one, "x" * 5000)


@pytest.mark.parametrize("key", [key for key, one in layouts(None).items() if one.sheet is None])
@pytest.mark.parametrize("dpi", [300, 600])
def test_every_square_is_whole_dots_and_the_border_is_white(key: str, dpi: float) -> None:
    """Measured on the picture: no grey dot in it, all squares of one width, four squares of white around it."""
    one = layout(None, key)
    text = content_of("thai").text
    gray, code = drawn(text, key, dpi), code_for(one, text)
    per_mm = dpi / 25.4
    left, top, right, bottom = (
        round(side * per_mm) for side in (one.code.left, one.code.top, one.code.right, one.code.bottom)
    )
    place = gray[top + 1 : bottom - 1, left + 1 : right - 1]
    assert set(np.unique(place)) == {0, 255}
    rows, columns = np.flatnonzero((place == 0).any(axis=1)), np.flatnonzero((place == 0).any(axis=0))
    dots = round(module_mm(one.code.width, code.modules) * per_mm)
    assert rows[-1] + 1 - rows[0] == columns[-1] + 1 - columns[0] == 25 * dots
    assert dots / per_mm >= MIN_MODULE_MM
    quiet = min(rows[0], columns[0], place.shape[0] - 1 - rows[-1], place.shape[1] - 1 - columns[-1])
    assert quiet >= 4 * dots - 2
    inside = place[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    assert (inside[dots // 2 :: dots, dots // 2 :: dots] == 0).tolist() == [[bool(b) for b in row] for row in code.rows]


@pytest.mark.parametrize("dpi", [72, 96, 110.7, 141, 203])
def test_on_a_screen_every_edge_is_sharp_too(dpi: float) -> None:
    text = content_of("thai").text
    one = layout(None, "lanyard")
    gray = drawn(text, "lanyard", dpi)
    per_mm = dpi / 25.4
    inside = gray[
        round(one.code.top * per_mm) + 2 : round(one.code.bottom * per_mm) - 2,
        round(one.code.left * per_mm) + 2 : round(one.code.right * per_mm) - 2,
    ]
    assert set(np.unique(inside)) == {0, 255}
    assert [code.text for code in decode(gray)] == [text]


def test_sizes_are_whole_dots_of_a_label_printer() -> None:
    assert module_mm(33, 25) / DOT_MM == pytest.approx(11)
    assert module_mm(smallest_side_mm(), 25) >= MIN_MODULE_MM
    assert Rect(0, 0, 1, 1).overlaps(Rect(1, 0, 1, 1)) is False
    assert Code((b"\x01",), 1, "Q").modules == 1
