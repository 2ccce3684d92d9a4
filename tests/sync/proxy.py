"""A TCP proxy that does to a connection what a conference's network does: cuts, delays, swallows, refuses.

It reads nothing, so it works through TLS. What it shall do is set while connections are open.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from types import TracebackType
from typing import Self


class Proxy:
    """Listens on localhost and carries bytes to `target`, or does not."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.target = target
        self.delay = 0.0
        """Seconds that every piece of an answer is late."""
        self.swallow_requests = False
        """Half-open: what a desk sends arrives nowhere, and nothing tells it so."""
        self.swallow_answers = False
        """What a hub answers arrives nowhere: it has committed, and the desk never learns."""
        self.cut_on_request = False
        """The next piece that a desk sends cuts the connection before it is passed on."""
        self.cut_on_answer = False
        """The next piece that the hub answers cuts the connection instead of arriving."""
        self.cut_after: int | None = None
        """So many bytes of a desk's are passed on, then it is cut."""
        self.accepted = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def heal(self) -> None:
        """Carry bytes again, on new connections; old ones are cut."""
        self.delay = 0.0
        self.swallow_requests = self.swallow_answers = self.cut_on_request = self.cut_on_answer = False
        self.cut_after = None
        self.cut()

    def cut(self) -> None:
        """End every connection."""
        with self._lock:
            for one in self._open:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def refuse(self) -> None:
        """Listen no more."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def close(self) -> None:
        """End everything and wait for the threads."""
        self.refuse()
        self.heal()
        for thread in self._threads:
            thread.join(5)

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                near, _from = self._listener.accept()
            except OSError:
                return
            self.accepted += 1
            try:
                far = socket.create_connection(self.target, 5)
            except OSError:
                near.close()
                continue
            with self._lock:
                self._open |= {near, far}
            self._start(self._carry, near, far, True)
            self._start(self._carry, far, near, False)

    def _carry(self, source: socket.socket, sink: socket.socket, asked: bool) -> None:
        try:
            while piece := source.recv(65536):
                if asked:
                    if self.cut_on_request:
                        self.cut_on_request = False
                        return
                    if self.swallow_requests:
                        continue
                    part, self.cut_after = self.cut_after, None
                    if part is not None:
                        sink.sendall(piece[:part])
                        if part < len(piece):
                            return
                        self.cut_after = part - len(piece)
                        continue
                else:
                    if self.cut_on_answer:
                        self.cut_on_answer = False
                        return
                    if self.swallow_answers:
                        continue
                    if self.delay:
                        time.sleep(self.delay)
                sink.sendall(piece)
        except OSError:
            pass
        finally:
            for one in (source, sink):
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
            with self._lock:
                self._open.discard(source)
            source.close()
