"""The 350 invented people of the demonstration event, the same ones for the same seed."""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

SEED: Final = 2557
COUNT: Final = 350
NAMES: Final = Path(__file__).parent / "names"

DESK_NOTES: Final = (
    "Vegetarian lunch: yellow card is in the envelope",
    "อาหารฮาลาล: บัตรอาหารอยู่ในซองลงทะเบียน · Halal meal: card is in the envelope",
    "Wheelchair: lift B, seat reserved in row 1",
    "Invitation to the minister’s dinner is kept at the desk",
    "มีเอกสารฝากไว้ที่โต๊ะ · A parcel of documents waits at the desk",
    "Sign-language interpreter is Ms Duangjai, beside the stage",
)


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the roster. Empty text: the organiser left the cell empty."""

    external_id: str
    """Registration number, "ASP-0001"; its digits are also the running number of the row (and the badge's serial)."""
    name: str
    name_local: str
    organisation: str
    country: str
    category: str
    badge_code: str = ""
    """Code of a badge of another system; empty: the person wears a badge of ours."""
    email: str = ""
    phone: str = ""
    registered_on: str = ""
    """Day of registration in the Buddhist era, dd/mm/yyyy."""
    expected: tuple[str, ...] = ()
    status: str = "registered"
    note: str = ""
    cue: str = ""
    """What the recording knows this person by."""

    @property
    def serial(self) -> int:
        """Row number in the roster, from 1."""
        return int(self.external_id[4:])

    @property
    def shown_name(self) -> str:
        """The name that the program shows large."""
        return self.name or self.name_local


def make_people(seed: int = SEED) -> tuple[Person, ...]:
    """Return the 350 people in the order of the roster: by category and country, each delegation mixed."""
    rng = random.Random(seed)
    people = [_featured(entry) for entry in _load("featured")["person"]]
    taken = {(_plain(p.name), p.name_local) for p in people}
    people += _generated(rng, taken)
    rng.shuffle(people)
    people.sort(key=lambda p: (_ORDER.index(p.category), p.country))
    return tuple(_finish([replace(p, external_id=f"ASP-{n:04d}") for n, p in enumerate(people, 1)], rng))


_ORDER: Final = (
    "vip",
    "speaker",
    "delegate-asean",
    "delegate-other",
    "international",
    "thai-agency",
    "press",
    "organiser",
)


def _featured(entry: dict[str, Any]) -> Person:
    texts = {key: value for key, value in entry.items() if key != "expected"}
    return Person(
        **({"external_id": "", "name": "", "name_local": ""} | texts), expected=tuple(entry.get("expected", ()))
    )


def _generated(rng: random.Random, taken: set[tuple[str, str]]) -> Iterator[Person]:
    for group in _load("organisations")["group"]:
        namer = _NAMERS[group["tongue"]]
        for organisation, count in group["organisations"].items():
            for _ in range(count):
                name, local = namer(rng)
                while (_plain(name), local) in taken or _plain(name) in _AVOID:
                    name, local = namer(rng)
                taken.add((_plain(name), local))
                yield Person("", name, local, organisation, group["country"], group["category"])


def _finish(people: list[Person], rng: random.Random) -> Iterator[Person]:
    """Give everybody an address, and some a note, a day, a session, a foreign badge or a cancelled registration."""
    free = [n for n, p in enumerate(people) if not p.cue and p.category not in {"vip", "speaker"}]
    rng.shuffle(free)
    delegates = [n for n in free if people[n].category.startswith("delegate")]
    others = [n for n in free if people[n].category in {"international", "delegate-other"}]
    cancelled, blocked, delegates = set(delegates[:6]), delegates[6], delegates[7:]
    day_two, delegates = set(delegates[:9]), delegates[9:]
    panel_three, delegates = set(delegates[:24]), delegates[24:]
    noted = set(delegates[:8])
    coded = [n for n in others if n not in {*cancelled, blocked}][:18]
    for n, person in enumerate(people):
        changes: dict[str, Any] = {
            "email": _email(person, n),
            "phone": f"+66 2 555 {rng.randrange(100, 200):04d}" if rng.random() < 0.7 else "",
            "registered_on": f"{rng.randrange(1, 29):02d}/{rng.choice(('04', '05', '06'))}/2557",
        }
        if n in cancelled:
            changes |= {"status": "cancelled"}
        if n == blocked:
            changes |= {"status": "blocked", "note": "Same person registered twice; the supervisor decides"}
        if n in day_two:
            changes |= {"expected": ("door-2", "panel-2")}
        if n in panel_three:
            changes |= {"expected": ("door-1", "door-2", "panel-3")}
        if n in noted:
            changes |= {"note": DESK_NOTES[n % len(DESK_NOTES)]}
        if n in coded:
            changes |= {"badge_code": _foreign_code(coded.index(n), rng)}
        yield replace(person, **changes)


def _foreign_code(number: int, rng: random.Random) -> str:
    """Return codes as three other systems print them: with leading zeros, with letters, 32 random signs."""
    if number % 3 == 0:
        return f"REG-{200 + number * 7:05d}"
    if number % 3 == 1:
        return f"{5000 + number * 13:07d}"
    return "".join(rng.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(32))


def _email(person: Person, number: int) -> str:
    words = re.findall(r"[a-z]+", _plain(person.name)) or ["participant"]
    return f"{words[0]}.{words[-1]}{number + 1}@example.org"


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in folded if not unicodedata.combining(char)).casefold()


