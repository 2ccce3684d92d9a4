"""The shared file of bad inputs: one case an object, with its expectation."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass

from tests.shared import shared_dir


@dataclass(frozen=True)
class Case:
    """One bad input."""

    id: str
    name: str
    text: str
    """utf8 and base64 cases: what was read, bytes that are no UTF-8 as latin-1, as the program itself does."""
    expected: str


def load(area: str) -> list[Case]:
    """Return the cases of an area that are data (recipes are tests of their own). Skips where the file is absent."""
    return [case for case in _all() if case.id.startswith(f"{area}-")]


def case(case_id: str) -> Case:
    """Return one case."""
    return next(case for case in _all() if case.id == case_id)


def _all() -> list[Case]:
    lines = (shared_dir() / "bad_inputs.jsonl").read_text("utf-8").splitlines()
    return [_case(json.loads(line)) for line in lines]


def _case(row: dict[str, str]) -> Case:
    text = row["input"]
    if row["enc"] == "base64":
        data = base64.b64decode(text)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("latin-1")
    return Case(row["id"], row["name"], text, row["expected"])
