"""Tests that need a tool that is not Python: skipped with the reason where it is absent, refused where it must be there.

`.ci/run` installs the tools and sets OGSM_XL_TOOLS=required: then an absent tool fails its tests instead.
"""

from __future__ import annotations

import os
import shutil

import pytest
from hypothesis import settings

# A timing is never a test: hypothesis' own deadline would fail a test on a busy machine.
settings.register_profile("without deadline", deadline=None)
settings.load_profile("without deadline")

TOOLS = {
    "libreoffice": ("soffice", "LibreOffice"),
    "dovecot": ("dovecot", "Dovecot"),
}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip or fail a marked test whose tool is not installed."""
    for marker, (command, name) in TOOLS.items():
        if item.get_closest_marker(marker) is None or shutil.which(command):
            continue
        if os.environ.get("OGSM_XL_TOOLS") == "required":
            pytest.fail(f"{name} must be installed here", pytrace=False)
        pytest.skip(f"needs {name} ({command}), which is not installed")
