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
    **dict.fromkeys(["abd", "abdel", "abdal"], "abdul"),
    **dict.fromkeys(["achmad", "akhmad", "ahmed", "akhmed"], "ahmad"),
}
"""Names whose short and old forms have little sound in common with the full one."""

_Change = str | Callable[[re.Match[str]], str]
_CHANGES: Final[tuple[tuple[re.Pattern[str], _Change], ...]] = tuple(
    (re.compile(pattern), change)
    for pattern, change in (
        (r"^h(?=[bcdfgjklmnpqrstvwxz])", ""),  # Htun, Hla
        (r"^mc(?=[a-z])", "mak"),
        (r"dz", "z"),
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
    return (_heard(word),)


def _heard(word: str) -> str:
    word = _ONE_NAME.get(word, word)
    for pattern, change in _CHANGES:
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
    most = 1 if longest < 6 else 2 if longest < 10 else 3
    return OSA.distance(one, other, score_cutoff=most) <= most
