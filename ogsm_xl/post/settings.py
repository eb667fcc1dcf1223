"""What a mail system has to know to be used, one frozen dataclass each.

The configuration builds these from its sections [mail.smtp_imap], [mail.exchange] and [mail.graph], with the same
keys. None of them holds a secret: they say where it is kept (`ogsm_xl.post.secrets`).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit

from ogsm_xl.plan.words import Text

SecretFrom = Literal["environment", "keyring", "file"]
Security = Literal["tls", "starttls", "none"]

_FORBID_UNKNOWN_KEYS = {"extra": "forbid"}  # read by pydantic, when the configuration builds these


class WrongSetting(ValueError):
    """A value that can't be meant, with the reason in both languages; the configuration names the key."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class FolderSettings:
    """Mail in a folder."""

    folder: Path


@dataclass(frozen=True, slots=True)
class SmtpImapSettings:
    """Any mail server that speaks SMTP and IMAP.

    Attributes:
        smtp_host: The server that mail is handed to.
        smtp_security: "starttls", "tls" from the first byte, or "none" (only on this machine itself).
        smtp_login: False for a relay that takes mail from this machine without a login.
        imap_host: The server that keeps the mailbox.
        user: The login name; the sender's address where left out.
        login: "password", or "oauth" (XOAUTH2 with a token for an application).
        token_url: For "oauth": where a token is got, with the client-credentials grant.
        client_id: For "oauth": the application's name there.
        scope: For "oauth": what the token is for.
        secret_from: Where the password or client secret is kept.
        secret_file: For "file": that file.
        ca_file: Certificates (PEM) to trust besides those of the machine, or None.
        inbox: The folder that replies arrive in.
        save_sent: Whether to put a copy into the sent mail; off where the server does that by itself.
        timeout: The longest wait for any answer, in seconds.
    """

    smtp_host: str
    imap_host: str
    smtp_port: int = 587
    smtp_security: Security = "starttls"
    smtp_login: bool = True
    imap_port: int = 993
    imap_security: Security = "tls"
    user: str = ""
    login: Literal["password", "oauth"] = "password"
    token_url: str = ""
    client_id: str = ""
    scope: str = ""
    secret_from: SecretFrom = "environment"  # noqa: S105 - where it is, not what it is
    secret_file: Path | None = None
    ca_file: Path | None = None
    inbox: str = "INBOX"
    save_sent: bool = True
    timeout: int = 60

    __pydantic_config__: ClassVar = _FORBID_UNKNOWN_KEYS

    def __post_init__(self) -> None:
        """Refuse what can't work, or would send a password in the clear."""
        for host, security in ((self.smtp_host, self.smtp_security), (self.imap_host, self.imap_security)):
            if security == "none" and not is_this_machine(host):
                raise WrongSetting(
                    Text(
                        f"zonder versleuteling ('none') mag alleen op deze machine zelf, niet met {host}; kies 'starttls' of 'tls'",
                        f"without encryption ('none') is only for this machine itself, not for {host}; choose 'starttls' or 'tls'",
                    )
                )
        _check_secret(self.secret_from, self.secret_file)
        _check_timeout(self.timeout)
        if self.login == "oauth":
            _check_token_source(self.token_url, self.client_id)

    def completed(self, own_address: str, path: Callable[[Path], Path]) -> SmtpImapSettings:
        """With the login name filled in, and with paths that can be used from anywhere."""
        return replace(self, user=self.user or own_address, **_usable_paths(self, path))


@dataclass(frozen=True, slots=True)
class ExchangeSettings:
    """A mailbox on an Exchange Server of the organisation's own, over Exchange Web Services (EWS).

    Attributes:
        server: Its name or the whole address of EWS (https://…/EWS/Exchange.asmx); found by autodiscover where left out.
        version: Which Exchange Server it is.
        user: The login name, such as CORP and the account's name, with a backslash between them; the mailbox's address where left out.
        mailbox: The address of the mailbox; the sender's address where left out.
        access: "delegate" (full access, Send As) or "impersonation" (the role ApplicationImpersonation).
        login: How to log in; "kerberos" uses the ticket of the user who runs the job, and needs no secret.
        token_url: For "oauth": where a token is got, with the client-credentials grant.
        client_id: For "oauth": the application's name there.
        scope: For "oauth": what the token is for.
        secret_from: Where the password or client secret is kept.
        secret_file: For "file": that file.
        ca_file: Certificates (PEM) to trust besides those of the machine, or None.
        timeout: The longest wait for any answer, in seconds.
    """

    server: str = ""
    version: Literal["SE", "2019", "2016", "2013"] = "2016"
    user: str = ""
    mailbox: str = ""
    access: Literal["delegate", "impersonation"] = "delegate"
    login: Literal["ntlm", "basic", "kerberos", "oauth"] = "ntlm"
    token_url: str = ""
    client_id: str = ""
    scope: str = ""
    secret_from: SecretFrom = "environment"  # noqa: S105 - where it is, not what it is
    secret_file: Path | None = None
    ca_file: Path | None = None
    timeout: int = 60

    __pydantic_config__: ClassVar = _FORBID_UNKNOWN_KEYS

    def __post_init__(self) -> None:
        """Refuse what can't work any more, or would send a password in the clear."""
        if is_exchange_online(self.endpoint):
            raise WrongSetting(EWS_IS_CLOSED)
        if self.server and not self.endpoint.startswith("https://") and not is_this_machine(self.host):
            raise WrongSetting(
                Text(
                    f"het adres {self.server} is niet versleuteld; gebruik https://",
                    f"the address {self.server} is not encrypted; use https://",
                )
            )
        _check_secret(self.secret_from, self.secret_file)
        _check_timeout(self.timeout)
        if self.login == "oauth":
            _check_token_source(self.token_url, self.client_id)

    @property
    def endpoint(self) -> str:
        """The whole address of EWS, or "" to find it by autodiscover."""
        if not self.server or "://" in self.server:
            return self.server
        return f"https://{self.server}/EWS/Exchange.asmx"

    @property
    def host(self) -> str:
        """The server's name, for sentences."""
        return urlsplit(self.endpoint).hostname or ""

    def completed(self, own_address: str, path: Callable[[Path], Path]) -> ExchangeSettings:
        """With the mailbox and login name filled in, and with paths that can be used from anywhere."""
        mailbox = self.mailbox or own_address
        return replace(self, mailbox=mailbox, user=self.user or mailbox, **_usable_paths(self, path))


