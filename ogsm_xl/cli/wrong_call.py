"""A wrong call as one sentence: which option or argument, what is wrong with it, and where the help is."""

from __future__ import annotations

import re
from typing import Any, Final

from ogsm_xl.plan.words import Text

_SAID: Final = (
    (
        r"No such option: (\S+?)\s+\(Possible options: (.+)\)",
        Text("De optie {0} is er niet; bedoel je {1}?", "There is no option {0}; do you mean {1}?"),
    ),
    (
        r"No such option: (\S+?)\.? Did you mean (.+)\?",
        Text("De optie {0} is er niet; bedoel je {1}?", "There is no option {0}; do you mean {1}?"),
    ),
    (r"No such option: (\S+?)\.?", Text("De optie {0} is er niet.", "There is no option {0}.")),
    (
        r"No such command '(.+?)'\. Did you mean (.+)\?",
        Text("De opdracht {0} is er niet; bedoel je {1}?", "There is no command {0}; do you mean {1}?"),
    ),
    (r"No such command '(.+?)'\.?", Text("De opdracht {0} is er niet.", "There is no command {0}.")),
    (r"Missing command\.", Text("Er staat geen opdracht.", "There is no command.")),
    (
        r"Missing (?:option|parameter):? '?(\S+?)'?\. Choose from: (.+?)\.?",
        Text("De optie {0} moet erbij: {1}.", "The option {0} is needed: {1}."),
    ),
    (
        r"Missing (?:option|parameter):? '?(.+?)'?\.?",
        Text("De optie {0} moet erbij.", "The option {0} is needed."),
    ),
    (
        r"Missing argument '?(.+?)'?\.?",
        Text("Achter de opdracht ontbreekt: {0}.", "Behind the command is missing: {0}."),
    ),
    (
        r"Got unexpected extra arguments?(?:\(s\))? \((.+)\)",
        Text("“{0}” hoort er niet bij.", "“{0}” does not belong there."),
    ),
    (
        r"Option '?(\S+?)'? requires an argument\.?",
        Text("Achter {0} hoort nog iets.", "Something is missing behind {0}."),
    ),
    (
        r"Option '?(\S+?)'? requires (\d+) arguments\.?",
        Text("Achter {0} horen {1} woorden.", "Behind {0} belong {1} words."),
    ),
    (
        r"Option '?(\S+?)'? does not take a value\.?",
        Text("Achter {0} hoort niets.", "Nothing belongs behind {0}."),
    ),
    (
        r"Invalid value for '?(.+?)'?: (?:Value error, )?'(.*)' is not one of (.+?)\.?",
        Text("{0} kan niet “{1}” zijn, wel: {2}.", "{0} can't be “{1}”, but: {2}."),
    ),
    (
        r"Invalid value for '?(.+?)'?: (?:Input should be a valid integer|'.*' is not a valid (?:integer|int)).*",
        Text("{0} is een geheel getal.", "{0} is a whole number."),
    ),
    (
        r"Invalid value for '?(.+?)'?: Input should be less than or equal to (\S+)",
        Text("{0} is hoogstens {1}.", "{0} is at most {1}."),
    ),
    (
        r"Invalid value for '?(.+?)'?: Input should be greater than or equal to (\S+)",
        Text("{0} is minstens {1}.", "{0} is at least {1}."),
    ),
    (
        r"Invalid value for '?(.+?)'?: (\S+) is not in the range (.+?)\.?",
        Text("{0} kan niet {1} zijn, wel: {2}.", "{0} can't be {1}, but: {2}."),
    ),
)


def wrong_call(error: Any, called: str) -> Text | None:
    """What to say of an error of the command line library; None for any other error.

    `called` is the command that was called, for an error that does not say so. The page of help that a bare group of commands answers with is given as it is.
    """
    show = getattr(error, "format_message", None)
    if show is None:
        return None
    said = str(show()).strip()
    if said.startswith("Usage:"):
        return Text(said, said)
    path = getattr(getattr(error, "ctx", None), "command_path", None) or f"ogsm-xl {called}".strip()
    sentence = _reworded(said)
    return Text(f"{sentence.nl} Zie: {path} --help", f"{sentence.en} See: {path} --help")


def _reworded(said: str) -> Text:
    flat = " ".join(said.split())
    for pattern, text in _SAID:
        if found := re.fullmatch(pattern, flat):
            parts = [part.replace("'", "") for part in found.groups()]
            return Text(text.nl.format(*parts), text.en.format(*parts))
    return Text(flat, flat)
