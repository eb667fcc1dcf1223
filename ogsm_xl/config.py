"""The configuration: one TOML file, checked as a whole before a job does anything.

A wrong or unknown key is refused with its name and what is allowed. Paths in the file are relative to the file.
Secrets are never in it: they come from the environment, the keyring, or a file that only the user can read
(`ogsm_xl.usecases.token_secret`, `ogsm_xl.post.secrets`). `config.example.toml` explains every key; a test holds it and this module together.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import re
import sys
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, Self, assert_never, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails

from ogsm_xl.config_file import read_toml, usable, wrong_path
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Text
from ogsm_xl.post.settings import (
    ExchangeSettings,
    FolderSettings,
    GraphSettings,
    MailboxSettings,
    MailSettings,
    SmtpImapSettings,
    WrongSetting,
)

Days = Annotated[int, Field(ge=0, le=366)]
Amount = Annotated[int, Field(ge=0, le=10_000)]
Count = Annotated[int, Field(ge=1, le=10_000)]
Percentage = Annotated[int, Field(ge=0, le=100)]


def _a_time(value: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise WrongSetting(
            Text(
                f"{value!r} is geen tijd; schrijf er een zoals '08:00'",
                f"{value!r} is no time; write one such as '08:00'",
            )
        )
    return value


def _a_path(written: object) -> object:
    if wrong := wrong_path(written):
        raise WrongSetting(wrong)
    return written


ClockTime = Annotated[str, AfterValidator(_a_time)]
WrittenPath = Annotated[Path, BeforeValidator(_a_path)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PlanSection(_Section):
    """[plan]: the workbook, and how it is written.

    Attributes:
        workbook: The plan workbook (.xlsx or .xlsm).
        url: The address of the workbook for people who open it in a browser (SharePoint, OneDrive), or "".
        backups: How many dated copies are kept; one is made before every write.
        backup_folder: Where those copies go; beside the workbook where left out.
    """

    workbook: WrittenPath
    url: str = ""
    backups: int = Field(default=10, ge=1, le=1000)
    backup_folder: WrittenPath | None = None


class RhythmSection(_Section):
    """[rhythm]: when mails go out and how long a report stays current, in days.

    Attributes:
        count: How the days before a session are counted; working days leave out weekends and the public holidays of
            `RulesSection.holiday_country`.
    """

    invitation_days: Days = 7
    reminder_days: tuple[Days, ...] = (3,)
    count: Literal["calendar days", "working days"] = "calendar days"
    action_current_days: Days = 30
    strategy_current_days: Days = 90
    time_zone: str = "Europe/Amsterdam"

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise WrongSetting(
                Text(
                    f"{value!r} is geen tijdzone; schrijf er een zoals 'Europe/Amsterdam'",
                    f"{value!r} is no time zone; write one such as 'Europe/Amsterdam'",
                )
            ) from error
        return value


class MailSection(_Section):
    """[mail]: through which mail system, and as whom.

    Attributes:
        system: Which mail system; "folder" writes mails as .eml files and reads replies from a Maildir.
        folder: For system "folder": the folder that holds `sent` and `inbox`.
        sender_name: The name that owners see.
        sender_address: The address that mail comes from and replies go to.
        calendar: Whether a session goes along for the calendar.
        texts_folder: The organisation's own mail texts; the usual ones where left out.
        redirect_all_to: A test address that gets every mail in its person's place; "" for real.
        pause_seconds: The pause between two mails.
        most_per_day: The most mails in a day; the others wait for the next.
        confirm_above: More mails than this in one run have to be confirmed.
        receipts: Whether somebody who answers hears what was understood.
        receipts_per_day: How many receipts one person gets in a day at most: two programs that answer one another end there.
        authserv_ids: The names of the mail servers whose word about a sender counts (`Authentication-Results`).
        exchange_internal: Whether Exchange's own mark for mail from inside the organisation counts.
        smtp_imap: For system "smtp_imap".
        exchange: For system "exchange".
        graph: For system "graph".
    """

    system: Literal["folder", "smtp_imap", "exchange", "graph"] = "folder"
    folder: WrittenPath = Path("mail")
    sender_name: str = "OGSM"
    sender_address: str
    calendar: bool = True
    texts_folder: WrittenPath | None = None
    redirect_all_to: str = ""
    pause_seconds: Annotated[float, Field(ge=0, le=600)] = 2.5
    most_per_day: Count = 500
    confirm_above: Amount = 100
    receipts: bool = True
    receipts_per_day: Count = 5
    authserv_ids: tuple[str, ...] = ()
    exchange_internal: bool = False
    smtp_imap: SmtpImapSettings | None = None
    exchange: ExchangeSettings | None = None
    graph: GraphSettings | None = None

    @field_validator("sender_address", "redirect_all_to")
    @classmethod
    def _an_address(cls, value: str, key: ValidationInfo) -> str:
        if not value and key.field_name == "redirect_all_to":
            return value
        local, at, domain = value.partition("@")
        if not (local and at and "." in domain) or any(c.isspace() or c in '<>,;"' for c in value):
            raise WrongSetting(
                Text(
                    f"{value!r} is geen mailadres; schrijf er een zoals 'ogsm@example.org'",
                    f"{value!r} is no mail address; write one such as 'ogsm@example.org'",
                )
            )
        return value

    @property
    def section(self) -> MailboxSettings | None:
        """The settings of the chosen mail system, where it has any."""
        match self.system:
            case "folder":
                return None
            case "smtp_imap":
                return self.smtp_imap
            case "exchange":
                return self.exchange
            case "graph":
                return self.graph
            case _:
                assert_never(self.system)

    @model_validator(mode="after")
    def _has_its_section(self) -> Self:
        if self.system != "folder" and self.section is None:
            raise WrongSetting(
                Text(
                    f"bij system = '{self.system}' hoort een groep [mail.{self.system}]",
                    f"system = '{self.system}' needs a group [mail.{self.system}]",
                )
            )
        return self


class SessionsSection(_Section):
    """[sessions]: the session workbooks, and with whom they are shared beforehand.

    Attributes:
        folder: In which they are made.
        share_days: How many days before the session its status is shared.
        share_with: With which roles; with everybody among the people where empty.
    """

    folder: WrittenPath = Path("sessions")
    share_days: Days = 1
    share_with: tuple[Literal["ogsm_owner", "process_owner", "manager", "member"], ...] = ()


class LedgerSection(_Section):
    """[ledger]: where the jobs remember what was sent, received and applied. On a local disk, never on a share.

    Attributes:
        file: The ledger; where left out, a file in the user's own data folder, one for each plan.
        secret_in: Where the secret is kept that signs the tokens in our mails: a file beside the ledger that only
            the user of the jobs can read, or the user's keyring. OGSM_XL_SECRET in the environment goes before.
    """

    file: WrittenPath | None = None
    secret_in: Literal["file", "keyring"] = "file"  # noqa: S105 - the place, not the secret


class LogSection(_Section):
    """[log]: the file in which each run leaves a few lines, for whoever looks after the jobs.

    Attributes:
        file: The log; where left out, beside the ledger.
        keep: How many older parts are kept, each of a megabyte.
    """

    file: WrittenPath | None = None
    keep: int = Field(default=5, ge=1, le=1000)


class ScheduleSection(_Section):
    """[schedule]: when `ogsm-xl run` runs which job, in the plan's time zone.

    Attributes:
        days: The days of the week.
        collect_minutes: How many minutes after each other replies are collected; 0 for not at all.
        collect_from: From when on they are collected.
        collect_until: Until when.
        send_reminders: At what times reminders go out; replies are always collected first.
        send_invites: At what times invitations go out.
        share_status: At what times the status goes to the team.
        show_status: At what times the process status is shown.
        validate_plan: At what times the plan is checked.
    """

    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = (
        "mon", "tue", "wed", "thu", "fri",
    )  # fmt: skip
    collect_minutes: Annotated[int, Field(ge=0, le=720)] = 15
    collect_from: ClockTime = "07:00"
    collect_until: ClockTime = "19:00"
    send_reminders: tuple[ClockTime, ...] = ("08:00",)
    send_invites: tuple[ClockTime, ...] = ("08:00",)
    share_status: tuple[ClockTime, ...] = ("08:00",)
    show_status: tuple[ClockTime, ...] = ()
    validate_plan: tuple[ClockTime, ...] = ()


class ThresholdsSection(_Section):
    """[rules.thresholds]: from where on the validator's rules speak; what each means stands with `RuleSettings`."""

    start_grace_days: Amount = 7
    stalled_days: Amount = 30
    behind_points: Percentage = 50
    deadline_moves: Count = 3
    target_moves: Count = 2
    same_light_reports: Count = 3
    standstill_reports: Count = 3
    proposal_sessions: Count = 2
    recent_days: Amount = 60
    longest_action_days: Amount = 730
    plausible_years: Amount = 10
    most_active_actions: Amount = 10
    most_due_in_week: Amount = 5
    month_share: Percentage = 40
    month_minimum: Count = 8
    most_business_strategies: Amount = 5
    most_enabling_strategies: Amount = 2
    most_strategies_per_owner: Amount = 3
    red_share: Percentage = 50
    longest_objective_words: Amount = 50
    measurement_days: Amount = 100
    doing_gap_days: Amount = 45
    steering_gap_days: Amount = 120
    planning_gap_days: Amount = 400
    ready_days: Amount = 14
    absence_days: Amount = 14
    leaving_days: Amount = 30


