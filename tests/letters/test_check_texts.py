"""An organisation's own texts are tried on every mail before anything is sent."""

from __future__ import annotations

import pytest

from ogsm_xl.letters.check_texts import check_texts
from ogsm_xl.plan.problem import InputProblem


def test_the_texts_of_the_package_are_sound() -> None:
    """With every name defined, in every letter."""
    check_texts({})


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("nl/invitation_intro.j2", "Hallo\n{{ naam }}", r"nl/invitation_intro\.j2.* line 2.*naam"),
        ("nl/closing.j2", "{% if %}", r"nl/closing\.j2.* line 1"),
        ("en/reminder_intro.j2", "{{ session.dag }}", r"en/reminder_intro\.j2.* line 1.*dag"),
        ("nl/way_form.j2", "{{ ''.__class__.__mro__ }}", r"nl/way_form\.j2.* line 1"),
        ("nl/moved_intro.j2", "{% if reinstated %}{{ oud }}{% endif %}", r"nl/moved_intro\.j2.* line 1.*oud"),
        ("en/cancelled_subject.j2", "{{ told.date }}", r"en/cancelled_subject\.j2.* line 1.*date"),
        ("nl/status_intro.j2", "{{ form_name }}", r"nl/status_intro\.j2.* line 1.*form_name"),
        (
            "en/overview_intro.j2",
            "{% if ready == owners %}{{ x }}{% endif %}",
            r"en/overview_intro\.j2.* line 1",
        ),
        (
            "nl/reminder_intro.j2",
            "{% if for_name %}{{ deputy }}{% endif %}",
            r"nl/reminder_intro\.j2.* line 1",
        ),
        ("nl/way_form.j2", "{{ 1 / 0 }}", r"nl/way_form\.j2.* line 1"),
        ("nl/way_form.j2", "{% include '/etc/passwd' %}", r"nl/way_form\.j2"),
        ("nl/way_form.j2", "{% for i in range(10 ** 9) %}x{% endfor %}", r"nl/way_form\.j2.* line 1"),
        ("letter.html.j2", "{{ unknown }}", r"letter\.html\.j2.* line 1.*unknown"),
        ("nl/invitaton_intro.j2", "Hallo", r"nl/invitaton_intro\.j2.*nl/invitation_intro\.j2"),
    ],
)
def test_a_broken_text_of_an_organisation_is_refused_before_anything_is_sent(
    name: str, text: str, said: str
) -> None:
    """The sentence tells the file, the line, and what is wrong; the sandbox lets nothing out."""
    with pytest.raises(InputProblem, match=said):
        check_texts({name: text})
