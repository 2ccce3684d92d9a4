"""The log file of a data folder: what the program did and where it failed, never whom it was about.

Names, e-mails, tokens and codes do not belong in a log. Our own messages hold none; what an exception says may, so only its
kind, the place it came from and a fingerprint of its text are written.
"""

from __future__ import annotations

import hashlib
import logging
import logging.handlers
import traceback
from pathlib import Path
from types import TracebackType

from checkin.paths import LOGS

_SIZE = 1_000_000
_FILES = 3


class _Formatter(logging.Formatter):
    """One line a record, UTC; exceptions as kind, fingerprint and places."""

    default_time_format = "%Y-%m-%dT%H:%M:%S"

    def formatException(  # noqa: N802 - logging's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Return the chain of exceptions without what they say."""
        parts: list[str] = []
        error = ei[1]
        while error is not None:
            said = hashlib.sha256(str(error).encode("utf-8", "replace")).hexdigest()[:8]
            parts.append(f"{type(error).__qualname__} (text {said})")
            frames = traceback.extract_tb(error.__traceback__)
            parts += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
            error = error.__cause__ or error.__context__
        return "\n".join(parts)


def set_up(folder: Path) -> None:
    """Write the log of this program into `folder`. Where that cannot be, there is no log: the desk works all the same."""
    logger = logging.getLogger("checkin")
    logger.setLevel(logging.INFO)
    if any(isinstance(handler, logging.handlers.RotatingFileHandler) for handler in logger.handlers):
        return
    try:
        (folder / LOGS).mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            folder / LOGS / "checkin.log", maxBytes=_SIZE, backupCount=_FILES, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger.addHandler(handler)
    logger.propagate = False
