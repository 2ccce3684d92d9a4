"""What the name of a Thai body would be in English, word by word: enough to see that two names are of one body.

Ministries, departments, funds and schools are called by a few dozen words; what is left is a proper name, which is
compared by its sound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from checkin.domain.folding import fold
from checkin.domain.romanise import readings

_WORDS: Final = """
กระทรวง ministry|ทบวง ministry|กรม department|สำนักงานคณะกรรมการ office commission|สำนักงาน office|สำนัก bureau|กอง division|
ศูนย์ centre|สถาบัน institute|มหาวิทยาลัย university|วิทยาลัย college|โรงเรียน school|โรงพยาบาล hospital|ธนาคาร bank|กองทุน fund|
สภา council|ศาล court|บริษัท company|สมาคม association|มูลนิธิ foundation|สหภาพ union|สหพันธ์ federation|องค์การ organisation|
องค์กร organisation|สถานทูต embassy|สถานเอกอัครราชทูต embassy|เทศบาล municipality|จังหวัด province|คณะกรรมการ committee|
คณะ faculty|แห่งชาติ national|แห่งประเทศไทย thailand|ประเทศไทย thailand|ไทย thai|ระหว่างประเทศ international|โลก world|เอเชีย asian|
อาเซียน asean|กลาง central|รัฐบาล government|นายกรัฐมนตรี prime minister|ข้าราชการพลเรือน civil service|ข้าราชการ government|
แรงงาน labour|จัดหางาน employment|พัฒนาฝีมือแรงงาน skill development|สวัสดิการ welfare|คุ้มครองแรงงาน labour protection|
คุ้มครอง protection|ประกันสังคม social security|หลักประกันสุขภาพ health security|ประกันภัย insurance|สุขภาพ health|
สาธารณสุข public health|อนามัย health|การแพทย์ medical|พัฒนาสังคม social development|ความมั่นคงของมนุษย์ human security|
ความมั่นคง security|สังคม social|เศรษฐกิจ economic|พัฒนา development|ผู้สูงอายุ older persons|คนพิการ persons disabilities|
เด็ก children|สตรี women|เยาวชน youth|ครอบครัว family|การคลัง finance|คลัง finance|บัญชีกลาง comptroller general|สรรพากร revenue|
สรรพสามิต excise|ศุลกากร customs|งบประมาณ budget|บำเหน็จบำนาญ pension|เงินทดแทน compensation|ออมสิน savings|
ออมแห่งชาติ national savings|ศึกษาธิการ education|การศึกษา education|มหาดไทย interior|ปกครอง provincial administration|
การต่างประเทศ foreign affairs|ต่างประเทศ foreign|พาณิชย์ commerce|เกษตรและสหกรณ์ agriculture cooperatives|สหกรณ์ cooperatives|
เกษตร agriculture|คมนาคม transport|ยุติธรรม justice|กลาโหม defence|พลังงาน energy|อุตสาหกรรม industry|วัฒนธรรม culture|
ท่องเที่ยว tourism|กีฬา sports|ทรัพยากรธรรมชาติ natural resources|สิ่งแวดล้อม environment|วิทยาศาสตร์ science|เทคโนโลยี technology|
ดิจิทัล digital|สารสนเทศ information|สื่อสาร communication|วิจัย research|นวัตกรรม innovation|สถิติ statistical|
ประชาสัมพันธ์ public relations|ตำรวจ police|อัยการ attorney|กฤษฎีกา council state|ตรวจเงินแผ่นดิน audit|การ|และ|ของ|แห่ง|ฯ
"""
_ENGLISH: Final[dict[str, tuple[str, ...]]] = {}
for _pair in _WORDS.replace("\n", "").split("|"):
    _thai, _, _english = _pair.partition(" ")
    _ENGLISH[fold(_thai)] = tuple(_english.split())
_KNOWN: Final = re.compile("|".join(sorted(map(re.escape, _ENGLISH), key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class InEnglish:
    """A Thai body's name, taken apart."""

    words: frozenset[str]
    names: tuple[tuple[str, ...], ...]
    """What no word stands for, each with its readings in Latin letters."""


@lru_cache(maxsize=1 << 12)
def in_english(text: str) -> InEnglish:
    """Return the English words of a Thai name."""
    folded = "".join(char for char in fold(text) if "\u0e01" <= char <= "\u0e4e")
    known = frozenset(word for found in _KNOWN.findall(folded) for word in _ENGLISH[found])
    names = [readings(part) for part in _KNOWN.sub(" ", folded).split() if len(part) > 2]
    return InEnglish(known, tuple(name for name in names if name))
