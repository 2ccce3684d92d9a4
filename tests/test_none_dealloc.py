"""PySide6 6.12.0 on Python 3.11 drops a reference to None with each Qt call that returns it, and aborts after some 5,000."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal since Python 3.12")
def test_twenty_thousand_calls_that_return_none_cost_no_reference_to_it(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)

    for _ in range(20_000):
        label.setEnabled(True)

    assert sys.getrefcount(None) > before - 1_000
