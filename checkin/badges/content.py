"""What one badge says: texts and colours, taken from the event and the person. The same at every desk and in every language."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from checkin.domain.attendee import Attendee
from checkin.domain.event import Event, Names

PRACTICE = "PRACTICE · ฝึกซ้อม"
NO_CATEGORY_COLOUR = "#4b5563"
EVENT_COLOUR = "#143c78"
_UNSEEN = {"Cc", "Cf", "Cs", "Cn"}
_JOINERS = {"\u200b", "\u200c", "\u200d"}


@dataclass(frozen=True, slots=True)
class BadgeContent:
    """The texts of one badge (empty: not shown), its two colours, and what its code holds."""

    text: str
    """What the code holds: our token, or the foreign code of the roster."""
    name: str = ""
    name_local: str = ""
    organisation: str = ""
    country: str = ""
    category: str = ""
    category_local: str = ""
    category_colour: str = NO_CATEGORY_COLOUR
    event: str = ""
    event_local: str = ""
    event_colour: str = EVENT_COLOUR
    venue: str = ""
    days: str = ""
    practice: str = ""

    def shown(self, field: str) -> str:
        """Return the text of a layout's field."""
        text = getattr(self, field)
        assert isinstance(text, str), field
        return text


def content(event: Event, attendee: Attendee, text: str, *, practice: bool | None = None) -> BadgeContent:
    """Return what the badge of `attendee` says; `text` is what its code holds.

    The first language of the event is the badge's own, the second the one of the `_local` fields, whatever language the
    window speaks: two desks print the same badge. Somebody without a Latin name has their own script as the name.
    `practice`: None means as the event is.
    """
    first, second = _languages(event)
    category = event.category(attendee.category)
    practice = event.practice if practice is None else practice
    return BadgeContent(
        text=text,
        name=tidy(attendee.display_name),
        name_local=tidy(attendee.name_local) if attendee.name and attendee.name_local != attendee.name else "",
        organisation=tidy(attendee.organisation),
        country=tidy(attendee.country),
        category=category.name.get(first) if category else tidy(attendee.category),
        category_local=_other(category.name, first, second) if category else "",
        category_colour=category.colour if category else NO_CATEGORY_COLOUR,
        event=event.name.get(first),
        event_local=_other(event.name, first, second),
        event_colour=event.colour or EVENT_COLOUR,
        venue=event.venue.get(first),
        days=_days(event),
        practice=PRACTICE if practice else "",
    )


def sample(event: Event) -> BadgeContent:
    """Return the badge of nobody, for a test label: its code is read as no badge."""
    return content(event, somebody(event), "TEST")


def somebody(event: Event) -> Attendee:
    """Return a person who is on no list, for a preview: long names, two scripts, the event's first group."""
    category = event.categories[0].key if event.categories else ""
    return Attendee("", "Siti Aminah Rahman", "ซีตี อามีนะห์ เราะห์มาน", "Ministry of Social Affairs", "Indonesia", category)


def tidy(text: str) -> str:
    """Return a text as one line: every run of white space one space, and nothing that cannot be seen.

    Signs that turn the direction of writing or hide are left out; those that join letters or part words stay.
    """
    seen = (char for char in " ".join(text.split()) if char in _JOINERS or unicodedata.category(char) not in _UNSEEN)
    return " ".join("".join(seen).split())


def _languages(event: Event) -> tuple[str, str]:
    spoken = event.languages or ("en",)
    return spoken[0], spoken[1] if len(spoken) > 1 else ""


def _other(names: Names, first: str, second: str) -> str:
    """Return a name in the second language where it has one of its own."""
    text = names.as_dict().get(second, "")
    return "" if text == names.get(first) else text


def _days(event: Event) -> str:
    """Return the days as digits, which every language reads: "8-9.7.2014" would not do, "8 – 9 / 7 / 2014" does."""
    if not event.days:
        return ""
    first, last = event.days[0].date, event.days[-1].date
    if first == last:
        return f"{first.day} / {first.month} / {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {last.day} / {last.month} / {last.year}"
    return f"{first.day} / {first.month} – {last.day} / {last.month} / {last.year}"
