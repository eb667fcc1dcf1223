"""The catalogue of rules to read: as a list, one explained, and as the pages in docs/ and the table in README.md."""

from __future__ import annotations

import textwrap
from collections import Counter
from pathlib import Path
from typing import Final

from ogsm_xl.config import Config
from ogsm_xl.plan.finding import Severity
from ogsm_xl.plan.problem import InputProblem
from ogsm_xl.plan.words import Language, Text
from ogsm_xl.rules.catalogue import CATALOGUE, rule
from ogsm_xl.rules.rule import Place, Rule
from ogsm_xl.usecases.outcome import ExitCode, Outcome
from ogsm_xl.usecases.validate import MARKS, rule_settings

PAGES: Final = {Language.EN: "docs/rules.md", Language.NL: "docs/regels.md"}
"""Where the page of all rules stands, by its language."""

TABLE_BEGINS: Final = "<!-- rules: made by ogsm-xl rules --write-docs . -->"
TABLE_ENDS: Final = "<!-- end of rules -->"
"""Between these lines of README.md stands the table."""

_WIDTH: Final = 78
_IN_GENERAL: Final = {
    "write": Text("Schrijf het zoals de melding voorstelt.", "Write it as the finding suggests."),
    "heading": Text("de ontbrekende waarde", "the missing value"),
    "id": Text("het oude ID", "the old ID"),
    "proposed": Text("een vrij nummer", "a free number"),
    "missing": Text("van de ontbrekende kolom", "of the missing column"),
    "codes": Text("OX305", "OX305"),
    "name": Text("deze regel", "this row"),
    "items": Text("alles wat deze persoon heeft", "everything that this person owns"),
}
"""What stands in a mend where a finding would name something of the plan."""


def list_rules(config: Config | None = None) -> Outcome:
    """All rules by the part of the plan that they are about, with what the configuration changed.

    Raises:
        InputProblem: The configuration names a rule that does not exist.
    """
    off = rule_settings(config).off if config else {}
    lines: list[Text] = []
    for place in Place:
        lines += [Text("", ""), place.value]
        lines += [_line(each, _severity(each, config), off.get(each.code)) for each in _of(place)]
    number = len(CATALOGUE)
    return Outcome(
        ExitCode.DONE,
        Text(
            f"{number} regels. Meer over een regel: ogsm-xl rules {CATALOGUE[0].code}",
            f"{number} rules. More about a rule: ogsm-xl rules {CATALOGUE[0].code}",
        ),
        details=[*lines[1:], Text("", "")],
        data={"rules": [_plain(each, config) for each in CATALOGUE]},
    )


def explain(code: str, config: Config | None = None) -> Outcome:
    """One rule: what it finds, why that matters, how to mend it, a bad and a good example.

    Raises:
        InputProblem: There is no rule of this code.
    """
    try:
        found = rule(code)
    except KeyError:
        raise InputProblem(
            Text(
                f"Er is geen regel {code!r}. ogsm-xl rules laat ze allemaal zien.",
                f"There is no rule {code!r}. ogsm-xl rules lists them all.",
            )
        ) from None
    severity = _severity(found, config)
    word, place = severity.word, found.place.value
    mark = MARKS[severity]
    lines = [
        Text(f"{found.code}  {found.title.nl}", f"{found.code}  {found.title.en}"),
        Text(f"{mark} {word.nl}, over: {place.nl}", f"{mark} {word.en}, about: {place.en}"),
    ]
    off = rule_settings(config).off.get(found.code) if config else None
    if off is not None:
        lines.append(Text(f"Uitgezet in de configuratie: {off}", f"Switched off in the configuration: {off}"))
    sections = (
        (Text("Waarom", "Why"), found.why),
        (Text("Zo herstel je het", "How to mend it"), _mend(found)),
        (Text("Zo niet", "Bad"), found.bad),
        (Text("Zo wel", "Good"), found.good),
    )
    for heading, text in sections:
        lines += [Text("", ""), heading, Text(_wrapped(text.nl), _wrapped(text.en))]
    return Outcome(
        ExitCode.DONE,
        _how_to_silence(found),
        details=[*lines, Text("", "")],
        data={"rule": _plain(found, config)},
    )


def _how_to_silence(found: Rule) -> Text:
    """What to do where a rule does not hold: for one row in the plan, for all of them in the configuration."""
    if found.place in {Place.STRATEGIES, Place.INDICATORS, Place.ACTIONS}:
        return Text(
            f"Klopt dit bij één regel van het plan niet? Zet daar in de kolom Uitzondering: {found.code} en waarom.",
            f"Does this not hold for one row of the plan? Write in its column Exception: {found.code} and why.",
        )
    return Text(
        f'Past deze controle niet bij jullie? Zet in de configuratie onder [rules]: off = {{ {found.code} = "waarom" }}',
        f'Does this rule not suit you? Put in the configuration, under [rules]: off = {{ {found.code} = "why" }}',
    )


