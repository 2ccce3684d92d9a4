"""The 350 badges of the demonstration, without its database."""

from __future__ import annotations

from functools import cache

from checkin.badges.content import BadgeContent, content
from checkin.domain.attendee import Attendee
from checkin.domain.badge import BadgeNumber, make_token
from tests.badges.gallery import EVENT, KEYRING
from tools.demo.people import make_people


@cache
def demo_contents() -> tuple[BadgeContent, ...]:
    """Return what each of them says; those with a badge of another system keep its code."""
    made = []
    for serial, one in enumerate(make_people(), 1):
        category = EVENT.category(one.category)
        number = BadgeNumber(1, serial, 0, category.number if category else 0)
        attendee = Attendee(str(serial), one.name, one.name_local, one.organisation, one.country, one.category)
        made.append(content(EVENT, attendee, one.badge_code or make_token(number, KEYRING)))
    return tuple(made)
