"""placeholder"""

from PySide6.QtCore import QObject, Signal


class HandScanner(QObject):
    scanned = Signal(str)
    ignored = Signal()
    wrong_keys = Signal()

    def stop(self):
        pass
