"""Settings, Printing: printers as CUPS knows them, the preview that is the print, what was printed and printing it again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from checkin import settings as store
from checkin.ui.pages.settings import SettingsPage
from checkin.ui.painting.fonts import load as load_fonts
from checkin.ui.printing.print_job import PrintJob
from checkin.ui.setup.printing_section import PrintingSection
from tests.printing.cups import Cups
from tests.ui.parts import Parts, make_parts


@pytest.fixture
def parts(tmp_path: Path, qtbot: QtBot) -> Iterator[Parts]:
    load_fonts()
    made, end = make_parts(tmp_path, qtbot)
    yield made
    end()


def opened(parts: Parts) -> PrintingSection:
    page = SettingsPage(parts.context)
    parts.show(page)
    page.asked("printing")
    parts.settle()
    found = next(one for one in page.sections if isinstance(one, PrintingSection))
    parts.settle()
    return found


def words(widget: PrintingSection) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def entries(section: PrintingSection) -> list[str]:
    box = section.printer.box
    return [box.itemText(number) for number in range(box.count())]


def choose(parts: Parts, section: PrintingSection, text: str) -> None:
    box = section.printer.box
    index = box.findText(text)
    assert index >= 0, entries(section)
    box.setCurrentIndex(index)
    box.activated.emit(index)
    parts.settle()


def press(parts: Parts, section: PrintingSection, name: str) -> None:
    found = [b for b in section.findChildren(QAbstractButton) if b.isVisible() and b.accessibleName() == name]
    parts.bot.mouseClick(found[0], Qt.MouseButton.LeftButton)
    parts.settle()


def test_printers_are_listed_by_name_and_the_chosen_one_says_how_it_is(cups: Cups, parts: Parts) -> None:
    cups.add("Badges", title="ห้อง A")
    cups.add("Office", paused=True)
    section = opened(parts)
    assert entries(section) == ["No printer", "Badges: ห้อง A", "Office", "PDF files in a folder…"]
    assert "Badges are not printed here. Each can be saved as a PDF file." in words(section)
    assert not section.test.isEnabled()
    choose(parts, section, "Badges: ห้อง A")
    assert store.load(parts.app.folder).settings.printer == "Badges"
    assert "“Badges” is ready." in words(section)
    choose(parts, section, "Office")
    assert "The printer “Office” is paused" in words(section)
    cups.resume("Office")
    parts.bot.mouseClick(section.printer.refresh, Qt.MouseButton.LeftButton)
    parts.settle()
    assert "“Office” is ready." in words(section)
    cups.remove("Office")
    section.printer.look()
    parts.settle()
    assert "The printer “Office” does not exist any more" in words(section)
    assert section.printer.box.currentText() == "Office", "what is chosen stays shown"
    cups.stop()
    section.printer.look()
    parts.settle()
    assert "The print system of this computer does not answer" in words(section)


def test_a_printer_that_does_not_know_the_paper_is_questioned(cups: Cups, parts: Parts) -> None:
    cups.add("Badges")
    cups.limit_papers("Badges")
    section = opened(parts)
    choose(parts, section, "Badges")
    assert "does not say that it can print paper of this size" in words(section)


def test_a_folder_for_pdf_files_is_a_printer(parts: Parts, tmp_path: Path) -> None:
    section = opened(parts)
    section.printer.choose_folder(tmp_path)
    parts.settle()
    assert store.load(parts.app.folder).settings.printer == f"pdf:{tmp_path}"
    assert section.printer.box.currentText() == f"PDF files in “{tmp_path.name}”"
    assert section.test.isEnabled()


def test_layout_offset_and_labels_are_kept_and_the_preview_follows(parts: Parts) -> None:
    section = opened(parts)
    parts.bot.waitUntil(lambda: section.preview.drawn is not None, timeout=8000)
    assert section.preview.drawn is not None
    assert section.preview.drawn.layout.key == "lanyard"
    index = section.layout_box.findData("card")
    section.layout_box.setCurrentIndex(index)
    section.layout_box.activated.emit(index)
    parts.bot.waitUntil(
        lambda: section.preview.drawn is not None and section.preview.drawn.layout.key == "card", timeout=8000
    )
    for field, typed in ((section.offset_x, "1.5"), (section.offset_y, "-2"), (section.labels_left, "80")):
        field.selectAll()
        parts.bot.keyClicks(field, typed)
        section.shown()  # the list of layouts is read again while somebody types
        parts.settle()
        parts.bot.keyClick(field, Qt.Key.Key_Return)
    parts.settle()
    saved = store.load(parts.app.folder).settings
    assert (saved.layout, saved.offset_x_mm, saved.offset_y_mm, saved.labels_left) == ("card", 1.5, -2.0, 80)
    press(parts, section, "Print each time")
    assert store.load(parts.app.folder).settings.auto_print == "always"


def test_a_layout_of_the_organiser_that_is_broken_is_named(parts: Parts) -> None:
    folder = parts.app.folder / "badges"
    folder.mkdir()
    (folder / "ours.toml").write_text("width = 5", "utf-8")
    section = opened(parts)
    parts.settle()
    assert "ours.toml" in words(section)
    assert section.layout_box.count() >= 6


def test_what_was_printed_is_listed_and_printed_again_from_there(cups: Cups, parts: Parts) -> None:
    cups.add("Badges", paused=True)
    parts.context.save_settings(printer="Badges", labels_left=9)
    section = opened(parts)
    assert "Nothing was printed at this desk yet." in words(section)
    told: list[PrintJob] = []
    parts.context.printer.changed.connect(told.append)
    maria = parts.app.search.find("maria", 1)[0].attendee
    parts.context.printer.print_badge(parts.app.registrar.issue_badge(maria.id))
    parts.bot.waitUntil(lambda: bool(told) and told[-1].state == "failed", timeout=8000)
    parts.bot.waitUntil(lambda: "Not printed" in words(section), timeout=8000)
    assert "The printer “Badges” is paused" in words(section)
    cups.resume()
    press(parts, section, "Print again: Maria Santos")
    parts.bot.waitUntil(lambda: told[-1].state == "printed", timeout=8000)
    parts.bot.waitUntil(lambda: "Badges · Art" in words(section), timeout=8000)
    assert section.labels_left.value() == 8
    press(parts, section, "Print a test label")
    parts.bot.waitUntil(lambda: told[-1].state == "printed" and not told[-1].attendee_id, timeout=8000)
    parts.bot.waitUntil(lambda: "Test label" in words(section), timeout=8000)
    assert len(cups.papers()) == 2


def test_the_section_speaks_thai_at_once_and_its_log_too(parts: Parts) -> None:
    parts.context.printer.print_badge(parts.app.registrar.issue_badge(parts.app.search.find("maria", 1)[0].attendee.id))
    section = opened(parts)
    before = words(section)
    parts.speak("th")
    parts.settle()
    assert words(section) != before
