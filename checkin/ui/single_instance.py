"""One window a data folder: a second start raises the first one and ends."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from filelock import FileLock, Timeout
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from checkin.paths import LOCK

log = logging.getLogger(__name__)

WAIT_MS = 2000


class SingleInstance(QObject):
    """Holds a data folder's lock; listens for later starts while it does."""

    raised = Signal()
    """Another start asks this window to come to the front."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock: FileLock | None = None
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._asked)

    def claim(self, folder: Path) -> bool:
        """Take the folder for this window. False: another window has it, and was asked to come to the front.

        Raises OSError where the folder cannot be made or written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            _ask_to_raise(_name(folder))
            return False
        self.release()
        self._lock = lock
        QLocalServer.removeServer(_name(folder))  # a socket file that a crash left behind; the lock says nobody listens
        if not self._server.listen(_name(folder)):
            log.info("later starts cannot raise this window: %s", self._server.errorString())
        return True

    def release(self) -> None:
        """Let the folder go."""
        self._server.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    @Slot()
    def _asked(self) -> None:
        connection = self._server.nextPendingConnection()
        connection.disconnected.connect(connection.deleteLater)
        connection.disconnectFromServer()
        self.raised.emit()


def _name(folder: Path) -> str:
    return "checkin-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]


def _ask_to_raise(name: str) -> None:
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(WAIT_MS):
        log.info("the window that is open does not answer")
        return
    if socket.state() != QLocalSocket.LocalSocketState.UnconnectedState:
        socket.waitForDisconnected(WAIT_MS)
