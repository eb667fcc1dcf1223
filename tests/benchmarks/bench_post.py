"""What a mail costs beside bare smtplib, and a reply beside bare imap-tools, on servers of this machine.

Run with `pytest tests/benchmarks/bench_post.py -s`; not part of the test run, as a machine's speed is no property of
the code. The ratio is: it holds what our step-by-step dialogue, the error handling and the bookkeeping add. Ours and
the bare loop take turns, and the fastest of each counts. Also here: what importing a mail system costs, and that only the
configured one is imported.
"""
# ruff: noqa: T201 - a benchmark prints its figures

from __future__ import annotations

import base64
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from imap_tools import MailBoxUnencrypted

from ogsm_xl.letters.mail import Attachment, OutgoingMail, mime
from ogsm_xl.plan.words import Language
from ogsm_xl.post.secrets import VARIABLE, Secret
from ogsm_xl.post.smtp import SmtpSender
from ogsm_xl.post.smtp_imap import SmtpImapMail
from ogsm_xl.post.trust import trusting
from tests.support.mailboxes import SmtpImapBox, dovecot_box, outgoing, reply
from tests.support.servers import dovecot

COUNT = 500
ROUNDS = 5
FORM = Attachment("Formulier.xlsx", "application/vnd.ms-excel", bytes(range(256)) * 40)


@pytest.fixture(scope="module")
def box() -> Iterator[SmtpImapBox]:
    with pytest.MonkeyPatch.context() as patch, dovecot.Dovecot() as server:
        patch.setenv(VARIABLE, dovecot.PASSWORD)
        with dovecot_box(server, "bench@example.org") as mailbox:
            yield mailbox


def mails() -> list[OutgoingMail]:
    return [outgoing(number, attachments=(FORM,)) for number in range(COUNT)]


def fastest(box: SmtpImapBox, *variants: Callable[[], float]) -> list[float]:
    """The fastest of each, taking turns, with a server that remembers nothing of the one before."""

    def measured(variant: Callable[[], float]) -> float:
        box.server.taken.clear()
        return variant()

    taken = [[measured(variant) for variant in variants] for _ in range(ROUNDS)]
    return [min(times) for times in zip(*taken, strict=True)]


def bare_sending(box: SmtpImapBox, contents: list[bytes]) -> float:
    """Nothing but smtplib, with the bytes ready."""
    with smtplib.SMTP("localhost", box.settings.smtp_port, timeout=60) as smtp:
        smtp.starttls(context=trusting(box.settings.ca_file))
        smtp.ehlo()
        plain = f"\0bench\0{dovecot.PASSWORD}".encode()
        smtp.docmd("AUTH", f"PLAIN {base64.b64encode(plain).decode()}")
        begun = time.perf_counter()
        for content in contents:
            smtp.sendmail("ogsm@example.org", ["zoe@example.org"], content)
        return time.perf_counter() - begun


def our_sending(box: SmtpImapBox, contents: list[bytes]) -> float:
    """The part that talks to the server, with the bytes ready."""
    sender = SmtpSender(
        "localhost", box.settings.smtp_port, "starttls", context=trusting(box.settings.ca_file), timeout=60
    )
    sender.login_as("bench", Secret(dovecot.PASSWORD), oauth=False)
    with closing(sender):
        sender.connect()
        begun = time.perf_counter()
        for content in contents:
            sender.send("ogsm@example.org", ["zoe@example.org"], content)
        return time.perf_counter() - begun


def whole_sending(box: SmtpImapBox, ready: list[OutgoingMail], *, copies: bool) -> float:
    """The mail system, from mails that still have to become bytes, with or without a copy in the sent mail."""
    with closing(SmtpImapMail(replace(box.settings, save_sent=copies), Language.NL)) as post:
        post.prepare(ready[0])
        begun = time.perf_counter()
        for mail in ready:
            post.send(mail, post.prepare(mail))
        return time.perf_counter() - begun


@pytest.mark.dovecot
def test_sending_five_hundred_mails(box: SmtpImapBox) -> None:
    """At most 1.3 times a bare smtplib loop with the same bytes, over one connection; building the bytes not counted."""
    ready = mails()
    begun = time.perf_counter()
    contents = [mime(mail) for mail in ready]
    building = time.perf_counter() - begun
    bare, ours, whole, copies = fastest(
        box,
        lambda: bare_sending(box, contents),
        lambda: our_sending(box, contents),
        lambda: whole_sending(box, ready, copies=False),
        lambda: whole_sending(box, ready, copies=True),
    )
    print(
        f"\nsending {COUNT} of {len(contents[0]):,} bytes: bare {bare:.2f} s, ours {ours:.2f} s ({ours / bare:.2f}×),"
        f" with building them ({building:.2f} s) {whole:.2f} s, with copies {copies:.2f} s"
    )
    assert ours <= 1.3 * bare


def bare_reading(port: int) -> float:
    """Nothing but imap-tools, in bulks of the same size as ours."""
    with MailBoxUnencrypted("127.0.0.1", port, timeout=60).login_utf8(
        "bench@example.org", dovecot.PASSWORD
    ) as mailbox:
        begun = time.perf_counter()
        found = [mail.obj.as_bytes() for mail in mailbox.fetch(mark_seen=False, bulk=50)]
        taken = time.perf_counter() - begun
    assert len(found) == COUNT
    return taken


def our_reading(box: SmtpImapBox, port: int) -> float:
    """The mail system."""
    given = replace(box.settings, imap_host="127.0.0.1", imap_port=port, imap_security="none")
    with closing(SmtpImapMail(given, Language.NL)) as post:
        post.was_sent("<none@example.org>", "")  # connects
        begun = time.perf_counter()
        found = list(post.received())
        taken = time.perf_counter() - begun
    assert len(found) == COUNT
    return taken


@pytest.mark.dovecot
def test_reading_five_hundred_replies(box: SmtpImapBox) -> None:
    """At most 1.5 times bare imap-tools."""
    for number in range(COUNT):
        box.deliver(reply(number, filler=10_000))
    bare, ours = fastest(box, lambda: bare_reading(box.imap_port), lambda: our_reading(box, box.imap_port))
    print(f"\nreading {COUNT}: bare {bare:.3f} s, ours {ours:.3f} s ({ours / bare:.2f}×)")
    assert ours <= 1.5 * bare


SYSTEMS = {
    "folder": "FolderSettings(Path('mail'))",
    "smtp_imap": "SmtpImapSettings(smtp_host='localhost', imap_host='localhost')",
    "exchange": "ExchangeSettings(server='mail.example.org')",
    "graph": "GraphSettings(tenant='example.org', client_id='x')",
}
HEAVY = {"imap_tools": {"smtp_imap"}, "exchangelib": {"exchange"}, "msal": {"graph"}}


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_mail_system_is_imported_only_when_configured(system: str) -> None:
    """Each brings its own library alone; what that costs is printed."""
    program = (
        "import sys, time; begun = time.perf_counter();"
        "from pathlib import Path; from ogsm_xl.plan.words import Language; from ogsm_xl.post import open_mail_system;"
        "from ogsm_xl.post.settings import *; settled = time.perf_counter();"
        f"open_mail_system({SYSTEMS[system]}, None, Language.NL);"
        "print(settled - begun, time.perf_counter() - settled,"
        f"*[name for name in {sorted(HEAVY)} if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    settings, opening, *imported = result.stdout.split()
    print(f"\n{system}: settings {float(settings):.3f} s, the mail system {float(opening):.3f} s")
    assert imported == [name for name in sorted(HEAVY) if system in HEAVY[name]]
