"""What is the same in every mail of a run, the organisation's own texts included: loaded and tried before the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ogsm_xl.config import Config
from ogsm_xl.letters.check_texts import check_texts
from ogsm_xl.letters.mail import Address
from ogsm_xl.letters.passages import LetterSettings
from ogsm_xl.letters.texts import known_texts
from ogsm_xl.plan.model import Plan
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.share import file_problem
from ogsm_xl.plan.words import Text

_LARGEST = 200_000  # bytes: no mail text is larger


def letter_settings(config: Config, plan: Plan) -> LetterSettings:
    """What is the same in every letter; the organisation's own texts were tried on every mail that there is.

    Raises:
        InputProblem: The folder with texts can't be read, or a text in it is broken or would never be used.
    """
    overrides = own_texts(config)
    if overrides:
        check_texts(overrides)
    return LetterSettings(
        sender=sender_of(config),
        workbook_path=str(config.workbook),
        workbook_url=config.plan.url,
        organisation=plan.objective.organisation if plan.objective else "",
        overrides=overrides,
    )


def sender_of(config: Config) -> Address:
    """Who the mails come from."""
    return Address(config.mail.sender_name, config.mail.sender_address)


def own_texts(config: Config) -> Mapping[str, str]:
    """The texts in the configured folder, by the name of the text that they replace; none without such a folder.

    Raises:
        InputProblem: The folder or a file in it can't be read, or a file has a name by which it would never be used.
    """
    if config.mail.texts_folder is None:
        return {}
    folder = config.path(config.mail.texts_folder)
    if not folder.is_dir():
        raise InputProblem(
            Text(
                f"De map met mailteksten {folder} bestaat niet. Maak hem, of haal texts_folder onder [mail] weg om de gewone teksten te gebruiken.",
                f"The folder with mail texts {folder} does not exist. Make it, or remove texts_folder under [mail] to use the usual texts.",
            )
        )
    return {name: _read(folder / name) for name in _names(folder)}


def _names(folder: Path) -> Iterator[str]:
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = file.relative_to(folder).as_posix()
        if file.name.startswith(("~", ".")) or file.name.upper().startswith("README"):
            continue
        if file.suffix != ".j2":
            raise InputProblem(
                Text(
                    f"Het bestand {file} wordt niet als mailtekst gebruikt: de naam moet eindigen op .j2, zoals {known_texts()[0]}. Hernoem het, of haal het weg.",
                    f"The file {file} is not used as a mail text: its name has to end in .j2, such as {known_texts()[0]}. Rename it, or remove it.",
                )
            )
        yield name


def _read(file: Path) -> str:
    try:
        content = file.read_bytes()
        if len(content) > _LARGEST:
            raise InputProblem(
                Text(
                    f"De mailtekst {file} is veel te groot ({len(content)} bytes). Zet er alleen tekst in.",
                    f"The mail text {file} is far too large ({len(content)} bytes). Put nothing but text in it.",
                )
            )
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputProblem(
            Text(
                f"De mailtekst {file} is geen UTF-8. Sla hem op als UTF-8.",
                f"The mail text {file} is not UTF-8. Save it as UTF-8.",
            )
        ) from None
    except OSError as error:
        text = Text(
            f"De mailtekst {file} kan niet worden gelezen ({error.strerror}). Controleer de map en de leesrechten.",
            f"The mail text {file} can't be read ({error.strerror}). Check the folder and the permission to read.",
        )
        raise file_problem(error, text) from None
