"""Badges typed by a hand scanner through the keyboard layouts of the region: the right person or nobody, never another."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from checkin.desk.resolve import examine, resolve
from checkin.domain.badge import BadgeNumber, make_token
from checkin.scan.keyboard import Key, KeyBurst
from tests.domain.test_layouts import TYPED, type_under
from tests.small_event import KEYRING, make_place, someone

LAYOUTS = ("us", "us+caps", "thai-kedmanee", "thai-kedmanee+caps", "thai-pattachote", "azerty", "qwertz")
PEOPLE = 500


def test_random_tokens_through_seven_layouts(tmp_path: Path) -> None:
    right, refused = typed_by_a_scanner(tmp_path, 300, seed=1)
    assert right == 300 // 2 * len(LAYOUTS), "every genuine badge is read under every layout"
    assert refused == 300 // 2 * len(LAYOUTS)


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_10_000_random_tokens_through_seven_layouts(tmp_path: Path) -> None:
    right, refused = typed_by_a_scanner(tmp_path, 10_000, seed=2)
    assert right + refused == 10_000 * len(LAYOUTS)
    assert right == 5_000 * len(LAYOUTS)


def typed_by_a_scanner(folder: Path, tokens: int, seed: int) -> tuple[int, int]:
    """Type tokens, every second one of somebody on the list, the others random digits; return (right, refused).

    Fails at once where a text is taken for somebody else, or random digits for anybody.
    """
    chance = random.Random(seed)
    place = make_place(folder, [someone(number) for number in range(1, PEOPLE + 1)])
    right = refused = 0
    for number in range(tokens):
        serial = chance.randint(1, PEOPLE) if number % 2 else 0
        digits = make_token(BadgeNumber(1, serial), KEYRING) if serial else "".join(chance.choices("0123456789", k=46))
        for layout in LAYOUTS:
            text = scanned(type_under(layout, digits) if layout in TYPED else digits)
            with place.database.read() as connection:
                raw = connection.connection.driver_connection
                found = resolve(raw, examine(text, KEYRING), "2014-07-08", "door-1")
            who = found.found.attendee.name if found.found else ""
            assert found.issued_elsewhere is None, f"{digits} under {layout} is nobody's badge and was believed"
            assert who in ("", f"Person {serial}"), f"{digits} under {layout} was taken for {who}"
            right += bool(who)
            refused += not who
    place.database.close()
    return right, refused


def scanned(text: str) -> str:
    """Return what the window's keyboard filter hands on of a scanner's keys, 4 ms apart, with Enter after them."""
    burst, now = KeyBurst(), 0.0
    for char in text:
        decision = burst.feed(char, now, Key.TEXT)
        assert decision.scan is None
        now += 0.004
    decision = burst.feed("\r", now, Key.END)
    assert decision.scan is not None, "a scanner's burst was taken for typing"
    return decision.scan.text
