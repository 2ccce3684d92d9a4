"""People as their parents named them, and each of the ways in which a clerk may write one down."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from benchmarks.pair_names import Lists, Written

Culture = Literal["thai", "viet", "malay", "indonesian", "burmese", "lao", "khmer", "western"]
Kind = Literal["given", "middle", "link", "family"]
_Thing = TypeVar("_Thing")

CULTURES: Final[dict[Culture, float]] = {
    "thai": 0.36, "viet": 0.15, "malay": 0.12, "indonesian": 0.08, "burmese": 0.08, "lao": 0.04, "khmer": 0.04,
    "western": 0.13,
}  # fmt: skip
_TITLES: Final[dict[Culture, Sequence[str]]] = {
    "thai": ("Mr.", "Ms.", "Dr.", "Khun", "Mrs.", "Asst. Prof. Dr."),
    "viet": ("Mr.", "Ms.", "Dr.", "Mrs."),
    "malay": ("Mr.", "Encik", "Puan", "Datuk", "Dr.", "Hj.", "Haji"),
    "indonesian": ("Bapak", "Ibu", "Mr.", "Ms.", "Drs.", "Ir."),
    "burmese": ("U", "Daw", "Ko", "Ma", "Mr.", "Ms.", "Dr."),
    "lao": ("Mr.", "Ms.", "Dr."),
    "khmer": ("Mr.", "Ms.", "H.E.", "Dr."),
    "western": ("Mr", "Ms", "Dr", "Prof.", "Mrs."),
}
_THAI_TITLES: Final = ("นาย", "นางสาว", "นาง", "คุณ", "ดร.")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name, of one or more elements."""

    kind: Kind
    elements: tuple[Written, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody's name in the order in which it is spoken."""

    culture: Culture
    words: tuple[Word, ...]

    @property
    def local(self) -> str:
        """The name in its own script; empty where the script is the Latin one."""
        written = ["".join(part.local for part in word.elements) for word in self.words]
        return ("" if self.culture == "burmese" else " ").join(written) if all(written) else ""


def common(dice: random.Random, things: Sequence[_Thing]) -> _Thing:
    """Choose one; the first is the commonest, as names are."""
    return dice.choices(things, [1 / (rank + 4) for rank in range(len(things))])[0]


def born(dice: random.Random, culture: Culture, names: Lists) -> Person:
    """Name a child."""
    return Person(culture, _NAMED[culture](dice, names))


def _word(kind: Kind, *elements: Written) -> Word:
    return Word(kind, elements)


def _plain(text: str) -> Written:
    return Written("", (text.replace("_", " "),))


def _thai(dice: random.Random, names: Lists) -> tuple[Word, ...]:
    given = _word("given", common(dice, names.thai_given))
    if dice.random() < 0.05:
        return given, _word("family", dice.choice(names.thai_chinese))
    ends = [common(dice, names.thai_end) for _ in range(dice.choice((1, 1, 1, 2)))]
    return given, _word("family", common(dice, names.thai_start), *ends)


def _viet(dice: random.Random, names: Lists) -> tuple[Word, ...]:
    middle = dice.choice(names.viet_middle).split("_")
    return (
        _word("family", _plain(dice.choice(names.viet_family))),
        *[_word("middle", _plain(part)) for part in middle if dice.random() < 0.95],
        _word("given", _plain(common(dice, names.viet_given))),
    )


def _malay(dice: random.Random, names: Lists) -> tuple[Word, ...]:
    given = [_word("given", common(dice, names.malay_given))]
    if dice.random() < 0.5:
        given.append(_word("given", common(dice, names.malay_given[8:])))
    link = dice.choice(("bin", "binti", "bin", "binti", ""))
    links = [_word("link", _plain(link))] if link else []
    return (*given, *links, _word("family", common(dice, names.malay_father)))


def _indonesian(dice: random.Random, names: Lists) -> tuple[Word, ...]:
    given = [_word("given", common(dice, names.indonesian_given))]
    if dice.random() < 0.3:
        given.append(_word("middle", common(dice, names.indonesian_given)))
    return (*given, _word("family", common(dice, names.indonesian_family)))


def _burmese(dice: random.Random, names: Lists) -> tuple[Word, ...]:
    return tuple(_word("given", common(dice, names.burmese)) for _ in range(dice.choice((2, 3, 3, 4))))


def _lao(dice: random.Random, names: Lists) -> tuple[Word, ...]:
    return _word("given", common(dice, names.lao_given)), _word(
        "family", common(dice, names.lao_start), *[common(dice, names.lao_end) for _ in range(dice.choice((1, 1, 2)))]
    )


def _khmer(dice: random.Random, names: Lists) -> tuple[Word, ...]:
    return _word("family", common(dice, names.khmer_family)), _word("given", common(dice, names.khmer_given))


def _western(dice: random.Random, names: Lists) -> tuple[Word, ...]:
    words = [_word("given", common(dice, names.western_given))]
    if dice.random() < 0.3:
        words.append(_word("middle", common(dice, names.western_given)))
    rare = "".join(dice.choices(names.syllables, k=dice.choice((2, 3, 3)))).capitalize()
    words.append(_word("family", common(dice, names.western_family) if dice.random() < 0.6 else _plain(rare)))
    if dice.random() < 0.1:
        words.append(_word("family", common(dice, names.western_family)))
    return tuple(words)


_NAMED: Final = {
    "thai": _thai, "viet": _viet, "malay": _malay, "indonesian": _indonesian, "burmese": _burmese, "lao": _lao,
    "khmer": _khmer, "western": _western,
}  # fmt: skip

# --- writing it down ---------------------------------------------------------------------------------------------------

Spelling = tuple[tuple[int, ...], ...]
"""Which spelling of each element of each word somebody uses for the name."""


def usual(dice: random.Random, person: Person) -> Spelling:
    """Return the spelling that a person uses: mostly the common one."""
    return tuple(
        tuple(0 if dice.random() < 0.55 else dice.randrange(len(part.spellings)) for part in word.elements)
        for word in person.words
    )


def respelt(dice: random.Random, person: Person, spelling: Spelling) -> Spelling:
    """Return a spelling that another clerk would use: another one for half of the elements that have several."""
    return tuple(
        tuple(
            dice.randrange(len(part.spellings)) if dice.random() < 0.5 else chosen
            for part, chosen in zip(word.elements, choices, strict=True)
        )
        for word, choices in zip(person.words, spelling, strict=True)
    )


def texts(person: Person, spelling: Spelling) -> list[tuple[Kind, str]]:
    """Return the words as they are spelt."""
    written = []
    for word, choices in zip(person.words, spelling, strict=True):
        parts = [part.spellings[chosen] for part, chosen in zip(word.elements, choices, strict=True)]
        written.append((word.kind, parts[0] + "".join(parts[1:]).lower()))
    return written


def line(words: Sequence[tuple[Kind, str]]) -> str:
    """Return the name as one line."""
    return " ".join(text for _kind, text in words if text)


def titled(dice: random.Random, culture: Culture, name: str) -> str:
    """Put a title before it."""
    return f"{dice.choice(_TITLES[culture])} {name}"


def titled_thai(dice: random.Random, local: str) -> str:
    """Write a Thai title onto it, as Thai lists do, or before it."""
    return dice.choice(_THAI_TITLES) + dice.choice(("", "", " ")) + local


def without_accents(text: str) -> str:
    """Write it as a keyboard without accents would."""
    plain = text.translate(str.maketrans("đĐøØłŁ", "dDoOlL"))
    return "".join(char for char in unicodedata.normalize("NFD", plain) if not unicodedata.combining(char))


def reordered(dice: random.Random, words: Sequence[tuple[Kind, str]]) -> str:
    """Put the family name to the other end, in one of the ways of lists."""
    family = [text for kind, text in words if kind == "family"] or [words[-1][1]]
    others = [text for kind, text in words if kind not in {"family", "link"}]
    if len(family) == len(words):
        return line(words)
    others = others if any(kind == "family" for kind, _ in words) else others[:-1]
    front, back = (family, others) if words[0][0] != "family" else (others, family)
    comma = dice.choice((",", "", ""))
    first = " ".join(front)
    return f"{first.upper() if dice.random() < 0.4 else first}{comma} {' '.join(back)}"


def shortened(dice: random.Random, words: Sequence[tuple[Kind, str]]) -> list[tuple[Kind, str]]:
    """Leave middle names out, or all but their first letter; somebody with none: the first of two names as a letter."""
    if any(kind == "middle" for kind, _text in words):
        initial = dice.random() < 0.4
        return [
            (kind, (f"{text[0]}." if initial else "") if kind == "middle" else text)
            for kind, text in words
        ]  # fmt: skip
    if all(
        kind == "given" for kind, _text in words
    ):  # a Burmese name is one: without a word, or as letters, it is another
        return list(words)
    givens = [place for place, (kind, _text) in enumerate(words) if kind == "given"]
    if len(givens) > 1 and len(words) > 2:
        leave = dice.choice(givens)
        return [word for place, word in enumerate(words) if place != leave]
    return [(kind, f"{text[0]}." if kind == "given" else text) for kind, text in words]


def relinked(dice: random.Random, words: Sequence[tuple[Kind, str]]) -> list[tuple[Kind, str]]:
    """Write bin and binti otherwise, or leave them out."""
    other = {"bin": ("b.", "", "B.", "Bin"), "binti": ("bt", "bt.", "bte", "", "Binti")}
    return [(kind, dice.choice(other[text]) if kind == "link" else text) for kind, text in words]


def joined(dice: random.Random, words: Sequence[tuple[Kind, str]]) -> list[tuple[Kind, str]]:
    """Write two neighbouring words as one, or with a hyphen."""
    if len(words) < 2:
        return list(words)
    places = [n for n in range(len(words) - 1) if "link" not in {words[n][0], words[n + 1][0]}]
    inner = [n for n in places if words[n][0] == words[n + 1][0] or "middle" in {words[n][0], words[n + 1][0]}]
    if not inner:
        return list(words)
    place = dice.choice(inner)
    mark = dice.choice(("", "-"))
    second = words[place + 1][1]
    one = words[place][1] + mark + (second.lower() if not mark else second)
    return [*words[:place], (words[place + 1][0], one), *words[place + 2 :]]


def mistyped(dice: random.Random, text: str, errors: int = 1) -> str:
    """Make typing errors: letters swapped, left out, doubled, or a neighbour's."""
    for _ in range(errors):
        places = [n for n in range(1, len(text) - 1) if text[n].isalpha() and text[n + 1].isalpha()]
        if not places:
            return text
        place = dice.choice(places)
        kind = dice.randrange(4)
        if kind == 0:
            text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        elif kind == 1:
            text = text[:place] + text[place + 1 :]
        elif kind == 2:
            text = text[:place] + text[place] + text[place:]
        else:
            text = text[:place] + _neighbour(dice, text[place]) + text[place + 1 :]
    return text


_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "ๆไำพะัีรนยบล", "ฟหกดเ้่าสวง", "ผปแอิืทมใฝ")


def _neighbour(dice: random.Random, char: str) -> str:
    for row in _ROWS:
        if char.lower() in row:
            place = row.index(char.lower()) + dice.choice((-1, 1))
            return row[place % len(row)]
    return char
