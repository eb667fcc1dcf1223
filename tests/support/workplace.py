"""A small organisation on disk: plan workbook, configuration, mail folder and ledger, for tests of whole jobs."""

from __future__ import annotations

import hashlib
import itertools
import mailbox
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ogsm_xl.config import Config, load_config
from ogsm_xl.excel.editor import SetCell
from ogsm_xl.excel.layout import table_of
from ogsm_xl.excel.plan_file import write_plan
from ogsm_xl.excel.reader import read_plan
from ogsm_xl.excel.template import write_plan_workbook
from ogsm_xl.excel.templates.template_parts import cell_value
from ogsm_xl.ledger import Ledger
from ogsm_xl.plan.model import Plan
from ogsm_xl.plan.words import Language
from ogsm_xl.post.folder import FolderMail
from ogsm_xl.post.port import MailSystem
from ogsm_xl.rhythm.mails import MailKind
from ogsm_xl.usecases.collect_replies import collect_replies
from ogsm_xl.usecases.mailing import Mailroom, Secrets
from ogsm_xl.usecases.older_copy import MissingReports
from ogsm_xl.usecases.outcome import Outcome
from ogsm_xl.usecases.send_mails import send_mails

SECRET = b"a secret of the tests"

_CONFIG = """
language = "{language}"
[plan]
workbook = "plan.xlsx"
[mail]
sender_address = "ogsm@example.org"
[ledger]
file = "ledger.sqlite"
"""


def counting_bytes() -> Callable[[int], bytes]:
    """Random bytes that are the same in every run of a test."""
    numbers = itertools.count(1)
    return lambda length: hashlib.sha256(str(next(numbers)).encode()).digest()[:length]


@lru_cache(maxsize=32)
def _written(plan: Plan, language: Language) -> bytes:
    """The workbook of a plan; the same plan is written once."""
    with TemporaryDirectory() as folder:
        write_plan_workbook(plan, Path(folder) / "plan.xlsx", language)
        return (Path(folder) / "plan.xlsx").read_bytes()


