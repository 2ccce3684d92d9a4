"""What happened to a person is told in words, in English and Thai, whatever it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin.db.origin import person
from checkin.i18n import LANGUAGES, Language, set_language
from checkin.reports.export import export
from checkin.ui.attendees.story import tell
from checkin.wording.histories import UNDOABLE, details, happened, is_undoable
from tests.desk.counter import ANN, make_counter
from tests.small_event import EVENT, MARIA, Place


@pytest.fixture
def told(tmp_path: Path):
    """Everything that can happen to one person; the desk, and the person's id."""
    place, registrar = make_counter(tmp_path)
    uid = registrar.register(ANN).badge.attendee.id
    registrar.edit(uid, {"organisation": "IOM", "category": "vip", "email": "", "note": "a <b>note</b>"}, "asked")
    registrar.cancel(uid, "ill")
    registrar.reinstate(uid)
    registrar.learn(uid, "PASS-0815")
    for _ in range(16):
        registrar.issue_badge(uid)
    registrar.merge(uid, MARIA.id, "twice")
    place.desk.undo(registrar.edit(uid, {"phone": "1"}).record, "wrong")
    yield place, uid
    set_language("en")
    place.database.close()


def test_in_english(told: tuple[Place, str]) -> None:
    place, uid = told
    lines = place.desk.history(uid)
    texts = [happened(line, EVENT) for line in lines]
    assert [text for text in texts if not text.startswith("Badge made again: print")] == [
        "Undone: Details changed", "Details changed — undone", "Put together with Maria Santos", "Badge made",
        "Badge made void", "Badge code learned", "Registration reinstated", "Registration cancelled", "Details changed",
        "Checked in · Main entrance", "Badge made", "Registered as a walk-in",
    ]  # fmt: skip
    assert "Badge made again: print 16" in texts
    edit = next(line for line in lines if line.reason == "asked")
    assert details(edit, EVENT) == (
        "Organisation: “ILO” → “IOM” · Category: Delegate → VIP · E-mail: “ann@example.org” → empty"
        " · Note for the desk: “late” → “a <b>note</b>”"
    )
    assert {line.kind for line in lines if is_undoable(line)} == UNDOABLE - {"checked_out"}


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_every_line_has_its_words_in_every_language(told: tuple[Place, str], tongue: Language) -> None:
    place, uid = told
    set_language(tongue)
    for line in place.desk.history(uid):
        assert happened(line, EVENT).strip()
        assert happened(line, EVENT) != line.kind
        assert "{" not in happened(line, EVENT) + details(line, EVENT)


def test_the_panels_story_begins_once_and_offers_what_can_be_undone(told: tuple[Place, str]) -> None:
    place, uid = told
    found = person(place.database, uid)
    assert found is not None
    story = tell(place.desk.history(uid), found.origin, EVENT)
    assert [one.what for one in story].count("Registered as a walk-in") == 1
    assert not [one for one in story if one.what == "Registered at the desk"]
    assert all(bool(one.record) == (one.what in _standing(story)) for one in story)


def _standing(story: object) -> set[str]:
    return {one.what for one in story if "ndone" not in one.what}  # type: ignore[attr-defined]


def test_the_exported_journal_has_reasons_and_no_raw_data(told: tuple[Place, str], tmp_path: Path) -> None:
    place, _uid = told
    target = tmp_path / "journal.csv"
    export(place.database, EVENT, "journal", target)
    text = target.read_text("utf-8-sig")
    assert all(
        f",{what}," in text for what in ("merge", "attendee cancel", "attendee edit", "attendee code", "walk_in")
    )
    assert "asked" in text
    assert "{" not in text
    assert "1-3-0" not in text


def test_an_erased_person_has_a_history_without_words_of_theirs(told: tuple[Place, str]) -> None:
    place, uid = told
    place.desk.erase([uid])
    lines = place.desk.history(uid)
    assert lines[0].kind == "erased"
    assert not [line for line in lines if line.changes or line.reason]
    assert "Registration cancelled" in [happened(line, EVENT) for line in lines]
