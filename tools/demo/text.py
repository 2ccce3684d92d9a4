"""Lines of text in the script that they are written in, shaped by Raqm."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont, features

FONTS: Final = Path(__file__).parents[2] / "resources" / "fonts"
SYSTEM: Final = Path("/usr/share/fonts")
_FILES: Final = {
    "sarabun": (FONTS / "Sarabun-Regular.ttf", FONTS / "Sarabun-Bold.ttf"),
    "lao": (FONTS / "NotoSansLao-Regular.ttf", FONTS / "NotoSansLao-Bold.ttf"),
    "khmer": (FONTS / "NotoSansKhmer-Regular.ttf", FONTS / "NotoSansKhmer-Bold.ttf"),
    "burmese": (FONTS / "NotoSansMyanmar-Regular.ttf", FONTS / "NotoSansMyanmar-Bold.ttf"),
    "arabic": (SYSTEM / "truetype/noto/NotoSansArabic-Regular.ttf", SYSTEM / "truetype/noto/NotoSansArabic-Bold.ttf"),
    "han": (SYSTEM / "opentype/noto/NotoSansCJK-Regular.ttc", SYSTEM / "opentype/noto/NotoSansCJK-Bold.ttc"),
}
_RANGES: Final = (
    ("lao", 0x0E80, 0x0EFF),
    ("khmer", 0x1780, 0x17FF),
    ("burmese", 0x1000, 0x109F),
    ("arabic", 0x0600, 0x06FF),
    ("han", 0x3000, 0x9FFF),
    ("han", 0xAC00, 0xD7AF),
)


def check_fonts() -> None:
    """End with a sentence that says what to install where fonts or the shaping library are missing."""
    missing = [path.name for pair in _FILES.values() for path in pair if not path.is_file()]
    if missing or not features.check("raqm"):
        raise SystemExit(
            f"Missing: {', '.join(missing) or 'libraqm'}. Install them: apt-get install fonts-noto-core fonts-noto-cjk"
        )


def script_of(text: str) -> str:
    """Return the name of the font family that has the letters of `text`."""
    for char in text:
        for script, first, last in _RANGES:
            if first <= ord(char) <= last:
                return script
    return "sarabun"


@cache
def font(script: str, size: int, bold: bool) -> ImageFont.FreeTypeFont:
    """Return a font, `size` in pixels."""
    return ImageFont.truetype(_FILES[script][bold], size, layout_engine=ImageFont.Layout.RAQM)


def fitted(text: str, size: int, width: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Return the largest font up to `size` in which `text` is at most `width` pixels wide."""
    script = script_of(text)
    while size > 12 and font(script, size, bold).getlength(text) > width:
        size -= 2
    return font(script, size, bold)


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Break `text` at spaces into lines of at most `width` pixels."""
    lines: list[str] = []
    for word in text.split():
        if lines and face.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def centred(image: Image.Image, text: str, y: int, face: ImageFont.FreeTypeFont, colour: str) -> None:
    """Draw one line in the middle of the card, its vertical middle at `y`."""
    ImageDraw.Draw(image).text((image.width // 2, y), text, font=face, fill=colour, anchor="mm")
