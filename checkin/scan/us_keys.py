"""What a physical key types on a US keyboard, whatever layout the computer is set to.

The number that the system gives a key (`QKeyEvent.nativeScanCode()`) says which key it was, so that what a hand scanner
meant needs no guessing. Linux: the evdev code plus 8 (X11 and Wayland). Windows: the scan code of set 1, which is the
evdev code. macOS tells none.
"""

from __future__ import annotations

import sys
from functools import cache

_PLAIN = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./ "
_SHIFT = '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>? '
_EVDEV = (41, *range(2, 14), *range(16, 28), 43, *range(30, 41), *range(44, 54), 57)


def us_key(scan_code: int, *, shift: bool, platform: str = sys.platform) -> str:
    """Return the character that the key with this native scan code types on a US keyboard; empty where it is unknown."""
    offset = {"linux": 8, "win32": 0}.get(platform)
    if offset is None:
        return ""
    return _keys().get((scan_code - offset, shift), "")


@cache
def _keys() -> dict[tuple[int, bool], str]:
    rows = ((False, _PLAIN), (True, _SHIFT))
    return {(code, shift): char for shift, row in rows for code, char in zip(_EVDEV, row, strict=True)}
