"""A CUPS of the test's own: real cupsd, real filters, real printer-driver-cups-pdf, in a folder that goes away.

Nothing of the machine is touched: configuration, spool, state and socket lie in the folder, and cupsd is stopped by its
own process id. `CUPS_SERVER` makes the program (and lp, lpadmin ...) speak with this one.

    with running(folder, monkeypatch) as cups:
        cups.add("Badges")
        ...
        assert cups.papers() == 1
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

PPD = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_noopt.ppd")
BACKEND = Path("/usr/lib/cups/backend/cups-pdf")
PATIENCE_S = 15.0
CUPSD_CONF = """
LogLevel debug
Listen {folder}/sock
Browsing No
WebInterface No
MaxLogSize 0
DirtyCleanInterval 0
DefaultErrorPolicy retry-job
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
FILES_CONF = """
ServerRoot {folder}/etc
StateDir {folder}/state
CacheDir {folder}/cache
RequestRoot {folder}/spool
TempDir {folder}/tmp
AccessLog {folder}/log/access
ErrorLog {folder}/log/error
PageLog {folder}/log/page
SystemGroup root
User lp
Group lp
"""
# cups-pdf takes its settings from the printer's description too. "out" is below the folder that cupsd was started in.
OUTPUT = """
*OpenUI *Out/Output: PickOne
*DefaultOut: out
*Out out/Out: ""
*CloseUI: *Out
*OpenUI *AnonDirName/Output: PickOne
*DefaultAnonDirName: out
*AnonDirName out/Out: ""
*CloseUI: *AnonDirName
*OpenUI *Label/Label: PickOne
*DefaultLabel: 1
*Label 1/One: ""
*CloseUI: *Label
"""


def why_not() -> str:
    """Return why no CUPS can be started here; empty where one can."""
    missing = [name for name in ("cupsd", "lpadmin", "cupsdisable", "gs") if _program(name) is None]
    if missing or not PPD.exists() or not BACKEND.exists():
        what = ", ".join(missing) or "printer-driver-cups-pdf"
        return f"no real CUPS here ({what} is missing): tools/setup_system.py test"
    if os.geteuid() != 0:
        return "cupsd and its PDF printer run as root only"
    return ""


