"""The window's printer on a real CUPS: the right sentence each time, and never a second badge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from checkin.db import print_log
from checkin.desk.results import WalkIn
from checkin.domain.badge import IssuedBadge
from checkin.ui.painting.fonts import load as load_fonts
from checkin.ui.printing import press as press_module
from checkin.ui.printing.badge_printer import BadgePrinter
from checkin.ui.printing.print_job import PrintJob
from tests.printing.cups import Cups
from tests.printing.pages import codes, page_mm
from tests.ui.parts import Parts, make_parts

PATIENCE_MS = 15_000


class Counter:
    """A desk with a printer, and what a person sees and does there."""

    def __init__(self, parts: Parts, cups: Cups | None) -> None:
        self.parts, self.app, self.cups = parts, parts.app, cups
        self.printer: BadgePrinter = parts.context.printer
        self.told: list[PrintJob] = []
        self.printer.changed.connect(self.told.append)

    def person(self, name: str) -> str:
        return self.app.search.find(name, 1)[0].attendee.id

    def issue(self, name: str = "maria") -> IssuedBadge:
        return self.app.registrar.issue_badge(self.person(name))

    def until(self, met: Callable[[], bool]) -> None:
        self.parts.bot.waitUntil(met, timeout=PATIENCE_MS)

    def becomes(self, *states: str) -> PrintJob:
        """Wait until the newest print is in one of these states, and return it."""
        self.until(lambda: bool(self.told) and self.told[-1].state in states)
        return self.told[-1]

    def idle(self) -> None:
        self.parts.settle()

    def set(self, **changes: object) -> None:
        self.parts.context.save_settings(**changes)
        self.parts.settle()

    def papers(self) -> list[Path]:
        assert self.cups is not None
        return self.cups.papers()

    def nothing_more_comes(self, papers: int) -> None:
        """Give everything that waits somewhere the time to print, and count."""
        self.parts.bot.wait(600)
        self.parts.settle()
        assert len(self.papers()) == papers
        assert self.cups is not None
        assert self.cups.waiting() == 0


@pytest.fixture
def parts(tmp_path: Path, qtbot: QtBot) -> Iterator[Parts]:
    load_fonts()
    made, end = make_parts(tmp_path, qtbot)
    yield made
    end()


@pytest.fixture
def counter(cups: Cups, parts: Parts) -> Counter:
    cups.add()
    made = Counter(parts, cups)
    made.set(printer="Badges", layout="lanyard", labels_left=30, labels_warn=20)
    return made


def test_a_badge_is_printed_when_cups_says_so_and_its_code_lets_its_owner_in(counter: Counter) -> None:
    badge = counter.issue()
    counter.printer.print_badge(badge)
    job = counter.becomes("printed")
    assert counter.told[0].state == "waiting"
    assert (job.attendee_id, job.name, job.revision, job.printer) == (
        badge.attendee.id, "Maria Santos", 0, "Badges",
    )  # fmt: skip
    assert job.sentence == "Printed on “Badges”."
    assert job.certain
    (paper,) = counter.papers()
    assert page_mm(paper) == pytest.approx((86, 124), abs=0.5)
    assert codes(paper) == [badge.text]
    assert counter.app.desk.admit(badge.text).verdict == "checked_in"
    assert counter.app.settings.labels_left == 29
    (row,) = print_log.last(counter.app.database, 5)
    assert (row.name, row.staff, row.layout, row.state) == ("Maria Santos", "Art", "lanyard", "printed")
    assert "Maria" not in (counter.cups.log() if counter.cups else ""), "everybody who looks at a queue sees the title"


@pytest.mark.parametrize("layout", ["a6", "card", "label-62x100", "a4-4"])
def test_every_layout_comes_out_in_its_own_size(counter: Counter, layout: str) -> None:
    from checkin.badges import store

    counter.set(layout=layout)
    badge = counter.issue()
    counter.printer.print_badge(badge)
    counter.becomes("printed")
    (paper,) = counter.papers()
    assert page_mm(paper) == pytest.approx(store.layout(None, layout).page_mm, abs=0.5)
    assert codes(paper, 300) == [badge.text]


def break_by(counter: Counter, how: str) -> Callable[[], None]:
    """Break the printer and return what puts it right."""
    cups = counter.cups
    assert cups is not None
    match how:
        case "paused":
            cups.pause()
            return cups.resume
        case "rejecting":
            cups.reject()
            return cups.accept
        case "missing":
            cups.remove()
            return cups.add
        case _:
            cups.stop()
            return cups.start


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("paused", "The printer “Badges” is paused: let it go on"),
        ("rejecting", "The printer “Badges” takes no jobs"),
        ("missing", "The printer “Badges” does not exist any more"),
        ("no_spooler", "The print system of this computer does not answer"),
    ],
)
def test_a_broken_printer_has_its_sentence_and_prints_nothing_by_itself_later(
    counter: Counter, how: str, words: str
) -> None:
    mend = break_by(counter, how)
    badge = counter.issue()
    counter.printer.print_badge(badge)
    job = counter.becomes("failed")
    assert job.sentence.startswith(words)
    assert "Nothing was printed, and the check-in stands" in job.sentence
    assert counter.parts.context.notices.texts() == [f"The badge of Maria Santos did not come out. {job.sentence}"]
    mend()
    counter.nothing_more_comes(0)
    counter.printer.reprint(badge.attendee.id)
    job = counter.becomes("printed")
    assert job.revision == badge.revision, "it never came out: the same badge"
    counter.nothing_more_comes(1)
    assert codes(counter.papers()[0]) == [badge.text]
    assert counter.parts.context.notices.texts() == []
    assert counter.app.settings.labels_left == 29


def stuck(counter: Counter) -> IssuedBadge:
    """Send a badge to a printer that is switched off: it waits in the queue."""
    assert counter.cups is not None
    counter.cups.add_dead("Badges")
    badge = counter.issue()
    counter.printer.print_badge(badge)
    job = counter.becomes("stuck")
    assert job.sentence.startswith("The printer “Badges” does not answer: switch it on")
    assert counter.cups.waiting() == 1
    return badge


def test_a_stuck_badge_that_comes_out_by_itself_is_printed_once(counter: Counter) -> None:
    stuck(counter)
    assert counter.cups is not None
    counter.cups.add()  # somebody switches it on
    counter.becomes("printed")
    counter.nothing_more_comes(1)
    assert counter.app.settings.labels_left == 29


def test_a_stuck_badge_is_taken_back_before_it_is_printed_again(counter: Counter) -> None:
    badge = stuck(counter)
    assert counter.cups is not None
    counter.cups.add("Other")
    counter.set(printer="Other")
    counter.printer.reprint(badge.attendee.id)
    job = counter.becomes("printed")
    assert job.printer == "Other"
    assert job.revision == 1, "the printer had it already: whatever lies there is void"
    counter.cups.add()  # the first printer is switched on, an hour later
    counter.nothing_more_comes(1)
    assert counter.app.desk.admit(badge.text).verdict == "replaced"


def test_a_stuck_badge_that_is_sent_again_on_purpose_is_taken_back_first(counter: Counter) -> None:
    badge = stuck(counter)
    assert counter.cups is not None
    counter.cups.add("Other")
    counter.set(printer="Other")
    counter.printer.print_badge(badge, again=True)
    counter.becomes("printed")
    counter.cups.add()
    counter.nothing_more_comes(1)
    states = {row.id: (row.state, row.detail) for row in print_log.last(counter.app.database, 9)}
    assert sorted(states.values()) == [("failed", "taken_back_late"), ("printed", "")]


def test_a_stuck_badge_that_came_out_meanwhile_is_not_printed_a_second_time(counter: Counter) -> None:
    badge = stuck(counter)
    assert counter.cups is not None
    counter.idle()  # a question may be on its way
    counter.printer._timer.stop()  # the desk has not asked yet
    counter.cups.add()
    cups = counter.cups
    counter.until(
        lambda: len(cups.papers()) == 1 and cups.waiting() == 0
    )  # the paper is out before the spooler says so
    counter.printer.print_badge(badge, again=True)
    counter.becomes("printed")
    counter.nothing_more_comes(1)
    assert counter.app.settings.labels_left == 29


def test_a_stuck_badge_can_be_taken_back(counter: Counter) -> None:
    stuck(counter)
    counter.printer.cancel(counter.told[-1].id)
    counter.becomes("failed")
    assert counter.cups is not None
    counter.cups.add()
    counter.nothing_more_comes(0)


def test_a_badge_in_the_queue_of_a_dead_cupsd_is_not_sent_a_second_time(counter: Counter) -> None:
    badge = stuck(counter)
    assert counter.cups is not None
    counter.cups.stop()
    counter.until(lambda: counter.told[-1].sentence.startswith("The print system of this computer does not answer"))
    assert "printing it again takes it back first" in counter.told[-1].sentence
    counter.printer.reprint(badge.attendee.id)
    counter.idle()
    counter.cups.start()
    counter.cups.add()
    counter.becomes("printed")
    counter.nothing_more_comes(1)


def test_somebody_who_clears_the_queue_is_told_from_the_printer(counter: Counter) -> None:
    badge = stuck(counter)
    assert counter.cups is not None
    counter.cups.delete_jobs("Badges")
    assert counter.becomes("failed").sentence.startswith("Somebody deleted the badge from the queue")
    counter.cups.add()
    counter.printer.reprint(badge.attendee.id)
    counter.becomes("printed")
    counter.nothing_more_comes(1)


def test_pressing_twice_prints_once(counter: Counter) -> None:
    badge = counter.issue()
    counter.printer.print_badge(badge)
    counter.printer.print_badge(badge)
    counter.becomes("printed")
    counter.idle()
    counter.printer.reprint(badge.attendee.id)
    counter.printer.reprint(badge.attendee.id)
    counter.until(lambda: counter.told[-1].state == "printed" and counter.told[-1].revision == 1)
    counter.nothing_more_comes(2)
    assert sorted(row.revision for row in print_log.last(counter.app.database, 9)) == [0, 1]
    counter.printer.print_badge(badge)
    counter.until(lambda: any("was printed at" in text for text in counter.parts.context.notices.texts()))
    counter.nothing_more_comes(2)


def test_a_job_left_in_the_queue_is_found_by_the_next_run_of_the_program(counter: Counter) -> None:
    stuck(counter)
    counter.printer.stop()
    counter.idle()
    context = counter.parts.context
    later = BadgePrinter(
        counter.app, context.tasks, context.notices, context.signals, context.save_settings, counter.printer
    )
    told: list[PrintJob] = []
    later.changed.connect(told.append)
    assert counter.cups is not None
    counter.cups.add()
    later.start()
    counter.until(lambda: bool(told) and told[-1].state == "printed")
    later.stop()
    counter.nothing_more_comes(1)


def test_a_print_that_was_never_sent_is_found_too_and_printed_again_as_it_was(counter: Counter) -> None:
    badge = counter.issue()
    new = counter.printer.press._new(badge, counter.app.settings)
    print_log.begin(counter.app.database, new)  # here the power went
    counter.printer.start()
    assert counter.becomes("failed").sentence.startswith("The program ended before the badge was sent")
    counter.printer.reprint(badge.attendee.id)
    assert counter.becomes("printed").revision == 0
    counter.nothing_more_comes(1)


def test_a_walk_in_whose_printer_is_off_is_saved_and_printed_later(counter: Counter) -> None:
    """Bad input print-001: printer off or paper out."""
    mend = break_by(counter, "no_spooler")
    form = WalkIn(name="Bopha Chan", organisation="NSSF", country="Cambodia", category="delegate")
    registered = counter.app.registrar.register(form)
    counter.printer.print_automatically(registered.badge.attendee.id, registered.badge)
    counter.becomes("failed")
    assert counter.app.desk.admit(registered.badge.text).verdict == "already_in", "saved, and in"
    assert [row.name for row in print_log.not_printed(counter.app.database)] == ["Bopha Chan"]
    mend()
    counter.printer.reprint(registered.badge.attendee.id)
    counter.becomes("printed")
    assert print_log.not_printed(counter.app.database) == []
    counter.nothing_more_comes(1)


def test_a_printer_and_a_computer_that_speak_thai(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bad input print-005: the driver's dialog in Thai. None is opened, and what is asked of the print system is keywords:
    names and the printer's own words are shown as they are."""
    assert counter.cups is not None
    monkeypatch.setenv("LC_ALL", "th_TH.UTF-8")
    monkeypatch.setenv("LANGUAGE", "th")
    counter.cups.add("ป้ายชื่อ-1", title="ห้องลงทะเบียน")
    counter.parts.speak("th")
    counter.set(printer="ป้ายชื่อ-1")
    badge = counter.issue()
    counter.printer.print_badge(badge)
    assert "ป้ายชื่อ-1" in counter.becomes("printed").sentence
    assert codes(*counter.papers()) == [badge.text]
    assert QApplication.activeModalWidget() is None
    counter.cups.pause("ป้ายชื่อ-1", "กระดาษหมด")
    counter.printer.print_badge(badge, again=True)
    failed = counter.becomes("failed")
    assert failed.sentence.startswith("เครื่องพิมพ์")
    counter.nothing_more_comes(1)


