"""What every test is held to: it leaves no thread, timer, open file or unexpected warning behind.

Nothing here needs Qt: a test that opens no window pays for none.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import leftovers

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The same cases in every run, so that a red CI can be repeated; `HYPOTHESIS_PROFILE=explore` looks for new ones.
_SHARED_FIXTURES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=_SHARED_FIXTURES)
settings.register_profile("explore", max_examples=2000, deadline=None, suppress_health_check=_SHARED_FIXTURES)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests that need a window where Qt draws offscreen: Qt can do one of the two in one process."""
    if os.environ["QT_QPA_PLATFORM"] != "offscreen" and os.environ.get("DISPLAY"):
        return
    for item in items:
        if item.get_closest_marker("window"):
            item.add_marker(pytest.mark.skip(reason="needs a real window: tools/run_tests.py --only window"))


@pytest.fixture(scope="session", autouse=True)
def _own_user_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep tests, and the programs they start, away from the data of whoever runs them."""
    folder = str(tmp_path_factory.mktemp("user"))
    with pytest.MonkeyPatch.context() as patch:
        for variable in (
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "XDG_STATE_HOME",
            "XDG_RUNTIME_DIR",
            "LOCALAPPDATA",
            "APPDATA",
        ):
            patch.setenv(variable, folder)
        yield


@pytest.fixture(scope="module", autouse=True)
def _old_objects_aside() -> None:
    """Look for what a test left behind among what is new since its module began: the rest is some 100 times as much."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@pytest.fixture
def expected_log(_nothing_left_behind: leftovers.LogWatch) -> leftovers.LogWatch:
    """Announce a warning that belongs to the test: `expected_log.expect("part of the message")`."""
    return _nothing_left_behind


@pytest.fixture(autouse=True)
def _nothing_left_behind(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[leftovers.LogWatch]:
    """Fail a test that leaves something running or open, or logs what it did not announce."""
    folder = tmp_path_factory.getbasetemp()
    threads, files = leftovers.threads(), leftovers.open_files(folder)
    with leftovers.LogWatch() as log:
        yield log
    found = [*log.surprises(), *leftovers.new_threads(threads)]
    if "PySide6.QtCore" in sys.modules:
        found += leftovers.running_qt_objects()
    found += leftovers.new_open_files(folder, files)
    if found:
        pytest.fail(f"{request.node.name} left behind:\n  " + "\n  ".join(found), pytrace=False)


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the checkout's folder."""
    return Path(__file__).resolve().parents[1]