class Cups:
    """A running cupsd and what a person does with its queues."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        for name in ("etc/ppd", "state", "cache", "spool", "tmp", "log", "out"):
            (folder / name).mkdir(parents=True)
        for name, text in (("cupsd.conf", CUPSD_CONF), ("cups-files.conf", FILES_CONF)):
            (folder / name).write_text(text.format(folder=folder), "utf-8")
        (folder / "badges.ppd").write_text(PPD.read_text("utf-8", "replace") + OUTPUT, "utf-8")
        subprocess.run(["chown", "-R", "root:lp", str(folder)], check=True)
        for name in ("tmp", "out"):
            (folder / name).chmod(0o1777)
        folder.chmod(0o755)

    def start(self) -> None:
        """Start cupsd and wait until it answers."""
        log = (self.folder / "cupsd.out").open("ab")
        with log:
            self._process = subprocess.Popen(
                [_program("cupsd"), "-f", "-c", self.folder / "cupsd.conf", "-s", self.folder / "cups-files.conf"],
                cwd=self.folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        until = time.monotonic() + PATIENCE_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self.folder / "cupsd.out").read_text("utf-8", "replace"))
            time.sleep(0.02)

    def stop(self) -> None:
        """End cupsd as a power cut does, with what it started: nobody is asked, the spool stays."""
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGSTOP)  # so that it starts nothing more
            for child in _children(process.pid):
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            process.kill()
            process.wait()
            (self.folder / "sock").unlink(missing_ok=True)

    def freeze(self) -> None:
        """Let cupsd hang: it takes connections and answers nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def add(self, name: str = "Badges", *, title: str = "", paused: bool = False) -> None:
        """Set a PDF printer up."""
        words = ["-p", name, "-v", "cups-pdf:/", "-P", self.folder / "badges.ppd"]
        if title:
            words += ["-D", title]
        self._run("lpadmin", *words)
        self._run("cupsaccept", name)
        self._run("cupsdisable" if paused else "cupsenable", name)

    def limit_papers(self, name: str) -> None:
        """Let a printer know the papers of an office only, and no size of one's own."""
        text = (self.folder / "badges.ppd").read_text("utf-8")
        before, _sign, after = text.partition("*CustomPageSize True:")
        kept = f"{before}{after.partition('*End')[2]}".splitlines()
        description = "\n".join(line for line in kept if "CustomPageSize" not in line)
        (self.folder / "office.ppd").write_text(f"{description}\n", "utf-8")
        self._run("lpadmin", "-p", name, "-P", self.folder / "office.ppd")

    def add_dead(self, name: str = "Away") -> None:
        """Set a printer up that is switched off: nothing listens where it should."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self._run("lpadmin", "-p", name, "-E", "-v", f"socket://127.0.0.1:{port}", "-m", "raw")

    def remove(self, name: str = "Badges") -> None:
        """Delete a printer."""
        self._run("lpadmin", "-x", name)

    def pause(self, name: str = "Badges", why: str = "") -> None:
        """Pause a queue; `why`: what it says of that."""
        self._run("cupsdisable", *(("-r", why) if why else ()), name)

    def resume(self, name: str = "Badges") -> None:
        """Let a queue go on."""
        self._run("cupsenable", name)

    def reject(self, name: str = "Badges") -> None:
        """Let a queue take no jobs."""
        self._run("cupsreject", name)

    def accept(self, name: str = "Badges") -> None:
        """Let a queue take jobs again."""
        self._run("cupsaccept", name)

    def make_default(self, name: str = "Badges") -> None:
        """Make a printer the default one."""
        self._run("lpadmin", "-d", name)

    def delete_jobs(self, name: str = "Badges") -> None:
        """Do what somebody does who clears a queue."""
        self._run("cancel", "-a", name)

    def papers(self) -> list[Path]:
        """Return what came out of the printers: a whole PDF file each, oldest first."""
        found = [path for path in (self.folder / "out").glob("*.pdf") if b"%%EOF" in path.read_bytes()[-32:]]
        return sorted(found, key=lambda path: path.stat().st_mtime_ns)

    def waiting(self) -> int:
        """Return how many jobs lie in the queues."""
        return len(self._run("lpstat", "-W", "not-completed", "-o").splitlines())

    def quiet(self, seconds: float = 0.7) -> None:
        """Give whatever still wants to print the time to do so, until no queue that runs has a job."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(0.05)

    def log(self) -> str:
        """Return what cupsd wrote down."""
        return (self.folder / "log/error").read_text("utf-8", "replace")

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as trial:
            trial.settimeout(1)
            try:
                trial.connect(str(self.folder / "sock"))
            except OSError:
                return False
        return True

    def _run(self, program: str, *words: str | Path) -> str:
        environment = {**os.environ, "CUPS_SERVER": str(self.folder / "sock"), "LC_ALL": "C"}
        done = subprocess.run(
            [_program(program), *words], env=environment, capture_output=True, text=True, timeout=20, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")
        return done.stdout


@contextmanager
def running(patch: pytest.MonkeyPatch) -> Iterator[Cups]:
    """Give a running CUPS that the program finds; skip the test, with the reason, where there can be none."""
    if reason := why_not():
        pytest.skip(reason)
    # The path of a socket has 107 letters at most, and pytest's own folders may be longer.
    folder = Path(tempfile.mkdtemp(prefix="checkin-cups-"))
    made = Cups(folder)
    try:
        patch.setenv("CUPS_SERVER", str(folder / "sock"))
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _children(parent: int) -> list[int]:
    """Return the ids of what a process started, and of what those started."""
    started: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # ended since it was listed
            words = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
            started.setdefault(int(words[1]), []).append(int(stat.parent.name))
    found: list[int] = []
    waiting = [parent]
    while waiting:
        children = started.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def _program(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/sbin:/usr/sbin")
