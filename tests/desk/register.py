"""Run by test_kill_counter: register walk-ins until it is killed, and print the record of each after its commit."""

import sys
from pathlib import Path

from tests.desk.counter import ANN, make_counter

place, registrar = make_counter(Path(sys.argv[1]))
while True:
    print(registrar.register(ANN).record, flush=True)
