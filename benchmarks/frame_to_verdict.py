"""From the frame that shows a badge to its verdict painted, in the real window, beside decoding and admitting alone.

    python -m benchmarks.frame_to_verdict [BADGES]        needs a screen: tools/run_tests.py --in-window ...

A scene of 720p at 30 frames a second takes the camera's place; badges are held up in it one after the other. The clock
runs from the hand-over of the first frame with the badge to the end of the paint that shows its verdict. The floor, in
the same run on the same disk: the reader on the same pictures, then `Desk.admit` of the same badge, nothing else.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

from benchmarks._report import report
from benchmarks._window import EMPTY, SHOWN, Scene, Steps, percentile, run, tokens
from checkin.app import App, Declared, open_demo
from checkin.scan.reader import Reader
from checkin.ui.main_window import MainWindow
from checkin.ui.pages.scan import ScanPage

BADGES = 40
ONE_FRAME_MS = 1000 / 30


class Painted(QObject):
    """Notes when each verdict was on the screen."""

    def __init__(self, page: ScanPage) -> None:
        super().__init__(page)
        self._panel = page.panel
        self._before: object = None
        self.at: list[float] = []
        self._panel.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's name
        admission = self._panel.admission
        if event.type() == QEvent.Type.Paint and admission is not None and admission is not self._before:
            self._before = admission
            done = QEvent(QEvent.Type.User)  # comes right after this paint and its hand-over to the screen
            QCoreApplication.postEvent(self, done, Qt.EventPriority.HighEventPriority.value)
        return False

    def customEvent(self, _event: QEvent) -> None:  # noqa: D102, N802 - Qt's name
        self.at.append(time.monotonic())


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        app = open_demo(Path(name) / "floor", Declared(staff="Nok"))
        payloads = tokens(app, count)
        scene = Scene(payloads)
        painted: list[float] = []

        def steps(window: MainWindow) -> Steps:
            page = window.page("scan")
            assert isinstance(page, ScanPage)
            seen = Painted(page)
            end = time.monotonic() + count * 1.5 + 30
            yield lambda: len(seen.at) >= count or time.monotonic() > end
            painted.extend(seen.at)

        run(Path(name) / "window", scene, steps)
        took = [(end - scene.handed_out[badge]) * 1000 for badge, end in enumerate(painted)]
        if len(took) != count:
            raise SystemExit(f"{count} badges were held up, {len(took)} verdicts were shown")
        decode, admit = floor(scene, app, payloads)
        app.close()
    both = [sum(pair) for pair in zip(decode, admit, strict=True)]
    for part, figures in (("decode alone", decode), ("admit alone", admit)):
        report(f"{part}, p50", percentile(figures, 50), unit="ms")
        report(f"{part}, p95", percentile(figures, 95), unit="ms")
    report("badge in the frame to verdict painted, p50", percentile(took, 50), unit="ms", floor=percentile(both, 50))
    report("badge in the frame to verdict painted, p95", percentile(took, 95), unit="ms", floor=percentile(both, 95))
    beyond = percentile(took, 95) - percentile(both, 95)
    report("the same beyond its floor, p95", beyond, unit="ms", target=round(ONE_FRAME_MS, 1))


def floor(scene: Scene, app: App, payloads: list[str]) -> tuple[list[float], list[float]]:
    """Return the milliseconds of reading each badge's first frame and of admitting it."""
    reader = Reader()
    decode, admit = [], []
    for badge, payload in enumerate(payloads):
        first = badge * (SHOWN + EMPTY) + EMPTY
        for index in range(first - EMPTY, first):
            reader.read(scene.picture(index))
        started = time.perf_counter()
        for index in range(first, first + SHOWN):
            if reader.read(scene.picture(index)):
                break
        decode.append((time.perf_counter() - started) * 1000)
        started = time.perf_counter()
        app.desk.admit(payload)
        admit.append((time.perf_counter() - started) * 1000)
        time.sleep(0.02)  # a disk that is written to without a rest answers as no desk's disk does
    return decode, admit


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else BADGES)
