"""Letters that no font has: the desk is warned, and what is printed is no box and no name that silently lost a letter."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from checkin.badges.content import PRACTICE, content, sample
from checkin.badges.store import layout
from checkin.domain.attendee import Attendee
from checkin.i18n import set_language
from checkin.ui.painting.badge import badge_image, missing_glyphs, remarks
from checkin.ui.painting.fit import place
from checkin.ui.painting.presentable import presentable
from tests.bad_inputs.cases import load
from tests.badges.gallery import EVENT, PEOPLE, content_of, han_font, person
from tests.badges.test_fit import check


def said(name: str, local: str = "", organisation: str = "") -> tuple[str, str, str]:
    """Return what is printed of a name, a second name and an organisation."""
    made = presentable(content(EVENT, person(name, local, organisation), "1", practice=False)).content
    return made.name, made.name_local, made.organisation


@pytest.mark.parametrize("who", [who for who in PEOPLE if who != "han"])
def test_every_script_that_we_ship_a_font_for_is_complete(who: str) -> None:
    assert missing_glyphs(content_of(who, practice=True)) == ""


def test_han_without_a_font_is_told_and_not_boxes() -> None:
    """No Han font is shipped: a computer without one prints the Latin name, and says so."""
    badge = content_of("han")
    if missing_glyphs(badge) == "":
        pytest.skip("this computer has a Han font")
    assert missing_glyphs(badge) == "王小明社會保障局"
    assert said("Wang Xiaoming", "王小明", "社會保障局 SSB") == ("Wang Xiaoming", "", "????? SSB")
    [remark] = remarks(layout(None, "lanyard"), badge)
    assert remark.startswith("No font of this computer has “王” (U+738B)")
    with han_font():
        assert missing_glyphs(badge) == ""
        assert remarks(layout(None, "lanyard"), badge) == ()


def test_names_013_and_023_signs_are_left_out_and_told() -> None:
    """bad inputs names-013 (emoji, flag) and names-023 (private use)."""
    badge = content(EVENT, person("🙂 Ann 🇹🇭"), "1", practice=False)
    assert presentable(badge).content.name == "Ann"
    assert set(missing_glyphs(badge)) >= {"🙂"}
    private = content(EVENT, person("Ann \ue000"), "1", practice=False)
    assert missing_glyphs(private) == "\ue000"
    assert presentable(private).content.name == "Ann"


def test_names_021_marks_that_stand_on_nothing() -> None:
    badge = content(EVENT, person("\u0e48\u0e49\u0301"), "1", practice=False)
    assert missing_glyphs(badge) == "\u0e48\u0e49\u0301"
    assert presentable(badge).content.name == ""


def test_names_019_an_arabic_name_does_not_turn_its_neighbours() -> None:
    """bad input names-019: each text is a paragraph of its own, so nothing beside it is reordered."""
    block = layout(None, "lanyard").blocks[2]
    alone = place(block, ("Ali", "", "Desk 1 / 9.7.2014", "")).lines[-1]
    beside = place(block, ("محمد علي", "", "Desk 1 / 9.7.2014", "")).lines[-1]
    assert (alone.text, alone.left, alone.size, alone.style) == (beside.text, beside.left, beside.size, beside.style)
    assert place(block, ("محمد علي", "", "", "")).lines[0].style.right_to_left


def test_every_bad_name_is_printed() -> None:
    """The shared bad names (Lao, Burmese, 120 and 10,000 letters, markup ...): drawn, and nothing outside its place."""
    for case in load("names"):
        badge = content(EVENT, person(case.text, case.text), "1")
        assert badge_image(layout(None, "card"), badge, dpi=60).isNull() is False
        shown = presentable(badge).content
        check(
            layout(None, "card").blocks[2],
            place(layout(None, "card").blocks[2], (shown.name, shown.name_local, "", "")),
        )


def test_the_content_is_the_same_in_every_language() -> None:
    english = content_of("thai", practice=True)
    try:
        set_language("th")
        assert content_of("thai", practice=True) == english
    finally:
        set_language("en")
    assert english.event.startswith("International Conference")
    assert english.event_local.startswith("การประชุม")
    assert (english.category, english.category_local) == ("Thai agency", "หน่วยงานไทย")
    assert english.days == "8 – 9 / 7 / 2014"
    assert english.practice == PRACTICE
    assert content_of("thai").practice == ""


def test_somebody_with_one_name_only() -> None:
    assert said("", "สมหญิง ใจดี")[:2] == ("สมหญิง ใจดี", "")
    assert said("Somying", "Somying")[:2] == ("Somying", "")
    assert said("", "")[:2] == ("", "")
    assert said(" Anna \t\n Maria ")[0] == "Anna Maria"
    assert said("Ann\u202egnp.exe")[0] == "Anngnp.exe", (
        "a sign that turns the direction of writing has no place on paper"
    )


def test_names_are_data() -> None:
    """No markup, no format string, no formula is understood on a badge."""
    for name in ("<b>Ann</b>", "{0} %s", "=1+1", "NULL", "&amp;"):
        assert said(name)[0] == name


def test_a_category_that_the_event_does_not_know() -> None:
    made = content(EVENT, Attendee("1", "Ann", category="guest"), "1")
    assert made.category == "guest"
    assert badge_image(layout(None, "card"), made, dpi=50).isNull() is False


def test_the_sample_holds_no_badge() -> None:
    made = sample(EVENT)
    assert made.text == "TEST"
    assert remarks(layout(None, "lanyard"), made) == ()


def test_threads_paint_the_same_badge() -> None:
    """The preview is painted on a worker, the print on another: all at once, all alike."""
    lanyard = layout(None, "lanyard")
    badges = [replace(content_of(who), text=f"T{number}") for number, who in enumerate(PEOPLE) if who != "han"]
    expected = [badge_image(lanyard, badge, dpi=120) for badge in badges]
    found: list[bool] = []

    def paint() -> None:
        for badge, right in zip(badges, expected, strict=True):
            found.append(badge_image(lanyard, badge, dpi=120) == right)

    workers = [threading.Thread(target=paint) for _number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert found == [True] * 4 * len(badges)
