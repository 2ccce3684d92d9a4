"""A hand scanner is a keyboard that types fast. `KeyBurst` tells it from a person, wherever the focus is.

How to use it (the window's event filter does; nothing here knows Qt):

- Every key press goes to `feed` before the window sees it, with the operating system's time of the key (an event's own
  timestamp, in seconds), not with the time of processing: keys that waited for a busy window would look fast.
- The `Decision` says what to do, in this order: hand on the `release` oldest of the keys held back so far; throw the
  others away if `forget`; keep this key from the window if `take` (and hold it back, unless `forget`), else let it
  through; act on `scan` or `broken`.
- At `wake_at` (same clock; None: never) call `tick` and treat its decision in the same way.
- The release of a key that was taken must be taken too, and the shortcut override before a taken key accepted, else a
  space would press the focused button and a digit fire a shortcut.

The first keys of a scan look like typing. So each key is held back for 35 ms, which nobody notices, and is handed on
as soon as the next one is too late for a scanner. Four keys that follow each other within 35 ms are a scan (two, if Enter
or Tab follows as fast): from then on every key is the scanner's until Enter, Tab or a gap of 100 ms. Nothing of a scan
reaches a text field, a button or a shortcut; nothing that a person types is lost or reordered.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from checkin.domain.badge import is_token
from checkin.domain.payload import MAX_LENGTH, candidates

FAST_S = 0.035
"""Two keys closer than this may be a scanner's (1-30 ms apart); a person's are 60-400 ms apart, rarely one pair less."""
GAP_S = 0.1
"""A scan that is under way ends after this long without a key: scanners without a suffix, or unplugged."""
SURE_KEYS = 4
_AFTER_S = 0.25  # a second Enter this short after a scan belongs to it (scanners that send CR LF, or Enter twice)
_TYPED_PAUSE_S = 5.0  # a person who types a code from a badge does not rest longer than this
_PROVEN = frozenset({"pretix", "pretix_sig1", "alf.io", "uuid", "hi.events", "indico"})


class Key(Enum):
    """What kind of key was pressed."""

    TEXT = "text"
    """It has a text of its own: letters, digits, signs, space."""
    END = "end"
    """Enter, Return or Tab."""
    KEYPAD = "keypad"
    """A key of the number pad without a text: Home, arrows, ... because NumLock is off."""
    MODIFIER = "modifier"
    """Shift, AltGr, Caps Lock and the like, pressed alone."""
    OTHER = "other"
    """Everything else: F keys, arrows, Backspace, any key together with Ctrl, Alt or Cmd."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A text that came from the keyboard as a whole."""

    text: str
    """The payload to submit, as typed, or as the keys would be on a US keyboard where that is known and differs."""
    mode: Literal["scanner", "typed"] = "scanner"
    """typed: a person typed one of our badges' 46 digits and Enter."""
    layout_repaired: bool = False
    """`text` is what the keys mean on a US keyboard; the computer's layout made something else of them."""
    numlock_off: bool = False
    """The scanner types on the number pad and NumLock is off: `text` is empty; say "switch NumLock on"."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the window is to do now; see the module's text for the order."""

    take: bool = False
    release: int = 0
    forget: bool = False
    scan: Scan | None = None
    broken: bool = False
    """A scan broke off (unplugged, out of reach): nothing was read; "scan again"."""


_PASS = Decision()


