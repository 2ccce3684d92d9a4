"""Take a picture of every page in both languages and all themes at 1366 x 768, and at 200 %.

    .venv/bin/python tools/screenshots.py [FOLDER]      (`make screenshots`; the default folder is out/screenshots)
    .venv/bin/python tools/screenshots.py --readme      (the README's only, written over those in docs/pictures)

The window is the real one on the real demo event, in a temporary folder; nothing of it is kept but the pictures.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from checkin.clock import PracticeClock  # noqa: E402
from checkin.db.badges import issued  # noqa: E402
from checkin.domain.verdict import Post  # noqa: E402
from checkin.i18n import LANGUAGES  # noqa: E402
from checkin.ui.camera_thread import Camera, CameraState  # noqa: E402
from checkin.ui.main_window import MainWindow  # noqa: E402
from checkin.ui.qt_texts import QtTexts  # noqa: E402
from checkin.ui.tasks import TaskRunner  # noqa: E402
from checkin.ui.theme import THEMES, Theme, load_first_font  # noqa: E402

if TYPE_CHECKING:
    from checkin.app import App

SIZE = QSize(1366, 768)
PICTURES = ROOT / "docs" / "pictures"
PATIENCE_S = 20.0
README = (
    "scan-green-en-light", "scan-amber-th-dark", "scan-search-en-light", "attendees-en-light", "first-run-th-light",
    "walkin-alike-en-light", "dashboard-en-light", "evening-closed-en-light",
)  # fmt: skip
"""What the README shows: docs/pictures/NAME.webp."""
WEBP_QUALITY = 82


class DemoOpener:
    """Opens the demo in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.data = folder

    def open(self) -> object:
        """Open the demo."""
        from checkin.app import open_demo

        return open_demo(self.data)

    def demo(self) -> object:
        """Open the demo."""
        return self.open()

    def create(self, event_toml: str) -> object:
        """Make an event."""
        from checkin.app import create_app

        return create_app(self.data / "new", event_toml)


class EmptyOpener(DemoOpener):
    """A computer on which the program was never used: the guide."""

    def open(self) -> object:
        """Say that there is none."""
        from checkin.errors import NoEventError

        raise NoEventError("")


def wait_until(met: Callable[[], bool], what: str) -> None:
    started = time.monotonic()
    while not met():
        QApplication.processEvents()
        time.sleep(0.005)
        if time.monotonic() - started > PATIENCE_S:
            raise SystemExit(f"waited in vain for {what}")


def settle(seconds: float = 0.4) -> None:
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        QApplication.processEvents()
        time.sleep(0.005)


def keep(window: QWidget, out: Path, name: str) -> None:
    """Keep a picture of the window, for the README in a format that is small."""
    if out != PICTURES:
        window.grab().save(str(out / f"{name}.png"))
    elif name in README:
        window.grab().save(str(out / f"{name}.webp"), "webp", WEBP_QUALITY)
    else:
        return
    print(name, flush=True)


