"""Area hid, the texts: what a hand scanner types under a foreign keyboard layout is the badge, or is refused.

The recipes of this area need a window: tests/ui/test_hand_scanner.py.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin.domain.verdict import Verdict
from tests.bad_inputs.cases import Case, case, load
from tests.bad_inputs.test_qr import OURS, REFERENCE
from tests.small_event import Place, make_place, someone

RECIPES = {f"hid-0{n}" for n in (21, 23, 25, 27, 29, 31, 33, 35, 37, 39, 43, 45)}
TOKENS = {"hid-001", "hid-003", "hid-013", "hid-015", "hid-017", "hid-019", "hid-041"}


def ours(given: Case) -> str:
    """Return our reference token, typed as the case typed the file's: each digit by the key's sign in the case itself."""
    if REFERENCE in given.text:
        return given.text.replace(REFERENCE, OURS)
    typed = given.text[-len(REFERENCE) :]
    signs = dict(zip(REFERENCE, typed, strict=True))
    assert set(OURS) <= set(signs), "the file's token shows every digit's key"
    return given.text[: -len(REFERENCE)] + "".join(signs[digit] for digit in OURS)


@pytest.fixture
def place(tmp_path: Path):
    codes = {1: "8907", 2: "5678", 3: "5671", 4: "J6B6", 5: "6B6J", 6: "B66J", 7: "66JB", 8: "e5", 9: "7890"}
    place = make_place(tmp_path, [someone(n, badge_code=codes.get(n, "")) for n in range(1, 43)])
    yield place
    place.database.close()


@pytest.mark.parametrize("case_id", sorted(TOKENS))
def test_the_badge_is_read_whatever_the_layout(place: Place, case_id: str) -> None:
    given = case(case_id)
    admission = place.desk.admit(ours(given), mode="scanner")
    assert admission.verdict is Verdict.CHECKED_IN, given.expected
    assert admission.attendee == someone(42)
    if "banner" in given.expected or "layout" in given.expected:
        assert admission.repaired


@pytest.mark.parametrize(
    ("case_id", "code"), [("hid-005", "8907"), ("hid-007", "J6B6"), ("hid-009", "J6B6"), ("hid-011", "")]
)
def test_a_short_code_is_resolved_to_its_own_or_refused(place: Place, case_id: str, code: str) -> None:
    admission = place.desk.admit(case(case_id).text, mode="scanner")
    if admission.verdict.accepted:
        assert admission.attendee is not None
        assert admission.attendee.badge_code == code
    else:
        assert admission.verdict in {Verdict.UNKNOWN, Verdict.NOT_A_BADGE}


def test_every_text_of_the_area_is_tried() -> None:
    assert {given.id for given in load("hid")} == RECIPES | TOKENS | {"hid-005", "hid-007", "hid-009", "hid-011"}
