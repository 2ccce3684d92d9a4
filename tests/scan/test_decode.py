"""Codes out of pictures: the right text, from the bytes, or none."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
import segno

from checkin.scan import Reader, available_decoders, decode, read_all
from checkin.scan.code import text_of
from checkin.scan.decoders import zbar
from tests.scan.pictures import OTHER, TOKEN, held_up, noisy, qr, render, room
from tests.shared import shared_dir


def texts(image: np.ndarray) -> list[str]:
    return sorted(code.text for code in decode(image))


def test_a_code_has_its_bytes_format_and_corners() -> None:
    (code,) = decode(held_up(TOKEN, at=(500, 250), scale=6))
    assert (code.text, code.data, code.format) == (TOKEN, TOKEN.encode(), "QRCode")
    left, top, right, bottom = 524, 274, 674, 424
    expected = [(left, top), (right, top), (right, bottom), (left, bottom)]
    assert np.allclose(code.corners, expected, atol=3)


@pytest.mark.parametrize("decoder", [status for status in available_decoders() if status.decoder], ids=lambda s: s.name)
@pytest.mark.parametrize(
    "text",
    [TOKEN, "REG-00123", "สมชาย ใจดี", "ศิริพร ทองคำ", "Nguyễn Thị Ánh Hồng", "Trần Đức Thịnh", "ສົມໃຈ", "ဒေါ်အောင်", "ទេព"],
)
def test_every_script_comes_out_as_it_was_put_in(decoder: object, text: str) -> None:
    codes = decoder.decoder.read(np.ascontiguousarray(cv2.cvtColor(held_up(text), cv2.COLOR_BGR2GRAY))).codes  # type: ignore[attr-defined]
    assert [code.text for code in codes] == [text]
    assert codes[0].data == text.encode()


@pytest.mark.parametrize("decoder", [status for status in available_decoders() if status.decoder], ids=lambda s: s.name)
def test_corners_go_around_the_code(decoder: object) -> None:
    gray = cv2.cvtColor(held_up(TOKEN), cv2.COLOR_BGR2GRAY)
    (code,) = decoder.decoder.read(gray).codes  # type: ignore[attr-defined]
    assert code.area == pytest.approx(150 * 150, rel=0.1)  # crossed corners would enclose next to nothing


def test_bytes_that_are_no_utf_8() -> None:
    assert text_of("สวัสดี".encode("cp874")) == "สวัสดี"
    assert text_of(b"\xff\xfe\xfa") == "ÿþú"
    assert text_of(b"\xed\xa0\x80abc")


def test_gray_colour_and_sizes() -> None:
    colour = held_up(TOKEN)
    gray = cv2.cvtColor(colour, cv2.COLOR_BGR2GRAY)
    for image in (colour, gray, gray[:, :, None], cv2.cvtColor(colour, cv2.COLOR_BGR2BGRA), colour[:, ::-1][:, ::-1]):
        assert texts(image) == [TOKEN]


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((0, 0, 3), np.uint8),
        np.zeros((720, 0), np.uint8),
        np.zeros((1, 1, 3), np.uint8),
        np.zeros((7, 1279), np.uint8),
        np.zeros((33, 47, 2), np.uint8),
        np.zeros((64, 64), np.float32),
        np.zeros((64,), np.uint8),
    ],
    ids=lambda image: f"{image.shape}{image.dtype}",
)
def test_camera_007_malformed_frames_hold_no_codes(image: np.ndarray) -> None:
    assert decode(image) == []
    assert Reader().read(image) == []


def test_odd_sizes_are_read() -> None:
    assert texts(held_up(TOKEN)[:717, :1277]) == [TOKEN]


def test_empty_room_shows_nothing() -> None:
    for seed in range(5):
        assert decode(room(seed)) == []


def test_qr_111_a_part_of_a_message_is_no_code() -> None:
    for symbol in segno.make_sequence(TOKEN, symbol_count=2):
        assert decode(render(symbol)) == []
    for count in (2, 3, 5):
        for symbol in segno.make_sequence("REG-00123-" * 8, symbol_count=count):
            assert decode(render(symbol, 4)) == []


def test_whole_messages_of_every_mask_and_size_are_codes() -> None:
    for mask in range(8):
        for version in (2, 3, 5, 7, 10):
            symbol = segno.make_qr(TOKEN, version=version, mask=mask, error="q")
            assert texts(render(symbol, 4)) == [TOKEN], f"mask {mask}, version {version}"


def test_qr_113_two_copies_of_one_badge_in_a_frame() -> None:
    frame = held_up(TOKEN, at=(800, 200), frame=held_up(TOKEN, at=(200, 250)))
    assert set(texts(frame)) == {TOKEN}


def test_two_badges_in_a_frame_are_both_seen() -> None:
    assert texts(held_up(OTHER, at=(800, 200), frame=held_up(TOKEN, at=(200, 250)))) == [TOKEN, OTHER]


def test_qr_115_inverted_colours_are_read() -> None:
    """Dark-mode phones show white on black: it is the same badge."""
    assert texts(255 - qr(TOKEN)) == [TOKEN]


def test_qr_117_a_code_that_is_40_per_cent_destroyed_is_never_another_text() -> None:
    rng = np.random.default_rng(117)
    clean = qr(TOKEN, 4)
    read = 0
    for _render in range(500):
        image = clean.copy()
        side = round((0.4 * 100 * 100) ** 0.5)
        x, y = rng.integers(16, 16 + 100 - side, 2)
        patch = rng.integers(0, 2, (side // 4 + 1, side // 4 + 1), np.uint8) * 255
        image[y : y + side, x : x + side] = np.kron(patch, np.ones((4, 4), np.uint8))[:side, :side]
        found = [code.text for code in decode(image)]
        assert found in ([], [TOKEN])
        read += bool(found)
    assert read < 500  # it was really destroyed


def test_photographs_give_no_wrong_text() -> None:
    """A fifth of the photographs with known texts: nothing is read that is not there, and most of what is there is."""
    folder = shared_dir() / "qr"
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for i, row in enumerate(csv.DictReader(file)) if i % 5 == 0]
    hit = total = 0
    for row in rows:
        image = cv2.imread(str(folder / row["file"]))
        scale = min(1.0, 1280 / max(image.shape))
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        truths = json.loads(row["expected"])
        known = {_plain(text) for text in truths}
        found = {_plain(code.text) for code in decode(image)}
        if int(row["codes_of_unknown_text"]) == 0 and all(map(str.isascii, truths)):  # else: which charset was meant
            assert found <= known, row["file"]
        hit += bool(found & known)
        total += bool(known)
    assert hit / total > 0.85


def _plain(text: str) -> str:
    """The text without what the truths of different sources disagree on: line ends, blanks, the charset's guess."""
    return "".join(char for char in text if char.isascii() and char.isprintable()).strip()


