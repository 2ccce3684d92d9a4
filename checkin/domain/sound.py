"""How a name sounds, for names of South-East Asia and Europe: two spellings of one name have one sound.

Thai names are written in Latin letters by ear (Wichai, Vichai), Malay ones after an old or a new rule (Yusuf, Jusuf;
Aisyah, Aishah), Burmese with or without an h (Tun, Htun). `spoken` keeps the vowels, `skeleton` only the consonants.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from checkin.domain.romanise import is_thai, readings

_ONE_NAME: Final = {
    **dict.fromkeys(
        [
            "mohd",
            "muhd",
            "mohamad",
            "mohammad",
            "mohamed",
            "mohammed",
            "muhamad",
            "muhammed",
            "mohamd",
            "muhmmad",
            "mohd",
            "mhd",
            "mohammud",
        ],
        "muhammad",
    ),
    **dict.fromkeys(["othman", "uthman", "usman"], "osman"),
    **dict.fromkeys(["abd", "abdel", "abdal"], "abdul"),
    **dict.fromkeys(["achmad", "akhmad", "ahmed", "akhmed"], "ahmad"),
}
"""Names whose short and old forms have little sound in common with the full one."""


def _needed(pattern: str) -> frozenset[str]:
    """Return letters of which a word must have one for `pattern` to match: most words need few of the patterns."""
    plain = re.sub(r"\(\?[<!=]*[^)]*\)|\[[^]]*\]|[\^$+?()|.\\1]", "", pattern.replace(r"\u0001", "\u0001"))
    return frozenset(plain) if plain else _ANY


_ANY: Final = frozenset("abcdefghijklmnopqrstuvwxyzŋň\u0001")
_Change = str | Callable[[re.Match[str]], str]
_CHANGES: Final[tuple[tuple[frozenset[str], re.Pattern[str], _Change], ...]] = tuple(
    (_needed(pattern), re.compile(pattern), change)
    for pattern, change in (
        (r"^h(?=[bcdfgjklmnpqrstvwxz])", ""),  # Htun, Hla
        (r"^mc(?=[a-z])", "mak"),
        (r"dz", "z"),
        (r"sakd[iy]$", "sak"),  # Somsakdi: the Thai letter is written and not said
        (r"tch|sch|[dt]j|j", "\u0001"),  # Petch, Djoko, Tjahjo
        (r"ch(?=[rlmnw])", "k"),  # Christine
        (r"ch", "\u0001"),
        (r"c(?=[eiy])", "s"),
        (r"ck|q|c", "k"),
        (r"\u0001", "c"),
        (r"sy(?=[aeiou])|sh|zh|z", "s"),
        (r"^x|(?<=[aeiou])x(?=[aeiou])", "s"),  # Xayavong
        (r"x", "ks"),
        (r"ph|bh|f", "p"),
        (r"dh", "t"),  # Dhamrong
        (r"v", "w"),
        (r"ng", "ŋ"),
        (r"nh$", "ň"),  # Anh is not An
        (r"(?<=[a-zŋ])h(?![aeiouy])|(?<=[bcdgklmnprstwŋ])h", ""),
        (r"(ow|aw)(?![aeiou])|au", "ao"),
        (r"aye|aei|oei|uai", "e"),
        (r"(?<=[aeiou])y(?![aeiou])", "i"),
        (r"iy(?=[aeiou])|(?<=[^aeiou])y(?=[aeiou])|y(?![aeiou])", "i"),  # Mariyam, Maryam
        (r"ee|ii", "i"),
        (r"ei|ai|ae|ea", "e"),
        (r"ie", "i"),
        (r"ou|oo|oe|ue|uu|eu|u", "o"),
        (r"ao(?=n)", "o"),
        (r"td|dd", "d"),
        (r"dt", "t"),
        (r"(.)\1+", r"\1"),
        (r"(?<=[aeiou])r(?![aeiour])", ""),  # Porn, Suchart
        (r"b$", "p"),
        (r"d$", "t"),
        (r"g$", "k"),
    )
)
_OTHER_RULES: Final = (
    (re.compile("(?<!d)(?<!t)j"), "y"),  # Jusuf is Yusuf, Widjaja Wijaya: j as it was written in the Indies
    (re.compile("^c(?=[aou])"), "ch"),  # Cahyo is Tjahjo
    (re.compile("ch(?=[bdfgkmnpstz])"), "h"),  # Rachmat, Muchtar
)
"""Spellings that are read in two ways."""
_VOWELS: Final = re.compile("[aeiou]")
_FINALS: Final = str.maketrans({"l": "n", "s": "t", "c": "t", "d": "t", "b": "p"})
_FIRST_VOWEL: Final = str.maketrans("eiou", "aaaa")
_CLUSTER: Final = re.compile("(?<=[aeiou])[lscdb](?![aeiou])")


@lru_cache(maxsize=1 << 17)
def spoken(word: str) -> tuple[str, ...]:
    """Return how a folded word may sound: one way for a Latin word, several for a Thai one, none for other scripts."""
    if is_thai(word):
        return tuple(dict.fromkeys([_heard(way) for way in readings(word)]))
    if not word.isascii() or not word.isalpha():
        return ()
    ways = [word, *[pattern.sub(change, word) for pattern, change in _OTHER_RULES if pattern.search(word)]]
    return tuple(dict.fromkeys([_heard(way) for way in ways]))


def _heard(word: str) -> str:
    word = _ONE_NAME.get(word, word)
    for letters, pattern, change in _CHANGES:
        if not letters.isdisjoint(word):
            word = pattern.sub(change, word)
    return word


def skeleton(heard: str) -> str:
    """Return the consonants of what `spoken` gave, those that end a syllable as Thai ends one."""
    ended = _CLUSTER.sub(lambda found: found[0].translate(_FINALS), heard)
    return (ended[:1].translate(_FIRST_VOWEL) + _VOWELS.sub("", ended[1:])).replace("ň", "n")


def nearly(one: str, other: str) -> bool:
    """Say whether two words of one skeleton sound nearly the same: vowels may differ, more of them in a longer word."""
    longest = max(len(one), len(other))
    if longest < 4:
        return False
    return within(one, other, 1 if longest < 6 else 2 if longest < 10 else 3)


def mistyped(one: str, other: str) -> bool:
    """Say whether two long words, of nearly one skeleton, differ in so little that one may be the other mistyped."""
    longest = max(len(one), len(other))
    return longest > 6 and within(one, other, 1 if longest < 12 else 2)


def misheard(one: str, other: str) -> bool:
    """Say whether a word may be another script's one with an error: letters of two scripts can only be compared by sound."""
    return max(len(one), len(other)) > 4 and one[:1] == other[:1] and within(one, other, 1)


def within(one: str, other: str, most: int) -> bool:
    """Say whether two words differ in at most so many letters."""
    return OSA.distance(one, other, score_cutoff=most) <= most
