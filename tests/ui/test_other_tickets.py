"""An event whose tickets are boarding-pass style codes, in front of the window's camera."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp
from PySide6.QtWidgets import QLabel

from checkin.app import Declared, create_app
from checkin.domain.verdict import Verdict
from tests.scan.pictures import room
from tests.ui.conftest import PRACTICE, ROSTER, Desk


@pytest.fixture
def event_folder(tmp_path: Path) -> Path:
    """As in conftest, but the event reads PDF417 too."""
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, "utf-8")
    definition = PRACTICE.replace("[event]", '[event]\nsymbologies = ["PDF417"]', 1)
    app = create_app(tmp_path / "event", definition, Declared(desk="Desk 1", staff="Art"))
    app.importer.import_file(roster)
    app.close()
    return tmp_path / "event"


def test_a_ticket_of_another_system_is_admitted_by_the_camera(desk: Desk, tmp_path: Path) -> None:
    made = zxingcpp.create_barcode("REG-0003\r\n", zxingcpp.BarcodeFormat.PDF417)
    code = np.array(made.to_image(scale=3, add_quiet_zones=True))
    image = room()
    image[200 : 200 + code.shape[0], 300 : 300 + code.shape[1]] = code[:, :, None]
    (tmp_path / "shown").mkdir()
    for number in range(3):
        cv2.imwrite(str(tmp_path / "shown" / f"{number}.png"), image)
    desk.window.camera.start(str(tmp_path / "shown"))
    desk.wait_for_verdicts(1)
    assert (desk.seen[0].verdict, desk.seen[0].attendee.name) == (Verdict.CHECKED_IN, "Nguyễn Thị Hoa")
    desk.window.camera.start("none")
    desk.window.signals.page_wanted.emit("settings", "event")
    told = [label.text() for label in desk.window.page("settings").findChildren(QLabel) if label.isVisible()]
    assert "QR, PDF417" in told
