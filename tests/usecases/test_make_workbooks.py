"""Starting a plan, and building the templates."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogsm_xl.cli import run
from ogsm_xl.excel.reader import read_plan
from ogsm_xl.plan.model import Plan
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language
from ogsm_xl.usecases.make_workbooks import build_templates, new_plan


@pytest.mark.parametrize("language", list(Language), ids=lambda language: language.value)
def test_a_new_plan_is_empty_and_sound(tmp_path: Path, language: Language) -> None:
    """Every sheet is there, nothing is on it, and nothing is wrong with it."""
    new_plan(tmp_path / "plan.xlsx", language)
    read = read_plan(tmp_path / "plan.xlsx")
    assert (read.plan, read.findings) == (Plan(language=language), ())


def test_a_plan_is_never_overwritten(tmp_path: Path) -> None:
    """Whoever runs it twice keeps what was filled in."""
    file = tmp_path / "plan.xlsx"
    file.write_bytes(b"a year of work")
    with pytest.raises(InputProblem, match=r"plan\.xlsx"):
        new_plan(file, Language.NL)
    assert file.read_bytes() == b"a year of work"


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    """The name would mislead Excel."""
    with pytest.raises(InputProblem, match=r"\.xlsx"):
        new_plan(tmp_path / "plan.xls", Language.NL)


def test_the_templates_are_built_by_a_command(tmp_path: Path) -> None:
    """Four files: empty and filled, Dutch and English."""
    assert run(["template", "build", str(tmp_path / "made")]) == 0
    assert sorted(file.name for file in (tmp_path / "made").iterdir()) == [
        "example_en.xlsx",
        "example_nl.xlsx",
        "plan_en.xlsx",
        "plan_nl.xlsx",
    ]


def test_building_templates_where_nothing_can_be_written_is_a_sentence(tmp_path: Path) -> None:
    """The folder's name is a file's."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputProblem):
        build_templates(tmp_path / "file")
