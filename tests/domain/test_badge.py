"""Our badge token: vectors that another program can check itself against, and what must never be believed."""

from __future__ import annotations

import random

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.badge import BadgeNumber, EventKey, Keyring, is_token, make_token, read_token, sample_token

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


def test_a_hundred_thousand_mutated_tokens_are_refused() -> None:
    assert believed_after_mutation(100_000, seed=3) == 0


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_ten_million_mutated_tokens_are_refused() -> None:
    assert believed_after_mutation(10_000_000, seed=4) == 0


def believed_after_mutation(count: int, seed: int) -> int:
    """Change genuine tokens in the ways of a bad print, a bad scanner and a forger; return how many are believed.

    One digit or several changed, neighbours swapped, a block moved or turned round, one doubled and one lost, one bit of
    the 19 bytes turned, head and MAC of two badges put together.
    """
    chance = random.Random(seed)
    number = BadgeNumber(0, 0)
    believed = 0
    for step in range(count):
        if step % 100 == 0:
            number = BadgeNumber(chance.randrange(1 << 16), chance.randrange(1 << 24), chance.randrange(16))
            text = make_token(number, KEYRING)
            value = int(text)
            other = int(make_token(BadgeNumber(number.issuer, number.serial ^ 1, number.revision), KEYRING))
        way, place = step % 7, chance.randrange(45)
        if way == 0:
            digit = str((int(text[place]) + chance.randint(1, 9)) % 10)
            mutated = text[:place] + digit + text[place + 1 :]
        elif way == 1:
            mutated = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        elif way == 2:
            mutated = text[place:] + text[:place]
        elif way == 3:
            mutated = (text[:place] + text[place] + text[place:])[:46]
        elif way == 4:
            mutated = str(value ^ 1 << chance.randrange(152)).zfill(46)
        elif way == 5:
            mutated = str(value >> 80 << 80 | other & ((1 << 80) - 1)).zfill(46)
        else:
            mutated = text[:20] + "".join(chance.choices("0123456789", k=26))
        reading = read_token(mutated, KEYRING)
        believed += reading.number is not None and mutated != text
    return believed


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


def test_a_sample_looks_like_a_badge_and_is_none() -> None:
    for number in (BadgeNumber(0, 0), BadgeNumber(65535, 16777215, 15, 15), BadgeNumber(1, 42, 0, 1)):
        assert is_token(sample_token(number, KEYRING))
        assert read_token(sample_token(number, KEYRING), KEYRING).flaw == "forged"


def test_a_retired_key_is_flagged_and_a_secret_is_never_shown() -> None:
    text = make_token(BadgeNumber(1, 42), KEYRING)
    rotated = Keyring("asean-2014", {1: EventKey(bytes(range(32)), retired=True), 2: EventKey(bytes(32))}, 2)
    assert read_token(text, rotated).retired_key
    assert bytes(range(32)).hex() not in repr(rotated)
