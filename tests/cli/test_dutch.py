"""The help in Dutch: complete, and for whoever speaks it."""

from __future__ import annotations

import pytest
from typer.main import get_command

from ogsm_xl.cli import run
from ogsm_xl.cli.dutch import HELP, helps_of
from ogsm_xl.cli.program import app

COMMANDS = ["validate", "collect-replies", "calendar", "init", "report", "review", "schedule print", ""]


@pytest.fixture(params=["nl_NL.UTF-8", "en_GB.UTF-8"])
def spoken(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The language of the machine, before any configuration was read."""
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", request.param)
    return str(request.param)[:2]


def test_every_help_text_is_there_in_dutch_and_none_is_left_over() -> None:
    """Who writes a command or an option writes its Dutch in `ogsm_xl/cli/dutch.py`."""
    assert sorted({each.help for each in helps_of(get_command(app)) if each.help}) == sorted(HELP)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_in_the_language_of_the_machine(
    command: str, spoken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The texts of the commands, and the words of the page around them."""
    assert run([*command.split(), "--help"]) == 0
    page = capsys.readouterr().out
    words = {"nl": ["Gebruik: ogsm-xl", "Opties:", "Toon deze uitleg."], "en": ["Usage: ogsm-xl", "Options:"]}
    others = words["en" if spoken == "nl" else "nl"]
    assert all(word in page for word in words[spoken])
    assert not any(word in page for word in others)


@pytest.mark.parametrize(
    ("call", "nl", "en"),
    [
        ("validate --owne x", "De optie --owne is er niet; bedoel je ", "There is no option --owne; do you mean "),
        ("validate --foo", "De optie --foo is er niet.", "There is no option --foo."),
        ("valid", "De opdracht valid is er niet; bedoel je validate?", "There is no command valid; do you mean validate?"),
        ("calendar", "De optie --year moet erbij.", "The option --year is needed."),
        ("schedule print", "De optie --for moet erbij: windows, cron, systemd.",
         "The option --for is needed: windows, cron, systemd."),
        ("report", "Achter de opdracht ontbreekt: file.", "Behind the command is missing: file."),
        ("validate more", "“more” hoort er niet bij.", "“more” does not belong there."),
        ("validate --config", "Achter --config hoort nog iets.", "Something is missing behind --config."),
        ("sent --resolve X", "Achter --resolve horen 2 woorden.", "Behind --resolve belong 2 words."),
        ("calendar --year x", "--year is een geheel getal.", "--year is a whole number."),
        ("calendar --year 2027 --week 9", "--week is hoogstens 5.", "--week is at most 5."),
        ("calendar --year 2027 --week 0", "--week is minstens 1.", "--week is at least 1."),
        ("validate --fail-on x", "--fail-on kan niet “x” zijn, wel: error, warning, hint.",
         "--fail-on can't be “x”, but: error, warning, hint."),
        ("--verbose", "Er staat geen opdracht.", "There is no command."),
    ],
)  # fmt: skip
def test_a_wrong_call_is_one_line_that_helps(
    call: str, nl: str, en: str, spoken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2; what is wrong, and where the help is."""
    assert run(call.split()) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)
    assert shown.err.startswith(nl if spoken == "nl" else en)
    assert shown.err.endswith("--help\n")
