"""The badges that are kept as pictures: every script, the shortest and the longest names, every layout.

tests/badges/references holds them as somebody looked at them; tools/make_badge_references.py makes them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QColor, QFontDatabase, QImage, QPainter

from checkin.badges.content import BadgeContent, content
from checkin.badges.layout import Layout
from checkin.badges.store import layout
from checkin.domain.attendee import Attendee
from checkin.domain.badge import BadgeNumber, EventKey, Keyring, make_token
from checkin.domain.event import Event
from checkin.domain.event_file import parse_event
from checkin.paths import resources
from checkin.ui.painting import fit, fonts, presentable
from checkin.ui.painting.badge import badge_image
from checkin.ui.painting.badge_pdf import paint_page

HERE = Path(__file__).parent
REFERENCES = HERE / "references"
HAN_FONT = HERE / "fonts" / "han.ttf"
EVENT: Event = parse_event((resources() / "demo" / "event.toml").read_text("utf-8"))
KEYRING = Keyring(EVENT.id, {1: EventKey(bytes(range(32)))}, 1)

ONE_WORD = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschafers"
ONE_WORD_80 = ONE_WORD + "wesse"
WORDS_80 = "Maria Concepcion Guadalupe de los Santos y Villanueva de Guzman-Buenaventura Jr."
BANGKOK = "กรุงเทพมหานคร อมรรัตนโกสินทร์ มหินทรายุธยา มหาดิลกภพ นพรัตนราชธานีบูรีรมย์ อุดมราชนิเวศน์มหาสถาน อมรพิมานอวตารสถิต"


def person(
    name: str, local: str = "", organisation: str = "", country: str = "", category: str = "delegate-asean"
) -> Attendee:
    """Return somebody invented."""
    return Attendee("00000000-0000-4000-8000-000000000001", name, local, organisation, country, category)


PEOPLE = {
    "thai": person("Somying Jaidee", "สมหญิง ใจดี", "กรมสวัสดิการและคุ้มครองแรงงาน กระทรวงแรงงาน", "Thailand", "thai-agency"),
    "thai-marks": person("", "ปิ่นกฎ ผู้ใหญ่ญี่ปุ่น ฐิตินั้ฎฐ์", "สำนักงานประกันสังคม ที่ปรึกษาผู้อำนวยการ", "ไทย", "vip"),
    "vietnamese": person("Nguyễn Thị Hoàng Ngọc Ánh", "", "Bảo hiểm xã hội Việt Nam", "Việt Nam"),
    "lao": person("Bounmy Inthavong", "ບຸນມີ ອິນທະວົງ", "ກະຊວງແຮງງານ ແລະ ສະຫວັດດີການສັງຄົມ", "Lao PDR"),
    "khmer": person("Sok Chanthou", "សុខ ចាន់ធូ", "បេឡាជាតិសន្តិសុខសង្គម", "Cambodia"),
    "burmese": person("Aung San Myint", "အောင်ဆန်းစုကြည်", "လူမှုဖူလုံရေးအဖွဲ့", "Myanmar"),
    "arabic": person("Mohamed Ali bin Haji Abdul Rahman", "محمد علي بن حاج عبد الرحمن", "", "Brunei", "international"),
    "han": person("Wang Xiaoming", "王小明", "社會保障局", "Singapore", "speaker"),
    "one-letter": person("O", "", "X", "Viet Nam", "speaker"),
    "one-word-80": person(ONE_WORD_80, "", "Ministry of Labour", "Germany", "delegate-other"),
    "words-80": person(WORDS_80, "", "Government Service Insurance System", "Philippines"),
    "thai-120": person("", BANGKOK, "", "", "organiser"),
    "no-name": person(
        "", "", "Ministry of Labour and Vocational Training of the Kingdom of Cambodia", "Cambodia", "vip"
    ),
    "nothing": person("", "", "", "", ""),
}


@dataclass(frozen=True)
class Picture:
    """One kept picture."""

    layout: str
    person: str
    dpi: float = 100
    practice: bool = False

    @property
    def name(self) -> str:
        return f"{self.layout}-{self.person}"

    @property
    def file(self) -> Path:
        return REFERENCES / f"{self.name}.webp"


PICTURES = [
    *(Picture("lanyard", who, practice=who in {"thai", "one-letter"}) for who in PEOPLE),
    Picture("a6", "vietnamese", 80, practice=True),
    Picture("card", "thai", 130, practice=True),
    Picture("card", "words-80", 130),
    Picture("label-62", "khmer", 110, practice=True),
    Picture("label-62", "one-word-80", 110),
    Picture("label-62x100", "thai-marks", 110),
    Picture("a4-4", "thai", 50, practice=True),
    Picture("a4-8", "burmese", 50),
]


def content_of(who: str, *, practice: bool = False) -> BadgeContent:
    """Return the content of a badge of the gallery."""
    category = EVENT.category(PEOPLE[who].category)
    number = BadgeNumber(1, 4242, 0, category.number if category else 0)
    return content(EVENT, PEOPLE[who], make_token(number, KEYRING), practice=practice)


def draw(picture: Picture) -> QImage:
    """Draw a picture as it is now: a badge, or a whole sheet of one person's badges."""
    chosen = layout(None, picture.layout)
    said = content_of(picture.person, practice=picture.practice)
    if picture.person == "han":
        with han_font():
            return badge_image(chosen, said, dpi=picture.dpi)
    return sheet_image(chosen, said, picture.dpi) if chosen.sheet else badge_image(chosen, said, dpi=picture.dpi)


def sheet_image(chosen: Layout, said: BadgeContent, dpi: float) -> QImage:
    """Draw a page as the PDF has it, on white paper."""
    width, height = chosen.page_mm
    image = QImage(round(width * dpi / 25.4), round(height * dpi / 25.4), QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    painter.scale(dpi / 25.4, dpi / 25.4)
    paint_page(painter, chosen, [said] * chosen.per_page)
    painter.end()
    return image


@contextmanager
def han_font() -> Iterator[None]:
    """Let this computer have a Han font for a moment."""
    added = QFontDatabase.addApplicationFont(str(HAN_FONT))
    assert added >= 0
    forget()
    try:
        yield
    finally:
        QFontDatabase.removeApplicationFont(added)
        forget()


def forget() -> None:
    """Let go of what was found out with other fonts."""
    for kept in (fit.place, fonts._font, presentable._absent):
        kept.cache_clear()
