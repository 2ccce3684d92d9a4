"""The ready-made event: practice data, where it lies, and what its recording must come to."""

from checkin.demo.compare import compare
from checkin.demo.files import DemoFiles, demo_files
from checkin.demo.key import PRACTICE_KEY, PRACTICE_KEY_ID, practice_keyring
from checkin.demo.truth import Shown, Truth, load_truth

__all__ = [
    "PRACTICE_KEY",
    "PRACTICE_KEY_ID",
    "DemoFiles",
    "Shown",
    "Truth",
    "compare",
    "demo_files",
    "load_truth",
    "practice_keyring",
]
