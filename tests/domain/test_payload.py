"""What a text is: one of our badges, another system's code, or no badge; the same for camera and hand scanner."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.payload import Reading, candidates, trim
from tests.shared import shared_dir

TOKEN = "0397718287356349055631029448214353408010949736"


def tokens(text: str) -> list[str]:
    return [reading.text for reading in candidates(text) if reading.kind == "token"]


def plausible(text: str) -> list[Reading]:
    """The readings for which the desk says "not on the list" rather than "not a badge"."""
    return [reading for reading in candidates(text) if reading.kind == "code" and reading.system]


def cases(area: str) -> list[dict[str, str]]:
    lines = (shared_dir() / "bad_inputs.jsonl").read_text("utf-8").splitlines()
    return [case for case in map(json.loads, lines) if case["area"] == area and case["enc"] != "recipe"]


def text_of(case: dict[str, str]) -> str:
    if case["enc"] == "base64":
        from checkin.scan.code import text_of as scanned

        return scanned(base64.b64decode(case["input"]))
    return case["input"]


def test_hand_scanner_texts() -> None:
    """Every text of the hand scanner area: the badge is found, or nothing that could be somebody else's is offered."""
    for case in cases("hid"):
        text, name = text_of(case), f"{case['id']} {case['name']}"
        if case["id"] in {"hid-005", "hid-007", "hid-009", "hid-011"}:
            continue  # codes: below
        assert tokens(text) == [TOKEN], name


def test_plain_code_under_thai_caps() -> None:
    codes = [reading.text for reading in candidates("๕๖๗฿") if reading.kind == "code"]
    assert "8907" in codes
    assert not [code for code in codes if code.startswith("567")]


def test_marks_that_were_normalised() -> None:
    plain = {reading.text for reading in candidates("\u0e4b\u0e38\u0e3a\u0e38") if reading.kind == "code"}
    assert "J6B6" in plain
    assert "B66J" not in plain
    normalised = {reading.text for reading in candidates("\u0e3a\u0e38\u0e38\u0e4b") if reading.kind == "code"}
    assert {"J6B6", "B66J"} <= normalised  # two people: the desk refuses; one of them on the list: that one
    assert "e5" not in {reading.text for reading in candidates("\u0e4d\u0e32\u0e16")}
    assert "Yk5" not in {reading.text for reading in candidates("\u0e4d\u0e32\u0e16")}


def test_camera_texts() -> None:
    for case in cases("qr"):
        text, name, expected = text_of(case), f"{case['id']} {case['name']}", case["expected"]
        if expected.startswith("NOT_A_BADGE"):
            assert tokens(text) == [], name
            assert plausible(text) == [], name
        elif expected.startswith(("OK: ", "OK_LEGACY", "either OK")):
            assert tokens(text) == [TOKEN], name
        else:  # forged, other event, other version: all of them have a token's shape
            assert tokens(text) == [text.strip()], name


@pytest.mark.parametrize(
    ("text", "system", "code"),
    [
        ("x9fmx7bp2q4zvq8k3ws6nd5tyhjr2gea", "pretix", ""),
        ("=" + "Ab9/" * 23 + "AEA" + "aAQA", "pretix_sig1", ""),
        ("d0aaec05-2cbe-4f8a-8a9d-0f5d6ae5ad6b/" + "k" * 43 + "=", "alf.io", ""),
        ("d0aaec05-2cbe-4f8a-8a9d-0f5d6ae5ad6b", "uuid", ""),
        ("1174926113945678920001", "number", ""),
        ("A-7K3QZ9P", "hi.events", ""),
        ("A-7K3QZ9P-1", "hi.events", ""),
        ("REG-00123", "opaque", ""),
        (
            '{"registrant_id": 42, "checkin_secret": "d0aaec05-2cbe-4f8a-8a9d-0f5d6ae5ad6b", "server_url": "x"}',
            "indico",
            "d0aaec05-2cbe-4f8a-8a9d-0f5d6ae5ad6b",
        ),
        (
            '{"i":["2","indico.example.org","0KrsBSy+T4qKnQ9dauWtaw=="]}',
            "indico",
            "d0aaec05-2cbe-4f8a-8a9d-0f5d6ae5ad6b",
        ),
    ],
)
def test_codes_of_other_systems(text: str, system: str, code: str) -> None:
    first = candidates(text)[0]
    assert (first.kind, first.system, first.text, first.repaired) == ("code", system, code or text, "")


def test_pretix_signed_ticket_as_pretix_makes_it() -> None:
    payload, signature = bytes(range(23)), bytes(64)
    raw = b"\x01" + len(payload).to_bytes(2, "big") + len(signature).to_bytes(2, "big") + payload + signature
    assert candidates(base64.b64encode(raw).decode()[::-1])[0].system == "pretix_sig1"


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("https://example.org/x", "web"),
        ("www.example.org", "web"),
        ("javascript:alert(1)", "web"),
        ("WIFI:T:WPA;S:hall;P:secret;;", "wifi"),
        ("BEGIN:VCARD\nFN:x\nEND:VCARD", "contact"),
        ("BEGIN:VEVENT\nEND:VEVENT", "calendar"),
        ("tel:+66812345678", "phone"),
        ("mailto:a@example.org", "mail"),
        ("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP", "secret"),
        ("00020101021129370016A000000677010111", "payment"),
        ("HC1:6BFOXN%TS3DH", "health"),
        ("\x00", "empty"),
        (TOKEN[:-1], "damaged"),
        (TOKEN + "0", "damaged"),
        (TOKEN * 2, "damaged"),
        (TOKEN.replace("2", "²", 1), "damaged"),
        ("hello", "text"),
    ],
)
def test_what_it_is_instead_of_a_badge(text: str, thing: str) -> None:
    assert candidates(text)[-1].thing == thing
    assert tokens(text) == []
    assert plausible(text) == []


@pytest.mark.parametrize("text", ["ABY123", "QAZW1", "aBcD1234"])
def test_a_code_that_is_one_as_typed_is_no_other_code(text: str) -> None:
    """QWERTZ would make ABZ123 of ABY123, AZERTY AQWZ1 of QAZW1: somebody else's, if that badge is not on the list."""
    assert {reading.text.upper() for reading in candidates(text) if reading.kind == "code"} == {text.upper()}


def test_caps_lock_is_undone() -> None:
    assert ("REG-00123", "us+caps") in [(reading.text, reading.repaired) for reading in candidates("reg-00123")]


@pytest.mark.parametrize("text", [f"{TOKEN}\r\n", f"{TOKEN}\0", f"\ufeff{TOKEN}", f"]Q1{TOKEN}", f"\x02{TOKEN}\x03"])
def test_framing_is_trimmed_once(text: str) -> None:
    assert trim(text) == TOKEN
    assert tokens(text) == [TOKEN]
    assert tokens(f"]Q1{text}" if text.startswith("]") else f"]]{text}") == []


@given(st.text(max_size=5000))
def test_any_text_has_an_answer(text: str) -> None:
    last = candidates(text)[-1]
    assert last.kind == "other"
    assert last.thing is not None
    assert len(last.text) <= 4296