def write_pages(folder: Path) -> Outcome:
    """Renew docs/rules.md, docs/regels.md and the table in README.md of a folder with the sources.

    Raises:
        InputProblem: The folder does not hold them, or they can't be written.
    """
    readme = folder / "README.md"
    try:
        before, begins, rest = readme.read_text(encoding="utf-8").partition(TABLE_BEGINS)
        _old, ends, after = rest.partition(TABLE_ENDS)
        if not (begins and ends):
            raise InputProblem(
                Text(
                    f"In {readme} ontbreken de regels {TABLE_BEGINS} en {TABLE_ENDS}.",
                    f"{readme} lacks the lines {TABLE_BEGINS} and {TABLE_ENDS}.",
                )
            )
        for language, name in PAGES.items():
            page = folder / name
            page.parent.mkdir(exist_ok=True)
            page.write_text(rules_page(language), encoding="utf-8", newline="\n")
        readme.write_text(f"{before}{begins}\n{rules_table()}{ends}{after}", encoding="utf-8", newline="\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise InputProblem(
            Text(
                f"De regels kunnen niet in {folder} worden geschreven ({reason}). Noem de map met README.md.",
                f"The rules can't be written in {folder} ({reason}). Name the folder that holds README.md.",
            )
        ) from None
    files = ", ".join(["README.md", *PAGES.values()])
    return Outcome(
        ExitCode.DONE, Text(f"Vernieuwd: {files}.", f"Renewed: {files}."), data={"files": files.split(", ")}
    )


def rules_table() -> str:
    """The table of the README: how many rules there are about each part of the plan, and how bad."""
    lines = ["| about | errors | warnings | hints | codes |", "| --- | --: | --: | --: | --- |"]
    for place in Place:
        ours = _of(place)
        numbers = Counter(each.severity for each in ours)
        counted = " | ".join(str(numbers[level]) for level in MARKS)
        lines.append(f"| {place.value.en} | {counted} | {ours[0].code} to {ours[-1].code} |")
    return "\n".join(lines) + "\n"


def rules_page(language: Language) -> str:
    """All rules as a page: by the part of the plan, with the reason, the mend and the examples."""
    title = Text("De regels waaraan een plan wordt getoetst", "The rules that a plan is checked by")
    intro = Text(
        "Gemaakt uit de catalogus met `ogsm-xl rules --write-docs .`; wijzig dit bestand niet met de hand.\n\n"
        "**Fout**: de taken kunnen met deze regel van het plan niet werken. **Waarschuwing**: het plan spreekt zichzelf tegen, of er\n"
        "ontbreekt iets. **Tip**: het kan beter. In de configuratie (`[rules]`) kun je een controle uitzetten, een andere ernst geven, en\n"
        "drempels instellen. Eén rij zonder je uit in het plan zelf: zet in haar kolom Uitzondering de code en de reden.",
        "Made from the catalogue with `ogsm-xl rules --write-docs .`; don't change this file by hand.\n\n"
        "**Error**: the jobs can't do their work with this row of the plan. **Warning**: the plan contradicts itself or misses\n"
        "something. **Hint**: it could be better. In the configuration (`[rules]`) a rule can be switched off or given another severity,\n"
        "and thresholds be set. A single row is excused in the plan itself: write the code and the reason in its column Exception.",
    )
    headings = Text(
        "| code | ernst | regel | zo herstel je het | zo niet | zo wel |",
        "| code | severity | rule | how to mend it | bad | good |",
    )
    lines = [f"# {title.in_(language)}", "", intro.in_(language)]
    for place in Place:
        lines += ["", f"## {place.word(language)}", "", headings.in_(language), "| --- " * 6 + "|"]
        lines += [_row(each, language) for each in _of(place)]
    return "\n".join(lines) + "\n"


def _row(each: Rule, language: Language) -> str:
    texts = (_mend(each), each.bad, each.good)
    cells = (
        each.code,
        each.severity.word.in_(language),
        f"**{_cell(each.title.in_(language))}**<br>{_cell(each.why.in_(language))}",
        *(_cell(text.in_(language)) for text in texts),
    )
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """A text as a cell of a table in Markdown."""
    return (
        " ".join(text.split())
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace("*", "\\*")
        .replace("_", "\\_")
    )


def _mend(each: Rule) -> Text:
    return each.fix.filled(**_IN_GENERAL)


def _of(place: Place) -> list[Rule]:
    return [each for each in CATALOGUE if each.place is place]


def _severity(each: Rule, config: Config | None) -> Severity:
    return rule_settings(config).severities.get(each.code, each.severity) if config else each.severity


def _line(each: Rule, severity: Severity, off: str | None) -> Text:
    mark = MARKS[severity]
    note = Text("", "") if off is None else Text(f"  (uit: {off})", f"  (off: {off})")
    return Text(
        f"  {each.code}  {mark} {severity.word.nl:12}  {each.title.nl}{note.nl}",
        f"  {each.code}  {mark} {severity.word.en:7}  {each.title.en}{note.en}",
    )


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, initial_indent="  ", subsequent_indent="  ")


def _plain(each: Rule, config: Config | None) -> dict[str, object]:
    off = rule_settings(config).off.get(each.code) if config else None
    return {
        "code": each.code,
        "severity": _severity(each, config).name.lower(),
        "place": each.place.key,
        "off": off,
        **{name: getattr(each, name)._asdict() for name in ("title", "why", "bad", "good")},
        "fix": _mend(each)._asdict(),
    }
