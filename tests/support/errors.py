"""Errors as systems raise them, made on any system."""

from __future__ import annotations


def system_error(code: int, windows: int | None = None, file: str | None = None) -> OSError:
    """An error with the number that Python knows it by and, as on Windows, the system's own."""
    error = OSError(code, "as the system says it", file)
    if windows is not None:
        setattr(error, "winerror", windows)  # noqa: B010 - the attribute is declared on Windows only
    return error
