"""Render the recording frame by frame, from the lobby, the guests and their badges."""

from __future__ import annotations

import math
import random
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from checkin.domain.event import Event

from . import lobby
from .cards import Picture
from .hand import CLIP_AT, REDUCED, held
from .motion import Pose
from .storyboard import FPS, WOMEN, picture
from .timetable import SIZE, Scene

Frame = NDArray[np.uint8]

WALK: Final = 16
"""Frames that a guest needs to step up to the desk, or away from it."""
SHUTTER: Final = 0.4
"""How long the shutter is open, as a share of a frame: what moves fast is smeared."""
QUALITY: Final = 40
"""Of VP9 at constant quality, 0 (best) to 63."""


@dataclass(frozen=True, slots=True)
class Actor:
    """How a scene looks."""

    scene: Scene
    canvas: Picture
    """Card and hand, reduced, colours multiplied by opacity."""
    guest: Picture
    """Colours multiplied by opacity."""
    guest_x: int
    guest_y: int


def cast(scenes: Sequence[Scene], event: Event, seed: int) -> Iterator[Actor]:
    """Yield each scene's pictures; somebody who comes twice looks the same twice."""
    rng = random.Random(seed)
    looks: dict[str, lobby.Look] = {}
    for one in scenes:
        cue = one.cue
        who = looks.setdefault(cue.who, lobby.look(rng, woman=cue.who in WOMEN, scarf=cue.scarf))
        canvas = held(picture(cue, one.prop, event), who.skin, who.coat, left=cue.left, strap=cue.who != "leaflet")
        yield Actor(
            one,
            _premultiplied(canvas),
            _premultiplied(lobby.guest(who)),
            guest_x=640 + (210 if cue.left else -210) + rng.randrange(-30, 30),
            guest_y=26 + rng.randrange(0, 60),
        )


def frames(actors: Sequence[Actor], count: int, seed: int) -> Iterator[Frame]:
    """Yield every frame, 720 x 1280 x 3, BGR."""
    empty = lobby.empty(seed).astype(np.float32)
    for number in range(count):
        yield frame(empty, actors, number)


def frame(empty: NDArray[np.float32], actors: Sequence[Actor], number: int) -> Frame:
    """Return one frame: the lobby, the guests, the badge, the light."""
    seen = empty.copy()
    here = [one for one in actors if one.scene.start - WALK <= number < one.scene.end + WALK]
    for one in here:
        _stand(seen, one, number)
    for one in here:
        if one.scene.start <= number < one.scene.end:
            _hold_up(seen, one, number - one.scene.start)
    light = min((_light(one.scene, number) for one in here), default=1.0)
    return np.clip(seen * light, 0, 255).astype(np.uint8)


