"""A certificate authority of the tests, and a certificate from it for servers on this machine."""

from __future__ import annotations

import ssl
from pathlib import Path

import trustme


class Certificates:
    """Files that a server needs to speak TLS, and that a client needs to trust it.

    Attributes:
        ca_file: The authority's certificate.
        cert_file: The server's certificate, for localhost and 127.0.0.1.
        key_file: Its private key.
    """

    def __init__(self, folder: Path) -> None:
        """Make them in a folder."""
        authority = trustme.CA()
        server = authority.issue_cert("localhost", "127.0.0.1")
        self.ca_file = folder / "ca.pem"
        self.cert_file = folder / "server.pem"
        self.key_file = folder / "server.key"
        authority.cert_pem.write_to_path(self.ca_file)
        server.private_key_pem.write_to_path(self.key_file)
        self.cert_file.write_bytes(b"".join(part.bytes() for part in server.cert_chain_pems))

    def for_server(self) -> ssl.SSLContext:
        """What a server in this process presents."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert_file, self.key_file)
        return context
