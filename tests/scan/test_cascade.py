"""The steps of the cascade: each reads what it is there for, puts corners where the code is, and invents nothing."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import segno
import zxingcpp

from checkin.scan import decode
from checkin.scan.cascade import look, steps
from checkin.scan.code import Image
from checkin.scan.decoders.zxing import Zxing
from checkin.scan.regions import likely
from checkin.scan.step import InRegions, InTurn, Squared, Treated
from checkin.scan.symbologies import ALL, QR_ONLY
from checkin.scan.treatments.sharpened import doubled
from checkin.scan.treatments.sized import enlarged
from tests.scan.pictures import TOKEN, held_up, qr, render, room


def gray_of(frame: Image) -> Image:
    return cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY)


def seen(image: Image) -> list[str]:
    return [code.text for code in decode(image)]


@pytest.mark.parametrize("step", steps(), ids=lambda step: type(step).__name__)
def test_every_step_puts_the_corners_around_the_code(step: object) -> None:
    found = step.read(gray_of(held_up(TOKEN))).codes  # type: ignore[attr-defined]
    for code in found:  # a step for other pictures may miss this one; what it finds is in its place
        assert code.text == TOKEN
        assert np.allclose(np.min(code.corners, axis=0), (524, 274), atol=8)
        assert np.allclose(np.max(code.corners, axis=0), (674, 424), atol=8)
        assert code.area == pytest.approx(150 * 150, rel=0.1)  # crossed corners would enclose next to nothing


def test_most_steps_read_a_plain_badge() -> None:
    gray = gray_of(held_up(TOKEN))
    assert sum(bool(step.read(gray).codes) for step in steps()) >= len(steps()) - 1


@pytest.mark.parametrize("step", steps(), ids=lambda step: type(step).__name__)
@pytest.mark.parametrize("shape", [(8, 8), (9, 200), (64, 64), (720, 1280)], ids=str)
def test_a_step_takes_any_size_and_finds_nothing_in_nothing(step: object, shape: tuple[int, int]) -> None:
    assert step.read(np.full(shape, 200, np.uint8)).codes == ()  # type: ignore[attr-defined]


def test_a_region_is_where_the_code_is() -> None:
    x, y, width, height = likely(gray_of(held_up(TOKEN)))[0]
    assert (x, y) <= (524, 274)
    assert (x + width, y + height) >= (674, 424)
    assert width * height < 0.1 * 1280 * 720
    assert likely(np.full((720, 1280), 128, np.uint8)) == []


def test_small_modules_are_read_when_they_are_doubled_and_sharpened() -> None:
    """1.8 pixels a module, out of focus as a webcam's lens is: too small for the decoder alone."""
    small = cv2.resize(qr(TOKEN, 12), None, fx=0.15, fy=0.15, interpolation=cv2.INTER_AREA)
    frame = np.full((360, 640), 150, np.uint8)
    frame[100 : 100 + small.shape[0], 200 : 200 + small.shape[1]] = small
    frame = cv2.GaussianBlur(frame, (0, 0), 0.8)
    assert [code.text for code in InRegions(Treated(Zxing(), doubled)).read(frame).codes] == [TOKEN]
    assert seen(frame) == [TOKEN]


def tilted(share: float, turn: float) -> Image:
    """A badge so much narrower in one direction, and then turned."""
    narrow = cv2.resize(qr(TOKEN, 8), None, fx=share, fy=1, interpolation=cv2.INTER_AREA)
    height, width = narrow.shape
    frame = np.full((720, 1280), 160, np.uint8)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
    matrix[:, 2] += (640 - width / 2, 360 - height / 2)
    return cv2.warpAffine(narrow, matrix, (1280, 720), frame, borderMode=cv2.BORDER_TRANSPARENT)


def test_a_picture_that_was_treated_is_shown_to_one_decoder_after_the_other() -> None:
    treated: list[Image] = []

    def inverted(gray: Image) -> Image:
        treated.append(gray)
        return 255 - gray

    step = Treated(InTurn(Zxing(), Zxing(thorough=True)), inverted)  # only the thorough one reads white on black
    assert [code.text for code in step.read(gray_of(held_up(TOKEN))).codes] == [TOKEN]
    assert len(treated) == 1
    assert step.read(np.full((64, 64), 200, np.uint8)).codes == ()


