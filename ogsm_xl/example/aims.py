"""What De Linde wants: objective, goals, strategies, and the indicators that make the strategies measurable."""

from __future__ import annotations

from ogsm_xl.example.content import (
    GREEN,
    MAIL,
    ORANGE,
    RED,
    ROW,
    IndicatorStory,
    StrategyStory,
    Value,
    day,
    judged,
    measured,
    monthly,
    quarterly,
)
from ogsm_xl.example.people import ANOUK, BAS, INEKE, MARIEKE, OZLEM, PIETER_JAN, RACHID, RENEE, SASKIA, TOM
from ogsm_xl.plan.model import Goal, Objective
from ogsm_xl.plan.words import Direction, Language, StrategyKind, Text, TrafficLight


def objective(language: Language) -> Objective:
    """The ambition. It is reported on before the planning session only, so its light is still blank."""
    text = Text(
        "In 2028 woont iedere huurder van De Linde in een betaalbare, energiezuinige en goed onderhouden woning, in een buurt waar mensen elkaar kennen.",
        "By 2028 every De Linde tenant lives in an affordable, energy-efficient and well-kept home, in a neighbourhood where people know one another.",
    )
    return Objective(
        id="O1",
        text=text.in_(language),
        owner=MARIEKE,
        organisation="Woonstichting De Linde",
        period="2026–2028",
    )


# ID, goal, measured by, unit, baseline (end of 2025), actual (June 2026), target (end of 2028), light, note.
_GOALS: tuple[tuple[str, Text, Text, Text, float, float, float, TrafficLight, Text], ...] = (
    (
        "D1",
        Text(
            "Huurders geven onze dienstverlening in 2028 een 8,0.",
            "In 2028 tenants rate our service at 8.0.",
        ),
        Text("Huurdersoordeel in het halfjaarlijkse onderzoek", "Tenant rating in the half-yearly survey"),
        Text("rapportcijfer (1–10)", "mark (1–10)"),
        7.2,
        7.4,
        8.0,
        GREEN,
        Text(
            "Vooral het contact bij reparaties wordt beter gewaardeerd.",
            "Most of the gain comes from better contact about repairs.",
        ),
    ),
    (
        "D2",
        Text(
            "Eind 2028 stoten onze woningen een kwart minder CO₂ uit dan in 2025.",
            "By the end of 2028 our homes emit a quarter less CO₂ than in 2025.",
        ),
        Text("CO₂-uitstoot per m² woonoppervlak per jaar", "CO₂ emitted per m² of floor area per year"),
        Text("kg per m²", "kg per m²"),
        19.6,
        19.0,
        14.7,
        ORANGE,
        Text(
            "De grote complexen tellen pas mee als ze zijn opgeleverd; Vogelbuurt loopt achter.",
            "Large estates count only once completed, and Vogelbuurt is behind.",
        ),
    ),
    (
        "D3",
        Text(
            "Eind 2028 verhuren we 450 betaalbare woningen meer dan eind 2025.",
            "By the end of 2028 we let 450 more affordable homes than at the end of 2025.",
        ),
        Text("Betaalbare woningen in verhuur", "Affordable homes let"),
        Text("woningen", "homes"),
        11400,
        11409,
        11850,
        RED,
        Text(
            "Er zijn 24 woningen bij gekomen en 15 verkocht. Zonder Stationskwartier halen we 2028 niet.",
            "We added 24 homes and sold 15. Without Stationskwartier 2028 is out of reach.",
        ),
    ),
    (
        "D4",
        Text(
            "Eind 2028 is onze rentedekking (ICR) 1,8, zodat we kunnen blijven investeren.",
            "By the end of 2028 our interest cover (ICR) is 1.8, so that we can keep investing.",
        ),
        Text("Rentedekking (ICR) in de halfjaarcijfers", "Interest cover (ICR) in the half-year accounts"),
        Text("factor", "ratio"),
        1.58,
        1.63,
        1.8,
        GREEN,
        Text("In lijn met de meerjarenbegroting.", "In line with the long-term budget."),
    ),
)


