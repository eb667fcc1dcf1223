"""The configuration file as text: in the encodings that editors save, and what is wrong with it in words that help."""

from __future__ import annotations

import codecs
import os
import re
import tomllib
from pathlib import Path
from typing import Any

from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.share import away, is_away
from ogsm_xl.plan.words import Text

_CONTROL = re.compile(r"[\x00-\x1f]")
_AT = re.compile(r" \(at line (\d+), column \d+\)$")
_WINDOWS_PATH = Text(
    "Zet een pad op Windows tussen enkele aanhalingstekens ('C:\\OGSM\\plan.xlsx') of schrijf het met gewone schuine strepen "
    '("C:/OGSM/plan.xlsx")',
    "Put a Windows path between single quotes ('C:\\OGSM\\plan.xlsx'), or write it with forward slashes "
    '("C:/OGSM/plan.xlsx")',
)


def read_toml(file: Path) -> dict[str, Any]:
    """What the file holds.

    Raises:
        InputProblem: It is missing, can't be read, or is no TOML: the sentence names the line, and what to do.
        OutsideProblem: The share is away.
    """
    text = _text(file)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputProblem(_no_toml(file, text, str(error))) from None


def usable(written: Path) -> Path:
    """A path as written in the file, with `~`, %USERPROFILE% (on Windows) and $HOME filled in."""
    path = Path(os.path.expandvars(written))
    try:
        return path.expanduser()
    except RuntimeError:  # ~somebody, and there is no such user
        return path


def wrong_path(written: object) -> Text | None:
    """What is wrong with a path that can't be meant: in double quotes a backslash with a t behind it is a tab."""
    if not isinstance(written, str) or not _CONTROL.search(written):
        return None
    return Text(
        f"in dit pad is een schuine streep met de letter erachter een bijzonder teken geworden; {_lowered(_WINDOWS_PATH.nl)}",
        f"in this path a backslash and the letter behind it became a special character; {_lowered(_WINDOWS_PATH.en)}",
    )


def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except FileNotFoundError as error:
        if is_away(error):
            raise away(file, error) from None
        raise InputProblem(
            Text(
                f"Het configuratiebestand {file} bestaat niet. Noem met --config een ander bestand, of maak er een met ogsm-xl init.",
                f"The configuration file {file} does not exist. Name another file with --config, or make one with ogsm-xl init.",
            )
        ) from None
    except OSError as error:
        raise _unreadable(file, error) from None
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise InputProblem(
            Text(
                f"Het configuratiebestand {file} is niet als UTF-8 bewaard. Open het in Kladblok, kies Opslaan als, en bij "
                "Codering UTF-8.",
                f"The configuration file {file} was not saved as UTF-8. Open it in Notepad, choose Save as, and UTF-8 as the "
                "encoding.",
            )
        )
    return text


def _unreadable(file: Path, error: OSError) -> InputProblem:
    if is_away(error):
        raise away(file, error) from None
    if file.is_dir():
        return InputProblem(
            Text(
                f"{file} is een map. Noem met --config het configuratiebestand zelf, zoals {file / 'config.toml'}.",
                f"{file} is a folder. Name the configuration file itself with --config, such as {file / 'config.toml'}.",
            )
        )
    return InputProblem(
        Text(
            f"Het configuratiebestand {file} kan niet worden gelezen ({error.strerror}). Mag deze gebruiker het lezen?",
            f"The configuration file {file} can't be read ({error.strerror}). May this user read it?",
        )
    )


def _no_toml(file: Path, text: str, wrong: str) -> Text:
    at = _AT.search(wrong)
    lines = text.splitlines()
    number = int(at[1]) if at else len(lines)
    line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    secret = re.search(r"secret|password|wachtwoord|token", line, re.IGNORECASE)
    shown = f": {line}" if line and not secret else ""
    hint = _hint(line, wrong)
    return Text(
        f"In het configuratiebestand {file} klopt regel {number} niet{shown}. {hint.nl}.",
        f"In the configuration file {file} line {number} is wrong{shown}. {hint.en}.",
    )


def _hint(line: str, wrong: str) -> Text:
    if re.search("[“”„‘’]", line):
        return Text(
            "Gebruik rechte aanhalingstekens (\" of '); deze zijn krom",
            "Use straight quotes (\" or '); these are curly",
        )
    if "\\" in line:
        return _WINDOWS_PATH
    if re.search("twice|overwrite|already|immutable|mutate", wrong):
        return Text(
            "Dit staat er twee keer. Zet alles van een groep bij elkaar, onder één kop",
            "This is there twice. Put everything of a group together, under one heading",
        )
    if re.search(
        "Invalid value|Unterminated|Illegal character|Expected newline", wrong
    ) or "='" in line.replace(" ", ""):
        return Text(
            "Een tekst of pad staat tussen aanhalingstekens, een lijst tussen [ en ]; een getal, true en false staan los, "
            "en een datum is zoals 2026-09-10",
            "A text or path stands between quotes, a list between [ and ]; a number, true and false stand alone, and a date "
            "is like 2026-09-10",
        )
    return Text(
        "Een regel is een [kop], of naam = waarde; config.example.toml laat zien hoe",
        "A line is a [heading], or name = value; config.example.toml shows how",
    )


def _lowered(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
