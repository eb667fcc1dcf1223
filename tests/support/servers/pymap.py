"""A second real IMAP server, pymap: written in Python, so that it is there where Dovecot is not. One mailbox, in memory."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from typing import Self

from tests.support.servers.ports import free_ports

USER = "ogsm@example.org"
PASSWORD = "geheim"


class Pymap:
    """A running server with an empty mailbox. Use as a context manager.

    Attributes:
        port: Where it listens, without encryption.
    """

    def __init__(self) -> None:
        """Find a port."""
        self.port = free_ports(1)[0]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start, and wait until it answers."""
        self._process = subprocess.Popen(
            [
                *(
                    sys.executable,
                    "-W",
                    "ignore",
                    "-c",
                    "import sys; from pymap.main import main; sys.exit(main())",
                ),
                *("--no-tls", "--host", "127.0.0.1", "--port", str(self.port), "--no-service", "admin"),
                *("dict", "--demo-user", USER, "--demo-password", PASSWORD),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(400):
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                    if connection.recv(1):
                        return self
            except OSError:
                time.sleep(0.05)
        self.__exit__()
        raise RuntimeError("pymap does not start")

    def __exit__(self, *_: object) -> None:
        """Stop."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=20)
