"""Make the sounds of the verdicts: resources/sounds/*.wav, 22,050 Hz, 16 bit, mono. Made from nothing but sines, the same
bytes each time. Accepted sounds rise, amber ones repeat, red ones are low and rough, grey is a soft knock; within a
family the number and spacing of the tones tell the verdicts apart.
"""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path

RATE = 22_050
OUT = Path(__file__).parent.parent / "resources" / "sounds"

# name: tones as (frequency in Hz, length in s, share of rough overtones 0..1); frequency 0 is silence
SOUNDS: dict[str, list[tuple[float, float, float]]] = {
    "checked_in": [(880, 0.09, 0.1), (1319, 0.16, 0.1)],
    "attention": [(880, 0.08, 0.1), (1319, 0.08, 0.1), (1760, 0.20, 0.1)],
    "checked_out": [(1319, 0.09, 0.1), (880, 0.16, 0.1)],
    "undone": [(660, 0.08, 0.0), (440, 0.14, 0.0)],
    "already_in": [(587, 0.11, 0.3), (0, 0.05, 0), (587, 0.11, 0.3)],
    "not_inside": [(587, 0.11, 0.3), (0, 0.05, 0), (494, 0.11, 0.3)],
    "wrong_day": [(587, 0.09, 0.3), (0, 0.04, 0), (587, 0.09, 0.3), (0, 0.04, 0), (587, 0.09, 0.3)],
    "wrong_session": [(587, 0.09, 0.3), (0, 0.04, 0), (698, 0.09, 0.3), (0, 0.04, 0), (587, 0.09, 0.3)],
    "too_early": [(494, 0.10, 0.3), (0, 0.04, 0), (587, 0.14, 0.3)],
    "too_late": [(698, 0.10, 0.3), (0, 0.04, 0), (523, 0.14, 0.3)],
    "not_expected": [(523, 0.20, 0.3), (0, 0.05, 0), (523, 0.09, 0.3)],
    "unknown": [(220, 0.16, 0.8), (0, 0.05, 0), (220, 0.16, 0.8)],
    "replaced": [(262, 0.14, 0.8), (208, 0.22, 0.8)],
    "cancelled": [(220, 0.38, 0.8)],
    "blocked": [(165, 0.13, 0.9), (0, 0.04, 0), (165, 0.13, 0.9), (0, 0.04, 0), (165, 0.22, 0.9)],
    "other_event": [(247, 0.14, 0.8), (0, 0.05, 0), (196, 0.20, 0.8)],
    "forged": [(156, 0.16, 1.0), (0, 0.04, 0), (147, 0.30, 1.0)],
    "not_a_badge": [(392, 0.07, 0.0), (0, 0.03, 0), (330, 0.09, 0.0)],
}
OVERTONES = ((2, 0.35), (3, 0.30), (5, 0.15))


def tone(frequency: float, length: float, rough: float) -> list[float]:
    """Return samples (-1..1) of one tone with soft edges, so that it does not click."""
    count, edge = int(length * RATE), int(0.012 * RATE)
    samples = []
    for place in range(count):
        angle = math.tau * frequency * place / RATE
        value = math.sin(angle) + rough * sum(share * math.sin(angle * n) for n, share in OVERTONES)
        fade = min(1.0, place / edge, (count - place) / (edge * 2))
        samples.append(value * fade / (1 + rough * 0.8) if frequency else 0.0)
    return samples


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for name, tones in SOUNDS.items():
        samples = [value for each in tones for value in tone(*each)]
        data = b"".join(struct.pack("<h", round(value * 0.6 * 32767)) for value in samples)
        with wave.open(str(OUT / f"{name}.wav"), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            file.writeframes(data)
    print(f"{len(SOUNDS)} sounds in {OUT.name}")


if __name__ == "__main__":
    main()
