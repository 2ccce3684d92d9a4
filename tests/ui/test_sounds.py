"""A distinct sound for each verdict; a laptop without a sound device stays silent and goes on."""

from __future__ import annotations

import wave
from itertools import combinations

from pytestqt.qtbot import QtBot

from checkin.domain.verdict import Verdict
from checkin.paths import resources
from checkin.ui.sounds import Sounds


def samples(name: str) -> bytes:
    with wave.open(str(resources() / "sounds" / f"{name}.wav")) as file:
        return file.readframes(file.getnframes())


def test_every_verdict_has_a_sound_of_its_own() -> None:
    names = [verdict.value for verdict in Verdict] + ["attention", "undone"]
    for one, other in combinations(names, 2):
        assert samples(one) != samples(other), (one, other)


def test_sounds_are_short() -> None:
    for verdict in Verdict:
        with wave.open(str(resources() / "sounds" / f"{verdict.value}.wav")) as file:
            assert 0.1 < file.getnframes() / file.getframerate() < 0.7, verdict


def test_without_a_device_nothing_hangs_or_fails(qtbot: QtBot) -> None:
    sounds = Sounds()
    sounds.load()
    sounds.play("checked_in")
    sounds.muted = True
    sounds.play("unknown")
    assert sounds.played == "unknown"
