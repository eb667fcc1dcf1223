"""What an incoming mail means: the golden mails of real programs, and whose mail counts."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ogsm_xl.letters.incoming import read_mail
from ogsm_xl.letters.replies import (
    Accepted,
    Asked,
    NotAReply,
    Review,
    TrustSettings,
    Understood,
    understand,
)
from ogsm_xl.letters.reply_lines import Answer
from ogsm_xl.letters.token import mail_id_of, new_token
from ogsm_xl.plan.words import ItemKind, Status, TrafficLight

GOLDEN = Path(__file__).parent.parent / "golden" / "mails"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((GOLDEN / "expected.toml").read_text(encoding="utf-8"))

SECRET = b"a secret for golden mails only"
OWNER = "anna.jansen@example.org"
TOKEN = new_token(bytes(range(1, 9)), OWNER, SECRET)
ASKED = Asked(
    mail_id_of(TOKEN),
    OWNER,
    {"A12": ItemKind.ACTION, "A13": ItemKind.ACTION, "I4": ItemKind.INDICATOR},
    deputies=("Bram@example.org",),
)


def understood(raw: bytes, asked: Asked = ASKED, trust: TrustSettings = TrustSettings(), **more: Any) -> Understood:
    return understand(
        read_mail(raw),
        {asked.mail_id: asked}.get,
        {"<ogsm.1@example.org>": asked}.get,
        secret=SECRET,
        own_addresses=("ogsm@example.org",),
        trust=trust,
        received=date(2026, 11, 6),
        **more,
    )


def answer_of(written: dict[str, Any]) -> Answer:
    values = dict(written)
    if "light" in values:
        values["light"] = TrafficLight[values["light"].upper()]
    if "status" in values:
        values["status"] = Status[values["status"].upper()]
    return Answer(**values)


@pytest.mark.parametrize("name", EXPECTED)
def test_golden_mail_means_what_is_written_beside_it(name: str) -> None:
    """A mail as a real program writes it comes to exactly the answers, or the refusal, written in expected.toml."""
    expected = EXPECTED[name]
    found = understood((GOLDEN / f"{name}.eml").read_bytes())
    match found:
        case Accepted():
            said: dict[str, Any] = {"outcome": "accepted", "answers": list(found.answers), "problems": len(found.problems)}
        case Review():
            said = {"outcome": "review", "answers": [], "problems": len(found.problems)}
            assert found.reason.nl.startswith(expected.get("reason", "?"))
        case _:
            said = {"outcome": found.key, "answers": [], "problems": 0}
    assert said == {
        "outcome": expected["outcome"],
        "answers": [answer_of(answer) for answer in expected.get("answers", ())],
        "problems": expected.get("problems", 0),
    }
