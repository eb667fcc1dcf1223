"""The actions of S1, tenants helped right first time, and what their owners reported."""

from __future__ import annotations

from ogsm_xl.example.content import GREEN, MAIL, ORANGE, RED, ROW, ActionStory, day, told
from ogsm_xl.example.people import ANOUK, BAS, RACHID, SASKIA, TOM
from ogsm_xl.plan.words import Status, Text

SERVICE = (
    ActionStory(
        "A1",
        Text(
            "Eén klantteam aan het werk: klantcontact, verhuur en reparaties in één rooster",
            "One customer team at work: contact centre, lettings and repairs on one rota",
        ),
        ("S1",),
        SASKIA,
        day("2026-01-12"),
        day("2026-06-26"),
        involved=(ANOUK,),
        told=(
            told(
                "2026-03-10 16:40",
                55,
                GREEN,
                Text(
                    "In Noord en Centrum werkt het team sinds 1 maart met één rooster.",
                    "In Noord and Centrum the team has worked to one rota since 1 March.",
                ),
                Text(
                    "Rooster voor Zuid maken en de teamleiders bijpraten.",
                    "Draw up the rota for Zuid and brief the team leaders.",
                ),
            ),
            told(
                "2026-05-19 15:55",
                85,
                GREEN,
                Text(
                    "Zuid doet mee. De ondernemingsraad heeft ingestemd met de late dienst op donderdag.",
                    "Zuid has joined. The works council agreed to the late shift on Thursdays.",
                ),
                Text(
                    "Late dienst een maand proefdraaien.",
                    "Run the late shift for a trial month.",
                ),
            ),
            told(
                "2026-06-09 16:10",
                100,
                GREEN,
                Text(
                    "De proef met de late dienst is goed verlopen en het rooster staat vast. Anouk bewaakt het voortaan.",
                    "The late shift trial went well and the rota is fixed. Anouk looks after it from now on.",
                ),
                status=Status.DONE,
            ),
        ),
    ),
    ActionStory(
        "A2",
        Text(
            "Nieuw huurdersportaal in gebruik, waarin huurders een reparatie melden en volgen",
            "New tenant portal in use, where tenants report a repair and follow it",
        ),
        ("S1",),
        ANOUK,
        day("2026-02-02"),
        day("2026-09-30"),
        involved=(BAS, TOM),
        labels=Text("ICT; leverancier", "IT; supplier"),
        told=(
            told(
                "2026-03-11 09:25",
                15,
                GREEN,
                Text(
                    "Leverancier gekozen; de eisen zijn met de huurdersraad doorgenomen.",
                    "Supplier chosen; requirements gone through with the tenants' council.",
                ),
                Text("Ontwerp van de schermen.", "Design of the screens."),
            ),
            told(
                "2026-04-08 09:05",
                30,
                GREEN,
                Text(
                    "Ontwerp klaar en getest met acht huurders. De meldknop stond te laag; dat is aangepast.",
                    "Design ready and tested with eight tenants. The report button sat too low; that has been changed.",
                ),
                Text("Bouw van melden en inloggen.", "Build reporting and logging in."),
            ),
            told(
                "2026-05-20 10:15",
                45,
                GREEN,
                Text(
                    "Inloggen en melden werken in de testomgeving.",
                    "Logging in and reporting work in the test environment.",
                ),
                Text("Koppeling met de planning van reparaties.", "Link to the repair schedule."),
            ),
            told(
                "2026-06-10 11:30",
                50,
                ORANGE,
                Text(
                    "De koppeling met de reparatieplanning valt telkens uit; de leverancier zoekt de oorzaak.",
                    "The link to the repair schedule keeps dropping; the supplier is looking for the cause.",
                ),
                Text("Oorzaak vinden en nieuwe test plannen.", "Find the cause and plan a new test."),
                needed=Text(
                    "Iemand van ICT, een dag per week.",
                    "Somebody from IT, one day a week.",
                ),
            ),
            told(
                "2026-07-08 09:10",
                55,
                ORANGE,
                Text(
                    "De oorzaak is bekend: ons planningssysteem moet eerst een nieuwe versie krijgen.",
                    "We know the cause: our scheduling system needs a new version first.",
                ),
                Text("Nieuwe versie laten installeren.", "Have the new version installed."),
                proposal=Text(
                    "Portaal zonder volgfunctie openen als de koppeling in augustus niet werkt.",
                    "Open the portal without following if the link does not work in August.",
                ),
            ),
            told(
                "2026-08-12 16:20",
                65,
                ORANGE,
                Text(
                    "De nieuwe versie staat erop, maar de koppeling mist nog spoedreparaties. 30 september is krap.",
                    "The new version is in, but the link still misses urgent repairs. 30 September is tight.",
                ),
                Text(
                    "Spoedreparaties testen en handleiding voor huurders schrijven.",
                    "Test urgent repairs and write the guide for tenants.",
                ),
                needed=Text(
                    "Een besluit: openen we zonder volgfunctie?",
                    "A decision: do we open without following?",
                ),
            ),
        ),
    ),
    ActionStory(
        "A3",
        Text(
            "Reparatiehistorie van alle 11.400 woningen in één scherm voor het klantteam",
            "Repair history of all 11,400 homes on one screen for the customer team",
        ),
        ("S1", "S5"),
        TOM,
        day("2026-03-02"),
        day("2026-12-18"),
        involved=(ANOUK,),
        labels=Text("gegevens", "data"),
        told=(
            told(
                "2026-03-09 11:00",
                5,
                GREEN,
                Text(
                    "De vier bronnen van reparatiegegevens zijn in kaart gebracht.",
                    "The four sources of repair data have been mapped.",
                ),
                Text("Sleutel per woning kiezen.", "Choose the key for each home."),
            ),
            told(
                "2026-04-07 10:40",
                20,
                GREEN,
                Text(
                    "De gegevens van drie bronnen zijn aan de woningen gekoppeld.",
                    "Data from three sources have been matched to homes.",
                ),
                Text("Bestanden van aannemers inlezen.", "Load the contractors' files."),
            ),
            told(
                "2026-05-19 11:35",
                30,
                ORANGE,
                Text(
                    "Een aannemer levert alleen pdf's; 1.900 woningen missen daardoor hun historie.",
                    "One contractor delivers PDFs only, so 1,900 homes lack their history.",
                ),
                Text("Leesbaar bestand afdwingen.", "Insist on a readable file."),
                needed=Text(
                    "Rachid belt de directeur van de aannemer.",
                    "Rachid to call the contractor's director.",
                ),
            ),
            told(
                "2026-06-09 10:50",
                45,
                GREEN,
                Text(
                    "Na het telefoontje van Rachid kwam het bestand binnen een week.",
                    "After Rachid's call the file came within a week.",
                ),
                Text(
                    "Scherm bouwen met twee medewerkers van het klantteam.",
                    "Build the screen with two of the customer team.",
                ),
            ),
            told(
                "2026-07-07 10:15",
                55,
                GREEN,
                Text(
                    "Het scherm draait op proef bij zes medewerkers.",
                    "Six people are trying out the screen.",
                ),
                Text(
                    "Hun 23 wensen sorteren en de belangrijkste bouwen.",
                    "Sort their 23 requests and build the main ones.",
                ),
            ),
            told(
                "2026-08-27 09:40",
                70,
                GREEN,
                Text(
                    "De negen belangrijkste wensen zitten erin. Opzoeken duurt nu twee seconden in plaats van vijf minuten.",
                    "The nine main requests are in. Looking up takes two seconds now instead of five minutes.",
                ),
                Text("Uitrol naar Zuid en Centrum.", "Roll out to Zuid and Centrum."),
            ),
        ),
    ),
    ActionStory(
        "A4",
        Text(
            "Contract met twee reparatiebedrijven getekend, met een vaste prijs per woning",
            "Contract signed with two repair companies, at a fixed price per home",
        ),
        ("S1", "S5"),
        RACHID,
        day("2026-03-16"),
        day("2026-07-31"),
        involved=(BAS,),
        labels=Text("inkoop", "purchasing"),
        told=(
            told(
                "2026-04-08 11:45",
                15,
                GREEN,
                Text(
                    "Marktverkenning gedaan: vijf bedrijven zijn geïnteresseerd.",
                    "Market explored: five companies are interested.",
                ),
                Text("Aanbesteding publiceren.", "Publish the tender."),
            ),
            told(
                "2026-05-20 14:05",
                40,
                GREEN,
                Text(
                    "De aanbesteding staat open en er zijn 31 vragen beantwoord.",
                    "The tender is open; 31 questions have been answered.",
                ),
                Text("Inschrijvingen beoordelen vanaf 8 juni.", "Assess the bids from 8 June."),
            ),
            told(
                "2026-06-10 15:00",
                50,
                ORANGE,
                Text(
                    "Drie inschrijvingen, waarvan er twee ver boven het budget liggen.",
                    "Three bids, two of them far above budget.",
                ),
                Text("Gesprekken voeren over de prijsopbouw.", "Talk through how the prices are built up."),
            ),
            told(
                "2026-07-08 10:30",
                60,
                ORANGE,
                Text(
                    "Eén bedrijf zakt tot 4 % boven het budget; het andere beweegt niet.",
                    "One company comes down to 4% over budget; the other will not move.",
                ),
                Text("Laatste bod vragen voor 24 juli.", "Ask for a final offer by 24 July."),
                source=MAIL,
            ),
            told(
                "2026-08-12 13:45",
                65,
                RED,
                Text(
                    "Er ligt maar één bod binnen het budget. Een tweede contract voor dit geld lukt niet; de datum is verstreken.",
                    "Only one offer is within budget. A second contract cannot be had for this money; the date has passed.",
                ),
                Text("Eerste contract tekenklaar maken.", "Get the first contract ready to sign."),
                needed=Text(
                    "Keuze: één bedrijf voor alles, of 6 % meer budget voor een tweede.",
                    "A choice: one company for everything, or 6% more budget for a second.",
                ),
                proposal=Text(
                    "Nu met één bedrijf tekenen en Zuid in 2027 opnieuw aanbesteden.",
                    "Sign with one company now and tender Zuid again in 2027.",
                ),
                source=MAIL,
            ),
        ),
    ),
    ActionStory(
        "A5",
        Text(
            "Terugbelbelofte ingevoerd: elke huurder hoort binnen één werkdag van ons",
            "Call-back promise introduced: every tenant hears from us within one working day",
        ),
        ("S1",),
        ANOUK,
        day("2026-04-01"),
        day("2026-08-28"),
        told=(
            told(
                "2026-04-08 09:05",
                10,
                GREEN,
                Text(
                    "Nulmeting gedaan: nu bellen we 62 % binnen een werkdag terug.",
                    "Starting point measured: we now call back 62% within a working day.",
                ),
                Text("Proef met een terugbellijst in Noord.", "Trial with a call-back list in Noord."),
            ),
            told(
                "2026-06-10 11:30",
                50,
                GREEN,
                Text(
                    "In Noord halen we 91 %. De terugbellijst is ook ingevoerd in Centrum.",
                    "Noord reaches 91%. The call-back list has been introduced in Centrum as well.",
                ),
                Text("Zuid laten aanhaken.", "Bring in Zuid."),
            ),
            told(
                "2026-07-08 09:10",
                75,
                GREEN,
                Text(
                    "Alle wijken doen mee; samen zitten we op 88 %.",
                    "All districts take part; together we are at 88%.",
                ),
                Text("Vakantiebezetting regelen.", "Arrange cover for the holidays."),
            ),
            told(
                "2026-08-12 16:20",
                90,
                GREEN,
                Text(
                    "In de vakantie bleven we op 90 %. De belofte staat op de website.",
                    "We kept up 90% during the holidays. The promise is on the website.",
                ),
                Text("Twee weken achter elkaar 95 % halen.", "Reach 95% two weeks running."),
            ),
            told(
                "2026-08-25 10:05",
                100,
                GREEN,
                Text(
                    "Twee weken achter elkaar 95 %. Het cijfer staat nu in het weekbericht van het klantteam.",
                    "95% two weeks running. The figure is now in the customer team's weekly bulletin.",
                ),
                status=Status.DONE,
                source=MAIL,
            ),
        ),
    ),
    ActionStory(
        "A6",
        Text(
            "Dagelijks reparatieverzoeken inplannen en huurders terugbellen",
            "Scheduling repair requests and calling tenants back every day",
        ),
        ("S1",),
        ANOUK,
        day("2026-01-05"),
        day("2026-12-31"),
        told=(
            told(
                "2026-03-11 09:25",
                20,
                GREEN,
                Text(
                    "De planning liep goed door, ook in de vorstweek.",
                    "Scheduling kept going well, even in the week of frost.",
                ),
                source=ROW,
            ),
            told(
                "2026-05-20 10:15",
                35,
                GREEN,
                Text(
                    "Gemiddeld 78 verzoeken per dag, iets minder dan in de winter.",
                    "78 requests a day on average, slightly fewer than in winter.",
                ),
                source=ROW,
            ),
            told(
                "2026-07-08 09:10",
                50,
                GREEN,
                Text(
                    "De achterstand van de storm in juni is weggewerkt.",
                    "The backlog from the June storm has been cleared.",
                ),
                Text("Zo doorgaan in de zomer.", "Carry on like this in summer."),
                source=ROW,
            ),
        ),
    ),
    ActionStory(
        "A7",
        Text(
            "Onderzoek onder 2.000 huurders uitgevoerd en besproken met de huurdersraad",
            "Survey of 2,000 tenants carried out and discussed with the tenants' council",
        ),
        ("S1", "S4"),
        SASKIA,
        day("2026-09-21"),
        day("2026-12-11"),
    ),
)
