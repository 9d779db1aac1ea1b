"""What the surveys of the demo ask, and what people answered.

A question is (kind, label, what belongs to the kind). Options carry a weight: out of all answers
so many chose it.
"""

ONE, SEVERAL, SCALE, SHORT, LONG, POINT = (
    "one_choice",
    "several_choices",
    "scale",
    "short_text",
    "long_text",
    "point",
)
CHANNELS = ("Telefoon", "Balie", "E-mail", "Website", "Sociale media", "Live chat")


def weighed(*weights: int) -> list[tuple[str, int]]:
    """The channels, each with its weight."""
    return list(zip(CHANNELS, weights, strict=True))


STREETS = [
    (
        ONE,
        "Wat is uw band met dit gebied?",
        {
            "required": True,
            "options": [
                ("Ik woon er of vlakbij", 58),
                ("Ik werk er", 22),
                ("Ik reis er vaak", 14),
                ("Anders", 6),
            ],
        },
    ),
    (
        SEVERAL,
        "Wat vindt u het belangrijkst in een straat?",
        {
            "help_text": "U mag drie antwoorden kiezen.",
            "max_choices": 3,
            "options": [
                ("Schaduw van bomen", 72),
                ("Plek voor fietsen", 51),
                ("Weinig auto's", 47),
                ("Een bankje", 29),
                ("Spelen voor de deur", 33),
                ("Parkeren voor de deur", 24),
            ],
        },
    ),
    (
        SCALE,
        "Hoe veilig voelt u zich nu 's avonds rond het station?",
        {
            "low_label": "heel onveilig",
            "high_label": "heel veilig",
            "mean": 3,
        },
    ),
    (
        POINT,
        "Waar is nu te weinig groen of schaduw?",
        {
            "help_text": "Zet één punt op de kaart. U mag deze vraag overslaan.",
            "spots": [
                (52.2930, 4.6990),
                (52.2921, 4.7010),
                (52.2945, 4.6962),
                (52.2912, 4.7035),
                (52.2937, 4.7021),
                (52.2950, 4.6985),
                (52.2905, 4.6999),
            ],
        },
    ),
    (
        LONG,
        "Wat wilt u de ontwerpers meegeven?",
        {
            "answers": [
                "Denk aan oudere mensen: genoeg plekken om even te zitten.",
                "Maak de stoep breed genoeg voor een kinderwagen en een rolstoel.",
                "Graag bomen die snel schaduw geven, geen kleine stokjes.",
                "Een fietsenstalling in elke straat, anders staan ze overal.",
                "Laat kinderen meedenken, die spelen er straks.",
            ],
        },
    ),
]
PLAY = [
    (
        ONE,
        "Welke speelplek bedoelt u?",
        {
            "required": True,
            "options": [
                ("Floriande", 30),
                ("Overbos", 18),
                ("Bornholm", 14),
                ("Toolenburg", 16),
                ("Getsewoud", 14),
                ("Pax", 8),
            ],
        },
    ),
    (
        POINT,
        "Wijs de plek aan op de kaart",
        {
            "help_text": "Bijvoorbeeld waar een nieuw toestel moet komen.",
            "spots": [
                (52.3107, 4.6408),
                (52.3103, 4.6401),
                (52.3161, 4.6565),
                (52.3099, 4.6692),
                (52.2979, 4.6643),
                (52.2740, 4.6193),
                (52.3044, 4.6782),
                (52.3110, 4.6412),
            ],
        },
    ),
    (
        ONE,
        "Hoe oud zijn de kinderen voor wie u antwoordt?",
        {
            "options": [
                ("0 tot en met 3 jaar", 22),
                ("4 tot en met 7 jaar", 38),
                ("8 tot en met 12 jaar", 30),
                ("13 jaar en ouder", 10),
            ],
        },
    ),
    (
        SEVERAL,
        "Wat mist u op deze speelplek?",
        {
            "options": [
                ("Schaduw", 54),
                ("Water om mee te spelen", 48),
                ("Een kabelbaan", 41),
                ("Een toestel voor kinderen in een rolstoel", 26),
                ("Een bank", 37),
                ("Een hek", 12),
            ],
        },
    ),
    (
        SCALE,
        "Hoe veilig is de weg ernaartoe?",
        {
            "low_label": "heel onveilig",
            "high_label": "heel veilig",
            "mean": 4,
        },
    ),
    (
        SHORT,
        "Wat is nu het leukste daar?",
        {
            "answers": [
                "De schommel",
                "Het gras om te voetballen",
                "De heuvel",
                "De bomen",
                "Dat andere ouders er ook zijn",
            ],
        },
    ),
    (
        LONG,
        "Heeft u nog een idee?",
        {
            "answers": [
                "Een drinkwaterkraan zou fijn zijn.",
                "Maak het ook leuk voor tieners.",
                "Natuurlijk spelen: takken, stenen, modder.",
            ],
        },
    ),
]
CHANNEL = [
    (
        ONE,
        "Hoe antwoordt u?",
        {
            "required": True,
            "options": [
                ("Als bewoner", 62),
                ("Als ondernemer", 18),
                ("Namens een belangengroep", 7),
                ("Als lid van het digitale panel", 13),
            ],
        },
    ),
    (
        SEVERAL,
        "Hoe had u het afgelopen jaar contact met de gemeente?",
        {
            "options": weighed(48, 33, 51, 69, 14, 9),
        },
    ),
    (
        SEVERAL,
        "Waarover ging het?",
        {
            "options": [
                ("Iets aanvragen, zoals een paspoort", 61),
                ("Iets melden op straat", 39),
                ("Een vraag", 44),
                ("Een idee of klacht", 12),
            ],
        },
    ),
    (ONE, "Hoe vraagt u het liefst iets aan?", {"options": weighed(14, 19, 12, 47, 2, 6)}),
    (
        ONE,
        "Hoe meldt u het liefst iets, zoals een losse tegel?",
        {
            "options": weighed(16, 2, 14, 52, 8, 8),
        },
    ),
    (
        SCALE,
        "Hoe makkelijk was uw laatste contact?",
        {
            "maximum": "10",
            "low_label": "heel moeilijk",
            "high_label": "heel makkelijk",
            "mean": 7,
        },
    ),
    (
        ONE,
        "Zou u een live chat gebruiken?",
        {
            "options": [("Ja, liever dan bellen", 28), ("Misschien", 41), ("Nee", 31)],
        },
    ),
    (
        LONG,
        "Wat kan er beter?",
        {
            "answers": [
                "Minder keuzes aan de telefoon.",
                "Ook 's avonds open, al is het één keer.",
                "Op de site weet ik nooit waar ik moet zijn.",
                "De medewerker aan de balie hielp mij heel goed.",
                "Laat weten wat er met mijn melding is gedaan.",
            ],
        },
    ),
]
WIND = [
    (
        ONE,
        "Hoe ver woont u van het zoekgebied?",
        {
            "required": True,
            "options": [
                ("Minder dan een kilometer", 31),
                ("Een tot drie kilometer", 38),
                ("Verder weg", 31),
            ],
        },
    ),
    (
        SEVERAL,
        "Waar moeten wij het meest op letten?",
        {
            "max_choices": 3,
            "options": [
                ("Afstand tot huizen", 78),
                ("Geluid", 63),
                ("Een eerlijk deel van de opbrengst", 49),
                ("Vogels en natuur", 44),
                ("Het uitzicht", 35),
                ("Zo veel mogelijk stroom", 21),
            ],
        },
    ),
    (
        SCALE,
        "Hoe staat u tegenover windmolens in dit gebied?",
        {
            "low_label": "heel negatief",
            "high_label": "heel positief",
            "mean": 3,
        },
    ),
    (
        LONG,
        "Welk idee wilt u meegeven?",
        {
            "answers": [
                "Laat omwonenden mede-eigenaar worden.",
                "Zet ze langs de snelweg, daar is toch al geluid.",
                "Begin met zon op daken.",
                "Houd de dijken vrij, dat uitzicht is van iedereen.",
                "Zet de molens stil als er veel vogels trekken.",
            ],
        },
    ),
]
NOISE = [
    (
        ONE,
        "In welke wijk woont u?",
        {
            "required": True,
            "options": [
                ("Toolenburg", 45),
                ("De President", 15),
                ("Nieuw-Vennep", 30),
                ("Anders", 10),
            ],
        },
    ),
    (
        SCALE,
        "Hoeveel last heeft u nu van verkeersgeluid?",
        {
            "low_label": "geen last",
            "high_label": "heel veel last",
            "mean": 3,
        },
    ),
    (
        SEVERAL,
        "Wat heeft uw voorkeur tegen geluid?",
        {
            "options": [
                ("Een groene wal", 60),
                ("Een scherm", 20),
                ("Stil asfalt", 55),
                ("Lagere snelheid", 40),
            ],
        },
    ),
    (LONG, "Wat wilt u nog kwijt?", {"answers": []}),
]
