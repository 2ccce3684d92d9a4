"""Tells of doubles when they come to light. It never blocks: a notice, with a way to the list."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from checkin.db.doubles import Double
from checkin.i18n import _, ngettext
from checkin.sync.cycle import Round
from checkin.ui.context import Context
from checkin.ui.doubles.words import KEY, double_sentence, read_doubles
from checkin.ui.notices import Notice

SOON_MS: Final = 200


class DoublesWatch(QObject):
    """Each double is told once: by the round that brought it to light, or by whatever else did in between (a bundle, two
    people who are one, a list)."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._told: set[str] | None = None
        """Records of second admissions; None until those of earlier days are known."""
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._look)
        context.signals.synced.connect(self._synced)
        context.signals.roster_changed.connect(self._soon.start)
        context.signals.changed.connect(self._something)
        context.signals.undone.connect(self._something)
        self._look()

    @Slot(object)
    def _something(self, _what: object) -> None:
        self._soon.start()

    @Slot()
    def _look(self) -> None:
        self._context.tasks.background(read_doubles, self._context.app, done=self._seen)

    def _seen(self, found: list[Double]) -> None:
        if self._told is None:  # who opens the desk is told by the chip what is left from before
            self._told = {one.second.record for one in found}
            return
        self._tell(found)

    @Slot(object)
    def _synced(self, done: Round) -> None:
        if done.conflicts == 0:
            self._context.notices.withdraw(KEY)
        self._tell(done.new_doubles)

    def _tell(self, found: Iterable[Double]) -> None:
        told = self._told if self._told is not None else set()
        new = [one for one in found if not one.settled and one.second.record not in told]
        told.update(one.second.record for one in new)
        if not new:
            return
        app = self._context.app
        if len(new) == 1:
            text = double_sentence(new[0], app.event, app.desk.name)
        else:
            text = ngettext(
                "{n} person was let in at two desks. This counts once.",
                "{n} people were let in at two desks. Each counts once.",
                len(new),
            ).format(n=len(new))
        go = partial(self._context.signals.page_wanted.emit, "doubles", None)
        self._context.notices.post(Notice("warning", text, KEY, action=_("Look at it"), on_action=go))
