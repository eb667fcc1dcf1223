"""Requests to Microsoft Graph: a token from msal, the request over requests, and a policy of our own for trying again.

Reading is tried again as Graph asks for it (429, 503 and 504 with Retry-After); what is not safe to do twice is not.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

import msal
import requests

from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.post import problems
from ogsm_xl.post.secrets import Secret, find_secret, private_text
from ogsm_xl.post.settings import GraphSettings
from ogsm_xl.post.trust import session_trusting

_TRIES = 3
_LONGEST_PAUSE = 60.0  # seconds; who asks for more is left alone until the next run
_BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
_DELEGATED = ("Mail.ReadWrite", "Mail.Send")

IMMUTABLE = 'IdType="ImmutableId"'
"""What to prefer so that a mail keeps its ID when it is sent or moved."""


@dataclass(frozen=True, slots=True)
class Cloud:
    """Where one of Microsoft's clouds logs in, and where its Graph is."""

    login: str
    graph: str


CLOUDS: Mapping[str, Cloud] = {
    "global": Cloud("https://login.microsoftonline.com", "https://graph.microsoft.com"),
    "us_government": Cloud("https://login.microsoftonline.us", "https://graph.microsoft.us"),
    "us_defense": Cloud("https://login.microsoftonline.us", "https://dod-graph.microsoft.us"),
    "china": Cloud("https://login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn"),
}


class GraphError(Exception):
    """Graph answers that it does not do what was asked: the status, its code and its words."""

    def __init__(self, response: requests.Response) -> None:
        self.status = response.status_code
        self.code, self.words = _code_and_words(response)
        asked = response.headers.get("Retry-After", "")
        self.retry_after = float(asked) if asked.isdecimal() else None
        super().__init__(f"{self.status} {self.code}: {self.words}")


