"""Colours that can be read, fonts that are there, drawings for every verdict."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetrics, QRawFont
from pytestqt.qtbot import QtBot

from checkin.domain.verdict import TONES, Verdict
from checkin.paths import resources
from checkin.ui.theme import COLOURS, FAMILIES, Colours, font, load_first_font, load_the_rest
from checkin.ui.widgets.verdict_panel import ICONS


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two colours, 1..21."""

    def luminance(name: str) -> float:
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(name).getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", COLOURS)
def test_texts_can_be_read_on_their_ground(name: str) -> None:
    c: Colours = COLOURS[name]
    pairs = [(c.text, c.window), (c.text, c.surface), (c.muted, c.surface), (c.muted, c.window), (c.faint, c.surface)]
    pairs += [(c.on_accent, c.accent), (c.accent, c.accent_soft)]
    for tone in {*TONES.values(), "violet"}:
        pair = c.tone(tone)
        pairs += [(pair.strong, pair.soft), (c.text, pair.soft), (c.muted, pair.soft), (c.on_accent, pair.strong)]
    least = 7.0 if name == "contrast" else 4.0
    bad = [(one, other, round(contrast(one, other), 2)) for one, other in pairs if contrast(one, other) < least]
    assert bad == []


@pytest.mark.parametrize(
    ("family", "text"),
    [
        ("Sarabun-Regular", "ผู้เข้าร่วมประชุม ๑๒๓ Nguyễn Thị Hoa Ñ ß –“”…"),
        ("NotoSansLao-Regular", "ບຸນມີ ອິນທະວົງ"),
        ("NotoSansKhmer-Regular", "សុខ ដារ៉ា"),
        ("NotoSansMyanmar-Regular", "ဒေါ်ခင်မြ"),
    ],
)
def test_the_shipped_fonts_have_the_letters(qtbot: QtBot, family: str, text: str) -> None:
    for weight in (family, family.replace("Regular", "Bold")):
        raw = QRawFont(str(resources() / "fonts" / f"{weight}.ttf"), 16)
        missing = [char for char in text if char != " " and not raw.supportsCharacter(ord(char))]
        assert missing == [], weight


def test_bold_is_a_weight_of_its_own(qtbot: QtBot) -> None:
    load_first_font()
    load_the_rest()
    widths = {
        weight: QFontMetrics(font(40, weight)).horizontalAdvance("Somying Jaidee สมหญิง")
        for weight in (QFont.Weight.Normal, QFont.Weight.DemiBold, QFont.Weight.Bold)
    }
    assert len(set(widths.values())) == 3, "a missing weight would be drawn as another one"
    assert FAMILIES[0] == "Sarabun"


def test_thai_marks_have_their_head_room(qtbot: QtBot) -> None:
    load_first_font()
    metrics = QFontMetrics(font(40))
    assert metrics.lineSpacing() >= 40 * 1.25
    assert metrics.tightBoundingRect("ปู่ที่ญี่ปุ่น").height() <= metrics.lineSpacing()


def test_every_verdict_has_a_drawing_and_no_tone_shares_it_with_green() -> None:
    assert set(ICONS) == set(Verdict)
    for verdict, icon in ICONS.items():
        assert (resources() / "icons" / f"{icon}.svg").is_file(), verdict
        assert (icon == "tick") == (TONES[verdict] == "green"), "no colour without a sign of its own"
