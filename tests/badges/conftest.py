"""Painting needs a Qt program and the shipped fonts."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from checkin.ui.painting import fonts


@pytest.fixture(autouse=True)
def _painting(qapp: QApplication) -> None:
    fonts.load()
