"""Who comes to the desk, in which order, and how each holds up the badge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from checkin.demo import PRACTICE_KEY_ID, practice_keyring
from checkin.domain.badge import BadgeNumber, EventKey, Keyring, make_token
from checkin.domain.event import Category, Event

from . import cards
from .cards import Picture
from .people import Person

FPS: Final = 20
HOLD: Final = 34
"""Frames that a badge is held still where nothing else is said: 1.7 s."""

Side = Literal["below", "left", "right"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One badge, held up once."""

    who: str
    """Cue of a person in featured.toml, or one of the things that are no badge of ours."""
    verdict: str
    remark: str
    hold: int = HOLD
    height: int = 560
    """Of the card in the picture, pixels."""
    roll: float = 0
    """Degrees, clockwise."""
    pitch: float = 0
    yaw: float = 0
    drift: float = 0
    """How much nearer (positive) or farther it moves while it is held, as a share of its height."""
    sway: float = 0
    """How far it swings sideways while it is held, pixels."""
    side: Side = "below"
    """Where it comes from."""
    light: float = 1.0
    left: bool = False
    """Whether it is held in the left hand."""
    scarf: bool = False


STORY: Final = (
    Cue("first", "checked_in", "a delegate, held straight", roll=-3),
    Cue("thai", "checked_in", "a Thai name only, tilted", roll=14, yaw=12, left=True),
    Cue("twice", "checked_in", "shown for the first time", yaw=-18, side="right"),
    Cue("vip", "checked_in", "a VIP: the protocol officer is called", pitch=12, height=580),
    Cue("lao", "checked_in", "moved towards the camera", drift=0.2, roll=-6, height=500, side="left"),
    Cue("held", "checked_in", "held for ten seconds: still one scan", hold=10 * FPS, sway=26, drift=0.05, roll=3),
    Cue("khmer", "checked_in", "tilted away", pitch=-26, left=True),
    Cue("speaker", "checked_in", "a speaker: the speaker kit waits", roll=-9, yaw=14),
    Cue("twice", "already_in", "shown for the second time", roll=8, side="right"),
    Cue("visitor", "unknown", "a visitor's card of the building", roll=-4),
    Cue("burmese", "checked_in", "swung from side to side", sway=70, left=True),
    Cue("agency-badge", "checked_in", "a badge of another system, in the roster's badge column", yaw=20),
    Cue("other-event", "other_event", "a badge of last month's conference", roll=5, side="left"),
    Cue("thai-note", "checked_in", "a note for the desk", pitch=10, roll=-5),
    Cue("cancelled", "cancelled", "a cancelled registration", roll=4),
    Cue("han", "checked_in", "far away", height=410, roll=-7, left=True),
    Cue("day-two", "wrong_day", "expected on the second day only", yaw=-12, side="right"),
    Cue("tilted", "checked_in", "turned by a third of a right angle", roll=31),
    Cue("leaflet", "not_a_badge", "a leaflet with a web address", roll=-6, left=True),
    Cue("dark", "checked_in", "the lights are low", light=0.5, hold=HOLD + 10, roll=4),
    Cue("bank", "checked_in", "an international organisation", yaw=16, pitch=8, side="left"),
    Cue("kanji", "checked_in", "a foreign code with leading zeros", roll=-4),
    Cue("blocked", "blocked", "a blocked registration", left=True, roll=6),
    Cue("namesake", "checked_in", "same name as an earlier guest, another ministry", yaw=-10, roll=3),
    Cue("forged", "forged", "a badge whose signature does not match", pitch=8, side="right"),
    Cue("pretix", "checked_in", "a ticket of 32 random signs", roll=-8, height=590),
    Cue("press", "checked_in", "press", drift=-0.14, height=600, roll=5),
    Cue("arabic", "checked_in", "an Arabic name", scarf=True, yaw=10, left=True),
    Cue("thai-organiser", "checked_in", "one of the organisers", roll=-2),
)

WOMEN: Final = frozenset(
    {"first", "thai", "twice", "lao", "burmese", "agency-badge", "han", "day-two", "tilted", "bank", "kanji", "namesake",
     "arabic", "thai-organiser", "leaflet"}
)  # fmt: skip
"""Cues of those whose hair is long, or covered, and who wear no tie."""

VISITOR: Final = "REG-99871"
LEAFLET: Final = "https://river.example.org/timetable"
_OTHER_EVENT: Final = Keyring("labour-statistics-forum-2014", {1: EventKey(b"another organiser's practice key")}, 1)


@dataclass(frozen=True, slots=True)
class Prop:
    """What is held up: its code, and the person of the roster it belongs to, if any."""

    payload: str
    person: Person | None


def prop(cue: Cue, people: Mapping[str, Person], event: Event) -> Prop:
    """Return what a cue needs. `people`: those with a cue, by cue."""
    if cue.who == "visitor":
        return Prop(VISITOR, None)
    if cue.who == "leaflet":
        return Prop(LEAFLET, None)
    if cue.who == "other-event":
        return Prop(make_token(BadgeNumber(issuer=1, serial=88), _OTHER_EVENT), None)
    if cue.who == "forged":
        number = BadgeNumber(issuer=1, serial=351, category_class=_category(_STRANGER, event).number)
        return Prop(make_token(number, _home_made(event.id)), None)
    person = people[cue.who]
    return Prop(person.badge_code or token(person, event), person)


def picture(cue: Cue, what: Prop, event: Event) -> Picture:
    """Draw what is held up."""
    if cue.who == "visitor":
        return cards.visitor_card(what.payload)
    if cue.who == "leaflet":
        return cards.leaflet(what.payload)
    if cue.who == "other-event":
        return cards.other_event(what.payload)
    person = what.person or _STRANGER
    return cards.badge(person, what.payload, _category(person, event).colour, numeric=not person.badge_code)


def token(person: Person, event: Event) -> str:
    """Return the text of the person's badge as the importer of a fresh demo folder allots it."""
    number = BadgeNumber(issuer=1, serial=person.serial, category_class=_category(person, event).number)
    return make_token(number, practice_keyring(event.id))


_STRANGER: Final = Person("", "Alex Smith", "", "Institute of Social Studies", "Utopia", "delegate-other")
"""Made a badge at home: right in everything but the signature."""


def _home_made(event_id: str) -> Keyring:
    return Keyring(event_id, {PRACTICE_KEY_ID: EventKey(b"a key that somebody made up here")}, PRACTICE_KEY_ID)


def _category(person: Person, event: Event) -> Category:
    category = event.category(person.category)
    assert category is not None
    return category