def goals(language: Language) -> tuple[Goal, ...]:
    """The four goals, with the half-year's figures."""
    return tuple(
        Goal(
            id=goal_id,
            text=text.in_(language),
            indicator=indicator.in_(language),
            unit=unit.in_(language),
            baseline=baseline,
            target=target,
            target_date=day("2028-12-31"),
            actual=actual,
            light=light,
            note=note.in_(language),
        )
        for goal_id, text, indicator, unit, baseline, actual, target, light, note in _GOALS
    )


GOAL_VALUES: tuple[tuple[str, Value], ...] = tuple(
    (goal_id, value)
    for goal_id, _text, _indicator, _unit, baseline, actual, _target, _light, _note in _GOALS
    for value in (Value(day("2025-12-31"), baseline), Value(day("2026-06-30"), actual))
)
"""What was measured of the goals: goal ID and value."""


STRATEGIES = (
    StrategyStory(
        "S1",
        Text(
            "Huurders in één keer goed geholpen door één klantteam dat elke vraag en reparatie volgt tot alles klaar is",
            "Tenants helped right first time by one customer team that follows every question and repair until it is settled",
        ),
        SASKIA,
        StrategyKind.BUSINESS,
        ("D1",),
        (
            judged(
                "2026-04-07 15:20",
                GREEN,
                Text(
                    "Het klantteam draait in twee van de drie wijken en de eerste cijfers zijn beter. Portaal en contracten liggen op koers.",
                    "The customer team runs in two of our three districts and the first figures are better. Portal and contracts are on course.",
                ),
            ),
            judged(
                "2026-07-07 16:05",
                ORANGE,
                Text(
                    "Het klantteam werkt, en huurders merken het. Maar portaal en reparatiecontract lopen allebei uit, en zonder die twee komt de doorlooptijd niet onder de tien dagen.",
                    "The customer team works, and tenants notice. But portal and repair contract are both slipping, and without them turnaround will not drop below ten days.",
                ),
            ),
        ),
    ),
    StrategyStory(
        "S2",
        Text(
            "Geen woningen meer met label E, F of G door per complex te verduurzamen, te beginnen bij de slechtste labels",
            "No homes left with label E, F or G by renovating estate by estate, worst labels first",
        ),
        RACHID,
        StrategyKind.BUSINESS,
        ("D2",),
        (
            judged(
                "2026-04-08 11:45",
                GREEN,
                Text(
                    "Vogelbuurt en zonnepanelen zijn gestart, de subsidie is bijna rond. Rozenhof vraagt aandacht: de warmteleverancier levert later.",
                    "Vogelbuurt and the solar panels have started, and the grant is nearly in. Rozenhof needs attention: the heat supplier will be late.",
                ),
            ),
            judged(
                "2026-07-08 10:30",
                ORANGE,
                Text(
                    "Zonnepanelen en subsidie gaan goed. In Vogelbuurt is meer asbest gevonden dan verwacht; daardoor halen we dit jaar minder labelsprongen dan gepland.",
                    "Solar panels and grant are going well. Vogelbuurt turned up more asbestos than expected, so fewer homes will change label this year than planned.",
                ),
                source=MAIL,
            ),
        ),
    ),
    StrategyStory(
        "S3",
        Text(
            "Sneller meer betaalbare woningen door op eigen grond te bouwen met vaste bouwpartners",
            "More affordable homes sooner by building on our own land with regular building partners",
        ),
        OZLEM,
        StrategyKind.BUSINESS,
        ("D3",),
        (
            judged(
                "2026-04-08 17:10",
                ORANGE,
                Text(
                    "De eerste 24 woningen zijn bijna klaar. De vergunning voor Stationskwartier is verleend, maar omwonenden overwegen bezwaar.",
                    "The first 24 homes are nearly ready. Stationskwartier has its permit, but neighbours are considering an objection.",
                ),
            ),
            judged(
                "2026-07-09 08:40",
                RED,
                Text(
                    "Het beroep tegen Stationskwartier kost minstens een half jaar. Zonder andere locatie missen we in 2028 straks 48 woningen. Er is een keuze nodig: wachten of schuiven.",
                    "The appeal against Stationskwartier costs at least half a year. Without another site we will be 48 homes short in 2028. A choice is needed: wait or reshuffle.",
                ),
            ),
        ),
    ),
    StrategyStory(
        "S4",
        Text(
            "Prettige buurten waar bewoners elkaar kennen en naar elkaar omzien",
            "Pleasant neighbourhoods where residents know one another and look out for each other",
        ),
        INEKE,
        StrategyKind.BUSINESS,
        ("D1", "D3"),
        (
            judged(
                "2026-04-08 09:15",
                GREEN,
                Text(
                    "Het groen bij de Parkflat is bijna klaar, twee ontmoetingsplekken zijn open en de huismeesters worden geworven.",
                    "The planting at Parkflat is almost done, two meeting places are open and caretakers are being recruited.",
                ),
            ),
            judged(
                "2026-07-08 09:50",
                GREEN,
                Text(
                    "Bewoners geven de buurt een hoger cijfer en er zijn minder meldingen. Zuiderkwartier blijft achter: daar is nog geen aanpak.",
                    "Residents rate their neighbourhood higher and reports are down. Zuiderkwartier lags: it still has no approach.",
                ),
            ),
        ),
    ),
    StrategyStory(
        "S5",
        Text(
            "Lagere bedrijfslasten door processen te vereenvoudigen, gegevens op orde te brengen en mensen te behouden",
            "Lower operating costs by simplifying processes, getting our data right and keeping our people",
        ),
        BAS,
        StrategyKind.ENABLING,
        ("D1", "D4"),
        (
            judged(
                "2026-04-09 08:20",
                ORANGE,
                Text(
                    "De gegevens worden merkbaar beter. De inhuur is nog veel te hoog omdat zes vacatures openstaan.",
                    "Our data are clearly improving. External hiring is still far too high because six vacancies are open.",
                ),
                source=ROW,
            ),
            judged(
                "2026-07-09 08:55",
                GREEN,
                Text(
                    "Vier van de zes vacatures zijn vervuld en de inhuur daalt elke maand. De kosten per woning volgen de begroting.",
                    "Four of the six vacancies have been filled and external hiring falls every month. Cost per home follows the budget.",
                ),
                source=ROW,
            ),
        ),
    ),
)

