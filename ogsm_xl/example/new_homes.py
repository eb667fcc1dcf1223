"""The actions of S3, more affordable homes sooner, and what their owners reported."""

from __future__ import annotations

from ogsm_xl.example.content import GREEN, MAIL, ORANGE, RED, ActionStory, day, told
from ogsm_xl.example.people import FRITS, MARIEKE, OZLEM, RACHID, SASKIA
from ogsm_xl.plan.words import Status, Text

NEW_HOMES = (
    ActionStory(
        "A15",
        Text(
            "Bouw gestart van 48 appartementen in Stationskwartier",
            "Building started of 48 flats at Stationskwartier",
        ),
        ("S3",),
        OZLEM,
        day("2026-01-12"),
        day("2026-09-25"),
        involved=(RACHID, MARIEKE),
        labels=Text("vergunning", "permit"),
        told=(
            told(
                "2026-03-11 17:30",
                20,
                GREEN,
                Text(
                    "De gemeente heeft de vergunning verleend.",
                    "The municipality has granted the permit.",
                ),
                Text("Aannemer contracteren.", "Contract the builder."),
            ),
            told(
                "2026-04-08 17:10",
                35,
                GREEN,
                Text(
                    "De aannemer staat klaar. Omwonenden vragen om een gesprek over de bouwhoogte.",
                    "The builder is ready. Neighbours ask for a talk about the height.",
                ),
                Text("Avond voor omwonenden op 22 april.", "Evening for neighbours on 22 April."),
            ),
            told(
                "2026-05-20 16:45",
                45,
                ORANGE,
                Text(
                    "Twee omwonenden zijn ondanks de avond in beroep gegaan.",
                    "In spite of the evening two neighbours have appealed.",
                ),
                Text("Advies vragen aan onze advocaat.", "Ask our lawyer for advice."),
            ),
            told(
                "2026-06-10 17:05",
                45,
                ORANGE,
                Text(
                    "De advocaat geeft ons een goede kans, maar de rechtbank heeft nog geen datum.",
                    "Our lawyer rates our chances well, but the court has set no date yet.",
                ),
                Text("Gesprek met beide omwonenden.", "Talk to both neighbours."),
            ),
            told(
                "2026-07-09 08:40",
                50,
                RED,
                Text(
                    "De zitting is op 3 december. Starten in september is daarmee van de baan.",
                    "The hearing is on 3 December. A start in September is off the table.",
                ),
                Text(
                    "Uitzoeken of de fundering eerder mag.", "Find out whether the foundations may go first."
                ),
                needed=Text(
                    "Keuze: wachten, of de aannemer eerst op Lindehof inzetten.",
                    "A choice: wait, or put the builder on Lindehof first.",
                ),
            ),
            told(
                "2026-08-13 09:05",
                50,
                RED,
                Text(
                    "De fundering mag niet eerder. De aannemer kan per 1 oktober op Lindehof beginnen.",
                    "The foundations may not go first. The builder can start at Lindehof on 1 October.",
                ),
                Text("Lindehof uitwerken met de aannemer.", "Work out Lindehof with the builder."),
                needed=Text(
                    "Akkoord om Lindehof naar voren te halen.",
                    "Approval to bring Lindehof forward.",
                ),
                proposal=Text(
                    "Start van Stationskwartier verzetten naar 1 maart 2027.",
                    "Move the start of Stationskwartier to 1 March 2027.",
                ),
            ),
        ),
    ),
    ActionStory(
        "A16",
        Text(
            "Raamovereenkomst getekend met drie vaste bouwpartners",
            "Framework agreement signed with three regular building partners",
        ),
        ("S3", "S2"),
        OZLEM,
        day("2026-01-26"),
        day("2026-06-30"),
        involved=(RACHID,),
        labels=Text("inkoop", "purchasing"),
        told=(
            told(
                "2026-03-11 17:30",
                30,
                GREEN,
                Text(
                    "Zeven bouwers hebben zich gemeld en vijf voldoen aan de eisen.",
                    "Seven builders came forward and five meet the requirements.",
                ),
                Text("Gesprekken met alle vijf.", "Talks with all five."),
            ),
            told(
                "2026-04-08 17:10",
                45,
                GREEN,
                Text(
                    "De vijf gesprekken zijn gevoerd; drie bouwers springen eruit.",
                    "All five talks held; three builders stand out.",
                ),
                Text("Conceptovereenkomst schrijven.", "Write the draft agreement."),
            ),
            told(
                "2026-06-10 17:05",
                70,
                ORANGE,
                Text(
                    "Twee bouwers zijn akkoord. De derde wil geen boete bij te late oplevering.",
                    "Two builders agree. The third refuses a penalty for late completion.",
                ),
                Text("Tussenvorm voor de boete zoeken.", "Look for a middle way on the penalty."),
            ),
            told(
                "2026-07-09 08:40",
                80,
                ORANGE,
                Text(
                    "De juristen hebben de boete vervangen door een bonus. 30 juni is niet gehaald.",
                    "The lawyers have replaced the penalty by a bonus. 30 June was missed.",
                ),
                Text(
                    "Alle drie laten tekenen na de bouwvak.",
                    "Have all three sign after the building holidays.",
                ),
            ),
            told(
                "2026-08-13 09:05",
                85,
                ORANGE,
                Text(
                    "De eerste twee tekenen op 20 augustus. De derde wacht op zijn moederbedrijf.",
                    "The first two sign on 20 August. The third awaits its parent company.",
                ),
                Text("Handtekening van de derde.", "The third signature."),
            ),
            told(
                "2026-08-24 14:25",
                90,
                GREEN,
                Text(
                    "Twee van de drie hebben getekend; met hen gaan we aan de slag. De derde sluit later aan.",
                    "Two of the three have signed and we are starting with them. The third will join later.",
                ),
                status=Status.DONE,
                source=MAIL,
            ),
        ),
    ),
    ActionStory(
        "A17",
        Text(
            "Tien eigen grondstukken getoetst op bouwmogelijkheden, met advies aan de directie",
            "Ten plots of our own land tested for building, with advice to the board",
        ),
        ("S3",),
        "",
        day("2026-03-30"),
        day("2026-10-16"),
        told=(
            told(
                "2026-04-07 16:35",
                10,
                GREEN,
                Text(
                    "De tien grondstukken zijn gekozen uit een lijst van 34.",
                    "The ten plots have been chosen from a list of 34.",
                ),
                Text("Bestemmingsplannen opvragen.", "Obtain the zoning plans."),
                by=FRITS,
            ),
            told(
                "2026-05-19 17:20",
                25,
                GREEN,
                Text(
                    "Bij zes van de tien laat de bestemming woningen toe.",
                    "Six of the ten are zoned for housing.",
                ),
                Text("Bodemonderzoek laten doen.", "Have the soil surveyed."),
                by=FRITS,
            ),
            told(
                "2026-06-10 09:45",
                40,
                GREEN,
                Text(
                    "Het bodemonderzoek van vier grondstukken is schoon.",
                    "The soil of four plots has come back clean.",
                ),
                Text("Overdragen voor mijn vertrek op 1 juli.", "Hand over before I leave on 1 July."),
                needed=Text("Een opvolger.", "A successor."),
                by=FRITS,
            ),
        ),
    ),
    ActionStory(
        "A18",
        Text(
            "25 flexwoningen geplaatst en verhuurd aan de Havenkade",
            "25 modular homes placed and let at Havenkade",
        ),
        ("S3",),
        OZLEM,
        day("2026-04-20"),
        day("2026-11-20"),
        involved=(SASKIA,),
        told=(
            told(
                "2026-05-20 16:45",
                10,
                GREEN,
                Text(
                    "De fabrikant is gekozen; wij krijgen de grond tien jaar in gebruik.",
                    "Manufacturer chosen; we have the land for ten years.",
                ),
                Text("Vergunning aanvragen.", "Apply for the permit."),
            ),
            told(
                "2026-06-10 17:05",
                20,
                GREEN,
                Text(
                    "De vergunning is aangevraagd en de fabriek heeft tijd gereserveerd.",
                    "The permit has been applied for and the factory has reserved time.",
                ),
                Text("Riool en stroom regelen.", "Arrange sewer and power."),
            ),
            told(
                "2026-07-09 08:40",
                30,
                ORANGE,
                Text(
                    "De netbeheerder zegt dat een aansluiting pas in 2027 kan.",
                    "The network operator says a connection is not possible until 2027.",
                ),
                Text(
                    "Batterij of gedeelde aansluiting onderzoeken.",
                    "Look into a battery or a shared connection.",
                ),
            ),
            told(
                "2026-08-13 09:05",
                40,
                ORANGE,
                Text(
                    "Het havenbedrijf wil zijn aansluiting met ons delen; het contract ontbreekt nog.",
                    "The port company will share its connection with us; the contract is still missing.",
                ),
                Text("Contract met het havenbedrijf sluiten.", "Close the contract with the port company."),
                needed=Text(
                    "Marieke belt hun directeur als het er eind augustus niet ligt.",
                    "Marieke to call their director if it is not there by the end of August.",
                ),
            ),
        ),
    ),
    ActionStory(
        "A19",
        Text(
            "Afspraak met de gemeente getekend over voorrang voor jongeren en doorstromers",
            "Agreement signed with the municipality on priority for young people and downsizers",
        ),
        ("S3", "S4"),
        MARIEKE,
        day("2026-05-11"),
        day("2026-12-04"),
        told=(
            told(
                "2026-06-11 08:30",
                10,
                GREEN,
                Text(
                    "De wethouder staat achter het idee en ambtenaren maken een eerste tekst.",
                    "The alderman supports the idea and officials are drafting a text.",
                ),
                Text(
                    "Tekst bespreken met de andere corporaties.",
                    "Discuss the text with the other associations.",
                ),
                source=MAIL,
            ),
            told(
                "2026-07-08 18:15",
                20,
                GREEN,
                Text(
                    "Twee van de drie andere corporaties doen mee.",
                    "Two of the three other associations join in.",
                ),
                Text("Tweede tekst in augustus.", "Second text in August."),
                source=MAIL,
            ),
            told(
                "2026-08-12 18:40",
                30,
                None,
                Text(
                    "De wethouder is afgetreden. Ik weet nog niet wat zijn opvolger wil, dus ik geef geen licht.",
                    "The alderman has resigned. I do not know yet what his successor wants, so I give no light.",
                ),
                Text("Kennismaken op 15 september.", "First meeting on 15 September."),
                source=MAIL,
            ),
        ),
    ),
)
