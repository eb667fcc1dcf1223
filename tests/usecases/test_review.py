"""What waits for a person: seen, accepted, assigned, discarded."""

from __future__ import annotations

import json
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import NoReturn

import pytest

from ogsm_xl.cli import run
from ogsm_xl.plan.problem import InputProblem, OutsideProblem
from ogsm_xl.plan.words import Text, TrafficLight
from ogsm_xl.post.folder import FolderMail
from ogsm_xl.post.port import Tray
from ogsm_xl.usecases.outcome import ExitCode, Outcome
from ogsm_xl.usecases.review import (
    Accept,
    Assign,
    Discard,
    decide_review,
    list_all,
    list_reviews,
    show_review,
)
from tests.support.forms import filled_in
from tests.support.plans import plan_of
from tests.support.workplace import SECRET, Workplace

NOW = datetime(2026, 9, 4, 17)
LATER = NOW.replace(hour=18)

PLAN = plan_of("""
    objective O1 Anna "Everybody a home"
    person    Anna anna@example.org ogsm_owner
    person    Bram bram@example.org
    strategy  S1 Anna "Shorter waits by building faster" green
    action    A1 Anna S1 "Website renewed" 2026-01-05..2026-12-18 in_progress 60% orange update="Half done"
    action    A2 Bram S1 "Contract signed" 2026-02-02..2026-11-20 in_progress 30% green
    session   SES1 doing 2026-09-10 10:00
""")


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    place = Workplace(tmp_path, PLAN)
    place.send(datetime(2026, 9, 3, 8))
    return place


def from_eve(place: Workplace, top: str = "A1 rood 50%\nDe bouwer is failliet.") -> EmailMessage:
    """An answer on Anna's mail from an address that nobody knows."""
    return place.answer(place.sent_to("anna@example.org"), top, sender="eve@elsewhere.example")


