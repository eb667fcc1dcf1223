"""The catalogue as a whole: every rule complete, in both languages, and filed where its code says."""

from __future__ import annotations

import dataclasses
import re
from string import Formatter

import pytest

from ogsm_xl.plan.words import Text
from ogsm_xl.rules.catalogue import CATALOGUE, CHECKS, rule
from ogsm_xl.rules.rule import Place, Rule


def names_in(*texts: str) -> set[str]:
    """The values that templates ask for."""
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_codes_are_unique_and_ascending() -> None:
    """A code means one rule, and the list can be read by code."""
    codes = [each.code for each in CATALOGUE]
    assert codes == sorted(set(codes))


def test_there_are_fifty_rules_or_more() -> None:
    """The catalogue covers what makes a plan good."""
    assert len(CATALOGUE) >= 50


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.code)
def test_a_rule_is_complete_in_both_languages(each: Rule) -> None:
    """Title, message, why, fix and both examples are there, for Dutch and for English readers."""
    texts = [getattr(each, field.name) for field in dataclasses.fields(each)]
    assert all(text.nl.strip() and text.en.strip() for text in texts if isinstance(text, Text))


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.code)
def test_a_message_asks_for_the_same_values_in_both_languages(each: Rule) -> None:
    """Nothing is said in one language that the other leaves out, and every template can be filled."""
    assert names_in(each.message.nl, each.fix.nl) == names_in(each.message.en, each.fix.en)
    values = dict.fromkeys(names_in(*each.message, *each.fix), "x")
    finding = each.found(None, **values)
    assert "{" not in "".join((*finding.message, *finding.fix))


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.code)
def test_what_is_said_of_the_rule_itself_has_nothing_to_fill_in(each: Rule) -> None:
    """Title, reason and examples are read without a finding, too: in the list of rules."""
    assert names_in(*each.title, *each.why, *each.bad, *each.good) == set()


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.code)
def test_examples_and_reasons_are_plain_text_and_end_as_sentences(each: Rule) -> None:
    """Reasons and mends read as sentences."""
    for text in (*each.why, *each.fix):
        assert re.search(r"[.?!”}]$", text)


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.code)
def test_a_rule_is_filed_by_the_part_of_the_plan_that_its_code_names(each: Rule) -> None:
    """OX1 is structure, OX2 goals, and so on to OX8, reports."""
    assert list(Place).index(each.place) == int(each.code[2]) - 1


def test_a_rule_is_found_by_its_code_however_it_is_written() -> None:
    """`ogsm-xl rules ox502` explains OX502."""
    assert rule(" ox502 ").code == "OX502"


def test_an_unknown_code_is_no_rule() -> None:
    """A code that was never given is an error of the caller."""
    with pytest.raises(KeyError):
        rule("OX999")


def test_every_check_says_what_it_looks_for() -> None:
    """A check is documented by its first line, and is in the list once."""
    assert len(CHECKS) == len(set(CHECKS))
    assert all(check.__doc__ for check in CHECKS)
