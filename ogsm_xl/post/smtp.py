"""Handing mail to a server over SMTP: one connection a run, and always certain about what is certain.

The dialogue is held step by step rather than with `sendmail`, because the step at which it breaks off decides: up to
the line that ends the mail, nothing can have gone out; after it, only the server's answer tells.
"""

from __future__ import annotations

import base64
import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Sequence

from ogsm_xl.plan.problem import OutsideProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.post import problems
from ogsm_xl.post.port import NotSent, SendUnknown
from ogsm_xl.post.secrets import Secret
from ogsm_xl.post.settings import Security

_NOT_AS_THIS_SENDER = re.compile(
    r"5\.7\.60|SendAsDenied|5\.7\.1 .*(sender|from)|sender.*(not owned|rejected)|not permitted to send",
    re.IGNORECASE,
)


class SmtpSender:
    """A mail server that takes our mail. The connection is made on first use."""

    def __init__(
        self, host: str, port: int, security: Security, *, context: ssl.SSLContext, timeout: int
    ) -> None:
        """Say which server; nothing happens yet."""
        self.server = f"{host}:{port}"
        self._host, self._port, self._security = host, port, security
        self._context, self._timeout = context, timeout
        self._user, self._secret, self._oauth, self._login = "", Secret(""), False, False
        self._connection: smtplib.SMTP | None = None
        self._down: OutsideProblem | None = None

    def login_as(self, user: str, secret: Secret, *, oauth: bool) -> None:
        """Log in with a password, or with a token, once there is a connection."""
        self._user, self._secret, self._oauth, self._login = user, secret, oauth, True

    def connect(self) -> smtplib.SMTP:
        """The connection; made and logged in where there is none. What failed once is not tried again in this run.

        Raises:
            NotSent: The server can't be reached or does not let us in.
        """
        if self._connection is not None:
            return self._connection
        if self._down is not None:
            raise NotSent(self._down.text)
        try:
            self._connection = self._opened()
        except OSError as error:  # what smtplib raises is one of these, too
            self._down = NotSent(self._why_not(error))
            raise self._down from None
        return self._connection

    def send(self, sender: str, recipients: Sequence[str], content: bytes) -> None:
        """Hand over one mail, to all its recipients or to none.

        Args:
            sender: Where the mail system reports that it can't be delivered.
            recipients: The addresses.
            content: The mail, 7-bit with CRLF.

        Raises:
            NotSent: It certainly did not go out.
            SendUnknown: The connection ended after the mail was handed over and before the server said that it has it.
        """
        try:
            smtp = self._begun(sender, len(content))
            self._name_recipients(smtp, sender, recipients)
            self._expect(smtp.docmd("DATA"), 354, sender)
            smtp.send(
                _on_the_wire(content)
            )  # an error means that its last bytes, the end of the mail, did not leave
        except (OSError, smtplib.SMTPException) as error:
            self._lose(error)
            raise NotSent(problems.unreachable(self.server, error)) from None
        try:
            reply = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._lose(error)
            raise SendUnknown(problems.maybe_sent(self.server, type(error).__name__)) from None
        self._expect(reply, 250, sender)

    def close(self) -> None:
        """End the connection."""
        if self._connection is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._connection.quit()
            self._drop()

    def _opened(self) -> smtplib.SMTP:
        name = re.sub(r"[^A-Za-z0-9.-]", "-", socket.gethostname()) or "localhost"
        if self._security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                self._host, self._port, local_hostname=name, timeout=self._timeout, context=self._context
            )
        else:
            smtp = smtplib.SMTP(self._host, self._port, local_hostname=name, timeout=self._timeout)
        try:
            if self._security == "starttls":
                smtp.starttls(context=self._context)
            smtp.ehlo_or_helo_if_needed()
            if self._login:
                self._log_in(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        if not self._oauth and (self._user + self._secret.revealed).isascii():
            smtp.login(self._user, self._secret.revealed)
            return
        if not self._oauth:
            plain = (
                f"\0{self._user}\0{self._secret.revealed}"  # smtplib takes ASCII alone; RFC 4616 says UTF-8
            )
            code, said = smtp.docmd("AUTH", f"PLAIN {base64.b64encode(plain.encode()).decode('ascii')}")
            if code != 235:
                raise smtplib.SMTPAuthenticationError(code, said)
            return
        answer = f"user={self._user}\x01auth=Bearer {self._secret.revealed}\x01\x01"
        # a server that refuses the token first asks for an empty line, and then says why
        smtp.auth("XOAUTH2", lambda challenge=None: answer if challenge is None else "")

    def _begun(self, sender: str, size: int) -> smtplib.SMTP:
        """A connection on which the server has taken MAIL; made anew once, where the server had ended an idle one."""
        had_one = self._connection is not None
        smtp = self.connect()
        options = [f"size={size}"] if smtp.has_extn("size") else []
        try:
            code, said = smtp.mail(sender, options)
        except smtplib.SMTPServerDisconnected:
            code, said = 421, b""
        if code == 421 and had_one:
            self._drop()
            smtp = self.connect()
            code, said = smtp.mail(sender, options)
        self._expect((code, said), 250, sender)
        return smtp

    def _name_recipients(self, smtp: smtplib.SMTP, sender: str, recipients: Sequence[str]) -> None:
        refused: dict[str, str] = {}
        for recipient in recipients:
            code, said = smtp.rcpt(recipient)
            if code in {250, 251}:
                continue
            if code == 421 or _NOT_AS_THIS_SENDER.search(self._said(code, said)):
                self._expect((code, said), 250, sender)
            refused[recipient] = self._said(code, said)
        if refused:
            self._reset()
            raise NotSent(problems.recipients_refused(refused))

    def _expect(self, reply: tuple[int, bytes], wanted: int, sender: str) -> None:
        """Go on if the server's answer is the one wanted.

        Raises:
            NotSent: It is another one.
        """
        code, said = reply
        if code == wanted:
            return
        answer = self._said(code, said)
        if code == 421:
            self._drop()
        else:
            self._reset()
        if _NOT_AS_THIS_SENDER.search(answer):
            raise NotSent(problems.not_as_this_sender(sender, self._user or "?", answer))
        raise NotSent(
            problems.busy(self.server, answer) if code < 500 else problems.refused(self.server, answer)
        )

    def _said(self, code: int, said: bytes | str) -> str:
        return f"{code} {problems.answer_of(said, self._secret)}".strip()

    def _why_not(self, error: OSError) -> Text:
        match error:
            case smtplib.SMTPAuthenticationError():
                answer = self._said(error.smtp_code, error.smtp_error)
                return problems.wrong_login(self.server, self._user, answer)
            case smtplib.SMTPResponseException():
                return problems.refused(self.server, self._said(error.smtp_code, error.smtp_error))
            case smtplib.SMTPNotSupportedError():
                return _no_such_way(self.server)
        return problems.unreachable(self.server, error)

    def _reset(self) -> None:
        """Take back what was begun of a mail."""
        if self._connection is not None:
            try:
                self._connection.rset()
            except (OSError, smtplib.SMTPException):
                self._drop()

    def _lose(self, error: Exception) -> None:
        """Let go of a broken connection; a server that hangs is not asked again in this run."""
        self._drop()
        if problems.timed_out(error):
            self._down = NotSent(problems.hangs(self.server))

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _on_the_wire(content: bytes) -> bytes:
    """The mail as it follows DATA: a line that begins with a dot gets a second one, and a line with one dot ends it."""
    stuffed = content.replace(b"\r\n.", b"\r\n..")
    if content.startswith(b"."):
        stuffed = b"." + stuffed
    return stuffed + (b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n")


def _no_such_way(server: str) -> Text:
    return Text(
        f"De server {server} kent deze versleuteling of deze manier van aanmelden niet. Controleer smtp_security, smtp_login en login in config.toml.",
        f"The server {server} does not know this encryption or this way of logging in. Check smtp_security, smtp_login and login in config.toml.",
    )
