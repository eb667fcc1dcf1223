"""Check everything that a process owner can get wrong, and say what to do. Changes nothing and sends nothing."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import metadata

from ogsm_xl.config import Config
from ogsm_xl.excel.reader import ReadPlan, read_plan
from ogsm_xl.ledger import Ledger, MailState, ReceiptState
from ogsm_xl.plan.finding import Severity
from ogsm_xl.plan.model import Plan, Session
from ogsm_xl.plan.problem import InputProblem, Problem
from ogsm_xl.plan.words import Language, Role, Text
from ogsm_xl.post.port import MailSystem, Memory
from ogsm_xl.rhythm.lead_time import lead_day
from ogsm_xl.rules.owners import is_open
from ogsm_xl.usecases.checkup import Check, Verdict, fine, guarded, look, outcome_of
from ogsm_xl.usecases.doctor_files import (
    Disks,
    disk_space,
    existing,
    ledger_place,
    log_place,
    plan_folder,
    plan_in_use,
    unwritable,
)
from ogsm_xl.usecases.in_charge import check_charge
from ogsm_xl.usecases.outcome import Outcome, count
from ogsm_xl.usecases.plan_now import rhythm_settings
from ogsm_xl.usecases.row_edits import check_not_older, saved_at
from ogsm_xl.usecases.run_scheduler import last_run_key
from ogsm_xl.usecases.timetable import timetable
from ogsm_xl.usecases.token_secret import read_secret
from ogsm_xl.usecases.validate import findings_of

_SHOWN = 5  # names in a sentence
_SOON_OVER = timedelta(days=60)
_LONG_AGO = timedelta(days=4)  # a weekend and a holiday
_CLOCK_MARGIN = timedelta(minutes=10)

CONFIGURATION = Text("Configuratie", "Configuration")
WORKBOOK = Text("Werkboek", "Workbook")
PEOPLE = Text("Mensen", "People")
CALENDAR = Text("Kalender", "Calendar")
LEDGER = Text("Logboek", "Ledger")
SCHEDULE = Text("Taken", "Jobs")
CLOCK = Text("Klok", "Clock")
MAIL = Text("Mail", "Mail")
VERSIONS = Text("Versies", "Versions")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the check-up looks at besides the files.

    Attributes:
        now: The moment, naive, in the plan's time zone.
        utc_offset: How far the machine's own time is from UTC.
        machine: The machine's name.
        mail_system: Opens the configured mail system.
        disks: How to look at the disks.
    """

    now: datetime
    utc_offset: timedelta
    machine: str
    mail_system: Callable[[Memory], AbstractContextManager[MailSystem]]
    disks: Disks


def examine(config: Config, around: Surroundings) -> Outcome:
    """Look at everything."""
    read: list[ReadPlan] = []

    def workbook() -> Iterator[Check]:
        read.append(read_plan(config.workbook))
        yield _workbook(config, read[0], around.now)

    groups: list[tuple[Text, Callable[[], Iterable[Check]]]] = [
        (CONFIGURATION, lambda: _configuration(config)),
        (Text("Map van het plan", "Folder of the plan"), lambda: plan_folder(config)),
        (WORKBOOK, lambda: plan_in_use(config)),
        (WORKBOOK, workbook),
        (PEOPLE, lambda: (check for plan in read for check in _people(plan.plan, around.now))),
        (CALENDAR, lambda: (check for plan in read for check in _calendar(config, plan.plan, around.now))),
        (LEDGER, lambda: ledger_place(config, around.disks)),
        (LEDGER, lambda: _ledger(config, around.machine)),
        (WORKBOOK, lambda: (check for plan in read for check in _older(config, plan, around.now))),
        (SCHEDULE, lambda: _jobs(config, around.now)),
        (Text("Logbestand", "Log"), lambda: log_place(config)),
        (CLOCK, lambda: _clock(config, around)),
        (MAIL, lambda: _mail(config, around)),
        (Text("Schijfruimte", "Disk space"), lambda: disk_space(config, around.disks)),
        (VERSIONS, versions),
    ]
    return outcome_of([check for about, looking in groups for check in guarded(about, looking)])