EWS_IS_CLOSED = Text(
    "Exchange Online laat EWS sinds oktober 2026 niet meer toe, en vanaf april 2027 zonder uitzondering; kies system = 'graph' met een groep [mail.graph] (zie docs/mail-administrators.md)",
    "Exchange Online has not allowed EWS since October 2026, and from April 2027 without exception; choose system = 'graph' with a group [mail.graph] (see docs/mail-administrators.md)",
)

_EXCHANGE_ONLINE = (
    "outlook.office365.com", "outlook.office.com", "outlook.office365.us", "webmail.apps.mil", "partner.outlook.cn",
    "outlook.com", "office365.com", "office.com",
)  # fmt: skip


def is_exchange_online(address: str) -> bool:
    """Whether the address of an EWS server is one of Microsoft's cloud."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    return any(host == known or host.endswith(f".{known}") for known in _EXCHANGE_ONLINE)


@dataclass(frozen=True, slots=True)
class GraphSettings:
    """A mailbox in Microsoft 365 (Exchange Online), over Microsoft Graph.

    Attributes:
        tenant: The organisation's tenant: its ID or a domain of it.
        client_id: The application (client) ID of the app registration.
        mailbox: The address of the mailbox; the sender's address where left out.
        login: "secret" (a client secret), "certificate", or "device": a person confirms in a browser, for trying out.
        certificate_file: For "certificate": a file (PEM) with the private key and the certificate.
        cloud: Which of Microsoft's clouds the tenant is in.
        secret_from: Where the client secret is kept.
        secret_file: For "file": that file.
        ca_file: Certificates (PEM) to trust besides those of the machine, such as those of a proxy, or None.
        timeout: The longest wait for any answer, in seconds.
    """

    tenant: str
    client_id: str
    mailbox: str = ""
    login: Literal["secret", "certificate", "device"] = "secret"
    certificate_file: Path | None = None
    cloud: Literal["global", "us_government", "us_defense", "china"] = "global"
    secret_from: SecretFrom = "environment"  # noqa: S105 - where it is, not what it is
    secret_file: Path | None = None
    ca_file: Path | None = None
    timeout: int = 60

    __pydantic_config__: ClassVar = _FORBID_UNKNOWN_KEYS

    def __post_init__(self) -> None:
        """Refuse what can't work."""
        if not re.fullmatch(r"[A-Za-z0-9.-]+", self.tenant):
            raise WrongSetting(
                Text(
                    "tenant moet de ID of een domein van de tenant zijn",
                    "tenant must be the ID or a domain of the tenant",
                )
            )
        if (self.login == "certificate") != (self.certificate_file is not None):
            raise WrongSetting(
                Text(
                    "certificate_file hoort bij login = 'certificate': zet ze allebei, of geen van beide",
                    "certificate_file belongs to login = 'certificate': set both, or neither",
                )
            )
        _check_secret(self.secret_from, self.secret_file)
        _check_timeout(self.timeout)

    def completed(self, own_address: str, path: Callable[[Path], Path]) -> GraphSettings:
        """With the mailbox filled in, and with paths that can be used from anywhere."""
        return replace(self, mailbox=self.mailbox or own_address, **_usable_paths(self, path))


MailboxSettings = SmtpImapSettings | ExchangeSettings | GraphSettings
"""Of the mail systems that have a group of their own in the configuration."""

MailSettings = FolderSettings | MailboxSettings


def is_this_machine(host: str) -> bool:
    """Whether a host name means the machine itself, by its name or address alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _usable_paths(settings: MailboxSettings, path: Callable[[Path], Path]) -> dict[str, Any]:
    values = {field.name: getattr(settings, field.name) for field in fields(settings)}
    return {name: path(value) for name, value in values.items() if isinstance(value, Path)}


def _check_secret(secret_from: SecretFrom, secret_file: Path | None) -> None:
    if (secret_from == "file") != (secret_file is not None):  # noqa: S105 - see above
        raise WrongSetting(
            Text(
                "secret_file hoort bij secret_from = 'file': zet ze allebei, of geen van beide",
                "secret_file belongs to secret_from = 'file': set both, or neither",
            )
        )


def _check_timeout(seconds: int) -> None:
    if not 1 <= seconds <= 600:
        raise WrongSetting(
            Text("timeout moet tussen 1 en 600 seconden zijn", "timeout must be between 1 and 600 seconds")
        )


def _check_token_source(token_url: str, client_id: str) -> None:
    if not client_id or not token_url.startswith("https://"):
        raise WrongSetting(
            Text(
                "login = 'oauth' vraagt om client_id en token_url, een adres dat met https:// begint",
                "login = 'oauth' needs client_id and token_url, an address that begins with https://",
            )
        )
