"""Mail systems behind one Protocol (`port`), one module each, chosen here by their settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from ogsm_xl.plan.words import Language
from ogsm_xl.post.settings import (
    ExchangeSettings,
    FolderSettings,
    GraphSettings,
    MailSettings,
    SmtpImapSettings,
)

if TYPE_CHECKING:
    from ogsm_xl.post.port import MailSystem, Memory  # only for its name: the configuration imports this room


def open_mail_system(settings: MailSettings, memory: Memory, language: Language) -> MailSystem:
    """The mail system that these settings are of. Only its own module is imported, and nothing connects yet.

    Args:
        settings: Which one, and how to reach it.
        memory: What is remembered between runs.
        language: Of the folders that are made in the mailbox.
    """
    match settings:
        case FolderSettings():
            from ogsm_xl.post.folder import FolderMail  # noqa: PLC0415 - imported only when configured

            return FolderMail(settings.folder)
        case SmtpImapSettings():
            from ogsm_xl.post.smtp_imap import SmtpImapMail  # noqa: PLC0415 - see above

            return SmtpImapMail(settings, language)
        case ExchangeSettings():
            from ogsm_xl.post.exchange import ExchangeMail  # noqa: PLC0415 - see above

            return ExchangeMail(settings, language)
        case GraphSettings():
            from ogsm_xl.post.graph import GraphMail  # noqa: PLC0415 - see above

            return GraphMail(settings, memory, language)
        case _:
            assert_never(settings)
