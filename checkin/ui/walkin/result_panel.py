"""What became of the last guest: the verdict as for a scan, the print, and that the next guest can come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from checkin.desk.results import Admission, Registered, Undone
from checkin.i18n import _
from checkin.ui.walkin.print_line import PrintLine
from checkin.ui.widgets.basics import button, column, label, row, set_button_text
from checkin.ui.widgets.verdict_panel import VerdictPanel

if TYPE_CHECKING:
    from checkin.ui.context import Context


class ResultPanel(QWidget):
    """Shows a walk-in who was registered, or somebody who was checked in instead."""

    next_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verdict = VerdictPanel(context.app.event, context.theme)
        self.print_line = PrintLine(context)
        self.registered: Registered | None = None
        """Whom the panel shows; None: somebody who was on the list already."""
        self._hint = label("", "muted", wrap=True)
        self._next = button()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self.verdict)
        self._scroll.viewport().installEventFilter(self)
        body = column(spacing=8)
        body.addWidget(self._scroll, 1)
        foot = row(self.print_line, self._next, spacing=8)
        foot.setStretch(0, 1)
        body.addLayout(foot)
        body.addWidget(self._hint)
        self.setLayout(body)
        self._next.clicked.connect(self.next_wanted)
        self._next.hide()

    def show_registered(self, registered: Registered, *, printing: bool) -> None:
        """Show a walk-in, and follow the badge."""
        self.registered = registered
        self.verdict.show_admission(registered.admission, without=("print",))
        self.print_line.follow(registered.badge, printing=printing)

    def show_admission(self, admission: Admission) -> None:
        """Show somebody who was on the list, or the same walk-in let in anyway."""
        own = self.registered is not None and admission.attendee == self.registered.admission.attendee
        if not own:
            self.registered = None
            self.print_line.forget()
        self.verdict.show_admission(admission, without=("print",) if own else ())

    def show_undone(self, undone: Undone) -> None:
        """Show that it was taken back."""
        self.registered = None
        self.print_line.forget()
        self.verdict.show_undone(undone)

    def undo_record(self) -> str:
        """Return the entry that an undo takes back: of a walk-in the whole registration. Empty: nothing to take back."""
        admission = self.verdict.admission
        if admission is None:
            return ""
        if self.registered is not None:
            return self.registered.record
        return admission.record

    def retranslate(self) -> None:
        """Set every text again."""
        self.verdict.retranslate()
        self.print_line.retranslate()
        self._scroll.setAccessibleName(_("What became of the last guest"))
        self._hint.setText(_("Next guest: just start typing."))
        set_button_text(self._next, _("Next guest"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102, N802 - Qt's name
        if event.type() == QEvent.Type.Resize and watched is self._scroll.viewport():
            self.verdict.set_room(self._scroll.viewport().height())
        return super().eventFilter(watched, event)

    def set_compact(self, compact: bool) -> None:
        """Use smaller letters; `compact` also means that the form is hidden behind this panel."""
        self.verdict.set_compact(compact)
        self.print_line.set_compact(compact)
        self._next.setVisible(compact)
        self._hint.setVisible(not compact)
