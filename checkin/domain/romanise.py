"""Thai and Lao words in Latin letters, roughly as the Royal Institute would write them: to compare, never to show.

Thai does not write every vowel, and a folded word has lost the sign over silent letters, so that one word can be read in
several ways. All likely ones are given, the likeliest first; who compares takes the best.
"""

# ruff: noqa: SIM905, E501 - lists of words read better as lines
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

_MOST_READINGS: Final = 12
_MOST_TRIED: Final = 96
"""Of the ways to read a long word so many are tried, and those kept that differ in a consonant."""
_LONGEST: Final = 40
_VOWELS: Final = re.compile("[aeiou]+")

_FIRST: Final = dict(
    zip(
        "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
        (
            "k kh kh kh kh kh ng ch ch ch s ch y d t th th th n d t th th th n b p ph f ph f ph m y r l w s s s h l - h"
        ).split(),
        strict=True,
    )
)
_LAST: Final = dict(
    zip(
        "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
        "k k k k k k ng t t t t t n t t t t t n t t t t t n p p p p p p p m i n n o t t t - n - -".split(),
        strict=True,
    )
)
_AFTER: Final = {"ะ": "a", "ั": "a", "า": "a", "ิ": "i", "ี": "i", "ึ": "ue", "ื": "ue", "ุ": "u", "ู": "u"}
_BEFORE: Final = {"เ": "e", "แ": "ae", "โ": "o", "ใ": "ai", "ไ": "ai"}
_SECOND: Final = frozenset("รลว")
_CLUSTERS: Final = "กขคตปผพทบดฟ"
_SILENT_ENDINGS: Final = ("ดิ", "ติ", "ธิ", "ธุ", "ตุ", "ศิ")
_SILENT: Final = frozenset("รศษสนณตทธดยจชคพปฐ")
"""Letters that a name may end with, or have before its second part, without their being said: วงศ, จันทร, ศักดิ."""
_VOWEL_UNSAID: Final = frozenset("ตฒธมทด")
"""A final consonant with a short vowel that is often not said: ชาติ, วุฒิ, ภูมิ."""
_MARKS: Final = frozenset("็ฺ่้๊๋๎")
_LAO: Final = {"ຊ": "ซ", "ົ": "", "ຽ": "ย", "ຼ": "ล", "ໜ": "น", "ໝ": "ม", "ຢ": "ย", "ຍ": "ย", "ຣ": "ร", "ຫ": "ห", "ອ": "อ", "ຮ": "ฮ"}  # fmt: skip


def is_thai(word: str) -> bool:
    """Say whether a word begins with a letter that `readings` knows (Thai or Lao)."""
    return bool(word) and "\u0e01" <= word[0] <= "\u0eff"


@lru_cache(maxsize=1 << 14)
def readings(word: str) -> tuple[str, ...]:
    """Return how a Thai or Lao word may be read, likeliest first; nothing for what has no such letter."""
    text = _plain(word[:_LONGEST])
    found: dict[str, str] = {}
    for way in islice(_read(text, False), _MOST_TRIED):
        read = way.replace("-", "")
        found.setdefault(_VOWELS.sub("", read), read)
    return tuple([read for read in found.values() if read][:_MOST_READINGS])


def _plain(word: str) -> str:
    """Return Thai letters only: Lao ones as their Thai sisters, silenced ones and tones left out."""
    letters: list[str] = []
    for char in word:
        thai = _LAO.get(char, chr(ord(char) - 0x80)) if "\u0e80" <= char <= "\u0eff" else char
        if thai == "์":
            while letters and letters[-1] in "ิุ":
                letters.pop()
            if letters:
                letters.pop()
        elif thai and thai not in _MARKS:
            letters.append(thai)
    return "".join(letters)


def _read(text: str, closed: bool) -> Iterator[str]:
    """Give the readings of what is left; `closed`: a syllable with a final consonant stands before it."""
    if not text:
        yield ""
        return
    if closed:
        yield from _left_over(text)
    char = text[0]
    if char in _BEFORE:
        yield from _led(text)
    elif char in _FIRST:
        yield from _plain_syllable(text)
    else:
        yield from _read(text[1:], False)


def _left_over(text: str) -> Iterator[str]:
    """After a closed syllable: a consonant without a vowel, or ดิ and the like, is written but not said."""
    for ending in _SILENT_ENDINGS:
        if text.startswith(ending):
            yield from _read(text[len(ending) :], False)
    if text[0] in _SILENT and not _has_vowel(text, 1):
        rest = text[1:]
        if rest[:1] in {"ร", "ย", "ณ", "น"} and not _has_vowel(rest, 1):  # จันทร, อินทร: both are silent
            yield from _read(rest[1:], False)
        yield from _read(rest, False)


