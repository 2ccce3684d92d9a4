#!/usr/bin/env python3
"""Install the system libraries that are missing: `setup_system.py run`, `setup_system.py run test`.

Runs before there is an environment, so it needs nothing but Python. It looks for what the program opens (a library by
its soname, a program, a module), not for package names, so it also tells the truth on other systems than Debian. Ends
with 1 where something is missing that even the headless program cannot do without.
"""

from __future__ import annotations

import glob
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """Something outside Python that the program opens, and the Debian package that brings it. One probe is given."""

    package: str
    why: str
    library: str = ""
    program: str = ""
    module: str = ""
    file: str = ""
    """A path; with * in it, any that fits."""
    essential: bool = False
    """Nothing works without it; the others cost a feature, or the window."""

    def present(self, libraries: str) -> bool:
        """Say whether it is here. `libraries`: what `ldconfig -p` printed."""
        if self.library:
            return f"\t{self.library} " in libraries
        if self.program:
            return shutil.which(self.program, path=f"{os.environ.get('PATH', '')}:/sbin:/usr/sbin") is not None
        if self.file:
            return bool(glob.glob(self.file))  # noqa: PTH207 - the pattern is an absolute path
        return importlib.util.find_spec(self.module) is not None


RUN = (
    Need("python3-venv", "makes the environment", module="ensurepip", essential=True),
    Need("libgl1", "OpenCV", library="libGL.so.1", essential=True),
    Need("libglib2.0-0", "OpenCV, Qt", library="libgthread-2.0.so.0", essential=True),
    Need("libzbar0", "the first decoder", library="libzbar.so.0"),
    Need("libegl1", "the window", library="libEGL.so.1"),
    Need("libdbus-1-3", "the window", library="libdbus-1.so.3"),
    Need("libfontconfig1", "the window", library="libfontconfig.so.1"),
    Need("libxkbcommon0", "the window", library="libxkbcommon.so.0"),
    Need("libxkbcommon-x11-0", "the window", library="libxkbcommon-x11.so.0"),
    Need("libxcb-cursor0", "the window", library="libxcb-cursor.so.0"),
    Need("libxcb-icccm4", "the window", library="libxcb-icccm.so.4"),
    Need("libxcb-keysyms1", "the window", library="libxcb-keysyms.so.1"),
    Need("libxcb-shape0", "the window", library="libxcb-shape.so.0"),
    Need("libxrandr2", "sounds and camera names", library="libXrandr.so.2"),
    Need("libpulse0", "sounds", library="libpulse.so.0"),
    Need("libcups2", "printing", library="libcups.so.2"),
    Need("libthai0", "Thai line breaks", library="libthai.so.0"),
)
TEST = (
    Need("xvfb", "a screen for the window's tests", program="Xvfb"),
    Need("xauth", "a screen for the window's tests", program="xauth"),
    Need("xdotool", "typing as a hand scanner does", program="xdotool"),
    Need("cups", "a real print system for the printing tests", program="cupsd"),
    Need("cups-client", "a real print system for the printing tests", program="lpadmin"),
    Need("printer-driver-cups-pdf", "a real printer for the printing tests", file="/usr/lib/cups/backend/cups-pdf"),
    Need("postgresql", "a real server for the hub's tests", file="/usr/lib/postgresql/*/bin/initdb"),
)
GROUPS = {"run": RUN, "test": TEST}


def main(arguments: Sequence[str]) -> int:
    """Install what the named groups need and is missing; return the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file runs under whatever Python the machine has
        print(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}. Try: make PYTHON=python3.11")
        return 1
    needs = [need for group in arguments for need in GROUPS[group]]
    missing = find_missing(needs)
    if not missing or not sys.platform.startswith("linux"):
        return 0
    print("Missing on this system:")
    for need in missing:
        print(f"  {need.package:<20} {need.why}")
    sys.stdout.flush()
    if shutil.which("apt-get") is None:
        print("This is no Debian; the packages of the same purpose have other names here.")
    else:
        install(missing)
    return report(find_missing(missing))


def find_missing(needs: Sequence[Need]) -> list[Need]:
    """Return the needs that this system does not meet."""
    libraries = known_libraries()
    return [need for need in needs if not need.present(libraries)]


def known_libraries() -> str:
    """Return what the dynamic linker can find, as `ldconfig -p` prints it; empty where there is no ldconfig."""
    ldconfig = shutil.which("ldconfig", path=f"{os.environ.get('PATH', '')}:/sbin:/usr/sbin")
    return subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=True).stdout if ldconfig else ""


def install(missing: Sequence[Need]) -> None:
    """Install with apt-get: as root, else through sudo, which asks for the password where somebody can answer."""
    become_root = root_prefix()
    if become_root is None:
        return
    print("Installing them with apt-get.", flush=True)
    # Lists may be absent (a fresh image) or a foreign source broken: whether it is enough, the install will say.
    subprocess.run([*become_root, "apt-get", "-qq", "update"], check=False)
    subprocess.run([*become_root, *install_command(missing)], stdout=subprocess.DEVNULL, check=False)
    importlib.invalidate_caches()


def root_prefix() -> list[str] | None:
    """Return what to put before a command to run it as root; None where that is not possible."""
    if os.geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive"]
    if shutil.which("sudo") is None:
        return None
    ask = [] if sys.stdin.isatty() else ["-n"]
    return ["sudo", *ask, "DEBIAN_FRONTEND=noninteractive"]


def install_command(missing: Sequence[Need]) -> list[str]:
    """Return the one command that installs these packages, without the right to."""
    packages = sorted({need.package for need in missing})
    return ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]


def report(missing: Sequence[Need]) -> int:
    """Say what is still missing, and the one command that helps; return 1 if nothing can be done without it."""
    if not missing:
        return 0
    print("Still missing. Run this as root, then try again:")
    print(f"  apt-get update && {shlex.join(install_command(missing))}")
    if any(need.essential for need in missing):
        return 1
    print("Going on without: some features, or the window, will not be there.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
