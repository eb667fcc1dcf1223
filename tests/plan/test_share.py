"""A share that is away, told from the numbers that systems give."""

from __future__ import annotations

import errno

import pytest

from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.share import away, file_problem, is_away
from ogsm_xl.plan.words import Text
from tests.support.errors import system_error

WINDOWS = {
    53: errno.ENOENT,  # the network path was not found
    64: errno.EINVAL,  # the network name is no longer available
    65: errno.EACCES,  # network access is denied
    67: errno.ENOENT,  # the network name cannot be found
    121: errno.EINVAL,  # the semaphore timeout period has expired
    1203: errno.EINVAL,  # no network provider accepted the path
    1231: errno.EINVAL,  # the network location cannot be reached
    1326: errno.EINVAL,  # the user name or password is incorrect
    2250: errno.EINVAL,  # this network connection does not exist
}


@pytest.mark.parametrize(("number", "code"), WINDOWS.items())
def test_windows_tells_a_share_that_is_away(number: int, code: int) -> None:
    """Its own number counts: Python makes "not found" and "not permitted" of some of them."""
    assert is_away(system_error(code, number))


@pytest.mark.parametrize(
    ("number", "code"), [(2, errno.ENOENT), (3, errno.ENOENT), (5, errno.EACCES), (32, errno.EACCES)]
)
def test_windows_tells_a_wrong_name_and_a_missing_permission(number: int, code: int) -> None:
    """Not found, no such path, not permitted, in use: the share is there."""
    assert not is_away(system_error(code, number))


@pytest.mark.parametrize(
    "code", [errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ESTALE, errno.ETIMEDOUT, errno.EIO, errno.ENOTCONN]
)
def test_other_systems_tell_a_share_that_is_away(code: int) -> None:
    """A mount whose server is gone."""
    assert is_away(OSError(code, "gone"))


@pytest.mark.parametrize("code", [errno.ENOENT, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EISDIR])
def test_other_systems_tell_a_wrong_name_and_a_missing_permission(code: int) -> None:
    """The share is there."""
    assert not is_away(OSError(code, "no"))


def test_what_is_raised_follows_from_it() -> None:
    """Somebody has to mend a wrong name; a share comes back."""
    text = Text("nl", "en")
    assert type(file_problem(OSError(errno.ENOENT, "no"), text)) is InputProblem
    assert type(file_problem(system_error(errno.ENOENT, 53), text)) is OutsideProblem
    assert "N:\\plan.xlsx can't be reached now (gone)" in str(
        away("N:\\plan.xlsx", OSError(errno.EIO, "gone"))
    )
