"""Colours, fonts and the style of the window: light, dark and high contrast."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory

from checkin.paths import resources
from checkin.ui.style import stylesheet

ThemeName = Literal["light", "dark", "contrast"]
THEMES: Final[tuple[ThemeName, ...]] = ("light", "dark", "contrast")

FAMILIES: Final = [
    "Sarabun",
    "Noto Sans Lao",
    "Leelawadee UI",
    "Phetsarath OT",
    "Lao MN",
    "Noto Sans Khmer",
    "Khmer UI",
    "Khmer MN",
    "Noto Sans Myanmar",
    "Myanmar Text",
    "Myanmar MN",
    "Noto Sans Arabic",
    "Noto Sans",
    "Segoe UI",
    "Noto Sans CJK SC",
    "Microsoft YaHei",
    "PingFang SC",
]
"""Sarabun and the Noto fonts of Lao, Khmer, Burmese and Arabic are shipped; the others are what Windows, macOS and Linux
have for the same scripts, and for Han, whose fonts are too large to ship."""

FIRST_FONT: Final = "Sarabun-Regular.ttf"
BASE_PX: Final = 15
THAI_LINE: Final = 1.35
"""A line's height in line spacings: Thai tone marks stand 0.25 em above Sarabun's own ascent, vowels 0.1 em below."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A strong colour for signs, words and borders, and a soft one to stand behind them."""

    strong: str
    soft: str


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme, as "#rrggbb"."""

    window: str
    surface: str
    raised: str
    """Buttons and fields."""
    border: str
    text: str
    muted: str
    faint: str
    accent: str
    on_accent: str
    """Text on the accent and on a tone's strong colour."""
    accent_soft: str
    green: Pair
    blue: Pair
    amber: Pair
    red: Pair
    grey: Pair
    violet: Pair
    dark: bool
    thick: int
    """Width in px of borders that carry meaning."""

    def tone(self, name: str) -> Pair:
        """Return the pair of a tone: green, blue, amber, red, grey or violet."""
        pair = getattr(self, name)
        assert isinstance(pair, Pair), name
        return pair


LIGHT: Final = Colours(
    window="#f4f6f8",
    surface="#ffffff",
    raised="#ffffff",
    border="#dfe4ea",
    text="#14202c",
    muted="#52606e",
    faint="#6e7b88",
    accent="#1d5fc2",
    on_accent="#ffffff",
    accent_soft="#e6eefa",
    green=Pair("#0a7a41", "#e1f4e8"),
    blue=Pair("#1d5fc2", "#e4eefb"),
    amber=Pair("#9a5700", "#fdf0da"),
    red=Pair("#b3231c", "#fce6e4"),
    grey=Pair("#515d69", "#eaedf0"),
    violet=Pair("#5b2ea6", "#efe8fb"),
    dark=False,
    thick=2,
)
DARK: Final = Colours(
    window="#10151b",
    surface="#1a2129",
    raised="#222b35",
    border="#303b46",
    text="#eef3f8",
    muted="#aab6c2",
    faint="#8e9ba8",
    accent="#7fb2ff",
    on_accent="#0d141b",
    accent_soft="#1f2f47",
    green=Pair("#4fdc8e", "#143326"),
    blue=Pair("#7fb2ff", "#172b47"),
    amber=Pair("#f4b350", "#3a2b12"),
    red=Pair("#ff8d84", "#43201f"),
    grey=Pair("#b7c1cb", "#2a333c"),
    violet=Pair("#c8acff", "#2e2449"),
    dark=True,
    thick=2,
)
CONTRAST: Final = Colours(
    window="#000000",
    surface="#000000",
    raised="#000000",
    border="#ffffff",
    text="#ffffff",
    muted="#ffffff",
    faint="#e6e6e6",
    accent="#ffe600",
    on_accent="#000000",
    accent_soft="#333000",
    green=Pair("#3dff8f", "#00200f"),
    blue=Pair("#7cc4ff", "#001a33"),
    amber=Pair("#ffc233", "#261a00"),
    red=Pair("#ff9d94", "#2e0000"),
    grey=Pair("#ffffff", "#1f1f1f"),
    violet=Pair("#d9c2ff", "#1d0a3a"),
    dark=True,
    thick=4,
)
COLOURS: Final[dict[ThemeName, Colours]] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


class Theme(QObject):
    """The theme of the moment. Painters read `colours` and repaint at `changed`."""

    changed = Signal()

    def __init__(self, name: ThemeName = "light", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name: ThemeName = name
        self.colours = COLOURS[name]

    def apply(self, name: ThemeName) -> None:
        """Give the whole application this theme: palette, style sheet, font."""
        self.name, self.colours = name, COLOURS[name]
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if app.style().name() != "fusion":
            app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(font())
        app.setPalette(palette(self.colours))
        app.setStyleSheet(stylesheet(self.colours))
        self.changed.emit()

    def icon(self, name: str, colour: str = "") -> QIcon:
        """Return the drawing resources/icons/`name`.svg in one colour; empty: the theme's text colour."""
        icon = QIcon()
        icon.addPixmap(pixmap(name, 20, colour or self.colours.text))
        icon.addPixmap(pixmap(name, 40, colour or self.colours.text))
        return icon


def font(px: int = BASE_PX, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the window's font in a size in px, with its fallbacks for Lao, Khmer and Burmese."""
    return QFont(_font(px, weight))


@cache
def _font(px: int, weight: QFont.Weight) -> QFont:
    """Make a font once: what Qt has found out about its letters stays with it, and copies share that."""
    made = QFont()
    made.setFamilies(FAMILIES)
    made.setPixelSize(px)
    made.setWeight(weight)
    return made


@cache
def load_first_font() -> None:
    """Load the one font that the first paint needs."""
    QFontDatabase.addApplicationFont(str(resources() / "fonts" / FIRST_FONT))


@cache
def load_the_rest() -> None:
    """Load the other weights and scripts, and every drawing, once: after that the GUI thread reads no file any more."""
    for file in (resources() / "icons").glob("*.svg"):
        _drawing(file.stem)
    for file in sorted((resources() / "fonts").glob("*.ttf")):
        if file.name != FIRST_FONT:
            QFontDatabase.addApplicationFont(str(file))


def palette(colours: Colours) -> QPalette:
    """Return the palette that Fusion draws with."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, value in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.window),
        (role.ToolTipBase, colours.text),
        (role.ToolTipText, colours.surface),
        (role.Text, colours.text),
        (role.Button, colours.raised),
        (role.ButtonText, colours.text),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Link, colours.accent),
        (role.PlaceholderText, colours.faint),
        (role.Mid, colours.border),
    ):
        made.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.faint))
    return made


@cache
def _drawing(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text("utf-8")


@cache
def renderer(name: str, colour: str) -> QSvgRenderer:
    """Return a drawing of resources/icons in one colour, to be painted at any size."""
    return QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))


def pixmap(name: str, size: int, colour: str) -> QPixmap:
    """Return a drawing as a square picture of `size` px, sharp at 200 % too."""
    picture = QPixmap(QSize(size, size) * 2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer(name, colour).render(painter, QRectF(0, 0, size * 2, size * 2))
    painter.end()
    picture.setDevicePixelRatio(2)
    return picture
