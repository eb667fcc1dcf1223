"""The mail system that is a folder: sent mail as .eml files, received mail from a Maildir. The default.

Layout of the folder:
- `sent/`: one .eml file a mail, named after its day, recipient and Message-ID, so that sending it again can't make a second one.
- `inbox/`: a Maildir (`new`, `cur`, `tmp`); what was dealt with moves to its sub-folders `.Processed` and `.Review`.

Safe for several processes at once: files appear by an atomic rename.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from ogsm_xl.letters.mail import OutgoingMail, mime
from ogsm_xl.plan.problem import OutsideProblem
from ogsm_xl.plan.words import Text
from ogsm_xl.post.port import NotSent, Received, Tray


class FolderMail:
    """Mail in a folder. Nothing leaves this machine."""

    def __init__(self, folder: Path) -> None:
        """Use a folder; it is made on first use."""
        self.folder = folder

    @property
    def sent_folder(self) -> Path:
        """Where sent mails are."""
        return self.folder / "sent"

    def prepare(self, mail: OutgoingMail) -> str:  # noqa: ARG002 - the port's arguments
        """There are no drafts: a file is there or it is not."""
        return ""

    def send(self, mail: OutgoingMail, handle: str) -> None:  # noqa: ARG002 - see above
        """Write the mail as an .eml file."""
        name = _plain(mail.message_id)
        new = self.sent_folder / f"{mail.date:%Y-%m-%d}_{_plain(mail.to[0].mail)}_{name}.eml"
        try:
            self.sent_folder.mkdir(parents=True, exist_ok=True)
            target = self._sent_files.setdefault(name, new)
            unfinished = target.with_suffix(f".{os.getpid()}.tmp")
            unfinished.write_bytes(mime(mail))
            unfinished.replace(target)
        except OSError as error:
            raise NotSent(
                Text(
                    f"De mail kan niet in {self.sent_folder} worden gezet ({error.strerror}). Zorg dat deze gebruiker daar mag schrijven.",
                    f"The mail can't be put in {self.sent_folder} ({error.strerror}). Let this user write there.",
                )
            ) from None

    @cached_property
    def _sent_files(self) -> dict[str, Path]:
        """The files of what was sent, by Message-ID: looked up once, as they become many over the years."""
        return {file.stem.rpartition("_")[2]: file for file in self.sent_folder.glob("*.eml")}

    def was_sent(self, message_id: str, handle: str) -> bool | None:  # noqa: ARG002 - see above
        """Whether the .eml file is there."""
        return self.sent_file(message_id) is not None

    def discard(self, message_id: str, handle: str) -> None:
        """There are no drafts."""

    def sent_file(self, message_id: str) -> Path | None:
        """The file of a mail that was sent, or None."""
        return next(self.sent_folder.glob(f"*_{_plain(message_id)}.eml"), None)

    @property
    def inbox(self) -> Path:
        """The Maildir with received mails."""
        return self.folder / "inbox"

    def received(self) -> Iterator[Received]:
        """The mails of the Maildir, in the order in which they were delivered."""
        try:
            folders = [folder for sub in ("new", "cur") if (folder := self.inbox / sub).is_dir()]
            files = [file for folder in folders for file in folder.iterdir() if file.is_file()]
            files.sort(key=lambda file: (_delivered(file), file.name))
        except OSError as error:
            raise OutsideProblem(
                Text(
                    f"Het postvak {self.inbox} kan niet worden gelezen ({error.strerror}).",
                    f"The inbox {self.inbox} can't be read ({error.strerror}).",
                )
            ) from None
        for file in files:
            try:
                raw = file.read_bytes()
            except FileNotFoundError:
                continue  # another run took it
            yield Received(f"{file.parent.name}/{file.name}", raw)

    def file_away(self, handle: str, tray: Tray) -> None:
        """Move the mail's file to a sub-folder of the Maildir."""
        source = self.inbox / handle
        target = self.inbox / f".{tray.value}"
        _make_maildir(target)
        try:
            source.replace(target / "cur" / source.name)
        except FileNotFoundError:
            return

    def refile(self, message_id: str, source: Tray, target: Tray) -> None:
        """Move the mail's file to another sub-folder."""
        box, goal = self.inbox / f".{source.value}", self.inbox / f".{target.value}"
        try:
            for file in (*box.glob("new/*"), *box.glob("cur/*")):
                if _message_id(file) == message_id:
                    _make_maildir(goal)
                    file.replace(goal / "cur" / file.name)
        except FileNotFoundError:
            return  # another run took it
        except OSError as error:
            raise OutsideProblem(
                Text(
                    f"Een mail kan niet van {box} naar {goal} worden verplaatst ({error.strerror}).",
                    f"A mail can't be moved from {box} to {goal} ({error.strerror}).",
                )
            ) from None

    def remove(self, message_id: str) -> None:
        """Delete the .eml file, and the mails of the Maildir that have this Message-ID."""
        if sent := self.sent_file(message_id):
            sent.unlink(missing_ok=True)
        wanted = f"\nmessage-id: {message_id}\n".encode().lower()
        for box in (self.inbox, *(self.inbox / f".{tray.value}" for tray in Tray)):
            for file in (*box.glob("new/*"), *box.glob("cur/*")):
                head = file.read_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")[0]
                if wanted in b"\n" + head.lower() + b"\n":
                    file.unlink(missing_ok=True)

    def close(self) -> None:
        """There are no connections."""


def _plain(address: str) -> str:
    """The first part of an address or Message-ID, as it can stand in a file name."""
    return re.sub(r"[^A-Za-z0-9.-]", "-", address.strip("<>").partition("@")[0])[:60]


def _message_id(file: Path) -> str:
    """The Message-ID of the mail in a file, or ""."""
    head = file.read_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    found = re.search(rb"^Message-ID:\s*(<[^<>\s]+>)", head, re.IGNORECASE | re.MULTILINE)
    return found[1].decode("utf-8", "replace") if found else ""


def _make_maildir(folder: Path) -> None:
    for sub in ("tmp", "new", "cur"):
        (folder / sub).mkdir(parents=True, exist_ok=True)


def _delivered(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0.0
