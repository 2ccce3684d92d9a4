"""The recording: what is held up in it is read, and comes to the true verdicts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from checkin.app import open_demo
from checkin.demo import Truth, compare, demo_files, load_truth
from checkin.desk.results import Admission
from checkin.domain.attendee import Attendee
from checkin.domain.event_file import parse_event
from checkin.domain.verdict import Verdict, is_expected
from checkin.reports.counts import Counts, count
from checkin.scan import Reader, open_source, sightings
from tools.demo.people import SEED, make_people
from tools.demo.storyboard import FPS
from tools.demo.timetable import make_scenes, truth


@pytest.fixture(scope="module")
def true() -> Truth:
    return load_truth(demo_files().truth)


def test_the_shipped_truth_is_what_the_script_makes() -> None:
    event, people = parse_event(demo_files().event.read_text("utf-8")), make_people()
    scenes, frames = make_scenes(people, event, SEED)
    assert demo_files().truth.read_text("utf-8") == truth(scenes, frames, people, event), "run tools/make_demo.py"


def test_the_recording_shows_what_a_newcomer_should_see(true: Truth) -> None:
    verdicts = Counter(shown.verdict for shown in true.shown)
    assert {"checked_in", "already_in", "unknown", "other_event", "forged", "cancelled", "blocked", "wrong_day"} < set(
        verdicts
    )
    assert verdicts[Verdict.NOT_A_BADGE] == 1
    longest = max(true.shown, key=lambda shown: shown.last_frame - shown.first_frame)
    assert longest.last_frame - longest.first_frame >= 10 * FPS
    twice = [payload for payload, n in Counter(shown.payload for shown in true.shown).items() if n == 2]
    assert len(twice) == 1
    assert 25 <= len(true.shown) <= 32
    assert 75 <= true.frames / true.fps <= 105
    assert sum(shown.attention for shown in true.shown) >= 3


def test_it_is_small_enough_to_ship() -> None:
    assert demo_files().recording.stat().st_size <= 8_000_000


def test_the_expected_count_is_the_domain_s_own(true: Truth) -> None:
    event = parse_event(demo_files().event.read_text("utf-8"))
    door = event.checkpoint(true.checkpoint)
    people = [
        Attendee(p.external_id, p.shown_name, category=p.category, status=p.status, expected=p.expected)  # type: ignore[arg-type]
        for p in make_people()
    ]
    assert sum(is_expected(person, door, event) for person in people) == true.counts.expected


def test_every_badge_is_read_while_it_is_held_and_nothing_else(true: Truth) -> None:
    reader, source = Reader(), open_source(str(demo_files().recording))
    first_seen: dict[int, int] = {}
    number = 0
    try:
        while (frame := source.read(_never())) is not None:
            assert frame.image.shape == (true.height, true.width, 3)
            for code in reader.read(frame.image):
                here = [n for n, s in enumerate(true.shown) if s.first_frame <= number <= s.last_frame + FPS]
                held = next((n for n in reversed(here) if true.shown[n].payload == code.text), None)
                assert held is not None, f"frame {number}: {code.text} is not in the picture"
                first_seen.setdefault(held, number)
            number += 1
    finally:
        source.close()
    assert number == true.frames
    assert sorted(first_seen) == list(range(len(true.shown)))
    slow = [n for n, frame_number in first_seen.items() if frame_number - true.shown[n].first_frame > FPS]
    assert slow == [], "a badge is read within a second of its first corner"


def _never() -> object:
    from threading import Event

    return Event()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Admission], Counts]:
    """Play the recording once to the desk of a fresh demo folder."""
    app = open_demo(tmp_path_factory.mktemp("demo"))
    source = open_source(str(demo_files().recording))
    try:
        admissions = [app.desk.admit(code.text, mode="camera") for s in sightings(source) for code in s.taken]
        return admissions, count(app.database, app.event, app.desk.post, "category")
    finally:
        source.close()
        app.close()


def test_the_desk_comes_to_the_true_verdicts_and_counts(true: Truth, played: tuple[list[Admission], Counts]) -> None:
    admissions, counts = played
    assert compare(true, admissions, counts) == []
    assert counts.by == true.counts.by_category
    assert counts.inside == true.counts.inside


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda a: a[:-1], r"29 badges were held up, 28 were judged"),
        (
            lambda a: [replace(a[0], verdict=Verdict.UNKNOWN), *a[1:]],
            r"Badge 1 .* was judged unknown, it is checked_in",
        ),
        (lambda a: [replace(a[0], attendee=a[1].attendee), *a[1:]], r"Badge 1 .* was taken for ASP-\d+, it belongs to"),
        (lambda a: [replace(a[0], attendee=None), *a[1:]], r"Badge 1 .* was taken for nobody"),
        (lambda a: [replace(a[0], attention="Hello"), *a[1:]], r"Badge 1 .* came with a message"),
        (lambda a: [*a[:3], replace(a[3], attention=""), *a[4:]], r"Badge 4 .* lacks its message"),
    ],
)
def test_a_wrong_verdict_is_told_in_a_sentence(
    true: Truth, played: tuple[list[Admission], Counts], spoil: object, said: str
) -> None:
    admissions, counts = played
    found = compare(true, spoil(admissions), counts)  # type: ignore[operator]
    assert re.search(said, found[0])


@pytest.mark.parametrize("field", ["expected", "came", "walk_in"])
def test_a_wrong_count_is_told_in_a_sentence(true: Truth, played: tuple[list[Admission], Counts], field: str) -> None:
    admissions, counts = played
    wrong = replace(counts, **{field: getattr(counts, field) + 1})
    assert len(compare(true, admissions, wrong)) == 1


def test_no_frame_of_it_needs_the_fonts_of_the_script() -> None:
    """The program plays a finished film: nothing of it may look for the fonts or ffmpeg that made it."""
    package = Path(__file__).parents[2] / "checkin" / "demo"
    for module in package.glob("*.py"):
        assert not re.search(r"ffmpeg|fonts|PIL|tools", module.read_text("utf-8").replace("tools/make_demo.py", ""))
