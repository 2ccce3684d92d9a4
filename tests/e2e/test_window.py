"""A day at the desk, as a person has it: the program in a real window, badges in front of the camera, a hand scanner,
typing, undo, the other language, the end. Then the database is opened and compared with what was done.
"""

from __future__ import annotations

import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from checkin.db.engine import Database
from checkin.demo.files import demo_files
from checkin.demo.truth import Shown, load_truth
from checkin.domain.journal import Kind
from checkin.domain.verdict import Verdict
from checkin.paths import DATABASE
from checkin.settings import load
from tests.cli.run import ROOT, checkin, command, objects
from tests.desk.test_desk import assert_books_balance, refused
from tests.e2e.driver import PATIENCE_S, Program

pytestmark = [pytest.mark.window, pytest.mark.timeout(300)]

TRUTH = load_truth(demo_files().truth)
PARTS = ((0, 310), (654, 890))
"""The frames of the recording that are played: five good badges, one twice, one unknown, one swung, one foreign."""
PLAYED = [shown for shown in TRUTH.shown if any(a <= shown.first_frame and shown.last_frame < b for a, b in PARTS)]
VERDICT = QRect(800, 70, 540, 360)
"""Where the verdict stands in a window of 1366 x 768."""
THAI_CHIP = (87, 22)
"""Where "ไทย" stands: pixels from the right edge and from the top."""


def person(name: str) -> Shown:
    """Return a person whose badge the recording holds up, in a part that is not played."""
    return next(shown for shown in TRUTH.shown if shown.name == name and shown not in PLAYED)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two parts of the demo's recording, half a minute."""
    import cv2

    path = tmp_path_factory.mktemp("film") / "film.mp4"
    recording = cv2.VideoCapture(str(demo_files().recording))
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), TRUTH.fps, (TRUTH.width, TRUTH.height))
    for frame in range(PARTS[-1][1]):
        if not any(first <= frame < end for first, end in PARTS):
            recording.grab()
            continue
        _good, image = recording.read()
        writer.write(image)
    writer.release()
    recording.release()
    return path


def test_a_day_at_the_desk(tmp_path: Path, film: Path) -> None:
    scanned, typed, taken_back = person("Elena Ibarra"), person("Layla Haddad"), person("Ratchanee Thongdi")
    with Program(tmp_path / "event", "--camera", str(film)) as program:
        program.wait_for_window()
        program.wait_for_entries(Kind.CHECK_IN, 1)  # the recording plays

        program.scan(scanned.payload)
        program.scan(scanned.payload)
        program.key("F2")
        program.wait_for_title(lambda title: title.startswith("Attendees"))
        program.key("F6")
        program.wait_for_title(lambda title: title.startswith("Settings"))
        program.key("F1")
        program.wait_for_title(lambda title: title.startswith("Scan"))

        program.write(typed.name)
        time.sleep(1)  # a person looks before Enter
        program.key("Return")
        program.wait_for_entries(Kind.CHECK_IN, len(admitted(PLAYED)) + 2)

        program.scan(taken_back.payload)
        program.wait_for_entries(Kind.CHECK_IN, len(admitted(PLAYED)) + 3)
        time.sleep(0.5)  # a person reads the name before taking it back
        program.key("ctrl+z")
        program.wait_for_entries(Kind.UNDO, 1)

        program.click(*THAI_CHIP)
        program.wait("the other language", lambda: load(program.folder).settings.language == "th")
        program.key("F2")
        program.wait_for_title(lambda title: any("\u0e00" <= letter <= "\u0e7f" for letter in title))
        assert program.quit() == 0
        assert "Traceback" not in program.said()

    database = Database(tmp_path / "event" / DATABASE)
    assert_books_balance(database)
    people = external_ids(database)
    entries = program.journal()
    came = [(how(e.body.flags), people[e.body.subject]) for e in entries if e.body.kind is Kind.CHECK_IN]
    assert [who for by, who in came if by == "camera"] == [shown.external_id for shown in admitted(PLAYED)]
    assert [(by, who) for by, who in came if by != "camera"] == [
        ("scanner", scanned.external_id),
        ("picked", typed.external_id),
        ("scanner", taken_back.external_id),
    ]
    undone = [entry.body.target for entry in entries if entry.body.kind is Kind.UNDO]
    assert undone == [e.body.entry_id for e in entries if people.get(e.body.subject) == taken_back.external_id][:1]
    turned_away = [shown.verdict for shown in PLAYED if not shown.verdict.accepted]
    assert Counter(verdict for verdict, _payload in refused(database)) == Counter([*turned_away, Verdict.ALREADY_IN])
    database.close()
    (counts,) = objects(
        checkin(tmp_path / "event", "counts", "--day", "2014-07-08", "--checkpoint", "door-1", "--json")
    )
    assert counts["came"] == counts["inside"] == len(admitted(PLAYED)) + 2


