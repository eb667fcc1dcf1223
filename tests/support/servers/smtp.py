"""An SMTP server (aiosmtpd) that wants a login, keeps what it takes, and can be told to go wrong."""

from __future__ import annotations

import asyncio
import base64
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.servers.ports import free_ports

PASSWORD = "geheim-é"
TOKEN = "token-of-the-application"


@dataclass(frozen=True, slots=True)
class Taken:
    """A mail that the server took."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


class SmtpServer:
    """A server on a port of its own. Use as a context manager.

    Attributes:
        taken: What it took, in order.
        refuse_sender: What MAIL is answered with, or "".
        refuse_recipients: Address to what RCPT is answered with.
        known: The addresses that there are, where it is to refuse all others; None where it takes mail for any.
        answer_data: What the end of a mail is answered with instead of taking it, or "".
        lose_after_taking: Whether it takes the next mail and then drops the connection instead of answering.
        lose_before_mail: Whether it drops the connection at the next MAIL.
        on_taken: What it does with a mail that it took.
        logins: Who logged in, and how.
        port: Where it listens.
    """

    def __init__(
        self,
        password: str = PASSWORD,
        *,
        tls: ssl.SSLContext | None = None,
        starttls: ssl.SSLContext | None = None,
    ) -> None:
        """Say which password, and which encryption; none where both are left out."""
        self._password = password
        self.taken: list[Taken] = []
        self.refuse_sender = ""
        self.refuse_recipients: dict[str, str] = {}
        self.known: frozenset[str] | None = None
        self.answer_data = ""
        self.lose_after_taking = False
        self.lose_before_mail = False
        self.on_taken: Callable[[Taken], None] = lambda _: None
        self.logins: list[str] = []
        self.port = free_ports(1)[0]
        self._tls, self._starttls = tls, starttls
        self._controller: Controller | None = None

    def __enter__(self) -> Self:
        """Start listening."""
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            ssl_context=self._tls,
            tls_context=self._starttls,
            require_starttls=self._starttls is not None,
            auth_require_tls=False,
            authenticator=self._authenticate,
            data_size_limit=64 * 1024 * 1024,
        )
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        if self._controller is not None:
            self._controller.stop()

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        if isinstance(data, LoginPassword):
            user, right = data.login.decode(), data.password == self._password.encode()
        else:
            user, right = data
        self.logins.append(f"{mechanism} {user}")
        return AuthResult(success=right, handled=False)

    async def auth_XOAUTH2(self, server: SMTP, arguments: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd finds it by this name
        """Take the token, in one line with the command."""
        fields = base64.b64decode(arguments[1]).decode().split("\x01")
        right = fields[1] == f"auth=Bearer {TOKEN}"
        self.logins.append(f"XOAUTH2 {fields[0].removeprefix('user=')}")
        if not right:
            await server.challenge_auth("eyJzdGF0dXMiOiI0MDAifQ==", encode_to_b64=False)
        return AuthResult(success=right, handled=False)

    async def handle_MAIL(  # noqa: N802 - see above
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the sender, or do what was asked."""
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        if self.lose_before_mail:
            self.lose_before_mail = False
            _cut(server)
            return "421 gone"
        if self.refuse_sender:
            return self.refuse_sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - see above
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the recipient, or do what was asked."""
        if answer := self.refuse_recipients.get(address):
            return answer
        if self.known is not None and address not in self.known:
            return "550 5.1.1 User unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - see above
        """Take the mail, or do what was asked."""
        if self.answer_data:
            return self.answer_data
        assert isinstance(envelope.content, bytes)
        taken = Taken(envelope.mail_from or "", tuple(envelope.rcpt_tos), envelope.content)
        self.taken.append(taken)
        self.on_taken(taken)
        if self.lose_after_taking:
            self.lose_after_taking = False
            _cut(server)
        return "250 OK"


def _cut(server: SMTP) -> None:
    """End the connection at once, as a broken line does."""
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()