def test_reader_reads_a_badge_and_lets_it_go() -> None:
    reader, rng = Reader(), np.random.default_rng(5)
    empty, shown = room(), held_up(TOKEN)
    seen = [bool(reader.read(noisy(frame, rng))) for frame in [empty] * 20 + [shown] * 20 + [empty] * 20]
    assert not any(seen[:20])
    assert all(seen[20:40])
    assert not any(seen[41:])


def test_reader_sees_a_badge_that_comes_to_a_still_scene() -> None:
    """After a long quiet time the first frame with a badge is read at once."""
    reader, rng = Reader(), np.random.default_rng(6)
    for _frame in range(100):
        assert reader.read(noisy(room(), rng)) == []
    assert [code.text for code in reader.read(noisy(held_up(TOKEN), rng))] == [TOKEN]


def test_reader_tells_two_badges_at_one_place_apart() -> None:
    reader, rng = Reader(), np.random.default_rng(7)
    for _frame in range(30):
        reader.read(noisy(held_up(TOKEN), rng))
    later = [reader.read(noisy(held_up(OTHER), rng)) for _frame in range(20)]
    assert [code.text for code in later[-1]] == [OTHER]


def test_reader_hands_out_corners_of_the_frame_it_was_given() -> None:
    large = cv2.resize(held_up(TOKEN), (3840, 2160), interpolation=cv2.INTER_CUBIC)
    (code,) = Reader().read(large)
    assert np.allclose(code.corners[0], (524 * 3, 274 * 3), atol=12)


