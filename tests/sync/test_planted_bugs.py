"""A check that cannot fail is a defect: each bug planted in the sync code is caught, and its story is fine without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sync.planted import BUGS
from tests.sync.test_stateful import live, memory, quiet

__all__ = ["memory", "quiet"]
TRIES = 8
"""Journals have random ids, and some bugs show only where one is less than another."""


def test_there_are_enough() -> None:
    assert len(BUGS) >= 20


@pytest.mark.parametrize("name", BUGS)
def test_a_planted_bug_is_caught(memory: Path, name: str) -> None:
    plant, story = BUGS[name]
    live(memory, 3, story)
    with pytest.MonkeyPatch.context() as patch:
        plant(patch)
        caught = False
        for _try in range(TRIES):
            try:
                live(memory, 3, story)
            except Exception:  # noqa: BLE001 - whatever tells
                caught = True
                break
    assert caught