_PERCENT = Text("%", "%")
_MARK = Text("rapportcijfer (1–10)", "mark (1–10)")
_DAYS = Text("dagen", "days")
_HOMES = Text("woningen", "homes")

INDICATORS = (
    IndicatorStory(
        "I1",
        Text("Tevredenheid van huurders over reparaties", "Tenant satisfaction with repairs"),
        "S1",
        ANOUK,
        _MARK,
        Direction.HIGHER,
        7.2,
        8.0,
        day("2027-12-31"),
        monthly(7.3, 7.4, 7.4, 7.5, 7.6, 7.6),
        (
            measured(
                "2026-04-08 09:05",
                "2026-03-31",
                GREEN,
                Text(
                    "Ruim 400 reacties in maart. Huurders noemen vooral het terugbellen.",
                    "Over 400 responses in March. Tenants mainly mention being called back.",
                ),
            ),
            measured(
                "2026-07-08 09:10",
                "2026-06-30",
                GREEN,
                Text(
                    "Hoogste cijfer tot nu toe; de wijk Noord scoort zelfs een 7,9.",
                    "Highest mark so far; the Noord district even scores 7.9.",
                ),
            ),
        ),
    ),
    IndicatorStory(
        "I2",
        Text(
            "Doorlooptijd van een reparatie, van melding tot klaar",
            "Turnaround of a repair, from report to completion",
        ),
        "S1",
        ANOUK,
        _DAYS,
        Direction.LOWER,
        14,
        7,
        day("2026-12-31"),
        monthly(
            13.6,
            13.1,
            12.4,
            11.8,
            11.9,
            11.5,
            notes={
                "2026-06-30": Text(
                    "Storm van 18 juni: 210 extra meldingen.", "Storm of 18 June: 210 extra reports."
                )
            },
        ),
        (
            measured(
                "2026-04-08 09:05",
                "2026-03-31",
                GREEN,
                Text(
                    "Daalt met een halve dag per maand sinds het nieuwe rooster.",
                    "Down by half a day a month since the new rota.",
                ),
            ),
            measured(
                "2026-07-08 09:10",
                "2026-06-30",
                ORANGE,
                Text(
                    "De daling stokt. Zeven dagen lukt alleen met het nieuwe contract (A4).",
                    "The decline has stalled. Seven days takes the new contract (A4).",
                ),
            ),
        ),
    ),
    IndicatorStory(
        "I3",
        Text("Vragen die bij het eerste contact zijn opgelost", "Questions solved at first contact"),
        "S1",
        SASKIA,
        _PERCENT,
        Direction.HIGHER,
        58,
        75,
        day("2026-12-31"),
        monthly(59, 61, 64, 66, 68, 69),
        (
            measured(
                "2026-07-07 16:05",
                "2026-06-30",
                GREEN,
                Text(
                    "Ligt op de lijn naar 75 %. Vragen over de huurprijs gaan het vaakst nog door naar een collega.",
                    "On the line to 75%. Questions about rent are still passed on most often.",
                ),
            ),
        ),
    ),
    IndicatorStory(
        "I4",
        Text("Woningen met energielabel E, F of G", "Homes with energy label E, F or G"),
        "S2",
        PIETER_JAN,
        _HOMES,
        Direction.LOWER,
        1420,
        0,
        day("2028-12-31"),
        quarterly(1420, 1362, 1281),
        (
            measured(
                "2026-04-07 13:30",
                "2026-03-31",
                GREEN,
                Text(
                    "58 woningen minder, zoals begroot voor het eerste kwartaal.",
                    "58 fewer, as budgeted for the first quarter.",
                ),
            ),
            measured(
                "2026-07-07 11:25",
                "2026-06-30",
                ORANGE,
                Text(
                    "81 minder; begroot was 120. Het verschil zit helemaal in Vogelbuurt.",
                    "81 fewer; the budget said 120. Vogelbuurt explains the whole gap.",
                ),
            ),
        ),
    ),
    IndicatorStory(
        "I5",
        Text("Gemiddeld gasverbruik per woning", "Average gas consumption per home"),
        "S2",
        TOM,
        Text("m³ per jaar", "m³ a year"),
        Direction.LOWER,
        1040,
        850,
        day("2028-12-31"),
        quarterly(1040, 1021, 1008),
        (
            measured(
                "2026-04-07 10:40",
                "2026-03-31",
                GREEN,
                Text(
                    "Cijfers van de netbeheerder, gecorrigeerd voor de zachte winter.",
                    "Network operator's figures, corrected for the mild winter.",
                ),
            ),
            measured(
                "2026-07-07 10:15",
                "2026-06-30",
                GREEN,
                Text(
                    "Daalt sneller in complexen waar de energiecoaches zijn geweest.",
                    "Falls faster on estates that the energy coaches have visited.",
                ),
            ),
        ),
    ),
    IndicatorStory(
        "I6",
        Text("Kosten per verduurzaamde woning", "Cost per renovated home"),
        "S2",
        RACHID,
        Text("€", "€"),
        Direction.BAND,
        41500,
        32000,
        day("2027-06-30"),
        quarterly(41500, 38900, 37400),
        (
            measured(
                "2026-04-08 11:45",
                "2026-03-31",
                ORANGE,
                Text(
                    "Nog boven de band; de eerste woningen van een complex zijn het duurst.",
                    "Still above the band; the first homes of an estate cost the most.",
                ),
            ),
            measured(
                "2026-07-08 10:30",
                "2026-06-30",
                GREEN,
                Text(
                    "Voor het eerst binnen de band. Asbest in Vogelbuurt zit hier nog niet in.",
                    "Within the band for the first time. Asbestos at Vogelbuurt is not in here yet.",
                ),
                source=MAIL,
            ),
        ),
        upper=38000,
    ),
    IndicatorStory(
        "I7",
        Text("Nieuwe woningen opgeleverd sinds januari 2026", "New homes completed since January 2026"),
        "S3",
        OZLEM,
        _HOMES,
        Direction.HIGHER,
        0,
        450,
        day("2028-12-31"),
        monthly(
            0,
            0,
            24,
            24,
            24,
            40,
            notes={
                "2026-04-30": Text("Oplevering Molenhof.", "Molenhof completed."),
                "2026-07-31": Text(
                    "Oplevering Schoolplein, 16 woningen.", "Schoolplein completed, 16 homes."
                ),
            },
        ),
        (
            measured(
                "2026-04-08 17:10",
                "2026-03-31",
                ORANGE,
                Text(
                    "Molenhof (24 woningen) wordt eind april opgeleverd, een maand later dan gepland.",
                    "Molenhof (24 homes) will be completed at the end of April, a month late.",
                ),
            ),
            measured(
                "2026-07-09 08:40",
                "2026-06-30",
                RED,
                Text(
                    "24 van de 90 die we dit jaar hadden gepland. Met Schoolplein erbij worden het er 40.",
                    "24 of the 90 planned for this year. Schoolplein will bring it to 40.",
                ),
            ),
        ),
    ),
    IndicatorStory(
        "I8",
        Text("Woningen met een onherroepelijke bouwvergunning", "Homes with an irrevocable building permit"),
        "S3",
        OZLEM,
        _HOMES,
        Direction.HIGHER,
        85,
        300,
        day("2027-12-31"),
        quarterly(85, 109, 118),
        (
            measured(
                "2026-04-08 17:10",
                "2026-03-31",
                GREEN,
                Text("De vergunning voor Lindehof is binnen.", "The permit for Lindehof is in."),
            ),
            measured(
                "2026-07-09 08:40",
                "2026-06-30",
                ORANGE,
                Text(
                    "Stationskwartier (48) telt nog niet mee zolang het beroep loopt.",
                    "Stationskwartier (48) does not count while the appeal is pending.",
                ),
            ),
        ),
    ),
    IndicatorStory(
        "I9",
        Text("Tijd van eerste schets tot start bouw", "Time from first sketch to start of building"),
        "S3",
        RACHID,
        Text("maanden", "months"),
        Direction.LOWER,
        41,
        30,
        day("2028-06-30"),
        quarterly(41, 40, 40),
        (
            measured(
                "2026-07-08 10:30",
                "2026-06-30",
                ORANGE,
                Text(
                    "Nog nauwelijks winst: alle lopende plannen zijn op de oude manier begonnen.",
                    "Hardly any gain yet: all current schemes began the old way.",
                ),
                source=MAIL,
            ),
        ),
    ),
    IndicatorStory(
        "I10",
        Text("Cijfer dat bewoners hun buurt geven", "Mark that residents give their neighbourhood"),
        "S4",
        INEKE,
        _MARK,
        Direction.HIGHER,
        7.0,
        7.5,
        day("2028-12-31"),
        quarterly(7.0, 7.1, 7.2),
        (
            measured(
                "2026-04-08 09:15",
                "2026-03-31",
                GREEN,
                Text(
                    "Parkflat en Noord stijgen, Zuiderkwartier staat stil op 6,4.",
                    "Parkflat and Noord are up, Zuiderkwartier is stuck at 6.4.",
                ),
            ),
            measured(
                "2026-07-08 09:50",
                "2026-06-30",
                GREEN,
                Text(
                    "Bewoners bij een ontmoetingsplek geven gemiddeld een half punt meer.",
                    "Residents near a meeting place give half a point more on average.",
                ),
            ),
        ),
    ),
    IndicatorStory(
        "I11",
        Text("Overlastmeldingen per 1.000 woningen per maand", "Nuisance reports per 1,000 homes per month"),
        "S4",
        INEKE,
        Text("meldingen", "reports"),
        Direction.LOWER,
        9.2,
        6.0,
        day("2027-12-31"),
        monthly(
            9.0,
            8.7,
            8.9,
            8.4,
            8.1,
            8.6,
            notes={
                "2026-07-31": Text(
                    "Zomeravonden: vooral geluid buiten.", "Summer evenings: mostly noise outdoors."
                )
            },
        ),
        (
            measured(
                "2026-04-08 09:15",
                "2026-03-31",
                GREEN,
                Text("Rustig voorjaar, minder dan vorig jaar.", "A quiet spring, fewer than last year."),
            ),
            measured(
                "2026-07-08 09:50",
                "2026-06-30",
                GREEN,
                Text(
                    "Minder meldingen dan vorig jaar; in de zomer is het altijd drukker.",
                    "Fewer reports than last year; summers are always busier.",
                ),
            ),
        ),
    ),
    IndicatorStory(
        "I12",
        Text("Bewonersinitiatieven die we steunen", "Residents' initiatives that we support"),
        "S4",
        SASKIA,
        Text("initiatieven", "initiatives"),
        Direction.HIGHER,
        12,
        None,
        day("2027-12-31"),
        quarterly(12, 15, 19),
        (
            measured(
                "2026-07-07 16:05",
                "2026-06-30",
                None,
                Text(
                    "Vier nieuwe initiatieven. Geen licht, want we hebben nog geen streefwaarde afgesproken.",
                    "Four new initiatives. No light, since we have not agreed a target yet.",
                ),
            ),
        ),
    ),
    IndicatorStory(
        "I13",
        Text("Bedrijfslasten per woning", "Operating costs per home"),
        "S5",
        BAS,
        Text("€ per jaar", "€ a year"),
        Direction.LOWER,
        1062,
        950,
        day("2028-12-31"),
        quarterly(1062, 1055, 1041),
        (
            measured(
                "2026-04-09 08:20",
                "2026-03-31",
                ORANGE,
                Text(
                    "Lager, maar minder dan begroot door de dure inhuur.",
                    "Lower, but by less than budgeted because of costly hiring.",
                ),
                source=ROW,
            ),
            measured(
                "2026-07-09 08:55",
                "2026-06-30",
                GREEN,
                Text(
                    "Op begroting. De kortere inkoop scheelt nu al anderhalve formatieplaats.",
                    "On budget. Shorter purchasing already saves one and a half posts.",
                ),
                source=ROW,
            ),
        ),
    ),
    IndicatorStory(
        "I14",
        Text("Externe inhuur als deel van de loonsom", "External hiring as a share of payroll"),
        "S5",
        RENEE,
        _PERCENT,
        Direction.BAND,
        16.5,
        8,
        day("2026-12-31"),
        monthly(16.1, 15.4, 14.8, 14.0, 13.2, 12.6),
        (
            measured(
                "2026-04-07 14:50",
                "2026-03-31",
                RED,
                Text(
                    "Zes vacatures staan langer dan drie maanden open; die vullen we nu met inhuur.",
                    "Six vacancies have been open for over three months; hiring fills the gap for now.",
                ),
            ),
            measured(
                "2026-07-08 13:20",
                "2026-06-30",
                ORANGE,
                Text(
                    "Daalt nu de vacatures vervuld raken; de bovengrens komt in zicht.",
                    "Falling as vacancies are filled; the upper limit is in sight.",
                ),
            ),
        ),
        upper=12,
    ),
    IndicatorStory(
        "I15",
        Text("Woningen waarvan alle kerngegevens kloppen", "Homes whose core data are all correct"),
        "S5",
        TOM,
        _PERCENT,
        Direction.HIGHER,
        71,
        98,
        day("2027-06-30"),
        monthly(73, 76, 78, 81, 84, 85),
        (
            measured(
                "2026-04-07 10:40",
                "2026-03-31",
                GREEN,
                Text(
                    "Steekproef van 400 woningen. De meeste fouten zitten in het oppervlak.",
                    "Sample of 400 homes. Most errors are in floor areas.",
                ),
            ),
            measured(
                "2026-07-07 10:15",
                "2026-06-30",
                GREEN,
                Text(
                    "Acht punten erbij in een kwartaal, dankzij de opname in Vogelbuurt.",
                    "Up eight points in a quarter, thanks to the survey at Vogelbuurt.",
                ),
            ),
        ),
    ),
)
