"""The laptop: programs, libraries, cameras, screen, sound, letters."""

from __future__ import annotations

import ctypes
import os
import platform
import sys
import zoneinfo
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from checkin.db.engine import driver
from checkin.doctor.check import Check
from checkin.i18n import _
from checkin.paths import resources

WAL_RESET_FIXED: Final = (3, 51, 3)
"""Before this version of SQLite two programs that write at the same moment can damage the file (FACTS)."""
_WINDOW_LIBRARIES: Final = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libthai.so.0": "libthai0",
}
"""What the window needs on Linux, and the Debian package that has it."""
_FONTS: Final = {
    "Thai": "Sarabun-Regular*", "Lao": "NotoSansLao-Regular*", "Khmer": "NotoSansKhmer-Regular*",
    "Burmese": "NotoSansMyanmar-Regular*",
}  # fmt: skip


def checks() -> Iterator[Check]:
    """Yield the findings of the laptop itself."""
    yield _python()
    yield _qt()
    yield sqlite(driver().sqlite_version)
    yield from _decoders()
    yield _display()
    yield from _libraries()
    yield _sound()
    yield from _fonts()
    yield _time_zones()


def sqlite(number: str) -> Check:
    """Judge a version of SQLite."""
    fixed = tuple(int(part) for part in number.split(".")[:3]) >= WAL_RESET_FIXED
    return Check(
        "sqlite",
        _("Database library"),
        fixed,
        f"SQLite {number}" if fixed else _("SQLite {number}, with the WAL-reset fault").format(number=number),
        "" if fixed else _("Never open one event in two programs at once on this laptop; install sqlcipher3 where there is one."),
    )  # fmt: skip


def memory_bytes() -> int:
    """Return how much memory this computer has; 0 where the system does not tell."""
    if sys.platform == "win32":

        class Status(ctypes.Structure):
            _fields_ = (
                ("length", ctypes.c_ulong), ("load", ctypes.c_ulong), ("total", ctypes.c_ulonglong),
                ("rest", ctypes.c_ulonglong * 6),
            )  # fmt: skip

        status = Status(length=ctypes.sizeof(Status))
        return int(status.total) if ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)) else 0
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (ValueError, OSError):
        return 0


def _python() -> Check:
    fine = sys.version_info >= (3, 11)
    cure = "" if fine else _("Install Python 3.11 or newer.")
    return Check("python", "Python", fine, f"{platform.python_version()}, {platform.platform()}", cure)


def _qt() -> Check:
    try:
        number = version("PySide6-Essentials")
    except PackageNotFoundError:
        return Check("qt", "Qt", False, _("not installed"), _("Run “make run” again; the commands work without it."))
    # 6.12.0 drops a reference to None with each call on Python 3.11 and aborts after some thousands of them.
    fatal = number.startswith("6.12.0") and sys.version_info < (3, 12)
    return Check("qt", "Qt", not fatal, f"PySide6 {number}", _("Install PySide6 6.11.3.") if fatal else "")


def _decoders() -> Iterator[Check]:
    try:
        from checkin.scan import available_decoders
    except ImportError as error:
        yield Check(
            "decoder", _("Code reader"), False, str(error), _("Run “make run” again: it installs what is missing.")
        )
        return
    for status in available_decoders():
        name = f"decoder:{status.name}"
        if status.decoder is not None:
            yield Check(name, _("Code reader"), True, status.name)
        else:
            cure = status.message + " " + _("Run “make run” again: it installs what is missing.")
            yield Check(name, _("Code reader"), False, f"{status.name}: {status.problem}", cure)


def _display() -> Check:
    title = _("Screen")
    if sys.platform in {"win32", "darwin"}:
        return Check("display", title, True, _("the system’s own"))
    found = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    if found:
        return Check("display", title, True, found)
    cure = _("Start the program on a desktop. In this terminal “checkin scan” and “checkin demo --headless” work.")
    return Check("display", title, False, _("none"), cure)


def _libraries() -> Iterator[Check]:
    if not sys.platform.startswith("linux"):
        return
    missing = [package for library, package in _WINDOW_LIBRARIES.items() if not _loads(library)]
    cure = _("As root: apt-get install {packages}").format(packages=" ".join(missing)) if missing else ""
    found = _("missing: {packages}").format(packages=", ".join(missing)) if missing else _("all there")
    yield Check("window_libraries", _("Libraries of the window"), not missing, found, cure)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _sound() -> Check:
    title = _("Sound")
    if not sys.platform.startswith("linux"):
        return Check("sound", title, True, _("the system’s own"))
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", "/run/user/0"))
    servers = [name for name in ("pipewire-0", "pulse/native") if (runtime / name).exists()]
    cards = Path("/proc/asound/cards")
    has_card = cards.is_file() and "[" in cards.read_text("utf-8", "replace")
    if servers or has_card:
        return Check("sound", title, True, ", ".join(servers) or "ALSA")
    cure = _("Verdicts are shown without it; for sounds plug in a loudspeaker, or choose one in the system’s settings.")
    return Check("sound", title, False, _("no device"), cure)


def _fonts() -> Iterator[Check]:
    for script, pattern in _FONTS.items():
        found = sorted(path.name for path in (resources() / "fonts").glob(pattern))
        cure = "" if found else _("Get the program again: the folder resources/fonts is not complete in this copy.")
        yield Check(
            f"font:{script.lower()}",
            _("Letters"),
            bool(found),
            found[0] if found else _("none for {script}").format(script=script),
            cure,
        )


def _time_zones() -> Check:
    title = _("Time zones")
    try:
        zoneinfo.ZoneInfo("Asia/Bangkok")
    except zoneinfo.ZoneInfoNotFoundError:
        return Check("time_zones", title, False, _("none"), _("Run “make run” again: it installs what is missing."))
    try:
        return Check("time_zones", title, True, f"tzdata {version('tzdata')}")
    except PackageNotFoundError:
        return Check("time_zones", title, True, _("the system’s own"))
