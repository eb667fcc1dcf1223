"""The password or client secret of the mailbox: from the environment, the keyring, or a file only the user can read.

It is never in config.toml. It travels as a `Secret`, which shows itself nowhere: not in a log, an error or `--json`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import assert_never

from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.post.settings import SecretFrom

VARIABLE = "OGSM_XL_MAIL_SECRET"
"""The environment variable that holds the secret."""

KEYRING_SERVICE = "ogsm-xl"
"""The name under which the keyring keeps it; the keyring's user name is the login name."""

_LONGEST = 64 * 1024  # a private key is far shorter


class Secret:
    """A secret. `revealed` is asked for where it goes out over the wire, nowhere else.

    No dataclass: those turn themselves into dictionaries.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    @property
    def revealed(self) -> str:
        """The secret itself."""
        return self._text

    def __repr__(self) -> str:
        """Nothing of it."""
        return "Secret(…)"

    def hidden_in(self, text: str) -> str:
        """A text of somebody else's, such as a server's answer, without the secret."""
        return text.replace(self._text, "…") if self._text else text


def find_secret(secret_from: SecretFrom, user: str, file: Path | None) -> Secret:
    """The secret, from where the configuration says that it is.

    Args:
        secret_from: Which place.
        user: For the keyring: the login name.
        file: For "file": the file.

    Raises:
        InputProblem: It is not there, is empty, or others can read it.
    """
    match secret_from:
        case "environment":
            found = os.environ.get(VARIABLE, "")
            missing = Text(
                f"De omgevingsvariabele {VARIABLE} is leeg of ontbreekt. Zet er het wachtwoord of geheim van de mailbox in, of kies met secret_from een andere plaats.",
                f"The environment variable {VARIABLE} is empty or missing. Put the mailbox's password or secret into it, or choose another place with secret_from.",
            )
        case "keyring":
            found = kept_in_keyring(user)
            missing = Text(
                f"In de sleutelbos staat geen geheim voor {user}. Zet het erin met: keyring set {KEYRING_SERVICE} {user}",
                f"The keyring holds no secret for {user}. Put it there with: keyring set {KEYRING_SERVICE} {user}",
            )
        case "file":
            if file is None:
                raise ValueError("secret_from is 'file' without a file")
            found = private_text(file).strip("\r\n")
            missing = Text(
                f"Het bestand {file} is leeg. Zet er het wachtwoord of geheim van de mailbox in.",
                f"The file {file} is empty. Put the mailbox's password or secret into it.",
            )
        case _:
            assert_never(secret_from)
    if not found:
        raise InputProblem(missing)
    return Secret(found)


def private_text(file: Path) -> str:
    """The text of a file that only this user can read.

    On Windows, where access lists decide, the folder's rights are the administrator's care.

    Raises:
        InputProblem: It can't be read, is no text, or others can read it.
    """
    try:
        with file.open("rb") as opened:
            mode = os.fstat(opened.fileno()).st_mode
            if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise InputProblem(
                    Text(
                        f"Het bestand {file} met het geheim is ook voor anderen leesbaar. Maak het alleen voor deze gebruiker leesbaar: chmod 600 '{file}'",
                        f"The file {file} with the secret can be read by others. Let only this user read it: chmod 600 '{file}'",
                    )
                )
            return opened.read(_LONGEST).decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or type(error).__name__
    except UnicodeDecodeError:
        reason = "geen UTF-8 / not UTF-8"
    raise InputProblem(
        Text(
            f"Het bestand {file} met het geheim kan niet worden gelezen ({reason}). Zorg dat het bestaat en dat alleen de gebruiker van deze taak het mag lezen.",
            f"The file {file} with the secret can't be read ({reason}). Make sure that it exists and that only the user of this job may read it.",
        )
    )


def kept_in_keyring(name: str) -> str:
    """What the user's keyring keeps for ogsm-xl under a name; "" where it keeps nothing.

    Raises:
        InputProblem: There is no keyring, or it can't be read.
    """
    return _asked_of_keyring(lambda keyring: keyring.get_password(KEYRING_SERVICE, name)) or ""


def keep_in_keyring(name: str, secret: str) -> None:
    """Have the user's keyring keep a secret for ogsm-xl under a name.

    Raises:
        InputProblem: There is no keyring, or it can't be written.
    """
    _asked_of_keyring(lambda keyring: keyring.set_password(KEYRING_SERVICE, name, secret))


def _asked_of_keyring(ask: Callable[[ModuleType], str | None]) -> str | None:
    try:
        import keyring  # noqa: PLC0415 - an optional part, needed by this setting alone
        import keyring.errors  # noqa: PLC0415 - see above
    except ImportError:
        raise InputProblem(
            Text(
                "Voor de sleutelbos is het onderdeel keyring nodig: pip install 'ogsm-xl[keyring]'",
                "The keyring needs the part keyring: pip install 'ogsm-xl[keyring]'",
            )
        ) from None
    try:
        return ask(keyring)
    except keyring.errors.KeyringError as error:
        raise InputProblem(
            Text(
                f"De sleutelbos van deze gebruiker is niet te gebruiken ({type(error).__name__}). Kies een andere plaats voor het geheim; een taak zonder aangemelde gebruiker heeft vaak geen sleutelbos.",
                f"This user's keyring can't be used ({type(error).__name__}). Choose another place for the secret; a job without a logged-in user often has no keyring.",
            )
        ) from None