def fresh(sender: str, top: str) -> EmailMessage:
    """A mail that belongs to none of ours."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "ogsm@example.org", "Voortgang"
    mail["Message-ID"] = "<fresh@example.org>"
    mail.set_content(top)
    return mail


def decide(
    place: Workplace,
    decision: Accept | Assign | Discard,
    number: int = 1,
    *,
    dry_run: bool = False,
    machine: str = "here",
) -> Outcome:
    with place.ledger() as ledger:
        return decide_review(
            decision,
            config=place.config,
            ledger=ledger,
            post=place.post,
            secret=SECRET,
            number=number,
            now=LATER,
            machine=machine,
            dry_run=dry_run,
        )


def waiting(place: Workplace) -> list[int]:
    with place.ledger() as ledger:
        return [row.number for row in ledger.for_review()]


def show(place: Workplace, number: int = 1) -> Outcome:
    with place.ledger() as ledger:
        return show_review(config=place.config, ledger=ledger, secret=SECRET, number=number)


def test_what_waits_is_listed_with_number_day_sender_and_reason(place: Workplace) -> None:
    """Only what waits: an accepted answer has a number, too."""
    place.deliver(place.answer(place.sent_to("bram@example.org"), "A2 groen"), from_eve(place))
    place.collect(NOW)
    with place.ledger() as ledger:
        outcome = list_reviews(ledger)
    (line,) = outcome.details
    assert line.nl == (
        "    2  04-09-2026  eve@elsewhere.example\n"
        "       Re: Uitnodiging: doensessie op donderdag 10 september 2026, graag je voortgang\n"
        "       De mail komt van eve@elsewhere.example, maar de vraag ging naar anna@example.org, en\n"
        "       eve@elsewhere.example vervangt anna@example.org niet."
    )
    assert (
        outcome.summary.nl
        == "1 mail wacht op een beoordeling. Bekijk er een met zijn nummer, zoals: ogsm-xl review 2"
    )


def test_what_became_of_every_mail_is_listed(place: Workplace) -> None:
    """A line each, that fits on a terminal: also of what nobody has to look at."""
    absent = place.answer(place.sent_to("anna@example.org"), "Ik ben er niet.")
    absent["Auto-Submitted"] = "auto-replied"
    answer = place.answer(place.sent_to("bram@example.org"), "A2 groen")
    place.deliver(answer, from_eve(place), absent)
    place.collect(NOW)
    answer["Received"] = "once more"
    place.deliver(answer, from_eve(place, "A1 groen"))
    place.collect(NOW)
    decide(place, Discard("nee"), number=2)
    with place.ledger() as ledger:
        ledger.store_incoming(b"From: carla@example.org\r\n\r\nHoi", LATER)
        outcome = list_all(ledger)
    assert [line.nl for line in outcome.details] == [
        "    1  04-09-2026  verwerkt          bram@example.org: A2",
        "    2  04-09-2026  telt niet         eve@elsewhere.example: De mail komt van eve@elsewhere.example…",
        "    3  04-09-2026  geen antwoord     anna@example.org: Afwezigheidsbericht",
        "    4  04-09-2026  dubbel            bram@example.org: Dezelfde mail nog een keer bezorgd.",
        "    5  04-09-2026  te beoordelen     eve@elsewhere.example: De mail komt van eve@elsewhere.example…",
        "    6  04-09-2026  nog niet gelezen  ?",
    ]
    assert outcome.summary.en == (
        "6 mails: 1 recorded, 1 for review, 1 no answer, 1 duplicate, 1 discarded, 1 not read yet."
    )
    assert outcome.data["mails"][0]["items"] == ["A2"]  # type: ignore[index]  # a list
    assert max(len(line.nl) for line in outcome.details) <= 100


def test_a_mail_that_does_not_wait_is_shown_with_what_became_of_it(place: Workplace) -> None:
    """What was recorded, or why nothing was; there is nothing to choose."""
    place.deliver(place.answer(place.sent_to("bram@example.org"), "A2 groen"))
    place.collect(NOW)
    outcome = show(place)
    assert outcome.details[-1].nl == "Verwerkt: A2, van Bram: groen"
    assert outcome.summary.nl == "Mail 1 wacht niet op een beoordeling: verwerkt."
    assert (outcome.code, any("--accept" in line.nl for line in outcome.details)) == (ExitCode.DONE, False)


def test_it_is_said_whether_the_sender_knows(place: Workplace) -> None:
    """Who was told by a receipt needs no mail of the process owner."""
    place.deliver(place.answer(place.sent_to("anna@example.org"), "Hoi!"), from_eve(place))
    place.collect(NOW)
    told = [next(line.en for line in show(place, n).details if line.en.startswith("Told")) for n in (1, 2)]
    assert told == [
        "Told: the sender has heard what was not understood.",
        "Told: the sender has heard nothing about it.",
    ]


def test_where_accepting_would_record_nothing_it_is_not_offered(place: Workplace) -> None:
    """What else there is to choose, is; every line fits on a terminal."""
    place.deliver(place.answer(place.sent_to("anna@example.org"), "Zie bijlage. " * 20))
    place.collect(NOW)
    outcome = show(place)
    assert outcome.summary.nl == (
        'Zo is er niets uit te halen. Kies: ogsm-xl review 1 --assign ONDERDEEL of --discard "waarom"'
    )
    assert max(len(line) for text in outcome.details for line in text.nl.split("\n")) <= 100


def test_nothing_waits(place: Workplace) -> None:
    """Said in a sentence."""
    with place.ledger() as ledger:
        assert list_reviews(ledger).code is ExitCode.DONE


def test_a_mail_is_shown_with_what_it_says_and_what_accepting_it_would_record(place: Workplace) -> None:
    """Without the mail that it quotes, and without escape codes for the terminal."""
    place.deliver(from_eve(place, "A1 rood 50%\nDe \x1b[31mbouwer\x07 is failliet."))
    place.collect(NOW)
    lines = [line.nl for line in show(place).details]
    assert (
        "Onderwerp: Re: Uitnodiging: doensessie op donderdag 10 september 2026, graag je voortgang" in lines
    )
    assert "  De [31mbouwer is failliet." in lines
    assert "Met --accept: A1, van Anna: rood, 50%, “De [31mbouwer is failliet.”" in lines
    assert not any("OGSM-REF" in line for line in lines)


def test_an_accepted_mail_goes_the_way_of_every_report(place: Workplace) -> None:
    """Into the row and the history, as made when it was written, by whom it was asked of."""
    place.deliver(from_eve(place))
    place.collect(NOW)
    outcome = decide(place, Accept())
    row = place.plan().item("A1")
    assert row is not None
    assert row.light is TrafficLight.RED
    assert [(r.item, r.by, r.made_at, r.session, r.done) for r in place.plan().reports] == [
        ("A1", "Anna", NOW, "SES1", "De bouwer is failliet.")
    ]
    assert (outcome.code, waiting(place), place.receipts()) == (ExitCode.DONE, [], [])


def test_accepted_as_somebody_else(place: Workplace) -> None:
    """The process owner knows whose private address it is."""
    place.deliver(from_eve(place))
    place.collect(NOW)
    decide(place, Accept("bram"))
    assert [report.by for report in place.plan().reports] == ["Bram"]


def test_somebody_who_starts_a_new_mail_is_understood_on_what_they_own(place: Workplace) -> None:
    """Bram wrote to the address that he knows, without any reference."""
    place.deliver(fresh("Bram <bram@example.org>", "A2 oranje 40%\nA1 rood"))
    place.collect(NOW)
    outcome = decide(place, Accept())
    assert [(r.item, r.by, r.progress) for r in place.plan().reports] == [("A2", "Bram", 40)]
    assert (outcome.code, "A1" in outcome.look_at[0].nl) == (ExitCode.LOOK, True)


def test_a_text_can_be_assigned_to_an_item(place: Workplace) -> None:
    """What holds no value is what was done about it; greeting and signature are no part of it."""
    text = "Hoi,\n\nDe website staat, we testen nog.\n\nGroet,\nAnna"
    place.deliver(place.answer(place.sent_to("anna@example.org"), text))
    place.collect(NOW)
    assert waiting(place) == [1]
    decide(place, Assign("a1"))
    assert [(r.item, r.by, r.done, r.light) for r in place.plan().reports] == [
        ("A1", "Anna", "De website staat, we testen nog.", TrafficLight.ORANGE)
    ]


def test_values_in_an_assigned_text_are_read(place: Workplace) -> None:
    """Its item needs not be named in it."""
    place.deliver(fresh("Eve <eve@elsewhere.example>", "groen 80%\nGedaan: Getekend."))
    place.collect(NOW)
    decide(place, Assign("A2", "Bram"))
    assert [(r.item, r.by, r.progress, r.done) for r in place.plan().reports] == [
        ("A2", "Bram", 80, "Getekend.")
    ]


def test_a_form_of_somebody_else_can_be_accepted_by_a_person(place: Workplace) -> None:
    """Anna filled in Bram's form while he was ill: the process owner vouches for it."""
    form = filled_in(place.sent_to("bram@example.org"), A2_light="Rood")
    place.deliver(fresh("Anna <anna@example.org>", "Namens Bram."))
    mail = fresh("Anna <anna@example.org>", "Namens Bram, zie bijlage.")
    del mail["Message-ID"]
    mail.add_attachment(form, maintype="application", subtype="octet-stream", filename="bram.xlsx")
    place.deliver(mail)
    place.collect(NOW)
    decide(place, Assign("A2"), number=2)
    assert [(r.item, r.by, r.light) for r in place.plan().reports] == [("A2", "Anna", TrafficLight.RED)]


