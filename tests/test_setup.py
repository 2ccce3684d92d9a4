"""The set-up: what is pinned is what is installed, what is missing is named, and the package brings what it shows."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^;\s]+)")


def _tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _pins(*names: str) -> dict[str, str]:
    lines = [line for name in names for line in (ROOT / "requirements" / name).read_text("utf-8").splitlines()]
    found = [match.groups() for line in lines if (match := PIN.match(line))]
    return {_canonical(name): version for name, version in found}


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_installed_package_is_pinned_and_has_the_pinned_version() -> None:
    pins = _pins("constraints.txt")
    installed = {_canonical(found.metadata["Name"]): found.version for found in importlib.metadata.distributions()}
    own = {"checkin", "pip", "setuptools", "wheel"}

    assert {name: version for name, version in installed.items() if pins.get(name) != version and name not in own} == {}


def test_the_constraints_repeat_every_pin_of_the_requirements() -> None:
    constraints = _pins("constraints.txt")

    assert {k: v for k, v in _pins("run.txt", "dev.txt").items() if constraints.get(k) != v} == {}


@pytest.mark.parametrize("name", ["run.txt", "dev.txt", "constraints.txt"])
def test_requirements_name_versions_and_no_address(name: str) -> None:
    for line in (ROOT / "requirements" / name).read_text("utf-8").splitlines():
        if line and not line.startswith(("#", "-r ")):
            assert PIN.match(line), line
        assert "://" not in line
        assert not line.startswith(("-i", "--"))


def test_a_missing_library_is_named_with_its_package_and_its_purpose() -> None:
    setup = _tool("setup_system")
    need = setup.Need("libnothing1", "nothing", library="libnothing.so.1")
    here = "\tlibc.so.6 (libc6,x86-64) => /lib/libc.so.6\n\tlibnothing.so.10 (libc6) => /lib/libnothing.so.10\n"

    assert not need.present(here)
    assert setup.Need("libc6", "all", library="libc.so.6").present(here)
    assert setup.install_command([need]) == [
        "apt-get",
        "install",
        "-y",
        "-qq",
        "--no-install-recommends",
        "libnothing1",
    ]


def test_without_the_right_to_install_the_one_command_is_printed_and_only_the_essential_stops(
    capsys: pytest.CaptureFixture[str],
) -> None:
    setup = _tool("setup_system")
    feature = setup.Need("libthai0", "Thai line breaks", library="libthai.so.0")
    essential = setup.Need("libgl1", "OpenCV", library="libGL.so.1", essential=True)

    assert setup.report([feature]) == 0
    assert setup.report([feature, essential]) == 1
    said = capsys.readouterr().out
    assert "apt-get install -y -qq --no-install-recommends libgl1 libthai0\n" in said


def test_setting_up_again_finds_nothing_to_do() -> None:
    again = subprocess.run(
        [sys.executable, ROOT / "tools/setup_system.py", "run", "test"], capture_output=True, text=True, check=False
    )

    assert (again.returncode, again.stdout) == (0, "")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
def test_without_a_display_the_demo_says_so_instead_of_aborting() -> None:
    bare = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    bare.pop("QT_QPA_PLATFORM", None)
    for environment, reason in [(bare, "DISPLAY is not set"), ({**bare, "DISPLAY": ":987"}, "No window can be opened")]:
        trial = subprocess.run(
            [sys.executable, ROOT / "tools/display.py"], env=environment, capture_output=True, text=True, check=False
        )
        assert trial.returncode == 1
        assert reason in trial.stderr
        assert "Traceback" not in trial.stderr


def test_ci_calls_make_test_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()

    assert [line for line in lines if line and not line.startswith("#")] == [
        "set -euo pipefail",
        'cd "$(dirname "$0")/.."',
        "exec make test",
    ]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_no_address_of_a_registry_or_of_this_machine_is_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    forbidden = re.compile(rb"(pypi\.org|files\.pythonhosted|deb\.debian\.org|registry\.npmjs|/work/|/root/)")
    own = Path(__file__).relative_to(ROOT).as_posix()
    found = [
        name
        for name in listed.stdout.decode().split("\0")
        if name and name != own and (path := ROOT / name).is_file() and forbidden.search(path.read_bytes())
    ]

    assert found == []
