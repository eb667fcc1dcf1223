"""A server that takes connections and never says a word, and one that says what it was told to and then falls silent."""

from __future__ import annotations

import socket
import threading
from typing import Self


class SilentServer:
    """Listens, greets where it has a greeting, answers nothing. Use as a context manager.

    Attributes:
        port: Where it listens.
        connections: How often somebody came.
    """

    def __init__(self, greeting: bytes = b"") -> None:
        """Say how it greets."""
        self._greeting = greeting
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.connections = 0
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        """Start listening."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Hang up."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()
        for connection in self._open:
            connection.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            connection.sendall(self._greeting)
