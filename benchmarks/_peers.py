"""Other readers, as a program would call them, each set as it reads best: what ours is measured beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import zxingcpp
from pyzbar.pyzbar import ZBarSymbol
from pyzbar.pyzbar import decode as zbar

from checkin.scan.code import Image

Read = Callable[[Image], Sequence[str]]
"""A gray picture in, the texts of its codes out."""

_MODELS = ("detect.prototxt", "detect.caffemodel", "sr.prototxt", "sr.caffemodel")


def peers(wechat: Path | None = None) -> dict[str, Read]:
    """Return them by name. WeChat's only with a folder of its four models, where OpenCV (contrib 4.x) has it."""
    formats, mode = zxingcpp.BarcodeFormat.QRCodeModel2, zxingcpp.TextMode.Plain
    readers: dict[str, Read] = {
        "pyzbar": lambda gray: [code.data.decode("utf-8", "replace") for code in zbar(gray, [ZBarSymbol.QRCODE])],
        "zxing-cpp": lambda gray: [
            code.text for code in zxingcpp.read_barcodes(gray, formats=formats, text_mode=mode) if code.valid
        ],
    }
    if wechat is not None:
        reader = cv2.wechat_qrcode.WeChatQRCode(*(str(wechat / name) for name in _MODELS))

        def read(gray: Image) -> Sequence[str]:
            try:
                return reader.detectAndDecode(gray)[0]
            except UnicodeDecodeError:  # of bytes that are no UTF-8
                return []

        readers["WeChat"] = read
    return readers
