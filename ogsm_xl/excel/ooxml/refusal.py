"""Why an edit is refused, as a sentence that names the file and the place."""

from __future__ import annotations

from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text


def refusal(file: str, where: object, what: Text) -> InputProblem:
    """The problem to raise: `plan.xlsx, Acties!F12: <what is wrong>. <What to do.>`."""
    place = f", {where}" if str(where) else ""
    return InputProblem(Text(f"{file}{place}: {what.nl}", f"{file}{place}: {what.en}"))


class Unusual(Exception):
    """A part is written in a way that can't be edited safely; `text` says what, and what to do."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(
            f"{nl}. Open het bestand in Excel, sla het opnieuw op en probeer het nog eens.",
            f"{en}. Open the file in Excel, save it again and retry.",
        )