def test_a_large_picture_is_not_made_larger_still() -> None:
    assert enlarged(np.zeros((200, 300), np.uint8), 1.5, 700).shape == (300, 450)
    assert enlarged(np.zeros((400, 600), np.uint8), 1.5, 700).shape == (467, 700)
    assert enlarged(np.zeros((400, 900), np.uint8), 1.5, 700).shape == (400, 900)


@pytest.mark.parametrize("turn", [0, 35, 70, 120])
def test_a_badge_tilted_by_65_degrees_is_read_as_a_square(turn: float) -> None:
    frame = tilted(0.42, turn)
    assert [code.text for code in Squared(Zxing()).read(frame).codes] == [TOKEN]
    (code,) = decode(frame)
    assert code.text == TOKEN
    middle = np.mean(code.corners, axis=0)
    assert np.allclose(middle, (640, 360), atol=10)


def test_a_badge_in_the_dark_and_one_on_a_dark_phone() -> None:
    frame = held_up(TOKEN)
    assert seen((frame * 0.06).astype(np.uint8)) == [TOKEN]
    assert seen(255 - frame) == [TOKEN]
    small = held_up(TOKEN, scale=2)
    assert seen(255 - cv2.GaussianBlur(small, (0, 0), 0.8)) == [TOKEN]


@pytest.mark.parametrize("paper", [(250, 240, 220), (180, 220, 255), (200, 255, 200)])
@pytest.mark.parametrize("ink", [(90, 30, 10), (20, 20, 120), (110, 40, 90)])
def test_ink_of_one_colour_on_paper_of_another(paper: tuple[int, ...], ink: tuple[int, ...]) -> None:
    code = qr(TOKEN)[..., None] / 255
    assert seen((code * np.array(paper) + (1 - code) * np.array(ink)).astype(np.uint8)) == [TOKEN]


def test_micro_qr_is_refused() -> None:
    """It has so few check bits that clutter passes for it: never a number, whatever else is looked for."""
    for text in ("12345", "0397718287", "REG-00123"):
        image = render(segno.make_micro(text), 8)
        assert decode(image) == []
        assert decode(image, ALL) == []


def test_what_no_step_reads_is_where_the_first_one_saw_it() -> None:
    frame = held_up(TOKEN, scale=3)
    frame[292:332, 542:582] = 128
    found = look(gray_of(frame))
    assert found.codes == ()
    assert np.allclose(found.unread[0][0], (512, 262), atol=4)


OTHERS = {"Aztec": TOKEN, "DataMatrix": TOKEN, "PDF417": TOKEN, "Code128": "REG-00123"}


def other(name: str) -> Image:
    """A code of another symbology, in a room."""
    symbol = np.array(zxingcpp.create_barcode(OTHERS[name], getattr(zxingcpp.BarcodeFormat, name)).to_image(scale=3))
    frame = gray_of(room())
    height, width = symbol.shape[0] + 60, symbol.shape[1] + 60
    frame[200 : 200 + height, 200 : 200 + width] = 255
    frame[230 : 170 + height, 230 : 170 + width] = symbol
    return frame


@pytest.mark.parametrize("name", OTHERS)
def test_other_symbologies_are_read_only_where_they_are_asked_for(name: str) -> None:
    frame = other(name)
    assert decode(frame) == []
    (code,) = decode(frame, frozenset({"QRCode", name}))  # type: ignore[arg-type]
    assert (code.text, code.data, code.format) == (OTHERS[name], OTHERS[name].encode(), name)
    (alone,) = decode(frame, frozenset({name}))  # type: ignore[arg-type]
    assert alone == code
    assert decode(gray_of(held_up(TOKEN)), frozenset({name})) == []  # type: ignore[arg-type]


def test_qr_codes_are_read_beside_all_others() -> None:
    assert [code.format for code in decode(held_up(TOKEN), ALL)] == ["QRCode"]


def test_the_first_step_is_the_cheap_one() -> None:
    assert isinstance(steps(QR_ONLY)[0], Zxing)
    assert steps(QR_ONLY) is steps(QR_ONLY)
