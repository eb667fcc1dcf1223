"""Trying out the mailbox as a command."""

from __future__ import annotations

import secrets
import time

from ogsm_xl.cli.program import app
from ogsm_xl.cli.tools import (
    DEFAULT_CONFIG,
    AsOfOption,
    ConfigOption,
    JsonOption,
    end,
    load,
    mail_system,
    moment_of_run,
    opened_ledger,
)


@app.command()
def check_mail(
    config: ConfigOption = DEFAULT_CONFIG,
    *,
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Try out the mailbox: one mail to itself, found, read back, moved and deleted. Nothing else is touched."""
    from ogsm_xl.usecases.try_mailbox import try_mailbox

    loaded = load(config)
    with opened_ledger(loaded, dry_run=False) as ledger, mail_system(loaded, ledger) as post:
        outcome = try_mailbox(
            config=loaded,
            post=post,
            now=moment_of_run(loaded, as_of),
            nonce=secrets.token_hex(6).upper(),
            pause=time.sleep,
        )
    end(outcome, loaded.language, as_json=as_json)
