"""What an Exchange Server answers instead of what was asked: told apart, and put into sentences.

exchangelib gives the same exception to different things (a 503, a lost connection, an EWS error of that name). What
decides here is whether a mail can have gone out, whether asking again may help, and what a person has to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import requests
from exchangelib import FailFast
from exchangelib import errors as ews
from exchangelib.util import is_xml
from requests.adapters import HTTPAdapter

from ogsm_xl.plan.words import Text
from ogsm_xl.post import problems
from ogsm_xl.post.secrets import Secret
from ogsm_xl.post.settings import ExchangeSettings

_PASSING = (
    ews.ErrorServerBusy,
    ews.ErrorTimeoutExpired,
    ews.ErrorInternalServerTransientError,
    ews.ErrorTooManyObjectsOpened,
    ews.ErrorExceededConnectionCount,
    ews.ErrorMailboxStoreUnavailable,
)
_UNCERTAIN = (ews.ErrorTimeoutExpired, ews.ErrorInternalServerError, ews.ErrorInternalServerTransientError)
_NO_ACCESS = (
    ews.ErrorAccessDenied,
    ews.ErrorImpersonateUserDenied,
    ews.ErrorImpersonationDenied,
    ews.ErrorFolderNotFound,
    ews.ErrorItemNotFound,
)
_NO_MAILBOX = (
    ews.ErrorNonExistentMailbox,
    ews.ErrorNoRespondingCASInDestinationSite,
    ews.ErrorMailboxConfiguration,
)


class HttpAnswer(ews.TransportError):  # type: ignore[misc]  # exchangelib has no types
    """The web server's own answer, instead of one of EWS."""

    def __init__(self, status: int, retry_after: str) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.retry_after = float(retry_after) if retry_after.isdecimal() else None


class Plainly(FailFast):  # type: ignore[misc]  # see above
    """No request is sent twice, and the status of an answer is told as it is."""

    def raise_response_errors(self, response: requests.Response) -> None:
        """Let through what EWS itself answers: also a fault, which comes with status 500."""
        if response.status_code == 200 or (response.status_code == 500 and is_xml(response.content)):
            return
        raise HttpAnswer(response.status_code, response.headers.get("Retry-After", ""))


class InLargePieces(HTTPAdapter):
    """Hands answers on in large pieces: exchangelib asks for them byte by byte, which takes a second a megabyte."""

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        """An answer that gives itself in pieces of at least 64 KiB."""
        response = super().build_response(req, resp)
        given = response.iter_content

        def in_large_pieces(chunk_size: int | None = 1, decode_unicode: bool = False) -> Iterator[Any]:  # noqa: FBT001, FBT002 - as requests has it
            return given(max(chunk_size or 0, 65_536), decode_unicode)

        response.iter_content = in_large_pieces  # type: ignore[method-assign]  # of this one answer
        return response


def certainly_not_sent(error: Exception) -> bool:
    """Whether a mail can't have gone out when this came of handing it over."""
    if problems.never_reached(error):
        return True
    if isinstance(error, HttpAnswer):
        return error.status < 500 or error.status == 503  # 503: the web server had nobody to hand it to
    if isinstance(error, _UNCERTAIN):
        return False
    return isinstance(error, ews.ResponseMessageError | ews.UnauthorizedError)


def holds_for_the_whole_run(error: Exception) -> bool:
    """Whether asking again would be the same, cost as long, or lock the account."""
    refused = isinstance(error, HttpAnswer) and error.status in {401, 403, 404}
    return refused or isinstance(error, ews.UnauthorizedError) or problems.timed_out(error)


def may_pass(error: Exception) -> bool:
    """Whether asking again a little later may help."""
    if isinstance(error, HttpAnswer):
        return error.status in {429, 500, 502, 503, 504}
    return isinstance(error, _PASSING) and not problems.never_reached(error)


def asked_to_wait(error: Exception) -> float | None:
    """For how many seconds the server wants to be left alone, where it says so."""
    if isinstance(error, HttpAnswer):
        return error.retry_after
    return getattr(error, "back_off", None)


