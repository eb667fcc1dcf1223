"""Where the mailbox's secret comes from, and that it shows nowhere."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import pytest

from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.post.secrets import KEYRING_SERVICE, VARIABLE, Secret, find_secret, private_text


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A keyring of the tests."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring declares no types here
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def own_keyring() -> Iterator[MemoryKeyring]:
    before, own = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(own)
    yield own
    keyring.set_keyring(before)


def secret_file(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    file = folder / "mail.secret"
    file.write_bytes(content)
    file.chmod(mode)
    return file


def test_it_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a scheduler or a vault hands it over."""
    monkeypatch.setenv(VARIABLE, "geheim é")
    assert find_secret("environment", "ogsm", None).revealed == "geheim é"


def test_it_comes_from_the_keyring(own_keyring: MemoryKeyring) -> None:
    """Under our name and the login name."""
    own_keyring.set_password(KEYRING_SERVICE, "ogsm", "geheim")
    assert find_secret("keyring", "ogsm", None).revealed == "geheim"


@pytest.mark.parametrize("content", [b"geheim", b"geheim\n", b"geheim\r\n", b"\xef\xbb\xbfgeheim"])
def test_it_comes_from_a_file(tmp_path: Path, content: bytes) -> None:
    """As any editor leaves it: a line break at the end is not part of it."""
    assert find_secret("file", "ogsm", secret_file(tmp_path, content)).revealed == "geheim"


@pytest.mark.skipif(os.name != "posix", reason="access lists decide there")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o620])
def test_a_file_that_others_can_read_or_write_is_refused(tmp_path: Path, mode: int) -> None:
    """The sentence says how to mend it, and does not hold the secret."""
    with pytest.raises(InputProblem, match="chmod 600") as refused:
        private_text(secret_file(tmp_path, b"geheim", mode))
    assert "geheim'" not in "".join(refused.value.text)


def test_a_missing_secret_says_where_it_was_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_keyring: MemoryKeyring
) -> None:
    """The place, and how to put it there."""
    monkeypatch.setenv(VARIABLE, "")
    with pytest.raises(InputProblem, match=VARIABLE):
        find_secret("environment", "ogsm", None)
    with pytest.raises(InputProblem, match="keyring set ogsm-xl ogsm"):
        find_secret("keyring", "ogsm", None)
    with pytest.raises(InputProblem, match="is empty"):
        find_secret("file", "ogsm", secret_file(tmp_path, b"\n"))
    with pytest.raises(InputProblem, match="can't be read"):
        find_secret("file", "ogsm", tmp_path / "none")
    with pytest.raises(InputProblem, match="not UTF-8"):
        find_secret("file", "ogsm", secret_file(tmp_path, b"\xff\xfe"))
    assert own_keyring.kept == {}


def test_a_machine_without_a_keyring_gets_a_sentence() -> None:
    """A job that nobody is logged in for often has none."""
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]  # see above
    try:
        with pytest.raises(InputProblem, match="keyring can't be used"):
            find_secret("keyring", "ogsm", None)
    finally:
        keyring.set_keyring(before)


@dataclass(frozen=True)
class HoldsOne:
    """Settings of some kind."""

    secret: Secret


def test_it_shows_itself_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    """Not printed, not formatted, not logged, not as JSON, not inside something else."""
    secret = Secret("hunter2")
    logging.getLogger("test").warning("%s %r", secret, HoldsOne(secret))
    shown = [
        str(secret),
        repr(secret),
        f"{secret}",
        str(HoldsOne(secret)),
        str(asdict(HoldsOne(secret))),
        caplog.text,
    ]
    with pytest.raises(TypeError):
        json.dumps({"secret": secret})
    assert [text for text in shown if "hunter2" in text] == []


def test_it_is_taken_out_of_what_a_server_says() -> None:
    """Some servers repeat what they were sent."""
    assert Secret("hunter2").hidden_in("535 wrong: hunter2!") == "535 wrong: …!"