class GraphClient:
    """The mailbox of the settings in Graph. Nothing is asked before the first request."""

    def __init__(
        self,
        settings: GraphSettings,
        cloud: Cloud,
        *,
        pause: Callable[[float], None] = time.sleep,
        tell: Callable[[str], Any] = sys.stderr.write,
    ) -> None:
        """Say which mailbox, in which cloud.

        Args:
            settings: Which mailbox.
            cloud: Where.
            pause: Waits so many seconds, between two tries.
            tell: Shows a person what to do, for the device login.
        """
        self._settings, self._cloud = settings, cloud
        self._pause, self._tell = pause, tell
        self._secret = Secret("")
        self._session = session_trusting(settings.ca_file)
        self._down: OutsideProblem | None = None
        self.base = f"{cloud.graph}/v1.0/users/{quote(settings.mailbox, safe='@')}"

    def close(self) -> None:
        """End the connections."""
        self._session.close()

    def give_up(self, problem: OutsideProblem) -> None:
        """Ask nothing more in this run: every request raises this."""
        self._down = problem

    def ask(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        query: Mapping[str, str] | None = None,
        prefer: str = IMMUTABLE,
        again: bool = True,
    ) -> requests.Response:
        """One request about the mailbox.

        Args:
            method: Such as "GET".
            path: What follows the mailbox, or a whole link that Graph gave.
            json: What to send.
            query: What to ask, such as `$select`.
            prefer: The header Prefer.
            again: Whether it may be done again where Graph is busy or the connection is lost.

        Returns:
            The answer, with a status of success.

        Raises:
            GraphError: Graph does not do it.
            requests.RequestException: The connection was lost, or never made.
            OutsideProblem: There is no token; or Graph can't be reached, which was found out earlier in this run.
        """
        if self._down is not None:
            raise self._down
        for tries_left in reversed(range(_TRIES if again else 1)):
            try:
                return self._once(method, self._address(path), json, query, prefer)
            except GraphError as error:
                wait = error.retry_after or 2.0 ** (_TRIES - tries_left)
                if error.status not in _BUSY or not tries_left or wait > _LONGEST_PAUSE:
                    raise
            except requests.ConnectionError as error:
                wait = 2.0 ** (_TRIES - tries_left)
                if not tries_left or problems.never_reached(error) or problems.timed_out(error):
                    raise
            self._pause(wait)
        raise AssertionError("the last try returns or raises")

    def upload(self, url: str, content: bytes, first: int, total: int) -> None:
        """Hand a part of a file to an upload session. Its address is its own permission: no token goes along.

        Raises:
            GraphError: It is refused.
            requests.RequestException: The connection was lost.
        """
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Range": f"bytes {first}-{first + len(content) - 1}/{total}",
        }
        _checked(
            self._session.put(
                url, data=content, headers=headers, timeout=self._settings.timeout, allow_redirects=False
            )
        )

    def _once(
        self, method: str, address: str, json: Any, query: Mapping[str, str] | None, prefer: str
    ) -> requests.Response:
        headers = {"Authorization": f"Bearer {self._token()}", "Prefer": prefer}
        return _checked(
            self._session.request(
                method,
                address,
                json=json,
                params=query,
                headers=headers,
                timeout=self._settings.timeout,
                allow_redirects=False,
            )
        )

    def _address(self, path: str) -> str:
        """The whole address. A link that Graph gave, or that was remembered, is followed to Graph alone: the token goes along."""
        if "://" not in path:
            return self.base + path
        if urlsplit(path)[:2] != urlsplit(self._cloud.graph)[:2]:
            raise OutsideProblem(
                Text(
                    "Microsoft Graph verwijst naar een ander adres; daar wordt niets heen gestuurd. Probeer het later weer.",
                    "Microsoft Graph refers to another address; nothing is sent there. Try again later.",
                )
            )
        return path

    # The token

    def _token(self) -> str:
        """A token that is valid now; msal keeps it until it is about to expire.

        Raises:
            OutsideProblem: There is none.
        """
        try:
            answer = self._login()
        except requests.RequestException as error:
            text = problems.unreachable(self._cloud.login, error)
        except ValueError as error:  # msal: no such tenant
            text = _no_token(self._settings, problems.answer_of(str(error), self._secret))
        else:
            token = answer.get("access_token")
            if isinstance(token, str):
                return token
            said = str(answer.get("error_description") or answer.get("error") or "").partition("Trace ID")[0]
            text = _no_token(self._settings, problems.answer_of(said, self._secret))
        self._down = OutsideProblem(text)
        raise self._down from None

    def _login(self) -> Mapping[str, Any]:
        if self._settings.login == "device":
            return self._device_login
        try:
            answer: Mapping[str, Any] = self._application.acquire_token_for_client(
                [f"{self._cloud.graph}/.default"]
            )
        except (requests.RequestException, ValueError, InputProblem):
            raise
        except Exception as error:
            if self._settings.login != "certificate":
                raise
            # jwt and cryptography have errors of their own for a key that is of no use
            raise InputProblem(
                _no_certificate(self._settings, problems.answer_of(str(error), self._secret))
            ) from None
        return answer

    @cached_property
    def _application(self) -> Any:
        given = self._settings
        credential: Any
        if given.login == "certificate" and given.certificate_file is not None:
            pem = private_text(given.certificate_file)
            self._secret = Secret(pem)
            credential = {"private_key": pem, "public_certificate": pem}
        else:
            self._secret = find_secret(given.secret_from, given.client_id, given.secret_file)
            credential = self._secret.revealed
        try:
            return msal.ConfidentialClientApplication(
                given.client_id, client_credential=credential, **self._login_options
            )
        except ValueError as error:
            if given.login != "certificate":
                raise
            raise InputProblem(_no_certificate(given, problems.answer_of(str(error), self._secret))) from None

    @property
    def _login_options(self) -> dict[str, Any]:
        return {
            "authority": f"{self._cloud.login}/{self._settings.tenant}",
            "instance_discovery": False,  # the clouds are known, and written down here
            "http_client": _WithTimeout(self._session, self._settings.timeout),
        }

    @cached_property
    def _device_login(self) -> Mapping[str, Any]:
        """A person confirms in a browser, once a run. For trying out: nothing is kept for the next one."""
        application = msal.PublicClientApplication(self._settings.client_id, **self._login_options)
        flow = application.initiate_device_flow(
            scopes=[f"{self._cloud.graph}/{permission}" for permission in _DELEGATED]
        )
        if "message" not in flow:
            return dict(flow)
        self._tell(f"{flow['message']}\n")
        return dict(application.acquire_token_by_device_flow(flow))

    # Sentences

    def answer(self, error: Exception) -> str:
        """What Graph said, for a sentence."""
        if not isinstance(error, GraphError):
            return type(error).__name__
        return problems.answer_of(str(error), self._secret)

    def why(self, error: Exception, sender: str = "") -> Text:
        """What went wrong, and the next step.

        Args:
            error: What came of a request.
            sender: As whom a mail was sent, where that was what was asked.
        """
        given = self._settings
        server = urlsplit(self._cloud.graph).hostname or ""
        if not isinstance(error, GraphError):
            return problems.unreachable(server, error)
        answer = self.answer(error)
        if error.status in _BUSY or error.code == "ApplicationThrottled":
            return problems.busy(server, answer)
        if error.code == "ErrorSendAsDenied":
            return problems.not_as_this_sender(sender or given.mailbox, given.client_id, answer)
        if error.status == HTTPStatus.FORBIDDEN:
            return _no_permission(given, answer)
        if error.status == HTTPStatus.UNAUTHORIZED:
            return _no_token(given, answer)
        if error.code in {
            "ErrorInvalidUser",
            "ResourceNotFound",
            "Request_ResourceNotFound",
            "MailboxNotEnabledForRESTAPI",
        }:
            return _no_mailbox(given, answer)
        return problems.refused(server, answer) if sender else problems.refused_request(server, answer)


