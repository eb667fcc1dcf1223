"""What a session looks at besides the action list, by its kind."""

from __future__ import annotations

from typing import TypeAlias

from ogsm_xl.rhythm.planning import PlanningReview
from ogsm_xl.rhythm.steering import SteeringReview

Review: TypeAlias = SteeringReview | PlanningReview | None
"""None for a doing session, which looks at the action list alone."""
