"""The wizard's last sheet: what was done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from checkin.i18n import _, ngettext
from checkin.roster.importer import ImportResult
from checkin.ui.theme import Theme
from checkin.ui.widgets.basics import button, column, frame, label, row, set_button_text
from checkin.ui.widgets.pills import Sign


class ResultPage(QWidget):
    """Numbers, and what was left out."""

    closed = Signal()
    again = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: ImportResult | None = None
        sign = Sign(theme, 56)
        sign.show_sign("tick", "green")
        self._head = label("", "title", wrap=True)
        self._lines = label("", wrap=True)
        self._left_out = label("", "muted", wrap=True)
        self.done = button(role="primary")
        self.another = button()
        words = column(self._head, self._lines, self._left_out, spacing=8)
        inside = row(spacing=18, margin=24)
        inside.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(words, 1)
        card = frame()
        card.setLayout(inside)
        foot = row(self.done, self.another)
        foot.addStretch(1)
        body = column(card, spacing=14)
        body.addLayout(foot)
        body.addStretch(1)
        self.setLayout(body)
        self.done.clicked.connect(self.closed)
        self.another.clicked.connect(self.again)

    def show_result(self, result: ImportResult) -> None:
        """Say what was done."""
        self._result = result
        self.retranslate()
        self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Set every text again."""
        set_button_text(self.done, _("Done"))
        set_button_text(self.another, _("Import another list"))
        result = self._result
        if result is None:
            return
        added = ngettext("{n} person was added", "{n} people were added", result.added)
        self._head.setText(added.format(n=f"{result.added:,}"))
        self._lines.setText(
            _("{updated} changed, {unchanged} as before. Who was checked in stays checked in.").format(
                updated=f"{result.updated:,}", unchanged=f"{result.unchanged:,}"
            )
        )
        rejected = ngettext(
            "{n} row was left out, as shown before. Put it right in your file and import it again: nobody is doubled.",
            "{n} rows were left out, as shown before. Put them right in your file and import it again: nobody is doubled.",
            result.rejected,
        )
        self._left_out.setText(rejected.format(n=f"{result.rejected:,}"))
        self._left_out.setVisible(bool(result.rejected))
