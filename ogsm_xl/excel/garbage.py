"""Making a great many objects at once, without Python's search for garbage: it walks through all of them and finds none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_garbage_collection(*, made_to_last: bool = False) -> Iterator[None]:
    """No search for garbage while this lasts; what nothing refers to any more is still freed at once.

    Args:
        made_to_last: Whether what is made meanwhile is kept. It goes to the oldest generation at once then, so that the
            first collection afterwards need not walk through it.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if made_to_last:
                gc.freeze()
                gc.unfreeze()
            gc.enable()