class _WithTimeout:
    """What msal sends its requests with: our session, with an end to every wait."""

    def __init__(self, session: requests.Session, timeout: int) -> None:
        self._session, self._timeout = session, timeout

    def get(self, url: str, **options: Any) -> requests.Response:
        """As requests has it."""
        return self._session.get(url, **{**options, "timeout": self._timeout})

    def post(self, url: str, **options: Any) -> requests.Response:
        """As requests has it."""
        return self._session.post(url, **{**options, "timeout": self._timeout})

    def close(self) -> None:
        """The session is closed by who made it."""


def _checked(response: requests.Response) -> requests.Response:
    if not 200 <= response.status_code < 300:
        raise GraphError(response)
    return response


def _code_and_words(response: requests.Response) -> tuple[str, str]:
    try:
        error = response.json()["error"]
        return str(error["code"]), str(error.get("message", ""))
    except (requests.JSONDecodeError, KeyError, TypeError):
        return "", response.reason or ""


def _no_token(given: GraphSettings, answer: str) -> Text:
    return Text(
        f"Microsoft geeft geen token voor toepassing {given.client_id} in tenant {given.tenant} ({answer}). Controleer tenant, client_id en het clientgeheim of certificaat; die verlopen.",
        f"Microsoft gives no token for application {given.client_id} in tenant {given.tenant} ({answer}). Check tenant, client_id and the client secret or certificate; those expire.",
    )


def _no_permission(given: GraphSettings, answer: str) -> Text:
    return Text(
        f"Toepassing {given.client_id} mag niet in de mailbox {given.mailbox} ({answer}). Laat de beheerder de rechten geven zoals in docs/mail-administrators.md staat; ze werken soms pas na een uur.",
        f"Application {given.client_id} may not use the mailbox {given.mailbox} ({answer}). Let the administrator give the permissions as docs/mail-administrators.md says; they sometimes work only after an hour.",
    )


def _no_mailbox(given: GraphSettings, answer: str) -> Text:
    return Text(
        f"In Microsoft 365 is geen mailbox {given.mailbox} ({answer}). Klopt het adres in config.toml? Een mailbox op een eigen Exchange-server vraagt om system = 'exchange'.",
        f"There is no mailbox {given.mailbox} in Microsoft 365 ({answer}). Is the address in config.toml right? A mailbox on your own Exchange Server needs system = 'exchange'.",
    )


def _no_certificate(given: GraphSettings, answer: str) -> Text:
    return Text(
        f"In {given.certificate_file} (certificate_file) staan geen bruikbare privésleutel en certificaat ({answer}). Zet ze er allebei in, als PEM en zonder wachtwoord.",
        f"{given.certificate_file} (certificate_file) holds no usable private key and certificate ({answer}). Put both into it, as PEM and without a password.",
    )
