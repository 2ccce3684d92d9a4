"""The log of a busy desk holds nobody's name, address or badge, also where things go wrong."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkin import log
from checkin.app import open_app, open_demo
from checkin.cli._badge_pdf import print_badges
from checkin.db.backup import back_up
from checkin.desk.results import WalkIn
from checkin.errors import CheckinError
from checkin.reports.export import export
from tests.leftovers import LogWatch


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[Path]:
    """The log file of a data folder, as the program sets it up."""
    logger = logging.getLogger("checkin")
    before, level, propagate = list(logger.handlers), logger.level, logger.propagate
    log.set_up(tmp_path / "demo")
    logger.propagate = True
    yield tmp_path / "demo" / "logs" / "checkin.log"
    for handler in set(logger.handlers) - set(before):
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(level)
    logger.propagate = propagate


def test_a_busy_demo_logs_no_name(logged: Path, tmp_path: Path, expected_log: LogWatch) -> None:
    folder = tmp_path / "demo"
    app = open_demo(folder)
    with app.database.read() as connection:
        people = connection.exec_driver_sql("SELECT uid, name, name_local, email, phone FROM attendee").all()
        tokens = [row[0] for row in connection.exec_driver_sql("SELECT text FROM code")]
    for uid in [row[0] for row in people[:60]]:
        app.desk.admit_person(uid)
        app.desk.admit_person(uid)
    for text in [*tokens[:20], "Xanthippe Quintessa", "BEGIN:VCARD Xanthippe"]:
        app.desk.admit(text)
    form = WalkIn(
        "Xanthippe Quintessa", "แซนทิปพี", "Quintessa Works", "Greece", "press", "xq@example.org", "+30 5550199"
    )
    guest = app.registrar.register(form).badge.attendee
    app.registrar.edit(guest.id, {"note": "Xanthippe is late"}, "Quintessa said so")
    app.registrar.merge(people[0][0], people[1][0], "Quintessa says twice")
    (tmp_path / "more.csv").write_text("Name,Category,Email\nXanthippe Q,delegate,xq@example.org\n,,\n", "utf-8")
    app.importer.import_file(tmp_path / "more.csv")
    app.evening.close(app.evening.reconcile(app.desk.post.day), anyway=True)
    for name in ("attendance.csv", "journal.xlsx"):
        export(app.database, app.event, name.partition(".")[0], tmp_path / name)  # type: ignore[arg-type]
    back_up(app.database, tmp_path / "backup.sqlite")
    for wrong in (
        lambda: app.desk.admit_person("Xanthippe Quintessa"),
        lambda: app.registrar.edit(guest.id, {"category": "Xanthippe"}),
        lambda: app.importer.import_file(tmp_path / "Xanthippe.csv"),
        lambda: back_up(app.database, tmp_path / "Xanthippe" / "Quintessa.sqlite"),
        lambda: export(app.database, app.event, "attendance", tmp_path / "Xanthippe" / "list.csv"),
        lambda: print_badges(app, ["Xanthippe"], "", tmp_path / "Xanthippe" / "b.pdf", again=False, as_json=False),
    ):
        with pytest.raises(CheckinError):
            wrong()
    app.desk.erase([guest.id])
    app.sync()
    app.close()
    try:  # what nobody foresaw: the log says where, not what
        raise sqlite3.OperationalError("near Xanthippe Quintessa: syntax error")
    except sqlite3.OperationalError:
        expected_log.expect("could not go on")
        logging.getLogger("checkin.ui").exception("could not go on")
    open_app(folder).close()

    text = "\n".join(path.read_text("utf-8") for path in logged.parent.iterdir()).lower()
    assert len(text.splitlines()) > 8, "a log was written"
    assert "operationalerror" in text
    words = {word for row in people for cell in row[1:] for word in str(cell).lower().split() if len(word) > 4}
    words |= {"xanthippe", "quintessa", "แซนทิปพี", "xq@example.org", "5550199"} | {token.lower() for token in tokens}
    assert sorted(word for word in words if word in text and word not in _OURS) == []


_OURS = {"check", "desk", "closed", "number", "complete", "database"}
"""Words of the program's own messages that are somebody's name too."""