def examine_without_configuration(problem: Problem) -> Outcome:
    """What can be looked at where the configuration can't be used."""
    stopped = Check(
        CONFIGURATION,
        Verdict.WRONG,
        problem.text,
        Text(
            "Herstel dit eerst; al het andere hangt ervan af. Begin je net? ogsm-xl init",
            "Mend this first; everything else depends on it. Just beginning? ogsm-xl init",
        ),
    )
    return outcome_of([stopped, *guarded(VERSIONS, versions)])


def _configuration(config: Config) -> Iterator[Check]:
    read_secret(config, make=False)
    yield fine(CONFIGURATION, Text(f"{config.file} is te gebruiken.", f"{config.file} can be used."))


def _workbook(config: Config, read: ReadPlan, now: datetime) -> Check:
    findings = findings_of(read, config, now.date())
    errors, warnings = (
        sum(finding.severity is level for finding in findings) for level in (Severity.ERROR, Severity.WARNING)
    )
    plan = read.plan
    size = _with_commas(
        count(len(plan.strategies), Text("strategie", "strategy"), Text("strategieën", "strategies")),
        count(len(plan.indicators), Text("indicator", "indicator"), Text("indicatoren", "indicators")),
        count(len(plan.actions), Text("actie", "action"), Text("acties", "actions")),
    )
    if not errors and not warnings:
        return fine(WORKBOOK, Text(f"is te lezen: {size.nl}.", f"can be read: {size.en}."))
    found = _with_commas(
        count(errors, Text("fout", "error"), Text("fouten", "errors")),
        count(warnings, Text("waarschuwing", "warning"), Text("waarschuwingen", "warnings")),
    )
    return look(
        WORKBOOK,
        Text(f"is te lezen: {size.nl}; {found.nl}.", f"can be read: {size.en}; {found.en}."),
        Text(
            f'Bekijk ze: ogsm-xl validate --config "{config.file}"',
            f'See them: ogsm-xl validate --config "{config.file}"',
        ),
    )


def _older(config: Config, read: ReadPlan, now: datetime) -> Iterator[Check]:
    """Nothing, but where the workbook seems to be an older copy."""
    try:
        opened = Ledger(config.ledger_file, read_only=True)
    except Problem:
        return  # that is said about the ledger
    with opened as ledger:
        check_not_older(read, ledger, now)
    yield from ()


def _with_commas(*parts: Text) -> Text:
    return Text(", ".join(part.nl for part in parts), ", ".join(part.en for part in parts))


def _people(plan: Plan, now: datetime) -> Iterator[Check]:
    here = [person for person in plan.people if not (person.left_on and person.left_on <= now.date())]
    silent = [person.name for person in here if not person.mail.strip()]
    unknown = [item.id for item in plan.items if is_open(item) and plan.owner_of(item) is None]
    if silent:
        names = _some(silent)
        yield look(
            PEOPLE,
            Text(f"zonder mailadres: {names.nl}.", f"without a mail address: {names.en}."),
            Text("Vul het adres in op het blad Personen.", "Fill in the address on the sheet People."),
        )
    if unknown:
        names = _some(unknown)
        yield look(
            PEOPLE,
            Text(
                f"zonder eigenaar die op het blad Personen staat: {names.nl}.",
                f"without an owner who is on the sheet People: {names.en}.",
            ),
            Text(
                "Schrijf één naam zoals hij daar staat; anders krijgt niemand er mail over.",
                "Write one name as it is written there; else nobody gets mail about it.",
            ),
        )
    for role in (Role.OGSM_OWNER, Role.PROCESS_OWNER):
        if not plan.people_with(role):
            yield look(
                PEOPLE,
                Text(f"niemand is {role.word(Language.NL)}.", f"nobody is {role.word(Language.EN)}."),
                Text("Vul de rol in op het blad Personen.", "Fill in the role on the sheet People."),
            )
    if not silent and not unknown:
        several = Text(
            f"{len(here)} mensen, allemaal met een mailadres.",
            f"{len(here)} people, each with a mail address.",
        )
        alone = Text("1 persoon, met een mailadres.", "1 person, with a mail address.")
        yield fine(PEOPLE, alone if len(here) == 1 else several)


