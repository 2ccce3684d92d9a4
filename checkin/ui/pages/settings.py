"""The Settings page: a list of sections at the left, the chosen one beside it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QPushButton, QStackedWidget, QWidget

from checkin.i18n import _
from checkin.ui.context import Context
from checkin.ui.page import Page
from checkin.ui.setup.about_section import AboutSection
from checkin.ui.setup.camera_section import CameraSection
from checkin.ui.setup.desk_section import DeskSection
from checkin.ui.setup.event_section import EventSection
from checkin.ui.setup.hub_section import HubSection
from checkin.ui.setup.looks_section import LooksSection
from checkin.ui.setup.printing_section import PrintingSection
from checkin.ui.setup.section import Section
from checkin.ui.widgets.basics import column, frame, label, row, scrolling, set_button_text

SECTIONS: Final[tuple[type[Section], ...]] = (
    DeskSection, CameraSection, PrintingSection, HubSection, LooksSection, EventSection, AboutSection,
)  # fmt: skip
LIST_WIDTH: Final = 190


class SettingsPage(Page):
    """Everything is taken at once; there is no button to save."""

    key = "settings"
    order = 6
    icon = "settings"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.sections = [kind(context) for kind in SECTIONS]
        self._head = label("", "title")
        self._names = QButtonGroup(self)
        self._stack = QStackedWidget()
        names = frame()
        names.setFixedWidth(LIST_WIDTH)
        side = column(self._head, margin=12, spacing=4)
        side.addSpacing(6)
        for number, section in enumerate(self.sections):
            made = QPushButton()
            made.setProperty("role", "rail")
            made.setCheckable(True)
            made.setMinimumHeight(38)
            self._names.addButton(made, number)
            side.addWidget(made)
            self._stack.addWidget(scrolling(section, right=4))
        side.addStretch(1)
        names.setLayout(side)
        whole = row(names, self._stack, margin=14, spacing=14)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._names.idClicked.connect(self._choose)
        self._names.button(0).setChecked(True)

    def title(self) -> str:
        """Return the page's name."""
        return _("Settings")

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(_("Settings"))
        for made, section in zip(self._names.buttons(), self.sections, strict=True):
            set_button_text(made, section.title())
            section.retranslate()

    def shown(self) -> None:
        """Show what holds now."""
        self.sections[self._stack.currentIndex()].shown()

    def hidden(self) -> None:
        """Tell the section."""
        self.sections[self._stack.currentIndex()].hidden()

    def asked(self, what: object) -> None:
        """Show the section with this key: "camera", "desk" ..."""
        for number, section in enumerate(self.sections):
            if section.key == what:
                self._choose(number)
                self._names.button(number).setFocus()

    @Slot(int)
    def _choose(self, number: int) -> None:
        before = self._stack.currentIndex()
        self._names.button(number).setChecked(True)
        if number != before:
            self.sections[before].hidden()
            self._stack.setCurrentIndex(number)
            self.sections[number].shown()


PAGE = SettingsPage
