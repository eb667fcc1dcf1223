"""The README and the guides can't drift from the code: what they tell people to type is typed here."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from typer.main import get_command

from ogsm_xl.cli import app, run
from ogsm_xl.config import Config
from ogsm_xl.excel.templates.guide_texts import ROLES
from ogsm_xl.letters.reply_lines import Answer, read_answers
from ogsm_xl.plan.words import ItemKind, Language, Status, TrafficLight

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PICTURES = sorted((ROOT / "docs" / "pictures").iterdir())

DUTCH = {"eigenaren.md", "proceseigenaren.md", "regels.md"}

COMMAND_BLOCKS = {"", "sh", "powershell"}
"""Blocks of these kinds hold commands, each of which is run or accounted for; `text`, `toml` and `python` hold none."""

ONLY_PARSED = {
    "init": "asks questions; tests/usecases/test_begin.py gives it answers",
    "run": "runs until it is stopped; tests/cli/test_scheduler.py stops it",
    "sent --resolve": "needs a mail that broke off; tests/usecases/test_sent_mails.py breaks one off",
    "review 12": "needs a mail that waits under this number; tests/usecases/test_review.py has them",
    "template build": "writes the sources; tests/usecases/test_make_workbooks.py builds elsewhere",
    "rules --write-docs": "writes the sources; tests/usecases/test_explain_rules.py writes a copy",
}
"""Commands of ogsm-xl, by how they begin, that are not run here but given to the parser alone, and why."""

NOT_OURS = {
    "python": "makes an environment, installs, or runs a script of jobs/; .ci/run follows the README word for word",
    "python3": "makes an environment",
    "py": "makes an environment on Windows",
    "pytest": "the tests themselves; .ci/run runs them",
    "ruff": "lint; .ci/run runs it",
    "mypy": "types; .ci/run runs it",
    "lint-imports": "the import contract; .ci/run runs it",
    "cd": "goes into a folder that init makes",
    ".": "activates an environment",
    "$env:Path": "lets a window of PowerShell find ogsm-xl",
    "schtasks": "Windows' Task Scheduler",
    "icacls": "rights of files on Windows",
    "cp": "copies files",
    "systemctl": "systemd",
    "loginctl": "systemd",
    "openssl": "makes a certificate",
    "cat": "joins files of a certificate",
    "chmod": "rights of files",
    "rm": "removes a key",
    "soffice": "LibreOffice, for pictures and PDFs",
    "pdftoppm": "pictures of pages",
    "chromium": "pictures of mails",
    "convert": "makes pictures small",
}
"""Other programs, and what for; a program that is not known here makes a test fail, so that nobody overlooks it."""

CMDLET = re.compile(r"(?:Connect|New|Test|Add|Get|Set)-[A-Z]\w+$")
"""Cmdlets of PowerShell and of Exchange, for an administrator's machine."""

AS_OF = "2026-10-02T10:00"
"""The day on which commands run that name none: three weeks after the session of the demo."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a page tells to type: one command with its place."""

    page: str
    line: int
    words: tuple[str, ...]

    @property
    def is_ours(self) -> bool:
        """Whether it is ogsm-xl, in any of the ways to start it."""
        return self.words[0] == "ogsm-xl"

    def __str__(self) -> str:
        """Page, line and command, for messages."""
        return f"{self.page}:{self.line}: {' '.join(self.words)}"


