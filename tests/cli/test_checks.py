"""`ogsm-xl validate` and `ogsm-xl rules`, as they are called."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from ogsm_xl.cli import run
from ogsm_xl.cli.findings import show
from ogsm_xl.plan.cells import CellRef
from ogsm_xl.plan.finding import Finding, Severity
from ogsm_xl.plan.words import Language, Text
from ogsm_xl.usecases.outcome import ExitCode
from ogsm_xl.usecases.validate import Validation
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

PLAN = plan_of("""
    person   Anna anna@example.org ogsm_owner
    strategy S1 Anna "Shorter waits by building faster" green
    action   A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 100% green
    session  SES1 doing 2026-09-10 10:00
""")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, PLAN)


def call(place: Workplace, command: str, *arguments: str) -> int:
    return run([command, *arguments, "--config", str(place.folder / "config.toml")])


def validate(place: Workplace, *arguments: str) -> int:
    return call(place, "validate", "--as-of", "2026-09-03", *arguments)


def test_the_bar_for_the_exit_code_can_be_moved(place: Workplace) -> None:
    """The plan has warnings and no errors."""
    assert [validate(place), validate(place, "--fail-on", "error"), validate(place, "--fail-on", "hint")] == [
        1,
        0,
        1,
    ]


@pytest.mark.parametrize(
    "arguments", [("--fail-on", "fatal"), ("--owner", "Zoe"), ("--annotate", "nowhere/copy.xlsx")]
)
def test_a_wrong_call_is_one_sentence(
    place: Workplace, arguments: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, and nothing was written."""
    assert validate(place, *arguments) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err.count("\n")) == ("", 1)


def test_the_plan_is_never_the_copy(place: Workplace) -> None:
    """Whoever names the plan by mistake keeps it."""
    before = place.workbook.read_bytes()
    assert validate(place, "--annotate", str(place.workbook)) == 2
    assert place.workbook.read_bytes() == before


def test_the_copy_can_be_renewed(place: Workplace) -> None:
    """A scheduled run writes to the same place each night."""
    copy = str(place.folder / "copy.xlsx")
    assert [validate(place, "--annotate", copy), validate(place, "--annotate", copy)] == [1, 1]


def test_the_rules_are_in_the_language_of_the_configuration_or_the_one_asked_for(
    place: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Dutch organisation reads Dutch, unless it asks otherwise."""
    assert call(place, "rules", "OX502") == 0
    assert "Actie zonder eigenaar" in capsys.readouterr().out
    assert call(place, "rules", "OX502", "--language", "en") == 0
    assert "Action without an owner" in capsys.readouterr().out


def test_the_rules_are_there_without_a_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who looks before starting sees them, too."""
    monkeypatch.chdir(tmp_path)
    assert run(["rules", "--language", "en"]) == 0
    assert "OX502" in capsys.readouterr().out


def test_the_rules_speak_json(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """For a dashboard or a page of one's own."""
    assert call(place, "rules", "--json") == 0
    listed = json.loads(capsys.readouterr().out)["rules"]
    assert {"code", "severity", "place", "title", "why", "fix", "bad", "good", "off"} == set(listed[0])


def test_an_unknown_rule_is_one_sentence(place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    """It says how to find the right code."""
    assert call(place, "rules", "OX999") == 2
    assert "ogsm-xl rules" in capsys.readouterr().err


def shown(width: int, *findings: Finding) -> list[str]:
    """What a terminal of this width shows, without its colours."""
    stream = io.StringIO()
    validation = Validation(ExitCode.LOOK, Text("Klaar.", "Done."), findings=findings)
    show(validation, Language.NL, Console(file=stream, width=width, force_terminal=True, color_system=None))
    return [line.rstrip() for line in stream.getvalue().splitlines()]


LONG = Finding(
    "OX504",
    Severity.ERROR,
    Text("De eigenaar van A21, “Karin Postma”, staat niet in het blad Personen, en dat moet wel.", ""),
    Text("Schrijf de naam zoals bij Personen, of voeg de persoon daar toe met mailadres.", ""),
    CellRef("Acties", 25, 4),
    "A21",
    "Karin Postma",
)


def test_a_terminal_shows_columns_that_wrap() -> None:
    """Cell and code, severity and owner, what and how: each below the other, none broken in a word."""
    assert shown(80, LONG) == [
        "Acties",
        "D25    ■ fout        De eigenaar van A21, “Karin Postma”, staat niet in het blad",
        "OX504  Karin Postma  Personen, en dat moet wel.",
        "                     → Schrijf de naam zoals bij Personen, of voeg de persoon",
        "                     daar toe met mailadres.",
        "",
        "Klaar.",
    ]


@pytest.mark.parametrize("width", [40, 80, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal_nor_too_wide_to_read(width: int) -> None:
    """On a wide screen the lines stay short enough."""
    assert max(map(len, shown(width, LONG, LONG))) <= min(width, 120)


def test_what_people_wrote_is_no_markup() -> None:
    """Square brackets and colour codes in a cell are shown, not obeyed."""
    hostile = Finding(
        "OX504", Severity.HINT, Text("[red]A\x1b[31m[/red]", ""), Text("[link=x]", ""), owner="[b]Eva"
    )
    text = "\n".join(shown(80, hostile))
    assert "[red]A [31m[/red]" in text
    assert "→ [link=x]" in text
    assert "[b]Eva" in text
    assert "\x1b[31m" not in text
