"""What every mail is made of: the settings that all share, and the passages of one mail as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ogsm_xl.letters.mail import Address, one_line
from ogsm_xl.letters.texts import Texts
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Text

_LINK_SCHEMES = {"http", "https", "file"}


@dataclass(frozen=True, slots=True)
class LetterSettings:
    """What is the same in every letter.

    Attributes:
        sender: Who the mail comes from; answers go there.
        workbook_path: Where the workbook is, as people copy it: a path or an address.
        workbook_url: A link that opens it (`https:` for a SharePoint library, `file:` for a share), or "".
        organisation: On whose behalf the mail is sent, or "".
        overrides: An organisation's own texts by the name of the text that they replace (`texts.known_texts`).
    """

    sender: Address
    workbook_path: str
    workbook_url: str = ""
    organisation: str = ""
    overrides: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of one letter: plain text, a blank line between paragraphs."""

    texts: Texts
    language: Language
    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        """A passage as one text."""
        return self.texts.render(f"{self.language.value}/{name}.j2", self.values)

    def paragraphs(self, name: str) -> list[list[str]]:
        """The paragraphs of a passage, each a list of lines."""
        blocks = re.split(r"\n[ \t]*\n\s*", self.text(name))
        return [[line.strip() for line in block.splitlines()] for block in blocks if block.strip()]

    def lines(self, name: str) -> list[str]:
        """The lines of a passage that say something."""
        return [line.strip() for line in self.text(name).splitlines() if line.strip()]


def checked_url(url: str) -> str:
    """The link as it is given; InputProblem if it would do anything else than open a file or page."""
    plain = url.strip()
    if not plain or (urlsplit(plain).scheme in _LINK_SCHEMES and plain == one_line(plain, 2000)):
        return plain
    raise InputProblem(
        Text(
            "De link naar het werkboek klopt niet: '{url}'. Geef een adres dat begint met https: of file:, of geen.",
            "The link to the workbook is not valid: '{url}'. Give an address that begins with https: or file:, or none.",
        ).filled(url=one_line(plain, 120))
    )
