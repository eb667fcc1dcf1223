"""The options of the year test, and its table of figures at the end."""

from __future__ import annotations

import pytest

FIGURES: pytest.StashKey[list[str]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say how long to play, and with which seed."""
    parser.addoption("--whole-year", action="store_true", help="play the whole year instead of six weeks")
    parser.addoption("--seed", type=int, default=1, help="what people do and where jobs are killed")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the figures of the days that were played."""
    if lines := config.stash.get(FIGURES, []):
        terminalreporter.section("what was played")
        for line in lines:
            terminalreporter.write_line(line)