def test_a_discarded_mail_does_not_wait_any_more(place: Workplace) -> None:
    """The reason is kept with it."""
    place.deliver(from_eve(place))
    place.collect(NOW)
    decide(place, Discard("een vergissing"))
    with place.ledger() as ledger:
        row = ledger.incoming(1)
        assert row is not None
        assert row.decision == "discarded: een vergissing, 2026-09-04 18:00"
    assert (waiting(place), place.plan().reports) == ([], ())


def test_a_decision_is_taken_once(place: Workplace) -> None:
    """The second one hears what became of the mail, in their own language."""
    place.deliver(from_eve(place))
    place.collect(NOW)
    decide(place, Accept())
    with pytest.raises(InputProblem, match="does not wait for a person: recorded"):
        decide(place, Assign("A1"))
    assert len(place.plan().reports) == 1


def test_a_dry_run_decides_nothing(place: Workplace) -> None:
    """It says what would be recorded."""
    place.deliver(from_eve(place))
    place.collect(NOW)
    outcome = decide(place, Accept(), dry_run=True)
    assert [line.nl for line in outcome.details] == ["A1, van Anna: rood, 50%, “De bouwer is failliet.”"]
    assert (waiting(place), place.plan().reports) == ([1], ())


def test_what_is_accepted_waits_while_the_plan_is_open_in_excel(place: Workplace) -> None:
    """And goes in with the next run."""
    place.deliver(from_eve(place))
    place.collect(NOW)
    owner_file = place.workbook.with_name("~$" + place.workbook.name)
    owner_file.write_bytes(b"\x0aJan Jansen".ljust(165, b" "))
    assert decide(place, Accept()).code is ExitCode.OUTSIDE_FAILED
    owner_file.unlink()
    place.collect(LATER.replace(hour=19))
    assert [report.item for report in place.plan().reports] == ["A1"]


