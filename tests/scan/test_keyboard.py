"""A hand scanner among people who type: told apart by `KeyBurst`, driven here as the window's event filter drives it."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from checkin.scan.keyboard import Decision, Key, KeyBurst, Scan
from checkin.scan.us_keys import us_key

TOKEN = "0397718287356349055631029448214353408010949736"
OTHER_TOKEN = "0754530210532839025895867055214667367367092903"


@dataclass
class Window:
    """The window's side: a focused text field, and the keys that are held back."""

    burst: KeyBurst = field(default_factory=KeyBurst)
    field_text: str = ""
    held: list[str] = field(default_factory=list)
    scans: list[Scan] = field(default_factory=list)
    broken: int = 0
    now: float = 0.0

    def press(self, text: str, after: float, kind: Key | None = None, us: str = "", repeated: bool = False) -> None:
        self.wait(after)
        kind = kind or (Key.END if text in {"\r", "\t"} else Key.TEXT)
        decision = self.burst.feed(text, self.now, kind, us=us, repeated=repeated)
        self.obey(decision)
        if not decision.take:
            self.field_text += text
        elif not decision.forget:
            self.held.append(text)

    def type(self, text: str, gap: float) -> None:
        for char in text:
            self.press(char, gap)

    def wait(self, seconds: float) -> None:
        """Let time pass; the timer fires where it was set."""
        end = self.now + seconds
        while (at := self.burst.wake_at) is not None and at <= end:
            self.now = at
            self.obey(self.burst.tick(at))
            assert self.burst.wake_at is None or self.burst.wake_at > at
        self.now = end

    def obey(self, decision: Decision) -> None:
        assert decision.release <= len(self.held)
        self.field_text += "".join(self.held[: decision.release])
        del self.held[: decision.release]
        if decision.forget:
            self.held.clear()
        if decision.scan:
            self.scans.append(decision.scan)
        self.broken += decision.broken

    @property
    def texts(self) -> list[str]:
        return [scan.text for scan in self.scans]


def scanned(keys: str, gap: float = 0.005) -> Window:
    window = Window()
    window.type(keys, gap)
    window.wait(2.0)
    return window


def test_token_and_enter() -> None:
    window = scanned(TOKEN + "\r")
    assert window.scans == [Scan(TOKEN)]
    assert window.field_text == ""


def test_token_and_tab_does_not_move_the_focus() -> None:
    window = scanned(TOKEN + "\t")
    assert window.texts == [TOKEN]
    assert window.field_text == ""


def test_no_suffix_at_all() -> None:
    window = Window()
    window.type(TOKEN, 0.005)
    window.wait(0.08)
    assert window.scans == []
    window.wait(0.04)
    assert window.texts == [TOKEN]
    assert window.field_text == ""


def test_aim_prefix_is_part_of_the_payload() -> None:
    assert scanned(f"]Q1{TOKEN}\r").texts == [f"]Q1{TOKEN}"]


def test_double_enter_does_nothing_more() -> None:
    window = scanned(TOKEN + "\r\r")
    assert window.texts == [TOKEN]
    assert window.field_text == ""


def test_double_send_after_three_seconds_is_two_scans() -> None:
    window = scanned(TOKEN + "\r")
    window.wait(3.0)
    window.type(TOKEN + "\r", 0.005)
    assert window.texts == [TOKEN, TOKEN]


def test_one_key_doubled_by_repeat() -> None:
    window = Window()
    window.type(TOKEN[:20], 0.005)
    window.press(TOKEN[19], 0.005, repeated=True)
    window.type(TOKEN[20:] + "\r", 0.005)
    assert window.texts == [TOKEN[:20] + TOKEN[19:]]
    assert window.field_text == ""


def test_unplugged_in_the_middle() -> None:
    window = scanned(TOKEN[:20])
    assert (window.scans, window.broken) == ([], 1)
    window.type(TOKEN + "\r", 0.005)
    assert window.texts == [TOKEN]
    assert window.field_text == ""


def test_a_scanner_without_suffix_and_codes_without_proof_can_be_allowed() -> None:
    window = Window(KeyBurst(bare_codes=True))
    window.type("REG-00123", 0.005)
    window.wait(0.2)
    assert window.texts == ["REG-00123"]


def test_two_scanners_at_once_and_then_one() -> None:
    window = Window()
    for mine, theirs in zip(TOKEN + "\r", OTHER_TOKEN + "\r", strict=True):
        window.press(mine, 0.004)
        window.press(theirs, 0.004)
    window.wait(1.0)
    assert TOKEN not in window.texts
    assert OTHER_TOKEN not in window.texts
    window.type(TOKEN + "\r", 0.005)
    assert window.texts[-1] == TOKEN
    assert window.field_text == ""


def test_a_person_types_into_a_field() -> None:
    window = Window()
    window.type("สมชาย Jaidee\r", 0.18)
    window.wait(1.0)
    assert window.field_text == "สมชาย Jaidee\r"
    assert window.scans == []


def test_a_person_types_the_46_digits() -> None:
    window = Window()
    for index, digit in enumerate(TOKEN):
        window.press(digit, 0.1 + 0.3 * (index % 2))
    window.press("\r", 0.4)
    assert window.scans == [Scan(TOKEN, "typed")]
    assert window.field_text == TOKEN


