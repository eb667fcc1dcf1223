"""Play the weeks round one doing session on the example plan, with mail in a folder.

Everything that ogsm-xl does here is done by the same use cases as the jobs, with the clock passed in. Only the people
are played (`ogsm_xl.usecases.demo_people`): they read the mail that was really sent to them and answer it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from ogsm_xl.config import Config, load_config
from ogsm_xl.example import ANSWERS, EXAMPLE_SESSION, example_plan
from ogsm_xl.excel.template import write_plan_workbook
from ogsm_xl.ledger import Ledger
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Text
from ogsm_xl.post.folder import FolderMail
from ogsm_xl.rhythm.mails import MailKind
from ogsm_xl.usecases.build_session import build_session
from ogsm_xl.usecases.collect_replies import collect_replies
from ogsm_xl.usecases.demo_people import DemoPeople
from ogsm_xl.usecases.mailing import Mailroom, Secrets
from ogsm_xl.usecases.outcome import ExitCode, Outcome
from ogsm_xl.usecases.send_mails import send_mails
from ogsm_xl.usecases.share_status import share_status
from ogsm_xl.usecases.show_status import show_status
from ogsm_xl.usecases.token_secret import read_secret
from ogsm_xl.usecases.validate import validate

_CONFIG = """\
# Made by: ogsm-xl demo. What each key means is explained in config.example.toml.
language = "{language}"

[plan]
workbook = "{workbook}"

[mail]
system = "folder"
folder = "mail"
sender_name = "OGSM De Linde"
sender_address = "ogsm@delinde.example"

