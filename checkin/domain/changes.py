"""What is kept beside the chain of a change to a person, as one JSON text under the entry's commitment.

WALK_IN: the fields of the form, {"name": "..."}. ATTENDEE: each changed field as [old, new], a learned code among them,
and a reason: {"name": ["Ana", "Anna"], "reason": "misspelt"}. EXPORT: the reason, and in a second line the file's name.
Every other kind keeps its reason as plain text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from checkin.domain.event import FORM_FIELDS
from checkin.domain.journal import Kind

CODE: Final = "code"
"""The name under which a learned code stands."""
EDITED: Final = (*FORM_FIELDS, "status", "status_reason")
"""Columns of a person that ATTENDEE entries change."""
_REASON: Final = "reason"

Pairs = Mapping[str, tuple[str, str]]
"""Field -> (old, new)."""


@dataclass(frozen=True, slots=True)
class Private:
    """What lies beside one entry; empty after it was erased."""

    reason: str = ""
    file: str = ""
    """EXPORT: the name of the file that was written."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """WALK_IN: what the form was filled with, empty fields left out."""
    changes: Pairs = field(default_factory=dict)
    """ATTENDEE: what was changed."""


def walk_in_text(fields: Mapping[str, str]) -> str:
    """Return the private text of a WALK_IN."""
    return _json({name: value for name, value in fields.items() if value})


def change_text(changes: Pairs, reason: str = "") -> str:
    """Return the private text of an ATTENDEE entry."""
    data: dict[str, object] = {name: [old, new] for name, (old, new) in changes.items()}
    return _json(data | ({_REASON: reason} if reason else {}))


def export_text(reason: str, file: str) -> str:
    """Return the private text of an EXPORT: why, and what the file is called."""
    return f"{reason}\n{file}" if file else reason


def read_private(kind: Kind, text: str) -> Private:
    """Read what lies beside an entry. Fields that a newer program may have added are left out."""
    if kind is Kind.EXPORT:
        reason, _line, file = text.partition("\n")
        return Private(reason, file)
    if kind not in {Kind.WALK_IN, Kind.ATTENDEE}:
        return Private(reason=text)
    try:
        data = json.loads(text) if text else {}
    except ValueError:
        return Private()
    if not isinstance(data, dict):
        return Private()
    reason = data.get(_REASON, "")
    if kind is Kind.WALK_IN:
        fields = {name: data[name] for name in FORM_FIELDS if isinstance(data.get(name), str)}
        return Private(reason if isinstance(reason, str) else "", fields=fields)
    changes = {name: (str(data[name][0]), str(data[name][1])) for name in (*EDITED, CODE) if _is_pair(data.get(name))}
    return Private(reason if isinstance(reason, str) else "", changes=changes)


def consent_text(version: str, choices: Iterable[tuple[str, bool]]) -> str:
    """Return how a guest's choices stand in the journal: "2014-07 photo=1 mailing=0"."""
    return " ".join([version or "-", *(f"{key}={int(agreed)}" for key, agreed in choices)])


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2


def _json(data: Mapping[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
