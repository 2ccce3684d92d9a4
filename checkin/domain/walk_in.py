"""The privacy notice and the consents of an event whose file has none."""

from __future__ import annotations

from datetime import date
from typing import Final

from checkin.domain.event import Consent, Names

_WRAP: Final = "\u200b"
"""Thai has no spaces between words: | in the texts below, where a line may end."""

BUILT_IN_VERSION: Final = "built-in-1"
"""Version of `built_in_notice` and CONSENTS: to be counted up when their meaning changes."""

CONSENTS: Final = (
    Consent(
        "photo",
        Names((
            ("en", "Photographs and film of me taken at this event may be published."),
            ("th", "ยินยอมให้|เผยแพร่|ภาพถ่าย|และ|ภาพเคลื่อนไหว|ของข้าพเจ้า|ที่บันทึก|ในงานนี้".replace("|", _WRAP)),
        )),
    ),
    Consent(
        "mailing",
        Names((
            ("en", "The organiser may write to me about later events."),
            ("th", "ยินยอมให้|ผู้จัดงาน|ติดต่อ|ข้าพเจ้า|เกี่ยวกับ|กิจกรรม|ครั้งต่อไป".replace("|", _WRAP)),
        )),
    ),
)  # fmt: skip
"""Asked where the event's file names none."""

_ENGLISH: Final = (
    "The organiser of “{event}” is the controller of the data that you give here. It is used to register you, to make"
    " your badge and to count who came (Personal Data Protection Act B.E. 2562). {until} You may ask the organiser to see,"
    " correct or erase it, and complain to the Personal Data Protection Committee. Photographs and mailings are your"
    " choice and never decide whether you may come in."
)
_THAI: Final = (
    "ผู้จัดงาน| “{event}” เป็นผู้ควบคุม|ข้อมูลส่วนบุคคล|ที่ท่านให้ไว้| ณ ที่นี้ โดยใช้|เพื่อการลงทะเบียน| การจัดทำ|บัตรประจำตัว| และ|การนับจำนวน"
    "|ผู้เข้าร่วมงาน (พระราชบัญญัติ|คุ้มครอง|ข้อมูลส่วนบุคคล| พ.ศ. 2562) {until} ท่านมีสิทธิ|ขอเข้าถึง| ขอแก้ไข| หรือขอให้ลบ"
    "|ข้อมูลของท่าน|ต่อผู้จัดงาน| และ|ร้องเรียน|ต่อคณะกรรมการ|คุ้มครอง|ข้อมูลส่วนบุคคล| ส่วน|การถ่ายภาพ|และ|การส่งข่าวสาร|เป็นไปตาม"
    "|ความสมัครใจ| และ|ไม่มีผล|ต่อการเข้าร่วมงาน"
)
_UNTIL: Final = {
    "en": ("It is erased after {day}.", "It is erased after the event, when it is no longer needed."),
    "th": ("ข้อมูล|จะถูกลบ|หลังวันที่| {day}", "ข้อมูล|จะถูกลบ|หลังจบงาน| เมื่อ|หมดความจำเป็น"),
}
_MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                  "November", "December")  # fmt: skip
_MONTHS_TH: Final = ("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม",
                     "พฤศจิกายน", "ธันวาคม")  # fmt: skip


def built_in_notice(event: Names, retention: date | None) -> Names:
    """Return the notice of an event whose file has none: who is responsible, for what, how long, which rights.

    It stands here and not in the catalogue of texts: guests see both languages whatever the window speaks, and what was
    agreed to must not change with a translation.
    """
    days = {}
    if retention is not None:
        days["en"] = f"{retention.day} {_MONTHS[retention.month - 1]} {retention.year}"
        days["th"] = f"{retention.day} {_MONTHS_TH[retention.month - 1]} พ.ศ. {retention.year + 543}"
    notices = []
    for tongue, text in (("en", _ENGLISH), ("th", _THAI)):
        until = _UNTIL[tongue][0].format(day=days[tongue]) if days else _UNTIL[tongue][1]
        notices.append(
            (tongue, text.replace("|", _WRAP).format(event=event.get(tongue), until=until.replace("|", _WRAP)))
        )
    return Names(tuple(notices))