def test_reader_keeps_nothing_of_a_long_day() -> None:
    import tracemalloc

    reader = Reader()
    frames = [room(seed, 360, 640) for seed in range(4)]
    for i in range(40):
        reader.read(frames[i % 4])
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for i in range(300):
        reader.read(frames[i % 4])
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 1_000_000


def test_reader_says_where_a_code_is_that_cannot_be_read() -> None:
    frame = held_up(TOKEN, scale=3)
    x, y = 512 + 30, 262 + 30
    frame[y : y + 36, x : x + 36] = 128
    reader = Reader()
    assert reader.read(frame) == []
    (corners,) = reader.unread
    assert np.allclose(corners[0], (512, 262), atol=3)
    assert reader.hint is not None, "a patch over the middle looks like more than one thing"


def test_both_decoders_work_here() -> None:
    assert [(status.name, status.message) for status in available_decoders()] == [("zxing-cpp", ""), ("pyzbar", "")]


def test_a_missing_library_is_said_and_the_other_reads_on() -> None:
    """In a process of its own, where pyzbar's library cannot be loaded, as on a bare Windows."""
    program = (
        "import sys; sys.modules['pyzbar.wrapper'] = None\n"
        "from checkin.scan import available_decoders, decode\n"
        "from tests.scan.pictures import held_up, TOKEN\n"
        "first, second = available_decoders()\n"
        "assert first.decoder and not second.decoder and 'pyzbar' in second.message and second.problem\n"
        "assert [code.text for code in decode(held_up(TOKEN))] == [TOKEN]\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_importing_is_cheap_and_leaves_qt_alone() -> None:
    program = (
        "import os, sys; os.environ.pop('QT_QPA_FONTDIR', None); os.environ['QT_QPA_PLATFORM_PLUGIN_PATH'] = 'mine'\n"
        "import checkin.scan\n"
        "assert not {'cv2', 'numpy', 'zxingcpp', 'pyzbar'} & set(sys.modules)\n"
        "from checkin.scan.opencv import cv2; cv2(); checkin.scan.list_cameras()\n"
        "assert 'QT_QPA_FONTDIR' not in os.environ and os.environ['QT_QPA_PLATFORM_PLUGIN_PATH'] == 'mine'\n"
    )
    assert subprocess.run([sys.executable, "-c", program], env=dict(os.environ), check=False).returncode == 0


def test_zbar_takes_any_size() -> None:
    assert zbar.load().read(np.full((8, 8), 200, np.uint8)).codes == ()


@pytest.mark.parametrize("light", [None, "white"])
def test_a_ticket_saved_with_a_transparent_ground_is_read(tmp_path: Path, light: str | None) -> None:
    segno.make_qr(TOKEN, error="q").save(str(tmp_path / "ticket.png"), scale=8, light=light)
    assert [code.text for sighting in read_all(str(tmp_path / "ticket.png")) for code in sighting.taken] == [TOKEN]


def test_a_picture_with_an_alpha_channel_is_laid_on_white(tmp_path: Path) -> None:
    plain = qr(TOKEN)
    plain = plain[..., 0] if plain.ndim == 3 else plain
    see_through = np.zeros((*plain.shape, 4), np.uint8)
    see_through[..., 3] = 255 - plain
    cv2.imwrite(str(tmp_path / "ticket.png"), see_through)
    assert [code.text for sighting in read_all(str(tmp_path / "ticket.png")) for code in sighting.taken] == [TOKEN]


def test_a_broken_film_is_one_sentence_and_nothing_of_the_librarys(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"\0" * 1000)
    done = subprocess.run(
        [sys.executable, "-m", "checkin", "decode", str(tmp_path / "film.mp4")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "The file “film.mp4” is not a picture or film that can be read.\n"
