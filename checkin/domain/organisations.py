"""Whether two texts name one organisation: short forms, added departments, spelling mistakes, company endings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from checkin.domain.folding import has_no_spaces, words

_SMALL: Final = frozenset("the of and for on in to de la le les des du et a an dan und der fur".split())
_COMPANY: Final = frozenset("co ltd company limited inc plc pcl public corp gmbh ag pt tbk cv sdn bhd pte llc sa จำกด มหาชน บริษท".split())
_IN_BRACKETS: Final = re.compile(r"[(\[]([^)\]]+)[)\]]")
_SPELT: Final = {"labor": "labour", "organization": "organisation", "center": "centre", "min": "ministry", "dept": "department",
                 "intl": "international", "natl": "national", "nat": "national", "univ": "university", "uni": "university"}  # fmt: skip


@lru_cache(maxsize=1 << 14)
def key_words(text: str) -> tuple[str, ...]:
    """Return the words that tell an organisation from another, in order; all of them where none would be left."""
    found = [_SPELT.get(word, word) for word in words(text)]
    return tuple([word for word in found if word not in _SMALL | _COMPANY] or found)


def _bracketed(text: str) -> set[str]:
    return {"".join(words(inside)) for inside in _IN_BRACKETS.findall(text)}


@lru_cache(maxsize=1 << 14)
def short_forms(text: str) -> frozenset[str]:
    """Return the short forms that a name has: the first letters of its words, what stands in brackets, itself if short."""
    forms = _bracketed(text)
    plain = _IN_BRACKETS.sub(" ", text)
    for part in (plain, plain.partition(",")[0]):
        all_words = words(part)
        for chosen in (all_words, [word for word in all_words if word not in _SMALL], list(key_words(part)), _without(all_words, "and"), _without(all_words, "the")):
            forms.add("".join(word[0] for word in chosen))
    if len(key := key_words(text)) == 1 and len(key[0]) <= 12:
        forms.add(key[0])
    return frozenset(form for form in forms if len(form) > 1)


def _without(some: list[str], word: str) -> list[str]:
    return [each for each in some if each != word]


@lru_cache(maxsize=1 << 15)
def agreement(one: str, other: str) -> float:
    """Return 1 (one organisation) to -1 (two); 0 where nothing can be said: a name is missing or in another script."""
    mine, yours = key_words(one), key_words(other)
    if not mine or not yours:
        return 0.0
    if mine == yours or "".join(mine) == "".join(yours):
        return 1.0
    if has_no_spaces(mine[0]) != has_no_spaces(yours[0]):
        return 0.0
    few, many = sorted((set(mine), set(yours)), key=len)
    if few <= many:
        return 1.0 if len(few) > 1 or len(few) == len(many) or _tells(next(iter(few))) else 0.5
    if short_forms(one) & short_forms(other) or _bracketed(one) & set(yours) or _bracketed(other) & set(mine):
        return 1.0
    if fuzz.ratio("".join(mine), "".join(yours)) >= 87 or all(_has(many, word) for word in few):
        return 1.0
    if _initials_in(mine, yours) or _initials_in(yours, mine):
        return 1.0
    if len(mine) == len(yours) == 1 and len(mine[0]) > 2 and OSA.distance(mine[0], yours[0]) == 1:
        return 0.5
    return -0.5 if min(len(mine), len(yours)) == 1 else -1.0  # one word may be a short form of its own kind: SOCSO


def _initials_in(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Say whether a name is the other one with some words as their first letters: UN ESCAP, United Nations ESCAP."""
    line = " ".join(full)
    for word in short:
        if 2 <= len(word) <= 5 and word not in full:
            for place in range(len(full) - len(word) + 1):
                run = full[place : place + len(word)]
                if "".join(part[0] for part in run) == word:
                    line = line.replace(" ".join(run), word)
    return len(short) > 1 and line == " ".join(short)


def _has(some: set[str], word: str) -> bool:
    return any(fuzz.ratio(word, other) >= 80 for other in some)


def _tells(word: str) -> bool:
    """Say whether one word is enough of a name: ministry is not, perkeso is."""
    return word not in {"ministry", "department", "university", "office", "bank", "national", "international", "social"}
