"""What holds for the whole code base and no linter checks."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "ogsm_xl").rglob("*.py"))
TEXTS = [
    *MODULES,
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "ogsm_xl").rglob("*.j2")),
    ROOT / "config.example.toml",
]
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))

CLOCK = {"now", "today", "utcnow", "time", "time_ns", "localtime"}
MAY_READ_THE_CLOCK = ROOT / "ogsm_xl" / "cli"


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def clock_calls(tree: ast.AST) -> Iterator[int]:
    """The lines that read the clock: `datetime.now()`, `date.today()`, `time.time()`."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CLOCK
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in {"datetime", "date", "time"}
        ):
            yield node.lineno


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_command_line_reads_the_clock(path: Path) -> None:
    """Everywhere else "now" is a parameter, so that any day can be replayed."""
    if MAY_READ_THE_CLOCK not in path.parents:
        assert list(clock_calls(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_every_test_says_in_a_sentence_what_holds(path: Path) -> None:
    """The tests read like a specification."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]
    assert silent == []


@pytest.mark.parametrize("path", sorted((ROOT / "jobs").glob("*.py")), ids=name_of)
def test_a_job_can_be_read_without_scrolling(path: Path) -> None:
    """Logic that is wanted in a job has a name in the use cases."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 25


@pytest.mark.parametrize("path", TEXTS, ids=name_of)
def test_dutch_texts_have_one_word_for_a_workbook(path: Path) -> None:
    """It is a "werkboek"; "Excel-werkmap" is a type of file in Windows, "Werkmap beveiligen" a menu of Excel."""
    text = path.read_text(encoding="utf-8")
    assert (
        re.findall(r"(?i).*(?<!Excel-)(?<!net)werkmap(?! beveiligen).*", text.replace('"werkmap"', "")) == []
    )


def test_the_top_level_holds_only_what_was_agreed() -> None:
    """The rooms of the project, and nothing beside them."""
    agreed = {
        "ogsm_xl", "workbook_templates", "jobs", "tests", "config.example.toml", "pyproject.toml", "README.md",
        "docs", "CHANGELOG.md", "LICENSE",
    }  # fmt: skip
    built = {"build", "ogsm_xl.egg-info", "ogsm-demo"}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert found - built <= agreed


def test_every_runtime_dependency_says_what_it_is_for() -> None:
    """Who adds a dependency writes beside it why."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for dependency in tomllib.loads(text)["project"]["dependencies"]:
        line = next(line for line in text.splitlines() if f'"{dependency}"' in line)
        assert "#" in line, dependency