class KeyBurst:
    """Assembles key presses into scans. All times are seconds on one clock that does not go back."""

    def __init__(self, *, bare_codes: bool = False) -> None:
        """Take `bare_codes` True for scanners that end a code with nothing at all and codes that prove nothing themselves.

        Without it a scan that ends in silence counts only if it is a whole badge or ticket by its form: half a number
        that an unplugged scanner left behind must not be looked up.
        """
        self._bare_codes = bare_codes
        self._text: list[str] = []
        self._us: list[str] = []
        self._held = 0
        self._sure = False
        self._keypad = 0
        self._last = float("-inf")
        self._ended = float("-inf")
        self._typed: list[str] = []
        self._typed_at = float("-inf")

    @property
    def wake_at(self) -> float | None:
        """Return when `tick` is to be called, if no key comes before."""
        if self._sure:
            return self._last + GAP_S
        return self._last + FAST_S if self._held else None

    @property
    def scanning(self) -> bool:
        """Say whether a scan is coming in right now."""
        return self._sure

    def feed(self, text: str, t: float, kind: Key = Key.TEXT, *, us: str = "", repeated: bool = False) -> Decision:
        """Take one key press: its text, when, what kind; `us`: what this key types on a US keyboard, where known;
        `repeated`: the system repeats it because it is held down.
        """
        if kind is Key.MODIFIER:
            return _PASS
        before = self.tick(t)  # what ended before this key
        if kind is Key.END:
            return _after(before, self._end(t))
        if kind is Key.OTHER or (repeated and not self._sure):
            if self._sure:
                self._last = t
                return _after(before, Decision(take=True, forget=True))  # a scanner's control key: no shortcut may fire
            released = self._let_go()
            self._typed.clear()  # a person corrects or moves: what was typed before belongs to something else
            return _after(before, Decision(release=released))
        return _after(before, self._key(text, t, kind, us))

    def tick(self, t: float) -> Decision:
        """Say what the passing of time has ended. Does nothing before `wake_at`."""
        wake_at = self.wake_at
        if wake_at is None or t < wake_at:
            return _PASS
        if not self._sure:
            return Decision(release=self._let_go())
        scan = self._scan()
        whole = scan is not None and (scan.numlock_off or self._bare_codes or _is_whole(scan.text))
        self._clear()
        return Decision(scan=scan) if whole else Decision(broken=True)

    def reset(self) -> Decision:
        """Forget what was begun (the window lost the focus); keys held back are to be handed on."""
        released = self._let_go()
        self._typed.clear()
        return Decision(release=released)

    def _key(self, text: str, t: float, kind: Key, us: str) -> Decision:
        follows_scan = t - self._ended < FAST_S  # the rest of a garbled scan, or a second scanner: never typing
        self._last = t
        if kind is Key.KEYPAD:
            self._keypad += 1
        elif len(self._text) <= MAX_LENGTH:
            self._text.append(text)
            self._us.append(us)
        if self._sure:
            return Decision(take=True, forget=True)
        self._held += 1
        if self._held >= SURE_KEYS or follows_scan:
            self._sure = True
            self._held = 0
            self._typed.clear()
            return Decision(take=True, forget=True)
        return Decision(take=True)

    def _end(self, t: float) -> Decision:
        if self._sure or self._held >= 2:
            scan = self._scan()
            self._clear()
            self._typed.clear()
            self._ended = t
            return Decision(take=True, forget=True, scan=scan)
        if t - self._ended < _AFTER_S:
            self._ended = t
            return Decision(take=True, forget=True)
        release = self._let_go()
        typed = "".join(self._typed) if t - self._typed_at < _TYPED_PAUSE_S else ""
        self._typed.clear()
        if any(reading.kind == "token" for reading in candidates(typed)):
            return Decision(take=True, forget=True, release=release, scan=Scan(typed, "typed"))
        return Decision(release=release)

    def _let_go(self) -> int:
        """Call what is held back typing; returns how many keys that are."""
        if self._last - self._typed_at > _TYPED_PAUSE_S:
            self._typed.clear()
        self._typed += self._text
        del self._typed[:-MAX_LENGTH]
        self._typed_at = self._last
        held = self._held
        self._clear()
        return held

    def _clear(self) -> None:
        self._text, self._us, self._held, self._sure, self._keypad = [], [], 0, False, 0

    def _scan(self) -> Scan | None:
        text, us = "".join(self._text), "".join(self._us)
        if self._keypad > len(text):
            return Scan("", numlock_off=True)
        if not text:
            return None
        if all(self._us) and not text.isascii():
            return Scan(us, layout_repaired=True)
        return Scan(text)


def _after(before: Decision, now: Decision) -> Decision:
    """Return both decisions as one: what time had ended before a key, then the key itself."""
    return Decision(
        take=now.take,
        release=before.release + now.release,
        forget=now.forget,  # time alone never has anything to throw away: a sure scan's keys are not held
        scan=now.scan or before.scan,
        broken=before.broken,
    )


def _is_whole(text: str) -> bool:
    """Say whether a text proves by its form that nothing of it is missing."""
    return is_token(text) or any(
        reading.kind == "token" or (reading.kind == "code" and reading.system in _PROVEN)
        for reading in candidates(text)
    )
