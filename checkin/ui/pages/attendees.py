"""The Attendees page: find anybody, see where they stand, check them in by hand, import the roster."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedWidget, QWidget

from checkin.db.listing import ListFilter, Listing
from checkin.domain.attendee import Attendee
from checkin.i18n import _, language, ngettext
from checkin.ui.attendees.merge_view import MergeView
from checkin.ui.attendees.person_panel import PersonPanel
from checkin.ui.attendees.table_model import AttendeeTable
from checkin.ui.attendees.table_view import AttendeeView
from checkin.ui.context import Context
from checkin.ui.page import Page
from checkin.ui.roster_import.wizard import RosterImport
from checkin.ui.widgets.basics import button, column, frame, label, row, set_button_text
from checkin.ui.widgets.choice import Choice

TYPING_MS = 80
"""A search starts when the keys rest so long."""
NARROW = 760
"""Below this width, in px, list and person do not fit side by side (683 px at 200 % on a laptop of 1366)."""
CALM_MS = 700
"""The list is read again at most so often while badges are being scanned."""


class AttendeesPage(Page):
    """Search, filters and table at the left, one person at the right; the import wizard takes their place."""

    key = "attendees"
    order = 2
    icon = "attendees"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.group = Choice(10)
        self.presence = Choice(9)
        self.import_button = button()
        self.model = AttendeeTable(context.app.listing, context.app.event, context.tasks, self)
        self.table = AttendeeView(self.model, context.app.event, context.theme)
        self.facts = label("", "faint", wrap=True)
        self.person = PersonPanel(context)
        self.back = button()
        self._narrow = False
        self.merge = MergeView(context)
        self.wizard = RosterImport(context.app, context.tasks, context.theme)
        self._counts = (0, 0)
        self._matching = -1
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._build()
        self._fill_filters()
        self._connect()

    def _build(self) -> None:
        tools = row(self.search, self.group, self.presence, self.import_button)
        tools.setStretch(0, 1)
        left = frame()
        body = column(margin=14)
        body.addLayout(tools)
        body.addWidget(self.table, 1)
        body.addWidget(self.facts)
        left.setLayout(body)
        right = frame()
        right.setLayout(column(self.back, self.person, margin=14))
        self._left, self._right = left, right
        self.back.hide()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(left)
        self._split.addWidget(right)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._split.setSizes([880, 280])
        self._split.setHandleWidth(14)
        self._split.setChildrenCollapsible(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._split)
        self._stack.addWidget(self.wizard)
        self._stack.addWidget(self.merge)
        self.setLayout(column(self._stack, margin=14))

    def _connect(self) -> None:
        signals = self.context.signals
        self.search.textChanged.connect(self._typing.start)
        self.search.returnPressed.connect(self._take_first)
        self._typing.timeout.connect(self._look)
        self.group.activated.connect(self._look)
        self.presence.activated.connect(self._look)
        self._calm.timeout.connect(self._refresh)
        self.model.settled.connect(self._settled)
        self.model.dataChanged.connect(self._keep_selection)
        self.table.chosen.connect(self._show_person)
        self.back.clicked.connect(self._show_list)
        self.import_button.clicked.connect(self.open_import)
        self.wizard.closed.connect(self._close_import)
        self.person.merge_wanted.connect(self._open_merge)
        self.merge.closed.connect(self._close_import)
        self.merge.merged.connect(self._merged)
        self.wizard.imported.connect(self._imported)
        signals.admitted.connect(self._soon)
        signals.undone.connect(self._soon)
        signals.roster_changed.connect(self._soon)
        signals.post_changed.connect(self._look)
        signals.theme_changed.connect(self.table.viewport().update)

    def title(self) -> str:
        """Return the page's name."""
        return _("Attendees")

    def retranslate(self) -> None:
        """Set every text again."""
        self.search.setPlaceholderText(_("Name, organisation, badge number…"))
        self.search.setAccessibleName(_("Search attendees"))
        self.group.setAccessibleName(_("Group"))
        self.presence.setAccessibleName(_("Who is shown"))
        self.table.setAccessibleName(_("Attendees"))
        set_button_text(self.import_button, _("Import roster…"))
        set_button_text(self.back, _("Back to the list"))
        self._fill_filters()
        self.model.retranslate()
        self.person.retranslate()
        self.wizard.retranslate()
        self.merge.retranslate()
        self._show_facts()

    def shown(self) -> None:
        """Read the list afresh."""
        self._look()
        if self._stack.currentIndex() == 0:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def asked(self, what: object) -> None:
        """Show the attendee or the part of the list that another page asked for; "import" opens the wizard."""
        if isinstance(what, Attendee):
            self._close_import()
            self._show_person(what)
        elif isinstance(what, ListFilter):
            self._close_import()
            self._show_list()
            self.search.setText(what.text)
            self.group.setCurrentIndex(max(self.group.findData(what.category), 0))
            self.presence.setCurrentIndex(max(self.presence.findData(what.presence), 0))
        elif what == "import":
            self.open_import()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show list and person side by side, or one of them where there is no room for both."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self.back.setVisible(narrow)
            self._show_list()

    @Slot(object)
    def _show_person(self, person: Attendee) -> None:
        self.person.show_person(person)
        self._right.show()
        self._left.setVisible(not self._narrow)

    @Slot()
    def _show_list(self) -> None:
        self._left.show()
        self._right.setVisible(not self._narrow)

    @Slot()
    def open_import(self) -> None:
        """Show the wizard in place of the list. The desk goes on scanning meanwhile."""
        self._stack.setCurrentWidget(self.wizard)
        self.wizard.start()

    @Slot(object)
    def _open_merge(self, person: Attendee) -> None:
        self._stack.setCurrentWidget(self.merge)
        self.merge.start(person)

    @Slot(object)
    def _merged(self, kept: Attendee) -> None:
        self._close_import()
        self._show_person(kept)

    @Slot()
    def _close_import(self) -> None:
        self._stack.setCurrentWidget(self._split)

    @Slot(object)
    def _imported(self, _result: object) -> None:
        self.context.tasks.database(self.context.app.desk.roster_changed, done=self._tell_roster_changed)

    @Slot(object)
    def _tell_roster_changed(self, _nothing: object) -> None:
        self.context.signals.roster_changed.emit()

    def _fill_filters(self) -> None:
        """Fill both boxes in the language of the moment and keep what is chosen."""
        groups = [("", _("All groups"))]
        groups += [(c.key, c.name.get(language())) for c in self.context.app.event.categories]
        presence = [
            ("any", _("Everybody")),
            ("in", _("In")),
            ("not_in", _("Not in yet")),
            ("cancelled", _("Cancelled")),
        ]
        for box, choices in ((self.group, groups), (self.presence, presence)):
            chosen = box.currentData()
            box.clear()
            for key, text in choices:
                box.addItem(text, key)
            box.setCurrentIndex(max(box.findData(chosen), 0))

    def _filter(self, text: str, category: str, presence: str) -> ListFilter:
        post = self.context.app.desk.post
        day = post.day.isoformat() if post else ""
        checkpoint = post.checkpoint.key if post else ""
        return ListFilter(text=text, category=category, presence=presence, day=day, checkpoint=checkpoint)

    @Slot()
    def _look(self) -> None:
        self._typing.stop()
        self.model.look(
            self._filter(
                self.search.text().strip(), self.group.currentData() or "", self.presence.currentData() or "any"
            )
        )
        self._count()

    @Slot()
    @Slot(object)
    def _soon(self, _what: object = None) -> None:
        if self.isVisible() and not self._calm.isActive():
            self._calm.start()

    @Slot()
    def _refresh(self) -> None:
        self.model.refresh()
        self._count()

    def _count(self) -> None:
        everybody, inside = self._filter("", "", "any"), self._filter("", "", "in")
        self.context.tasks.background(_counts, self.context.app.listing, everybody, inside, done=self._counted)

    @Slot(object)
    def _counted(self, counts: tuple[int, int]) -> None:
        self._counts = counts
        self._show_facts()

    @Slot(int)
    def _settled(self, matching: int) -> None:
        self._matching = matching
        self._show_facts()

    def _show_facts(self) -> None:
        people, inside = self._counts
        parts = [
            ngettext("{n} person", "{n} people", people).format(n=f"{people:,}"),
            _("{n} in today").format(n=f"{inside:,}"),
        ]
        if 0 <= self._matching != people:
            parts.insert(0, _("{n} shown").format(n=f"{self._matching:,}"))
        if people and not self._matching and self.search.text().strip():
            parts.append(_("nobody is called that; try one part of the name"))
        elif people:
            parts.append(_("nguyen finds Nguyễn, typing errors are forgiven"))
        else:
            parts = [_("Nobody is on the list yet. Import your roster to begin.")]
        self.facts.setText(" · ".join(parts))

    @Slot()
    def _take_first(self) -> None:
        """Enter in the search box: show the best match."""
        self._look()
        self.table.choose_first()

    @Slot()
    def _keep_selection(self) -> None:
        self.table.drop_selection_unless(self.person.attendee)


def _counts(listing: Listing, everybody: ListFilter, inside: ListFilter) -> tuple[int, int]:
    return listing.count(everybody), listing.count(inside)


PAGE = AttendeesPage
