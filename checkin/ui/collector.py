"""Keep Python's garbage collector from stopping the window.

A full collection walks every object while all threads wait: 70 to 80 ms with the window's modules loaded, several times
that while an import holds 100,000 rows. What was loaded at the start never becomes garbage, so it is set aside; the young
generations are collected as ever, and a full collection comes rarely.
"""

from __future__ import annotations

import gc

_YOUNG, _MIDDLE, _OLD = 2_000, 10, 100_000
"""Objects before a collection of the youngest, collections of it before the middle's, of that before a full one."""


def settle() -> None:
    """Call when the window is filled: collect once, set aside what is left, and collect seldom from now on."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
