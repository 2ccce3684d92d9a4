"""What a key event of Qt is to the hand scanner's assembler, and what its key would type on a US keyboard."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from checkin.scan.keyboard import Key

_ALONE = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_ScrollLock,
    Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R,
    Qt.Key.Key_Mode_switch,
}
_PAD = {
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Insert,
    Qt.Key.Key_Delete,
    Qt.Key.Key_Clear,
}
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_COMMANDS = _CTRL | _ALT | Qt.KeyboardModifier.MetaModifier

_FIRST = {2: "1234567890-=", 16: "qwertyuiop[]", 30: "asdfghjkl;'`", 43: "\\zxcvbnm,./", 57: " "}
_SHIFTED = dict(zip("1234567890-=[];'`\\,./", '!@#$%^&*()_+{}:"~|<>?', strict=True))
_US = {code + place: char for code, chars in _FIRST.items() for place, char in enumerate(chars)}
"""Set 1 scan codes, which Windows and Linux's evdev share: US text without Shift."""


def kind_of(event: QKeyEvent) -> Key:
    """Return what kind of key this is to the assembler."""
    from checkin.scan.keyboard import Key

    key, modifiers, text = event.key(), event.modifiers(), event.text()
    if key in _ALONE:
        return Key.MODIFIER
    alt_gr = modifiers & _COMMANDS == _CTRL | _ALT and text.isprintable() and bool(text)
    if modifiers & _COMMANDS and not alt_gr:
        return Key.OTHER
    if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab} or text in {"\r", "\n"}:  # "\n": a Linefeed key
        return Key.END
    if text and text.isprintable():
        return Key.TEXT
    if modifiers & Qt.KeyboardModifier.KeypadModifier and key in _PAD:
        return Key.KEYPAD
    return Key.OTHER


def us_text(event: QKeyEvent) -> str:
    """Return what this key types on a US keyboard, "" where its place on the keyboard is not known."""
    code = event.nativeScanCode()
    if sys.platform.startswith("linux"):
        code -= 8  # X11 and Wayland count from evdev's code plus eight
    elif sys.platform != "win32":
        return ""
    char = _US.get(code, "")
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return _SHIFTED.get(char, char.upper())
    return char
