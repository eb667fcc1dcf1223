"""The status before the session: the workbook to the team, a day before, each once."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from ogsm_xl.plan.words import Language
from ogsm_xl.usecases.outcome import ExitCode, Outcome
from ogsm_xl.usecases.share_status import share_status
from tests.support.plans import plan_of
from tests.support.workplace import Workplace

DAY_BEFORE = datetime(2026, 9, 9, 8)

PLAN = plan_of("""
    person   Anna anna@example.org manager
    person   Bram bram@example.org member language=en
    person   Carla carla@example.org process_owner
    person   Dirk
    strategy S1 Anna "Shorter waits by building faster" green
    action   A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange
    session  SES1 doing 2026-09-10 10:00
""")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path, PLAN)


def share(
    place: Workplace, now: datetime = DAY_BEFORE, *, dry_run: bool = False, out: Path | None = None
) -> Outcome:
    with place.mailroom(now, dry_run=dry_run, out=out) as room:
        return share_status(room)


def shared(place: Workplace) -> list[str]:
    return sorted(
        f"{mail['To'].addresses[0].username}: {str(mail['Subject']).partition(':')[0]}"
        for mail in place.sent()
    )


EVERYBODY = [
    "anna: Vooraf lezen",
    "bram: Pre-read",
    "carla: Overzicht",
    "carla: Vooraf lezen",
]


def test_a_day_before_everybody_gets_the_workbook_once(place: Workplace) -> None:
    """In their own language; who has no address gets none; the process owner gets the overview, too."""
    assert share(place, datetime(2026, 9, 8, 8)).data["sent"] == []
    assert share(place).code is ExitCode.DONE
    share(place, DAY_BEFORE.replace(hour=9))
    assert shared(place) == EVERYBODY


def test_what_is_shared_is_the_workbook_of_the_session(place: Workplace) -> None:
    """The same file for everybody, filed with the other session workbooks."""
    share(place)
    attached = {
        part.get_filename(): part.get_payload(decode=True)
        for mail in place.sent()
        for part in mail.iter_attachments()
    }
    ((name, content),) = attached.items()
    assert isinstance(content, bytes)
    assert content == (place.folder / "sessions" / "2026" / str(name)).read_bytes()
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(content)).namelist()


def test_who_joins_later_gets_it_too(place: Workplace) -> None:
    """And nobody else again."""
    share(place)
    newcomer = dataclasses.replace(PLAN.people[3], mail="dirk@example.org", language=Language.EN)
    place.put(dataclasses.replace(PLAN, people=(*PLAN.people[:3], newcomer)))
    outcome = share(place, DAY_BEFORE.replace(hour=9))
    assert [mail["person"] for mail in outcome.data["sent"]] == ["Dirk"]  # type: ignore[attr-defined]  # a list


def test_it_can_be_kept_to_certain_roles_and_another_day(place: Workplace) -> None:
    """As the configuration says."""
    place.configure(sessions={"share_with": ("manager",), "share_days": 3})
    share(place, datetime(2026, 9, 7, 8))
    assert shared(place) == ["anna: Vooraf lezen", "carla: Overzicht"]


def test_a_dry_run_writes_the_mails_and_files_no_workbook(
    place: Workplace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Nothing but the folder to look at."""
    out = tmp_path_factory.mktemp("out")
    before = sorted(place.folder.rglob("*"))
    outcome = share(place, dry_run=True, out=out)
    assert sorted(place.folder.rglob("*")) == before
    assert len(outcome.data["sent"]) == 3  # type: ignore[arg-type]  # a list
    assert len(list(out.glob("status*.eml"))) == 3


def test_who_read_the_date_there_hears_when_it_changes(place: Workplace) -> None:
    """The pre-read tells when the session is; so do its readers hear that it moved."""
    share(place)
    place.put(dataclasses.replace(PLAN, sessions=(dataclasses.replace(PLAN.sessions[0], cancelled=True),)))
    outcome = place.send(DAY_BEFORE.replace(hour=15))
    assert [mail["kind"] for mail in outcome.data["sent"]] == ["cancelled"] * 3  # type: ignore[attr-defined]  # a list