class Shots:
    """The window with something to see in it."""

    def __init__(self, out: Path, folder: Path, scale: int) -> None:
        self.out, self.scale = out, scale
        self.badges = folder.with_name("badges")
        self.badges.mkdir()
        self.theme = Theme("light")
        self.theme.apply("light")
        self.tasks = TaskRunner()
        self.camera = Camera()
        self.window = MainWindow(DemoOpener(folder), self.theme, self.tasks, self.camera, source="none")
        self.window.resize(SIZE / (scale / 100))
        self.window.show()
        self.window.open_event()
        wait_until(lambda: bool(self.window.pages), "the event")
        self.window.notices.warning = lambda *_args, **_kwargs: None  # pictures of the pages, not of the moment
        self.app = self.window.app
        self.seen = []
        self.window.signals.admitted.connect(self.seen.append)
        self.figures = None
        self.camera.figures_changed.connect(self._keep_figures)

    def _keep_figures(self, figures: object) -> None:
        if figures.code is not None:
            self.figures = figures

    def shoot(self, name: str) -> None:
        """Keep a picture of the window as it is now."""
        settle()
        keep(self.window, self.out, name)

    def look(self, language: str, theme: str) -> None:
        """Change language and colours."""
        self.window.keeper.save(language=language, theme=theme)
        settle(0.1)

    def pick(self, text: str) -> object:
        """Return the person whom a search finds first."""
        return self.app.search.find(text, 1)[0].attendee

    def admit(self, text: str) -> None:
        """Admit the person whom a search finds first."""
        before = len(self.seen)
        self.window.calls.admit_person(self.pick(text).id)
        wait_until(lambda: len(self.seen) > before, "a verdict")

    def submit(self, payload: str) -> None:
        """Scan a text as a hand scanner does."""
        before = len(self.seen)
        self.window.calls.submit(payload, "scanner")
        wait_until(lambda: len(self.seen) > before, "a verdict")

    def live(self) -> None:
        """Play the recording until a badge is checked in, and keep that picture."""
        from checkin.demo.files import demo_files

        recording = demo_files().recording
        if not recording.exists():
            return
        self.camera.start(str(recording))
        wait_until(lambda: any(a.mode == "camera" and a.verdict == "checked_in" for a in self.seen), "a badge")
        settle(0.12)
        picture, marks = self.camera.picture(), self.camera.marks()
        self.camera.stop()
        self.camera._picture, self.camera._marks = picture, marks  # noqa: SLF001
        self.camera.state = CameraState("live", recording.name)
        page = self.window.page("scan")
        page.picture._fade.setInterval(10_000_000)  # noqa: SLF001
        self.camera.state_changed.emit(self.camera.state)
        self.camera.pictured.emit()


def fill_days(shots: Shots) -> None:
    """Let people come on both days as they do: a slow start, the rush before the opening, a few who are late."""
    app, dice = shots.app, random.Random(3)
    with app.database.read() as connection:
        people = [badge.attendee.id for badge in issued(connection) if badge.attendee.status == "registered"]
    event, scribe = app.event, app.desk.scribe
    first, second = (checkpoint for checkpoint in event.checkpoints if checkpoint.kind == "door")
    panel = event.checkpoint("panel-1")
    for checkpoint, share, until in ((first, 0.9, 24.0), (second, 0.8, 9.2)):
        app.desk.set_post(Post(checkpoint.day, checkpoint))
        hours = sorted(min(max(dice.gauss(8.9, 0.45), 7.6), 11.4) for _person in range(int(len(people) * share)))
        for person, hour in zip(dice.sample(people, len(hours)), hours, strict=True):
            if hour < until:
                at = datetime.combine(checkpoint.day, time_of_day(), event.timezone) + timedelta(hours=hour)
                set_clock(app, at)
                scribe._last_ms = None  # noqa: SLF001 - nobody set the clock
                app.desk.admit_person(person)
    for _twice in range(2):
        shots.submit("LOST-0042")
    app.desk.set_post(Post(panel.day, panel))
    for number, person in enumerate(people[:120]):
        app.desk.admit_person(person, force_reason="test")
        if number % 4 == 0:
            app.desk.set_post(Post(panel.day, panel, "out"))
            app.desk.admit_person(person)
            app.desk.set_post(Post(panel.day, panel))
    set_clock(app, datetime.combine(second.day, time_of_day(9, 14), event.timezone))
    app.desk.set_post(Post(second.day, second))
    shots.window.top_bar.post.count_for(second.day)
    shots.window.rollover.ask(None)
    shots.window.signals.post_changed.emit()


def set_clock(app: App, at: datetime) -> None:
    """Let it be another time for everything that asks."""
    desk = app.desk
    app.clock = desk._clock = desk.scribe.clock = desk._counters._clock = PracticeClock(at)  # noqa: SLF001
    app.evening._clock = app.clock  # noqa: SLF001


def show_evening(shots: Shots) -> None:
    """The first day, closed in the evening; before that what the steps found."""
    window, page = shots.window, shots.window.page("evening")
    first = next(checkpoint for checkpoint in shots.app.event.checkpoints if checkpoint.kind == "door")
    set_clock(shots.app, datetime.combine(first.day, time_of_day(17, 2), shots.app.event.timezone))
    shots.app.desk.set_post(Post(first.day, first))
    window.signals.post_changed.emit()
    window.rollover.ask(None)
    window.signals.page_wanted.emit("evening", first.day)
    wait_until(lambda: page.state is not None and page.state.day == first.day, "the day")
    page.steps.first.click()
    wait_until(lambda: page.state.closed or page.steps.offer() == "anyway", "the closing")
    if page.steps.offer() == "anyway":
        page._close_wanted(True)  # noqa: SLF001
        wait_until(lambda: page.state.closed, "the closing")
    window.notices.close_notice()
    window.rollover.ask(None)
    for language in LANGUAGES:
        for theme in THEMES:
            if shots.scale == 100 or theme == "light":
                shots.look(language, theme)
                shots.shoot(f"evening-closed-{language}-{theme}" + ("" if shots.scale == 100 else f"-{shots.scale}"))


