"""The folder with an organisation's own mail texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language
from ogsm_xl.usecases.own_texts import letter_settings, own_texts
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

PLAN = plan_of('objective O1 Anna "Everybody a home" organisation=Woonstad\naction A1 Anna "x"')


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    place = Workplace(tmp_path, PLAN)
    place.configure(mail={"texts_folder": Path("texts")})
    return place


def put(place: Workplace, name: str, content: bytes) -> None:
    file = place.folder / "texts" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def test_without_a_folder_the_usual_texts_are_used(tmp_path: Path) -> None:
    """Nothing has to be set up."""
    assert own_texts(Workplace(tmp_path, PLAN).config) == {}


def test_the_texts_are_found_by_the_name_that_they_replace(place: Workplace) -> None:
    """In UTF-8, also with the mark that Windows puts in front; notes beside them are left alone."""
    put(place, "nl/closing.j2", "\ufeffGroet van Zoë".encode())
    put(place, "letter.txt.j2", b"{{ sentinel }}")
    put(place, "README.txt", b"who changed what")
    put(place, ".DS_Store", b"\x00")
    assert own_texts(place.config) == {"nl/closing.j2": "Groet van Zoë", "letter.txt.j2": "{{ sentinel }}"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nl/closing.j2.txt", b"Groet", r"closing\.j2\.txt"),
        ("nl/closing.j2", "Zoë".encode("latin-1"), "UTF-8"),
        ("nl/closing.j2", b"x" * 300_000, "300000"),
        ("nl/slot.j2", b"Groet", r"nl/slot\.j2"),
        ("closing.j2", b"Groet", r"closing\.j2.*nl/closing\.j2"),
        ("nl/closing.j2", b"{{ wat }}", r"nl/closing\.j2.*wat"),
    ],
)
def test_a_text_that_would_not_work_is_refused_by_name(
    place: Workplace, name: str, content: bytes, said: str
) -> None:
    """A text that is silently not used is found out by the owners."""
    put(place, name, content)
    with pytest.raises(InputProblem, match=said) as refused:
        letter_settings(place.config, PLAN)
    for language in Language:
        assert refused.value.sentence(language)


def test_a_folder_that_is_not_there_is_refused(place: Workplace) -> None:
    """A typing error does not bring the usual texts back."""
    with pytest.raises(InputProblem, match="texts_folder"):
        letter_settings(place.config, PLAN)


def test_all_letters_share_sender_workbook_and_organisation(tmp_path: Path) -> None:
    """From the configuration and the plan."""
    place = Workplace(tmp_path, PLAN)
    settings = letter_settings(place.config, PLAN)
    assert (settings.sender.mail, settings.workbook_path, settings.organisation) == (
        "ogsm@example.org",
        str(place.workbook),
        "Woonstad",
    )