def _calendar(config: Config, plan: Plan, now: datetime) -> Iterator[Check]:
    coming = sorted(
        (session for session in plan.sessions if session.begins > now and not session.cancelled),
        key=lambda session: session.begins,
    )
    fill = f'ogsm-xl calendar --year {(now + _SOON_OVER).year} --config "{config.file}"'
    todo = Text(f"Vul de kalender: {fill}", f"Fill the calendar: {fill}")
    if not coming:
        yield look(
            CALENDAR,
            Text(
                "er staat geen sessie meer in; er gaat dus geen mail uit.",
                "there is no session ahead, so no mail goes out.",
            ),
            todo,
        )
        return
    lines = [_session(session) for session in coming[:3]]
    said = Text("; ".join(line.nl for line in lines), "; ".join(line.en for line in lines))
    invited = lead_day(coming[0].date, config.rhythm.invitation_days, rhythm_settings(config))
    mailed = Text("", "")
    if coming[0].invitation and invited > now.date():
        mailed = Text(
            f" De eerste uitnodiging gaat op {invited:%d-%m-%Y}.",
            f" The first invitation goes out on {invited:%Y-%m-%d}.",
        )
    if coming[-1].begins - now < _SOON_OVER:
        last = coming[-1].date
        over = Text(
            f"{said.nl}; na {last:%d-%m-%Y} staat er niets meer in.",
            f"{said.en}; after {last:%Y-%m-%d} there is nothing.",
        )
        yield look(CALENDAR, over, todo)
    else:
        yield fine(CALENDAR, Text(f"{said.nl}.{mailed.nl}", f"{said.en}.{mailed.en}"))


def _session(session: Session) -> Text:
    clock = f" {session.time:%H:%M}" if session.time else ""
    return Text(
        f"{session.id} {session.kind.word(Language.NL).lower()} {session.date:%d-%m-%Y}{clock}",
        f"{session.id} {session.kind.word(Language.EN).lower()} {session.date:%Y-%m-%d}{clock}",
    )


def _ledger(config: Config, machine: str) -> Iterator[Check]:
    with Ledger(config.ledger_file, read_only=True) as ledger:
        if damage := ledger.damage():
            raise InputProblem(
                Text(
                    f"{config.ledger_file} is beschadigd ({damage}). Zet een reservekopie terug.",
                    f"{config.ledger_file} is damaged ({damage}). Put a backup back.",
                )
            )
        check_charge(config, ledger, machine)
        found = [
            (
                len(ledger.mails(MailState.UNKNOWN)) + len(ledger.receipts(ReceiptState.UNKNOWN)),
                Text("onzeker of ze zijn verstuurd", "uncertain whether they went out"),
                Text("Zie ogsm-xl sent.", "See ogsm-xl sent."),
            ),
            (
                len(ledger.mails(MailState.FAILED)),
                Text("niet verstuurd", "not sent"),
                Text("Ze gaan bij de volgende keer opnieuw, zolang de sessie nog niet is begonnen.", "They are tried again next time, as long as the session has not begun."),
            ),
            (
                len(ledger.for_review()),
                Text("te beoordelen", "for review"),
                Text("Bekijk ze met ogsm-xl review.", "See them with ogsm-xl review."),
            ),
            (
                len(ledger.bounces()),
                Text("onbereikbaar: adressen waar mail van terugkwam", "out of reach: addresses that mail came back from"),
                Text("Verbeter ze op het blad Personen.", "Mend them on the sheet People."),
            ),
            (
                ledger.how_many_wait(),
                Text("in de wacht: verslagen die nog niet in het plan staan", "waiting: reports that are not in the plan yet"),
                Text("Sluit het plan in Excel; de volgende keer komen ze erin.", "Close the plan in Excel; they are brought in next time."),
            ),
        ]  # fmt: skip
    doubtful = [(number, what, todo) for number, what, todo in found if number]
    for number, what, todo in doubtful:
        yield look(LEDGER, Text(f"{number} {what.nl}.", f"{number} {what.en}."), todo)
    if not doubtful:
        yield fine(LEDGER, Text("niets is onzeker of blijft liggen.", "nothing is in doubt or left over."))


