"""What De Linde decided and learned: decisions, evaluations of two quarters, and what it sees around it."""

from __future__ import annotations

from ogsm_xl.example.content import NOTHING, day
from ogsm_xl.example.people import (
    ANOUK,
    BAS,
    INEKE,
    JOOST,
    MARIEKE,
    OZLEM,
    PIETER_JAN,
    RACHID,
    RENEE,
    SASKIA,
    sessions,
)
from ogsm_xl.plan.model import Decision, Evaluation, Factor
from ogsm_xl.plan.words import EvaluationSubject, FactorKind, Language, Text

# Session, item, decision, who carries it out, deadline.
_DECISIONS: tuple[tuple[str, str, Text, str, str], ...] = (
    (
        "SES3",
        "A20",
        Text(
            "Bewoners krijgen zelf de sleutel en een potje van € 500 per plek; wij doen alleen het onderhoud.",
            "Residents hold the key and a budget of € 500 per place; we do the maintenance only.",
        ),
        INEKE,
        "2026-04-02",
    ),
    (
        "SES4",
        "A9",
        Text(
            "Niet wachten op de warmteleverancier: vraag een schriftelijke planning en bespreek die in mei.",
            "Do not wait for the heat supplier: ask for a schedule in writing and bring it to the May session.",
        ),
        PIETER_JAN,
        "2026-05-08",
    ),
    (
        "SES4",
        "I14",
        Text(
            "Nieuwe inhuur boven drie maanden gaat eerst langs de directie.",
            "New external hiring for over three months needs the director's approval.",
        ),
        MARIEKE,
        "2026-04-17",
    ),
    (
        "SES5",
        "A9",
        Text(
            "Deadline verzet van 1 juli naar 27 november; het binnenwerk gaat nu al door.",
            "Deadline moved from 1 July to 27 November; indoor work goes ahead now.",
        ),
        PIETER_JAN,
        "2026-11-27",
    ),
    (
        "SES5",
        "A30",
        Text(
            "De chatbot wordt geparkeerd; het klantteam maakt eerst het portaal af.",
            "The chatbot is parked; the customer team finishes the portal first.",
        ),
        ANOUK,
        "2026-06-05",
    ),
    (
        "SES5",
        "A3",
        Text(
            "Rachid belt de aannemer: zonder leesbaar bestand geen nieuwe opdrachten.",
            "Rachid calls the contractor: no readable file, no new orders.",
        ),
        RACHID,
        "2026-05-29",
    ),
    (
        "SES6",
        "A14",
        Text(
            "De monumenten wachten op de regeling van de provincie; in november bekijken we het opnieuw.",
            "The listed homes wait for the province's scheme; we look again in November.",
        ),
        RACHID,
        "2026-11-12",
    ),
    (
        "SES6",
        "A2",
        Text(
            "ICT maakt tot de opening van het portaal een dag per week vrij.",
            "IT frees one day a week until the portal opens.",
        ),
        BAS,
        "2026-06-19",
    ),
    (
        "SES7",
        "S3",
        Text(
            "We zoeken een alternatief voor Stationskwartier; in augustus ligt er een voorstel voor Lindehof.",
            "We look for an alternative to Stationskwartier; a proposal for Lindehof is due in August.",
        ),
        OZLEM,
        "2026-08-13",
    ),
    (
        "SES7",
        "A8",
        Text(
            "Twintig leegkomende woningen worden vastgehouden als wisselwoning voor de Vogelbuurt.",
            "Twenty homes falling vacant are kept as temporary homes for Vogelbuurt.",
        ),
        SASKIA,
        "2026-08-28",
    ),
    (
        "SES7",
        "",
        Text(
            "Rapportages zijn liefst de avond voor de sessie binnen, zodat iedereen ze kan lezen.",
            "Reports are in by the evening before the session, if at all possible, so that everybody can read them.",
        ),
        JOOST,
        "2026-08-12",
    ),
    (
        "SES8",
        "A18",
        Text(
            "Als het contract er op 31 augustus niet ligt, belt Marieke de directeur van het havenbedrijf.",
            "If the contract is not there on 31 August, Marieke calls the director of the port company.",
        ),
        MARIEKE,
        "2026-09-04",
    ),
    (
        "SES8",
        "A29",
        Text(
            "Renée begint na de vakantie met het personeelsplan en meldt in september of 20 november haalbaar is.",
            "Renée starts on the staffing plan after the holidays and says in September whether 20 November is feasible.",
        ),
        RENEE,
        "2026-09-10",
    ),
)


def decisions(language: Language) -> tuple[Decision, ...]:
    """What the sessions decided, B1 and on."""
    held = {session.id: session.date for session in sessions(language)}
    return tuple(
        Decision(
            id=f"B{number}",
            decided_on=held[session],
            session=session,
            item=item,
            text=text.in_(language),
            owner=owner,
            deadline=day(deadline),
        )
        for number, (session, item, text, owner, deadline) in enumerate(_DECISIONS, start=1)
    )


