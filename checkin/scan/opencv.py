"""OpenCV, imported when it is first needed (0.2 s), quiet, and without the traces it leaves in the environment."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType

_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_UNPLUGGED_AFTER_S = "2"


@cache
def cv2() -> ModuleType:
    """Return OpenCV.

    On Linux opencv-python brings a Qt 5 of its own and points Qt's plug-in and font folders there when it is imported,
    which breaks any other Qt of the process that starts later: both variables are put back. OpenCV's own messages on
    standard error (a missing camera) are turned off: the program says such things itself.
    """
    os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # AV_LOG_QUIET: else FFmpeg writes on the terminal itself
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", _UNPLUGGED_AFTER_S)
    if sys.platform == "win32":
        os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")  # else 10-60 s to open (opencv#17687)
    before = {name: os.environ.get(name) for name in _QT_VARIABLES}
    import cv2 as module

    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    module.utils.logging.setLogLevel(0)
    return module


@contextmanager
def camera_thread() -> Iterator[None]:
    """Make the calling thread fit to change a camera's settings: Windows' cameras are COM objects, and each thread that
    sets one up must have joined COM (OpenCV does so on the thread that opens the camera only).
    """
    if sys.platform == "win32":
        import ctypes

        joined = ctypes.windll.ole32.CoInitializeEx(None, 0) in {0, 1}  # S_OK, S_FALSE
        try:
            yield
        finally:
            if joined:
                ctypes.windll.ole32.CoUninitialize()
    else:
        yield
