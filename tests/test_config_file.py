"""The configuration as people save it: from Notepad, with Windows paths, with slips; each refusal helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogsm_xl.config import load_config
from ogsm_xl.config_file import usable
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language

GOOD = """
language = "nl"
[plan]
workbook = "plan één.xlsx"
[mail]
system = "folder"
sender_name = "OGSM"
sender_address = "ogsm@example.org"
"""


def written(folder: Path, content: str | bytes) -> Path:
    file = folder / "config.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return file


def refusal(folder: Path, content: str | bytes) -> str:
    with pytest.raises(InputProblem) as refused:
        load_config(written(folder, content))
    return refused.value.text.nl.replace(str(folder), "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_encoding_that_notepad_marks_is_read(tmp_path: Path, encoding: str) -> None:
    """UTF-8 without and with its mark, and UTF-16."""
    config = load_config(written(tmp_path, GOOD.replace("\n", "\r\n").encode(encoding)))
    assert (config.language, config.workbook.name) == (Language.NL, "plan één.xlsx")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le"])
def test_another_encoding_is_told_with_how_to_save_it(tmp_path: Path, encoding: str) -> None:
    """Nothing in such a file says how to read it."""
    assert "is niet als UTF-8 bewaard. Open het in Kladblok" in refusal(tmp_path, GOOD.encode(encoding))


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ('workbook = "C:\\plannen\\plan.xlsx"', "tussen enkele aanhalingstekens ('C:\\OGSM\\plan.xlsx')"),
        ('workbook = "\\\\server\\share\\plan.xlsx"', "tussen enkele aanhalingstekens"),
        ("workbook = “plan.xlsx”", "Gebruik rechte aanhalingstekens"),
        ("workbook = plan.xlsx", "Een tekst of pad staat tussen aanhalingstekens"),
        ('workbook = "plan.xlsx', "Een tekst of pad staat tussen aanhalingstekens"),
        ("workbook", "Een regel is een [kop], of naam = waarde"),
        ('workbook = "a.xlsx"\nworkbook = "b.xlsx"', "Dit staat er twee keer"),
    ],
)
def test_a_line_that_is_wrong_is_shown_with_what_to_do(tmp_path: Path, line: str, hint: str) -> None:
    """The line, its number, and what is usually meant by such a slip."""
    said = refusal(tmp_path, GOOD.replace('workbook = "plan één.xlsx"', line))
    number = 4 + line.count("\n")
    assert f"klopt regel {number} niet: {line.splitlines()[-1]}. " in said
    assert hint in said


def test_a_line_with_a_secret_is_not_shown(tmp_path: Path) -> None:
    """A password that somebody put in the file does not end up in a log."""
    said = refusal(tmp_path, GOOD + "password = geheim123\n")
    assert "klopt regel 9 niet. " in said
    assert "geheim123" not in said


def test_a_backslash_that_became_a_tab_is_told(tmp_path: Path) -> None:
    r"""In "C:\temp\nieuw.xlsx" every backslash makes a character that TOML knows, and no path is like that."""
    said = refusal(tmp_path, GOOD.replace("plan één.xlsx", "C:\\temp\\nieuw.xlsx"))
    assert (
        "plan.workbook: in dit pad is een schuine streep met de letter erachter een bijzonder teken" in said
    )


def test_a_misspelled_key_is_told_with_the_one_that_is_probably_meant(tmp_path: Path) -> None:
    """Others get the list of what is known there."""
    assert "mail.sendername is geen bekende instelling (bedoel je sender_name?)" in refusal(
        tmp_path, GOOD + 'sendername = "x"\n'
    )
    assert "plan.colour is geen bekende instelling (wel: workbook, url, backups" in refusal(
        tmp_path, GOOD.replace("[mail]", 'colour = "x"\n[mail]')
    )


def test_a_folder_is_no_configuration(tmp_path: Path) -> None:
    """The sentence names the file that may be meant."""
    with pytest.raises(InputProblem, match=r"is a folder. Name the configuration file itself"):
        load_config(tmp_path)


def test_paths_may_name_the_home_folder_and_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As people write them in scripts; somebody who does not exist is left as it is written."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("OGSM_SHARE", str(tmp_path / "share"))
    assert usable(Path("~/plan.xlsx")) == tmp_path / "plan.xlsx"
    assert usable(Path("$OGSM_SHARE/plan 1.xlsx")) == tmp_path / "share" / "plan 1.xlsx"
    assert usable(Path("~nobody-at-all/plan.xlsx")) == Path("~nobody-at-all/plan.xlsx")
