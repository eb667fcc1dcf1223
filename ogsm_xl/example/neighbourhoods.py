"""The actions of S4, pleasant neighbourhoods, and what their owners reported."""

from __future__ import annotations

from ogsm_xl.example.content import GREEN, ORANGE, ROW, ActionStory, day, told
from ogsm_xl.example.people import ANOUK, INEKE, RENEE, SASKIA
from ogsm_xl.plan.words import Status, Text

NEIGHBOURHOODS = (
    ActionStory(
        "A20",
        Text(
            "Vijf ontmoetingsplekken geopend die bewoners zelf beheren",
            "Five meeting places opened that residents run themselves",
        ),
        ("S4",),
        INEKE,
        day("2026-02-16"),
        day("2026-11-27"),
        involved=(SASKIA,),
        labels=Text("bewoners", "residents"),
        told=(
            told(
                "2026-03-10 10:20",
                20,
                GREEN,
                Text(
                    "De eerste plek, in de oude wasserij, is open; acht bewoners beheren de sleutel.",
                    "The first, in the old laundry, is open; eight residents hold the key.",
                ),
                Text("Tweede plek inrichten in Noord.", "Fit out the second in Noord."),
            ),
            told(
                "2026-05-20 09:00",
                40,
                GREEN,
                Text(
                    "De plek in Noord draait, met een repaircafé op vrijdag.",
                    "The one in Noord is running, with a repair café on Fridays.",
                ),
                Text("Ruimte zoeken in Zuid.", "Look for a space in Zuid."),
            ),
            told(
                "2026-06-10 14:10",
                40,
                ORANGE,
                Text(
                    "In Zuid is geen ruimte te vinden; de school zegde op het laatst af.",
                    "No space to be found in Zuid; the school cancelled at the last moment.",
                ),
                Text("Leegstaande winkels nalopen.", "Go round the empty shops."),
            ),
            told(
                "2026-07-08 09:50",
                50,
                GREEN,
                Text(
                    "De gemeente biedt een leegstaande winkel in Zuid aan. De plek bij de Parkflat is open.",
                    "The municipality offers an empty shop in Zuid. The place at Parkflat is open.",
                ),
                Text("Winkel in Zuid opknappen.", "Do up the shop in Zuid."),
            ),
            told(
                "2026-08-13 08:50",
                60,
                GREEN,
                Text(
                    "De winkel is geschilderd door bewoners. De vierde opent 12 september.",
                    "Residents have painted the shop. The fourth opens on 12 September.",
                ),
                Text("Beheergroep vormen voor Zuid.", "Form a group to run it in Zuid."),
            ),
            told(
                "2026-08-26 11:40",
                60,
                ORANGE,
                Text(
                    "Voor Zuid hebben zich twee beheerders gemeld; we hebben er zes nodig. Opening schuift naar oktober.",
                    "Two people have come forward to run Zuid; we need six. Opening slips to October.",
                ),
                Text(
                    "Huis aan huis langs met de beheerders van Noord.",
                    "Go from door to door with those who run Noord.",
                ),
                needed=Text(
                    "Namen van actieve bewoners die het klantteam kent.",
                    "Names of active residents whom the customer team knows.",
                ),
            ),
        ),
    ),
    ActionStory(
        "A21",
        Text(
            "Aanpak Zuiderkwartier vastgesteld met gemeente, politie en welzijn",
            "Approach for Zuiderkwartier adopted with municipality, police and welfare",
        ),
        ("S4",),
        "Karin Postma",
        day("2026-04-07"),
        day("2026-10-02"),
        involved=(INEKE,),
        told=(
            told(
                "2026-06-10 14:10",
                15,
                GREEN,
                Text(
                    "Eerste overleg met alle partners gehad; Karin van de welzijnsorganisatie is de trekker.",
                    "First meeting with all partners held; Karin of the welfare organisation leads it.",
                ),
                Text("Karin haalt bij bewoners op wat er speelt.", "Karin asks residents what is going on."),
                by=INEKE,
            ),
            told(
                "2026-07-08 09:50",
                25,
                ORANGE,
                Text(
                    "De politie was twee keer verhinderd, waardoor afspraken uitblijven.",
                    "The police could not attend twice, so nothing has been agreed.",
                ),
                Text("Apart gesprek met de wijkagent.", "Separate talk with the community officer."),
                needed=Text(
                    "Een eigenaar bij ons die rapporteert: Karin krijgt onze mail niet.",
                    "An owner on our side who reports: Karin does not get our mail.",
                ),
                by=INEKE,
            ),
        ),
    ),
    ActionStory(
        "A22",
        Text(
            "Herzien overlastprotocol vastgesteld en geoefend door alle wijkbeheerders",
            "Revised nuisance protocol adopted and practised by all caretakers",
        ),
        ("S4", "S1"),
        SASKIA,
        day("2026-11-02"),
        day("2026-10-09"),
        involved=(INEKE,),
    ),
    ActionStory(
        "A23",
        Text(
            "Vaste huismeester aan het werk in de drie complexen met de meeste meldingen",
            "Resident caretaker in place on the three estates with the most reports",
        ),
        ("S4", "S1"),
        SASKIA,
        day("2026-03-09"),
        day("2026-09-04"),
        involved=(RENEE,),
        labels=Text("werving", "recruitment"),
        told=(
            told(
                "2026-03-10 16:40",
                5,
                GREEN,
                Text(
                    "Functie beschreven met Renée en akkoord van de directie.",
                    "Job described with Renée and approved by the board.",
                ),
                Text("Vacature openstellen.", "Open the vacancy."),
            ),
            told(
                "2026-04-07 15:20",
                20,
                GREEN,
                Text(
                    "27 sollicitanten; zes komen op gesprek.",
                    "27 applicants; six are coming for interview.",
                ),
                Text("Gesprekken in week 17.", "Interviews in week 17."),
            ),
            told(
                "2026-05-19 15:55",
                40,
                GREEN,
                Text(
                    "De eerste huismeester werkt sinds 4 mei in de Parkflat.",
                    "The first caretaker has worked at Parkflat since 4 May.",
                ),
                Text("Tweede huismeester aannemen.", "Hire the second caretaker."),
            ),
            told(
                "2026-06-11 08:20",
                55,
                GREEN,
                Text(
                    "De tweede is aangenomen voor Zuid en begint 1 juli.",
                    "The second has been hired for Zuid and starts on 1 July.",
                ),
                Text("Kantoortje inrichten in Zuid.", "Fit out the small office in Zuid."),
                by=ANOUK,
            ),
            told(
                "2026-07-07 16:05",
                65,
                ORANGE,
                Text(
                    "De derde kandidaat trok zich terug; we moeten opnieuw werven.",
                    "The third candidate withdrew; we have to recruit again.",
                ),
                Text("Vacature opnieuw uitzetten.", "Advertise the vacancy again."),
            ),
            told(
                "2026-08-12 17:30",
                70,
                ORANGE,
                Text(
                    "Twee goede kandidaten voor de derde plek, maar geen van beiden kan voor oktober beginnen.",
                    "Two good candidates for the third post, but neither can start before October.",
                ),
                Text("Keuze maken op 3 september.", "Choose on 3 September."),
                proposal=Text(
                    "Deadline naar 16 oktober.",
                    "Move the deadline to 16 October.",
                ),
            ),
        ),
    ),
    ActionStory(
        "A24",
        Text(
            "Groen bij de Parkflat vernieuwd: 40 bomen en een moestuin",
            "Green space at Parkflat renewed: 40 trees and a kitchen garden",
        ),
        ("S4",),
        INEKE,
        day("2026-01-26"),
        day("2026-05-08"),
        told=(
            told(
                "2026-03-10 10:20",
                60,
                GREEN,
                Text(
                    "26 bomen zijn geplant, samen met de basisschool.",
                    "26 trees have been planted, together with the primary school.",
                ),
                Text("Bakken voor de moestuin plaatsen.", "Place the beds for the kitchen garden."),
            ),
            told(
                "2026-04-08 09:15",
                90,
                GREEN,
                Text(
                    "Alle bomen staan er en veertien bewoners hebben een bak.",
                    "All the trees are in and fourteen residents have a bed.",
                ),
                Text("Watergeefrooster afspreken.", "Agree a watering rota."),
            ),
            told(
                "2026-05-07 16:00",
                100,
                GREEN,
                Text(
                    "Geopend op 7 mei. De tuingroep regelt het water en het onderhoud zit in het groencontract.",
                    "Opened on 7 May. The garden group sees to watering, and upkeep is in the gardening contract.",
                ),
                status=Status.DONE,
                source=ROW,
            ),
        ),
    ),
)
