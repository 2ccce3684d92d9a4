"""From light to text: cameras and other sources of pictures, QR decoders, the gate, hints, and the hand scanner.

Importing this package is cheap: OpenCV and the decoders are loaded when the first picture is read.
"""

from checkin.scan.calm import HintFilter
from checkin.scan.cameras import CameraInfo, list_cameras
from checkin.scan.cascade import decode
from checkin.scan.code import Code, Image
from checkin.scan.decoders import DecoderStatus, available_decoders
from checkin.scan.frames import Frame, Source
from checkin.scan.gate import Gate
from checkin.scan.keyboard import Decision, Key, KeyBurst, Scan
from checkin.scan.loop import CameraLoop, StateKind, View
from checkin.scan.picture import Hint, hint
from checkin.scan.reader import Reader
from checkin.scan.sources import Sighting, open_source, read_all, sightings
from checkin.scan.us_keys import us_key

__all__ = [
    "CameraInfo",
    "CameraLoop",
    "Code",
    "Decision",
    "DecoderStatus",
    "Frame",
    "Gate",
    "Hint",
    "HintFilter",
    "Image",
    "Key",
    "KeyBurst",
    "Reader",
    "Scan",
    "Sighting",
    "Source",
    "StateKind",
    "View",
    "available_decoders",
    "decode",
    "hint",
    "list_cameras",
    "open_source",
    "read_all",
    "sightings",
    "us_key",
]