def _jobs(config: Config, now: datetime) -> Iterator[Check]:
    """When each job of the timetable ran last, as far as `ogsm-xl run` runs them."""
    with Ledger(config.ledger_file, read_only=True) as ledger:
        kept = {job: ledger.meta(last_run_key(job)) for job in timetable(config.schedule)}
    ran = {job: datetime.fromisoformat(at) for job, at in kept.items() if at}
    if not ran:
        yield fine(
            SCHEDULE,
            Text(
                "ogsm-xl run heeft ze nog niet gedraaid. Laat ze lopen met ogsm-xl run, of zie ogsm-xl schedule print.",
                "ogsm-xl run has not run them yet. Let them run with ogsm-xl run, or see ogsm-xl schedule print.",
            ),
        )
        return
    last = max(ran.values())
    lines = ", ".join(f"{job} {at:%d-%m %H:%M}" for job, at in ran.items())
    english = ", ".join(f"{job} {at:%m-%d %H:%M}" for job, at in ran.items())
    said = Text(f"laatst gedraaid: {lines}.", f"last run: {english}.")
    if now - last > _LONG_AGO:
        todo = Text(
            "Draait de taakplanner nog? Start ogsm-xl run, of kijk in het logbestand.",
            "Is the scheduler still running? Start ogsm-xl run, or look in the log.",
        )
        yield look(SCHEDULE, said, todo)
    else:
        yield fine(SCHEDULE, said)


def _clock(config: Config, around: Surroundings) -> Iterator[Check]:
    saved = saved_at(config)
    if saved and saved > around.now + _CLOCK_MARGIN:
        yield look(
            CLOCK,
            Text(
                f"het is hier {around.now:%d-%m-%Y %H:%M}, maar het plan is pas op {saved:%d-%m-%Y %H:%M} bewaard.",
                f"it is {around.now:%Y-%m-%d %H:%M} here, but the plan was saved at {saved:%Y-%m-%d %H:%M}.",
            ),
            Text("Zet de klok van deze machine gelijk.", "Set this machine's clock."),
        )
    own = around.now.replace(tzinfo=config.zone).utcoffset()
    zone = config.rhythm.time_zone
    said = Text(f"{around.now:%d-%m-%Y %H:%M} in {zone}", f"{around.now:%Y-%m-%d %H:%M} in {zone}")
    if own is not None and own != around.utc_offset:
        difference = (around.utc_offset - own).total_seconds() / 3600
        way = Text("voor", "ahead of") if difference > 0 else Text("achter", "behind")
        hours = f"{abs(difference):g}"
        yield look(
            CLOCK,
            Text(
                f"{said.nl}; de klok van de machine zelf loopt daar {hours} uur op {way.nl}.",
                f"{said.en}; the clock of the machine itself is {hours} hours {way.en} that.",
            ),
            Text(
                "Dat mag, als het zo bedoeld is: de taken rekenen met [rhythm] time_zone, een taakplanner met de machine.",
                "Fine if that is meant: jobs go by [rhythm] time_zone, a scheduler by the machine.",
            ),
        )
    else:
        yield fine(CLOCK, Text(f"{said.nl}, net als de machine.", f"{said.en}, as the machine."))


