"""To whom the mail for a person goes: what is an address, who is absent, who stands in."""

from __future__ import annotations

from datetime import date

import pytest

from ogsm_xl.plan.model import Person
from ogsm_xl.rhythm.addressees import deputy_for, is_absent, is_mail_address
from tests.support.plans import plan_of

TODAY = date(2026, 6, 4)


@pytest.mark.parametrize(
    ("absence", "absent"),
    [
        ("", False),
        ("absent_from=2026-06-04 absent_until=2026-06-04", True),
        ("absent_from=2026-06-05 absent_until=2026-06-09", False),
        ("absent_from=2026-06-01 absent_until=2026-06-03", False),
        ("absent_from=2026-06-04", True),  # until further notice
        ("absent_until=2026-06-04", True),
        ("absent_until=2026-06-03", False),
        ("absent_from=2026-06-09 absent_until=2026-06-01", False),  # turned round: the validator reports it
    ],
)
def test_who_is_absent(absence: str, *, absent: bool) -> None:
    """The first and the last day count; either may be left open."""
    (person,) = plan_of(f"person Bram bram@example.org {absence}").people
    assert is_absent(person, TODAY) is absent


@pytest.mark.parametrize(
    ("deputy", "found"),
    [
        ("person Dirk dirk@example.org", "Dirk"),
        ("person Dirk dirk@example.org absent_until=2026-06-04", None),
        ("person Dirk dirk@example.org left_on=2026-06-01", None),
        ("person Dirk", None),
        ("person Dirk dirk@example", None),
        ("person Dirk BRAM@example.org", None),  # the same mailbox under another name
        ("person Eva eva@example.org", None),  # nobody of that name
    ],
)
def test_only_a_deputy_who_can_be_reached_stands_in(deputy: str, found: str | None) -> None:
    """Who is absent too, has left, or has no address, is no deputy."""
    plan = plan_of(f"person Bram bram@example.org deputy=Dirk\n{deputy}")
    stand_in = deputy_for(plan, plan.people[0], TODAY)
    assert (stand_in and stand_in.name) == found


def test_nobody_stands_in_for_themselves() -> None:
    """And somebody without a deputy has none."""
    plan = plan_of("person Bram bram@example.org deputy=Bram\nperson Carla carla@example.org")
    assert [deputy_for(plan, person, TODAY) for person in plan.people] == [None, None]
    assert deputy_for(plan, Person("Elsewhere", "x@example.org", deputy="  "), TODAY) is None


@pytest.mark.parametrize(
    ("written", "valid"),
    [
        ("jan@example.org", True),
        (" Jan.de-Vries+ogsm@post.example.co.uk ", True),
        ("o'neill_1@example.org", True),
        ("j@x9.nl", True),
        ("", False),
        ("jan", False),
        ("jan@", False),
        ("@example.org", False),
        ("jan@example", False),
        ("jan@example.", False),
        ("jan@.org", False),
        ("jan@exa mple.org", False),
        ("jan@-example.org", False),
        ("jan..piet@example.org", False),
        (".jan@example.org", False),
        ("jan@piet@example.org", False),
        ("jan@example.org, piet@example.org", False),
        ("jan@example.org;piet@example.org", False),
        ("Jan <jan@example.org>", False),
        ("mailto:jan@example.org", False),
        ("jan@example.org\nBcc: all@example.org", False),
        ("jan\r\n@example.org", False),
        ("jörg@example.org", False),
        (f"{'j' * 65}@example.org", False),
        (f"jan@{'example.' * 40}org", False),
    ],
)
def test_what_counts_as_a_mail_address(written: str, *, valid: bool) -> None:
    """One plain address; nothing that a mail system would refuse or that could become a header."""
    assert is_mail_address(written) is valid


@pytest.mark.parametrize("written", ["a" * 5000 + "@", "a." * 5000, "a@" + "a-" * 5000, "a@" + "a." * 5000])
def test_a_monstrous_address_is_refused(written: str) -> None:
    """An absurdly long cell is no address, and takes no time to refuse."""
    assert is_mail_address(written) is False
