"""The actions of S5, lower operating costs, and what their owners reported."""

from __future__ import annotations

from ogsm_xl.example.content import GREEN, MAIL, ORANGE, ROW, ActionStory, day, told
from ogsm_xl.example.people import ANOUK, BAS, RENEE, SASKIA, TOM
from ogsm_xl.plan.words import Status, Text

OPERATIONS = (
    ActionStory(
        "A25",
        Text(
            "Alle 15 indicatoren van dit plan automatisch berekend uit één gegevensbron",
            "All 15 indicators of this plan calculated automatically from one data source",
        ),
        ("S5",),
        TOM,
        day("2026-02-02"),
        day("2026-12-11"),
        involved=(BAS,),
        labels=Text("gegevens", "data"),
        told=(
            told(
                "2026-03-09 11:00",
                10,
                GREEN,
                Text(
                    "Voor elke indicator is de definitie opgeschreven en goedgekeurd door de eigenaar.",
                    "Each indicator has a written definition, approved by its owner.",
                ),
                Text("Bronnen aansluiten.", "Connect the sources."),
            ),
            told(
                "2026-05-19 11:35",
                35,
                GREEN,
                Text(
                    "Vijf indicatoren worden automatisch berekend en kloppen met de handmatige telling.",
                    "Five indicators are calculated automatically and match the manual count.",
                ),
                Text("De drie cijfers uit het klantonderzoek.", "The three figures from the tenant survey."),
            ),
            told(
                "2026-06-09 10:50",
                40,
                ORANGE,
                Text(
                    "Het onderzoeksbureau wil de ruwe antwoorden niet leveren vanwege privacy.",
                    "The survey agency will not supply raw answers because of privacy.",
                ),
                Text("Afspraak over anonieme levering.", "Agree on anonymous delivery."),
                needed=Text(
                    "Hulp van onze privacyjurist.",
                    "Help from our privacy lawyer.",
                ),
            ),
            told(
                "2026-07-07 10:15",
                50,
                GREEN,
                Text(
                    "Het bureau levert nu anoniem per wijk. Acht indicatoren lopen automatisch.",
                    "The agency now delivers anonymously by district. Eight indicators run automatically.",
                ),
                Text("Vergunningen en inhuur aansluiten.", "Connect permits and external hiring."),
            ),
            told(
                "2026-08-27 09:40",
                65,
                GREEN,
                Text(
                    "Tien van de vijftien lopen automatisch; inhuur kwam er vorige week bij.",
                    "Ten of the fifteen run automatically; external hiring joined last week.",
                ),
                Text("Gasverbruik en energielabels.", "Gas consumption and energy labels."),
            ),
        ),
    ),
    ActionStory(
        "A26",
        Text(
            "Inkoop tot € 50.000 teruggebracht van elf naar drie stappen",
            "Purchasing up to € 50,000 cut from eleven steps to three",
        ),
        ("S5", "S2"),
        BAS,
        day("2026-03-02"),
        day("2026-08-14"),
        labels=Text("inkoop", "purchasing"),
        told=(
            told(
                "2026-04-09 08:20",
                25,
                GREEN,
                Text(
                    "De elf stappen zijn uitgetekend; zes ervan voegen niets toe.",
                    "The eleven steps have been drawn out; six of them add nothing.",
                ),
                Text("Nieuwe werkwijze schrijven.", "Write the new procedure."),
                source=ROW,
            ),
            told(
                "2026-06-11 08:45",
                55,
                ORANGE,
                Text(
                    "De accountant wil een extra controle; dat zouden er vier stappen worden.",
                    "The auditor wants an extra check, which would make it four steps.",
                ),
                Text("Controle achteraf voorstellen.", "Propose a check afterwards."),
                source=ROW,
            ),
            told(
                "2026-07-09 08:55",
                75,
                GREEN,
                Text(
                    "De accountant is akkoord met een steekproef achteraf. Vastgoed werkt al zo.",
                    "The auditor accepts a sample afterwards. Property already works this way.",
                ),
                Text("Andere afdelingen omzetten.", "Move the other departments over."),
                source=ROW,
            ),
            told(
                "2026-08-13 09:20",
                90,
                GREEN,
                Text(
                    "Alle afdelingen zijn over, behalve ICT; die volgt maandag.",
                    "All departments have moved except IT, which follows on Monday.",
                ),
                Text("ICT omzetten en het oude formulier intrekken.", "Move IT and withdraw the old form."),
                source=ROW,
            ),
            told(
                "2026-08-19 15:10",
                100,
                GREEN,
                Text(
                    "Iedereen koopt in drie stappen in; het oude formulier is ingetrokken en de steekproef staat in het controleplan.",
                    "Everybody buys in three steps; the old form has been withdrawn and the sample is in the audit plan.",
                ),
                status=Status.DONE,
                source=ROW,
            ),
        ),
    ),
    ActionStory(
        "A27",
        Text(
            "Alle 11.400 papieren huurdossiers gescand en vindbaar op adres",
            "All 11,400 paper tenancy files scanned and searchable by address",
        ),
        ("S5", "S1"),
        BAS,
        None,
        day("2026-11-06"),
        involved=(SASKIA,),
        told=(
            told(
                "2026-05-20 12:30",
                15,
                GREEN,
                Text(
                    "Het scanbureau heeft 1.700 dossiers verwerkt; de kwaliteit is goed.",
                    "The scanning agency has processed 1,700 files; quality is good.",
                ),
                Text("Tweede vracht meegeven.", "Send the second load."),
                source=ROW,
            ),
            told(
                "2026-06-11 08:45",
                30,
                GREEN,
                Text(
                    "3.400 dossiers klaar. Medewerkers vinden een contract nu binnen een minuut.",
                    "3,400 files ready. Staff now find a contract within a minute.",
                ),
                Text("Derde vracht, uit Zuid.", "Third load, from Zuid."),
                source=ROW,
            ),
            told(
                "2026-07-09 08:55",
                40,
                ORANGE,
                Text(
                    "In Zuid ontbreekt op één op de vijf dossiers het adres; die zoeken we met de hand uit.",
                    "In Zuid one file in five lacks an address; we are sorting those out by hand.",
                ),
                Text("Twee vakantiekrachten inzetten.", "Put two holiday workers on it."),
                source=ROW,
            ),
            told(
                "2026-08-13 09:20",
                45,
                ORANGE,
                Text(
                    "De vakantiekrachten hebben 380 adressen gevonden; nog 300 te gaan.",
                    "The holiday workers have found 380 addresses; 300 are still to go.",
                ),
                Text("Uitzoekwerk in Zuid afmaken.", "Finish the sorting in Zuid."),
                source=ROW,
            ),
            told(
                "2026-08-31 11:50",
                50,
                ORANGE,
                Text(
                    "Zuid is uitgezocht, maar we liggen zes weken achter. Met een tweede scanner halen we 6 november nog.",
                    "Zuid has been sorted out, but we are six weeks behind. With a second scanner we can still make 6 November.",
                ),
                Text("Offerte voor een tweede scanner.", "Quote for a second scanner."),
                needed=Text(
                    "€ 8.000 voor een tweede scanner tot november.",
                    "€ 8,000 for a second scanner until November.",
                ),
                source=ROW,
            ),
        ),
    ),
    ActionStory(
        "A28",
        Text(
            "Leiderschapsprogramma afgerond door alle 14 teamleiders",
            "Leadership programme completed by all 14 team leaders",
        ),
        ("S5",),
        RENEE,
        day("2026-04-20"),
        day("2026-12-18"),
        told=(
            told(
                "2026-05-20 11:05",
                20,
                GREEN,
                Text(
                    "De eerste tweedaagse is geweest; twaalf van de veertien waren er.",
                    "The first two days have been held; twelve of the fourteen attended.",
                ),
                Text("Intervisiegroepen vormen.", "Form peer groups."),
            ),
            told(
                "2026-06-10 13:40",
                35,
                GREEN,
                Text(
                    "Drie intervisiegroepen zijn begonnen; de twee afwezigen haalden de stof in.",
                    "Three peer groups have started; the two absentees have caught up.",
                ),
                Text("Tweede tweedaagse voorbereiden.", "Prepare the second two days."),
            ),
            told(
                "2026-07-08 13:20",
                45,
                GREEN,
                Text(
                    "De tweede tweedaagse ging over lastige gesprekken en kreeg een 8,4.",
                    "The second two days, on difficult conversations, were rated 8.4.",
                ),
                Text("Coachgesprekken na de zomer inplannen.", "Plan the coaching talks after summer."),
            ),
            told(
                "2026-08-06 09:30",
                50,
                GREEN,
                Text(
                    "Alle coachgesprekken staan in de agenda voor september en oktober.",
                    "All coaching talks are in the diary for September and October.",
                ),
                Text("Derde tweedaagse vastleggen.", "Book the third two days."),
            ),
        ),
    ),
    ActionStory(
        "A29",
        Text(
            "Personeelsplan 2027–2030 vastgesteld, met de functies die we nodig hebben",
            "Staffing plan 2027–2030 adopted, with the jobs that we will need",
        ),
        ("S5",),
        RENEE,
        day("2026-07-13"),
        day("2026-11-20"),
        involved=(BAS,),
    ),
    ActionStory(
        "A30",
        Text(
            "Chatbot op de website beantwoordt de tien vragen die huurders het meest stellen",
            "Chatbot on the website answers the ten questions that tenants ask most",
        ),
        ("S5", "S1"),
        ANOUK,
        day("2026-04-13"),
        day("2026-12-04"),
        labels=Text("ICT", "IT"),
        told=(
            told(
                "2026-05-20 10:15",
                10,
                ORANGE,
                Text(
                    "De tien vragen staan vast, maar het team heeft door het portaal geen tijd om antwoorden te schrijven.",
                    "The ten questions are settled, but the portal leaves the team no time to write the answers.",
                ),
                Text("Vragen wat voorgaat.", "Ask what comes first."),
                proposal=Text(
                    "Parkeren tot het portaal draait.",
                    "Park until the portal is running.",
                ),
                source=MAIL,
            ),
            told(
                "2026-06-10 11:30",
                10,
                None,
                Text(
                    "Geparkeerd na het besluit van 21 mei: eerst het portaal.",
                    "Parked after the decision of 21 May: the portal comes first.",
                ),
                status=Status.PARKED,
            ),
        ),
    ),
)
