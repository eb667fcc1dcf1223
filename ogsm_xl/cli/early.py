"""Set before anything large is imported, as it makes every job start sooner; imported first for that.

- Python looks for garbage each time 700 objects were added, and a start adds hundreds of thousands that all stay.
- pydantic looks for plugins in the metadata of every installed package, which takes longest on a network drive; there
  are none of ours.
"""

from __future__ import annotations

import gc
import os

gc.set_threshold(50_000, 20, 20)
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
