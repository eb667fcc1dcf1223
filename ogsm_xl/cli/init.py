"""Beginning as a command: a handful of questions, each of which an option can answer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Optional

import typer

from ogsm_xl.cli.boundary import chosen_language, use_language
from ogsm_xl.cli.program import app
from ogsm_xl.cli.tools import DryRunOption, JsonOption, end
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Text

_MAY_BE_EMPTY = frozenset({"server"})  # autodiscover finds it

_KEY_QUESTIONS = {
    "smtp_host": Text("Server waar mail naartoe gaat (SMTP)", "Server that mail is handed to (SMTP)"),
    "imap_host": Text("Server met de mailbox (IMAP)", "Server that keeps the mailbox (IMAP)"),
    "server": Text("Exchange-server (leeg: wordt gezocht)", "Exchange server (empty: it is looked for)"),
    "tenant": Text("Tenant (ID of domein)", "Tenant (ID or domain)"),
    "client_id": Text("Client-ID van de app-registratie", "Client ID of the app registration"),
}


@app.command("init")
def init(
    folder: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads it on every Python that is supported
        typer.Option("--folder", help="Where the plan goes; made where it is missing."),
    ] = None,
    language: Annotated[
        Optional[Language],  # noqa: UP045 - see above
        typer.Option("--language", help="The language of the plan and of the questions."),
    ] = None,
    organisation: Annotated[str, typer.Option("--organisation", help="The organisation's name.")] = "",
    owner_name: Annotated[str, typer.Option("--owner-name", help="The OGSM owner.")] = "",
    owner_mail: Annotated[str, typer.Option("--owner-mail", help="The OGSM owner's address.")] = "",
    process_owner_name: Annotated[
        str, typer.Option("--process-owner-name", help="The process owner: who runs the jobs.")
    ] = "",
    process_owner_mail: Annotated[
        str, typer.Option("--process-owner-mail", help="The process owner's address.")
    ] = "",
    mail_system: Annotated[
        str, typer.Option("--mail-system", help="folder, smtp_imap, exchange … as in config.example.toml.")
    ] = "",
    sender_address: Annotated[
        str, typer.Option("--sender-address", help="The address that mails come from.")
    ] = "",
    mail_key: Annotated[
        Optional[list[str]],  # noqa: UP045 - see above
        typer.Option("--mail-key", help="What the mail system needs, such as smtp_host=smtp.example.org."),
    ] = None,
    country: Annotated[str, typer.Option("--country", help="Whose holidays count; '' for none.")] = "NL",
    *,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Begin: ask a few questions, and make the configuration, the plan and the first calendar."""
    from ogsm_xl.letters.mail import Address
    from ogsm_xl.rhythm.addressees import is_mail_address
    from ogsm_xl.usecases.begin import MAIL_KEYS, Beginning, begin, mail_systems

    given = language or _asked_language()
    use_language(given)
    where = folder or Path(_asked(Text("Map voor het plan", "Folder for the plan"), "--folder", "ogsm"))
    name = organisation or _asked(
        Text("Organisatie of afdeling", "Organisation or department"), "--organisation"
    )
    owner = _asked_person(
        Text("OGSM-eigenaar (verantwoordelijk voor de inhoud)", "OGSM owner (who answers for the content)"),
        (owner_name, "--owner-name"),
        (owner_mail, "--owner-mail"),
    )
    process_owner = _asked_person(
        Text("Proceseigenaar (wie de sessies regelt)", "Process owner (who arranges the sessions)"),
        (process_owner_name, "--process-owner-name"),
        (process_owner_mail, "--process-owner-mail"),
    )
    systems = ", ".join(mail_systems())
    system = mail_system or _asked_again(
        lambda answer: answer in mail_systems(),
        Text(
            f"{{answer}} is geen mailsysteem. Kies: {systems}.",
            f"{{answer}} is no mail system. Choose: {systems}.",
        ),
        Text(f"Mailsysteem ({systems})", f"Mail system ({systems})"),
        "--mail-system",
        "folder",
    )
    sender = sender_address or _asked_again(
        is_mail_address,
        _NO_ADDRESS,
        Text("Adres waar de mail vandaan komt", "Address that mail comes from"),
        "--sender-address",
        f"ogsm@{process_owner[1].rpartition('@')[2]}",
    )
    keys = _keys(mail_key or [])
    for key in MAIL_KEYS.get(system, ()):
        if key not in keys:
            empty = "" if key in _MAY_BE_EMPTY else None
            keys[key] = _asked(_KEY_QUESTIONS[key], f"--mail-key {key}=…", empty)
    answers = Beginning(
        folder=where,
        language=given,
        organisation=name,
        owner=Address(*owner),
        process_owner=Address(*process_owner),
        sender_address=sender,
        system=system,
        mail_keys=keys,
        country=country,
    )
    end(begin(answers, date.today(), dry_run=dry_run), given, as_json=as_json)


def _asked_language() -> Language:
    own = chosen_language()
    while True:
        written = _asked(Text("Taal (nl of en)", "Language (nl or en)"), "--language", own.value)
        if written.strip().lower() in {language.value for language in Language}:
            return Language(written.strip().lower())


def _asked_person(who: Text, name: tuple[str, str], mail: tuple[str, str]) -> tuple[str, str]:
    """A name and an address, of which options may have been given."""
    from ogsm_xl.rhythm.addressees import is_mail_address

    own_name = name[0] or _asked(Text(f"{who.nl}: naam", f"{who.en}: name"), name[1])
    return own_name, mail[0] or _asked_again(
        is_mail_address,
        _NO_ADDRESS,
        Text(f"Mailadres van {own_name}", f"Mail address of {own_name}"),
        mail[1],
    )


_NO_ADDRESS = Text(
    "{answer} is geen mailadres. Schrijf het als naam@organisatie.nl.",
    "{answer} is no mail address. Write it as name@organisation.com.",
)


def _asked_again(
    fits: Callable[[str], bool], wrong: Text, question: Text, option: str, default: str | None = None
) -> str:
    """The answer to a question, which is asked until it fits; `wrong` is said of one that does not."""
    while not fits(answer := _asked(question, option, default).strip()):
        typer.echo(wrong.filled(answer=repr(answer)).in_(chosen_language()), err=True)
    return answer


def _asked(question: Text, option: str, default: str | None = None) -> str:
    """The answer to a question; asked on the stream for messages, as a program may read the other.

    Raises:
        InputProblem: Nobody is there to answer.
    """
    try:
        return str(typer.prompt(question.in_(chosen_language()), default=default, err=True))
    except typer.Abort:
        if sys.stdin.isatty():
            raise
        raise InputProblem(
            Text(
                f"Niemand beantwoordt de vraag '{question.nl}'. Geef het antwoord mee met {option}.",
                f"Nobody answers the question '{question.en}'. Give the answer with {option}.",
            )
        ) from None


def _keys(written: list[str]) -> dict[str, str]:
    """What `--mail-key` says.

    Raises:
        InputProblem: There is no = in it.
    """
    keys = {}
    for pair in written:
        key, equals, value = pair.partition("=")
        if not equals:
            raise InputProblem(
                Text(
                    f"--mail-key {pair!r} is onvolledig. Schrijf bijvoorbeeld smtp_host=smtp.example.org.",
                    f"--mail-key {pair!r} is incomplete. Write for example smtp_host=smtp.example.org.",
                )
            )
        keys[key.strip()] = value.strip()
    return keys
