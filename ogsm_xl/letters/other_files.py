"""Files that come along with a reply and can't be read as a form: what their sender hears, and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ogsm_xl.letters.mail import Attachment
from ogsm_xl.plan.words import Text

_SMALLEST_PHOTO = 60_000  # bytes; below that it is the logo of a signature
_PICTURE = (".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".bmp", ".tif", ".tiff", ".gif")
_IN_THE_TEXT = re.compile(
    r"(?:image|outlook-|logo)\d*", re.IGNORECASE
)  # as mail programs name pictures of a signature

_INSTEAD = Text(
    "Vul het formulier bij de mail in en stuur het terug als Excel-bestand (.xlsx), of schrijf je antwoord in de mail.",
    "Fill in the form of the mail and send it back as an Excel file (.xlsx), or write your answer in the mail.",
)
_WHAT: Mapping[tuple[str, ...], Text] = {
    (".pdf",): Text("een pdf", "a pdf"),
    (".csv", ".tsv"): Text("een csv-bestand", "a csv file"),
    (".doc", ".docx", ".odt", ".rtf", ".pages", ".txt"): Text("een tekstbestand", "a text document"),
    (".ppt", ".pptx", ".odp", ".key"): Text("een presentatie", "a presentation"),
    (".zip", ".7z", ".rar"): Text("een ingepakt bestand", "a packed file"),
}
_NUMBERS = Text(
    "“{name}” is een Numbers-bestand en is niet gelezen. Kies in Numbers Archief > Exporteer naar > Excel, en stuur dat bestand.",
    "“{name}” is a Numbers file and was not read. In Numbers choose File > Export To > Excel, and send that file.",
)
_NOT_READ = Text("“{name}” is {what} en is niet gelezen.", "“{name}” is {what} and was not read.")
_PHOTO = Text("een foto of schermafdruk", "a photo or screenshot")


def files_not_read(files: Sequence[Attachment], *, answered: bool) -> tuple[Text, ...]:
    """What to say about the files of a mail that are no workbooks.

    Args:
        files: What is attached.
        answered: Whether the mail holds an answer besides. Then a picture is taken for part of a signature.
    """
    return tuple(text for file in files if (text := _not_read(file, answered=answered)))


def _not_read(file: Attachment, *, answered: bool) -> Text | None:
    name = file.name.lower()
    if name.endswith(".numbers"):
        return _NUMBERS.filled(name=file.name)
    photo = name.endswith(_PICTURE) and len(file.content) >= _SMALLEST_PHOTO and not _IN_THE_TEXT.match(name)
    what = (
        _PHOTO
        if photo and not answered
        else next((t for ends, t in _WHAT.items() if name.endswith(ends)), None)
    )
    if what is None:
        return None
    sentence = _NOT_READ.filled(name=file.name, what=what)
    return sentence if answered else Text(f"{sentence.nl} {_INSTEAD.nl}", f"{sentence.en} {_INSTEAD.en}")