[ledger]
file = "ledger/ogsm.sqlite"
"""

_NOT_OURS = Text(
    "De map {folder} is niet leeg, en wat erin staat is niet (meer) zoals de demo het maakte. Noem een andere map.",
    "The folder {folder} is not empty, and what it holds is not (or no longer) as the demo made it. Name another folder.",
)
_WORKBOOK = Text("OGSM De Linde.xlsx", "OGSM De Linde.xlsx")


def play(
    folder: Path, language: Language, tell: Callable[[Text], None] | None = None, machine: str = "demo"
) -> Outcome:
    """Make the folder where it is missing, and play from the check on 1 September to the session of 10 September 2026.

    Played again in the same folder, it mails nobody twice and counts no answer twice.

    Args:
        folder: Holds configuration, plan, mail, ledger and session workbooks.
        language: Of the plan and of what is told.
        tell: Called with each line of the story as it happens.
        machine: The name of this machine, which is then the one in charge of the mail for this plan.

    Raises:
        InputProblem: The folder holds other things, or can't be written.
    """
    config = _set_up(folder, language)
    return _Demo(config, tell or (lambda _line: None), machine).play()


def _set_up(folder: Path, language: Language) -> Config:
    file = folder / "config.toml"
    try:
        if file.exists():
            if file.read_text(encoding="utf-8", errors="replace") not in map(_config, Language):
                raise InputProblem(_NOT_OURS.filled(folder=folder))
        else:
            if folder.exists() and any(folder.iterdir()):
                raise InputProblem(_NOT_OURS.filled(folder=folder))
            folder.mkdir(parents=True, exist_ok=True)
            write_plan_workbook(example_plan(language), folder / _WORKBOOK.in_(language), language)
            file.write_text(_config(language), encoding="utf-8")
    except OSError as error:
        raise InputProblem(
            Text(
                f"De map {folder} kan niet worden gemaakt of beschreven ({error.strerror}). Noem een andere map.",
                f"The folder {folder} can't be made or written ({error.strerror}). Name another folder.",
            )
        ) from None
    return load_config(file)


def _config(language: Language) -> str:
    return _CONFIG.format(language=language.value, workbook=_WORKBOOK.in_(language))


class _Demo:
    """One run of the story."""

    def __init__(self, config: Config, tell: Callable[[Text], None], machine: str) -> None:
        self.config = config
        self.machine = machine
        self.tell = tell
        self.told: list[tuple[date, Text]] = []
        self.post = FolderMail(config.path(config.mail.folder))

    def play(self) -> Outcome:
        """The days, one after another."""
        early = [answer for answer in ANSWERS if not answer.after_reminder]
        late = [answer for answer in ANSWERS if answer.after_reminder]
        with Ledger(self.config.ledger_file) as ledger:
            people = DemoPeople(self.config, ledger, self.post)
            self._say(date(2026, 9, 1), validate(config=self.config, today=date(2026, 9, 1)))
            self._mail(ledger, MailKind.INVITATION, datetime(2026, 9, 3, 8))
            self._tell(date(2026, 9, 4), people.answer(early, datetime(2026, 9, 4, 10)))
            people.out_of_office(datetime(2026, 9, 4, 10, 30))
            self._collect(ledger, datetime(2026, 9, 4, 17))
            self._mail(ledger, MailKind.REMINDER, datetime(2026, 9, 7, 8))
            self._tell(date(2026, 9, 8), people.answer(late, datetime(2026, 9, 8, 9)))
            people.stranger(datetime(2026, 9, 8, 9, 30))
            self._collect(ledger, datetime(2026, 9, 8, 17))
            status = show_status(
                config=self.config, ledger=ledger, now=datetime(2026, 9, 9, 16), session_id=EXAMPLE_SESSION
            )
            self._say(date(2026, 9, 9), status)
            self._share(ledger, datetime(2026, 9, 9, 16, 30))
            session = build_session(
                config=self.config, ledger=ledger, now=datetime(2026, 9, 10, 8), session_id=EXAMPLE_SESSION
            )
            self._say(date(2026, 9, 10), session)
        return self._end(session)

    def _mail(self, ledger: Ledger, kind: MailKind, now: datetime) -> None:
        self._say(now.date(), send_mails({kind}, self._room(ledger, now)))

    def _share(self, ledger: Ledger, now: datetime) -> None:
        self._say(now.date(), share_status(self._room(ledger, now)))

    def _room(self, ledger: Ledger, now: datetime) -> Mailroom:
        tokens = Secrets(read_secret(self.config, make=True), secrets.token_bytes)
        return Mailroom(self.config, ledger, self.post, tokens, now, machine=self.machine)

    def _collect(self, ledger: Ledger, now: datetime) -> None:
        outcome = collect_replies(
            config=self.config,
            ledger=ledger,
            post=self.post,
            secret=read_secret(self.config, make=True),
            now=now,
            machine=self.machine,
        )
        self._say(now.date(), outcome)

    def _say(self, day: date, outcome: Outcome) -> None:
        self._tell(day, outcome.summary)

    def _tell(self, day: date, line: Text) -> None:
        self.told.append((day, line))
        self.tell(_dated(day, line))

    def _end(self, session: Outcome) -> Outcome:
        """Which files to open, as lines to look at; the story for programs."""
        folder = self.config.file.parent
        files = [
            (
                Text("het plan, met de antwoorden erin", "the plan, with the answers in it"),
                self.config.workbook,
            ),
            (
                Text("het werkboek voor de sessie", "the workbook of the session"),
                Path(str(session.data["file"])),
            ),
            (Text("een uitnodiging", "an invitation"), self._sent(MailKind.INVITATION)),
            (Text("een herinnering", "a reminder"), self._sent(MailKind.REMINDER)),
            (
                Text("wat het team de dag ervoor kreeg", "what the team got the day before"),
                self._sent(MailKind.STATUS),
            ),
            (
                Text("het overzicht voor de proceseigenaar", "the process owner's overview"),
                self._sent(MailKind.OVERVIEW),
            ),
        ]
        return Outcome(
            ExitCode.DONE,
            _advice(self.config.file),
            details=[_file_line(what, file) for what, file in files],
            data={
                "folder": str(folder),
                "story": [{"day": day.isoformat(), **line._asdict()} for day, line in self.told],
                "files": [str(file) for _, file in files],
            },
        )

    def _sent(self, kind: MailKind) -> Path:
        """A mail of this kind that went out."""
        with Ledger(self.config.ledger_file, read_only=True) as ledger:
            files = (self.post.sent_file(row.message_id) for row in ledger.mails() if row.kind is kind)
            return next(file for file in files if file is not None)


def _dated(day: date, line: Text) -> Text:
    return Text(f"{day.day:2} {_MONTH.nl}  {line.nl}", f"{day.day:2} {_MONTH.en}  {line.en}")


_MONTH = Text("sept", "Sept")


def _file_line(what: Text, file: Path) -> Text:
    return Text(f"Open {what.nl}: {file}", f"Open {what.en}: {file}")


def _advice(config: Path) -> Text:
    return Text(
        f'Ga zelf verder: ogsm-xl show-status --config "{config}" --as-of 2026-09-10',
        f'Go on yourself: ogsm-xl show-status --config "{config}" --as-of 2026-09-10',
    )
