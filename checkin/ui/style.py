"""The style sheet. Widgets say what they are by a property, never how they look:

QLabel       role = title | heading | muted | faint | strong | number | key | pill | word ...
QPushButton  role = primary | danger | quiet | chip | rail | tab
QFrame       role = card | bar | rail | band;  tone = green | blue | amber | red | grey | violet
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checkin.ui.theme import Colours

_TONES = ("green", "blue", "amber", "red", "grey", "violet")


def stylesheet(c: Colours) -> str:
    """Return the application's style sheet in the colours of a theme."""
    return _base(c) + _buttons(c) + _fields(c) + _lists(c) + "".join(_tone(c, name) for name in _TONES)


def _text(px: int) -> str:
    """Return a size with the head-room that Thai needs: Sarabun's tone marks stand 0.25 em above its own ascent."""
    return f"font-size: {px}px; padding: {round(px * 0.25)}px 0 {round(px * 0.12)}px 0;"


def _base(c: Colours) -> str:
    return f"""
QToolTip {{ background: {c.text}; color: {c.surface}; border: none; padding: 6px 8px; }}
QLabel {{ background: transparent; }}
QLabel[role="plain"], QLabel[role="muted"], QLabel[role="strong"] {{ {_text(15)} }}
QLabel[role="title"] {{ {_text(22)} font-weight: 700; }}
QLabel[role="heading"] {{ {_text(16)} font-weight: 600; }}
QLabel[role="muted"] {{ color: {c.muted}; }}
QLabel[role="faint"] {{ color: {c.faint}; {_text(13)} }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="field"] {{ color: {c.muted}; {_text(13)} }}
QLabel[role="word"] {{ {_text(36)} font-weight: 700; }}
QLabel[role="word2"] {{ {_text(20)} }}
QLabel[role="local"] {{ {_text(22)} font-weight: 500; }}
QLabel[role="who"] {{ color: {c.muted}; {_text(18)} }}
QLabel[role="say"] {{ {_text(17)} }}
QFrame[compact="true"] QLabel[role="word"] {{ {_text(24)} }}
QFrame[compact="true"] QLabel[role="word2"] {{ {_text(15)} }}
QFrame[compact="true"] QLabel[role="local"] {{ {_text(16)} }}
QFrame[compact="true"] QLabel[role="who"] {{ {_text(14)} }}
QFrame[compact="true"] QLabel[role="say"] {{ {_text(14)} }}
QLabel[role="number"] {{ {_text(34)} font-weight: 700; }}
QLabel[role="figure"] {{ font-size: 32px; font-weight: 700; padding: 3px 0 0 0; }}
QLabel[role="key"] {{ color: {c.muted}; font-size: 12px; border: 1px solid {c.border}; border-radius: 4px;
    padding: 1px 5px; }}
QFrame[role="card"] {{ background: {c.surface}; border: 1px solid {c.border}; border-radius: 12px; }}
QFrame[role="bar"] {{ background: {c.surface}; border: none; border-bottom: 1px solid {c.border}; }}
QFrame[role="foot"] {{ background: {c.surface}; border: none; border-top: 1px solid {c.border}; }}
QFrame[role="rail"] {{ background: {c.surface}; border: none; border-right: 1px solid {c.border}; }}
QFrame[role="line"] {{ background: {c.border}; border: none; max-height: 1px; min-height: 1px; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.faint}; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page
    {{ background: transparent; width: 0; height: 0; }}
QProgressBar {{ background: {c.window}; border: 1px solid {c.border}; border-radius: 5px; min-height: 10px;
    max-height: 10px; text-align: center; color: transparent; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 4px; }}
"""


