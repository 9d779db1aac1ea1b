"""What two areas want to reach in the long term, and which agenda items work at it."""

#: area code -> title, summary, intro and goals; a goal is (title, theme slug, years from now,
#: text, titles of agenda items).
PROGRAMMES = {
    "haarlemmermeer-noord": {
        "title": "Gebiedsprogramma Haarlemmermeer-Noord",
        "summary": "Waar de dorpen langs de Ringvaart over tien jaar willen staan.",
        "intro": [
            "Dit programma maakten wij met zes dorpsraden, twee scholen en 240 bewoners. Elk "
            "doel kwam op tafel tijdens de wandelingen door de dorpen.",
            "Een programma is geen belofte tot op de dag. Het is wel waar wij elkaar aan houden: "
            "elk half jaar bespreken wij met de raden hoe ver het is.",
        ],
        "goals": [
            (
                "Elk kind gaat veilig lopend of fietsend naar school",
                "verkeer",
                7,
                "Nu brengt de helft van de ouders het kind met de auto. Wij tellen elk voorjaar "
                "bij alle scholen hoe de kinderen komen.",
                (
                    "Veilig naar school in Zwanenburg",
                    "Fietspad langs de Ringvaart bij Boesingheliede",
                    "Minder zwaar verkeer door Halfweg",
                ),
            ),
            (
                "Binnen vijf minuten lopen is er groen met schaduw",
                "groen",
                9,
                "Dat geldt voor alle dorpen, ook voor wie met een rollator loopt.",
                (
                    "Een park op de plek van de oude snelweg",
                    "Wandelroute langs de forten van Spaarnwoude",
                ),
            ),
            (
                "In elk dorp is er elke dag een plek om binnen te lopen",
                "ontmoeten",
                5,
                "Zonder afspraak en zonder lidmaatschap, met koffie en hulp bij formulieren.",
                ("Dorpshuis Spaarndam alle dagen open",),
            ),
            (
                "Wie hier opgroeit of oud wordt, kan hier blijven wonen",
                "wonen",
                12,
                "Daarvoor zijn kleinere huizen nodig, bij de bus en de winkels.",
                ("Huizen voor starters en ouderen in Lijnden",),
            ),
        ],
    },
    "haarlemmermeer-west": {
        "title": "Gebiedsprogramma Haarlemmermeer-West",
        "summary": "Dorpen die groeien en toch dorp blijven: onze doelen voor de lange termijn.",
        "intro": [
            "De dorpsraden van Cruquius, Lisserbroek en Zwaanshoek schreven mee aan dit "
            "programma. Bewoners kozen de vier doelen uit een lijst van elf.",
        ],
        "goals": [
            (
                "Elk groeiend dorp heeft een hart met voorzieningen",
                "wonen",
                10,
                "Nieuwe huizen komen pas als er ook een school, een dokter en een winkel zijn.",
                ("Een gezond hart voor Lisserbroek",),
            ),
            (
                "Fietsers voelen zich veilig, ook in het donker",
                "verkeer",
                6,
                "Wij vragen het elke twee jaar aan bewoners. Nu zegt vier van de tien ja.",
                (
                    "Oversteek Kruisweg bij Cruquius",
                    "Verlichting op het fietspad naar Zwaanshoek",
                    "Brug bij Beinsdorp opknappen",
                    "Tijdelijk pontje naar Heemstede",
                ),
            ),
            (
                "Het water is schoon en de oevers leven",
                "groen",
                8,
                "Zwemmen kan de hele zomer, en er vliegen weer meer bijen en vlinders.",
                (
                    "Zwemstrand Vijfhuizen schoon en veilig",
                    "Ruimte voor bijen langs de Spieringweg",
                ),
            ),
            (
                "Niemand hoeft alleen te zijn",
                "ontmoeten",
                5,
                "In elk dorp is er minstens één avond in de week iets te doen voor iedereen.",
                ("Meer te doen in dorpshuis Vijfhuizen",),
            ),
        ],
    },
}