def test_a_badge_is_in_the_log_before_it_can_come_out(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bad input print-007: the log cannot be written, so nothing is sent."""
    from checkin.errors import StorageError

    def full(*_args: object, **_kwargs: object) -> None:
        raise StorageError("The disk is full.")

    badge = counter.issue()
    monkeypatch.setattr(press_module.print_log, "begin", full)
    counter.printer.print_badge(badge)
    counter.until(lambda: counter.parts.context.notices.texts() == ["The disk is full. No badge was printed."])
    counter.nothing_more_comes(0)


def test_printing_after_a_check_in_never_once_always(counter: Counter) -> None:
    maria = counter.person("maria")
    counter.set(auto_print="never")
    counter.printer.print_automatically(maria)
    counter.idle()
    assert counter.told == []
    counter.set(auto_print="once")
    counter.printer.print_automatically(maria)
    counter.becomes("printed")
    counter.printer.print_automatically(maria)
    counter.nothing_more_comes(1)
    counter.set(auto_print="always")
    counter.told.clear()
    counter.printer.print_automatically(maria)
    assert counter.becomes("printed").revision == 0, "the badge that was given out stays valid"
    counter.nothing_more_comes(2)


def test_labels_are_counted_and_the_desk_is_warned(counter: Counter) -> None:
    counter.set(labels_left=3, labels_warn=2)
    for name in ("maria", "ahmad", "hoa"):
        counter.told.clear()
        counter.printer.print_badge(counter.issue(name))
        counter.becomes("printed")
        counter.idle()
    assert counter.app.settings.labels_left == 0
    assert counter.parts.context.notices.texts() == [
        "By count the roll of labels is empty: put in a new one and set the number under Settings."
    ]


def test_the_test_label_is_nobodys(counter: Counter) -> None:
    counter.printer.print_test()
    job = counter.becomes("printed")
    assert (job.attendee_id, job.name) == ("", "")
    (paper,) = counter.papers()
    assert codes(paper) == ["TEST"]


def test_the_offset_moves_the_print(counter: Counter) -> None:
    from tests.printing.pages import picture

    badge = counter.issue()
    edges = []
    for offset in (0.0, 5.0):
        counter.set(offset_x_mm=offset)
        counter.told.clear()
        counter.printer.print_badge(badge, again=True)
        counter.becomes("printed")
        shown = picture(counter.papers()[-1], 254)
        row = shown.height() // 2
        edges.append(next(x for x in range(shown.width()) if shown.pixelColor(x, 10).lightness() < 250))
        assert row
    assert edges[1] - edges[0] == pytest.approx(50, abs=3)


def test_without_a_printer_the_person_is_saved_and_the_way_round_is_named(parts: Parts, tmp_path: Path) -> None:
    counter = Counter(parts, None)
    badge = counter.issue()
    counter.printer.print_badge(badge)
    assert counter.becomes("failed").sentence.startswith("No printer is chosen at this desk")
    counter.printer.save_pdf(badge, tmp_path / "badge.pdf")
    job = counter.becomes("saved")
    assert job.attendee_id == badge.attendee.id
    assert codes(tmp_path / "badge.pdf") == [badge.text]
    assert counter.parts.context.notices.texts() == []


def test_a_folder_is_a_printer_too_and_counts_no_labels(parts: Parts, tmp_path: Path) -> None:
    folder = tmp_path / "ป้ายชื่อ"
    folder.mkdir()
    counter = Counter(parts, None)
    counter.set(printer=f"pdf:{folder}", labels_left=5)
    badge = counter.issue()
    counter.printer.print_badge(badge)
    job = counter.becomes("saved")
    (file,) = folder.glob("*.pdf")
    assert str(file) in job.sentence
    assert codes(file) == [badge.text]
    assert counter.app.settings.labels_left == 5
    file.unlink()
    folder.rmdir()
    counter.printer.print_badge(counter.issue("ahmad"))
    assert counter.becomes("failed").sentence.startswith(f"The folder “{folder}” for the PDF files is not there")


def test_a_layout_that_is_gone_is_one_sentence(counter: Counter) -> None:
    counter.set(layout="nowhere")
    counter.printer.print_badge(counter.issue())
    assert "There is no badge layout “nowhere”" in counter.becomes("failed").sentence
    counter.nothing_more_comes(0)


def test_a_badge_cannot_be_saved_where_nothing_can_be_written(parts: Parts, tmp_path: Path) -> None:
    counter = Counter(parts, None)
    counter.printer.save_pdf(counter.issue(), tmp_path / "no such folder" / "badge.pdf")
    assert counter.becomes("failed").sentence.startswith("The badge could not be drawn:")
