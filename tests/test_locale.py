"""The tool that keeps the Thai catalogue; that the catalogue itself is whole, its `--check` says among the linters."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tests.test_setup import _tool


@pytest.mark.parametrize(
    ("english", "thai", "complaint"),
    [
        ("Undo", "", "no Thai"),
        ("Hello {name}", "สวัสดี", "other placeholders"),
        ("Hello {name}", "สวัสดี {nam}", "other placeholders"),
        ("{n:,} people", "{n} คน", "other placeholders"),
        ("Undo", "เลิกทำ ", "begins or ends with a space"),
        ("Nothing was imported.", "ไม่ได้นำเข้ารายชื่อผู้เข้าร่วมใด", "cannot wrap"),
        (("{n} person", "{n} people"), ("คน",), "other placeholders"),
        (("{n} person", "{n} people"), ("",), "no Thai"),
    ],
)
def test_a_bad_translation_is_found(english: str | tuple[str, str], thai: str | tuple[str], complaint: str) -> None:
    catalogue = Catalog("th")
    catalogue.add(english, thai)

    problems = list(_tool("make_locale").find_problems(catalogue))

    assert len(problems) == 1
    assert complaint in problems[0]


def test_a_good_translation_is_not_complained_about() -> None:
    catalogue = Catalog("th")
    catalogue.add("Hello {name}, {n:,}", "{n:,} สวัสดี {name}")
    catalogue.add(("{n} person", "{n} people"), ("{n} คน",))
    catalogue.add("Nothing was imported.", "ไม่ได้นำเข้า\u200bรายชื่อ\u200bผู้เข้าร่วมใด")

    assert list(_tool("make_locale").find_problems(catalogue)) == []


def test_texts_are_collected_from_every_way_in_which_they_are_marked(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text(
        "TABLE = {1: mark('one'), 2: N_('two')}\n"
        "_('three {n}').format(n=3)\n"
        "ngettext('{n} four', '{n} fours', 4)\n"
        "in_language('five', 'th')\n"
        "other('six')\n",
        "utf-8",
    )

    found = {message.id for message in _tool("make_locale").collect(tmp_path) if message.id}

    assert found == {"one", "two", "three {n}", ("{n} four", "{n} fours"), "five"}


def test_a_text_inside_an_f_string_is_found_because_it_is_not_collected(tmp_path: Path) -> None:
    (tmp_path / "page.py").write_text("title = f\"{name}: {_('Nobody')}\"\nf\"{_('Undo')}\"\n", "utf-8")
    catalogue = Catalog("th")
    catalogue.add("Undo", "เลิกทำ")

    assert list(_tool("make_locale").find_hidden(tmp_path, catalogue)) == [
        "take it out of the f-string in page.py: 'Nobody'"
    ]


def test_collecting_again_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    tool = _tool("make_locale")
    po = tmp_path / "checkin.po"
    old = Catalog("th")
    old.add("kept", "เก็บ")
    old.add("gone", "หาย")
    po.write_bytes(tool.po_bytes(old))
    template = Catalog()
    template.add("kept")
    template.add("new")

    catalogue = tool.updated(po, template)

    assert {message.id: tool.forms(message) for message in catalogue if message.id} == {
        "kept": ("เก็บ",),
        "new": ("",),
    }
    po.write_bytes(tool.po_bytes(catalogue))
    assert tool.po_bytes(tool.updated(po, template)) == po.read_bytes()
