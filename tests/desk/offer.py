"""Run by test_processes: offer one badge at a desk of its own process, a hundred times, and print how often it was green."""

import sys
from pathlib import Path

from checkin.domain.verdict import Verdict
from tests.small_event import make_place

place = make_place(Path(sys.argv[1]))
sys.stdin.readline()  # all eight start together
green = 0
for serial in range(1, 101):
    green += place.desk.admit(place.token(serial)).verdict is Verdict.CHECKED_IN
place.database.close()
print(green)
