"""What a hand scanner types under a foreign layout, put right: never another badge."""

from __future__ import annotations

import ctypes
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin.domain import layouts
from checkin.domain.badge import BadgeNumber, EventKey, Keyring, make_token, read_token
from checkin.domain.layouts import unmap
from checkin.domain.payload import candidates

CODES = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", min_size=1, max_size=40)
TOKENS = st.text(alphabet="0123456789", min_size=46, max_size=46)
ROWS = layouts._LAYOUTS


def caps(row: str) -> str:
    return "".join(char.swapcase() if len(char.swapcase()) == 1 else char for char in row)


# layout -> (what its keys type without Shift, with Shift), in the order of the keys of the US layout
TYPED = {
    "us+caps": tuple(map(caps, layouts._US)),
    **ROWS,
    **{f"{name}+caps": (high, low) for name, (low, high) in ROWS.items()},
    **{f"{name}+caps on X11": (caps(low), caps(high)) for name, (low, high) in ROWS.items() if "thai" not in name},
}


def type_under(layout: str, text: str) -> str:
    low, high = TYPED[layout]
    keys = dict(zip(layouts._US[0] + layouts._US[1] + " ", low + high + " ", strict=True))
    return "".join(keys[char] for char in text)


@pytest.mark.parametrize("layout", sorted(TYPED))
@settings(max_examples=200, deadline=None)
@given(text=st.one_of(CODES, TOKENS))
def test_what_was_meant_is_among_the_answers(layout: str, text: str) -> None:
    typed = type_under(layout, text)
    assert typed == text or text in [meant for _layout, meant in unmap(typed)]


@pytest.mark.parametrize("layout", sorted(TYPED))
@settings(max_examples=100, deadline=None)
@given(issuer=st.integers(0, 0xFFFF), serial=st.integers(0, 0xFFFFFF), secret=st.binary(min_size=32, max_size=32))
def test_a_genuine_badge_under_any_layout_is_that_badge(layout: str, issuer: int, serial: int, secret: bytes) -> None:
    ring = Keyring("event", {1: EventKey(secret)}, 1)
    token = make_token(BadgeNumber(issuer, serial), ring)
    readings = [reading for reading in candidates(type_under(layout, token)) if reading.kind == "token"]
    genuine = [reading.text for reading in readings if read_token(reading.text, ring).number is not None]
    assert genuine == [token]


@settings(max_examples=300, deadline=None)
@given(code=CODES)
def test_a_code_that_was_normalised_on_the_way_is_among_the_answers_or_refused(code: str) -> None:
    """NFC moves Thai marks: J6B6 arrives as if it were B66J. All orders that it can have had are offered, or none."""
    typed = unicodedata.normalize("NFC", type_under("thai-kedmanee", code))
    answers = [meant for layout, meant in unmap(typed) if layout == "thai-kedmanee"]
    assert code in answers or not answers


def test_too_many_marks_are_refused() -> None:
    typed = unicodedata.normalize("NFC", type_under("thai-kedmanee", "J6B6U6B6J6B6U6B"))
    assert not list(unmap(typed))


def test_marks_in_the_order_of_the_keys_have_one_meaning() -> None:
    typed = "\u0e4b\u0e38\u0e3a\u0e38"
    assert [meant for layout, meant in unmap(typed) if layout == "thai-kedmanee"] == ["J6B6"]


def test_normalised_marks_are_ambiguous() -> None:
    answers = [meant for layout, meant in unmap("\u0e3a\u0e38\u0e38\u0e4b") if layout == "thai-kedmanee"]
    assert {"B66J", "J6B6"} <= set(answers)


def test_split_sara_am_means_nothing() -> None:
    assert not [meant for layout, meant in unmap("\u0e4d\u0e32\u0e16") if layout.startswith("thai")]


def test_text_of_the_us_layout_is_not_called_repaired() -> None:
    assert ("qwertz", "REG-1") not in list(unmap("REG-1"))
    assert list(unmap("0397718287356349055631029448214353408010949736")) == [
        pair for pair in unmap("0397718287356349055631029448214353408010949736") if pair[0].startswith("azerty")
    ]


def test_long_texts_are_left_alone() -> None:
    assert list(unmap("ๅ" * 601)) == []


class _Names(ctypes.Structure):
    _fields_ = [(name, ctypes.c_char_p) for name in ("rules", "model", "layout", "variant", "options")]


def _installed(layout: str, variant: str, shift: bool) -> list[str]:
    """What the installed xkeyboard-config types on the 47 keys, asked of libxkbcommon; "" for a dead key."""
    try:
        xkb = ctypes.CDLL("libxkbcommon.so.0")
    except OSError:
        pytest.skip("no libxkbcommon here: the tables were not compared with the installed layouts")
    for name in ("xkb_context_new", "xkb_keymap_new_from_names", "xkb_state_new"):
        getattr(xkb, name).restype = ctypes.c_void_p
    context = ctypes.c_void_p(xkb.xkb_context_new(0))
    names = _Names(b"evdev", b"pc105", layout.encode(), variant.encode(), b"")
    keymap = xkb.xkb_keymap_new_from_names(context, ctypes.byref(names), 0)
    if not keymap:
        pytest.skip("no xkb-data here: the tables were not compared with the installed layouts")
    keymap = ctypes.c_void_p(keymap)
    state = ctypes.c_void_p(xkb.xkb_state_new(keymap))
    mask = (1 << xkb.xkb_keymap_mod_get_index(keymap, b"Shift")) if shift else 0
    xkb.xkb_state_update_mask(state, mask, 0, 0, 0, 0, 0)
    typed = []
    for code in [49, *range(10, 22), *range(24, 36), 51, *range(38, 49), *range(52, 62)]:
        buffer = ctypes.create_string_buffer(16)
        xkb.xkb_state_key_get_utf8(state, code, buffer, 16)
        typed.append(buffer.value.decode())
    xkb.xkb_state_unref(state)
    xkb.xkb_keymap_unref(keymap)
    xkb.xkb_context_unref(context)
    return typed


@pytest.mark.parametrize(
    ("ours", "layout", "variant"),
    [
        (layouts._US, "us", ""),
        (ROWS["thai-kedmanee"], "th", ""),
        (ROWS["thai-pattachote"], "th", "pat"),
        (ROWS["azerty"], "fr", ""),
        (ROWS["qwertz"], "de", ""),
    ],
    ids=["us", "kedmanee", "pattachote", "azerty", "qwertz"],
)
@pytest.mark.parametrize("shift", [False, True])
def test_tables_are_those_of_the_system(ours: tuple[str, str], layout: str, variant: str, shift: bool) -> None:
    theirs = _installed(layout, variant, shift)
    row = ours[1] if shift else ours[0]
    assert len(row) == 47
    assert [(mine, real) for mine, real in zip(row, theirs, strict=True) if real and mine != real] == []
