"""The configuration: every key explained, every wrong key named."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from ogsm_xl.config import (
    Config,
    RhythmSection,
    RulesSection,
    ThresholdsSection,
    keys_of,
    load_config,
    section_of,
)
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language
from ogsm_xl.post.settings import ExchangeSettings, FolderSettings, GraphSettings, SmtpImapSettings
from ogsm_xl.rules.settings import RuleSettings

EXAMPLE = Path(__file__).parents[1] / "config.example.toml"

MINIMAL = """
[plan]
workbook = "plan.xlsx"
[mail]
sender_address = "ogsm@example.org"
"""

SMTP_IMAP = (
    MINIMAL
    + """
system = "smtp_imap"
[mail.smtp_imap]
smtp_host = "smtp.example.org"
imap_host = "imap.example.org"
"""
)


def config_file(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def keys(section: type, prefix: str = "") -> set[str]:
    found = set()
    for name, annotation in keys_of(section).items():
        if inner := section_of(annotation):
            found |= keys(inner, f"{prefix}{name}.")
        else:
            found.add(prefix + name)
    return found - {"file"}


def test_the_example_explains_every_key_and_no_other() -> None:
    """Each key of the configuration stands in config.example.toml, set or commented out, and nothing else does."""
    section, explained = "", set()
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"(?:# )?\[([\w.]+)\]", line):
            section = match[1] + "."
        elif match := re.match(r"(?:# )?([a-z_]+) = \S", line):
            explained.add(section + match[1])
    assert explained == keys(Config)


def test_the_example_shows_the_defaults() -> None:
    """A key that is left out has the value that the example shows."""
    shown = load_config(EXAMPLE)
    minimal = Config.model_validate(
        {"file": EXAMPLE, "plan": {"workbook": "plan.xlsx"}, "mail": {"sender_address": "ogsm@example.org"}}
    )
    assert shown == minimal


def test_every_threshold_of_the_rules_can_be_set() -> None:
    """Names and defaults are those of the rules; the days of the invitation stand under [rhythm], once."""
    thresholds = {
        field.name: field.default for field in dataclasses.fields(RuleSettings) if field.type == "int"
    }
    own_place = thresholds.pop("invitation_days")
    assert ThresholdsSection().model_dump() == thresholds
    assert RhythmSection().invitation_days == own_place
    assert RulesSection().holiday_country == RuleSettings().holiday_country


@pytest.mark.parametrize("name", sorted(ThresholdsSection.model_fields))
def test_what_the_configuration_allows_the_rules_accept(name: str) -> None:
    """The smallest value that the configuration lets through makes sense to the rules, too."""
    field = ThresholdsSection.model_fields[name]
    least = next(each.ge for each in field.metadata if hasattr(each, "ge"))
    assert getattr(RuleSettings(**{name: least}), name) == least


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    """A job that is started from elsewhere finds the same workbook."""
    config = load_config(config_file(tmp_path, MINIMAL))
    assert config.workbook == tmp_path / "plan.xlsx"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (MINIMAL.replace("workbook", "workbok"), "plan.workbok"),
        (MINIMAL.replace('workbook = "plan.xlsx"', ""), "plan.workbook"),
        (MINIMAL + '[rhythm]\ninvitation_days = "seven"\n', "rhythm.invitation_days"),
        (MINIMAL + "[rhythm]\nreminder_days = [3, -1]\n", "rhythm.reminder_days.1"),
        (MINIMAL + '[rhythm]\ntime_zone = "Amsterdam"\n', "'Europe/Amsterdam'"),
        (MINIMAL + '[rules]\nseverity = { OX501 = "fatal" }\n', "rules.severity.OX501"),
        (MINIMAL + '[rhythm]\ncount = "days"\n', "'working days'"),
        (MINIMAL + '[sessions]\nshare_with = ["board"]\n', "sessions.share_with.0"),
        (MINIMAL + 'redirect_all_to = "me"\n', "mail.redirect_all_to"),
        (MINIMAL + 'pause_seconds = "long"\n', "mail.pause_seconds"),
        (MINIMAL + "most_per_day = 0\n", "mail.most_per_day"),
        (MINIMAL + "[rules.thresholds]\nmonth_share = 400\n", "rules.thresholds.month_share"),
        (MINIMAL + "[rules.thresholds]\ndeadline_moves = 0\n", "rules.thresholds.deadline_moves"),
        (MINIMAL + "[rules.thresholds]\ninvitation_days = 9\n", "rules.thresholds.invitation_days"),
        (MINIMAL.replace("ogsm@example.org", "ogsm"), "mail.sender_address"),
        (MINIMAL + 'system = "pigeon"\n', "mail.system"),
        (MINIMAL + 'system = "smtp_imap"\n', "[mail.smtp_imap]"),
        (SMTP_IMAP + "smtp_port = 'x'\n", "mail.smtp_imap.smtp_port"),
        (SMTP_IMAP + "smtp_login = 'x'\n", "mail.smtp_imap.smtp_login"),
        (SMTP_IMAP + "smtp_security = 'none'\n", "mail.smtp_imap: "),
        (SMTP_IMAP + "secret_from = 'file'\n", "mail.smtp_imap: "),
        (SMTP_IMAP + "timeout = 0\n", "mail.smtp_imap: "),
        (SMTP_IMAP + "login = 'oauth'\n", "mail.smtp_imap: "),
        (SMTP_IMAP.replace("imap_host", "imaphost"), "mail.smtp_imap.imap_host"),
        (MINIMAL + 'system = "exchange"\n', "[mail.exchange]"),
        (MINIMAL + "[mail.exchange]\nserver = 'outlook.office365.com'\n", "2026"),
        (MINIMAL + "[mail.exchange]\nserver = 'http://mail.example.org'\n", "https://"),
        (MINIMAL + 'system = "graph"\n', "[mail.graph]"),
        (MINIMAL + "[mail.graph]\ntenant = 'example.org'\n", "mail.graph.client_id"),
        (MINIMAL + "[mail.graph]\ntenant = 'x'\nclient_id = 'x'\ncloud = 'moon'\n", "mail.graph.cloud"),
        ("language = 'nl\n", "language = 'nl"),
    ],
)
def test_a_wrong_key_is_refused_by_name_in_both_languages(tmp_path: Path, text: str, named: str) -> None:
    """The sentence names the file and the key."""
    file = config_file(tmp_path, text)
    with pytest.raises(InputProblem) as refused:
        load_config(file)
    for language in Language:
        sentence = refused.value.sentence(language)
        assert named in sentence
        assert str(file) in sentence


def test_an_unknown_key_is_answered_with_the_known_ones_and_not_with_its_value(tmp_path: Path) -> None:
    """Who writes a password into the file is told that the key is unknown, without the password being shown."""
    with pytest.raises(InputProblem) as refused:
        load_config(config_file(tmp_path, MINIMAL + 'password = "hunter2"\n'))
    assert "mail.password" in refused.value.text.en
    assert "sender_address" in refused.value.text.en
    assert "hunter2" not in refused.value.text.en


def test_the_password_of_the_mailbox_is_refused_in_the_file_without_being_shown(tmp_path: Path) -> None:
    """It belongs in the environment, the keyring or a file of its own."""
    with pytest.raises(InputProblem) as refused:
        load_config(config_file(tmp_path, SMTP_IMAP + 'password = "hunter2"\n'))
    assert "mail.smtp_imap.password" in refused.value.text.en
    assert "secret_from" in refused.value.text.en
    assert "hunter2" not in refused.value.text.en


def test_the_mail_settings_can_be_used_as_they_are(tmp_path: Path) -> None:
    """Paths are relative to the file, and the login name is the mailbox's own address where left out."""
    config = load_config(
        config_file(tmp_path, SMTP_IMAP + "ca_file = 'ca.pem'\nsecret_from = 'file'\nsecret_file = 'word'\n")
    )
    assert config.mail_settings == SmtpImapSettings(
        smtp_host="smtp.example.org",
        imap_host="imap.example.org",
        user="ogsm@example.org",
        ca_file=tmp_path / "ca.pem",
        secret_from="file",
        secret_file=tmp_path / "word",
    )
    assert load_config(config_file(tmp_path, MINIMAL)).mail_settings == FolderSettings(tmp_path / "mail")
    exchange = MINIMAL + "system = 'exchange'\n[mail.exchange]\nuser = 'CORP\\svc'\n"
    assert load_config(config_file(tmp_path, exchange)).mail_settings == ExchangeSettings(
        user=r"CORP\svc", mailbox="ogsm@example.org"
    )
    in_cloud = MINIMAL + "system = 'graph'\n[mail.graph]\ntenant = 'example.org'\nclient_id = 'x'\n"
    assert load_config(config_file(tmp_path, in_cloud)).mail_settings == GraphSettings(
        tenant="example.org", client_id="x", mailbox="ogsm@example.org"
    )


def test_a_missing_file_gets_a_sentence(tmp_path: Path) -> None:
    """The sentence says which file, and what to do."""
    with pytest.raises(InputProblem, match="ogsm-xl init"):
        load_config(tmp_path / "none.toml")