def test_a_person_types_45_digits() -> None:
    window = Window()
    window.type(TOKEN[:45] + "\r", 0.2)
    assert window.scans == []


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcก่1 \r"), st.floats(min_value=0.0, max_value=0.4, allow_nan=False)), max_size=60
    )
)
def test_nothing_is_lost_or_reordered(keys: list[tuple[str, float]]) -> None:
    """Whatever the rhythm: every key is in the field or in a scan, in its order, or part of a scan that broke off."""
    window = Window()
    for text, gap in keys:
        window.press(text, gap)
    window.wait(1.0)
    rest = iter(text for text, _gap in keys)
    assert all(char in rest for char in window.field_text)  # a subsequence
    if not window.scans and not window.broken:
        assert window.field_text == "".join(text for text, _gap in keys)
    assert window.held == []


def test_fast_pairs_of_a_person_are_not_a_scan() -> None:
    window = Window()
    for word in ("the", "re", "in"):
        window.type(word, 0.02)
        window.wait(0.15)
    assert window.field_text == "therein"
    assert window.scans == []


def test_a_scan_while_a_field_has_the_focus_changes_nothing_in_it() -> None:
    window = Window()
    window.type("Som", 0.2)
    window.wait(0.3)
    window.type(TOKEN + "\r", 0.005)
    window.wait(0.3)
    window.type("chai", 0.2)
    window.wait(0.1)
    assert window.field_text == "Somchai"
    assert window.texts == [TOKEN]


def test_space_in_a_payload_never_reaches_a_button() -> None:
    for gap in (0.001, 0.012, 0.03):
        window = scanned(" A B C\r", gap)
        assert window.texts == [" A B C"]
        assert window.field_text == ""


def test_a_lone_space_reaches_the_button() -> None:
    window = scanned(" ")
    assert window.field_text == " "


def test_short_codes_need_enter() -> None:
    assert scanned("42\r").texts == ["42"]
    window = scanned("4\r")
    assert (window.texts, window.field_text) == ([], "4\r")


def test_held_down_key_is_a_person() -> None:
    window = Window()
    window.press("a", 0.1)
    window.press("a", 0.5, repeated=True)
    for _again in range(20):
        window.press("a", 0.03, repeated=True)
    window.wait(0.2)
    assert window.field_text == "a" * 22
    assert window.scans == []


def test_numlock_off_says_so() -> None:
    window = Window()
    for _key in TOKEN:
        window.press("", 0.005, Key.KEYPAD)
    window.press("\r", 0.005)
    assert window.scans == [Scan("", numlock_off=True)]
    assert window.field_text == ""


def test_modifiers_between_the_keys_do_not_matter() -> None:
    window = Window()
    for char in "REG-00123":
        window.press("", 0.003, Key.MODIFIER)
        window.press(char, 0.003)
    window.press("\r", 0.003)
    assert window.texts == ["REG-00123"]


def test_a_scanners_control_key_fires_no_shortcut() -> None:
    window = Window()
    window.type(TOKEN[:10], 0.005)
    decision = window.burst.feed("", window.now + 0.005, Key.OTHER)
    assert decision.take
    assert not Window().burst.feed("", 1.0, Key.OTHER).take


def test_backspace_ends_what_was_typed() -> None:
    window = Window()
    window.type(TOKEN[:45], 0.1)
    window.press("", 0.1, Key.OTHER)
    window.type(TOKEN[45:] + "\r", 0.1)
    assert window.scans == []


def test_thai_layout_with_known_keys_is_what_the_scanner_meant() -> None:
    window = Window()
    thai = dict(zip("1234567890", "ๅ/-ภถุึคตจ", strict=True))
    for digit in TOKEN:
        window.press(thai[digit], 0.005, us=digit)
    window.press("\r", 0.005)
    assert window.scans == [Scan(TOKEN, layout_repaired=True)]


def test_thai_layout_without_known_keys_is_handed_on_as_typed() -> None:
    """The desk undoes the layout itself (checkin.domain.layouts)."""
    typed = "".join(dict(zip("1234567890", "ๅ/-ภถุึคตจ", strict=True))[digit] for digit in TOKEN)
    assert scanned(typed + "\r").scans == [Scan(typed)]
    assert scanned(typed).scans == [Scan(typed)]


def test_a_very_long_scan_is_cut() -> None:
    window = scanned("A" * 6000 + "\r", 0.001)
    assert 4296 < len(window.texts[0]) <= 4400
    assert window.field_text == ""


def test_losing_the_focus_hands_on_what_was_held() -> None:
    window = Window()
    window.press("a", 0.5)
    window.obey(window.burst.reset())
    assert window.field_text == "a"


def test_keys_by_their_native_scan_codes() -> None:
    assert us_key(10, shift=False, platform="linux") == "1"
    assert us_key(2, shift=False, platform="win32") == "1"
    assert us_key(27, shift=True, platform="linux") == "R"
    assert us_key(65, shift=False, platform="linux") == " "
    assert us_key(10, shift=False, platform="darwin") == ""
    assert us_key(9999, shift=False, platform="linux") == ""
