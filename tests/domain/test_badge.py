"""Our badge token: vectors that another program can check itself against, and what must never be believed."""

from __future__ import annotations

import random

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.badge import BadgeNumber, EventKey, Keyring, is_token, make_token, read_token

KEYRING = Keyring("asean-2014", {1: EventKey(bytes(range(32)))}, 1)

VECTORS = [
    (BadgeNumber(1, 42, 0, 1), "0400648458817905256740276438136214383371220617"),
    (BadgeNumber(0, 0, 0, 0), "0400648458812712946881883290392052241944031102"),
    (BadgeNumber(65535, 16777215, 15, 15), "0400648799095079867819951355634431101411405635"),
]


@pytest.mark.parametrize(("number", "text"), VECTORS)
def test_vectors(number: BadgeNumber, text: str) -> None:
    assert make_token(number, KEYRING) == text
    assert read_token(text, KEYRING).number == number


@given(st.integers(0, 0xFFFF), st.integers(0, 0xFFFFFF), st.integers(0, 15), st.integers(0, 15))
def test_what_is_made_is_read(issuer: int, serial: int, revision: int, category: int) -> None:
    number = BadgeNumber(issuer, serial, revision, category)
    text = make_token(number, KEYRING)
    assert is_token(text)
    assert read_token(text, KEYRING).number == number


def test_it_fits_a_qr_code_of_25_modules() -> None:
    code = segno.make_qr(make_token(BadgeNumber(65535, 16777215, 15, 15), KEYRING), error="q", mode="numeric")
    assert code.version == 2
    assert code.symbol_size(border=0) == (25, 25)


def test_no_changed_digit_and_no_swapped_neighbours_are_believed() -> None:
    text = make_token(BadgeNumber(1, 42, 0, 1), KEYRING)
    changed = {text[:i] + digit + text[i + 1 :] for i in range(46) for digit in "0123456789"} - {text}
    swapped = {text[:i] + text[i + 1] + text[i] + text[i + 2 :] for i in range(45)} - {text}
    assert all(read_token(other, KEYRING).number is None for other in changed | swapped)


def test_a_hundred_thousand_guesses_are_refused() -> None:
    chance = random.Random(1)
    head = make_token(BadgeNumber(1, 42), KEYRING)[:20]
    guesses = (head + "".join(chance.choices("0123456789", k=26)) for _ in range(100_000))
    assert all(read_token(guess, KEYRING).number is None for guess in guesses)


@pytest.mark.parametrize(
    ("ring", "flaw"),
    [
        (Keyring("another-event", {1: EventKey(bytes(range(32)))}, 1), "other_event"),
        (Keyring("asean-2014", {2: EventKey(bytes(range(32)))}, 2), "unknown_key"),
        (Keyring("asean-2014", {1: EventKey(bytes(32))}, 1), "forged"),
    ],
)
def test_the_first_thing_wrong_is_named(ring: Keyring, flaw: str) -> None:
    assert read_token(make_token(BadgeNumber(1, 42), ring), KEYRING).flaw == flaw


def test_a_newer_version_and_a_number_too_large() -> None:
    newer = str(2 << 148 | 1 << 144).zfill(46)
    assert read_token(newer, KEYRING).flaw == "newer_version"
    assert read_token("9" * 46, KEYRING).flaw == "forged"


@pytest.mark.parametrize(
    "text", ["๐" * 46, "²" * 46, "1" * 45, "1" * 47, "+" + "1" * 45, "1_1" + "1" * 43, " " + "1" * 45]
)
def test_only_46_ascii_digits_are_a_token(text: str) -> None:
    assert not is_token(text)


def test_a_retired_key_is_flagged_and_a_secret_is_never_shown() -> None:
    text = make_token(BadgeNumber(1, 42), KEYRING)
    rotated = Keyring("asean-2014", {1: EventKey(bytes(range(32)), retired=True), 2: EventKey(bytes(32))}, 2)
    assert read_token(text, rotated).retired_key
    assert bytes(range(32)).hex() not in repr(rotated)
