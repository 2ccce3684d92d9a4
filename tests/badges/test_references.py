"""Badges look as they did when somebody looked at them: tests/badges/references, made by tools/make_badge_references.py."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from checkin.badges.store import layout
from checkin.ui.painting.badge import badge_image
from tests.badges.compare import MOST, to_pillow, worst_tile
from tests.badges.gallery import PICTURES, REFERENCES, Picture, content_of, draw


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_it_looks_as_it_did(picture: Picture) -> None:
    kept = Image.open(picture.file)
    assert worst_tile(to_pillow(draw(picture)), kept) <= MOST, (
        "look at it, and if it is right: tools/make_badge_references.py " + picture.name
    )


def test_every_kept_picture_is_compared_and_small() -> None:
    assert {path.name for path in REFERENCES.iterdir()} == {picture.file.name for picture in PICTURES}
    assert all(picture.file.stat().st_size < 12_000 for picture in PICTURES)


@pytest.mark.parametrize(
    ("person", "field", "wrong"),
    [
        ("thai", "name_local", "สมหญง ใจดี"),  # a vowel above is lost
        ("thai-marks", "name", "ปินกฎ ผู้ใหญ่ญี่ปุ่น ฐิตินั้ฎฐ์"),  # a tone mark
        ("vietnamese", "name", "Nguyên Thị Hoàng Ngọc Ánh"),
        ("arabic", "name_local", "محمد علي بن حاخ عبد الرحمن"),  # one dot
        ("burmese", "name_local", "အောင်ဆန်းစုကြည"),
        ("one-letter", "name", "0"),
    ],
)
def test_the_comparison_sees_a_wrong_letter(person: str, field: str, wrong: str) -> None:
    picture = next(one for one in PICTURES if one.person == person)
    said = replace(content_of(person, practice=picture.practice), **{field: wrong})
    made = badge_image(layout(None, picture.layout), said, dpi=picture.dpi)
    assert worst_tile(to_pillow(made), Image.open(picture.file)) > MOST
