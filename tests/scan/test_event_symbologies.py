"""Tickets of another system: the event names their kinds of codes, and they come to the same verdicts as QR codes."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import zxingcpp
from click import BadParameter

from checkin.app import create_app
from checkin.cli.decode import _codes, _kinds
from checkin.cli.event import event_json
from checkin.cli.scan import _payloads
from checkin.domain.event import SYMBOLOGIES
from checkin.domain.event_file import parse_event
from checkin.domain.verdict import Verdict
from checkin.errors import EventFileError
from checkin.scan.sources import read_all, with_qr
from checkin.sync.editions import fetch_event
from checkin.sync.hub import open_hub
from tests.scan.pictures import room
from tests.small_event import TOML

TICKETS = {"Aztec": "REG-0001", "DataMatrix": "REG-0002", "PDF417": "REG-0003\r\n", "Code128": "REG-0004"}
"""What each kind holds; a boarding pass ends with a line end, as some printers' software writes it."""
ROSTER = "Name,Category,Badge code\n" + "\n".join(
    f"{name},delegate,REG-000{number}" for number, name in enumerate(("Maria", "Somying", "Hoa", "Ahmad"), 1)
)
OTHERS = TOML.replace(
    "[event]",
    "[event]\npractice = true\npractice_start = 2014-07-08T08:30:00\n"
    'symbologies = ["PDF417", "Aztec", "DataMatrix", "Code128"]',
    1,
)


@pytest.fixture(scope="module")
def tickets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tickets")
    for kind, text in TICKETS.items():
        made = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind))
        code = np.array(made.to_image(scale=3, add_quiet_zones=True))
        image = room()
        image[200 : 200 + code.shape[0], 300 : 300 + code.shape[1]] = code[:, :, None]
        cv2.imwrite(str(folder / f"{kind}.png"), image)
    return folder


def test_an_event_names_the_kinds_of_its_tickets_and_their_people_are_admitted(tmp_path: Path, tickets: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER, "utf-8")
    app = create_app(tmp_path / "data", OTHERS)
    try:
        assert event_json(app.event)["symbologies"] == ["Aztec", "DataMatrix", "PDF417", "Code128"]
        app.importer.import_file(roster)
        seen = [
            app.desk.admit(payload, mode=mode)
            for payload, mode, _error in _payloads((str(tickets),), app.event.symbologies)
        ]
        assert {(one.verdict, one.attendee and one.attendee.name) for one in seen} == {
            (Verdict.CHECKED_IN, name) for name in ("Maria", "Somying", "Hoa", "Ahmad")
        }
    finally:
        app.close()


def test_an_event_that_says_nothing_reads_qr_codes_only(tmp_path: Path, tickets: Path) -> None:
    app = create_app(tmp_path / "data", TOML)
    try:
        assert app.event.symbologies == ()
        assert list(read_all(str(tickets), with_qr(app.event.symbologies))) == []
    finally:
        app.close()


def test_the_setting_travels_to_a_desk_that_joins(tmp_path: Path) -> None:
    app = create_app(tmp_path / "data", OTHERS)
    try:
        app.sync()
        pack = fetch_event(open_hub(app.hub_url, app.sync_keys), app.sync_keys)
        assert parse_event(pack.definition).symbologies == app.event.symbologies == SYMBOLOGIES
    finally:
        app.close()


def test_decode_reads_the_kinds_that_are_named(tickets: Path) -> None:
    found = _codes(str(tickets), _kinds("aztec, PDF417"))
    assert {(code.format, code.text) for _source, _frame, code in found} == {
        (kind, TICKETS[kind]) for kind in ("Aztec", "PDF417")
    }
    assert _kinds("ALL") == with_qr(SYMBOLOGIES)
    with pytest.raises(BadParameter, match="Code128"):
        _kinds("ean")


def test_the_names_are_those_of_the_decoders() -> None:
    from typing import get_args

    from checkin.scan.symbologies import Symbology

    assert set(get_args(Symbology)) == {"QRCode", *SYMBOLOGIES}


@pytest.mark.parametrize("wrong", ['["QR"]', '"Aztec"', "[1]", "[[]]", "true"])
def test_a_wrong_kind_is_named_with_its_cure(wrong: str) -> None:
    with pytest.raises(EventFileError, match="must be a list of these: Aztec, DataMatrix, PDF417, Code128"):
        parse_event(TOML.replace("[event]", f"[event]\nsymbologies = {wrong}", 1))
