"""What stops a job, as an exception that carries one sentence in each language: what is wrong and what to do.

Problems in rows of a plan are not these: they are values (`ogsm_xl.plan.finding`), returned with the plan.
"""

from __future__ import annotations

from ogsm_xl.plan.words import Language, Text


class Problem(Exception):
    """Something expected went wrong and the job can't go on.

    `text` names the file, sheet and cell where there is one, says what is wrong, and what to do.
    """

    exit_code = 2

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text

    def sentence(self, language: Language) -> str:
        """What to show to a user of this language."""
        return self.text.in_(language)


class InputProblem(Problem):
    """The call, the configuration or the workbook is wrong: somebody has to mend it first. Exit code 2."""

    exit_code = 2


class OutsideProblem(Problem):
    """Something outside failed (share, mail system, open in Excel): trying again later may help. Exit code 3."""

    exit_code = 3
