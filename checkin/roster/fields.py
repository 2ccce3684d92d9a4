"""The fields that a column can hold, and how its heading is recognised in English and Thai."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final, Literal

from checkin import registry
from checkin.errors import RosterFileError
from checkin.i18n import _
from checkin.roster import sources
from checkin.roster.table import column_index, letter

FIELDS: Final = (
    "name", "title", "given", "middle", "family", "name_local", "given_local", "family_local", "organisation", "country",
    "category", "badge_code", "email", "phone", "note", "status", "expected", "external_id", "arrival",
)  # fmt: skip
"""What a column can be mapped to. "arrival" is any date column: it is checked and told, but a desk does not keep it."""

DateOrder = Literal["dmy", "mdy", "ymd"]

_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "name": (
        "name", "full name", "fullname", "attendee name", "participant name", "participant", "attendee", "delegate name",
        "delegate", "name and surname", "name surname", "name in english", "name english", "name en", "english name",
        "guest name", "guest", "ชื่อ นามสกุล", "ชื่อนามสกุล", "ชื่อ สกุล", "ชื่อสกุล", "ชื่อและนามสกุล", "ชื่อเต็ม",
        "ชื่อผู้เข้าร่วม",
        "ชื่อผู้เข้าร่วมประชุม", "ชื่อผู้เข้าร่วมงาน", "รายชื่อ", "ชื่อ นามสกุล อังกฤษ", "ชื่อ นามสกุล ภาษาอังกฤษ",
        "ชื่อภาษาอังกฤษ",
        "ชื่ออังกฤษ", "ผู้เข้าร่วม",
    ),
    "title": ("title", "prefix", "salutation", "honorific", "mr ms", "คำนำหน้า", "คำนำหน้าชื่อ", "คำนำหน้านาม", "ยศ"),
    "given": (
        "given name", "given names", "first name", "firstname", "forename", "given", "first", "attendee first name",
        "ชื่อจริง", "ชื่อตัว", "ชื่อต้น",
    ),
    "middle": ("middle name", "middle", "middle names", "ชื่อกลาง"),
    "family": (
        "family name", "last name", "lastname", "surname", "family", "last", "attendee last name", "นามสกุล", "สกุล",
        "ชื่อสกุลรอง",
    ),
    "name_local": (
        "name local", "local name", "name in local script", "name local script", "name thai", "thai name", "name in thai",
        "name th", "native name", "name native", "ชื่อภาษาไทย", "ชื่อ ไทย", "ชื่อไทย", "ชื่อ นามสกุล ไทย", "ชื่อ นามสกุล ภาษาไทย",
        "ชื่อ สกุล ไทย", "ชื่อ สกุล ภาษาไทย", "ชื่อภาษาท้องถิ่น", "ชื่อ นามสกุล ภาษาท้องถิ่น", "ชื่อท้องถิ่น",
    ),
    "given_local": ("first name thai", "given name thai", "ชื่อจริง ภาษาไทย", "given name local", "first name local"),
    "family_local": ("last name thai", "family name thai", "นามสกุล ภาษาไทย", "นามสกุล ไทย", "family name local",
        "last name local"),
    "organisation": (
        "organisation", "organization", "organisation name", "organization name", "org", "company", "company name",
        "institution", "institute", "agency", "affiliation", "ministry", "employer", "university", "department",
        "หน่วยงาน", "องค์กร", "สังกัด", "บริษัท", "สถาบัน", "กระทรวง", "ต้นสังกัด", "ชื่อหน่วยงาน", "หน่วยงาน องค์กร", "กรม",
    ),
    "country": ("country", "nationality", "country of residence", "country name", "nation", "country region",
                "state country", "ประเทศ", "สัญชาติ"),
    "category": (
        "category", "group", "type", "participant type", "attendee type", "delegate type", "registration type",
        "ticket type", "ticket", "class", "role", "ประเภท", "กลุ่ม", "ประเภทผู้เข้าร่วม", "ประเภทบัตร",
        "กลุ่มผู้เข้าร่วม", "ประเภทผู้เข้าร่วมประชุม",
    ),
    "badge_code": (
        "code", "badge code", "badge", "badge no", "badge number", "badge id", "barcode", "bar code", "qr", "qr code",
        "qrcode", "ticket code", "ticket number", "ticket no", "ticket secret", "ticket id", "registration code",
        "registration no", "registration number", "reg no", "reg code", "registration id", "token", "รหัส", "รหัสบัตร",
        "เลขบัตร", "หมายเลขบัตร", "บาร์โค้ด", "คิวอาร์โค้ด", "คิวอาร์", "รหัสลงทะเบียน", "เลขที่ลงทะเบียน",
        "หมายเลขลงทะเบียน", "เลขทะเบียน",
        "รหัสผู้เข้าร่วม",
    ),
    "email": ("email", "e mail", "mail", "email address", "e mail address", "attendee email", "อีเมล", "อีเมล์", "อีเมลล์",
        "ที่อยู่อีเมล"),
    "phone": (
        "phone", "phone number", "telephone", "tel", "tel no", "mobile", "mobile phone", "mobile number", "cell phone",
        "contact number", "โทรศัพท์", "เบอร์โทร", "เบอร์โทรศัพท์", "โทร", "มือถือ", "หมายเลขโทรศัพท์", "เบอร์มือถือ",
    ),
    "note": (
        "note", "notes", "remark", "remarks", "comment", "comments", "note for the desk", "desk note", "special needs",
        "หมายเหตุ", "บันทึก", "ข้อสังเกต", "ความต้องการพิเศษ",
    ),
    "status": (
        "status", "registration status", "attendee status", "registration state", "state", "order status", "confirmed",
        "confirmation", "สถานะ", "สถานะการลงทะเบียน", "สถานะลงทะเบียน", "สถานภาพ",
    ),
    "expected": (
        "sessions", "session", "expected", "expected sessions", "expected at", "workshops", "workshop", "panels", "panel",
        "days", "attending", "attends", "attendance days", "ห้องย่อย", "ช่วง", "วันที่เข้าร่วม", "เข้าร่วม", "หัวข้อ",
        "หัวข้อที่เข้าร่วม", "การเสวนา",
    ),
    "external_id": (
        "external id", "id", "uid", "uuid", "person id", "attendee id", "participant id", "registrant id", "guest id",
        "reference", "ref", "reference number", "order code", "รหัสอ้างอิง", "เลขอ้างอิง", "ไอดี",
    ),
    "arrival": (
        "arrival", "arrival date", "date of arrival", "departure", "departure date", "date of birth", "birthday",
        "birth date", "birthdate", "dob", "registration date", "registered", "registered on", "date", "check in date",
        "วันเกิด", "วันที่เดินทาง", "วันเดินทางมาถึง", "วันที่มาถึง", "วันที่เดินทางมาถึง", "วันเดินทางกลับ",
        "วันลงทะเบียน", "วันที่ลงทะเบียน", "วันที่",
    ),
}  # fmt: skip

_SEPARATORS = re.compile(r"[\s\W_]+", re.UNICODE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A heading that stands over several columns, so that nobody can say which one is meant."""

    field: str
    heading: str
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column holds which field."""

    columns: tuple[tuple[str, int], ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()
    preset: str = ""
    """The ticket system whose export this is ("pretix"), or nothing."""
    dates: DateOrder | None = None
    """How dates such as 03/04/2026 are written; None: day first, and said so where it matters."""
    default_category: str = ""
    """Category key for people whose row names none."""
    unused: tuple[str, ...] = field(default=())

    def get(self, name: str) -> int | None:
        """Return the column of a field."""
        return next((column for known, column in self.columns if known == name), None)

    def with_column(self, name: str, column: int | None) -> Mapping:
        """Return a mapping where this field is in that column (None: in none) and nothing is ambiguous about it."""
        kept = tuple((f, c) for f, c in self.columns if f != name and c != column)
        more = ((name, column),) if column is not None else ()
        return replace(self, columns=kept + more, ambiguous=tuple(a for a in self.ambiguous if a.field != name))


@cache
def _known() -> dict[str, str]:
    return {_plain(word): name for name, words in _WORDS.items() for word in words}


def _plain(heading: str) -> str:
    """Return a heading without marks, case and punctuation: "E-mail (work)*" is "e mail work"."""
    text = unicodedata.normalize("NFKC", _CAMEL.sub(" ", heading)).casefold().replace("\u0e4d\u0e32", "\u0e33")
    # \W takes Thai vowel signs for punctuation: only what is neither letter, mark nor digit separates words.
    return " ".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text).split())


def field_of(heading: str) -> str | None:
    """Return the field that a heading names, or None. "Name / ชื่อ-สกุล" is recognised by either half."""
    known = _known()
    plain = _plain(heading)
    if plain in known:
        return known[plain]
    for cut in (r"[/|\n\r]+", r"[/|\n\r(（\[【:：)）\]】]+"):
        found = [known[_plain(part)] for part in re.split(cut, heading) if _plain(part) in known]
        if found:
            return next((name for name in found if name != "name"), "name")
    words = plain.split()
    if len(words) > 2 and words[0] in {"your", "attendee", "participant", "delegate", "the"}:
        return known.get(" ".join(words[1:]))
    return None


def guess(headers: Sequence[str], sample: Sequence[Sequence[str]] = ()) -> Mapping:
    """Guess which column holds which field, from the headings, and from the first rows where two are possible.

    Exports of a ticket system that is known are mapped as that system means them (roster/sources).
    """
    for module in registry.walk(sources):
        recognise = getattr(module, "recognise", None)
        found: dict[str, int] | None = recognise(list(headers)) if recognise else None
        if found:
            return _finish(found, (), headers, preset=module.NAME)
    candidates: dict[str, list[int]] = {}
    for column, heading in enumerate(headers):
        name = field_of(heading)
        if name:
            candidates.setdefault(name, []).append(column)
    _settle_thai_first_names(headers, candidates)
    columns: dict[str, int] = {}
    ambiguous = []
    for name, places in candidates.items():
        same = [column for column in places if _plain(headers[column]) == _plain(headers[places[0]])]
        if name != "arrival" and len(same) > 1:
            ambiguous.append(Ambiguity(name, headers[places[0]].strip(), tuple(same)))
        elif name == "title" and not _honorifics(sample, places[0]):
            continue
        else:
            ranked = sorted(places, key=lambda column: _rank(name, headers[column]))
            columns[name] = ranked[0]
            if name == "badge_code" and len(ranked) > 1 and "external_id" not in candidates:
                columns["external_id"] = ranked[1]  # "Registration ID" beside "Badge code"
    return _finish(columns, tuple(ambiguous), headers)


def _settle_thai_first_names(headers: Sequence[str], candidates: dict[str, list[int]]) -> None:
    """ "ชื่อ" alone is the given name beside a column for the family name, and the whole name without one."""
    for column, heading in enumerate(headers):
        if _plain(heading) == "ชื่อ":
            candidates.setdefault("given" if "family" in candidates else "name", []).append(column)
    if "given" in candidates and "family" not in candidates and "name" not in candidates:
        candidates["name"] = candidates.pop("given")


def _rank(name: str, heading: str) -> int:
    """Return how well a heading fits, 0 best: the place of its best half in the field's words."""
    words = [_plain(word) for word in _WORDS[name]]
    halves = [_plain(heading), *(_plain(part) for part in re.split(r"[/|\n\r(（)）]+", heading))]
    return min((words.index(half) for half in halves if half in words), default=len(words))


