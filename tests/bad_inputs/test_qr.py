"""Area qr: whatever a code holds, there is one outcome, nothing crashes, nothing but a genuine badge is let in.

The file's reference token was signed with a key that is not in it. Our own token of the same issuer and serial takes its
place, and what the file did to its digits is done to ours; where the file signed with other keys or headers, we do too.
"""

from __future__ import annotations

import logging
import unicodedata
from pathlib import Path

import pytest

from checkin.domain.badge import BadgeNumber, EventKey, Keyring, make_token
from checkin.domain.verdict import Verdict
from tests.bad_inputs.cases import Case, case, load
from tests.small_event import EVENT, KEYRING, Place, make_place, someone

REFERENCE = "0397718287356349055631029448214353408010949736"
OURS = make_token(BadgeNumber(1, 42, 0, 0), KEYRING)

OTHER = Keyring("another-event", {1: EventKey(bytes(32))}, 1)
NEXT_KEY = Keyring(EVENT.id, {7: EventKey(bytes(32))}, 7)

SIGNED_OTHERWISE = {
    "qr-035": (make_token(BadgeNumber(1, 42), OTHER), {Verdict.OTHER_EVENT}),
    "qr-037": (str(int(OURS) + (1 << 148)).zfill(46), {Verdict.FORGED}),  # "update this desk", see test_what_is_said
    "qr-039": (make_token(BadgeNumber(1, 42), NEXT_KEY), {Verdict.FORGED}),  # "sync this desk"
    "qr-123": (make_token(BadgeNumber(9, 5), KEYRING), {Verdict.CHECKED_IN}),
    "qr-051": ("1" + OURS[1:] if OURS[0] != "1" else "2" + OURS[1:], {Verdict.FORGED, Verdict.OTHER_EVENT}),
    "qr-053": (OURS[:23] + str((int(OURS[23]) + 1) % 10) + OURS[24:], {Verdict.FORGED, Verdict.OTHER_EVENT}),
    "qr-055": (OURS[0] + OURS[2] + OURS[1] + OURS[3:], {Verdict.FORGED, Verdict.OTHER_EVENT}),
    "qr-057": ("9" * 46, {Verdict.FORGED}),
}
"""Where the file changed header or signature: our text with the same change, and the verdicts that its answer allows."""

DAMAGED_DIGITS = {"qr-043", "qr-047", "qr-049", "qr-059", "qr-061", "qr-063", "qr-065", "qr-071", "qr-073", "qr-075"}


@pytest.fixture
def place(tmp_path: Path):
    place = make_place(tmp_path, [someone(n) for n in range(1, 43)])
    yield place
    place.database.close()


def ours(given: Case) -> str:
    """Return the case's text with our reference token in the place of the file's."""
    if given.id in SIGNED_OTHERWISE:
        return SIGNED_OTHERWISE[given.id][0]
    text = given.text.replace(REFERENCE, OURS)
    if given.id in DAMAGED_DIGITS and text == given.text:
        text = _same_damage(given.text)
    return text


def _same_damage(text: str) -> str:
    """Do to our digits what was done to the reference's: keep every character that is no plain digit where it stands."""
    digits = iter(OURS)
    plain = [next(digits, c) if c in "0123456789" else c for c in text]
    if not any(c in "0123456789" for c in text):  # another script's digits
        plain = [_digit_like(like, digit) for like, digit in zip(text, OURS, strict=False)]
    return "".join(plain)


def _digit_like(like: str, digit: str) -> str:
    zero = ord(like) - unicodedata.digit(like)
    return chr(zero + int(digit))


def expected_verdicts(given: Case) -> set[Verdict]:
    if given.id in SIGNED_OTHERWISE:
        return SIGNED_OTHERWISE[given.id][1]
    if given.expected.startswith(("OK:", "either OK", "OK_LEGACY")):
        return {Verdict.CHECKED_IN}
    return {Verdict.NOT_A_BADGE}


@pytest.mark.parametrize("mode", ["camera", "scanner"])
def test_every_payload_has_its_one_outcome(place: Place, mode: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    problems = []
    for given in load("qr"):
        if given.expected.startswith(("OK:", "either OK", "OK_LEGACY")) or given.id in SIGNED_OTHERWISE:
            with place.database.write_fast() as raw:
                raw.execute("DELETE FROM presence")
        if _is_recipe(given):
            continue
        before = _refused(place)
        admission = place.desk.admit(ours(given), mode=mode)  # type: ignore[arg-type]
        if admission.verdict not in expected_verdicts(given):
            problems.append(f"{given.id} {given.name}: {admission.verdict}, expected {given.expected[:60]}")
        if not admission.verdict.accepted and _refused(place) != before + 1:
            problems.append(f"{given.id} {given.name}: not kept as a refused scan")
        if any(unicodedata.category(c)[0] == "C" for c in admission.payload) or len(admission.payload) > 66:
            problems.append(f"{given.id} {given.name}: shown as {admission.payload!r}")
    assert problems == []
    assert "JBSWY3DPEHPK3PXP" not in caplog.text


def _is_recipe(given: Case) -> bool:
    return given.id in {"qr-111", "qr-113", "qr-115", "qr-117", "qr-119", "qr-121"}


def _refused(place: Place) -> int:
    with place.database.read() as connection:
        return int(connection.exec_driver_sql("SELECT COUNT(*) FROM refused").scalar() or 0)


def test_what_is_said_of_a_newer_badge_and_an_unknown_key(place: Place) -> None:
    from checkin.wording.verdicts import sentence

    newer = place.desk.admit(SIGNED_OTHERWISE["qr-037"][0])
    assert "Update this desk" in sentence(newer, EVENT)
    unknown = place.desk.admit(SIGNED_OTHERWISE["qr-039"][0])
    assert "Sync this desk" in sentence(unknown, EVENT)


def test_qr_041_a_retired_key_is_good_for_badges_that_are_known(place: Place) -> None:
    rotated = Keyring(EVENT.id, {1: EventKey(KEYRING.keys[1].secret, retired=True), 2: EventKey(bytes(32))}, 2)
    place.desk._keyring = rotated
    assert place.desk.admit(OURS).verdict is Verdict.CHECKED_IN
    assert place.desk.admit(make_token(BadgeNumber(9, 5), KEYRING)).verdict is Verdict.FORGED


def test_qr_121_a_reprinted_badge_voids_the_old_one(place: Place) -> None:
    with place.database.write_fast() as raw:
        raw.execute("UPDATE badge SET revision = 1 WHERE serial = 42")
    assert place.desk.admit(OURS).verdict is Verdict.REPLACED
    assert case("qr-121").expected.startswith("REVOKED")


def test_one_outcome_whether_by_camera_or_by_scanner(place: Place) -> None:
    """qr-007 asks for it by name; it holds for every case."""
    for given in load("qr"):
        if _is_recipe(given):
            continue
        with place.database.write_fast() as raw:
            raw.execute("DELETE FROM presence")
        by_camera = place.desk.admit(ours(given), mode="camera").verdict
        with place.database.write_fast() as raw:
            raw.execute("DELETE FROM presence")
        assert place.desk.admit(ours(given), mode="scanner").verdict is by_camera, given.name
