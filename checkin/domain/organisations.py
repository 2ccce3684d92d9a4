"""Whether two texts name one organisation: short forms, added departments, spelling mistakes, company endings."""

# ruff: noqa: SIM905 - lists of words read better as lines
from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from checkin.domain.countries import country_key
from checkin.domain.folding import has_no_spaces, words
from checkin.domain.romanise import is_thai
from checkin.domain.sound import nearly, spoken
from checkin.domain.thai_bodies import in_english

_SMALL: Final = frozenset("the of and for on in to de la le les des du et a an dan und der fur".split())
_COMPANY: Final = frozenset(
    "co ltd company limited inc plc pcl public corp gmbh ag pt tbk cv sdn bhd pte llc sa จำกด มหาชน บริษท".split()
)
_GENERAL: Final = frozenset(
    """
    ministry department university office bank national international social security fund board agency institute college
    school hospital organisation association federation union council commission committee centre labour health finance
    foreign affairs public provident pension employees development services service group trading vietnam thailand
    """.split()
)
"""Words that many organisations have: to share one says nothing."""
_UNTOLD: Final = frozenset(
    "ministry department office bureau national thailand thai government company commission".split()
)
"""Words of what a body is, which its names in two languages have or leave out."""
_TOLD: Final = 11
"""Letters of a half typed name from which it is taken for the one that it begins."""
_IN_BRACKETS: Final = re.compile(r"[(\[]([^)\]]+)[)\]]")
_SPELT: Final = dict(
    pair.split("/")
    for pair in """
    labor/labour organization/organisation center/centre programme/program min/ministry dept/department intl/international
    natl/national nat/national univ/university uni/university kementerian/ministry jabatan/department universiti/university
    universitas/university kesihatan/health kesehatan/health sumber/resources manusia/human tenaga/manpower sosial/social
    kewangan/finance keuangan/finance pendidikan/education kebangsaan/national nasional/national pekerja/employees
    jaminan/security universite/university universitat/university universidad/university ministere/ministry
    ministerium/ministry ministerio/ministry sante/health salud/health travail/labour trabajo/labour securite/security
    sociale/social nationale/national nacional/national banque/bank banco/bank institut/institute instituto/institute
    """.split()
)
"""Other spellings, short forms, and what ministries and universities are called where they write their own language."""


@lru_cache(maxsize=1 << 14)
def key_words(text: str) -> tuple[str, ...]:
    """Return the words that tell an organisation from another, in order; all of them where none would be left."""
    found = [_SPELT.get(word, word) for word in _without_country(_parts(text))]
    return tuple([word for word in found if word not in _SMALL | _COMPANY] or found)


def _parts(text: str) -> list[str]:
    """Return the words; Viet Nam as one, as it is in a short form: VSS."""
    return " ".join(words(text)).replace("viet nam", "vietnam").split()


def _without_country(found: list[str]) -> list[str]:
    """Leave out a country at the end, unless it is half of the name: Ministry of Health Thailand, Bank of Thailand."""
    for length in (4, 3, 2, 1):
        rest = found[:-length]
        if len(rest) > 1 and rest[-1] not in _SMALL and len(country_key(" ".join(found[-length:]))) == 2:
            return rest
    return found


def _bracketed(text: str) -> set[str]:
    return {"".join(words(inside)) for inside in _IN_BRACKETS.findall(text)}


def _written(text: str) -> set[str]:
    """Return the short forms that stand in a text: first letters that two names happen to share tell nothing."""
    key = key_words(text)
    return _bracketed(text) | ({key[0]} if len(key) == 1 and _tells(key[0]) else set())


@lru_cache(maxsize=1 << 14)
def short_forms(text: str) -> frozenset[str]:
    """Return the short forms that a name has: the first letters of its words, what stands in brackets, itself if short."""
    forms = _bracketed(text)
    plain = _IN_BRACKETS.sub(" ", text)
    for part in (plain, plain.partition(",")[0]):
        all_words = _without_country(_parts(part))
        for chosen in (
            all_words,
            [word for word in all_words if word not in _SMALL],
            list(key_words(part)),
            _without(all_words, "and"),
            _without(all_words, "the"),
        ):
            forms.add("".join(word[0] for word in chosen))
    if len(key := key_words(text)) == 1 and len(key[0]) <= 12:
        forms.add(key[0])
    return frozenset(form for form in forms if len(form) > 1)


def _without(some: list[str], word: str) -> list[str]:
    return [each for each in some if each != word]


@lru_cache(maxsize=1 << 15)
def agreement(one: str, other: str) -> float:  # noqa: PLR0911 - each way of agreeing is one line
    """Return 1 (one organisation) to -1 (two); 0 where nothing can be said: a name is missing or in another script."""
    mine, yours = key_words(one), key_words(other)
    if not mine or not yours:
        return 0.0
    if mine == yours or "".join(mine) == "".join(yours):
        return 1.0
    if begun := _begun(words(one), words(other)):
        return 1.0 if begun > _TOLD else 0.0
    if has_no_spaces(mine[0]) != has_no_spaces(yours[0]):
        return _across(one, other) if has_no_spaces(mine[0]) else _across(other, one)
    few, many = sorted((set(mine), set(yours)), key=len)
    if few <= many:
        return 1.0 if len(few) > 1 or len(few) == len(many) or _tells(next(iter(few))) else 0.5
    if _written(one) & (short_forms(other) | {*yours}) or _written(other) & (short_forms(one) | {*mine}):
        return 1.0
    if fuzz.ratio("".join(mine), "".join(yours)) >= 87 or all(_has(many, word) for word in few):
        return 1.0
    if _initials_in(mine, yours) or _initials_in(yours, mine):
        return 1.0
    if len(mine) == len(yours) == 1 and len(mine[0]) > 2 and OSA.distance(mine[0], yours[0]) == 1:
        return 0.5
    if any(_has(many, word) for word in few if word not in _GENERAL):
        return -0.4
    return -0.5 if min(len(mine), len(yours)) == 1 else -1.0  # one word may be a short form of its own kind: SOCSO


def _across(local: str, other: str) -> float:
    """Compare a Thai name with one in Latin letters; 0 for other scripts and for what cannot be told."""
    if not is_thai(key_words(local)[0]):
        return 0.0
    latin = key_words(other)
    english, told = in_english(local), set(latin) - _UNTOLD - (_bracketed(other) if len(latin) > 1 else set())
    heard = {way for word in latin for way in spoken(word)}
    same_names = [
        any(nearly(way, other) for read in name for way in spoken(read) for other in heard) for name in english.names
    ]
    if same_names and not all(same_names):
        return 0.0 if len(latin) == 1 else -0.5
    mine = english.words - _UNTOLD
    if same_names or (mine and len(mine) == len(told) and all(_has(told, word) for word in mine)):
        return 1.0
    if len(latin) == 1 or not mine or not told:
        return 0.0
    shared = {word for word in mine if word not in _GENERAL and _has(told, word)}
    return 0.5 if shared else -0.8


def _begun(typed: list[str], full: list[str]) -> int:
    """Return how many letters are typed of a name that may be half typed; 0 if it is not the beginning of the other."""
    start = "".join(typed)
    return len(start) if "".join(full).startswith(start) else 0


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
    return word not in _GENERAL
