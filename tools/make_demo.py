"""Make the demonstration again: `.venv/bin/python tools/make_demo.py` writes the files of resources/demo from the seed.

Needs, besides the development environment: ffmpeg, fonts-noto-core, fonts-noto-cjk (apt-get install). The program
itself needs none of them: what is shipped is the finished recording.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from demo.people import SEED, make_people  # noqa: E402
from demo.recording import cast, frames, write_video  # noqa: E402
from demo.roster import roster_bytes  # noqa: E402
from demo.text import check_fonts  # noqa: E402
from demo.timetable import make_scenes, truth  # noqa: E402

from checkin.domain.event_file import parse_event  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "demo")
    parser.add_argument("--no-video", action="store_true", help="roster and truth only")
    options = parser.parse_args()
    event = parse_event((ROOT / "resources" / "demo" / "event.toml").read_text(encoding="utf-8"))
    people = make_people()
    (options.out / "roster.xlsx").write_bytes(roster_bytes(people))
    scenes, count = make_scenes(people, event, SEED)
    (options.out / "recording.json").write_text(truth(scenes, count, people, event), encoding="utf-8")
    if not options.no_video:
        check_fonts()
        write_video(options.out / "recording.webm", frames(tuple(cast(scenes, event, SEED)), count, SEED))
    print(f"{len(people)} people, {len(scenes)} badges, {count} frames")


if __name__ == "__main__":
    main()