_TEAM, _OTHERS = EvaluationSubject.TEAM, EvaluationSubject.OTHERS
_PROCESS, _FACILITIES = EvaluationSubject.PROCESS, EvaluationSubject.FACILITIES

# Quarter, subject, what to improve or start, what to keep, what to stop.
_EVALUATIONS: tuple[tuple[str, EvaluationSubject, Text, Text, Text], ...] = (
    (
        "2026-Q1",
        _TEAM,
        Text("Eerder hulp vragen, niet pas bij rood.", "Ask for help earlier, not only at red."),
        Text("Elkaar bellen voordat we mailen.", "Calling one another before mailing."),
        Text(
            "Acties van een ander in de sessie oplossen.",
            "Solving somebody else's actions during the session.",
        ),
    ),
    (
        "2026-Q1",
        _OTHERS,
        Text(
            "De huurdersraad betrekken voordat er een ontwerp ligt.",
            "Involving the tenants' council before there is a design.",
        ),
        Text(
            "Het maandelijkse bouwoverleg met de gemeente.",
            "The monthly building meeting with the municipality.",
        ),
        NOTHING,
    ),
    (
        "2026-Q1",
        _PROCESS,
        Text(
            "Bij elk licht één zin waarom het die kleur heeft.",
            "One sentence with each light on why it has that colour.",
        ),
        Text("Een uur is genoeg.", "One hour is enough."),
        Text("Groene acties langslopen.", "Going through green actions."),
    ),
    (
        "2026-Q1",
        _FACILITIES,
        Text(
            "Een scherm in zaal Beuk dat iedereen kan lezen.", "A screen in the Beech room that all can read."
        ),
        Text("Eén werkboek voor het hele plan.", "One workbook for the whole plan."),
        Text("Losse actielijstjes per afdeling.", "Separate action lists per department."),
    ),
    (
        "2026-Q2",
        _TEAM,
        Text(
            "Acties overdragen voordat iemand vertrekt of met verlof gaat.",
            "Handing actions over before somebody leaves or goes on leave.",
        ),
        Text("Open zijn over wat niet lukt.", "Being open about what does not work."),
        NOTHING,
    ),
    (
        "2026-Q2",
        _OTHERS,
        Text(
            "Met netbeheerder en warmteleverancier twee jaar vooruit plannen.",
            "Planning two years ahead with network operator and heat supplier.",
        ),
        Text(
            "Bewoners laten vertellen in de nieuwsbrief.",
            "Letting residents tell their story in the newsletter.",
        ),
        Text(
            "Overleggen in Zuiderkwartier zonder de politie erbij.",
            "Meeting about Zuiderkwartier without the police present.",
        ),
    ),
    (
        "2026-Q2",
        _PROCESS,
        Text("Rapporteren voor de avond voor de sessie.", "Reporting before the evening before the session."),
        Text("Eerst de rode acties, dan de rest.", "Red actions first, then the rest."),
        Text(
            "Deadlines verzetten zonder besluit.",
            "Moving deadlines without a decision.",
        ),
    ),
    (
        "2026-Q2",
        _FACILITIES,
        Text(
            "De indicatoren automatisch vullen (A25) scheelt iedereen een uur per maand.",
            "Filling the indicators automatically (A25) saves everybody an hour a month.",
        ),
        Text("De vooraf gemailde lijst.", "The list mailed beforehand."),
        Text("Cijfers overtypen uit rapporten.", "Retyping figures from reports."),
    ),
)


def evaluations(language: Language) -> tuple[Evaluation, ...]:
    """What the team learned in two quarters, E1 and on."""
    return tuple(
        Evaluation(
            id=f"E{number}",
            quarter=quarter,
            subject=subject,
            improve=improve.in_(language),
            keep=keep.in_(language),
            stop=stop.in_(language),
        )
        for number, (quarter, subject, improve, keep, stop) in enumerate(_EVALUATIONS, start=1)
    )


_SMALL, _MEDIUM, _LARGE = Text("klein", "small"), Text("middel", "medium"), Text("groot", "large")