def write_video(path: Path, pictures: Iterator[Frame]) -> None:
    """Encode frames as VP9, which every build of opencv-python reads. The same frames give the same bytes.

    One thread, because several would cut the work differently on another computer.
    """
    program = shutil.which("ffmpeg")
    if program is None:
        raise SystemExit("ffmpeg is missing; it encodes the recording. Install it: apt-get install ffmpeg")
    width, height = SIZE
    source = ["-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{width}x{height}", "-r", str(FPS), "-i", "-"]
    codec = [
        "-c:v",
        "libvpx-vp9",
        "-b:v",
        "0",
        "-crf",
        str(QUALITY),
        "-g",
        "240",
        "-deadline",
        "good",
        "-cpu-used",
        "3",
    ]
    same = ["-threads", "1", "-row-mt", "0", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1"]
    command = [program, "-y", "-loglevel", "error", *source, *codec, *same, "-pix_fmt", "yuv420p", str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin is not None
        for each in pictures:
            encoder.stdin.write(each.tobytes())
    if encoder.returncode != 0:
        raise SystemExit(f"ffmpeg could not encode the recording (code {encoder.returncode}).")


def _light(one: Scene, number: int) -> float:
    """Return the light in the room: it goes down while the guest of a dark scene is there."""
    ramp = 10
    inside = min(number - (one.start - ramp), one.end + ramp - number) / ramp
    return 1 - (1 - one.cue.light) * min(max(inside, 0.0), 1.0)


def _stand(seen: NDArray[np.float32], one: Actor, number: int) -> None:
    """Draw the guest: steps up from the left, sways a little, goes on to the right."""
    coming = 1 - _ease((number - (one.scene.start - WALK)) / (WALK + 4))
    going = _ease((number - (one.scene.end - 6)) / (WALK + 4))
    x = one.guest_x - coming * 1150 + going * 1150 + 3 * math.sin(number / 13)
    y = one.guest_y + 5 * math.sin(number / 2.6) * (coming > 0 or going > 0) + 1.5 * math.sin(number / 17)
    move = np.array([[1, 0, x - lobby.GUEST[0] / 2], [0, 1, y]], np.float32)
    _lay(seen, cv2.warpAffine(one.guest, move, SIZE))


def _hold_up(seen: NDArray[np.float32], one: Actor, t: int) -> None:
    """Draw card and hand, smeared along their way where they move fast, as far as the shutter is open."""
    motion = one.scene.motion
    before, after = motion.at(t - SHUTTER / 2), motion.at(t + SHUTTER / 2)
    steps = min(1 + int(math.hypot(after.x - before.x, after.y - before.y) / 5), 16)
    poses = [motion.at(t + SHUTTER * ((n + 0.5) / steps - 0.5)) for n in range(steps)]
    if one.scene.cue.who != "leaflet":
        _ribbon(seen, one, poses[0])
    warped = [
        cv2.warpPerspective(one.canvas, pose.matrix(REDUCED), SIZE, flags=cv2.INTER_LINEAR).astype(np.float32)
        for pose in poses
    ]
    _lay(seen, sum(warped[1:], warped[0]) / len(warped))


def _ribbon(seen: NDArray[np.float32], one: Actor, pose: Pose) -> None:
    """Draw the strap from the card's clip to both sides of the guest's neck."""
    clip = np.array((CLIP_AT[0] * REDUCED, CLIP_AT[1] * REDUCED, 1.0))
    x, y, w = pose.matrix(REDUCED) @ clip
    begin = np.array((x / w, y / w))
    mask = np.zeros(seen.shape[:2], np.float32)
    for side in (-1, 1):
        neck = np.array((one.guest_x + side * 62, one.guest_y + lobby.NECK[1] + 34))
        pull = np.array((side * 4, 14))
        ends = begin, begin + np.array((side * 14, -70)), neck + pull, neck
        t = np.linspace(0, 1, 40)[:, None]
        way = (1 - t) ** 3 * ends[0] + 3 * (1 - t) ** 2 * t * ends[1] + 3 * (1 - t) * t**2 * ends[2] + t**3 * ends[3]
        cv2.polylines(mask, [np.round(way * 16).astype(np.int32)], False, 1.0, 15, cv2.LINE_AA, 4)
    mask = cv2.GaussianBlur(mask, (0, 0), 2.2)[..., None]
    seen += mask * (np.array((100, 60, 30), np.float32) - seen)


def _lay(seen: NDArray[np.float32], above: NDArray[Any]) -> None:
    """Lay a picture with multiplied colours over the frame, in place."""
    seen *= 1 - above[..., 3:].astype(np.float32) / 255
    seen += above[..., :3]


def _premultiplied(picture: NDArray[np.uint8]) -> Picture:
    opacity = picture[..., 3:].astype(np.float32) / 255
    return np.dstack([picture[..., :3] * opacity, picture[..., 3]]).round().astype(np.uint8)


def _ease(share: float) -> float:
    share = min(max(share, 0.0), 1.0)
    return share * share * (3 - 2 * share)
