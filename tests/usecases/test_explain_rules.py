"""The catalogue to read: listed, explained, and in step with the pages that are made from it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ogsm_xl.config import RulesSection
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language
from ogsm_xl.rules.catalogue import CATALOGUE
from ogsm_xl.rules.rule import Place, Rule
from ogsm_xl.usecases.explain_rules import PAGES, explain, list_rules, rules_page, rules_table, write_pages
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

ROOT = Path(__file__).parents[2]
RENEW = "renew with: ogsm-xl rules --write-docs ."


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, plan_of("person Anna anna@example.org"))


@pytest.mark.parametrize("language", Language)
def test_the_pages_hold_the_catalogue_as_it_is(language: Language) -> None:
    """Who changes a rule renews the pages, with one command."""
    assert (ROOT / PAGES[language]).read_text(encoding="utf-8") == rules_page(language), RENEW


def test_the_table_of_the_readme_holds_the_catalogue_as_it_is() -> None:
    """The numbers in the README are those of the catalogue."""
    assert rules_table() in (ROOT / "README.md").read_text(encoding="utf-8"), RENEW


@pytest.mark.parametrize("language", Language)
def test_every_rule_has_its_row_on_the_page(language: Language) -> None:
    """Code, severity, title with reason, mend, and both examples: six columns, whatever a text holds."""
    rows = [line for line in rules_page(language).splitlines() if line.startswith("| OX")]
    assert [row.split(" | ")[0] for row in rows] == [f"| {rule.code}" for rule in CATALOGUE]
    assert {row.replace("\\|", "").count("|") for row in rows} == {7}
    assert not [row for row in rows if "{" in row]


def test_renewing_the_pages_twice_changes_nothing(tmp_path: Path) -> None:
    """What was made is exactly what is made again; the rest of the README stays."""
    shutil.copy(ROOT / "README.md", tmp_path)
    write_pages(tmp_path)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == (ROOT / "README.md").read_text(
        encoding="utf-8"
    )
    assert sorted(file.name for file in (tmp_path / "docs").iterdir()) == ["regels.md", "rules.md"]


@pytest.mark.parametrize("readme", [None, "no table here"])
def test_a_folder_without_the_readme_is_refused(tmp_path: Path, readme: str | None) -> None:
    """The sentence names the folder; nothing is written elsewhere."""
    if readme:
        (tmp_path / "README.md").write_text(readme, encoding="utf-8")
    with pytest.raises(InputProblem, match=r"README\.md"):
        write_pages(tmp_path)
    assert not (tmp_path / "docs").exists()


@pytest.mark.parametrize("language", Language)
def test_the_list_has_every_rule_below_its_part_of_the_plan(language: Language) -> None:
    """On lines that fit on a narrow terminal."""
    lines = [text.in_(language) for text in list_rules().details]
    assert [line.split()[0] for line in lines if line.startswith("  ")] == [rule.code for rule in CATALOGUE]
    assert [line for line in lines if line and not line.startswith("  ")] == [p.word(language) for p in Place]
    assert max(map(len, lines)) <= 80


def test_the_list_shows_what_the_configuration_changed(place: Workplace) -> None:
    """Who switched a rule off sees it, with the reason."""
    rules = RulesSection(off={"ox502": "we work in pairs"}, severity={"OX504": "hint"})
    lines = [text.en for text in list_rules(place.config.model_copy(update={"rules": rules})).details]
    assert "  OX502  ■ error    Action without an owner  (off: we work in pairs)" in lines
    assert "  OX504  ○ hint     Owner of an action is not among the people" in lines


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.code)
def test_a_rule_is_explained_with_reason_mend_and_examples(rule: Rule) -> None:
    """In both languages, without a blank to fill in."""
    for language in Language:
        text = " ".join(" ".join(line.in_(language) for line in explain(rule.code).details).split())
        for said in (rule.code, rule.title, rule.why, rule.bad, rule.good):
            words = said if isinstance(said, str) else said.in_(language)
            assert " ".join(words.split()) in text
        assert "{" not in text


def test_a_code_is_understood_however_it_is_written() -> None:
    """And one that does not exist is answered with where to look."""
    assert explain(" ox 502 ").details[0].en == "OX502  Action without an owner"
    with pytest.raises(InputProblem, match="ogsm-xl rules"):
        explain("OX999")