# Kind, what we see, what it means for the plan, how likely, noted on.
_FACTORS: tuple[tuple[FactorKind, Text, Text, Text, str], ...] = (
    (
        FactorKind.STRENGTH,
        Text(
            "We hebben 34 eigen grondstukken binnen de bebouwde kom.",
            "We own 34 plots within the built-up area.",
        ),
        Text(
            "We kunnen bouwen zonder eerst grond te kopen (S3).",
            "We can build without buying land first (S3).",
        ),
        NOTHING,
        "2025-11-20",
    ),
    (
        FactorKind.STRENGTH,
        Text("Bewoners kennen onze wijkteams bij naam.", "Residents know our district teams by name."),
        Text(
            "Instemming met renovatie halen we sneller dan anderen.",
            "We get consent to renovation sooner than others.",
        ),
        NOTHING,
        "2025-11-20",
    ),
    (
        FactorKind.VULNERABILITY,
        Text("Kennis van oude complexen zit bij enkele mensen.", "Few people know our older estates."),
        Text(
            "Gegevens en dossiers moeten voor 2028 op orde zijn (S5).",
            "Data and files must be in order before 2028 (S5).",
        ),
        NOTHING,
        "2025-11-20",
    ),
    (
        FactorKind.VULNERABILITY,
        Text(
            "Zes functies staan langer dan drie maanden open.",
            "Six posts have been vacant for over three months.",
        ),
        Text(
            "De inhuur blijft duur zolang we niet kunnen werven.",
            "Hiring stays costly as long as we cannot recruit.",
        ),
        NOTHING,
        "2026-04-09",
    ),
    (
        FactorKind.OPPORTUNITY,
        Text(
            "Het Rijk verlengt de isolatiesubsidie tot en met 2028.",
            "The state extends the insulation grant to 2028.",
        ),
        Text("Complexen uit 2029 kunnen naar voren.", "Estates planned for 2029 can be brought forward."),
        _MEDIUM,
        "2026-04-09",
    ),
    (
        FactorKind.OPPORTUNITY,
        Text(
            "De gemeente zoekt partners voor leegstaande winkels.",
            "The municipality seeks partners for empty shops.",
        ),
        Text("Goedkope ruimte voor ontmoetingsplekken (A20).", "Cheap space for meeting places (A20)."),
        _LARGE,
        "2026-07-09",
    ),
    (
        FactorKind.RISK,
        Text(
            "Het stroomnet zit vol; nieuwe aansluitingen wachten tot 2027.",
            "The power grid is full; new connections wait until 2027.",
        ),
        Text(
            "Flexwoningen en warmtepompen lopen vertraging op (S2, S3).",
            "Modular homes and heat pumps are delayed (S2, S3).",
        ),
        _LARGE,
        "2026-07-09",
    ),
    (
        FactorKind.RISK,
        Text(
            "In woningen van voor 1994 zit meer asbest dan bekend.",
            "Homes from before 1994 hold more asbestos than known.",
        ),
        Text("Eerst schouwen, dan pas een planning beloven.", "Survey first; promise a schedule only then."),
        _MEDIUM,
        "2026-06-11",
    ),
    (
        FactorKind.RISK,
        Text("Beroep van omwonenden tegen bouwplannen.", "Neighbours' appeals against building schemes."),
        Text("Altijd een tweede locatie achter de hand hebben.", "Always keep a second site in hand."),
        _LARGE,
        "2026-05-21",
    ),
    (
        FactorKind.CHANGE,
        Text("De wethouder wonen is in augustus afgetreden.", "The alderman for housing resigned in August."),
        Text(
            "Afspraken over voorrang liggen opnieuw open (A19).",
            "Agreements on priority are open again (A19).",
        ),
        NOTHING,
        "2026-08-13",
    ),
    (
        FactorKind.CHANGE,
        Text(
            "Steeds meer huurders wonen alleen en zijn ouder dan 75.",
            "More and more tenants live alone and are over 75.",
        ),
        Text(
            "Ontmoeting en toegankelijkheid wegen zwaarder (S4).",
            "Meeting places and accessibility weigh more (S4).",
        ),
        NOTHING,
        "2025-11-20",
    ),
    (
        FactorKind.SCENARIO,
        Text("De rente stijgt naar 4,5 %.", "Interest rates rise to 4.5%."),
        Text(
            "We kunnen 80 woningen minder bouwen; renovatie gaat voor.",
            "We can build 80 homes fewer; renovation comes first.",
        ),
        _SMALL,
        "2025-11-20",
    ),
    (
        FactorKind.SCENARIO,
        Text("De huren worden twee jaar bevroren.", "Rents are frozen for two years."),
        Text(
            "De rentedekking zakt onder 1,5; D4 moet dan omlaag.",
            "Interest cover falls below 1.5; D4 would have to come down.",
        ),
        _MEDIUM,
        "2025-11-20",
    ),
)


def factors(language: Language) -> tuple[Factor, ...]:
    """What De Linde sees in and around itself, F1 and on."""
    return tuple(
        Factor(
            id=f"F{number}",
            kind=kind,
            text=text.in_(language),
            meaning=meaning.in_(language),
            likelihood=likelihood.in_(language),
            noted_on=day(noted_on),
        )
        for number, (kind, text, meaning, likelihood, noted_on) in enumerate(_FACTORS, start=1)
    )
