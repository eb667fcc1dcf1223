"""Any mail server that speaks SMTP and IMAP.

There are no drafts: a mail is handed to the server in `send`, and only then a copy goes into the sent mail. A mail that
is found there went out; of one that is not, nobody can tell (`was_sent` is never False).
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator
from functools import cached_property

from ogsm_xl.letters.mail import OutgoingMail, checked_address, mime
from ogsm_xl.plan.problem import OutsideProblem
from ogsm_xl.plan.words import Language
from ogsm_xl.post.imap import ImapMailbox
from ogsm_xl.post.port import NotSent, Received, Tray
from ogsm_xl.post.secrets import Secret, find_secret
from ogsm_xl.post.settings import SmtpImapSettings
from ogsm_xl.post.smtp import SmtpSender
from ogsm_xl.post.tokens import access_token
from ogsm_xl.post.trust import trusting

_log = logging.getLogger(__name__)


class SmtpImapMail:
    """A mailbox on a mail server. Connections are made on first use, one of each kind for a whole run."""

    def __init__(self, settings: SmtpImapSettings, language: Language) -> None:
        """Use a mailbox.

        Args:
            settings: Which one.
            language: Of the folders that are made in it.
        """
        self._settings = settings
        self._language = language

    def prepare(self, mail: OutgoingMail) -> str:  # noqa: ARG002 - the port's arguments
        """Connect and log in, so that a wrong password is known before anything counts as being sent."""
        try:
            self._smtp.connect()
        except OutsideProblem as problem:
            raise NotSent(problem.text) from None
        return ""

    def send(self, mail: OutgoingMail, handle: str) -> None:  # noqa: ARG002 - see above
        """Hand the mail to the server, then put a copy into the sent mail."""
        content = mime(mail)
        recipients = [checked_address(address) for address in mail.to]
        self._smtp.send(checked_address(mail.sender), recipients, content)
        if not self._settings.save_sent:
            return
        try:
            self._imap.keep_sent(content)
        except OutsideProblem as problem:
            # the mail is out; that its copy is missing must not make it look otherwise
            _log.warning("%s: sent, but no copy was put into the sent mail: %s", mail.message_id, problem)

    def was_sent(self, message_id: str, handle: str) -> bool | None:  # noqa: ARG002 - see above
        """True if the sent mail holds it; else nobody can tell."""
        return True if self._imap.is_in_sent(message_id) else None

    def discard(self, message_id: str, handle: str) -> None:
        """There are no drafts."""

    def received(self) -> Iterator[Received]:
        """The mails in the inbox."""
        return self._imap.received()

    def file_away(self, handle: str, tray: Tray) -> None:
        """Move a mail to its tray."""
        self._imap.file_away(handle, tray)

    def refile(self, message_id: str, source: Tray, target: Tray) -> None:
        """Move a mail from one tray to another."""
        self._imap.refile(message_id, source, target)

    def remove(self, message_id: str) -> None:
        """Delete a mail that we sent to ourselves."""
        self._imap.remove(message_id)

    def close(self) -> None:
        """End the connections that were made."""
        for part in ("_smtp", "_imap"):
            if part in self.__dict__:
                getattr(self, part).close()

    @cached_property
    def _smtp(self) -> SmtpSender:
        given = self._settings
        smtp = SmtpSender(
            given.smtp_host, given.smtp_port, given.smtp_security, context=self._trust, timeout=given.timeout
        )
        if given.smtp_login:
            smtp.login_as(given.user, self._secret, oauth=given.login == "oauth")
        return smtp

    @cached_property
    def _imap(self) -> ImapMailbox:
        given = self._settings
        imap = ImapMailbox(
            given.imap_host,
            given.imap_port,
            given.imap_security,
            context=self._trust,
            timeout=given.timeout,
            inbox=given.inbox,
            language=self._language,
        )
        imap.login_as(given.user, self._secret, oauth=given.login == "oauth")
        return imap

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return trusting(self._settings.ca_file)

    @cached_property
    def _secret(self) -> Secret:
        """What logs us in: the password, or a token that the client secret was exchanged for."""
        given = self._settings
        kept = find_secret(given.secret_from, given.user, given.secret_file)
        if given.login == "password":
            return kept
        return access_token(given, kept)
