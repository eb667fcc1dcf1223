"""A real IMAP server: Dovecot, run for the tests in a folder of its own, as whoever runs them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

from tests.support.servers.certificates import Certificates
from tests.support.servers.ports import free_ports

PASSWORD = "geheim-é"

_CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
default_internal_user = {daemon}
default_internal_group = {daemon_group}
default_login_user = {daemon}
first_valid_uid = 1
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{cert_file}
ssl_key = <{key_file}
auth_mechanisms = plain login
mail_location = maildir:~/Maildir
mail_fsync = never
mail_max_userip_connections = 50
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  mailbox "Verzonden" {{
    auto = create
    special_use = \\Sent
  }}
}}
auth_failure_delay = 0
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
"""


def find_dovecot() -> str | None:
    """The program, or None where it is not installed."""
    return shutil.which("dovecot")


class Dovecot:
    """A running server; every user name has a mailbox, with the same password. Use as a context manager.

    Attributes:
        port: Without encryption, or STARTTLS.
        tls_port: With TLS.
        certificates: What it presents.
    """

    def __init__(self) -> None:
        """Write its configuration."""
        import pwd  # noqa: PLC0415 - not on Windows, where there is no Dovecot either

        # not under pytest's own folder, which only its user may enter: as root, Dovecot works as somebody else
        self._folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self._folder.chmod(0o755)
        self.certificates = Certificates(self._folder)
        self.port, self.tls_port = free_ports(2)
        root = os.getuid() == 0
        worker = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.getuid())
        (self._folder / "mail").mkdir()
        if root:
            os.chown(self._folder / "mail", worker.pw_uid, worker.pw_gid)
        self._config = self._folder / "dovecot.conf"
        self._config.write_text(
            _CONFIG.format(
                folder=self._folder,
                daemon=worker.pw_name,
                daemon_group=_group(worker.pw_gid),
                uid=worker.pw_uid,
                gid=worker.pw_gid,
                password=PASSWORD,
                port=self.port,
                tls_port=self.tls_port,
                cert_file=self.certificates.cert_file,
                key_file=self.certificates.key_file,
            ),
            encoding="utf-8",
        )
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start, and wait until it answers."""
        program = find_dovecot()
        assert program is not None
        self._process = subprocess.Popen([program, "-F", "-c", str(self._config)])
        for _ in range(200):
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                    if connection.recv(1):
                        return self
            except OSError:
                time.sleep(0.05)
        self.__exit__()
        raise RuntimeError("Dovecot does not start")

    def __exit__(self, *_: object) -> None:
        """Stop, and leave nothing behind."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(timeout=20)
        shutil.rmtree(self._folder, ignore_errors=True)


def _group(gid: int) -> str:
    import grp  # noqa: PLC0415 - absent on Windows, as Dovecot is

    return grp.getgrgid(gid).gr_name
