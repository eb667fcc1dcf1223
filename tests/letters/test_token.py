"""The token of a mail: made, found again in whatever a mail program made of it, and checked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogsm_xl.letters.token import (
    ALPHABET,
    SENTINEL,
    find_tokens,
    mail_id_of,
    new_token,
    sentinel,
    token_is_valid,
)

SECRET = b"a secret of the organisation"
TOKEN = new_token(b"12345678", "bram@example.org", SECRET)

random_bytes = st.binary(min_size=8, max_size=16)


def test_a_token_is_seven_groups_of_four_without_look_alikes() -> None:
    """It can be read out over the phone."""
    groups = TOKEN.split("-")
    assert [len(group) for group in groups] == [4] * 7
    assert set("".join(groups)) <= set(ALPHABET)
    assert not set(ALPHABET) & set("ILOU")


def test_a_token_is_the_same_on_every_run_and_machine() -> None:
    """Replies come back after an update too: this value never changes."""
    assert new_token(b"12345678", "bram@example.org", SECRET) == "64S3-6D1N-6RVK-D28Q-PYJ3-VKPQ-V7NZ"


@given(random_bytes, st.emails(), st.binary(min_size=16))
def test_a_token_is_valid_for_its_recipient_and_no_other(
    random: bytes, recipient: str, secret: bytes
) -> None:
    """It was made with this secret, for this address; case and blanks around the address don't count."""
    token = new_token(random, recipient, secret)
    assert token_is_valid(token, f" {recipient.upper()} ".lower(), secret)
    assert not token_is_valid(token, "x" + recipient, secret)
    assert not token_is_valid(token, recipient, secret + b"x")


@given(st.integers(0, 27), st.sampled_from(ALPHABET))
def test_a_token_with_one_letter_changed_is_not_valid(position: int, letter: str) -> None:
    """Neither the mail id nor the seal can be made up."""
    plain = TOKEN.replace("-", "")
    changed = plain[:position] + letter + plain[position + 1 :]
    assert token_is_valid(changed, "bram@example.org", SECRET) == (changed == plain)


def test_the_mail_id_is_the_first_three_groups() -> None:
    """The ledger finds the mail by it."""
    assert mail_id_of(TOKEN) == TOKEN.replace("-", "")[:12]


@pytest.mark.parametrize("written", ["", "A12", "U" * 28, "7Q3K", TOKEN + "0", "🟢" * 28])
def test_what_is_no_token_has_no_mail_id_and_is_not_valid(written: str) -> None:
    """Anything can come in by mail."""
    with pytest.raises(ValueError, match="not a token"):
        mail_id_of(written)
    assert not token_is_valid(written, "bram@example.org", SECRET)


def test_too_little_randomness_or_too_short_a_secret_is_refused() -> None:
    """A token that can be guessed is none."""
    with pytest.raises(ValueError, match="random"):
        new_token(b"1234567", "bram@example.org", SECRET)
    with pytest.raises(ValueError, match="secret"):
        new_token(b"12345678", "bram@example.org", b"short")


def test_the_line_says_in_both_languages_where_to_answer() -> None:
    """Whoever answers sees it, whatever the language of the mail."""
    assert sentinel(TOKEN) == f"### OGSM-REF: {TOKEN} — antwoord boven deze regel / reply above this line ###"


LINE = sentinel(TOKEN)

WAYS_TO_SPOIL_A_LINE = {
    "as it was": LINE,
    "quoted": "> " + LINE,
    "quoted twice": "> > " + LINE,
    "in small letters": LINE.lower(),
    "without hashes": LINE.strip("# "),
    "bold": f"*{LINE}*",
    "wrapped after the label": LINE.replace(": ", ":\n"),
    "wrapped and quoted inside the token": "> " + LINE.replace("-", "-\n> ", 5),
    "hyphens made long": LINE.replace("-", "–"),
    "hyphens lost": LINE.replace(TOKEN, TOKEN.replace("-", "")),
    "hyphens made blanks": LINE.replace(TOKEN, TOKEN.replace("-", " ")),
    "with hard blanks": LINE.replace(" ", "\xa0"),
    "look-alikes typed over": LINE.replace(TOKEN, TOKEN.replace("1", "l").replace("0", "O")),
    "in a table of a text mail": f"| {LINE} |",
}


@pytest.mark.parametrize("way", WAYS_TO_SPOIL_A_LINE)
def test_the_line_is_recognised_however_a_mail_program_spoiled_it(way: str) -> None:
    """What stands above it is the answer, what follows is ours."""
    body = f"A12 oranje 60%\r\n\r\n{WAYS_TO_SPOIL_A_LINE[way]}\r\n\r\nBeste Bram,"
    found = SENTINEL.search(body)
    assert found is not None
    assert body[: found.start()].strip() == "A12 oranje 60%"
    assert find_tokens(body) == (TOKEN,)


def test_the_line_is_found_where_an_answer_was_typed_on_it() -> None:
    """Some people don't press Enter."""
    body = f"Helemaal klaar{LINE}"
    found = SENTINEL.search(body)
    assert found is not None
    assert body[: found.start()] == "Helemaal klaar"


@pytest.mark.parametrize(
    "text",
    [
        f"RE: {TOKEN}",
        f"ogsm+{TOKEN.replace('-', '').lower()}@example.org",
        f"Kenmerk: {TOKEN}.",
        TOKEN.replace("-", "-\r\n ", 1),
    ],
)
def test_a_token_is_found_without_its_line(text: str) -> None:
    """In a subject, an address, at the foot of the mail, or folded in a header."""
    assert find_tokens(text) == (TOKEN,)


def test_several_tokens_are_found_once_each_in_order() -> None:
    """A thread may hold more than one mail."""
    other = new_token(b"abcdefgh", "anna@example.org", SECRET)
    assert find_tokens(f"{sentinel(other)}\n{sentinel(TOKEN)}\n{other}") == (other, TOKEN)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_ordinary_text_holds_no_valid_token(text: str) -> None:
    """Nothing typed by chance ties a reply to a mail; and no text makes the search fail."""
    assert not any(token_is_valid(token, "bram@example.org", SECRET) for token in find_tokens(text))


@pytest.mark.parametrize("filler", ["#", ">", " ", "-", "A", "OGSM-REF: ", "AAAA-", "A\n> "])
def test_a_long_hostile_text_is_searched_without_delay(filler: str) -> None:
    """The patterns are bounded: no text makes them try for minutes."""
    assert find_tokens(filler * (100_000 // len(filler))) == () or filler.startswith("A")
