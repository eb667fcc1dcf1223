"""Writes the golden session workbooks beside this file: one small plan, three kinds of session, Dutch and English.

    python -m tests.golden.sessions.build

Look at them in Excel or LibreOffice before committing them anew.
"""

from __future__ import annotations

import dataclasses
from datetime import datetime
from pathlib import Path

from ogsm_xl.excel.session_workbook import write_session_workbook
from ogsm_xl.plan.words import Language, SessionKind
from ogsm_xl.rhythm.agenda import doing_agenda
from ogsm_xl.rhythm.process_status import process_status
from ogsm_xl.rhythm.settings import RhythmSettings
from ogsm_xl.usecases.build_session import review_of
from tests.support.plans import plan_of

NOW = datetime(2026, 6, 9, 8)
PLAN = """
    objective O1 Anna "Iedereen een huis" organisation=Woonfonds
    person    Anna anna@example.org ogsm_owner
    person    Bram bram@example.org
    strategy  S1 Anna "Korter wachten door sneller te bouwen" red
    strategy  S2 Bram "Goede buurten door samen te werken"
    action    A1 Bram S1 "Website vernieuwd" 2026-01-05..2026-05-31 in_progress 60% orange update="Half klaar" next="De rest" needed="Een tester" updated_on=2026-06-05
    action    A2 Anna S1 "Grond gekocht" 2026-01-05..2026-06-30 in_progress 20% red update="Eigenaar wil niet" proposal="Andere plek" updated_on=2026-06-05
    action    A3 Bram S1 "Vergunning binnen" 2026-01-05..2026-09-30 in_progress 10% green updated_on=2026-03-01
    action    A4 Bram S2 "Buurtfeest gehouden" 2026-01-05..2026-05-20 done 100% green update="120 bewoners" done_on=2026-05-21
    action    A5 Anna S2 "Wijkplan vastgesteld" 2026-01-05..2026-10-01 in_progress 50% green updated_on=2026-06-05
    action    A6 Anna S2 "Chatbot" parked
    action    A7 Anna S2 "Enquête gehouden" 2026-09-01..2026-12-01 to_do
    action    A8 Carla "=SOM(A1)" 2026-01-05.. in_progress
    session   SES1 doing 2026-05-14 10:00
    session   SES2 doing 2026-06-11 10:00 minutes=60 place="Zaal Beuk"
    report    A1 2026-04-08 SES1 Bram green 20% in_progress
    report    A1 2026-05-12 SES1 Bram orange 40% in_progress done="Begonnen"
    report    A1 2026-06-05 SES2 Bram orange 60% in_progress done="Half klaar" next="De rest" needed="Een tester"
    report    A2 2026-05-12 SES1 Anna green 10% in_progress
    report    A2 2026-06-05 SES2 Anna red 20% in_progress done="Eigenaar wil niet" proposal="Andere plek"
    report    A3 2026-03-01 SES1 Bram green 10% in_progress
    report    A4 2026-05-21 SES2 Bram green 100% done
    report    A5 2026-06-05 SES2 Anna green 50% in_progress
    decision  A1 2026-05-14 SES1 Bram text="Bram zoekt een tester" deadline=2026-05-20
    goal      D1 "Wachttijd gehalveerd" unit=maanden baseline=40 target=20 actual=33 orange
    indicator I1 Bram S1 "De wachttijd" lower unit=maanden baseline=40 target=20 actual=33 measured_on=2026-05-31 orange
    indicator I2 Anna S2 "De burenhulp" band unit=% target=5 upper=8 actual=6 measured_on=2026-05-31 green
    measurement D1 2026-05-31 value=33
    measurement I1 2026-03-31 value=36
    measurement I1 2026-05-31 value=33
    evaluation E1 quarter=2026-Q1 team improve="Eerder bellen"
    factor    F1 risk "Rente stijgt" likelihood=klein
"""


def write_golden(folder: Path) -> None:
    """Write `doing-nl.xlsx` and the others in a folder that does not have them yet."""
    for language in Language:
        for kind in SessionKind:
            made = plan_of(PLAN, language)
            session = dataclasses.replace(made.sessions[-1], kind=kind)
            plan = dataclasses.replace(made, sessions=(*made.sessions[:-1], session))
            write_session_workbook(
                folder / f"{kind.key}-{language.value}.xlsx",
                plan,
                doing_agenda(plan, session, NOW, RhythmSettings()),
                process_status(plan, session, NOW, RhythmSettings()),
                language=language,
                now=NOW,
                review=review_of(plan, session, NOW),
            )


if __name__ == "__main__":
    here = Path(__file__).parent
    for file in here.glob("*.xlsx"):
        file.unlink()
    write_golden(here)
