"""The actions of S2, no homes left with label E, F or G, and what their owners reported."""

from __future__ import annotations

from ogsm_xl.example.content import GREEN, MAIL, ORANGE, RED, ROW, ActionStory, day, told
from ogsm_xl.example.people import BAS, INEKE, PIETER_JAN, RACHID, SASKIA
from ogsm_xl.plan.words import Status, Text

RENOVATION = (
    ActionStory(
        "A8",
        Text(
            "Alle 184 woningen in de Vogelbuurt verduurzaamd tot label A",
            "All 184 homes at Vogelbuurt renovated to label A",
        ),
        ("S2",),
        PIETER_JAN,
        day("2026-02-09"),
        day("2026-10-30"),
        involved=(RACHID, SASKIA),
        labels=Text("aannemer; asbest", "contractor; asbestos"),
        told=(
            told(
                "2026-03-10 13:15",
                10,
                GREEN,
                Text(
                    "De modelwoning is klaar en 140 huishoudens zijn komen kijken.",
                    "The show home is ready and 140 households came to look.",
                ),
                Text("Start met de Merelstraat.", "Start on Merelstraat."),
            ),
            told(
                "2026-04-07 13:30",
                20,
                GREEN,
                Text(
                    "Merelstraat: 22 woningen klaar. 81 % van de bewoners heeft ingestemd.",
                    "Merelstraat: 22 homes ready. 81% of residents have consented.",
                ),
                Text("Door naar de Lijsterstraat.", "On to Lijsterstraat."),
            ),
            told(
                "2026-05-19 09:20",
                35,
                GREEN,
                Text(
                    "63 woningen klaar, twee per werkdag.",
                    "63 homes ready, two per working day.",
                ),
                Text("Schouw in de Vinkenstraat.", "Survey of Vinkenstraat."),
            ),
            told(
                "2026-06-09 09:35",
                45,
                ORANGE,
                Text(
                    "De schouw in de Vinkenstraat vond asbest achter de geisers. Daar ligt het werk stil.",
                    "The survey of Vinkenstraat found asbestos behind the water heaters. Work there has stopped.",
                ),
                Text("Monsters nemen in alle 70 woningen.", "Take samples in all 70 homes."),
            ),
            told(
                "2026-07-07 11:25",
                50,
                ORANGE,
                Text(
                    "Asbest in 52 van de 70 woningen. De sanering is aangevraagd.",
                    "Asbestos in 52 of the 70 homes. Removal has been requested.",
                ),
                Text("Sanering plannen en bewoners bezoeken.", "Plan the removal and visit residents."),
                needed=Text(
                    "Wisselwoningen voor 20 gezinnen.",
                    "Temporary homes for 20 families.",
                ),
            ),
            told(
                "2026-08-12 11:10",
                55,
                RED,
                Text(
                    "De saneerder kan pas in november. 52 woningen halen 30 oktober niet meer; de andere 132 wel.",
                    "The removal company cannot start until November. 52 homes will miss 30 October; the other 132 will make it.",
                ),
                Text("De 132 andere woningen afmaken.", "Finish the other 132 homes."),
                needed=Text(
                    "Besluit over de 52 woningen: wachten, of een duurdere saneerder in september.",
                    "A decision on the 52 homes: wait, or a dearer removal company in September.",
                ),
                proposal=Text(
                    "Deadline voor de Vinkenstraat naar 26 februari 2027.",
                    "Move the deadline for Vinkenstraat to 26 February 2027.",
                ),
            ),
        ),
    ),
    ActionStory(
        "A9",
        Text(
            "De 96 woningen van Rozenhof aangesloten op het warmtenet",
            "The 96 homes of Rozenhof connected to the heat network",
        ),
        ("S2",),
        PIETER_JAN,
        day("2026-03-02"),
        day("2026-11-27"),
        labels=Text("deadline verzet", "deadline moved"),
        told=(
            told(
                "2026-03-10 13:15",
                10,
                GREEN,
                Text(
                    "De tekeningen zijn goedgekeurd door de warmteleverancier.",
                    "The heat supplier has approved the drawings.",
                ),
                Text("Graafvergunning aanvragen.", "Apply for the digging permit."),
            ),
            told(
                "2026-04-07 13:30",
                15,
                ORANGE,
                Text(
                    "De leverancier heeft de hoofdleiding uitgesteld; onze datum van 1 juli komt in gevaar.",
                    "The supplier has postponed the main pipe, which puts our date of 1 July at risk.",
                ),
                Text("Nieuwe planning van de leverancier krijgen.", "Get a new schedule from the supplier."),
            ),
            told(
                "2026-05-19 09:20",
                20,
                RED,
                Text(
                    "De hoofdleiding ligt er pas eind augustus. 1 juli is onhaalbaar.",
                    "The main pipe will not be there until the end of August. 1 July is out of reach.",
                ),
                Text("Intussen binnenwerk doen in de woningen.", "Do the indoor work meanwhile."),
                proposal=Text(
                    "Deadline verzetten van 1 juli naar 27 november.",
                    "Move the deadline from 1 July to 27 November.",
                ),
            ),
            told(
                "2026-06-09 09:35",
                30,
                GREEN,
                Text(
                    "Met de nieuwe deadline van 27 november lopen we op plan. In 30 woningen is het binnenwerk klaar.",
                    "With the new deadline of 27 November we are on plan. Indoor work is finished in 30 homes.",
                ),
                Text("Volgende 30 woningen.", "The next 30 homes."),
            ),
            told(
                "2026-07-07 11:25",
                45,
                GREEN,
                Text(
                    "Binnenwerk klaar in 58 woningen; bewoners koken er elektrisch.",
                    "Indoor work finished in 58 homes; residents there cook electrically.",
                ),
                Text(
                    "Laatste 38 woningen, na de bouwvak.", "The last 38 homes, after the building holidays."
                ),
            ),
            told(
                "2026-08-12 11:10",
                60,
                GREEN,
                Text(
                    "De hoofdleiding bereikt volgende week de wijk, zoals afgesproken. Binnenwerk klaar in 74 woningen.",
                    "The main pipe reaches the district next week, as agreed. Indoor work is finished in 74 homes.",
                ),
                Text(
                    "Eerste blok van 24 woningen aansluiten.",
                    "Connect the first block of 24 homes.",
                ),
            ),
        ),
    ),
    ActionStory(
        "A10",
        Text(
            "Subsidie toegekend voor het isoleren van 320 woningen",
            "Grant awarded for the insulation of 320 homes",
        ),
        ("S2",),
        RACHID,
        day("2026-01-19"),
        day("2026-05-29"),
        involved=(BAS,),
        told=(
            told(
                "2026-03-11 14:30",
                50,
                GREEN,
                Text(
                    "De aanvraag is ingediend, met energieadviezen voor alle 320 woningen.",
                    "The application is in, with energy surveys of all 320 homes.",
                ),
                Text("Vragen van de subsidieverlener beantwoorden.", "Answer the grant office's questions."),
            ),
            told(
                "2026-04-08 11:45",
                80,
                GREEN,
                Text(
                    "Eén ronde met vragen gehad, vooral over de ventilatie. Alles is beantwoord.",
                    "One round of questions, mainly about ventilation. All answered.",
                ),
                Text("Beschikking afwachten.", "Await the award."),
            ),
            told(
                "2026-05-20 14:05",
                100,
                GREEN,
                Text(
                    "€ 1,9 miljoen toegekend. De financiële afdeling bewaakt de voorwaarden.",
                    "€ 1.9 million awarded. Finance keeps an eye on the conditions.",
                ),
                status=Status.DONE,
            ),
        ),
    ),
    ActionStory(
        "A11",
        Text(
            "Energiecoaches bij 300 huishoudens met een hoge energierekening thuis geweest",
            "Energy coaches' home visits made to 300 households with high energy bills",
        ),
        ("S2", "S4"),
        INEKE,
        day("2026-03-23"),
        day("2026-11-13"),
        labels=Text("bewoners", "residents"),
        told=(
            told(
                "2026-04-08 09:15",
                5,
                GREEN,
                Text(
                    "Twaalf vrijwilligers zijn opgeleid tot energiecoach.",
                    "Twelve volunteers have been trained as energy coaches.",
                ),
                Text("Eerste 40 huishoudens benaderen.", "Approach the first 40 households."),
            ),
            told(
                "2026-05-20 09:00",
                25,
                GREEN,
                Text(
                    "76 huishoudens bezocht. Radiatorfolie en tochtstrips zijn het populairst.",
                    "76 households visited. Radiator foil and draught strips are the favourites.",
                ),
                Text("Bezoeken in de Parkflat.", "Visits at Parkflat."),
            ),
            told(
                "2026-07-08 09:50",
                45,
                ORANGE,
                Text(
                    "137 bezocht. Door de vakantie zijn er nog maar vijf coaches.",
                    "137 visited. The holidays leave us only five coaches.",
                ),
                Text("Nieuwe coaches werven in september.", "Recruit new coaches in September."),
                needed=Text(
                    "Een oproep in het huurdersblad.",
                    "An appeal in the tenants' magazine.",
                ),
            ),
            told(
                "2026-08-13 08:50",
                55,
                GREEN,
                Text(
                    "164 bezocht. De oproep leverde negen nieuwe coaches op; zij beginnen 31 augustus.",
                    "164 visited. The appeal brought nine new coaches, who start on 31 August.",
                ),
                Text("De nieuwe coaches inwerken.", "Show the new coaches the ropes."),
            ),
            told(
                "2026-08-26 11:40",
                65,
                GREEN,
                Text(
                    "195 bezocht. Bezochte huishoudens besparen gemiddeld € 19 per maand.",
                    "195 visited. Households visited save € 19 a month on average.",
                ),
                Text("35 bezoeken per maand, te beginnen in Zuid.", "35 visits a month, starting in Zuid."),
            ),
        ),
    ),
    ActionStory(
        "A12",
        Text(
            "Renovatieplan 2027–2028 vastgesteld, met volgorde en budget per complex",
            "Renovation plan 2027–2028 adopted, with order and budget per estate",
        ),
        ("S2", "S5"),
        RACHID,
        day("2026-06-01"),
        day("2026-08-21"),
        involved=(PIETER_JAN, BAS),
        told=(
            told(
                "2026-06-10 15:00",
                20,
                GREEN,
                Text(
                    "Alle 61 complexen zijn gescoord op label, huurlasten en staat van onderhoud.",
                    "All 61 estates have been scored on label, cost to tenants and state of repair.",
                ),
                Text("Volgorde voorstellen.", "Propose the order."),
            ),
            told(
                "2026-07-08 10:30",
                50,
                GREEN,
                Text(
                    "De volgorde is besproken met Pieter-Jan en de huurdersraad.",
                    "The order has been discussed with Pieter-Jan and the tenants' council.",
                ),
                Text("Budget per complex invullen.", "Fill in the budget per estate."),
                source=MAIL,
            ),
            told(
                "2026-08-12 13:45",
                80,
                GREEN,
                Text(
                    "Het conceptplan ligt bij Bas voor de laatste controle van de budgetten.",
                    "The draft plan is with Bas for a last check of the budgets.",
                ),
                Text("Vaststellen in het managementteam.", "Have it adopted by the management team."),
                source=MAIL,
            ),
        ),
    ),
    ActionStory(
        "A13",
        Text(
            "Zonnepanelen geplaatst op 250 eengezinswoningen",
            "Solar panels installed on 250 family houses",
        ),
        ("S2",),
        PIETER_JAN,
        day("2026-04-13"),
        day("2026-09-18"),
        told=(
            told(
                "2026-05-19 09:20",
                20,
                GREEN,
                Text(
                    "52 daken klaar; bewoners zijn blij dat het maar één dag duurt.",
                    "52 roofs ready; residents like that it takes only one day.",
                ),
                Text("Door met de Dorpsweg.", "On with Dorpsweg."),
            ),
            told(
                "2026-06-09 09:35",
                50,
                GREEN,
                Text(
                    "125 daken klaar. Drie daken bleken te zwak en zijn vervangen door andere adressen.",
                    "125 roofs ready. Three proved too weak; other addresses took their place.",
                ),
                Text("Laatste 125 daken.", "The last 125 roofs."),
            ),
            told(
                "2026-07-07 11:25",
                80,
                GREEN,
                Text(
                    "201 daken klaar, drie weken voor op schema.",
                    "201 roofs ready, three weeks ahead of schedule.",
                ),
                Text("Afronden voor de bouwvak.", "Finish before the building holidays."),
            ),
            told(
                "2026-08-12 11:10",
                100,
                GREEN,
                Text(
                    "Alle 250 daken liggen vol en zijn gekeurd.",
                    "All 250 roofs are fitted and have been inspected.",
                ),
                Text("De eindafrekening controleren.", "Check the final account."),
            ),
        ),
    ),
    ActionStory(
        "A14",
        Text(
            "Besloten hoe 42 monumentale woningen van label F of G afkomen",
            "Decided how 42 listed homes will get rid of label F or G",
        ),
        ("S2",),
        RACHID,
        day("2026-04-01"),
        day("2027-03-31"),
        labels=Text("monumenten", "listed buildings"),
        told=(
            told(
                "2026-04-08 11:45",
                0,
                ORANGE,
                Text(
                    "Nog niet begonnen: de provincie werkt aan een nieuwe regeling voor monumenten.",
                    "Not started: the province is preparing a new scheme for listed buildings.",
                ),
                Text("Bij de provincie navragen wanneer.", "Ask the province when."),
                status=Status.TO_DO,
            ),
            told(
                "2026-06-10 15:00",
                0,
                None,
                Text(
                    "Geparkeerd tot de regeling van de provincie er is, op zijn vroegst in januari.",
                    "Parked until the province's scheme is there, in January at the earliest.",
                ),
                status=Status.PARKED,
                source=ROW,
            ),
        ),
    ),
)