def _buttons(c: Colours) -> str:
    return f"""
QPushButton, QToolButton {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.border}; border-radius: 9px;
    padding: 7px 15px; min-height: 22px; font-weight: 500; }}
QPushButton[small="true"] {{ padding: 3px 11px; min-height: 20px; font-size: 14px; }}
QPushButton[keyed="true"] {{ text-align: left; }}
QPushButton:hover, QToolButton:hover {{ border-color: {c.accent}; }}
QPushButton:pressed, QToolButton:pressed, QPushButton:checked {{ background: {c.accent_soft}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {c.accent}; padding: 6px 14px; }}
QPushButton:disabled, QToolButton:disabled {{ color: {c.faint}; border-style: dashed; }}
QPushButton[role="primary"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent};
    font-weight: 600; }}
QPushButton[role="primary"] QLabel[role="key"] {{ color: {c.on_accent}; border-color: {c.on_accent}; }}
QPushButton[role="primary"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[role="primary"]:disabled {{ background: {c.accent_soft}; color: {c.faint}; border-color: {c.border}; }}
QPushButton[role="danger"] {{ color: {c.red.strong}; border-color: {c.red.strong}; }}
QPushButton[role="quiet"] {{ background: transparent; border-color: transparent; color: {c.muted}; }}
QPushButton[role="quiet"]:hover {{ color: {c.text}; border-color: {c.border}; }}
QPushButton[role="quiet"]:focus {{ border: 2px solid {c.accent}; }}
QPushButton[role="chip"] {{ border-radius: 15px; padding: 4px 12px; min-height: 20px; font-size: 14px; color: {c.muted};
    background: {c.surface}; font-weight: 400; text-align: left; }}
QPushButton[role="chip"]:focus {{ padding: 3px 11px; }}
QPushButton[role="chip"][tone="amber"] {{ background: {c.amber.soft}; color: {c.amber.strong};
    border-color: {c.amber.strong}; }}
QPushButton[role="chip"][tone="red"] {{ background: {c.red.soft}; color: {c.red.strong};
    border-color: {c.red.strong}; }}
QPushButton[role="chip"]:checked {{ background: {c.accent_soft}; color: {c.accent}; }}
QPushButton[role="tab"] {{ background: transparent; border: 1px solid transparent; border-radius: 7px; padding: 1px 8px;
    min-height: 22px; font-size: 14px; font-weight: 600; color: {c.muted}; }}
QPushButton[role="tab"]:hover {{ border-color: {c.border}; }}
QPushButton[role="tab"]:checked {{ background: {c.accent_soft}; color: {c.accent}; }}
QPushButton[role="tab"]:focus {{ border: 2px solid {c.accent}; padding: 0 7px; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QPushButton[role="rail"] {{ background: transparent; border: 2px solid transparent; border-radius: 9px;
    padding: 7px 10px; text-align: left; color: {c.muted}; }}
QPushButton[role="rail"]:hover {{ background: {c.window}; }}
QPushButton[role="rail"]:checked {{ background: {c.accent_soft}; color: {c.accent}; font-weight: 600; }}
QPushButton[role="rail"]:focus {{ border-color: {c.accent}; padding: 7px 10px; }}
QCheckBox, QRadioButton {{ spacing: 8px; padding: 3px 2px; border: 2px solid transparent; border-radius: 6px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {c.accent}; }}
QMenu {{ background: {c.surface}; border: 1px solid {c.border}; padding: 6px; }}
QMenu::item {{ padding: 7px 24px 7px 14px; border-radius: 6px; }}
QMenu::item:selected {{ background: {c.accent_soft}; color: {c.accent}; }}
QMenu::item:disabled {{ color: {c.faint}; }}
QMenu::item:checked {{ font-weight: 600; }}
QMenu::separator {{ height: 1px; background: {c.border}; margin: 6px 4px; }}
"""


def _fields(c: Colours) -> str:
    return f"""
QLineEdit, QComboBox, QDoubleSpinBox, QDateEdit, QTimeEdit, QPlainTextEdit {{ background: {c.raised}; color: {c.text};
    border: 1px solid {c.border}; border-radius: 9px; padding: 1px 11px; min-height: 34px;
    selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{ width: 0; border: none; }}
QDoubleSpinBox QLineEdit, QDoubleSpinBox QLineEdit:focus
    {{ background: transparent; border: none; padding: 0 11px; min-height: 0; }}
QLineEdit QToolButton {{ background: transparent; border: none; padding: 0; min-height: 0; }}
QLineEdit:focus, QComboBox:focus, QDoubleSpinBox:focus, QDateEdit:focus, QTimeEdit:focus, QPlainTextEdit:focus
    {{ border: 2px solid {c.accent}; padding: 0 10px; }}
QLineEdit[wrong="true"], QComboBox[wrong="true"] {{ border: 2px solid {c.red.strong}; padding: 0 10px; }}
QLineEdit:disabled, QComboBox:disabled, QDoubleSpinBox:disabled {{ color: {c.faint}; border-style: dashed; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox QAbstractItemView {{ background: {c.surface}; border: 1px solid {c.border}; outline: none; padding: 4px;
    selection-background-color: {c.accent_soft}; selection-color: {c.accent}; }}
"""


def _lists(c: Colours) -> str:
    return f"""
QAbstractItemView {{ background: {c.surface}; border: none; outline: none; color: {c.text};
    selection-background-color: {c.accent_soft}; selection-color: {c.text}; gridline-color: {c.border}; }}
QAbstractItemView:focus {{ border: 2px solid {c.accent}; border-radius: 9px; }}
QTableView::item, QListView::item {{ padding: 4px 8px; border-bottom: 1px solid {c.border}; }}
QTableView::item:selected, QListView::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
QListView#results {{ border: 1px solid {c.accent}; border-radius: 9px; padding: 2px; }}
QHeaderView {{ background: {c.surface}; border: none; }}
QHeaderView::section {{ background: {c.surface}; color: {c.muted}; border: none; border-bottom: 1px solid {c.border};
    padding: 7px 8px; font-size: 13px; font-weight: 600; text-align: left; }}
QTableCornerButton::section {{ background: {c.surface}; border: none; }}
"""


def _tone(c: Colours, name: str) -> str:
    pair = c.tone(name)
    return f"""
QFrame[role="card"][tone="{name}"] {{ background: {pair.soft}; border: {c.thick}px solid {pair.strong}; }}
QFrame[role="band"][tone="{name}"] {{ background: {pair.soft}; border: none; border-left: 5px solid {pair.strong};
    border-top-right-radius: 6px; border-bottom-right-radius: 6px; }}
QLabel[tone="{name}"] {{ color: {pair.strong}; }}
QLabel[role="pill"][tone="{name}"] {{ background: {pair.soft}; color: {pair.strong}; border-radius: 10px;
    padding: 2px 10px; font-size: 14px; font-weight: 600; }}
"""
