"""What the documents say and a machine can check: links lead somewhere, the badge's test vectors are the code's."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from checkin.domain.badge import BadgeNumber, EventKey, Keyring, make_token

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_and_pictures_lead_to_files(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8"))

    assert [target for target in targets if "://" not in target and not (page.parent / target).exists()] == []


def test_the_vectors_of_the_badge_token_are_those_of_the_code() -> None:
    text = (ROOT / "docs/adr/0004-badge-token.md").read_text("utf-8")
    rows = re.findall(r"\| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d{46}) \|", text)
    keyring = Keyring("asean-2014", {1: EventKey(bytes(range(32)))}, 1)

    assert len(rows) == 3
    for *numbers, token in rows:
        assert make_token(BadgeNumber(*map(int, numbers)), keyring) == token


def test_the_table_of_layers_is_that_of_the_contract() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contract = [set(layer.split(" | ")) for layer in config["tool"]["importlinter"]["contracts"][0]["layers"]]
    rows = re.findall(
        r"^\| (`.*?) \|", (ROOT / "ARCHITECTURE.md").read_text("utf-8").split("## One scan")[0], re.MULTILINE
    )

    documented = [set(re.findall(r"`([a-z0-9_]+)`", row)) for row in rows]

    assert documented == [{"__main__", "cli"}, *contract[2:]]


def test_every_command_of_the_makefile_that_a_document_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        name
        for page in PAGES
        for name in re.findall(r"(?:`|^    )make ([a-z-]+)", page.read_text("utf-8"), re.MULTILINE)
    }

    assert named <= targets
    assert {"run", "test"} <= named
