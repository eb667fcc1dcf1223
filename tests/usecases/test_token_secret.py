"""The secret that signs the tokens: made once, kept in private."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest

from ogsm_xl.config import Config, load_config
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.usecases.token_secret import read_secret

CONFIG = """
[plan]
workbook = "plan.xlsx"
[mail]
sender_address = "ogsm@example.org"
[ledger]
file = "ledger.sqlite"
"""


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring has types for a part only
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class LockedKeyring(MemoryKeyring):
    """A keyring that nobody has unlocked."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked


@pytest.fixture(autouse=True)
def _no_secret_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OGSM_XL_SECRET", raising=False)


@pytest.fixture
def own_keyring() -> Iterator[MemoryKeyring]:
    """A keyring of the test's own in place of the user's."""
    before, mine = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


def configured(folder: Path, more: str = "") -> Config:
    file = folder / "config.toml"
    file.write_text(CONFIG + more, encoding="utf-8")
    return load_config(file)


def test_the_secret_is_made_once_and_only_for_the_user(tmp_path: Path) -> None:
    """The second run finds the first one's secret; nobody else may read it."""
    config = configured(tmp_path)
    first = read_secret(config, make=True)
    assert read_secret(config, make=True) == first
    assert len(first) >= 32
    if os.name == "posix":
        assert (tmp_path / "ledger.secret").stat().st_mode & 0o077 == 0


def test_a_dry_run_makes_no_secret(tmp_path: Path) -> None:
    """Nothing is written by a dry run, not even the secret."""
    read_secret(configured(tmp_path), make=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.toml"]


def test_the_environment_goes_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An administrator may keep the secret in the environment."""
    monkeypatch.setenv("OGSM_XL_SECRET", "from the vault")
    assert read_secret(configured(tmp_path), make=True) == b"from the vault"


def test_the_keyring_keeps_it_where_that_is_chosen(tmp_path: Path, own_keyring: MemoryKeyring) -> None:
    """It is made once, and no file has it."""
    config = configured(tmp_path, 'secret_in = "keyring"\n')
    first = read_secret(config, make=True)
    assert [read_secret(config, make=True), *map(str.encode, own_keyring.kept.values())] == [first, first]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.toml"]


def test_a_dry_run_puts_nothing_into_the_keyring(tmp_path: Path, own_keyring: MemoryKeyring) -> None:
    """It gets a secret that is thrown away."""
    read_secret(configured(tmp_path, 'secret_in = "keyring"\n'), make=False)
    assert own_keyring.kept == {}


@pytest.mark.usefixtures("own_keyring")
def test_a_locked_keyring_is_a_sentence(tmp_path: Path) -> None:
    """A scheduled job often runs without a logged-in user."""
    keyring.set_keyring(LockedKeyring())
    with pytest.raises(InputProblem, match="KeyringLocked"):
        read_secret(configured(tmp_path, 'secret_in = "keyring"\n'), make=True)


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    """The folder's name is a file's."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    config = configured(tmp_path).model_copy()
    config = config.model_copy(
        update={"ledger": config.ledger.model_copy(update={"file": Path("file/l.sqlite")})}
    )
    with pytest.raises(InputProblem, match="OGSM_XL_SECRET"):
        read_secret(config, make=True)
