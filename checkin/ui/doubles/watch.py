"""Tells of doubles when they come to light. It never blocks: a notice, with a way to the list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot

from checkin.i18n import _, ngettext
from checkin.sync.cycle import Round
from checkin.ui.context import Context
from checkin.ui.doubles.words import double_sentence
from checkin.ui.notices import Notice

KEY = "doubles"


class DoublesWatch(QObject):
    """Each double is told once, by the round that brought it to light."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._told: set[str] = set()
        context.signals.synced.connect(self._synced)

    @Slot(object)
    def _synced(self, done: Round) -> None:
        if done.conflicts == 0:
            self._context.notices.withdraw(KEY)
        new = [one for one in done.new_doubles if not one.settled and one.second.record not in self._told]
        self._told.update(one.second.record for one in new)
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
