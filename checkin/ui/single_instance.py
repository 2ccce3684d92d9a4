"""One window a data folder: a second start raises the first one and ends."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal, Slot

from checkin.paths import LOCK

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

log = logging.getLogger(__name__)

WAIT_MS = 2000


class SingleInstance(QObject):
    """Holds a data folder's lock; listens for later starts while it does."""

    raised = Signal()
    """Another start asks this window to come to the front."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock: QLockFile | None = None
        self.folder = Path()
        """The folder that this window holds."""
        self._server: QLocalServer | None = None

    def claim(self, folder: Path) -> bool:
        """Take the folder for this window. False: another window has it, and was asked to come to the front.

        Raises OSError where the folder cannot be made or written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        lock = QLockFile(str(folder / LOCK))
        lock.setStaleLockTime(0)  # a lock holds as long as its process lives, and no longer
        if not lock.tryLock(0):
            if lock.error() != QLockFile.LockError.LockFailedError:
                raise OSError(f"cannot lock {LOCK}")
            _ask_to_raise(_name(folder))
            return False
        self.release()
        self._lock, self.folder = lock, folder
        return True

    def listen(self) -> None:
        """Listen for later starts; called after the first paint."""
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._asked)
        name = _name(self.folder)
        QLocalServer.removeServer(name)  # a socket file that a crash left behind; the lock says nobody listens
        if not self._server.listen(name):
            log.info("later starts cannot raise this window: %s", self._server.errorString())

    def release(self) -> None:
        """Let the folder go."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    @Slot()
    def _asked(self) -> None:
        assert self._server is not None
        connection = self._server.nextPendingConnection()
        connection.disconnected.connect(connection.deleteLater)
        connection.disconnectFromServer()
        self.raised.emit()


def _name(folder: Path) -> str:
    import hashlib  # not needed before the first paint

    return "checkin-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:20]


def _ask_to_raise(name: str) -> None:
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(WAIT_MS):
        log.info("the window that is open does not answer")
        return
    if socket.state() != QLocalSocket.LocalSocketState.UnconnectedState:
        socket.waitForDisconnected(WAIT_MS)
