"""The print log: the same print is never begun twice by accident, and what it keeps survives the program."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from checkin.app import App, create_app
from checkin.db import print_log
from checkin.db.print_log import NewPrint
from checkin.errors import StorageError
from checkin.printing.spooler import JobKind
from checkin.ui.printing.press import fate
from checkin.wording.printing import print_sentence, printer_sentence, state_word
from tests.small_event import MARIA, TOML, add_person

STATES = ("waiting", "printing", "printed", "stuck", "failed", "saved")


@pytest.fixture
def app(tmp_path: Path) -> App:
    made = create_app(tmp_path / "event", TOML)
    with made.database.write_fast() as raw:
        add_person(raw, MARIA, 1)
    yield made  # type: ignore[misc]
    made.close()


def new(app: App, **changes: object) -> NewPrint:
    first = NewPrint(1000, MARIA.id, 1, 7, 0, "lanyard", "Badges", "")
    return replace(first, **changes)  # type: ignore[arg-type]


def test_of_many_who_begin_the_same_print_one_does(app: App) -> None:
    with ThreadPoolExecutor(8) as pool:
        begun = list(pool.map(lambda _n: print_log.begin(app.database, new(app)), range(24)))
    assert sum(one.fresh for one in begun) == 1
    assert len({one.row.id for one in begun}) == 1


@pytest.mark.parametrize(
    ("state", "plain", "again"),
    [
        ("waiting", False, False),
        ("printing", False, False),
        ("stuck", False, False),
        ("printed", False, True),
        ("failed", True, True),
        ("saved", True, True),
    ],
)
def test_a_print_stands_in_the_way_of_the_same_one(app: App, state: str, plain: bool, again: bool) -> None:
    print_log.change(app.database, print_log.begin(app.database, new(app)).row.id, state)
    assert print_log.begin(app.database, new(app, revision=1)).fresh, "another revision is another badge"
    assert print_log.begin(app.database, new(app, attendee_id="")).fresh, "a test label is nobody's"
    assert print_log.begin(app.database, new(app), again=again).fresh is (plain or again)


def test_somebody_who_is_gone_from_the_list_has_no_print(app: App) -> None:
    with pytest.raises(StorageError, match="Nothing was printed"):
        print_log.begin(app.database, new(app, attendee_id="nobody"))
    assert print_log.last(app.database, 5) == []


def test_who_waits_for_a_badge_is_whose_newest_print_did_not_come_out(app: App) -> None:
    first = print_log.begin(app.database, new(app)).row
    print_log.change(app.database, first.id, "failed", "paused")
    assert [row.attendee_id for row in print_log.not_printed(app.database)] == [MARIA.id]
    second = print_log.begin(app.database, new(app)).row
    print_log.change(app.database, second.id, "printed")
    assert print_log.not_printed(app.database) == []
    assert print_log.newest(app.database, MARIA.id) == print_log.one(app.database, second.id)


def test_what_is_unfinished_is_found_again_in_order(app: App) -> None:
    rows = [print_log.begin(app.database, new(app, revision=number)).row for number in range(6)]
    for row, state in zip(rows, STATES, strict=True):
        print_log.change(app.database, row.id, state, spool=str(row.id))
    assert [row.state for row in print_log.unfinished(app.database)] == ["waiting", "printing", "stuck"]


def test_only_what_surely_never_was_on_paper_keeps_its_revision(app: App) -> None:
    row = print_log.begin(app.database, new(app)).row
    assert fate(None) == "never"
    expected = {
        "failed": "never",
        "printed": "came_out",
        "saved": "came_out",
        "stuck": "unknown",
        "printing": "unknown",
    }
    assert {state: fate(replace(row, state=state, detail="paused")) for state in expected} == expected
    unsure: tuple[JobKind | str, ...] = ("gone", "canceled", "aborted", "taken_back_late")
    assert {fate(replace(row, state="failed", detail=f"{key}\nwords")) for key in unsure} == {"unknown"}


def test_every_state_has_its_word_and_no_words_of_a_printer_are_taken_for_a_format() -> None:
    for state in STATES:
        assert state_word(state)
        assert "{0}%s <b>" in print_sentence(state, "aborted\n{0}%s <b>", "{printer}") or state != "failed"
        assert "{printer}" in print_sentence(state, "", "{printer}") or state == "saved"


def test_unknown_keys_of_a_newer_program_are_still_a_sentence() -> None:
    from checkin.printing.spooler import PrinterState

    assert "look at it" in print_sentence("failed", "hologram-empty", "Badges")
    assert printer_sentence(PrinterState("ready", ("hologram-empty",)), "Badges") == "“Badges” is ready."
