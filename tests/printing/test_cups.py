"""CUPS as a spooler, asked over its own socket: what it says of printers and jobs is what a real cupsd says."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from checkin.printing import cups_server
from checkin.printing.cups import CupsSpooler
from checkin.printing.cups_server import Place, Server, parse
from checkin.printing.spooler import ENDED, JobState, PrinterState, SpoolError
from tests.printing.cups import Cups
from tests.printing.pages import page_mm, small_pdf

PAPER = (86.0, 124.0)


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return small_pdf(tmp_path / "badge.pdf", PAPER)


@pytest.fixture
def spooler() -> CupsSpooler:
    return CupsSpooler()


def ended(spooler: CupsSpooler, job: str, printer: str = "Badges") -> JobState:
    until = time.monotonic() + 15
    while (state := spooler.job(printer, job)).kind not in ENDED and time.monotonic() < until:
        time.sleep(0.02)
    return state


def send(spooler: CupsSpooler, pdf: Path, printer: str = "Badges") -> str:
    return spooler.submit(printer, pdf, title="badge", paper_mm=PAPER)


def test_printers_are_listed_with_their_state_the_default_first(cups: Cups, spooler: CupsSpooler) -> None:
    assert spooler.printers() == []
    cups.add("Alpha", title="ป้ายชื่อ ชั้น 1", paused=True)
    cups.add("Badges")
    cups.make_default()
    listed = spooler.printers()
    assert listed is not None
    assert [(p.name, p.title, p.default, p.state.kind) for p in listed] == [
        ("Badges", "Badges", True, "ready"),
        ("Alpha", "ป้ายชื่อ ชั้น 1", False, "paused"),
    ]


def test_a_badge_comes_out_and_only_then_the_job_is_completed(cups: Cups, spooler: CupsSpooler, pdf: Path) -> None:
    cups.add()
    assert spooler.check("Badges", PAPER) == PrinterState("ready", knows_paper=True)
    opened: list[str] = []
    job = spooler.submit("Badges", pdf, title="badge", paper_mm=PAPER, opened=opened.append)
    assert opened == [job]
    assert ended(spooler, job).kind == "completed"
    (paper,) = cups.papers()
    assert page_mm(paper) == pytest.approx(PAPER, abs=0.4)


def test_a_paused_queue_is_said_to_be_and_a_job_in_it_can_be_taken_back(
    cups: Cups, spooler: CupsSpooler, pdf: Path
) -> None:
    cups.add(paused=True)
    assert spooler.check("Badges").kind == "paused"
    job = send(spooler, pdf)
    assert spooler.job("Badges", job).kind == "pending"
    assert spooler.cancel("Badges", job).kind == "canceled"
    cups.resume()
    cups.quiet()
    assert cups.papers() == []


def test_a_queue_that_takes_no_jobs_gets_none(cups: Cups, spooler: CupsSpooler, pdf: Path) -> None:
    cups.add()
    cups.reject()
    assert spooler.check("Badges").kind == "rejecting"
    with pytest.raises(SpoolError) as refused:
        send(spooler, pdf)
    assert refused.value.state.kind == "rejecting"
    assert cups.waiting() == 0


def test_a_deleted_printer_is_missing(cups: Cups, spooler: CupsSpooler, pdf: Path) -> None:
    cups.add()
    cups.remove()
    assert spooler.check("Badges").kind == "missing"
    with pytest.raises(SpoolError) as refused:
        send(spooler, pdf)
    assert refused.value.state.kind == "missing"


def test_without_cupsd_every_answer_comes_at_once_and_says_so(cups: Cups, spooler: CupsSpooler, pdf: Path) -> None:
    cups.add(paused=True)
    job = send(spooler, pdf)
    cups.stop()
    assert spooler.printers() is None
    assert spooler.check("Badges").kind == "no_spooler"
    assert spooler.job("Badges", job).kind == "unknown"
    assert spooler.cancel("Badges", job).kind == "unknown"
    with pytest.raises(SpoolError) as refused:
        send(spooler, pdf)
    assert refused.value.state.kind == "no_spooler"


def test_a_cupsd_that_hangs_holds_nobody_up_and_what_it_was_not_given_does_not_print(cups: Cups, pdf: Path) -> None:
    cups.add()
    spooler = CupsSpooler(Server(limit_s=0.3))
    cups.freeze()
    assert spooler.check("Badges").kind == "no_spooler"
    with pytest.raises(SpoolError) as refused:
        send(spooler, pdf)
    assert refused.value.state.kind == "no_spooler"
    cups.thaw()
    cups.quiet()
    assert cups.papers() == []


def test_a_document_whose_answer_never_came_is_known_by_its_key(cups: Cups, pdf: Path) -> None:
    cups.add()
    spooler = CupsSpooler(Server(limit_s=0.5))
    job = spooler.submit("Badges", pdf, title="badge", paper_mm=PAPER, opened=lambda _key: cups.freeze())
    assert spooler.job("Badges", job).kind == "unknown"
    cups.thaw()
    assert ended(spooler, job).kind == "completed"
    assert len(cups.papers()) == 1


def test_a_job_is_not_opened_for_a_log_that_cannot_be_written(cups: Cups, spooler: CupsSpooler, pdf: Path) -> None:
    from checkin.errors import StorageError

    def full(_key: str) -> None:
        raise StorageError("the disk is full")

    cups.add()
    with pytest.raises(StorageError):
        spooler.submit("Badges", pdf, title="badge", paper_mm=PAPER, opened=full)
    cups.quiet(0.5)
    assert cups.papers() == []
    assert cups.waiting() == 0


def test_a_job_that_somebody_deleted_is_told_from_one_that_came_out(
    cups: Cups, spooler: CupsSpooler, pdf: Path
) -> None:
    cups.add(paused=True)
    job = send(spooler, pdf)
    cups.delete_jobs()
    assert ended(spooler, job).kind == "canceled"


def test_a_printer_that_is_switched_off_says_why(cups: Cups, spooler: CupsSpooler, pdf: Path) -> None:
    cups.add_dead()
    job = send(spooler, pdf, "Away")
    until = time.monotonic() + 10
    while not spooler.check("Away").reasons and time.monotonic() < until:
        time.sleep(0.05)
    assert spooler.job("Away", job).kind == "processing"
    assert "offline" in spooler.check("Away").reasons
    assert spooler.cancel("Away", job).kind == "canceled"


def test_a_cupsd_that_counts_anew_does_not_lend_its_jobs_to_ours(cups: Cups, spooler: CupsSpooler, pdf: Path) -> None:
    cups.add(paused=True)
    job = send(spooler, pdf)
    number, uuid = job.split(" ")
    stranger = f"{number} {uuid[:-1]}{'0' if uuid[-1] != '0' else '1'}"
    assert spooler.job("Badges", stranger).kind == "gone"
    assert spooler.cancel("Badges", stranger).kind == "gone"
    assert spooler.job("Badges", job).kind == "pending"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("/run/cups/cups.sock", Place("/run/cups/cups.sock")),
        ("printserver", Place("", "printserver", 631)),
        ("printserver:8631", Place("", "printserver", 8631)),
        ("printserver:8631/version=1.1", Place("", "printserver", 8631)),
        ("192.0.2.7", Place("", "192.0.2.7", 631)),
        ("[2001:db8::7]:8631", Place("", "2001:db8::7", 8631)),
        ("[2001:db8::7]", Place("", "2001:db8::7", 631)),
    ],
)
def test_where_cupsd_listens_is_read_as_cups_does(text: str, where: Place) -> None:
    assert parse(text) == where


def test_the_users_own_setting_names_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CUPS_SERVER", raising=False)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    (tmp_path / ".cups").mkdir()
    (tmp_path / ".cups/client.conf").write_text("# here\nServerName printserver:8631\n")
    assert cups_server.place() == Place("", "printserver", 8631)
