"""The check-up as a command."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ogsm_xl.cli.boundary import chosen_language, use_language
from ogsm_xl.cli.program import app
from ogsm_xl.cli.tools import (
    DEFAULT_CONFIG,
    AsOfOption,
    ConfigOption,
    DryRunOption,
    JsonOption,
    end,
    moment_of_run,
)
from ogsm_xl.plan.problem import Problem

if TYPE_CHECKING:
    from ogsm_xl.post.port import MailSystem, Memory


@app.command()
def doctor(
    config: ConfigOption = DEFAULT_CONFIG,
    *,
    dry_run: DryRunOption = False,  # noqa: ARG001 - it never changes anything; the option is the same for every job
    as_of: AsOfOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check everything that can be wrong around a plan, and say what to do. Changes and sends nothing."""
    from ogsm_xl.config import load_config
    from ogsm_xl.post import open_mail_system
    from ogsm_xl.usecases.doctor import Surroundings, examine, examine_without_configuration
    from ogsm_xl.usecases.doctor_files import Disks, free_bytes, is_on_network

    try:
        loaded = load_config(config)
    except Problem as problem:
        end(examine_without_configuration(problem), chosen_language(), as_json=as_json)
        return
    use_language(loaded.language)

    @contextmanager
    def mail_system(memory: Memory) -> Iterator[MailSystem]:
        with closing(open_mail_system(loaded.mail_settings, memory, loaded.language)) as post:
            yield post

    around = Surroundings(
        now=moment_of_run(loaded, as_of),
        utc_offset=datetime.now().astimezone().utcoffset() or timedelta(),
        machine=platform.node(),
        mail_system=mail_system,
        disks=Disks(free_bytes, is_on_network),
    )
    end(examine(loaded, around), loaded.language, as_json=as_json)
