"""What the desk is told of its prints: badges that did not come out, one that stands in the way, the end of a roll."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from checkin.errors import CheckinError
from checkin.i18n import _, ngettext, time_text
from checkin.settings import Settings
from checkin.texts import isolate
from checkin.ui.context import Signals
from checkin.ui.notices import Notice, Notices
from checkin.ui.printing.print_job import PrintJob
from checkin.wording.printing import labels_sentence


class Troubles(QObject):
    """Keeps the people whose badge did not come out, and one notice for all of them."""

    def __init__(
        self,
        settings: Callable[[], Settings],
        notices: Notices,
        signals: Signals,
        save_settings: Callable[..., None],
        reprint: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings, self._notices, self._signals = settings, notices, signals
        self._save_settings, self._reprint = save_settings, reprint
        self._missing: dict[str, PrintJob] = {}
        self._test: PrintJob | None = None
        self._last = ""

    def take(self, job: PrintJob) -> None:
        """Tell what did not come out; withdraw it when it did."""
        self._missing.pop(job.attendee_id, None)
        if job.missing:
            self._missing[job.attendee_id] = job  # the newest stands last
        self._show()

    def in_the_way(self, job: PrintJob) -> None:
        """Say why a badge is not printed now: it was, or is under way."""
        if job.missing:
            return  # its own notice says it
        if job.state == "printed":
            text = _(
                "The badge of {name} was printed at {time} already. “Print again” makes a new one, and the old one is no"
                " longer valid then."
            )
        else:
            text = _("The badge of {name} is being printed since {time}: it is not printed twice.")
        self._notices.info(text.format(name=isolate(job.name), time=time_text(job.at)), key="print-twice", seconds=12)

    def tell(self, error: CheckinError) -> None:
        """Say that a badge was not even sent."""
        self._notices.error(" ".join((str(error), _("No badge was printed."))), key="print-error")

    def count_label(self) -> None:
        """Count one label down, and warn when few are left."""
        settings = self._settings()
        if settings.labels_left < 0:
            return
        left = max(settings.labels_left - 1, 0)
        self._save_settings(labels_left=left)
        if left > settings.labels_warn:
            self._notices.withdraw("labels")
        else:
            self._notices.warning(labels_sentence(left), key="labels")

    def _show(self) -> None:
        if not self._missing:
            self._notices.withdraw("print")
            return
        job = list(self._missing.values())[-1]
        if len(self._missing) > 1:
            text = ngettext(
                "{n} badge did not come out, the last one for {name}. {sentence}",
                "{n} badges did not come out, the last one for {name}. {sentence}",
                len(self._missing),
            ).format(n=len(self._missing), name=isolate(job.name) or _("the test label"), sentence=job.sentence)
            self._notices.post(Notice("warning", text, "print", action=_("Show them"), on_action=self._show_log))
            return
        if job.attendee_id:
            text = _("The badge of {name} did not come out. {sentence}").format(
                name=isolate(job.name), sentence=job.sentence
            )
            self._last = job.attendee_id
            self._notices.post(Notice("warning", text, "print", action=_("Print again"), on_action=self._again))
        else:
            text = _("The test label did not come out. {sentence}").format(sentence=job.sentence)
            self._notices.post(Notice("warning", text, "print", seconds=20))

    def _again(self) -> None:
        self._reprint(self._last)

    def _show_log(self) -> None:
        self._signals.page_wanted.emit("settings", "printing")
