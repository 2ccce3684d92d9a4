"""From light to text: cameras and other sources of pictures, QR decoders, the gate, hints, and the hand scanner.

Importing this package is cheap: OpenCV and the decoders are loaded when the first picture is read.
"""

from checkin.scan.code import Code, Image
from checkin.scan.decoders import DecoderStatus, available_decoders
from checkin.scan.reader import Reader, decode

__all__ = ["Code", "DecoderStatus", "Image", "Reader", "available_decoders", "decode"]
