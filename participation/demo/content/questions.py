"""What the surveys of the demo ask, and what people answered.

A question is (kind, label, what belongs to the kind). Options carry a weight: out of all answers
so many chose it. Questions from the library of surveys are in `library_answers`.
"""

ONE, SEVERAL, SCALE, SHORT, LONG, POINT = (
    "one_choice",
    "several_choices",
    "scale",
    "short_text",
    "long_text",
    "point",
)
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
PLAY_PLACE = [
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