@pytest.mark.parametrize(
    ("decision", "number", "says"),
    [
        (Accept(), 9, "number 9"),
        (Accept(), 2, "--assign"),
        (Accept("Zoë"), 1, "Zoë"),
        (Assign("A9"), 1, "A9"),
        (Assign("A1"), 1, '--as "Anna"'),
        (Discard("  "), 1, "--discard"),
    ],
)
def test_a_decision_that_does_not_fit_says_what_to_do(
    place: Workplace, decision: Accept | Assign | Discard, number: int, says: str
) -> None:
    """Nothing is changed by it."""
    place.deliver(from_eve(place), place.answer(place.sent_to("anna@example.org"), "Het gaat goed."))
    place.collect(NOW)
    with pytest.raises(InputProblem, match=says):
        decide(place, decision, number)
    assert waiting(place) == [1, 2]


class TestCommand:
    """`ogsm-xl review`."""

    def test_all_lists_what_does_not_wait_too(
        self, place: Workplace, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """With a number it makes no sense."""
        place.deliver(place.answer(place.sent_to("bram@example.org"), "A2 groen"))
        place.collect(NOW)
        config = ["--config", str(place.folder / "config.toml")]
        assert run(["review", *config]) == 0
        assert "bram@example.org" not in capsys.readouterr().out
        assert run(["review", "--all", *config]) == 0
        assert "verwerkt          bram@example.org: A2" in capsys.readouterr().out
        assert run(["review", "1", "--all", *config]) == 2

    def test_it_lists_shows_and_decides(self, place: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
        """From the list to an empty one."""
        place.deliver(from_eve(place))
        place.collect(NOW)
        (place.folder / "ledger.secret").write_bytes(SECRET)
        config = ["--config", str(place.folder / "config.toml")]
        assert run(["review", *config]) == 1
        assert "eve@elsewhere.example" in capsys.readouterr().out
        assert run(["review", "1", *config]) == 1
        assert "De bouwer is failliet." in capsys.readouterr().out
        assert run(["take-over", *config]) == 0, "the command runs on this machine"
        assert run(["review", "1", "--accept", "--as", "Anna", "--as-of", "2026-09-05", *config]) == 0
        assert "A1, van Anna" in capsys.readouterr().out
        assert run(["review", "--json", *config]) == 0
        assert json.loads(capsys.readouterr().out)["waiting"] == []

    @pytest.mark.parametrize(
        "arguments",
        [
            ["1", "--accept", "--discard", "x"],
            ["--accept"],
            ["1", "--as", "Anna"],
            ["1", "--assign", "A1", "--accept"],
        ],
    )
    def test_options_that_do_not_go_together_are_one_sentence(
        self, place: Workplace, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Exit code 2, before anything is opened."""
        assert run(["review", *arguments, "--config", str(place.folder / "config.toml")]) == 2
        assert capsys.readouterr().err.count("\n") == 1


class TestTray:
    """Where the mail itself lies."""

    def trays(self, place: Workplace) -> tuple[int, int, int]:
        """How many mails lie in the inbox, for review, and among the processed ones."""
        return len(place.inbox()), len(place.inbox("Review")), len(place.inbox("Processed"))

    @pytest.mark.parametrize("decision", [Accept(), Assign("A1", "Anna"), Discard("een vergissing")])
    def test_a_decided_mail_moves_to_the_processed_mail(
        self, place: Workplace, decision: Accept | Assign | Discard
    ) -> None:
        """Whatever was decided; the one that waits stays."""
        place.deliver(from_eve(place), from_eve(place, "A1 groen"))
        place.collect(NOW)
        assert self.trays(place) == (0, 2, 0)
        decide(place, decision)
        assert self.trays(place) == (0, 1, 1)

    def test_a_dry_run_moves_nothing(self, place: Workplace) -> None:
        """Nor does it keep anything for later."""
        place.deliver(from_eve(place))
        place.collect(NOW)
        decide(place, Accept(), dry_run=True)
        decide(place, Discard("nee"), dry_run=True)
        place.collect(LATER)
        assert self.trays(place) == (0, 1, 0)

    @pytest.mark.parametrize("tray", ["Review", "Processed"])
    def test_a_mail_that_somebody_took_away_is_no_problem(self, place: Workplace, tray: str) -> None:
        """People tidy up their mailbox by hand."""
        place.deliver(from_eve(place))
        place.collect(NOW)
        (file,) = place.inbox("Review")
        if tray == "Processed":
            target = place.post.inbox / ".Processed" / "cur"
            target.mkdir(parents=True)
            file.rename(target / file.name)
        else:
            file.unlink()
        assert decide(place, Accept()).code is ExitCode.DONE

    @pytest.mark.parametrize("decision", [Accept(), Discard("nee")])
    def test_a_mail_system_that_is_away_gets_it_moved_by_the_next_run(
        self, place: Workplace, decision: Accept | Discard
    ) -> None:
        """The decision stands; the next run of any kind that reads the mailbox finishes it."""

        class Away(FolderMail):
            def refile(self, message_id: str, source: Tray, target: Tray) -> NoReturn:
                raise OutsideProblem(Text("Het postvak is weg.", "The mailbox is gone."))

        place.deliver(from_eve(place))
        place.collect(NOW)
        good, place.post = place.post, Away(place.post.folder)
        outcome = decide(place, decision)
        assert (outcome.code, waiting(place)) == (ExitCode.OUTSIDE_FAILED, [])
        assert outcome.look_at[-1].nl == (
            "De mail zelf staat nog bij de te beoordelen mail; de volgende keer gaat hij naar de verwerkte. "
            "Het postvak is weg."
        )
        place.post = good
        place.collect(LATER)
        assert self.trays(place) == (0, 0, 1)

    @pytest.mark.parametrize("call", ["refile", "handled"])
    def test_killed_in_between_the_next_run_finishes_it(self, place: Workplace, call: str) -> None:
        """Before the mail moved, or before the ledger knew that it had."""

        class Killed(FolderMail):
            def refile(self, message_id: str, source: Tray, target: Tray) -> NoReturn:
                if call == "handled":
                    super().refile(message_id, source, target)
                raise KeyboardInterrupt

        place.deliver(from_eve(place))
        place.collect(NOW)
        good, place.post = place.post, Killed(place.post.folder)
        with pytest.raises(KeyboardInterrupt):
            decide(place, Accept())
        place.post = good
        place.collect(LATER)
        assert (self.trays(place), len(place.plan().reports)) == ((0, 0, 1), 1)

    def test_a_mail_that_bears_the_message_id_of_another_moves_nothing_that_waits(
        self, place: Workplace
    ) -> None:
        """A Message-ID can be chosen by whoever sends a mail."""
        first, second = from_eve(place), from_eve(place, "A1 groen")
        del second["Message-ID"]
        second["Message-ID"] = first["Message-ID"]
        place.deliver(first, second)
        place.collect(NOW)
        decide(place, Discard("nee"))
        assert (self.trays(place), waiting(place)) == ((0, 2, 0), [2])

    def test_another_machine_decides_nothing(self, place: Workplace) -> None:
        """Its ledger is a copy at best: the mail would be recorded twice."""
        place.deliver(from_eve(place))
        place.collect(NOW)
        with pytest.raises(InputProblem, match="take-over"):
            decide(place, Accept(), machine="elsewhere")
        assert waiting(place) == [1]


def test_a_broken_attachment_is_called_by_its_own_name(place: Workplace) -> None:
    """Without a folder, and on one line."""
    mail = place.answer(place.sent_to("anna@example.org"), "Zie bijlage.")
    name = "C:\\Users\\anna\\Mijn formulier.xlsx"
    mail.add_attachment(b"PK broken", maintype="application", subtype="octet-stream", filename=name)
    place.deliver(mail)
    place.collect(NOW)
    with place.ledger() as ledger:
        (row,) = ledger.for_review()
    assert row.reason.nl.startswith("Mijn formulier.xlsx is")
    assert "workbook.xlsx" not in row.reason.nl + row.reason.en
