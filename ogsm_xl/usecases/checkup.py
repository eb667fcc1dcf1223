"""What a check-up finds: one line a thing that was looked at, with what to do where it is not in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ogsm_xl.plan.problem import Problem
from ogsm_xl.plan.words import Text, Word
from ogsm_xl.usecases.outcome import ExitCode, Outcome, count, listed


class Verdict(Word):
    """How something stands; a mark, so that it does not hang on colour, and a word."""

    FINE = Text("✓ goed", "✓ fine")
    LOOK = Text("▲ let op", "▲ look")
    LATER = Text("● lukt nu niet", "● not now")
    WRONG = Text("■ fout", "■ wrong")

    @property
    def code(self) -> ExitCode:
        """The exit code that it comes to."""
        return {
            Verdict.FINE: ExitCode.DONE,
            Verdict.LOOK: ExitCode.LOOK,
            Verdict.LATER: ExitCode.OUTSIDE_FAILED,
            Verdict.WRONG: ExitCode.WRONG_INPUT,
        }[self]


_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        about: What it is.
        verdict: How it stands.
        said: What was found.
        todo: What to do about it; blank where nothing is to be done, or `said` says it.
    """

    about: Text
    verdict: Verdict
    said: Text
    todo: Text = _NOTHING


def fine(about: Text, said: Text) -> Check:
    """Something that is in order."""
    return Check(about, Verdict.FINE, said)


def look(about: Text, said: Text, todo: Text) -> Check:
    """Something that a person should look at."""
    return Check(about, Verdict.LOOK, said, todo)


def guarded(about: Text, looking: Callable[[], Iterable[Check]]) -> Iterator[Check]:
    """What looking finds; what stops it is a finding as well, and keeps nothing else from being looked at."""
    try:
        yield from looking()
    except Problem as problem:
        verdict = Verdict.WRONG if problem.exit_code == ExitCode.WRONG_INPUT else Verdict.LATER
        yield Check(about, verdict, problem.text)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield Check(
            about,
            Verdict.LATER,
            Text(f"is niet te bereiken ({reason}).", f"can't be reached ({reason})."),
            Text(
                "Controleer de verbinding en de rechten op de map.",
                "Check the connection and the permissions of the folder.",
            ),
        )
    except Exception as error:  # noqa: BLE001 - a check-up goes on, whatever it comes across
        kind = type(error).__name__
        yield Check(
            about,
            Verdict.LATER,
            Text(f"kon niet worden nagekeken ({kind}).", f"could not be looked at ({kind})."),
            Text(
                "Draai de taak die ermee werkt: die zegt meer, of bewaart de details in een bestand.",
                "Run the job that works with it: that says more, or keeps the details in a file.",
            ),
        )


def outcome_of(checks: Sequence[Check]) -> Outcome:
    """All of it, the exit code that of the most serious one: what has to be mended before what may pass."""
    worst = max((list(Verdict).index(check.verdict) for check in checks), default=0)
    return Outcome(
        list(Verdict)[worst].code,
        _summary(checks),
        details=[line for check in checks for line in _lines(check)],
        data={
            "checks": [
                {
                    "about": check.about._asdict(),
                    "verdict": check.verdict.key,
                    "said": check.said._asdict(),
                    "todo": check.todo._asdict(),
                }
                for check in checks
            ]
        },
    )


def _lines(check: Check) -> Iterator[Text]:
    mark = check.verdict.value
    yield Text(
        f"{mark.nl:15} {check.about.nl}: {check.said.nl}", f"{mark.en:9} {check.about.en}: {check.said.en}"
    )
    if check.todo.nl:
        yield Text(f"{'':15} → {check.todo.nl}", f"{'':9} → {check.todo.en}")


def _summary(checks: Sequence[Check]) -> Text:
    numbers = {verdict: sum(check.verdict is verdict for check in checks) for verdict in Verdict}
    if numbers[Verdict.FINE] == len(checks):
        return Text("Alles is in orde.", "Everything is in order.")
    nouns = {
        Verdict.FINE: (Text("in orde", "in order"),) * 2,
        Verdict.LOOK: (Text("om naar te kijken", "to look at"),) * 2,
        Verdict.LATER: (Text("lukt nu niet", "not possible now"), Text("lukken nu niet", "not possible now")),
        Verdict.WRONG: (Text("fout", "wrong"), Text("fouten", "wrong")),
    }
    counted = listed([count(numbers[verdict], *nouns[verdict]) for verdict in Verdict if numbers[verdict]])
    return Text(f"{counted.nl}.", f"{counted.en}.")