def _honorifics(sample: Sequence[Sequence[str]], column: int) -> bool:
    """Say whether a "title" column holds Mr, Dr, นาย rather than positions such as "Deputy Director"."""
    values = {row[column].strip() for row in sample if column < len(row)} - {""}
    return not values or (len(values) <= 20 and max(map(len, values)) <= 16 and not any(" of " in v for v in values))


def _finish(
    columns: dict[str, int], ambiguous: tuple[Ambiguity, ...], headers: Sequence[str], preset: str = ""
) -> Mapping:
    used = set(columns.values()) | {column for a in ambiguous for column in a.columns}
    unused = tuple(h.strip() for column, h in enumerate(headers) if column not in used and h.strip())
    return Mapping(tuple(columns.items()), ambiguous, preset, unused=unused)


def override(mapping: Mapping, headers: Sequence[str], choice: str) -> Mapping:
    """Return the mapping with one choice "FIELD=COLUMN" of a person: a heading, or a column's letters; empty for none.

    Raises RosterFileError for a field or column that does not exist, or a heading that stands twice.
    """
    name, _equals, wanted = choice.partition("=")
    name, wanted = name.strip().replace("organization", "organisation"), wanted.strip()
    if name not in FIELDS or not _equals:
        raise RosterFileError(
            _("“{choice}” is no FIELD=COLUMN. The fields are: {fields}.").format(
                choice=choice, fields=", ".join(FIELDS)
            )
        )
    if not wanted:
        return mapping.with_column(name, None)
    exact = [column for column, heading in enumerate(headers) if heading.strip() == wanted]
    places = exact or [column for column, heading in enumerate(headers) if _plain(heading) == _plain(wanted)]
    if not places and re.fullmatch(r"[A-Za-z]{1,3}", wanted) and column_index(wanted.upper()) < len(headers):
        places = [column_index(wanted.upper())]
    if not places:
        raise RosterFileError(
            _("There is no column “{column}”. The columns are: {columns}.").format(
                column=wanted, columns=", ".join(h.strip() or letter(i) for i, h in enumerate(headers))
            )
        )
    if len(places) > 1:
        raise RosterFileError(
            _("The heading “{heading}” stands over the columns {columns}. Name the column by its letter.").format(
                heading=wanted, columns=", ".join(map(letter, places))
            )
        )
    return mapping.with_column(name, places[0])
