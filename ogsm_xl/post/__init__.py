"""Mail systems behind one Protocol (`port`), one module each, chosen here by the configuration's word for it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, assert_never

from ogsm_xl.post.port import MailSystem

SystemName = Literal["folder"]


def open_mail_system(system: SystemName, folder: Path) -> MailSystem:
    """The mail system with this name.

    Args:
        system: The word in the configuration.
        folder: For "folder": where the mails are.
    """
    match system:
        case "folder":
            from ogsm_xl.post.folder import FolderMail  # noqa: PLC0415 - a mail system is imported only when configured

            return FolderMail(folder)
        case _:
            assert_never(system)
