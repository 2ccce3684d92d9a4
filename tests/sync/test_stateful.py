"""I1-I15 under stories that Hypothesis tells: 2-8 desks with real files, a folder hub, seventeen kinds of fault.

A story is a list of steps, so that a failing one is shrunk to its shortest and can be told again by hand. The folders lie
in memory where that is possible: what a disk does to a file is another test (tests/db/test_power_cut.py).
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.sync.steps import FAULTS, STEPS, tell
from tests.sync.world import FolderPlace, World

_NAMES = [*STEPS, "admit", "admit", "admit", "sync", "sync", "sync", "sync", *FAULTS]
STORY = st.lists(
    st.tuples(st.sampled_from(_NAMES), st.integers(0, 7), st.integers(0, 999)), min_size=5, max_size=20
)  # fmt: skip
MANY = int(os.environ.get("CHECKIN_STORIES", "2000"))
"""Stories of one run here; `make soak` tells 50,000."""


@pytest.fixture(scope="module")
def memory() -> Iterator[Path]:
    """Return a folder in memory, for many small files."""
    home = Path("/dev/shm") if Path("/dev/shm").is_dir() else None
    folder = Path(tempfile.mkdtemp(dir=home))
    yield folder
    shutil.rmtree(folder)


def live(folder: Path, desks: int, story: list[tuple[str, int, int]]) -> None:
    """Tell one story, let everything come to rest, and check what must hold."""
    home = Path(tempfile.mkdtemp(dir=folder))
    world = World(home, FolderPlace(home / "hub"), desks)
    try:
        tell(world, story)
        world.settle()
        world.check()
        if len(story) % 4 == 0:  # as long as all the rest: not for every story
            world.check_replay()
    finally:
        world.close()
        shutil.rmtree(home)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """The stories are full of what the log warns of."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def _stories(count: int) -> settings:
    """`@seed` gives each part stories of its own, the same in every run: derandomized, all parts would tell the same."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=False,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(4))
def test_no_story_loses_or_invents_anything(memory: Path, part: int) -> None:
    @seed(part)
    @_stories(MANY // 4)
    @given(desks=st.integers(2, 5), story=STORY)
    def tell_many(desks: int, story: list[tuple[str, int, int]]) -> None:
        live(memory, desks, story)

    tell_many()


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(50))
def test_fifty_thousand_stories(memory: Path, part: int) -> None:
    """In parts of a thousand: several workers share them, and one can see how far it is."""

    @seed(1000 + part)
    @_stories(1000)
    @given(desks=st.integers(2, 8), story=STORY)
    def tell_many(desks: int, story: list[tuple[str, int, int]]) -> None:
        live(memory, desks, story)

    tell_many()