def scenes(shots: Shots) -> None:
    """Every page, language and theme; on the Scan page one verdict of each tone."""
    for person in ("santos", "somchai", "nguyen", "ahmad", "lao"):
        if shots.app.search.find(person, 1):
            shots.admit(person)
    shots.submit("8850123456789")
    shots.live()
    shots.window.status_bar.refresh()
    last = next((a for a in reversed(shots.seen) if a.verdict == "checked_in"), None)
    for language in LANGUAGES:
        for theme in THEMES:
            shots.look(language, theme)
            tag = f"{language}-{theme}" + ("" if shots.scale == 100 else f"-{shots.scale}")
            show_verdicts(shots, tag, last, whole=theme == "light" or shots.scale == 100)
            if shots.scale == 100 or theme == "light":
                for index, page in enumerate(shots.window.pages[1:], 1):
                    if page.key == "dashboard":
                        continue  # with its own two days, at the end
                    shots.window.show_page(index)
                    if page.key == "calibration" and shots.figures is not None:
                        shots.camera.figures_changed.emit(shots.figures)
                    settle(0.6)
                    shots.shoot(f"{page.key}-{tag}")
                show_counter(shots, tag)
                shots.window.show_page(0)


def show_dashboard(shots: Shots) -> None:
    """The second morning, with the first one behind it; each list of a card in front once."""
    fill_days(shots)
    window, board = shots.window, shots.window.page("dashboard").board
    window.signals.page_wanted.emit("dashboard", None)
    wait_until(lambda: board.figures is not None, "the figures")
    for language in LANGUAGES:
        for theme in THEMES:
            if shots.scale != 100 and theme != "light":
                continue
            shots.look(language, theme)
            tag = f"{language}-{theme}" + ("" if shots.scale == 100 else f"-{shots.scale}")
            shots.shoot(f"dashboard-{tag}")
            board.show_looks()
            board.people_card.show_view(1)
            board.group_card.show_view(2)
            board.steps.button(1).click()
            shots.shoot(f"dashboard-more-{tag}")
            for card in (board.desk_card, board.people_card, board.group_card):
                card.show_view(0)
            board.steps.button(0).click()
    window.show_page(0)


def show_verdicts(shots: Shots, tag: str, last: object, *, whole: bool) -> None:
    page = shots.window.page("scan")
    page.show_admission(last)
    page.picture.colour_outline("green")
    shots.shoot(f"scan-green-{tag}")
    if not whole:
        return
    shots.admit(last.attendee.name or last.attendee.name_local)
    page.picture.colour_outline("amber")
    shots.shoot(f"scan-amber-{tag}")
    page.panel.ask_reason()
    shots.shoot(f"scan-reason-{tag}")
    shots.submit("8850123456789")
    page.picture.colour_outline("red")
    shots.shoot(f"scan-red-{tag}")
    vip = replace(last, attention="VIP: call the protocol officer · Panel 2 speaker")
    page.show_admission(vip)
    shots.shoot(f"scan-attention-{tag}")
    elsewhere = replace(
        last, attendee=replace(last.attendee, name="", name_local="", organisation="", country="", category="",
                               status="provisional"), detail="issued_elsewhere", issuer=3,
    )  # fmt: skip
    page.show_admission(elsewhere)
    shots.shoot(f"scan-elsewhere-{tag}")
    page.search.start("nguyen")
    settle(0.5)
    shots.shoot(f"scan-search-{tag}")
    page.search.finish()
    page.panel.show_ready()
    shots.shoot(f"scan-ready-{tag}")


