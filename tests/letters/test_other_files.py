"""Files that are no form: each kind is named, with what to do instead."""

from __future__ import annotations

import pytest

from ogsm_xl.letters.mail import Attachment
from ogsm_xl.letters.other_files import files_not_read

PHOTO = bytes(200_000)
INSTEAD = "Vul het formulier bij de mail in en stuur het terug als Excel-bestand (.xlsx), of schrijf je antwoord in de mail."


def said(name: str, content: bytes = b"x", *, answered: bool = False) -> list[str]:
    return [
        text.nl
        for text in files_not_read([Attachment(name, "application/octet-stream", content)], answered=answered)
    ]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("Formulier.PDF", b"x", f"“Formulier.PDF” is een pdf en is niet gelezen. {INSTEAD}"),
        ("form.csv", b"x", f"“form.csv” is een csv-bestand en is niet gelezen. {INSTEAD}"),
        ("antwoord.docx", b"x", f"“antwoord.docx” is een tekstbestand en is niet gelezen. {INSTEAD}"),
        ("form.zip", b"x", f"“form.zip” is een ingepakt bestand en is niet gelezen. {INSTEAD}"),
        ("IMG_0412.jpg", PHOTO, f"“IMG_0412.jpg” is een foto of schermafdruk en is niet gelezen. {INSTEAD}"),
        (
            "Schermafbeelding.png",
            PHOTO,
            f"“Schermafbeelding.png” is een foto of schermafdruk en is niet gelezen. {INSTEAD}",
        ),
        (
            "form.numbers",
            b"x",
            "“form.numbers” is een Numbers-bestand en is niet gelezen. Kies in Numbers Archief > Exporteer naar > Excel, en stuur dat bestand.",
        ),
    ],
)
def test_a_file_that_can_not_be_read_is_named_with_what_to_do(
    name: str, content: bytes, sentence: str
) -> None:
    """A form saved as something else, photographed or packed: nothing in it is guessed at, and its sender hears so."""
    assert said(name, content) == [sentence]


def test_beside_an_answer_a_file_is_only_said_not_to_be_read() -> None:
    """Who answered in the mail need not send the form as well."""
    assert said("offerte.pdf", answered=True) == ["“offerte.pdf” is een pdf en is niet gelezen."]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.png", b"x"),
        ("image001.png", PHOTO),
        ("form.xlsx", b"x"),
        ("form.ods", b"x"),
        ("smime.p7s", b"x"),
        ("", b"x"),
    ],
)
def test_what_belongs_to_a_signature_or_can_be_read_is_passed_over(name: str, content: bytes) -> None:
    """Small pictures, those that mail programs put into the text, signatures, and workbooks, which their reader judges."""
    assert said(name, content) == []


def test_a_picture_beside_an_answer_is_passed_over() -> None:
    """It is part of a signature, or illustrates what was said."""
    assert said("IMG_0412.jpg", PHOTO, answered=True) == []
