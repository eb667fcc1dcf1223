"""To whom the mail for a person goes: to themselves, to their deputy while they are absent, or to nobody, and why.

While somebody is absent, their mail goes to the deputy alone. A mail to both is answered by neither, and who comes
back from leave should not find questions that were answered weeks ago; who is back before the reminder gets that one.
Without a deputy who can be reached it goes to the person after all: an unread mail is better than none.
"""

from __future__ import annotations

import re
from datetime import date

from ogsm_xl.plan.model import Person, Plan, normalised_name
from ogsm_xl.plan.words import Text
from ogsm_xl.plan.written import read_names
from ogsm_xl.rhythm.days import spoken_day

_NO_OWNER = Text("er is geen eigenaar ingevuld", "no owner is filled in")
_SEVERAL = Text(
    "{owner} is meer dan één naam; kies één eigenaar", "{owner} is more than one name; choose one owner"
)
_UNKNOWN = Text("{owner} staat niet in de lijst met personen", "{owner} is not in the list of people")
_LEFT = Text("{owner} is vertrokken op {day}", "{owner} left on {day}")
_NO_ADDRESS = Text("bij {owner} staat geen mailadres", "{owner} has no mail address")
_BAD_ADDRESS = Text(
    "het mailadres van {owner} klopt niet: {mail}", "the mail address of {owner} is not valid: {mail}"
)

_ADDRESS = re.compile(
    r"(?=.{3,254}\Z)(?=[^@]{1,64}@)"
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])",
    re.ASCII | re.IGNORECASE,
)


def recipient_of(person: Person) -> str:
    """The person's mail address as it is compared: without blanks around it, in small letters."""
    return normalised_name(person.mail)


def is_mail_address(written: str) -> bool:
    """Whether mail can be sent to this: one address, without a name, as mail systems everywhere take it."""
    return _ADDRESS.fullmatch(written.strip()) is not None


def is_absent(person: Person, today: date) -> bool:
    """Whether this day lies in the person's absence, its first and last day included; either may be left open."""
    if person.absent_from is None and person.absent_until is None:
        return False
    return (person.absent_from or date.min) <= today <= (person.absent_until or date.max)


def deputy_for(plan: Plan, person: Person, today: date) -> Person | None:
    """Who gets the mail of an absent person: the deputy, if that is somebody who is there and has an address."""
    deputy = plan.person(person.deputy) if person.deputy.strip() else None
    if deputy is None or recipient_of(deputy) == recipient_of(person) or is_absent(deputy, today):
        return None
    return None if why_unreachable(deputy, deputy.name, today) else deputy


def why_unreachable(person: Person | None, owner: str, today: date) -> Text | None:
    """Why no mail can be sent to an owner, or None if it can; `owner` is the name as the plan gives it."""
    if person is None:
        several = len(read_names(owner)) > 1
        return (_SEVERAL if several else _UNKNOWN).filled(owner=owner) if owner else _NO_OWNER
    if person.left_on is not None and person.left_on <= today:
        return _LEFT.filled(owner=owner, day=spoken_day(person.left_on, today))
    if not person.mail.strip():
        return _NO_ADDRESS.filled(owner=owner)
    if not is_mail_address(person.mail):
        return _BAD_ADDRESS.filled(owner=owner, mail=person.mail)
    return None
