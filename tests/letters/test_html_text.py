"""An HTML mail as the lines that its reader sees."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogsm_xl.letters.html_text import QUOTE_RULE, text_of_html


def test_html_as_its_reader_sees_it() -> None:
    """Quotes are marked, rows stand on one line, what is hidden, struck out or code is left out."""
    page = """<html><head><title>x</title><style>p {}</style></head><body>
      <p class=MsoNormal>A12 <b>oranje</b>&nbsp;60&#37;<o:p></o:p></p><p><o:p>&nbsp;</o:p></p>
      <div>een<br>twee<br></div><div><br></div><ul><li>punt</li></ul><s>A13 rood</s>
      <div style="display:none">verborgen<br>tekst</div><script>var a = "<p>";</script>
      <table><tr><td><p>A12</p></td><td>groen</td></tr><tr><td>a<br>b</td><td>c</td></tr></table>
      <blockquote style="margin:0 0 0 40px;border:none">ingesprongen</blockquote>
      <img alt="🟠" src=x><img alt="logo" src=y><pre>a  b
c</pre>
      <div id="x_appendonsend"></div><blockquote type="cite">geciteerd<blockquote>dieper</blockquote></blockquote>
      <div id="Signature">Anna</div></body></html>"""
    assert text_of_html(page).replace("\xa0", "").split("\n") == [
        "A12 oranje60%", "", "een", "twee", "", "- punt", "A12 | groen", "a", "b", "c", "ingesprongen", "🟠", "a  b", "c", QUOTE_RULE, "> geciteerd", ">> dieper",
        "-- ", "Anna",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "style", ["display:none", "visibility: hidden", "opacity:0", "opacity:0.0;color:red", "mso-hide:all"]
)
def test_what_no_reader_sees_is_left_out(style: str) -> None:
    """However a style hides it; what is only pale is read."""
    page = f'<p>A12 oranje</p><p style="{style}">A12 rood</p><p style="opacity:0.6">60%</p>'
    assert text_of_html(page).split("\n") == ["A12 oranje", "60%"]


def test_what_is_struck_out_by_a_style_is_left_out() -> None:
    """As with `<s>`: the owner took it back."""
    page = """<p>A12 <span style="text-decoration:line-through">groen</span> oranje</p>
      <p style='color:red;text-decoration: underline line-through'>A13 rood<br>10%</p><p style="text-decoration:underline">A14 groen</p>"""
    assert [" ".join(line.split()) for line in text_of_html(page).split("\n")] == ["A12 oranje", "A14 groen"]


RULE = "border:none;border-top:solid #E1E1E1 1.0pt"


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        (f"<p>A12</p><div style='{RULE}'>Van: x</div>", ["A12", QUOTE_RULE, "Van: x"]),
        (
            f"<table><tr><td style='{RULE}'>A12</td><td style='{RULE}'>groen</td></tr></table>",
            ["A12 | groen"],
        ),
        ("<blockquote class=gmail_quote>eigen</blockquote>A12", ["> eigen", "A12"]),
        (
            "<div class=gmail_quote>Op 5-11:<blockquote class=gmail_quote>x</blockquote></div>",
            [QUOTE_RULE, "Op 5-11:", "> x"],
        ),
        ("<p>A12</p><p><a name='_MailAutoSig'>Anna</a></p>", ["A12", "-- ", "Anna"]),
    ],
)
def test_where_a_quote_or_a_signature_begins(page: str, lines: list[str]) -> None:
    """At what the mail program drew for it, and not at a line in the author's own table or at their own quote."""
    assert text_of_html(page).split("\n") == lines


@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(
            [
                "<p>",
                "<div>",
                "</div>",
                "<td>",
                "<tr>",
                "</tr>",
                "<table>",
                "<blockquote>",
                "</blockquote>",
                "<s>",
                "</s>",
                "<pre>",
                "x",
                "&",
                "<",
                "<!--",
                "-->",
                "<style>",
                "</style>",
                "<br>",
            ]
        ),
        max_size=40,
    ).map("".join)
)
@settings(max_examples=75, deadline=None)
def test_any_html_is_read_without_an_exception(source: str) -> None:
    """Whatever stands in an HTML mail, lines come out."""
    assert isinstance(text_of_html(source), str)