class Workplace:
    """Where the jobs of a test work.

    Attributes:
        post: The mail folder.
        random: Where the random bytes of tokens come from.
    """

    def __init__(self, folder: Path, plan: Plan, language: Language = Language.NL) -> None:
        """Make the files in an empty folder."""
        self.folder = folder
        (folder / "plan.xlsx").write_bytes(_written(plan, language))
        (folder / "config.toml").write_text(_CONFIG.format(language=language.value), encoding="utf-8")
        self.config: Config = load_config(folder / "config.toml")
        self.post = FolderMail(folder / "mail")
        self.random = counting_bytes()
        self._answers = itertools.count(1)

    @property
    def workbook(self) -> Path:
        """The plan workbook."""
        return self.config.workbook

    def plan(self) -> Plan:
        """The plan as its workbook holds it now."""
        return read_plan(self.workbook).plan

    def ledger(self) -> AbstractContextManager[Ledger]:
        """The ledger, opened."""
        return Ledger(self.config.ledger_file)

    def send(
        self,
        now: datetime,
        kinds: Collection[MailKind] = (MailKind.INVITATION, MailKind.REMINDER),
        *,
        post: MailSystem | None = None,
        dry_run: bool = False,
    ) -> Outcome:
        """Run the job that sends mails."""
        with self.mailroom(now, post=post, dry_run=dry_run) as room:
            return send_mails(kinds, room)

    @contextmanager
    def mailroom(
        self, now: datetime, *, post: MailSystem | None = None, dry_run: bool = False, **more: Any
    ) -> Iterator[Mailroom]:
        """What a job that mails needs, with the ledger opened; `more` is given as it is."""
        with Ledger(self.config.ledger_file, read_only=dry_run) as ledger:
            secrets = Secrets(SECRET, self.random)
            yield Mailroom(
                self.config,
                ledger,
                post or self.post,
                secrets,
                now,
                **{"machine": "here", "dry_run": dry_run, **more},
            )

    def configure(self, **sections: dict[str, Any]) -> None:
        """Change keys of the configuration, by section."""
        changed = {
            name: getattr(self.config, name).model_copy(update=keys) for name, keys in sections.items()
        }
        self.config = self.config.model_copy(update=changed)

    def put(self, plan: Plan, language: Language = Language.NL) -> None:
        """Somebody saved the plan with this in it."""
        self.workbook.write_bytes(_written(plan, language))

    def collect(
        self,
        now: datetime,
        *,
        dry_run: bool = False,
        machine: str = "here",
        ledger: type[Ledger] = Ledger,
        missing: MissingReports | None = None,
    ) -> Outcome:
        """Run the job that collects replies."""
        with ledger(self.config.ledger_file, read_only=dry_run) as opened:
            return collect_replies(
                config=self.config,
                ledger=opened,
                post=self.post,
                secret=SECRET,
                now=now,
                machine=machine,
                dry_run=dry_run,
                missing=missing,
            )

    def sent(self) -> list[EmailMessage]:
        """The mails that were sent, by recipient; receipts are not among them."""
        return [mail for mail in self._all_sent() if mail["Auto-Submitted"] != "auto-replied"]

    def receipts(self) -> list[EmailMessage]:
        """The receipts that were sent, by recipient."""
        return [mail for mail in self._all_sent() if mail["Auto-Submitted"] == "auto-replied"]

    def _all_sent(self) -> list[EmailMessage]:
        folder = self.post.sent_folder
        files = sorted(folder.glob("*.eml")) if folder.exists() else []
        mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return sorted(mails, key=lambda mail: str(mail["To"]))

    def recipients(self) -> list[str]:
        """To whom mails were sent."""
        return [mail["To"].addresses[0].addr_spec for mail in self.sent()]

    def sent_to(self, address: str) -> EmailMessage:
        """The one mail that was sent to an address."""
        (mail,) = [mail for mail in self.sent() if mail["To"].addresses[0].addr_spec == address]
        return mail

    def answer(
        self,
        mail: EmailMessage,
        top: str,
        *,
        sender: str | None = None,
        form: bytes | None = None,
        written: datetime | None = None,
    ) -> EmailMessage:
        """An answer to a mail, with the text above what it quotes; not delivered yet."""
        reply = EmailMessage(policy=policy.SMTP)
        reply["From"] = sender or str(mail["To"])
        reply["To"] = str(mail["From"])
        reply["Subject"] = f"Re: {mail['Subject']}"
        reply["Message-ID"] = f"<answer-{next(self._answers)}@example.org>"
        reply["In-Reply-To"] = str(mail["Message-ID"])
        if written is not None:
            reply["Date"] = format_datetime(written.replace(tzinfo=self.config.zone))
        body = mail.get_body(("plain",))
        assert body is not None
        quoted = "\n".join(f"> {line}" for line in body.get_content().splitlines())
        reply.set_content(f"{top}\n\nOp do 3 sep 2026 om 08:00 schreef OGSM <ogsm@example.org>:\n{quoted}\n")
        if form is not None:
            reply.add_attachment(form, maintype="application", subtype="octet-stream", filename="form.xlsx")
        return reply

    def edit(self, item: str, **values: object) -> None:
        """Somebody edits the row of an item, or of a person, in the plan: the new values by field."""

        def decide(_copy: Path) -> list[SetCell]:
            found = self.plan().item(item) or self.plan().person(item)
            assert found is not None
            assert found.row is not None
            kinds = {column.field: column.kind for column in table_of(type(found)).columns}
            return [
                SetCell(found.row.cell(name), cell_value(value, kinds[name], self.plan().language))
                for name, value in values.items()
            ]

        write_plan(self.workbook, decide, now=datetime(2026, 9, 4, 12))

    def deliver(self, *mails: EmailMessage | bytes) -> None:
        """Put mails in the inbox."""
        self.post.folder.mkdir(exist_ok=True)
        inbox = mailbox.Maildir(self.post.inbox, create=True)
        for mail in mails:
            inbox.add(mail if isinstance(mail, bytes) else mail.as_bytes())

    def inbox(self, tray: str = "") -> list[Path]:
        """The mails in the inbox, or in one of its trays (`Processed`, `Review`)."""
        folder = self.post.inbox / f".{tray}" if tray else self.post.inbox
        return sorted(file for sub in ("new", "cur") for file in (folder / sub).glob("*"))
