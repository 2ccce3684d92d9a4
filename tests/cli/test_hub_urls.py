"""What is typed for a hub's URL: always one sentence, never a traceback, never the password."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkin.app import create_app
from checkin.cli._group import main
from checkin.sync.hub import without_password
from tests.ui.conftest import PRACTICE

SECRET = "5up3r-s3cret"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("urls") / "event"
    create_app(made, PRACTICE).close()
    return made


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        "postgresql:",
        "postgresql://",
        "postgresql:///",
        f"postgresql://desk:{SECRET}@",
        f"postgresql://desk:{SECRET}@/checkin",
        f"postgresql://desk:{SECRET}@ho st.example/check in",
        f" postgresql://desk:{SECRET}@127.0.0.1:1/checkin ",
        f"postgresql://desk:{SECRET}@127.0.0.1:port/checkin",
        f"postgresql://desk:{SECRET}@127.0.0.1:99999/checkin",
        f"postgresql://desk:{SECRET}@127.0.0.1:-1/checkin",
        f"postgresql://desk:{SECRET}@127.0.0.1:0/checkin",
        f"postgresql://desk:{SECRET}%zz%@127.0.0.1:1/checkin",
        f"postgresql://desk:{SECRET}%2F%00@127.0.0.1:1/checkin?sslmode=disable",
        f"postgresql://desk:{SECRET}#x@127.0.0.1:1/checkin",
        f"postgresql://desk:{SECRET}?x@127.0.0.1:1/checkin",
        f"postgresql://desk:{SECRET}/x@127.0.0.1:1/checkin",
        f"postgresql://desk:{SECRET}@x@127.0.0.1:1/checkin",
        f"postgresql://desk:{SECRET}[@127.0.0.1:1/checkin",
        f"postgresql:/desk:{SECRET}@127.0.0.1/checkin",
        f"postgresql:desk:{SECRET}@127.0.0.1/checkin",
        f"postgresql://desk:{SECRET}@127.0.0.1:1/checkin?password={SECRET}",
        f"postgresql://desk:{SECRET}@127.0.0.1:1/checkin?sslmode=disable",
        f"postgres://desk:{SECRET}@โฮสต์.example:1/การประชุม",
        f"postgresql://desk:{SECRET}@{'x' * 2000}/checkin",
        f"postgresql://desk:{SECRET}@{'x' * 63}..example/checkin",
        f"postgresql://desk:{SECRET}@127.0.0.1:1/{'y' * 2000}?sslmode=disable",
        f"postgresql://desk:{SECRET}@\u202e.example/checkin",
        f"postgresql://desk:{SECRET}@127.0.0.1:1/check\tin\n",
        f"mysql://desk:{SECRET}@127.0.0.1/checkin",
        f"http://desk:{SECRET}@127.0.0.1/checkin",
        f"desk:{SECRET}@127.0.0.1/checkin",
        f"POSTGRESQL//desk:{SECRET}@127.0.0.1/checkin",
        "folder:",
        "folder:/no/such/place/at/all",
        "C:\\checkin",
        "--",
    ],
)
def test_nonsense_is_refused_with_one_sentence(
    url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("checkin.log.set_up", lambda _folder: None)  # the test's own log is watched
    monkeypatch.setattr("checkin.sync.hubs._pg_wire.CONNECT_S", 0.5, raising=False)
    for command in (("hub", "init"), ("sync",)):
        if not url.strip() and command == ("sync",):
            continue  # no URL: this desk's own
        monkeypatch.setattr("sys.argv", ["checkin", "--data", str(folder), *command, "--", url])
        code = main()
        said = capsys.readouterr()
        assert code in {1, 2}, said
        assert said.out == ""
        assert 20 < len(said.err.strip()) < 700
        assert SECRET not in said.err
        assert "made a mistake" not in said.err


def test_a_url_is_shown_without_what_may_be_a_password() -> None:
    for url in (f"postgresql://a:{SECRET}@h/d", f"a:{SECRET}@h/d", f"postgresql:a:{SECRET}@h", f"x://a:{SECRET}/p@h/d"):
        assert SECRET not in without_password(url)
    for url in ("folder:/media/usb/a@b", "folder:C:\\a", "postgresql://h/d", "ftp://x"):
        assert without_password(url) == url
