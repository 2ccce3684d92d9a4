"""Who of the roster is in which row: by id, by badge code, by e-mail and name, by name and organisation."""

from __future__ import annotations

from rapidfuzz import fuzz

from checkin.db.roster_store import Staging
from checkin.domain.folding import fold, words
from checkin.i18n import _
from checkin.roster.problems import Problems

_ALIKE = 75
"""Percent of similarity of two spellings from which a badge code may be believed to be the same person's."""


def match(staging: Staging, problems: Problems, code_heading: str) -> int:
    """Find the people; return how many rows were set aside because their badge code is somebody else's."""
    staging.match()
    count = 0
    while refused := _refused(staging, problems, code_heading):
        staging.set_action("rejected", refused)  # and with it the code that such a row would have given to its person
        count += len(refused)
    staging.match_names()
    for row in staging.look_alikes(limit=1000):
        text = _(
            "Somebody of this name and organisation is in the roster with another id or code; this is a new person."
        )
        problems.note(row, "", "look_alike", text)
    return count


def _refused(staging: Staging, problems: Problems, code_heading: str) -> list[int]:
    """Find more people by their codes; return the rows whose code is somebody else's, which is told."""
    refused: list[int] = []
    for (
        row,
        name,
        local,
        email,
        pk,
        old_name,
        old_local,
        old_email,
        owners_new_code,
        elsewhere,
    ) in staging.codes_to_judge():
        if owners_new_code:
            continue  # the file gives the owner another code, so this one is free
        if not elsewhere and not staging.is_taken(pk):
            mails = bool(email) and email.lower() == old_email.lower()
            if mails or alike(name or local, old_name or old_local) or (local and alike(local, old_local)):
                staging.set_target(row, pk)
                continue
        reason = _(
            "This badge code belongs to “{name}” in the roster, a different person: the row was left out and nobody was"
            " changed."
        )
        problems.reject(row, code_heading, reason.format(name=old_name or old_local))
        refused.append(row)
    return refused


def alike(one: str, other: str) -> bool:
    """Say whether two names can be one person's: other spelling, order, a title or a middle name more."""
    if not one or not other:
        return False
    left, right = set(words(one)), set(words(other))
    shared = left & right
    if shared and shared in (left, right):
        return True
    return bool(fuzz.token_sort_ratio(fold(one), fold(other)) >= _ALIKE)
