"""The steps that were tried and are not in the cascade: measured beside those that are, so that the choice can be seen."""

from __future__ import annotations

import cv2
import numpy as np

from checkin.scan.code import Code, Found, Image, text_of
from checkin.scan.decoders.zbar import Zbar
from checkin.scan.decoders.zxing import Zxing
from checkin.scan.step import InRegions, Squared, Step, Treated, Treatment
from checkin.scan.treatments.binarised import binarised
from checkin.scan.treatments.lightened import lightened
from checkin.scan.treatments.sharpened import doubled
from checkin.scan.treatments.sized import enlarged, sized


class Aruco:
    """OpenCV's own detector. It raises on bytes that are no UTF-8; what it cannot say is nothing."""

    def read(self, gray: Image) -> Found:
        """Return what is in a gray picture."""
        try:
            _ok, texts, points, _ = cv2.QRCodeDetectorAruco().detectAndDecodeMulti(gray)
        except (UnicodeDecodeError, cv2.error):
            return Found()
        found = []
        for text, corners in zip(texts, [] if points is None else points.tolist(), strict=False):
            a, b, c, d = ((x, y) for x, y in corners)
            if text:
                found.append(Code(text_of(text.encode()), text.encode(), "QRCode", (a, b, c, d)))
        return Found(tuple(found))


def candidates() -> dict[str, Step]:
    """Return them by name."""
    local, level, zbar = Zxing(), Zxing(black="global"), Zbar()
    thorough = Zxing(thorough=True)
    whole: dict[str, Treatment] = {
        "threshold 15": lambda gray: binarised(gray, 15),
        "threshold 31": lambda gray: binarised(gray, 31),
        "1.5 x": lambda gray: sized(gray, 1.5, 1.5),
        "doubled, sharpened": doubled,
        "sharpened": _sharpened,
        "inverted": cv2.bitwise_not,
        "lightened": lightened,
        "half": lambda gray: sized(gray, 0.5, 0.5),
        "half, threshold 15": lambda gray: binarised(sized(gray, 0.5, 0.5), 15),
        "wider 1.6": lambda gray: sized(gray, 1.6, 1),
        "wider 1.6, threshold 15": lambda gray: binarised(sized(gray, 1.6, 1), 15),
        "higher 1.6": lambda gray: sized(gray, 1, 1.6),
        "higher 1.6, threshold 15": lambda gray: binarised(sized(gray, 1, 1.6), 15),
        "lower 0.6": lambda gray: sized(gray, 1, 0.6),
        "median 5": lambda gray: cv2.medianBlur(gray, 5),
        "blurred 2": lambda gray: cv2.GaussianBlur(gray, (0, 0), 2),
        "equalised in places": lambda gray: cv2.createCLAHE(3, (8, 8)).apply(gray),
        "dots closed": lambda gray: cv2.morphologyEx(gray, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)),
        "turned by 45": _turned,
    }
    tried: dict[str, Step] = {name: Treated(local, treatment) for name, treatment in whole.items()}
    tried |= {
        "regions, doubled, sharpened": InRegions(Treated(local, doubled)),
        "regions, level": InRegions(Treated(level, lambda gray: sized(gray, 2, 2))),
        "regions, 2 x": InRegions(Treated(local, lambda gray: enlarged(gray, 2, 800))),
        "regions, threshold 15": InRegions(Treated(local, lambda gray: binarised(gray, 15))),
        "thorough": thorough,
        "half, thorough": Treated(thorough, lambda gray: sized(gray, 0.5, 0.5)),
        "squared": Squared(local),
        "squared, sharpened": Squared(Treated(local, _sharpened)),
        "squared, threshold 31": Squared(Treated(local, lambda gray: binarised(gray, 31))),
        "squared, level": Squared(level),
        "squared, zbar": Squared(Treated(zbar, lambda gray: binarised(gray, 31))),
        "zbar": zbar,
        "zbar, threshold 31": Treated(zbar, lambda gray: binarised(gray, 31)),
        "zbar, half, threshold 15": Treated(zbar, lambda gray: binarised(sized(gray, 0.5, 0.5), 15)),
        "zbar, regions": InRegions(zbar),
        "zbar, regions 1.5 x, threshold": InRegions(Treated(zbar, lambda gray: binarised(sized(gray, 1.5, 1.5), 31))),
        "Aruco, regions": InRegions(Aruco()),
    }
    return tried


def _sharpened(gray: Image) -> Image:
    return cv2.addWeighted(gray, 3, cv2.GaussianBlur(gray, (0, 0), 2.5), -2, 0)


def _turned(gray: Image) -> Image:
    height, width = gray.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), 45, 0.8)
    return cv2.warpAffine(gray, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
