"""Settings: what this program is, and whose work it stands on."""

from __future__ import annotations

import platform
from typing import Final

import PySide6
from PySide6.QtWidgets import QWidget

from checkin import __version__
from checkin.i18n import _
from checkin.ui.context import Context
from checkin.ui.setup.section import Section, heading
from checkin.ui.widgets.basics import label

PARTS: Final = (
    ("Qt, PySide6", "LGPL-3.0"),
    ("Sarabun", "SIL OFL 1.1"),
    ("Noto Sans Lao, Khmer, Myanmar", "SIL OFL 1.1"),
    ("SQLite", "public domain"),
    ("SQLCipher, sqlcipher3", "BSD-3-Clause, zlib"),
    ("SQLAlchemy, alembic", "MIT"),
    ("OpenCV, opencv-python", "Apache-2.0, MIT"),
    ("ZBar", "LGPL-2.1"),
    ("pyzbar", "MIT"),
    ("zxing-cpp", "Apache-2.0"),
    ("NumPy", "BSD-3-Clause"),
    ("cryptography", "Apache-2.0, BSD-3-Clause"),
    ("segno", "BSD-3-Clause"),
    ("RapidFuzz", "MIT"),
    ("python-calamine", "MIT"),
    ("XlsxWriter", "BSD-2-Clause"),
    ("Babel", "BSD-3-Clause"),
    ("click", "BSD-3-Clause"),
    ("pg8000", "BSD-3-Clause"),
    ("platformdirs, filelock, uuid6", "MIT, Unlicense"),
    ("cv2-enumerate-cameras", "MIT"),
    ("tzdata", "Apache-2.0"),
)
"""What is shipped with the program, and its licence."""


class AboutSection(Section):
    """Version and licences."""

    key = "about"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._head, self._parts_head = heading(), heading()
        self._lead = label("", wrap=True)
        self._versions = label("", "faint", wrap=True)
        self._parts = label("", "muted", wrap=True)
        self.card(self._head, self._lead, self._versions)
        self.card(self._parts_head, self._parts)
        self.body.addStretch(1)

    def title(self) -> str:
        """Return the section's name."""
        return _("About")

    def retranslate(self) -> None:
        """Set every text again."""
        self._head.setText(_("Check-in, version {version}").format(version=__version__))
        self._lead.setText(
            _(
                "A registration desk on one laptop. It works without a network, and nothing leaves this computer by itself."
            )
        )
        self._versions.setText(f"Python {platform.python_version()} · Qt {PySide6.__version__} · {platform.platform()}")
        self._parts_head.setText(_("With thanks to"))
        self._parts.setText("\n".join(f"{name} · {licence}" for name, licence in PARTS))
