"""Which machine mails for a plan: a small file beside the workbook names the one whose ledger is in charge.

The ledger is on a local disk, so a second machine would know nothing of what the first one sent, and mail everybody
again; nor of what that one collected, and take its mail out of the inbox. It finds the file and refuses. `take_over` hands the plan over, together with the ledger where that was copied.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from ogsm_xl.config import Config
from ogsm_xl.ledger import Ledger
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.usecases.outcome import ExitCode, Outcome

_LEDGER_ID = "ledger id"


@dataclass(frozen=True, slots=True)
class InCharge:
    """Who mails for a plan.

    Attributes:
        machine: The machine's name.
        ledger: The ID of its ledger, which goes along when the file is copied.
        file: Where that ledger is, on that machine.
        since: Since when, as ISO text.
    """

    machine: str
    ledger: str
    file: str
    since: str


def marker_of(config: Config) -> Path:
    """The file beside the workbook."""
    return config.workbook.with_name(f"{config.workbook.name}.ogsm-xl.json")


def ledger_id(ledger: Ledger, random: Callable[[int], bytes] | None = None) -> str:
    """What this ledger is known by; made on first use where there are random bytes for it, "" otherwise."""
    known = ledger.meta(_LEDGER_ID)
    if known is None and random is not None:
        known = random(12).hex()
        ledger.set_meta(_LEDGER_ID, known)
    return known or ""


def check_charge(config: Config, ledger: Ledger, machine: str) -> None:
    """Refuse where another machine mails for this plan. Changes nothing.

    Raises:
        InputProblem: Another machine is in charge, or the file that says so can't be understood.
    """
    current = _read(marker_of(config))
    if current is not None and not _is(current, ledger, machine):
        raise InputProblem(_somebody_else(config, current))


def take_charge(
    config: Config, ledger: Ledger, machine: str, now: datetime, random: Callable[[int], bytes]
) -> None:
    """Be the machine that mails for this plan: the first one to come is.

    Raises:
        InputProblem: Another machine is in charge, or the file that says so can't be understood.
        OutsideProblem: The file can't be written.
    """
    check_charge(config, ledger, machine)
    if marker_of(config).exists():
        return
    mine = InCharge(machine, ledger_id(ledger, random), str(config.ledger_file), now.isoformat())
    _write(config, mine, first=True)
    check_charge(config, ledger, machine)  # two machines may have begun at the same moment


def take_over(
    *,
    config: Config,
    ledger: Ledger,
    machine: str,
    now: datetime,
    random: Callable[[int], bytes],
    confirmed: bool = False,
    dry_run: bool = False,
) -> Outcome:
    """Make this machine the one that mails for the plan.

    Args:
        config: The configuration.
        ledger: This machine's ledger; a copy of the other machine's knows what that one sent.
        machine: This machine's name.
        now: The moment of the run.
        random: Where random bytes come from.
        confirmed: Go on without the other machine's ledger.
        dry_run: Only tell.

    Raises:
        InputProblem: The ledger is not a copy of the other machine's, and that was not confirmed.
        OutsideProblem: The file beside the workbook can't be written.
    """
    try:
        current = _read(marker_of(config))
    except InputProblem:
        current = None  # it can't be understood; it is made anew
    if current is not None and _is(current, ledger, machine):
        return Outcome(
            ExitCode.DONE,
            Text(
                f"Deze machine ({machine}) verstuurt de mail voor {config.workbook.name} al.",
                f"This machine ({machine}) sends the mail for {config.workbook.name} already.",
            ),
            data={"machine": machine, "before": machine, "dry_run": dry_run},
        )
    knows = current is None or current.ledger == ledger_id(ledger)
    if current is not None and not knows and not confirmed:
        raise InputProblem(_copy_first(config, current))
    if not dry_run:
        mine = InCharge(machine, ledger_id(ledger, random), str(config.ledger_file), now.isoformat())
        _write(config, mine, first=False)
    done = Text("Zou overnemen", "Would take over") if dry_run else Text("Overgenomen", "Taken over")
    before = current.machine if current else ""
    return Outcome(
        ExitCode.DONE,
        Text(
            f"{done.nl}: {machine} verstuurt de mail voor {config.workbook.name}{f', niet meer {before}' if before else ''}.",
            f"{done.en}: {machine} sends the mail for {config.workbook.name}{f', and {before} no longer does' if before else ''}.",
        ),
        [] if knows else [_told_twice(current)],
        data={"machine": machine, "before": before, "dry_run": dry_run},
    )


def _is(current: InCharge, ledger: Ledger, machine: str) -> bool:
    return (current.machine, current.ledger) == (machine, ledger_id(ledger))


def _read(marker: Path) -> InCharge | None:
    try:
        found = json.loads(marker.read_text(encoding="utf-8"))
        return InCharge(**{name: str(found[name]) for name in InCharge.__dataclass_fields__})
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutsideProblem(
            Text(
                f"Het bestand {marker} kan niet worden gelezen ({error.strerror}). Is de map bereikbaar?",
                f"The file {marker} can't be read ({error.strerror}). Can the folder be reached?",
            )
        ) from None
    except (ValueError, KeyError, TypeError):
        raise InputProblem(
            Text(
                f"Uit het bestand {marker} blijkt niet welke machine de mail verstuurt. Moet dat deze machine zijn? Draai hier dan: ogsm-xl take-over.",
                f"The file {marker} does not tell which machine sends the mail. Is it to be this one? Then run here: ogsm-xl take-over.",
            )
        ) from None


def _write(config: Config, mine: InCharge, *, first: bool) -> None:
    marker = marker_of(config)
    content = json.dumps(asdict(mine), ensure_ascii=False, indent=2) + "\n"
    try:
        if first:
            with marker.open("x", encoding="utf-8") as opened:
                opened.write(content)
        else:
            beside = marker.with_suffix(".new")
            beside.write_text(content, encoding="utf-8")
            beside.replace(marker)
    except FileExistsError:
        return  # another machine was quicker; who is in charge is read next
    except OSError as error:
        raise OutsideProblem(
            Text(
                f"Het bestand {marker} kan niet worden geschreven ({error.strerror}). Daarin staat welke machine de mail verstuurt; laat de gebruiker van deze taak in die map schrijven.",
                f"The file {marker} can't be written ({error.strerror}). It tells which machine sends the mail; let the user of this job write in that folder.",
            )
        ) from None


def _somebody_else(config: Config, current: InCharge) -> Text:
    return Text(
        f"De mail voor {config.workbook.name} wordt verstuurd door {current.machine} (sinds {current.since[:10]}, logboek {current.file}), niet door deze machine en dit logboek. Draai de taak daar, of neem het over met: ogsm-xl take-over. Er is niets verstuurd en niets opgehaald.",
        f"The mail for {config.workbook.name} is sent by {current.machine} (since {current.since[:10]}, ledger {current.file}), not by this machine and this ledger. Run the job there, or take over with: ogsm-xl take-over. Nothing was sent and nothing collected.",
    )


def _copy_first(config: Config, current: InCharge) -> Text:
    return Text(
        f"Wat {current.machine} al heeft verstuurd, staat in het logboek daar: {current.file}. Zet de taken daar stil, kopieer dat bestand naar {config.ledger_file} op deze machine (met het bestand .secret ernaast) en draai take-over opnieuw. Is het er niet meer? Geef dan --yes mee; wie al gemaild is, kan dan nog een keer mail krijgen.",
        f"What {current.machine} has sent is in its ledger there: {current.file}. Stop the jobs there, copy that file to {config.ledger_file} on this machine (with the .secret file beside it) and run take-over again. Is it gone? Then add --yes; whoever was mailed may then be mailed once more.",
    )


def _told_twice(current: InCharge | None) -> Text:
    machine = current.machine if current else "?"
    return Text(
        f"Wat {machine} heeft verstuurd, is hier niet bekend: wie al een uitnodiging kreeg, kan er nog een krijgen. Kijk eerst met --dry-run.",
        f"What {machine} sent is not known here: whoever was invited may be invited again. Look first with --dry-run.",
    )
