"""`sync`: one round with a hub."""

from __future__ import annotations

import click

from checkin.cli._common import emit, in_window, json_option, opened, say
from checkin.evening.hub_lacks import lacking_sentence
from checkin.i18n import _, ngettext


@click.command("sync")
@click.argument("hub", default="", metavar="[HUB]")
@json_option
@click.pass_context
def sync_command(context: click.Context, hub: str, as_json: bool) -> None:
    """Exchange everything with a hub once: folder:PATH or postgresql://...; default: this desk's own.

    Whoever closes the day need not wait for this desk then, until somebody is scanned here again.
    """
    with opened(context) as app:
        done = app.sync(hub, leaving="" if in_window(app.folder) else app.working_day)
        for notice in done.notices:
            say(notice)
        if as_json:
            emit(
                {
                    "pushed": done.pushed,
                    "pulled": done.pulled,
                    "conflicts": done.conflicts,
                    "desks": [
                        {
                            "desk": row.desk,
                            "journal": row.journal_id,
                            "seq": row.seq,
                            "last_heard": _iso(row.heard_ms),
                            "complete": row.complete,
                        }
                        for row in done.desks
                    ],
                    "verified": done.verified,
                    "fingerprint": done.fingerprint,
                    "people": done.people,
                }
            )
            return
        click.echo(
            _("Sent {sent}, received {received}, {people} people of the list are new or changed.").format(
                sent=done.pushed, received=done.pulled, people=done.people
            )
        )
        for row in done.desks:
            state = _("all here") if row.complete else _("{seq} of {all} here").format(seq=row.seq, all=row.announced)
            click.echo(f"  {row.desk}: {state}")
        if done.conflicts:
            click.echo(
                ngettext(
                    "{count} badge was let in at two desks; it counts once.",
                    "{count} badges were let in at two desks; each counts once.",
                    done.conflicts,
                ).format(count=done.conflicts)
            )
        if done.verified:
            click.echo(_("Both sides hold the same: {digest}.").format(digest=done.fingerprint[:8]))
        else:
            click.echo(lacking_sentence(done.desks) or _("The two sides do not hold the same yet; sync once more."))


def _iso(ms: int | None) -> str | None:
    from datetime import UTC, datetime

    return None if ms is None else datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")


COMMANDS = [sync_command]
