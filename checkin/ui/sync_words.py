"""Sync in a few words: for the chip, its sheet, the settings."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

from checkin.db.desks import DeskRow
from checkin.i18n import _, ngettext
from checkin.sync.hub import without_password
from checkin.texts import isolate
from checkin.ui.sync_worker import SyncState

SILENT_MS: Final = 10 * 60 * 1000
"""A desk that was not heard for so long is missing, unless it closed its day."""
GONE_MS: Final = 12 * 60 * 60 * 1000
"""A desk that was not heard for so long is not at work today."""
FRESH_S: Final = 20.0
"""What waits for a shorter time than this is on its way, and no news."""


def chip_words(state: SyncState, rows: Sequence[DeskRow], seconds: int) -> tuple[str, str]:
    """Return the text of the chip and its tone ("" is grey)."""
    waiting = own_waiting(rows)
    if state.health == "away":
        if waiting:
            return ngettext(
                "No network: {n} waiting, all safe here", "No network: {n} waiting, all safe here", waiting
            ).format(n=waiting), ""  # fmt: skip
        return _("No network, all safe here"), ""
    if state.health == "refused":
        return _("The hub does not let this desk in"), "amber"
    if state.health == "trouble":
        return _("Sync needs a look"), "amber"
    if state.last is None:
        return (_("Syncing …") if state.running else _("Not synced yet")), ""
    if missing := missing_desks(rows):
        if len(missing) == 1:
            return _("{desk} missing").format(desk=isolate(missing[0])), "amber"
        return ngettext("{n} desk missing", "{n} desks missing", len(missing)).format(n=len(missing)), "amber"
    age = time.monotonic() - state.last_s
    if waiting and age > max(FRESH_S, 2 * seconds):
        return ngettext("{n} waiting", "{n} waiting", waiting).format(n=waiting), ""
    return synced_words(age), "green"


def synced_words(age_s: float) -> str:
    """Say how long ago this desk and its hub were in step."""
    minutes = int(age_s // 60)
    if minutes < 1:
        return _("Synced just now")
    if minutes < 120:
        return ngettext("Synced {n} min ago", "Synced {n} min ago", minutes).format(n=minutes)
    return ngettext("Synced {n} hour ago", "Synced {n} hours ago", minutes // 60).format(n=minutes // 60)


def stage_words(state: SyncState) -> str:
    """Say what a round under way is doing."""
    stages = {"send": _("Sending"), "receive": _("Receiving"), "people": _("Fetching the list")}
    stage = stages.get(state.stage, _("Talking to the hub"))
    if state.total > 0:
        return _("{stage}: {n} of {all}").format(stage=stage, n=f"{state.done:,}", all=f"{state.total:,}")
    return f"{stage} …"


def own_waiting(rows: Sequence[DeskRow]) -> int:
    """Return how many entries of this desk the hub does not have yet."""
    return sum(row.waiting for row in rows if row.mine)


def present(rows: Sequence[DeskRow]) -> list[DeskRow]:
    """Return one row a desk, ours first: the journal it writes now. Older journals that are complete are left out."""
    newest: dict[str, DeskRow] = {}
    shown = []
    for row in sorted(rows, key=lambda one: (one.mine, one.heard_ms or 0), reverse=True):
        if row.desk not in newest or not row.complete:
            shown.append(row)
        newest.setdefault(row.desk, row)
    return shown


def missing_desks(rows: Sequence[DeskRow]) -> list[str]:
    """Return the names of desks whose entries are not all here, or which fell silent today without closing."""
    now = hub_now(rows)
    names = []
    for row in present(rows):
        if row.mine or row.revoked or row.desk in names:
            continue
        silent = now - (row.heard_ms or 0)
        fell_silent = SILENT_MS < silent < GONE_MS and not row.state.startswith("closed")
        if not row.complete or fell_silent:
            names.append(row.desk)
    return names


def hub_now(rows: Sequence[DeskRow]) -> int:
    """Return the hub's clock at the last round: when it heard of anybody last, ourselves among them."""
    return max((row.heard_ms for row in rows if row.heard_ms is not None), default=0)


def heard_words(row: DeskRow, now_ms: int) -> str:
    """Say when a desk was heard last."""
    if row.revoked:
        return _("cut off")
    if row.mine:
        return _("this desk")
    if row.heard_ms is None:
        return _("never heard")
    minutes = max(now_ms - row.heard_ms, 0) // 60_000
    if minutes < 1:
        return _("heard just now")
    if minutes < 120:
        return ngettext("heard {n} min ago", "heard {n} min ago", minutes).format(n=minutes)
    if minutes < 48 * 60:
        return ngettext("heard {n} hour ago", "heard {n} hours ago", minutes // 60).format(n=minutes // 60)
    return ngettext("heard {n} day ago", "heard {n} days ago", minutes // 1440).format(n=minutes // 1440)


def hub_words(url: str, built_in: str) -> str:
    """Name a hub for a person, without a password."""
    if url == built_in:
        return _("The folder on this laptop that comes with the event")
    if url.startswith("folder:"):
        return _("The folder {folder}").format(folder=isolate(url.removeprefix("folder:")))
    return _("The server {url}").format(url=isolate(without_password(url).partition("?")[0]))