class _Forgetful:
    """A memory that is only read: the check-up leaves no trace."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def meta(self, key: str) -> str | None:
        return self._ledger.meta(key)

    def set_meta(self, key: str, value: str) -> None:
        """Nothing is remembered."""


def _mail(config: Config, around: Surroundings) -> Iterator[Check]:
    """Whether the inbox can be read: the same way in and the same login as for sending, and nothing is sent."""
    with (
        Ledger(config.ledger_file, read_only=True) as ledger,
        around.mail_system(_Forgetful(ledger)) as post,
    ):
        waiting = next(iter(post.received()), None) is not None
    if config.mail.redirect_all_to:
        yield look(
            MAIL,
            Text(
                f"alle mail gaat naar {config.mail.redirect_all_to}.",
                f"all mail goes to {config.mail.redirect_all_to}.",
            ),
            Text(
                "Haal redirect_all_to weg als het proefdraaien klaar is.",
                "Take redirect_all_to out when the trial is over.",
            ),
        )
    inbox = Text("er ligt post", "there is mail in it") if waiting else Text("het is leeg", "it is empty")
    if config.mail.system == "folder":
        folder = config.path(config.mail.folder)
        if reason := unwritable(folder if folder.exists() else existing(folder)):
            raise InputProblem(
                Text(
                    f"In {folder} kan deze gebruiker geen mail zetten ({reason}). Geef schrijfrechten, of noem met [mail] folder een andere map.",
                    f"This user can't put mail in {folder} ({reason}). Let them write there, or name another folder with [mail] folder.",
                )
            )
        yield fine(
            MAIL,
            Text(
                f"gaat naar de map {folder}; er gaat niets de deur uit. Postvak: {inbox.nl}.",
                f"goes to the folder {folder}; nothing leaves this machine. Inbox: {inbox.en}.",
            ),
        )
        return
    try_it = f'ogsm-xl check-mail --config "{config.file}"'
    yield fine(
        MAIL,
        Text(
            f"{config.mail.system}: het postvak van {config.mail.sender_address} is te lezen, {inbox.nl}. Of versturen ook lukt, "
            f"probeert {try_it} uit.",
            f"{config.mail.system}: the inbox of {config.mail.sender_address} can be read, {inbox.en}. Whether sending works, "
            f"too, is tried out by {try_it}.",
        ),
    )


def versions(package: str = "ogsm-xl") -> Iterator[Check]:
    """Python, and the packages that ogsm-xl needs."""
    python = f"Python {platform.python_version()}"
    try:
        needs = metadata.requires(package) or []
        own = f"{package} {metadata.version(package)}"
    except metadata.PackageNotFoundError:
        said = Text(f"{python}; {package} is niet geïnstalleerd.", f"{python}; {package} is not installed.")
        yield look(
            VERSIONS,
            said,
            Text("Installeer het: python -m pip install .", "Install it: python -m pip install ."),
        )
        return
    found, missing = [], []
    for need in (need for need in needs if "extra ==" not in need):
        name = re.match(r"[\w.-]+", need)
        if name is None:
            continue
        try:
            found.append(f"{name[0]} {metadata.version(name[0])}")
        except metadata.PackageNotFoundError:
            missing.append(name[0])
    if missing:
        names = ", ".join(missing)
        problem = Text(f"{names} ontbreekt.", f"{names} is missing.")
        todo = Text("Installeer opnieuw: python -m pip install .", "Install again: python -m pip install .")
        yield Check(VERSIONS, Verdict.WRONG, problem, todo)
    everything = ", ".join((python, own, *found))
    yield fine(VERSIONS, Text(f"{everything}.", f"{everything}."))


def _some(names: list[str]) -> Text:
    shown, more = ", ".join(names[:_SHOWN]), len(names) - _SHOWN
    if more <= 0:
        return Text(shown, shown)
    return Text(f"{shown} en nog {more}", f"{shown} and {more} more")
