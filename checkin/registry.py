"""A feature is added by adding a file: walk a package and hand back its modules."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType


def walk(package: ModuleType) -> Iterator[ModuleType]:
    """Import and yield each module that lies directly in `package`, in the order of their names.

    Names that begin with an underscore are helpers and are left out. An import error is not caught: a page, command
    or source that cannot be loaded is a defect, not a missing feature.
    """
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda found: found.name):
        if not info.name.startswith("_"):
            yield importlib.import_module(f"{package.__name__}.{info.name}")