def answer_in(error: Exception, secret: Secret) -> str:
    """What the server said, for a sentence: the name of the error and its text."""
    if isinstance(error, HttpAnswer):
        return str(error)
    name, said = type(error).__name__, problems.answer_of(str(error), secret)
    return said if name in said else f"{name}: {said}"


def why(error: Exception, given: ExchangeSettings, secret: Secret, sender: str = "") -> Text:
    """What went wrong, and the next step.

    Args:
        error: What came of a request.
        given: Where it went to.
        secret: What must not be shown.
        sender: As whom a mail was sent, where that was what was asked.
    """
    answer = answer_in(error, secret)
    server = given.host or given.mailbox
    status = error.status if isinstance(error, HttpAnswer) else 0
    if isinstance(error, ews.UnauthorizedError) or status == 401:
        return problems.wrong_login(server, given.user, answer)
    if status == 403:
        return _closed(server, given.mailbox)
    if status == 404:
        return _no_ews(server)
    if isinstance(error, ews.ErrorSendAsDenied):
        return problems.not_as_this_sender(sender or given.mailbox, given.user, answer)
    if isinstance(error, _NO_MAILBOX):
        return _no_mailbox(server, given.mailbox, answer)
    if isinstance(error, _NO_ACCESS):
        return _no_access(given.user, given.mailbox, answer)
    if isinstance(error, requests.RequestException) or isinstance(
        error.__context__, requests.RequestException
    ):
        return problems.unreachable(server, error)
    if isinstance(error, _PASSING) or status in {429, 503}:
        return problems.busy(server, answer)
    if isinstance(error, ews.AutoDiscoverError):
        return _not_discovered(given.mailbox)
    return problems.refused(server, answer) if sender else problems.refused_request(server, answer)


def _closed(server: str, mailbox: str) -> Text:
    return Text(
        f"{server} laat EWS voor {mailbox} niet toe (403). Laat de beheerder EWS voor deze mailbox en deze toepassing openzetten (Set-CASMailbox -EwsEnabled). Staat de mailbox in Exchange Online, kies dan system = 'graph'.",
        f"{server} does not allow EWS for {mailbox} (403). Let the administrator open EWS for this mailbox and this application (Set-CASMailbox -EwsEnabled). If the mailbox is in Exchange Online, choose system = 'graph'.",
    )


def _no_ews(server: str) -> Text:
    return Text(
        f"Op {server} is op dit adres geen EWS te vinden (404). Klopt server in config.toml? Meestal is het https://…/EWS/Exchange.asmx.",
        f"There is no EWS on {server} at this address (404). Is server in config.toml right? Mostly it is https://…/EWS/Exchange.asmx.",
    )


def _no_mailbox(server: str, mailbox: str, answer: str) -> Text:
    return Text(
        f"Op {server} is geen mailbox {mailbox} ({answer}). Klopt het adres in config.toml? Een mailbox in Exchange Online vraagt om system = 'graph'.",
        f"There is no mailbox {mailbox} on {server} ({answer}). Is the address in config.toml right? A mailbox in Exchange Online needs system = 'graph'.",
    )


def _no_access(user: str, mailbox: str, answer: str) -> Text:
    return Text(
        f"{user} mag niet in de mailbox {mailbox} ({answer}). Laat de beheerder volledige toegang geven, of de rol ApplicationImpersonation bij access = 'impersonation'.",
        f"{user} may not use the mailbox {mailbox} ({answer}). Let the administrator give full access, or the role ApplicationImpersonation with access = 'impersonation'.",
    )


def _not_discovered(mailbox: str) -> Text:
    return Text(
        f"De Exchange-server van {mailbox} is niet vanzelf te vinden (autodiscover). Zet het adres van de server bij server in config.toml.",
        f"The Exchange server of {mailbox} can't be found by itself (autodiscover). Set server in config.toml to its address.",
    )
