"""Whether two texts name one organisation: short forms, added departments, spelling mistakes, company endings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from checkin.domain.folding import has_no_spaces, words

_SMALL: Final = frozenset(
    [
        "the",
        "of",
        "and",
        "for",
        "on",
        "in",
        "to",
        "de",
        "la",
        "le",
        "les",
        "des",
        "du",
        "et",
        "a",
        "an",
        "dan",
        "und",
        "der",
        "fur",
    ]
)
_COMPANY: Final = frozenset(
    [
        "co",
        "ltd",
        "company",
        "limited",
        "inc",
        "plc",
        "pcl",
        "public",
        "corp",
        "gmbh",
        "ag",
        "pt",
        "tbk",
        "cv",
        "sdn",
        "bhd",
        "pte",
        "llc",
        "sa",
        "จำกด",
        "มหาชน",
        "บริษท",
    ]
)
_IN_BRACKETS: Final = re.compile(r"[(\[]([^)\]]+)[)\]]")
_SPELT: Final = {"labor": "labour", "organization": "organisation", "center": "centre", "min": "ministry", "dept": "department",
                 "intl": "international", "natl": "national", "nat": "national", "univ": "university", "uni": "university"}  # fmt: skip  # noqa: E501


@lru_cache(maxsize=1 << 14)
def key_words(text: str) -> tuple[str, ...]:
    """Return the words that tell an organisation from another, in order; all of them where none would be left."""
    found = [_SPELT.get(word, word) for word in words(text)]
    return tuple([word for word in found if word not in _SMALL | _COMPANY] or found)


@lru_cache(maxsize=1 << 14)
def short_forms(text: str) -> frozenset[str]:
    """Return the short forms that a name has: the first letters of its words, what stands in brackets, itself if short."""
    forms = {"".join(words(inside)) for inside in _IN_BRACKETS.findall(text)}
    plain = _IN_BRACKETS.sub(" ", text)
    for part in (plain, plain.partition(",")[0]):
        all_words = words(part)
        for chosen in (all_words, [word for word in all_words if word not in _SMALL], list(key_words(part))):
            forms.add("".join(word[0] for word in chosen))
    if len(key := key_words(text)) == 1 and len(key[0]) <= 12:
        forms.add(key[0])
    return frozenset(form for form in forms if len(form) > 1)


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
    if short_forms(one) & short_forms(other):
        return 1.0
    from rapidfuzz import fuzz

    likeness = fuzz.token_set_ratio(" ".join(mine), " ".join(yours))
    if likeness >= 87 or fuzz.ratio("".join(mine), "".join(yours)) >= 87:
        return 1.0
    if likeness >= 78:
        return 0.3
    return -0.5 if min(len(mine), len(yours)) == 1 else -1.0  # one word may be a short form of its own kind: SOCSO


def _tells(word: str) -> bool:
    """Say whether one word is enough of a name: ministry is not, perkeso is."""
    return word not in {"ministry", "department", "university", "office", "bank", "national", "international", "social"}
