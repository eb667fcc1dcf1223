"""A token for this application, where a mail server wants OAuth instead of a password (client-credentials grant)."""

from __future__ import annotations

import requests

from ogsm_xl.plan.problem import OutsideProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.post.problems import answer_of, unreachable
from ogsm_xl.post.secrets import Secret


def access_token(
    token_url: str, client_id: str, scope: str, secret: Secret, *, timeout: int, verify: str | bool = True
) -> Secret:
    """Get a token. It is valid for about an hour; a run gets its own.

    Args:
        token_url: The token endpoint of the organisation's login server.
        client_id: The application's name there.
        scope: What the token is for.
        secret: The application's client secret.
        timeout: The longest wait, in seconds.
        verify: A file with certificates to trust, or True for those of the machine.

    Raises:
        OutsideProblem: The login server can't be reached or gives none.
    """
    asked = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret.revealed}
    if scope:
        asked["scope"] = scope
    try:
        response = requests.post(token_url, data=asked, timeout=timeout, verify=verify, allow_redirects=False)
    except requests.RequestException as error:
        raise OutsideProblem(unreachable(token_url, error)) from None
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
            f"{token_url} geeft geen token voor toepassing {client_id} ({said}). Controleer client_id, scope en het clientgeheim; een geheim verloopt.",
            f"{token_url} gives no token for application {client_id} ({said}). Check client_id, scope and the client secret; a secret expires.",
        )
    )
