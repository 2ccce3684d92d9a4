"""Collect the texts of the program and compile its Thai catalogue; English is the text in the program itself.

make_locale.py            resources/locale/th/LC_MESSAGES/checkin.po brought up to date, checkin.mo compiled
make_locale.py --check    changes nothing; ends with 1 where a text has no Thai, its placeholders differ, or the
                          files are not what the program's texts make them
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import string
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "locale" / "th" / "LC_MESSAGES"
KEYWORDS = {"_": None, "mark": None, "N_": None, "in_language": (1,), "ngettext": (1, 2)}
HEADER = "# The program in Thai. tools/make_locale.py keeps this file: fill in msgstr, leave the rest to it."
LONGEST = 24  # Thai letters without a place to wrap: Thai has no spaces between words, U+200B stands in for them
UNDATED = datetime(2014, 7, 8, tzinfo=UTC)  # the same files from the same texts, whenever they are made


def main(arguments: Sequence[str]) -> int:
    """Update, or check; return the exit code."""
    parser = argparse.ArgumentParser(description="Collect the program's texts and compile the Thai catalogue.")
    parser.add_argument("--check", action="store_true", help="change nothing, say what is wrong")
    check = parser.parse_args(arguments).check
    catalogue = updated(FOLDER / "checkin.po", collect(ROOT / "checkin"))
    files = {FOLDER / "checkin.po": po_bytes(catalogue), FOLDER / "checkin.mo": mo_bytes(catalogue)}
    problems = [*find_problems(catalogue), *find_hidden(ROOT / "checkin", catalogue)]
    if check:
        problems += [
            f"{path.relative_to(ROOT).as_posix()} is not up to date: make locale"
            for path, data in files.items()
            if not path.is_file() or path.read_bytes() != data
        ]
    else:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            path.write_bytes(data)
    print("\n".join([*problems, f"{len(catalogue)} texts, {len(problems)} problems"]))
    return 1 if problems else 0


def collect(folder: Path) -> Catalog:
    """Return a catalogue of every text that the Python files below `folder` show, each with the files it stands in."""
    template = Catalog(charset="utf-8")
    for name, _line, text, comments, context in extract_from_dir(
        folder, [("**.py", "python")], keywords=KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True
    ):
        template.add(text, locations=[(f"checkin/{name}", 0)], auto_comments=comments, context=context)
    return template


def updated(path: Path, template: Catalog) -> Catalog:
    """Return the catalogue in `path` with exactly the texts of `template`: translations kept, nothing guessed."""
    if path.is_file():
        with path.open("rb") as file:
            catalogue = read_po(file, locale="th", abort_invalid=True)
    else:
        catalogue = Catalog("th", charset="utf-8")
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.header_comment = HEADER
    catalogue.project, catalogue.version, catalogue.fuzzy = "checkin", "1", False
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    catalogue.creation_date = catalogue.revision_date = UNDATED
    for message in catalogue:
        if message.pluralizable:  # a new text comes with English's two forms; Thai has one
            message.string = forms(message)[: catalogue.num_plurals]
    return catalogue


def forms(message: Message) -> tuple[str, ...]:
    """Return the translations of a text, one for each plural form; empty strings where there is none."""
    if message.string is None:
        return ("",) * (len(message.id) if message.pluralizable else 1)
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def find_problems(catalogue: Catalog) -> Iterator[str]:
    """Yield a line for each text that has no Thai, or whose Thai would be filled in differently."""
    for message in catalogue:
        if not message.id:
            continue
        shown = message.id if isinstance(message.id, str) else message.id[-1]
        translations = forms(message)
        if message.fuzzy or not all(translations):
            yield f"no Thai: {shown!r}"
        elif any(placeholders(text) != placeholders(shown) for text in translations):
            yield f"other placeholders in Thai: {shown!r}"
        elif any(text.strip() != text for text in translations) and shown.strip() == shown:
            yield f"Thai begins or ends with a space: {shown!r}"
        elif any(re.search(rf"[\u0e00-\u0e7f]{{{LONGEST + 1},}}", text) for text in translations):
            yield f"Thai cannot wrap; put U+200B between its words: {shown!r}"


def find_hidden(folder: Path, catalogue: Catalog) -> Iterator[str]:
    """Yield a line for each text that stands inside an f-string only: there it is not collected, and stays English."""
    for path in sorted(folder.rglob("*.py")):
        for formatted in ast.walk(ast.parse(path.read_text("utf-8"))):
            for call in ast.walk(formatted) if isinstance(formatted, ast.JoinedStr) else ():
                if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS):
                    continue
                text = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
                if isinstance(text, str) and text not in catalogue:
                    yield f"take it out of the f-string in {path.name}: {text!r}"


def placeholders(text: str) -> list[str]:
    """Return the names that `text.format` fills in, in alphabetical order, format specifications included."""
    return sorted(f"{name}:{spec}" for _, name, spec, _ in string.Formatter().parse(text) if name is not None)


def po_bytes(catalogue: Catalog) -> bytes:
    """Return the .po file, sorted by text and without line numbers, so that it changes only where a text does."""
    file = io.BytesIO()
    write_po(file, catalogue, sort_output=True, include_lineno=False, width=118)
    return file.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """Return the compiled catalogue; what has no Thai is left out of it, so that the English is shown."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
