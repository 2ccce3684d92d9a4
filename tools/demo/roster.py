"""Write the people as the Excel file that an organiser would send: titles on top, two languages, a hidden column."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import xlsxwriter

from .people import Person

CATEGORIES: Final = {
    "delegate-asean": "Delegate – ASEAN member state",
    "delegate-other": "Delegate – other country",
    "international": "International organisation",
    "thai-agency": "Thai agency",
    "speaker": "Speaker",
    "vip": "VIP",
    "organiser": "Organiser and staff",
    "press": "Press",
}
STATUSES: Final = {"registered": "Confirmed", "cancelled": "Cancelled", "blocked": "Blocked"}

COLUMNS: Final[tuple[tuple[str, int], ...]] = (
    ("ลำดับ / No.", 7),
    ("รหัสอ้างอิง / Reference", 15),
    ("sort key", 12),
    ("ชื่อ-นามสกุล (อังกฤษ) / Full name", 30),
    ("ชื่อ-นามสกุล (ภาษาท้องถิ่น) / Name in local script", 30),
    ("หน่วยงาน / Organisation", 44),
    ("ประเทศ / Country", 20),
    ("ประเภท / Category", 29),
    ("รหัสบัตร / Badge code", 36),
    ("อีเมล / E-mail", 34),
    ("โทรศัพท์ / Telephone", 17),
    ("วันที่ลงทะเบียน (พ.ศ.) / Registered on", 16),
    ("เข้าร่วม / Sessions", 24),
    ("สถานะ / Status", 13),
    ("หมายเหตุถึงโต๊ะ / Note for the desk", 60),
)
HIDDEN: Final = 2
HEADER_ROW: Final = 4
"""Zero-based: four rows of titles stand above."""


def roster_bytes(people: Sequence[Person]) -> bytes:
    """Return the .xlsx file. The same people give the same bytes: no time of writing is kept in it."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": "Participants", "created": datetime(2014, 7, 1, 9, 0)})  # noqa: DTZ001 - Excel's
    sheet = book.add_worksheet("Participants")
    last = len(COLUMNS) - 1
    title = book.add_format({"bold": True, "font_size": 15, "align": "center", "valign": "vcenter"})
    plain = book.add_format({"align": "center", "font_color": "#4b5563"})
    head = book.add_format(
        {
            "bold": True,
            "bg_color": "#1e3a5f",
            "font_color": "#ffffff",
            "text_wrap": True,
            "valign": "vcenter",
            "border": 1,
        }
    )
    text = book.add_format({"num_format": "@", "valign": "top"})
    sheet.merge_range(0, 0, 0, last, "รายชื่อผู้เข้าร่วมการประชุมวิชาการนานาชาติว่าด้วยความคุ้มครองทางสังคม ๘–๙ กรกฎาคม ๒๕๕๗", title)
    sheet.merge_range(
        1,
        0,
        1,
        last,
        "Participants of the International Conference on Social Protection, Bangkok, 8–9 July 2014",
        title,
    )
    sheet.merge_range(2, 0, 2, last, f"ข้อมูล ณ วันที่ 1 กรกฎาคม 2557 · as of 1 July 2014 · {len(people)}", plain)
    sheet.set_row(0, 26)
    sheet.set_row(1, 24)
    sheet.set_row(HEADER_ROW, 46)
    for column, (header, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width, None, {"hidden": True} if column == HIDDEN else {})
        sheet.write_string(HEADER_ROW, column, header, head)
    for number, person in enumerate(people, 1):
        row = HEADER_ROW + number
        sheet.write_number(row, 0, number)
        for column, value in enumerate(_cells(person), 1):
            if value:
                sheet.write_string(row, column, value, text)
    sheet.freeze_panes(HEADER_ROW + 1, 4)
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + len(people), last)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    book.close()
    return buffer.getvalue()


def _cells(person: Person) -> tuple[str, ...]:
    """Return one row from the second column on."""
    return (
        person.external_id,
        person.shown_name.casefold()[:6],
        person.name,
        person.name_local,
        person.organisation,
        person.country,
        CATEGORIES[person.category],
        person.badge_code,
        person.email,
        person.phone,
        person.registered_on,
        ", ".join(person.expected),
        STATUSES[person.status],
        person.note,
    )