def blocks(page: Path) -> Iterator[tuple[str, int, str]]:
    """The fenced blocks of a page: kind, first line, content."""
    text = page.read_text(encoding="utf-8")
    for found in re.finditer(r"^( *)```(\w*)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL):
        lines = [line.removeprefix(found[1]) for line in found[3].splitlines()]
        yield found[2], text[: found.start()].count("\n") + 2, "\n".join(lines)


def typed(page: Path) -> Iterator[Typed]:
    """The commands in the blocks of a page."""
    for kind, first, content in blocks(page):
        if kind not in COMMAND_BLOCKS:
            continue
        whole = re.sub(r" *[\\`]\n\s*", " ", content)  # a command over several lines
        for offset, line in enumerate(whole.splitlines()):
            for command in re.split(r" && ", line):
                if words := tuple(plain_words(command)):
                    yield Typed(page.name, first + offset, words)


def plain_words(command: str) -> list[str]:
    """The words of a command, without its comment; ogsm-xl by its name, however it is started."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.escape = ""  # a path of Windows
    words = list(lexer)
    return ["ogsm-xl", *words[3:]] if words[1:3] == ["-m", "ogsm_xl.cli"] else words


def mentioned(page: Path) -> Iterator[Typed]:
    """The commands of ogsm-xl that stand in a sentence: `ogsm-xl run`; of `a|b` and `[OPTION]` the first is taken."""
    text = page.read_text(encoding="utf-8")
    for found in re.finditer(r"(?<!`)`(ogsm-xl [^`\n]+)`", text):
        command = re.sub(r"\|[\w|-]+", "", found[1]).translate(str.maketrans("", "", "[]"))
        if "…" not in command and "JOB" not in command:
            yield Typed(page.name, text[: found.start()].count("\n") + 1, tuple(plain_words(command)))


def parse(words: tuple[str, ...], *, by_name: bool = False) -> None:
    """Give the arguments to the parser of the command line, which raises where they are wrong; nothing is run.

    `by_name`: a command alone, without what it needs, is only named.
    """
    group, arguments = get_command(app), list(words[1:])
    if arguments[:1] == ["--help"]:
        return
    arguments = [word for word in arguments if word != "--verbose"]
    while hasattr(group, "commands"):
        name = arguments.pop(0)
        assert name in group.commands, f"there is no command {name}"
        group = group.commands[name]
    if "--help" not in arguments and (arguments or not by_name):
        group.make_context(words[1], arguments)


def reason_not_to_run(words: tuple[str, ...]) -> str:
    """Why a command of ogsm-xl is only parsed, or ""."""
    for begin, reason in ONLY_PARSED.items():
        name, *rest = begin.split()
        if words[1] == name and (words[2 : 2 + len(rest)] == tuple(rest) or set(rest) <= set(words[2:])):
            return "" if "--dry-run" in words or "--once" in words else reason
    return ""


def arguments_for_a_day(words: tuple[str, ...]) -> list[str]:
    """The arguments, on a day that stays the same whenever the tests run."""
    arguments = list(words[1:])
    takes_a_day = any(
        "--as-of" in parameter.opts
        for command in [get_command(app).commands.get(arguments[0])]  # type: ignore[attr-defined]  # a group
        if command
        for parameter in command.params
    )
    return [*arguments, "--as-of", AS_OF] if takes_a_day and "--as-of" not in arguments else arguments


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders of a demo that was played, by language."""
    folders = {language: tmp_path_factory.mktemp("demo") / language for language in ("nl", "en")}
    for language, folder in folders.items():
        assert run(["demo", str(folder), "--language", language]) == 0
    return folders


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_runs(
    page: Path, played: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the folder of a plan, in the order of the page; what can't be run here is parsed, and its reason is known."""
    here = tmp_path / "plan"
    shutil.copytree(played["nl" if page.name in DUTCH else "en"], here)
    monkeypatch.chdir(here)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))
    done: set[tuple[str, ...]] = set()
    for command in typed(page):
        if not command.is_ours:
            first = command.words[0]
            assert first in NOT_OURS or CMDLET.match(first), f"{command}: what is {first}?"
            continue
        parse(command.words)
        if reason_not_to_run(command.words) or command.words in done:
            continue
        done.add(command.words)
        assert run(arguments_for_a_day(command.words)) in {0, 1}, str(command)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_in_a_sentence_is_one(page: Path) -> None:
    """Its options exist, and what they need is given."""
    for command in mentioned(page):
        try:
            parse(command.words, by_name=True)
        except Exception as error:
            raise AssertionError(f"{command}: {error}") from error


def test_every_reason_is_needed() -> None:
    """No exception stays behind when the page that needed it changes."""
    commands = [command for page in PAGES for command in typed(page)]
    programs = {command.words[0] for command in commands}
    reasons = {reason_not_to_run(command.words) for command in commands if command.is_ours}
    assert sorted(set(NOT_OURS) - programs) == []
    assert sorted(set(ONLY_PARSED.values()) - reasons) == []