class RulesSection(_Section):
    """[rules]: which rules of the validator do not apply here, and how strict the others are.

    Attributes:
        off: Rule code to the reason why it is switched off.
        severity: Rule code to another severity.
        holiday_country: ISO code of the country whose public holidays count for sessions and are no working days; "" for
            none.
    """

    off: dict[str, str] = Field(default_factory=dict)
    severity: dict[str, Literal["error", "warning", "hint"]] = Field(default_factory=dict)
    holiday_country: str = "NL"
    thresholds: ThresholdsSection = Field(default_factory=ThresholdsSection)


class Config(_Section):
    """Everything that can be set. `language` is that of the terminal and of people without a language of their own.

    Attributes:
        file: The configuration file itself.
    """

    file: Path
    language: Language = Language.NL
    plan: PlanSection
    rhythm: RhythmSection = Field(default_factory=RhythmSection)
    mail: MailSection
    sessions: SessionsSection = Field(default_factory=SessionsSection)
    ledger: LedgerSection = Field(default_factory=LedgerSection)
    log: LogSection = Field(default_factory=LogSection)
    schedule: ScheduleSection = Field(default_factory=ScheduleSection)
    rules: RulesSection = Field(default_factory=RulesSection)

    def path(self, written: Path) -> Path:
        """A path of the file as a path that can be used: relative ones are relative to the configuration file."""
        return self.file.parent / usable(written)

    @property
    def workbook(self) -> Path:
        """The plan workbook."""
        return self.path(self.plan.workbook)

    @property
    def ledger_file(self) -> Path:
        """The ledger."""
        if self.ledger.file is not None:
            return self.path(self.ledger.file)
        return user_data_folder() / f"{self.workbook.stem}-{_fingerprint(self.workbook)}.sqlite"

    @property
    def log_file(self) -> Path:
        """The log."""
        return self.path(self.log.file) if self.log.file else self.ledger_file.with_suffix(".log")

    @property
    def mail_settings(self) -> MailSettings:
        """What the configured mail system has to know, with usable paths and its own address filled in."""
        if self.mail.system == "folder":
            return FolderSettings(self.path(self.mail.folder))
        section = self.mail.section
        if section is None:
            raise ValueError(f"[mail.{self.mail.system}] is missing")  # refused when the file was read
        return section.completed(self.mail.sender_address, self.path)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the plan's dates and times are meant."""
        return ZoneInfo(self.rhythm.time_zone)


