"""Settings: language, colours, size and sound."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from checkin.domain.verdict import TONES, Verdict
from checkin.i18n import _, language
from checkin.settings import THEMES
from checkin.ui.context import Context
from checkin.ui.setup.section import Section, form, heading
from checkin.ui.sounds import Sounds
from checkin.ui.widgets.basics import button, label, row, set_button_text
from checkin.ui.widgets.choice import Choice
from checkin.ui.widgets.flow import Flow
from checkin.ui.widgets.verdict_panel import ICONS
from checkin.wording.verdicts import word

SCALES: Final = (100, 110, 125, 150, 175, 200)
SOUND_WIDTH: Final = 210
SETTLE_MS: Final = 300
"""A slider is saved when it rests, not at every pixel."""


class LooksSection(Section):
    """Everything is applied at once but the size, which Qt takes at the start; the section says so."""

    key = "looks"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._look_head, self._sound_head, self._try_head = heading(), heading(), heading()
        self._labels = {name: label("", "muted") for name in ("language", "theme", "scale", "volume")}
        self._scale_hint = label("", "muted")
        self.languages = QButtonGroup(self)
        self.themes = QButtonGroup(self)
        self.scale = Choice()
        self.mute = QCheckBox()
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, 100)
        self.volume.setPageStep(10)
        self.volume.setMaximumWidth(260)
        self.plays: dict[Verdict, QPushButton] = {}
        self.sounds = Sounds(self)
        self._loaded = False
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._take_volume)
        self._build()
        self.scale.activated.connect(self._take_scale)
        self.volume.valueChanged.connect(self._settle.start)
        self.mute.toggled.connect(self._take_mute)
        context.signals.settings_changed.connect(self._show)
        context.signals.theme_changed.connect(self._paint)

    def _build(self) -> None:
        looks = form()
        looks.addRow(self._labels["language"], self._choices(self.languages, "language", ("th", "en")))
        looks.addRow(self._labels["theme"], self._choices(self.themes, "theme", THEMES))
        looks.addRow(self._labels["scale"], self.scale)
        looks.addRow("", self._scale_hint)
        card = self.card(self._look_head)
        _layout_of(card).addLayout(looks)
        sound = form()
        sound.addRow(self._labels["volume"], self.volume)
        card = self.card(self._sound_head)
        _layout_of(card).addLayout(sound)
        _layout_of(card).addWidget(self.mute)
        _layout_of(card).addWidget(self._try_head)
        sounds = Flow(8)
        for verdict in Verdict:
            made = button()
            made.setIconSize(QSize(18, 18))
            made.setMinimumWidth(SOUND_WIDTH)
            made.setProperty("verdict", verdict.value)
            made.clicked.connect(self._play)
            self.plays[verdict] = made
            sounds.addWidget(made)
        _layout_of(card).addLayout(sounds)
        self.body.addStretch(1)

    def _choices(self, group: QButtonGroup, field: str, values: tuple[str, ...]) -> QWidget:
        """Return buttons of which one is pressed; a press saves it."""
        holder = QWidget()
        inside = row(spacing=6)
        for number, value in enumerate(values):
            made = button()
            made.setCheckable(True)
            made.setProperty("value", value)
            made.clicked.connect(partial(self.context.save_settings, **{field: value}))
            group.addButton(made, number)
            inside.addWidget(made)
        inside.addStretch(1)
        holder.setLayout(inside)
        return holder

    def title(self) -> str:
        """Return the section's name."""
        return _("Look and sound")

    def retranslate(self) -> None:
        """Set every text again."""
        self._look_head.setText(_("How the window looks"))
        self._sound_head.setText(_("Sound"))
        self._try_head.setText(_("Each verdict has its own sound. Press one to hear it."))
        names = {
            "language": _("Language"),
            "theme": _("Colours"),
            "scale": _("Size"),
            "volume": _("Volume"),
        }
        for key, text in names.items():
            self._labels[key].setText(text)
        words = {"th": "ไทย", "en": "English", "light": _("Light"), "dark": _("Dark"), "contrast": _("High contrast")}
        for group in (self.languages, self.themes):
            for made in group.buttons():
                set_button_text(made, words[made.property("value")])
        self._scale_hint.setText(_("A new size shows when the desk is opened again."))
        self.scale.setAccessibleName(names["scale"])
        self.volume.setAccessibleName(names["volume"])
        self.mute.setText(_("No sound at all (F9)"))
        for verdict, made in self.plays.items():
            set_button_text(made, word(verdict, language()))
            made.setAccessibleName(_("Hear “{word}”").format(word=word(verdict, language())))
        self._show()

    def shown(self) -> None:
        """Show what holds now, and have the sounds ready."""
        if not self._loaded:
            self._loaded = True
            self.sounds.load()
        self._show()

    @Slot()
    def _show(self) -> None:
        settings = self.context.app.settings
        for group, value in ((self.languages, language()), (self.themes, self.context.theme.name)):
            for made in group.buttons():
                made.setChecked(made.property("value") == value)
        self.scale.blockSignals(True)
        self.scale.clear()
        for per_cent in sorted({*SCALES, settings.scale}):
            self.scale.addItem(_("{n} %").format(n=per_cent), per_cent)
        self.scale.setCurrentIndex(self.scale.findData(settings.scale))
        self.scale.blockSignals(False)
        if not self._settle.isActive():  # else somebody is moving it
            self.volume.blockSignals(True)
            self.volume.setValue(settings.volume)
            self.volume.blockSignals(False)
        self.mute.blockSignals(True)
        self.mute.setChecked(settings.muted)
        self.mute.blockSignals(False)
        self._paint()

    @Slot()
    def _paint(self) -> None:
        colours = self.context.theme.colours
        for verdict, made in self.plays.items():
            made.setIcon(self.context.theme.icon(ICONS[verdict], colours.tone(TONES[verdict]).strong))

    @Slot(int)
    def _take_scale(self, index: int) -> None:
        self.context.save_settings(scale=self.scale.itemData(index))

    @Slot()
    def _take_volume(self) -> None:
        if self.volume.value() != self.context.app.settings.volume:
            self.context.save_settings(volume=self.volume.value())

    @Slot(bool)
    def _take_mute(self, muted: bool) -> None:
        self.context.save_settings(muted=muted)

    @Slot()
    def _play(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            self.sounds.volume = self.volume.value() / 100
            self.sounds.play(sender.property("verdict"))


def _layout_of(card: QFrame) -> QVBoxLayout:
    layout = card.layout()
    assert isinstance(layout, QVBoxLayout)
    return layout