def test_every_command_is_told_about() -> None:
    """Each command of `ogsm-xl --help` stands in the README or in a guide."""
    told = " ".join(page.read_text(encoding="utf-8") for page in PAGES)
    missing = []
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]  # typer's app is a group
        if command.hidden:
            continue
        names = [f"{name} {below}" for below in getattr(command, "commands", ())] or [name]
        missing += [each for each in names if f"ogsm-xl {each}" not in told]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_of_a_configuration_is_one(page: Path) -> None:
    """Its keys are known and its values allowed."""
    for kind, _, content in blocks(page):
        if kind == "toml":
            values = tomllib.loads(content)
            values.setdefault("plan", {}).setdefault("workbook", "plan.xlsx")
            values.setdefault("mail", {}).setdefault("sender_address", "ogsm@example.org")
            Config.model_validate({**values, "file": ROOT / "config.toml"})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_example_of_python_runs(
    page: Path, played: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the folder of a demo that is called what the page calls it."""
    beside = played["en"].parent
    monkeypatch.chdir(beside)
    shutil.copytree(played["en"], beside / "pictures", dirs_exist_ok=True)
    for kind, _, content in blocks(page):
        if kind == "python":
            exec(compile(content, page.name, "exec"), {})  # noqa: S102 - our own page


def anchors(page: Path) -> set[str]:
    """What a heading is called in a link, as GitHub makes it."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """To a file of the project, and to a heading that is there."""
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        assert there.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in anchors(there), f"{page.name}: {target}"


def test_pictures_are_few_small_and_shown() -> None:
    """Twelve at most, 200 KB at most each, and every one of them on a page."""
    shown = " ".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert len(PICTURES) <= 12
    assert [path.name for path in PICTURES if path.stat().st_size > 200_000] == []
    assert [path.name for path in PICTURES if f"pictures/{path.name})" not in shown] == []


@pytest.mark.parametrize(
    ("english", "dutch"), [("process-owners.md", "proceseigenaren.md"), ("owners.md", "eigenaren.md")]
)
def test_dutch_and_english_pages_tell_the_same(english: str, dutch: str) -> None:
    """As many headings, tables and pictures, and the same commands but for the names in them."""

    def shape(name: str) -> list[str]:
        lines = (ROOT / "docs" / name).read_text(encoding="utf-8").splitlines()
        return [kind[0] for line in lines if (kind := re.match(r"#+ |\*\*\d|!\[|\| -|- |```\w*", line))]

    def commands(name: str) -> list[tuple[str, ...]]:
        found = [command.words for command in typed(ROOT / "docs" / name)]
        return [tuple(word for word in words if word.startswith(("-", "ogsm-xl")) or word == words[1]) for words in found if words[0] == "ogsm-xl"]  # fmt: skip

    assert shape(dutch) == shape(english)
    assert [[w for w in words if w != "--language"] for words in commands(dutch)] == [
        [w for w in words if w != "--language"] for words in commands(english)
    ]


@pytest.mark.parametrize("page", ["owners.md", "eigenaren.md"])
def test_what_owners_are_told_to_write_is_understood(page: str) -> None:
    """The lines of the example, and the short answers in the sentence below it."""
    path = ROOT / "docs" / page
    example = next(content for kind, _, content in blocks(path) if kind == "text")
    short = re.findall(r"`([AI]\d+ [^`]+)`", path.read_text(encoding="utf-8"))
    items = {"A2": ItemKind.ACTION, "I13": ItemKind.INDICATOR}

    def read(text: str) -> Answer:
        found = read_answers(text, items, date(2026, 9, 4))
        assert (found.problems, found.rest) == ((), "")
        return found.answers[0]

    long = read(example)
    assert (long.light, long.progress, long.status) == (TrafficLight.ORANGE, 65, None)
    assert all((long.done, long.next, long.needed, long.proposal))
    unchanged, done, measured = map(read, short)
    assert unchanged.no_change
    assert done.status is Status.DONE
    assert (measured.value, measured.light) == (1041, TrafficLight.GREEN)
    [alone] = re.findall(r"`(No changes|Geen wijzigingen)`", path.read_text(encoding="utf-8"))
    assert [answer.no_change for answer in read_answers(alone, items, date(2026, 9, 4)).answers] == [
        True,
        True,
    ]


@pytest.mark.parametrize("language", Language)
def test_what_the_guide_of_the_workbook_tells_owners_to_write_is_understood(language: Language) -> None:
    """What stands between quotes on the page for owners."""
    steps = " ".join(step.text.in_(language) for step in ROLES[0].steps)
    items = {"A12": ItemKind.ACTION, "I4": ItemKind.INDICATOR}
    read = [read_answers(line, items, date(2026, 9, 4)) for line in re.findall(r"“([^”]+)”", steps)]
    assert [found.problems for found in read] == [()] * 4
    assert [found.answers for found in read] == [
        (Answer("A12", light=TrafficLight.ORANGE, progress=60),),
        (Answer("A12", no_change=True),),
        (Answer("A12", status=Status.DONE),),
        (Answer("I4", light=TrafficLight.GREEN, value=7.6),),
    ]


def table_rows() -> list[tuple[str, str, str]]:
    return re.findall(r"^\| `(jobs/\w+\.py)` \| `ogsm-xl ([\w-]+)` \| (.+?) \|$", README, re.MULTILINE)


def test_the_table_of_jobs_names_every_script() -> None:
    """Each script of jobs/ has its line."""
    scripts = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "jobs").glob("*.py"))
    assert sorted(script for script, _, _ in table_rows()) == scripts


def test_the_table_of_jobs_says_what_the_commands_say() -> None:
    """The text of the table is that of --help."""
    commands = get_command(app).commands  # type: ignore[attr-defined]  # typer's app is a group
    for script, command, text in table_rows():
        assert commands[command].help == text, script


def test_each_script_runs_its_command() -> None:
    """A script shows the help of the command that the table gives it."""
    for script, command, _ in table_rows():
        shown = subprocess.run(
            [sys.executable, ROOT / script, "--help"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert f"ogsm-xl {command}" in shown.stdout, shown.stderr


def test_the_two_commands_stand_first() -> None:
    """What a newcomer copies stands at the top, and .ci/run finds it there."""
    commands = re.findall(r"^python -m pip install .*$", README, re.MULTILINE)
    assert commands == [
        "python -m pip install . && ogsm-xl demo",
        "python -m pip install '.[test]' && pytest",
    ]
