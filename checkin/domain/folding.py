"""Make texts comparable: for the search without accents, and for a sorted list that Thai readers expect.

No ICU and no locale is needed. Folding forgets what people leave out or mix up when they type: case, accents, Thai and
Lao tone marks and their order, Thai digits, characters without a width. What is shown stays as it was given.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_ALIKE: Final = {
    "đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n", "þ": "th", "ŧ": "t",
    "ĸ": "k", "ə": "e", "ơ": "o", "ư": "u", "‘": "'", "’": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
}  # fmt: skip
_TONES: Final = frozenset("็่้๊๋์๎ฺ່້໊໋໌")
"""Thai and Lao signs that are left out, doubled or put before the vowel: short-vowel sign, tones, silent-letter sign."""
_INDIC: Final = ((0x0900, 0x10A0), (0x1700, 0x1800), (0x1900, 0x1CFF), (0xA800, 0xAAE0), (0xABC0, 0xAC00))
"""Scripts whose combining signs are vowels and consonants, no accents. Thai, Lao, Burmese, Khmer are among them."""
_SPACELESS: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")
_AM: Final = re.compile("ํา|ໍາ")
_LEADING_VOWEL: Final = re.compile("([เ-ไເ-ໄ])([ก-ฮກ-ຮໜໝ])")
_TITLE_GLUED: Final = re.compile("^(นางสาว|นาย|นาง|คุณ|ดร|เดกชาย|เดกหญิง)(?=[ก-ฮเ-ไ])(.{2,})", re.DOTALL)


def _fold_char(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Zs", "Zl", "Zp", "Cc"}:
        return " "
    if category[0] == "C" or char in _TONES:
        return ""
    if category[0] == "M":
        code = ord(char)
        return char if any(first <= code < last for first, last in _INDIC) else ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    return "".join(_ALIKE.get(low, low) for low in char.casefold())


class _Folding(dict[int, str]):
    """A translation table that works out each character once."""

    def __missing__(self, code: int) -> str:
        folded = "".join(_fold_char(char) for char in unicodedata.normalize("NFKD", chr(code)))
        if code in {0x0E33, 0x0EB3}:  # ำ ຳ: one letter, which NFKD would take apart
            folded = chr(code)
        self[code] = folded
        return folded


class _Separators(dict[int, str]):
    """A translation table to a space for all that is neither letter, digit nor vowel sign."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = kept = char if unicodedata.category(char)[0] in "LNM" else " "
        return kept


_CONTROLS: Final[dict[int, str]] = dict.fromkeys((*range(32), 127), " ") | {ord("`"): "'"}
_FOLDING: Final = _Folding()
_SEPARATORS: Final = _Separators()


def fold(text: str) -> str:
    """Return `text` as the search compares it: lower case, no accents, no Thai or Lao tones, ASCII digits.

    Punctuation and spaces stay; characters without a width, private and unassigned ones are dropped.
    """
    if text.isascii():
        return text.lower().translate(_CONTROLS)
    folded = unicodedata.normalize("NFC", text).translate(_FOLDING)
    if "า" in folded or "າ" in folded:
        folded = _AM.sub(lambda found: "ำ" if found[0][1] == "า" else "ຳ", folded)
    return folded.replace("เเ", "แ").replace("ເເ", "ແ")


TITLES: Final = frozenset(
    word
    for word in fold(
        "mr mrs ms miss mx dr prof professor assoc asst hon honourable phd md datuk dato datin tan sri tun puan encik"
        " haji hajjah hj bin binti bte mme mlle u daw ong bapak ibu pak drs ir นาย นาง นางสาว คุณ ดร ศ รศ ผศ ศาสตราจารย์"
        " รองศาสตราจารย์ ผู้ช่วยศาสตราจารย์ หม่อมหลวง หม่อมราชวงศ์ ท่าน ທ້າວ ນາງ ທ່ານ លោក លោកស្រី ဦး ဒေါ်"
    ).split()
)
"""Titles and honorifics, folded. They stand before a name or between its parts; nobody is told apart by them."""
_ALSO_NAMES: Final = frozenset(["ong", "tan", "sri", "tun", "ir"])
"""Titles that are somebody's name as often: never left out."""


def words(text: str) -> list[str]:
    """Return the folded words of `text` in order. An apostrophe joins (O'Brien is obrien), all else that is no letter parts."""
    return fold(text).replace("'", "").translate(_SEPARATORS).split()


@lru_cache(maxsize=1 << 14)
def _plain(chunk: str) -> str:
    """Return the words of what stands between two spaces: the same ones come again and again in a roster."""
    return " ".join(words(chunk))


def bare_name(word: str) -> str:
    """Return a folded word without a Thai title written onto it (นายสมชาย is สมชาย); most words stay as they are."""
    found = _TITLE_GLUED.match(word)
    return found[2] if found else word


def is_title(word: str) -> bool:
    """Say whether a folded word is a title that can be left out."""
    return word in TITLES and word not in _ALSO_NAMES


def thai_sort_key(text: str) -> str:
    """Return a key that sorts names by code point as a Thai dictionary (and a Latin one) would.

    Titles are left out; a leading vowel goes behind its consonant; tones and accents decide only between names that are
    otherwise the same. At most 120 characters.
    """
    plain = " ".join(filter(None, map(_plain, text.split())))
    first, _space, rest = plain.partition(" ")
    while rest and is_title(first):
        plain = rest
        first, _space, rest = plain.partition(" ")
    if text.isascii():
        return plain[:80]
    if not plain.isascii():
        plain = _LEADING_VOWEL.sub(r"\2\1", bare_name(first) + plain[len(first) :])
    return f"{plain[:80]}\t{unicodedata.normalize('NFC', text).lower()[:39]}"


def has_no_spaces(word: str) -> bool:
    """Say whether a word is of a script that writes without spaces (Thai, Lao, Burmese, Khmer, Chinese, Japanese)."""
    return not word.isascii() and _SPACELESS.search(word) is not None