def _has_vowel(text: str, place: int) -> bool:
    """Say whether the consonant before `place` carries its vowel after it."""
    following = text[place : place + 2]
    return following[:1] in _AFTER or following[:1] == "ำ" or following == "รร" or following[:1] == "อ"


def _onset(text: str, *, led: bool = False) -> Iterator[tuple[str, str]]:
    """Give (sound, rest) for the consonants at the beginning: a cluster first, then one alone. `led`: after a vowel."""
    first = text[0]
    second = text[1:2]
    if second == "ร" and first in "ทสศซ" and (len(text) > 2 and (_has_vowel(text, 2) or first == "ท")):
        yield "s", text[2:]
    if second and second in _SECOND and first in _CLUSTERS and (led or len(text) > 2):
        yield _FIRST[first] + _FIRST[second], text[2:]
    if first == "ห" and second and second in "งญนมยรลว" and len(text) > 2:
        yield _FIRST[second], text[2:]
    yield _FIRST[first], text[1:]


def _led(text: str) -> Iterator[str]:
    """Read a syllable whose vowel is written before its consonant."""
    vowel, rest = text[0], text[1:]
    if not rest or rest[0] not in _FIRST:
        yield from _read(rest, False)
        return
    apart = _FIRST[rest[0]] + "a", vowel + rest[1:]
    two = rest[1:2] in _FIRST and len(rest) > 2 and vowel not in "ใไ"
    if surely := two and vowel == "เ" and rest[1:3] == "ริ" and rest[0] not in _CLUSTERS + "สศซ":
        yield from (apart[0] + more for more in _read(apart[1], False))  # เจริญ is จะเริญ
    for sound, after in _onset(rest, led=True):
        if vowel == "เ":
            yield from _with_e(sound, after)
        elif vowel in "ใไ":
            unsaid = after[:1] == "ย" and not _has_vowel(after, 1)
            yield from (sound + "ai" + more for more in _read(after[1:] if unsaid else after, False))
        else:
            yield from _closed(sound + _BEFORE[vowel], after)
    if two and not surely:
        yield from (apart[0] + more for more in _read(apart[1], False))


def _with_e(sound: str, after: str) -> Iterator[str]:
    if after[:2] in {"ีย", "ือ"}:
        yield from _closed(sound + ("ia" if after[0] == "ี" else "uea"), after[2:])
    elif after[:1] == "า":
        rest = after[1:]
        yield from (sound + ("o" if rest[:1] == "ะ" else "ao") + more for more in _read(rest.removeprefix("ะ"), False))
    elif after[:1] in {"ิ", "อ"}:
        yield from _closed(sound + "oe", after[1:])
    elif after[:1] == "ย" and not _has_vowel(after, 1):
        yield from (sound + "oei" + more for more in _read(after[1:], False))
    else:
        yield from _closed(sound + "e", after.removeprefix("ะ"))


def _plain_syllable(text: str) -> Iterator[str]:
    for sound, after in _onset(text):
        mark = after[:1]
        if after.startswith("รร"):
            final = after[2:3]
            bare = not final or final not in _FIRST or _has_vowel(after, 3)
            yield from (_closed(sound + "an", after[2:]) if bare else _closed(sound + "a", after[2:]))
        elif after.startswith("ัว"):
            yield from _closed(sound + "ua", after[2:])
        elif after.startswith("ัย"):
            yield from (sound + "ai" + more for more in _read(after[2:], False))
        elif mark and mark in "ำะ":
            yield from (sound + ("am" if mark == "ำ" else "a") + more for more in _read(after[1:], False))
        elif mark in _AFTER:
            yield from _closed(sound + _AFTER[mark], after[1:])
        elif mark == "อ":
            yield from _closed(sound + "o", after[1:])
        elif mark == "ว" and after[1:2] in _FIRST and not _has_vowel(after, 1) and not _has_vowel(after, 2):
            yield from _closed(sound + "ua", after[1:])
        else:
            yield from _without_vowel(sound, after)


def _without_vowel(sound: str, after: str) -> Iterator[str]:
    """Read a consonant that no vowel is written for: o before a final consonant, else a."""
    if after[:1] in _FIRST and not _has_vowel(after, 1):
        yield from (sound + "o" + _LAST[after[0]] + more for more in _read(after[1:], True))
    yield from (sound + "a" + more for more in _read(after, False))


def _closed(sound: str, after: str) -> Iterator[str]:
    """Read on after a vowel: with a final consonant where one can stand, and without."""
    first = after[:1]
    if first and first in _FIRST and not _has_vowel(after, 1):
        yield from (sound + _LAST[first] + more for more in _read(after[1:], True))
        if len(after) > 1:
            yield from (sound + more for more in _read(after, False))
        return
    if first in _VOWEL_UNSAID and after[1:2] in {"ิ", "ุ"}:
        yield from (sound + _LAST[first] + more for more in _read(after[2:], True))
    yield from (sound + more for more in _read(after, False))