def show_counter(shots: Shots, tag: str) -> None:
    """The walk-in page from the first letter to the print, and what the Attendees page asks."""
    window, page = shots.window, shots.window.page("walkin")
    window.keeper.save(printer=f"pdf:{shots.badges}")
    window.signals.page_wanted.emit("walkin", None)
    form = page.entry.form
    person = shots.pick("rahmawati")
    fields = {
        "name": person.name, "name_local": "ซีตี อามีนะห์", "country": person.country, "organisation": person.organisation,
        "email": "siti@example.org",
    }  # fmt: skip
    for key, text in fields.items():
        form.fields[key].set_text(text)
    wait_until(lambda: bool(page.entry.alike.people), "look-alikes")
    shots.shoot(f"walkin-alike-{tag}")
    page.entry.alike.show_people([])
    line = form.fields["organisation"].editor
    form.go_to("organisation")
    line.selectAll()
    line.insert("bpjs")
    settle(0.5)
    shots.shoot(f"walkin-suggest-{tag}")
    line.close_list()
    page.entry.privacy.read.click()
    shots.shoot(f"walkin-notice-{tag}")
    page.entry.privacy.card.close_card()
    page.entry.clear()
    form.fields["name"].set_text("Dewi Anggraini")
    form.show_missing()
    shots.shoot(f"walkin-missing-{tag}")
    for key, text in (("name_local", "เดวี"), ("organisation", "Test Fund"), ("country", "Indonesia")):
        form.fields[key].set_text(text)
    page.entry.register_wanted.emit(True)
    wait_until(lambda: page.result.print_line.state() == "saved", "the print")
    shots.shoot(f"walkin-done-{tag}")
    with suppress(OSError):
        shots.badges.rename(shots.badges.with_name("away"))
    form.fields["name"].set_text("Dewi Two")
    for key, text in (("organisation", "Test Fund"), ("country", "Indonesia")):
        form.fields[key].set_text(text)
    page.entry.register_wanted.emit(True)
    wait_until(lambda: page.result.print_line.state() == "failed", "a print that fails")
    shots.shoot(f"walkin-failed-{tag}")
    shots.badges.with_name("away").rename(shots.badges)
    window.notices.close_notice()
    window.signals.page_wanted.emit("attendees", person)
    attendees = window.page("attendees")
    settle(0.5)
    attendees.person.edit()
    shots.shoot(f"attendees-correct-{tag}")
    attendees.person.editor.closed.emit()
    attendees.person.print_button.click()
    shots.shoot(f"attendees-print-{tag}")
    attendees.person.merge_action.trigger()
    attendees.merge._picked(shots.pick("santos"))  # noqa: SLF001
    shots.shoot(f"attendees-merge-{tag}")
    attendees.merge.closed.emit()
    window.keeper.save(printer="")
    window.show_page(0)


def first_run(out: Path, folder: Path) -> None:
    theme, tasks = Theme("light"), TaskRunner()
    theme.apply("light")
    window = MainWindow(EmptyOpener(folder), theme, tasks, Camera(), source="none")
    window.resize(SIZE)
    window.show()
    window.open_event()
    wait_until(lambda: window.first_run is not None, "the guide")
    from checkin.i18n import set_language

    for language in LANGUAGES:
        set_language(language)
        window.retranslate()
        settle()
        keep(window, out, f"first-run-{language}-light")
    set_language("en")
    window.leave()


def child(out: Path, scale: int) -> None:
    app = QApplication([])
    app.installTranslator(QtTexts(app))
    load_first_font()
    with tempfile.TemporaryDirectory() as folder:
        shots = Shots(out, Path(folder) / "demo", scale)
        scenes(shots)
        show_dashboard(shots)
        show_evening(shots)
        shots.window.leave()
        if scale == 100:
            first_run(out, Path(folder) / "empty")


def main() -> None:
    if "--child" in sys.argv:
        child(Path(sys.argv[2]), int(sys.argv[3]))
        return
    readme = "--readme" in sys.argv
    out = PICTURES if readme else Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out" / "screenshots"
    out.mkdir(parents=True, exist_ok=True)
    for scale in (100,) if readme else (100, 200):
        environment = {**os.environ, "QT_SCALE_FACTOR": str(scale / 100)}
        subprocess.run([sys.executable, __file__, "--child", str(out), str(scale)], env=environment, check=True)


if __name__ == "__main__":
    main()
