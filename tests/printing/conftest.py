"""A real CUPS for every test of this folder that asks for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.printing.cups import Cups, running


@pytest.fixture
def cups(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cups]:
    with running(monkeypatch) as made:
        yield made
