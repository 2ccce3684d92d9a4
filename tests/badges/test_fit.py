"""Texts are never cut off, never lie over each other, and are as large as the layout's rules let them be."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter

from checkin.badges.layout import Block, Field, Layout, Rect
from checkin.badges.store import layout, layouts
from checkin.ui.painting import fonts
from checkin.ui.painting.badge import remarks
from checkin.ui.painting.fit import PT_MM, Placed, place
from checkin.ui.painting.paragraph import Line
from tests.badges.compare import to_array
from tests.badges.gallery import BANGKOK, ONE_WORD_80, PEOPLE, WORDS_80, content_of

PX_MM = 8.0
ALPHABETS = [
    "abcdefgWMil -",
    "กขฃคฅนปผฝญฎฏฐิีึืุูั้็่๊๋์ำเแโใไ ะา",
    "ຂຄງຈສນບຜິີຸູ້່ ",
    "កខគងចនបផិីុូ្់ ",
    "ကခဂငစနပဖိီုူ်း ",
    "ابتثجحخدذرزسشعغفقكلمنهوي ",
    "ẤĐƯỜỄỖgpq ",
]
BLOCK = Block(
    Rect(3, 4, 60, 30),
    (Field("name", 24, 10, 18, "bold"), Field("name_local", 14, 8, 8), Field("organisation", 11, 7, 9)),
)


def ink_boxes(placed: Placed) -> list[tuple[float, float, float, float]]:
    """Return left, top, right, bottom in mm of what each line really paints, seen on a picture."""
    boxes = []
    for line in placed.lines:
        image = QImage(QSize(round(90 * PX_MM), round(70 * PX_MM)), QImage.Format.Format_RGB32)
        image.fill(QColor("#ffffff"))
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(PX_MM, PX_MM)
        painter.translate(10 + line.left, 10 + line.base)
        scale = line.size * PT_MM / fonts.EM
        painter.scale(scale, scale)
        Line(line.text, line.style).draw(painter)
        painter.end()
        dark = (to_array(image) < 128).any(axis=2)
        rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
        if rows.size:
            boxes.append(
                (
                    columns[0] / PX_MM - 10,
                    rows[0] / PX_MM - 10,
                    (columns[-1] + 1) / PX_MM - 10,
                    (rows[-1] + 1) / PX_MM - 10,
                )
            )
    return boxes


def check(block: Block, placed: Placed) -> None:
    """Nothing outside the block, no line over the next."""
    slack = 0.2  # mm: a dot and a half, and letters whose first stroke begins a hair before their place
    boxes = ink_boxes(placed)
    for left, top, right, bottom in boxes:
        assert left >= block.at.left - slack - 0.3
        assert right <= block.at.right + slack + 0.3
        assert top >= block.at.top - slack
        assert bottom <= block.at.bottom + slack
    for above, below in pairwise(boxes):
        assert above[3] <= below[1] + slack, "two lines collide"


@settings(max_examples=60)
@given(st.data())
def test_no_text_is_cut_off_or_collides(data: st.DataObject) -> None:
    texts = tuple(
        " ".join(data.draw(st.text(data.draw(st.sampled_from(ALPHABETS)), max_size=size)).split())
        for size in (80, 60, 120)
    )
    check(BLOCK, place(BLOCK, texts))


@pytest.mark.parametrize("person", list(PEOPLE))
@pytest.mark.parametrize("key", [key for key in layouts(None) if not key.startswith("a4")])
def test_the_shipped_layouts_hold_every_name(key: str, person: str) -> None:
    chosen, said = layout(None, key), content_of(person, practice=True)
    for block in chosen.blocks:
        placed = place(block, tuple(said.shown(field.show) for field in block.fields))
        assert placed.too_small == ()
        check(block, placed)


@pytest.mark.parametrize("name", [ONE_WORD_80, WORDS_80, BANGKOK, "A" * 10_000, "ก" * 3_000, "an " * 2_000])
def test_no_letter_is_lost_however_long_the_name(name: str) -> None:
    placed = place(BLOCK, (name, "", ""))
    assert "".join("".join(line.text for line in placed.lines).split()) == "".join(name.split())
    check(BLOCK, placed)


def test_a_text_below_the_smallest_size_is_told() -> None:
    assert place(BLOCK, (ONE_WORD_80, "", "Ministry of Labour")).too_small == ()
    assert place(BLOCK, ("A" * 2_000, "", "Ministry of Labour")).too_small == ("name", "organisation")
    chosen, said = layout(None, "lanyard"), content_of("thai")
    assert remarks(chosen, said) == ()
    [remark] = remarks(chosen, replace(said, name="A" * 2_000))
    assert "smaller than the layout’s smallest size" in remark


def sizes(text: str, field: Field, width: float = 60, height: float = 30) -> list[tuple[str, float]]:
    placed = place(Block(Rect(0, 0, width, height), (field,)), (text,))
    return [(line.text, round(line.size, 1)) for line in placed.lines]


def test_the_order_of_the_rules() -> None:
    """One line as large as fits down to wrap_below, then several lines as large as fits, then words are broken."""
    field = Field("name", 24, 10, 18)
    assert sizes("Anna", field) == [("Anna", 24.0)]
    [(text, size)] = sizes("Anna Maria Lindholm", field)
    assert text == "Anna Maria Lindholm"
    assert 18 <= size < 24
    assert sizes("Anna Maria Lindholm of Singapore", field) == [
        ("Anna Maria", 24.0),
        ("Lindholm of", 24.0),
        ("Singapore", 24.0),
    ]
    only_shrinking = Field("name", 24, 10, 10)
    assert [text for text, _size in sizes("Anna Maria Lindholm of Singapore", only_shrinking)] == [
        "Anna Maria Lindholm of Singapore"
    ]
    broken = sizes(ONE_WORD_80, field)
    assert len(broken) > 1
    assert {size for _text, size in broken} == {10.0}


def test_thai_breaks_at_its_spaces_first() -> None:
    field = Field("organisation", 14, 8, 14)
    lines = [text for text, _size in sizes("กรมสวัสดิการและคุ้มครองแรงงาน กระทรวงแรงงาน", field)]
    assert lines == ["กรมสวัสดิการและคุ้มครองแรงงาน", "กระทรวงแรงงาน"]


def test_lines_are_as_even_as_can_be() -> None:
    lines = [text for text, _size in sizes("Siti Aminah binti Rahman", Field("name", 24, 10, 24), 62)]
    assert lines == ["Siti Aminah", "binti Rahman"]


def test_an_empty_text_takes_no_room() -> None:
    assert place(BLOCK, ("", "", "")).lines == ()
    with_gap = place(BLOCK, ("Anna", "", "ILO")).lines
    assert [line.text for line in with_gap] == ["Anna", "ILO"]
    assert with_gap[1].base - with_gap[0].base < 8  # mm: nothing is left free for the second script


def test_right_to_left_stands_in_its_place() -> None:
    """An Arabic name on a card whose texts stand on the left begins where the others begin."""
    card: Layout = layout(None, "card")
    block = card.blocks[2]
    placed = place(block, ("Ali", "محمد علي", "", ""))
    (left_one, *_rest), (left_two, *_others) = ink_boxes(placed)
    assert abs(left_one - left_two) < 1
    check(block, placed)
