"""What somebody wrote into a mail of ours that they quote, and where it belongs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogsm_xl.letters.html_text import text_of_html
from ogsm_xl.letters.quoting import split_reply
from ogsm_xl.letters.token import new_token, sentinel
from ogsm_xl.letters.written_within import Said, Within
from ogsm_xl.plan.words import ItemKind

LINE = sentinel(new_token(bytes(8), "anna@example.org", bytes(16)))
ITEMS = {"S2": ItemKind.STRATEGY, "A12": ItemKind.ACTION, "A13": ItemKind.ACTION}
OURS = f"""{LINE}

Beste Anna,

STRATEGIEËN (1)

S2 - Sneller bouwen
    Licht: Groen

ACTIES (2)

Wat we graag van je weten, per actie:
- Wat heb je gedaan?

A12 - Website vernieuwd
    Licht: Groen
    Voortgang: 40%

A13 - Balie verbouwd
    Licht: Onbekend
    Voortgang: onbekend

ZO ANTWOORD JE
Kies wat jou het snelst afgaat.

   A12 groen 40%
   Gedaan:
   Nodig:

   A13 [kleur] [voortgang]%
   Gedaan:
   Nodig:

2. Vul het formulier in
   Open de bijlage, vul de lichtblauwe vakken in en stuur het bestand mee als antwoord op deze mail.
   A12: blad Acties, regel 5 (zoek A12)

