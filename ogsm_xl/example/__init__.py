"""A realistic plan to try everything out on: Woonstichting De Linde, a housing association of 11,400 homes.

The content stands as tables of data, Dutch and English side by side: `people` (and the session calendar), `aims`
(objective, goals, strategies, indicators), a module for the actions of each strategy with all their reports, and
`learning` (decisions, evaluations, environment). `faults` lists what is wrong on purpose. The organisation, its
people and its figures are invented.
"""

from ogsm_xl.example.answers import ANSWERS, Answer, Said
from ogsm_xl.example.example import example_plan
from ogsm_xl.example.faults import FAULTS
from ogsm_xl.example.people import EXAMPLE_SESSION

__all__ = ["ANSWERS", "EXAMPLE_SESSION", "FAULTS", "Answer", "Said", "example_plan"]