def test_a_second_start_raises_the_first_window_and_ends(tmp_path: Path, qtbot: QtBot) -> None:
    with Program(tmp_path / "event", "--camera", "none") as program:
        program.wait_for_window()
        mail = QWidget()  # another program, all over the desk
        qtbot.addWidget(mail)
        mail.setStyleSheet("background: #0000ff")
        mail.setGeometry(0, 0, 1366, 768)
        with qtbot.waitExposed(mail, timeout=10_000):
            mail.show()
        mail.raise_()
        qtbot.waitUntil(lambda: seen() == "blue", timeout=10_000)
        second = subprocess.run(
            [*command(program.folder), "demo"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert second.returncode == 0
        assert "open already" in second.stderr
        program.wait("the first window in front", lambda: seen() == "")
        assert program.quit() == 0


def test_kill_9_loses_no_verdict_that_was_shown(tmp_path: Path, qapp: object) -> None:
    names = ["Maria Santos", "Ahmad bin Ismail", "Dewi Kusumawati", "Ingrid Lindqvist"]
    shown = [next(badge for badge in TRUTH.shown if badge.name == name) for name in names]
    with Program(tmp_path / "event", "--camera", "none") as program:
        program.wait_for_window()
        for badge in shown:
            program.scan(badge.payload)
            program.wait("green", lambda: seen() == "green")
            if badge is shown[-1]:
                program.process.kill()
                break
            program.scan(badge.payload)
            program.wait("amber", lambda: seen() == "amber")
        program.process.wait(PATIENCE_S)
    database = Database(tmp_path / "event" / DATABASE)
    assert_books_balance(database)
    people = external_ids(database)
    database.close()
    came = [people[entry.body.subject] for entry in program.journal() if entry.body.kind is Kind.CHECK_IN]
    assert came == [badge.external_id for badge in shown]

    with Program(tmp_path / "event", "--camera", "none") as again:
        again.wait_for_window()
        again.scan(shown[-1].payload)
        again.wait("amber", lambda: seen() == "amber")
        assert again.quit() == 0
    assert len(again.journal()) == len(program.journal()), "a badge that was green before the crash counted twice"


def admitted(badges: list[Shown]) -> list[Shown]:
    return [badge for badge in badges if badge.verdict is Verdict.CHECKED_IN]


def how(flags: str) -> str:
    """Return how a badge was read, from the letters of its entry."""
    return next(
        (word for letter, word in (("s", "scanner"), ("t", "typed"), ("p", "picked")) if letter in flags), "camera"
    )


def external_ids(database: Database) -> dict[str, str]:
    with database.read() as connection:
        return {row[0]: row[1] for row in connection.exec_driver_sql("SELECT uid, external_id FROM attendee")}


def seen() -> str:
    """Say in which colour the verdict stands on the screen; empty where there is none."""
    picture = QGuiApplication.primaryScreen().grabWindow(0, *VERDICT.getRect()).toImage()
    whole = Qt.AspectRatioMode.IgnoreAspectRatio
    colour = picture.scaled(1, 1, whole, Qt.TransformationMode.SmoothTransformation).pixelColor(0, 0)
    if colour.saturation() < 8:
        return ""
    hues = {"amber": range(25, 60), "green": range(80, 170), "blue": range(200, 260)}
    return next((name for name, hue in hues.items() if colour.hue() in hue), "")
