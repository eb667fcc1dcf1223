"""Whether a share is away, told from what the system says: then the input is not wrong, and trying again later helps.

Looks at errors only, never at the disk.
"""

from __future__ import annotations

import errno

from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import Text

_AWAY = frozenset(
    getattr(errno, name)
    for name in (
        "EIO", "ENODEV", "ENXIO", "ENETDOWN", "ENETUNREACH", "ENETRESET", "ECONNABORTED", "ECONNRESET", "ENOTCONN",
        "ETIMEDOUT", "ECONNREFUSED", "EHOSTDOWN", "EHOSTUNREACH", "ESHUTDOWN", "ESTALE", "EREMOTEIO", "ECOMM",
        "EPROTO", "ENOMEDIUM", "ENOLINK", "EKEYEXPIRED", "ENOKEY",
    )
    if hasattr(errno, name)  # not every system knows them all
)  # fmt: skip
# Windows' own numbers, see winerror.h. Python makes "not found" or "not permitted" of some of them.
_AWAY_ON_WINDOWS = frozenset(
    {
        15,  # the drive letter is not connected
        21,  # the device is not ready
        31,  # a device attached to the system is not functioning
        *(
            51,
            52,
            53,
            54,
            55,
            57,
            58,
            59,
            64,
            65,
            67,
            70,
            71,
            72,
        ),  # the server, or the network on the way to it
        *(88, 121, 240, 1117, 1167),  # it failed or was lost while reading or writing
        *(1203, 1208, 1219, 1222, 1225, 1231, 1232, 1233, 1234, 1235, 1236, 1237, 1256, 1460),  # no network
        *(1311, 1326, 1396, 1397, 1398, 2250),  # nobody to vouch for this user, or not connected
    }
)


def is_away(error: OSError) -> bool:
    """Whether an error says that a share, server or drive can't be reached now, rather than that a file is not there."""
    windows = getattr(error, "winerror", None)
    return windows in _AWAY_ON_WINDOWS if windows is not None else error.errno in _AWAY


def file_problem(error: OSError, text: Text) -> InputProblem | OutsideProblem:
    """What to raise when a file can't be read or written: the caller's mistake, unless the share is away."""
    return OutsideProblem(text) if is_away(error) else InputProblem(text)


def away(place: object, error: OSError) -> OutsideProblem:
    """What to raise when a share is away, whatever was to be done there."""
    reason = error.strerror or str(error)
    return OutsideProblem(
        Text(
            f"{place} is nu niet te bereiken ({reason}). Controleer de netwerkverbinding en probeer het later opnieuw.",
            f"{place} can't be reached now ({reason}). Check the network connection and try again later.",
        )
    )
