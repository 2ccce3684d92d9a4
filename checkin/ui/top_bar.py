"""The bar at the top: which event, where this desk stands, what the camera does, who works here, how it looks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QMenu, QWidget

from checkin.i18n import LANGUAGES, _, language
from checkin.texts import isolate
from checkin.ui.camera_thread import CameraState
from checkin.ui.post_menus import PostMenus
from checkin.ui.staff_popup import StaffPopup
from checkin.ui.sync_chip import SyncChip
from checkin.ui.theme import THEMES, ThemeName
from checkin.ui.widgets.basics import label
from checkin.ui.widgets.chip import Chip
from checkin.ui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from checkin.ui.context import Context

PRACTICE = "PRACTICE · ฝึกซ้อม"
"""In both languages at once: nobody may take practice for the real thing."""
MUTE_KEY = "F9"
_CAMERA = {
    "off": ("nocamera", ""),
    "opening": ("camera", ""),
    "live": ("camera", "green"),
    "ended": ("camera", ""),
    "lost": ("nocamera", "amber"),
    "missing": ("nocamera", "amber"),
}
_LANGUAGE_NAMES = {"en": "EN", "th": "ไทย"}


class TopBar(QFrame):
    """Chips only; what they change lies in App, Settings and Desk."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        theme = context.theme
        self.setProperty("role", "bar")
        self._name = ElidedLabel(17, QFont.Weight.Bold)
        self._narrow = False
        self._practice = label(PRACTICE, "pill", tone="violet")
        self.post = PostMenus(context, self)
        self.sync = SyncChip(context, self)
        self.camera, self.staff = Chip(theme, "camera"), Chip(theme, "person")
        self.mute, self.theme_chip = Chip(theme, "sound"), Chip(theme, "light")
        self.theme_chip.setMenu(QMenu(self.theme_chip))
        self.languages = QButtonGroup(self)
        self._staff_popup = StaffPopup(context, self)
        self._lay_out()
        self._practice.setVisible(context.app.event.practice)
        self.camera.clicked.connect(self._ask_camera)
        self.staff.clicked.connect(self._ask_staff)
        self.mute.clicked.connect(self._toggle_mute)
        context.camera.state_changed.connect(self._show_camera)
        context.signals.settings_changed.connect(self.retranslate)
        context.signals.post_changed.connect(self.retranslate)

    def _lay_out(self) -> None:
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 7, 16, 7)
        self._row.setSpacing(8)
        self._row.addWidget(self._name)
        self._row.addWidget(self._practice)
        for chip in (self.post.day, self.post.checkpoint, self.post.direction):
            self._row.addWidget(chip)
        self._row.addStretch(1)
        for chip in (self.sync, self.camera, self.staff, self.mute, self.theme_chip):
            self._row.addWidget(chip)
        pair = QHBoxLayout()
        pair.setSpacing(2)
        for place, tongue in enumerate(("th", "en")):
            chip = Chip(self._context.theme)
            chip.setCheckable(True)
            chip.set_text(_LANGUAGE_NAMES[tongue], {"th": "ภาษาไทย", "en": "English"}[tongue])
            chip.clicked.connect(partial(self._context.save_settings, language=tongue))
            self.languages.addButton(chip, place)
            pair.addWidget(chip)
        self._row.addLayout(pair)

    @Slot()
    def retranslate(self) -> None:
        """Set every text again."""
        app = self._context.app
        self._name.setText(isolate(app.event.name.get(language())))
        self.post.retranslate()
        self._show_camera(self._context.camera.state)
        self.sync.retranslate()
        people = " · ".join(part for part in (app.desk.name, isolate(app.desk.staff)) if part)
        self.staff.set_text(people, _("Desk and staff"))
        muted = app.settings.muted
        self.mute.set_icon("muted" if muted else "sound", "amber" if muted else "")
        self.mute.set_text("", _("Sound is off") if muted else _("Sound is on"), MUTE_KEY)
        self.mute.setShortcut(MUTE_KEY)
        self.theme_chip.set_icon(self._context.theme.name)
        self.theme_chip.set_text("", _("Colours"))
        self._fill_themes()
        tongue = language()
        assert tongue in LANGUAGES
        self.languages.button(0 if tongue == "th" else 1).setChecked(True)
        self._staff_popup.retranslate()
        self._name_practice()
        self.setAccessibleName(_("Desk"))

    def set_narrow(self, narrow: bool) -> None:
        """Show the drawings of the chips only, where the window is small or everything is large."""
        self._name.setVisible(not narrow)
        for chip in (self.sync, self.camera, self.staff, self.post.direction, self.post.day):
            chip.set_short(narrow)
        margin = 8 if narrow else 16
        self._row.setContentsMargins(margin, 4 if narrow else 7, margin, 4 if narrow else 7)
        self._row.setSpacing(4 if narrow else 8)
        self._narrow = narrow
        self._name_practice()

    def _name_practice(self) -> None:
        """Say it in both languages, or where there is no room in the one of the moment."""
        english, _dot, thai = PRACTICE.partition(" · ")
        one = thai if language() == "th" else english
        self._practice.setText(one if self._narrow else PRACTICE)

    @Slot(object)
    def _show_camera(self, state: CameraState) -> None:
        texts = {
            "off": _("No camera"),
            "opening": _("Camera starts …"),
            "live": state.name or _("Camera"),
            "ended": _("Play again"),
            "lost": _("Camera lost"),
            "missing": _("Camera not found"),
        }
        self.camera.set_icon(*_CAMERA[state.kind])
        self.camera.set_text(texts[state.kind], _("Camera"))

    def _fill_themes(self) -> None:
        names: dict[ThemeName, str] = {"light": _("Light"), "dark": _("Dark"), "contrast": _("High contrast")}
        menu = self.theme_chip.menu()
        menu.clear()
        for name in THEMES:
            action = QAction(names[name], menu, checkable=True)
            action.setChecked(name == self._context.theme.name)
            action.triggered.connect(partial(self._context.save_settings, theme=name))
            menu.addAction(action)

    @Slot()
    def _toggle_mute(self) -> None:
        self._context.save_settings(muted=not self._context.app.settings.muted)

    @Slot()
    def _ask_camera(self) -> None:
        if self._context.camera.state.kind == "ended":
            self._context.camera.restart()
        else:
            self._context.signals.page_wanted.emit("settings", "camera")

    @Slot()
    def _ask_staff(self) -> None:
        corner = self.staff.mapToGlobal(self.staff.rect().bottomLeft())
        self._staff_popup.open_at(corner, self.staff)
