"""What a hand scanner typed, told to the person who tries it out."""

from __future__ import annotations

from dataclasses import dataclass

from checkin.domain.badge import Keyring, read_token
from checkin.domain.payload import Reading, candidates
from checkin.i18n import _
from checkin.texts import escape


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to one trial scan."""

    tone: str
    """green: a badge; blue: a code that a roster may know; amber: something else."""
    text: str
    """What was read, safe to show."""
    sentence: str
    layout: str = ""
    """The sentence about the keyboard layout that was put right; empty: there was nothing to put right."""


def tell_reading(typed: str, keyring: Keyring | None = None) -> Told:
    """Say what `typed` is. With the event's keys a badge of ours is checked too."""
    readings = candidates(typed)
    token = next((r for r in readings if r.kind == "token"), None)
    if token is not None:
        return Told(*_token(token, keyring), _layout(token.repaired))
    codes = [r for r in readings if r.kind == "code" and r.system]
    code = next((r for r in codes if not r.repaired), codes[0] if codes else None)
    if code is not None:
        sentence = _("A badge code. Whose it is depends on your roster.")
        return Told("blue", escape(code.text), sentence, _layout(code.repaired))
    last = readings[-1]
    return Told("amber", escape(last.text), _thing(last.thing or "text"))


def _token(token: Reading, keyring: Keyring | None) -> tuple[str, str, str]:
    if keyring is None:
        return "green", escape(token.text), _("A badge of this program. The hand scanner works.")
    flaw = read_token(token.text, keyring).flaw
    if flaw is None:
        return "green", escape(token.text), _("A genuine badge of this event. The hand scanner works.")
    return "amber", escape(token.text), _("A badge, but not a genuine one of this event. The hand scanner works.")


def _thing(thing: str) -> str:
    sentences = {
        "empty": _("Nothing was read. Scan once more."),
        "damaged": _("Nearly a badge: a key was doubled or lost on the way. Scan once more, more slowly."),
        "web": _("A web address, not a badge. The hand scanner works."),
    }
    return sentences.get(thing, _("Not a badge. The hand scanner works."))


def _layout(repaired: str) -> str:
    if not repaired:
        return ""
    name, _plus, caps = repaired.partition("+")
    names = {
        "thai-kedmanee": _("Thai (Kedmanee)"),
        "thai-pattachote": _("Thai (Pattachote)"),
        "azerty": _("French (AZERTY)"),
        "qwertz": _("German (QWERTZ)"),
        "us": _("English"),
    }
    layout = names.get(name, name)
    if caps:
        layout = _("{layout} with Caps Lock").format(layout=layout)
    return _("The keyboard was set to {layout}. The desk puts that right by itself.").format(layout=layout)
