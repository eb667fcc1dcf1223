"""The mail system that is a folder."""

from __future__ import annotations

import mailbox
import os
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ogsm_xl.letters.mail import Address, OutgoingMail
from ogsm_xl.post.folder import FolderMail
from ogsm_xl.post.port import NotSent, Received, Tray


def mail(message_id: str = "<ogsm-AAAA@example.org>") -> OutgoingMail:
    return OutgoingMail(
        message_id=message_id,
        date=datetime(2026, 9, 3, 8, tzinfo=ZoneInfo("Europe/Amsterdam")),
        sender=Address("OGSM", "ogsm@example.org"),
        to=(Address("Anna", "anna@example.org"),),
        subject="Doensessie",
        text="Hoi Anna",
        html="<p>Hoi Anna</p>",
    )


def sent_files(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / "sent").iterdir())


def deliver(folder: Path, *bodies: bytes) -> None:
    inbox = mailbox.Maildir(folder / "inbox", create=True)
    for body in bodies:
        inbox.add(body)


def test_a_sent_mail_is_a_file_that_a_mail_program_opens(tmp_path: Path) -> None:
    """The file holds the whole mail."""
    FolderMail(tmp_path).send(mail(), "")
    assert sent_files(tmp_path) == ["2026-09-03_anna_ogsm-AAAA.eml"]
    found = message_from_bytes(
        (tmp_path / "sent" / "2026-09-03_anna_ogsm-AAAA.eml").read_bytes(), policy=policy.default
    )
    assert found["Message-ID"] == "<ogsm-AAAA@example.org>"


def test_the_same_mail_sent_again_is_still_one_mail(tmp_path: Path) -> None:
    """A repeated send can't make a second one."""
    post = FolderMail(tmp_path)
    post.send(mail(), "")
    post.send(mail(), "")
    assert sent_files(tmp_path) == ["2026-09-03_anna_ogsm-AAAA.eml"]


def test_it_knows_what_was_sent(tmp_path: Path) -> None:
    """A folder can always tell, also before anything was ever sent."""
    post = FolderMail(tmp_path)
    assert post.was_sent("<ogsm-AAAA@example.org>", "") is False
    post.send(mail(), "")
    assert post.was_sent("<ogsm-AAAA@example.org>", "") is True
    assert post.was_sent("<ogsm-BBBB@example.org>", "") is False


def test_a_folder_that_cannot_be_written_means_not_sent(tmp_path: Path) -> None:
    """What certainly did not go out may be tried again."""
    (tmp_path / "sent").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(NotSent):
        FolderMail(tmp_path).send(mail(), "")


def test_received_mail_is_read_and_filed_away(tmp_path: Path) -> None:
    """What was dealt with leaves the inbox and is kept in its tray."""
    deliver(tmp_path, b"Subject: one\n\n1", b"Subject: two\n\n2")
    post = FolderMail(tmp_path)
    one, two = sorted(post.received(), key=lambda received: received.raw)
    post.file_away(one.handle, Tray.PROCESSED)
    post.file_away(two.handle, Tray.REVIEW)
    assert list(post.received()) == []
    inbox = mailbox.Maildir(tmp_path / "inbox")
    assert [box.get_bytes(key) for box in [inbox.get_folder("Processed")] for key in box.keys()] == [one.raw]  # noqa: SIM118 - a Maildir iterates over messages
    assert [box.get_bytes(key) for box in [inbox.get_folder("Review")] for key in box.keys()] == [two.raw]  # noqa: SIM118 - see above


def test_a_mail_that_is_gone_is_no_problem(tmp_path: Path) -> None:
    """Another run, or a person, may have moved it."""
    FolderMail(tmp_path).file_away("new/gone", Tray.PROCESSED)


def test_looking_for_mail_makes_nothing(tmp_path: Path) -> None:
    """A dry run leaves even an empty folder as it is."""
    assert list(FolderMail(tmp_path).received()) == []
    assert list(tmp_path.iterdir()) == []


def test_the_oldest_mail_comes_first(tmp_path: Path) -> None:
    """A later answer corrects an earlier one, so the order counts."""
    deliver(tmp_path, b"Subject: x\n\nlater", b"Subject: x\n\nearlier")
    for file in (tmp_path / "inbox" / "new").iterdir():
        moment = 1000 if file.read_bytes().endswith(b"earlier") else 2000
        os.utime(file, (moment, moment))
    received: list[Received] = list(FolderMail(tmp_path).received())
    assert [mail.raw.rpartition(b"\n")[2] for mail in received] == [b"earlier", b"later"]
