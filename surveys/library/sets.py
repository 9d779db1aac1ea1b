"""Sets of questions to put into a survey."""

from .entries import OPEN_END, Entry, question, when

ABOUT_YOU = Entry(
    key="over-u",
    title="Over wie antwoordt",
    summary="Leeftijd, postcode en rol. Vraag alleen wat u echt nodig hebt.",
    is_survey=False,
    items=(
        question(
            "one_choice",
            "leeftijd",
            "Hoe oud bent u?",
            options={
                "jong": "Jonger dan 18 jaar",
                "18": "18 tot en met 34 jaar",
                "35": "35 tot en met 54 jaar",
                "55": "55 tot en met 74 jaar",
                "75": "75 jaar of ouder",
                "niet": "Dat zeg ik liever niet",
            },
        ),
        question("postcode", "postcode", "Wat zijn de cijfers van uw postcode?", whole=False),
        question(
            "one_choice",
            "rol",
            "Voor wie antwoordt u?",
            options={
                "zelf": "Voor mijzelf",
                "gezin": "Voor mijn gezin",
                "bedrijf": "Voor mijn bedrijf",
                "vereniging": "Voor een vereniging of belangengroep",
            },
        ),
    ),
)
STREET = Entry(
    key="straat",
    title="Over de straat en de buurt",
    summary="Schoon, groen, verkeer en een plek die beter kan.",
    is_survey=False,
    items=(
        question(
            "matrix",
            "buurt",
            "Hoe is het in uw straat?",
            rows={
                "schoon": "Schoon",
                "groen": "Groen",
                "veilig": "Veilig in het verkeer",
                "donker": "Veilig in het donker",
            },
            options={"slecht": "slecht", "matig": "matig", "goed": "goed"},
        ),
        question(
            "ranking",
            "eerst",
            "Wat moet eerst beter?",
            options={
                "schoon": "Schoner",
                "groen": "Groener",
                "verkeer": "Veiliger verkeer",
                "licht": "Meer licht",
            },
        ),
        question("point", "plek", "Welke plek kan beter?"),
        question(
            "long_text",
            "waarom",
            "Wat moet daar anders?",
            condition=when("plek", "filled"),
            **OPEN_END,
        ),
    ),
)
TAKING_PART = Entry(
    key="meedoen",
    title="Op de hoogte blijven en meedoen",
    summary="Of iemand wil meedenken, en een e-mailadres apart van de antwoorden.",
    is_survey=False,
    items=(
        question(
            "several_choices",
            "hoe",
            "Hoe wilt u verder meedenken?",
            options={
                "avond": "Op een avond",
                "online": "Online",
                "wandeling": "Met een wandeling door de buurt",
            },
            none="Ik hoef niet verder mee te denken",
        ),
        question(
            "email",
            "adres",
            "Op welk e-mailadres mogen wij u bereiken?",
            purpose="benaderen",
            purpose_text="een avond, een gesprek online of een wandeling over dit onderwerp",
        ),
    ),
)