def load_config(file: Path) -> Config:
    """Read and check a configuration file.

    Raises:
        InputProblem: It is missing, is no TOML, or has a wrong or unknown key; the sentence names the line or the key.
        OutsideProblem: The share that it is on is away.
    """
    found = read_toml(file)
    try:
        return Config.model_validate({**found, "file": file.absolute()})
    except ValidationError as error:
        raise InputProblem(explained(file, error)) from None


def explained(file: Path, error: ValidationError) -> Text:
    """Each wrong key by name, with what is allowed there; never the value of an unknown key (it may be a secret)."""
    problems = [_one_explained(problem) for problem in error.errors(include_url=False)]
    return Text(
        f"Het configuratiebestand {file} klopt niet: {'; '.join(text.nl for text in problems)}. Zie config.example.toml.",
        f"The configuration file {file} is wrong: {'; '.join(text.en for text in problems)}. See config.example.toml.",
    )


def _one_explained(problem: ErrorDetails) -> Text:
    key = ".".join(str(part) for part in problem["loc"])
    context = problem.get("ctx", {})
    match problem["type"]:
        case "extra_forbidden" | "unexpected_keyword_argument":
            known = _keys_at(problem["loc"][:-1])
            if alike := get_close_matches(str(problem["loc"][-1]), known, n=1):
                return Text(
                    f"{key} is geen bekende instelling (bedoel je {alike[0]}?)",
                    f"{key} is not a known key (do you mean {alike[0]}?)",
                )
            allowed = ", ".join(known)
            return Text(
                f"{key} is geen bekende instelling (wel: {allowed})",
                f"{key} is not a known key (known are: {allowed})",
            )
        case "missing":
            return Text(f"{key} ontbreekt", f"{key} is missing")
        case "value_error":
            wrong = context["error"]
            text = wrong.text if isinstance(wrong, WrongSetting) else Text(str(wrong), str(wrong))
            return Text(f"{key}: {text.nl}", f"{key}: {text.en}")
        case "literal_error" | "enum":
            allowed = context["expected"]
            return Text(
                f"{key} moet een van deze zijn: {allowed.replace(' or ', ' of ')}",
                f"{key} must be one of: {allowed}",
            )
        case "greater_than_equal":
            return Text(
                f"{key} moet minstens {context['ge']} zijn", f"{key} must be at least {context['ge']}"
            )
        case "less_than_equal":
            return Text(f"{key} mag hoogstens {context['le']} zijn", f"{key} must be at most {context['le']}")
        case other:
            nouns = next((text for part, text in _TYPES.items() if part in other), None)
            if nouns is None:
                return Text(f"{key} klopt niet ({problem['msg']})", f"{key} is wrong ({problem['msg']})")
            return Text(f"{key} moet {nouns.nl} zijn", f"{key} must be {nouns.en}")


