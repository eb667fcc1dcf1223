"""The texts of the letters: jinja2 templates of this package, each of which an organisation can replace by its own.

`letter.html.j2` and `letter.txt.j2` lay a letter out; the passages in `nl/` and `en/` hold what it says, as plain
text with a blank line between paragraphs. Templates run in a sandbox, values are escaped in HTML, and a name that
does not exist is a problem that tells file and line instead of a hole in a mail.
"""

from __future__ import annotations

import difflib
import traceback
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import TracebackType
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Text

_MARKUP = ".html.j2"
_FAILURES = (
    TemplateError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
)


class Texts:
    """The templates with an organisation's own texts in place of the package's."""

    def __init__(self, overrides: Mapping[str, str]) -> None:
        self._environment = _environment(tuple(sorted(overrides.items())))

    def render(self, name: str, values: Mapping[str, Any]) -> str:
        """One template filled in, without blanks around it.

        Raises:
            InputProblem: The template is broken or names something that does not exist: which file, which line.
        """
        try:
            return self._environment.get_template(name).render(values).strip()
        except TemplateSyntaxError as error:
            raise _broken(error.name or name, error.lineno, error.message or "") from error
        except _FAILURES as error:
            raise _broken(*_place(error.__traceback__, name), str(error)) from error


@cache
def known_texts() -> tuple[str, ...]:
    """The names of all templates, as an override names them: `nl/invitation_intro.j2`."""
    return tuple(sorted(_names(files(__name__), "")))


def check_names(overrides: Mapping[str, str]) -> None:
    """Refuse a text that would never be used.

    Raises:
        InputProblem: There is no template of this name; the sentence says which one may have been meant.
    """
    for name in overrides:
        if name not in known_texts():
            near = difflib.get_close_matches(name, known_texts(), 1, 0.5)
            known = ", ".join(near or known_texts())
            raise InputProblem(
                Text(
                    "De eigen mailtekst {name} wordt nergens gebruikt. Kies een naam die bestaat: {known}.",
                    "Your own mail text {name} is not used anywhere. Choose a name that exists: {known}.",
                ).filled(name=name, known=known)
            )


class _Loader(BaseLoader):
    """An organisation's texts first, then the package's."""

    def __init__(self, overrides: Mapping[str, str]) -> None:
        self._overrides = overrides

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Any]:
        """The template's text; its name stands in for a file name, so that a failure can tell where it was."""
        del environment
        if template not in known_texts():
            raise TemplateNotFound(template)
        own = self._overrides.get(template)
        text = files(__name__).joinpath(template).read_text("utf-8") if own is None else own
        return text, template, None


class _Sandbox(ImmutableSandboxedEnvironment):
    """The sandbox, quick with what nearly all names in a template are: fields of the values that letters are made from."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read this: a field of a dataclass, and what the sandbox lets through."""
        is_field = attr in getattr(type(obj), "__dataclass_fields__", ()) and not attr.startswith("_")
        return is_field or super().is_safe_attribute(obj, attr, value)


@lru_cache(maxsize=4)
def _environment(overrides: tuple[tuple[str, str], ...]) -> Environment:
    """Compiled once for all mails of a run: compiling takes longer than writing a mail."""
    return _Sandbox(
        loader=_Loader(dict(overrides)),
        autoescape=lambda name: bool(name and name.endswith(_MARKUP)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def _names(folder: Traversable, prefix: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _names(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".j2"):
            yield prefix + entry.name


def _place(trace: TracebackType | None, name: str) -> tuple[str, int]:
    """The template and line where it failed: jinja2 puts them into the traceback."""
    frames = [frame for frame in traceback.extract_tb(trace) if frame.filename in known_texts()]
    return (frames[-1].filename, frames[-1].lineno or 0) if frames else (name, 0)


def _broken(name: str, line: int, why: str) -> InputProblem:
    return InputProblem(
        Text(
            "De mailtekst {name} klopt niet, regel {line}: {why}. Verbeter de tekst, of haal hem weg om de gewone tekst te gebruiken.",
            "The mail text {name} is broken, line {line}: {why}. Mend the text, or remove it to use the usual one.",
        ).filled(name=name, line=line, why=why.rstrip("."))
    )
