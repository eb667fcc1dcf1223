"""A token for this application, where a mail server wants OAuth instead of a password (client-credentials grant)."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import requests

from ogsm_xl.plan.problem import OutsideProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.post.problems import answer_of, unreachable
from ogsm_xl.post.secrets import Secret
from ogsm_xl.post.trust import session_trusting


class TokenSource(Protocol):
    """Where an application gets its token; the settings of a mail system say so.

    Attributes:
        token_url: The token endpoint of the organisation's login server.
        client_id: The application's name there.
        scope: What the token is for, or "".
        ca_file: Certificates to trust besides those of the machine, or None.
        timeout: The longest wait, in seconds.
    """

    @property
    def token_url(self) -> str: ...  # noqa: D102 - described above
    @property
    def client_id(self) -> str: ...  # noqa: D102 - see above
    @property
    def scope(self) -> str: ...  # noqa: D102 - see above
    @property
    def ca_file(self) -> Path | None: ...  # noqa: D102 - see above
    @property
    def timeout(self) -> int: ...  # noqa: D102 - see above


def access_token(source: TokenSource, secret: Secret) -> Secret:
    """Get a token. It is valid for about an hour; a run gets its own.

    Args:
        source: Where, and for which application.
        secret: The application's client secret.

    Raises:
        OutsideProblem: The login server can't be reached or gives none.
    """
    asked = {
        "grant_type": "client_credentials",
        "client_id": source.client_id,
        "client_secret": secret.revealed,
        **({"scope": source.scope} if source.scope else {}),
    }
    try:
        with session_trusting(source.ca_file) as session:
            response = session.post(
                source.token_url, data=asked, timeout=source.timeout, allow_redirects=False
            )
    except requests.RequestException as error:
        raise OutsideProblem(unreachable(source.token_url, error)) from None
    try:
        answer = response.json()
    except requests.JSONDecodeError:
        answer = None
    given = answer if isinstance(answer, dict) else {}
    token = given.get("access_token")
    if isinstance(token, str) and token:
        return Secret(token)
    said = answer_of(
        str(given.get("error_description") or given.get("error") or response.status_code), secret
    )
    raise OutsideProblem(
        Text(
            f"{source.token_url} geeft geen token voor toepassing {source.client_id} ({said}). Controleer client_id, scope en het clientgeheim; een geheim verloopt.",
            f"{source.token_url} gives no token for application {source.client_id} ({said}). Check client_id, scope and the client secret; a secret expires.",
        )
    )