_TYPES = {
    "int": Text("een geheel getal", "a whole number"),
    "float": Text("een getal", "a number"),
    "string": Text("tekst tussen aanhalingstekens", "text between quotes"),
    "bool": Text("true of false", "true or false"),
    "path": Text("een pad tussen aanhalingstekens", "a path between quotes"),
    "tuple": Text("een lijst tussen [ en ]", "a list between [ and ]"),
    "dict": Text("een groep { sleutel = waarde }", "a group { key = value }"),
    "model": Text("een groep instellingen onder een [kop]", "a group of keys under a [heading]"),
    "dataclass": Text("een groep instellingen onder een [kop]", "a group of keys under a [heading]"),
}


def _keys_at(location: tuple[int | str, ...]) -> list[str]:
    """The known keys of the section that a location in the file names."""
    section: type = Config
    for part in location:
        found = section_of(keys_of(section).get(str(part)))
        if found is None:
            return []
        section = found
    return [key for key in keys_of(section) if key != "file"]


def keys_of(section: type) -> Mapping[str, Any]:
    """The keys of a section, each with its type."""
    if issubclass(section, BaseModel):
        return {name: field.annotation for name, field in section.model_fields.items()}
    return (
        {field.name: field.type for field in dataclasses.fields(section)}
        if dataclasses.is_dataclass(section)
        else {}
    )


def section_of(annotation: Any) -> type | None:
    """The section that a key of this type holds, also where it may be left out; None for a single value."""
    for choice in (annotation, *get_args(annotation)):
        if isinstance(choice, type) and (issubclass(choice, BaseModel) or dataclasses.is_dataclass(choice)):
            return choice
    return None


def user_data_folder() -> Path:
    """The folder in which programs of this user keep their own data, on this kind of machine."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "ogsm-xl"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "ogsm-xl"


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(str(path.absolute()).casefold().encode()).hexdigest()[:8]
