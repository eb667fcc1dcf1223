"""The session workbook as a whole: part by part what it was when somebody last looked at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.sessions import build
from tests.support.compare_workbooks import differences

GOLDEN = Path(build.__file__).parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sessions")
    build.write_golden(folder)
    return folder


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", ["doing", "steering", "planning"])
def test_the_golden_workbooks_are_what_is_written_today(built: Path, kind: str, language: str) -> None:
    """A change of a session workbook comes with golden ones built anew, and looked at (`build.py`)."""
    name = f"{kind}-{language}.xlsx"
    assert differences(GOLDEN / name, built / name) == []
