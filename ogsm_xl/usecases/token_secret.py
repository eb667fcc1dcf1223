"""The secret that signs the tokens in our mails: from the environment, the keyring or a private file; made on first use."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from ogsm_xl.config import Config
from ogsm_xl.plan.share import file_problem
from ogsm_xl.plan.words import Text
from ogsm_xl.post.secrets import keep_in_keyring, kept_in_keyring

VARIABLE = "OGSM_XL_SECRET"
"""The environment variable that goes before every other place."""


def read_secret(config: Config, *, make: bool) -> bytes:
    """The secret that signs the tokens.

    Args:
        config: Where it is kept.
        make: Whether to make it on first use; without it (a dry run) a throw-away secret is returned then.

    Raises:
        InputProblem: The file or keyring can't be read, or the secret can't be kept there.
    """
    if from_environment := os.environ.get(VARIABLE):
        return from_environment.encode()
    if config.ledger.secret_in == "keyring":  # noqa: S105 - the place, not the secret
        return _from_keyring(f"tokens of {config.ledger_file}", make=make)
    return _from_file(config.ledger_file.with_suffix(".secret"), make=make)


def _from_keyring(name: str, *, make: bool) -> bytes:
    if kept := kept_in_keyring(name):
        return kept.encode()
    made = secrets.token_hex(32)
    if make:
        keep_in_keyring(name, made)
    return made.encode()


def _from_file(file: Path, *, make: bool) -> bytes:
    try:
        if file.exists() and (kept := file.read_bytes()):
            return kept
        made = secrets.token_hex(32).encode()
        if make:
            file.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as opened:
                opened.write(made)
    except OSError as error:
        text = Text(
            f"Het geheim voor de mails in {file} kan niet worden gelezen of gemaakt ({error.strerror}). Zorg dat de gebruiker van deze taak daar mag schrijven, of zet {VARIABLE} in de omgeving.",
            f"The secret for the mails in {file} can't be read or made ({error.strerror}). Let the user of this job write there, or set {VARIABLE} in the environment.",
        )
        raise file_problem(error, text) from None
    return made