Bedankt voor je tijd!"""
HEADERS = "Van: OGSM <ogsm@example.org>\nVerzonden: donderdag\nAan: Anna\nOnderwerp: x\n\n"


SENT = Said(OURS)


def within(text: str, sent: Said = SENT, top: str = "") -> Within:
    return Within(split_reply(f"{top}\n\n{HEADERS}{text}"), sent, ITEMS)


def marked(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def lines_of(text: str) -> list[str]:
    """The lines of what is ready to be read, without the ends of sections."""
    return [line for line in text.replace("\f", "").split("\n") if line.strip()]


@pytest.mark.parametrize("is_marked", [False, True])
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Voortgang: 40%", "Voortgang: 60%", ["A12", "    Voortgang: 60%"]),
        ("Voortgang: onbekend", "30%", ["A13: 30%"]),
        ("A13 - Balie verbouwd", "A13 - Balie verbouwd: rood", ["A13", "A13 - Balie verbouwd: rood"]),
        ("A13 - Balie verbouwd", "rood", ["A13: rood"]),
        ("   A13 [kleur] [voortgang]%", "rood 20%", ["A13: rood 20%"]),
        (
            "   Nodig:\n\n   A13 [kleur] [voortgang]%",
            "   Nodig: geld\n   rood 20%",
            ["A12", "   Nodig:", "   Nodig: geld", "A13: rood 20%"],
        ),
        ("   Gedaan:\n   Nodig:\n\n2.", "   gids\n   geld\n\n2.", ["A13", "   Gedaan:", "   gids", "A13", "   Nodig:", "   geld"]),
        ("   Nodig:\n\n2.", "   Nodig:\n   geld\n\n2.", ["A13", "   Nodig:", "   geld"]),
        ("2. Vul het formulier in", "2. Vul het formulier in (lukt niet)", ["2. Vul het formulier in (lukt niet)"]),
        ("regel 5 (zoek A12)", "regel 5 (zoek A12)\nniet gevonden", ["niet gevonden"]),
        ("- Wat heb je gedaan?", "- Wat heb je gedaan? Veel", ["- Wat heb je gedaan?", "- Wat heb je gedaan? Veel"]),
        ("ACTIES (2)", "Loopt goed.\nACTIES (2)", ["S2: Loopt goed."]),
        ("Kies wat jou", "Dat doe ik.\nKies wat jou", ["Dat doe ik."]),
        ("Beste Anna,", "Beste Anna,\nalles groen", ["alles groen"]),
    ],
)  # fmt: skip
def test_a_changed_line_belongs_where_ours_stood(
    old: str, new: str, expected: list[str], *, is_marked: bool
) -> None:
    """Over a head, over a label, behind one, or below the items, where it belongs to none."""
    assert OURS.count(old) >= 1
    changed = OURS[: OURS.rindex(old)] + new + OURS[OURS.rindex(old) + len(old) :]
    found = within(marked(changed) if is_marked else changed)
    assert lines_of(found.written()) == expected
    assert not found.typed()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<td>A13</td>", "<td>A13 rood</td>", ["A13", "A13 rood"]),
        ("<td>A13</td>", "<td>rood</td>", ["A13: rood"]),
        ("<td>Onbekend</td>", "<td>Rood</td>", ["A13", "A13 | Rood"]),
        ("<td>nog geen</td>", "<td>60%</td>", ["A13", "Voortgang: 60%"]),
        ("<td>Voortgang</td>", "<td>60%</td>", ["A13: 60%"]),
    ],
)
def test_the_cells_that_were_left_as_they_were_are_no_answer(old: str, new: str, expected: list[str]) -> None:
    """A row stands on one line; what we said in its other cells was not said by its author."""
    page = f"<p>{LINE}</p><table><tr><td>A13</td><td>Onbekend</td></tr><tr><td>Voortgang</td><td>nog geen</td></tr></table><p>Bedankt!</p>"
    headers = HEADERS.replace("\n", "<br>")
    quoted = text_of_html(f"<div>{headers}</div><div><br></div>{page.replace(old, new)}")
    found = Within(split_reply(quoted), Said(html=page), ITEMS)
    assert lines_of(found.written()) == expected


def test_lines_between_marked_ones_are_the_authors_even_without_knowing_what_we_sent() -> None:
    """The marked lines themselves say which item it is about then."""
    changed = marked(OURS).replace(">     Voortgang: onbekend", ">     Voortgang: onbekend\nrood\n")
    for sent in (Said(), Said(OURS)):
        found = within(changed, sent)
        assert (lines_of(found.typed()), found.is_untouched()) == (["A13: rood"], False)


@given(
    st.integers(24, 100),
    st.booleans(),
    st.sampled_from(["", "A12 oranje", "> hout", "Zie onder"]),
    st.sampled_from(["", HEADERS + "A12 rood\n", "\n-- \nVoettekst A12 rood"]),
)
@settings(max_examples=80, deadline=None)
def test_what_we_sent_is_never_an_answer(width: int, is_marked: bool, top: str, below: str) -> None:  # noqa: FBT001
    """However it is wrapped and marked, and whatever older mail or footer stands below it."""
    wrapped = "\n".join(_wrapped(line, width) for line in OURS.split("\n"))
    quote = marked(f"{wrapped}\n\n{below}") if is_marked else wrapped + "\n\n" + below.partition("\n--")[0]
    found = within(quote, top=top)
    assert (lines_of(found.typed()), lines_of(found.written())) == ([], [])


def _wrapped(line: str, width: int) -> str:
    """A line broken at blanks, as mail programs do."""
    rows = [""]
    for word in line.split(" "):
        if len(rows[-1]) + len(word) > width and rows[-1].strip():
            rows.append(word)
        else:
            rows[-1] += (" " if rows[-1] else "") + word
    return "\n".join(rows)


@given(st.integers(1, len(OURS.split("\n")) - 2), st.booleans())
@settings(max_examples=80, deadline=None)
def test_no_changed_line_is_lost(number: int, is_marked: bool) -> None:  # noqa: FBT001
    """Whichever line is typed over: it is found, and it is not put with another item than the one whose line it was."""
    lines = OURS.split("\n")
    lines[number] = "zaagsel op de vloer"
    text = "\n".join(lines)
    found = lines_of(within(marked(text) if is_marked else text).written())
    assert found[-1].endswith("zaagsel op de vloer")
    item = next((each for each in ITEMS if found[0].startswith(each)), "")
    assert item in {
        "",
        *(each for each in ITEMS if each in " ".join(OURS.split("\n")[max(0, number - 4) : number + 1])),
    }


def test_every_quoted_mail_of_ours_is_ours() -> None:
    """Another one below the first, with its own headers."""
    reminder = OURS.replace("Beste Anna,", "Een herinnering, Anna.")
    both = f"{reminder}\n\n{HEADERS}{OURS}"
    sent = Said(reminder, others=((OURS, ""),))
    assert (within(both, sent).written(), within(both, sent).is_untouched()) == ("", True)
    changed = f"{reminder}\n\n{HEADERS}{OURS.replace('Voortgang: 40%', 'Voortgang: 60%')}"
    assert lines_of(within(changed, sent).written()) == ["A12", "    Voortgang: 60%"]