def _load(name: str) -> dict[str, Any]:
    with (NAMES / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


_AVOID: Final = frozenset(_load("avoid")["names"])

Pair = tuple[str, str]


def _pairs(name: str, part: str = "") -> Callable[[random.Random], Pair]:
    """Return a namer for a tongue of two parts, each written in two scripts."""
    data = _load(name)[part] if part else _load(name)
    family_first = data["order"] == "family given"
    unspaced = part in {"mandarin", "korean"} or name == "chinese"

    def namer(rng: random.Random) -> Pair:
        given, family = rng.choice(data["given"]), rng.choice(data["family"])
        first, second = (family, given) if family_first else (given, family)
        if unspaced:
            return f"{first[0]} {second[0]}", family[1] + given[1]
        if part == "japanese":
            return f"{first[0]} {second[0]}", f"{family[1]} {given[1]}"
        return f"{first[0]} {second[0]}", f"{first[1]} {second[1]}"

    return namer


def _burmese(rng: random.Random) -> Pair:
    data = _load("burmese")
    sex = rng.choice(("male", "female"))
    honorific = data["honorific_m" if sex == "male" else "honorific_f"]
    words = rng.sample(data[sex], rng.choice((2, 3)))
    return " ".join([honorific[0], *(w[0] for w in words)]), honorific[1] + "".join(w[1] for w in words)


def _vietnamese(rng: random.Random) -> Pair:
    data = _load("vietnamese")
    sex = rng.choice("mf")
    parts = rng.choice(data["family"]), rng.choice(data[f"middle_{sex}"]), rng.choice(data[f"given_{sex}"])
    return " ".join(parts), ""


def _malay(rng: random.Random) -> Pair:
    data = _load("malay")
    sex = rng.choice(("male", "female"))
    own, father = rng.choice(data[sex]), rng.choice(data["male"])
    of = data["bin" if sex == "male" else "binti"]
    return f"{own[0]} {of[0]} {father[0]}", f"{own[1]} {of[1]} {father[1]}"


def _latin(tongue: str) -> Callable[[random.Random], Pair]:
    data = _load("latin")[tongue]

    def namer(rng: random.Random) -> Pair:
        initial = f"{rng.choice(data['initials'])}. " if "initials" in data else ""
        return f"{rng.choice(data['given'])} {initial}{rng.choice(data['family'])}", ""

    return namer


_thai: Final = _pairs("thai")
_NAMERS: Final[dict[str, Callable[[random.Random], Pair]]] = {
    "thai": _thai,
    "thai-only": lambda rng: ("", _thai(rng)[1]),
    "lao": _pairs("lao"),
    "khmer": _pairs("khmer"),
    "burmese": _burmese,
    "vietnamese": _vietnamese,
    "malay": lambda rng: (_malay(rng)[0], ""),
    "jawi": _malay,
    "chinese": _pairs("chinese"),
    **{tongue: _pairs("other", tongue) for tongue in ("japanese", "korean", "mandarin", "arabic")},
    **{tongue: _latin(tongue) for tongue in ("filipino", "indonesian", "indian", "western")},
}
