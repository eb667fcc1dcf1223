"""Writes the golden session workbooks beside this file: one small plan, in Dutch and in English.

    python -m tests.golden.sessions.build

Look at them in Excel or LibreOffice before committing them anew.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from ogsm_xl.excel.session_workbook import write_session_workbook
from ogsm_xl.plan.words import Language
from ogsm_xl.rhythm.agenda import doing_agenda
from ogsm_xl.rhythm.process_status import process_status
from ogsm_xl.rhythm.settings import RhythmSettings
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
"""


def write_golden(folder: Path) -> None:
    """Write `nl.xlsx` and `en.xlsx` in a folder that does not have them yet."""
    for language in Language:
        plan = plan_of(PLAN, language)
        session = plan.sessions[-1]
        agenda = doing_agenda(plan, session, NOW, RhythmSettings())
        status = process_status(plan, session, NOW, RhythmSettings())
        file = folder / f"{language.value}.xlsx"
        write_session_workbook(file, plan, agenda, status, language=language, now=NOW)


if __name__ == "__main__":
    here = Path(__file__).parent
    for language in Language:
        (here / f"{language.value}.xlsx").unlink(missing_ok=True)
    write_golden(here)
