"""A survey about a plan in somebody's surroundings."""

from .entries import OPEN_END, Entry, question, when

PROJECT = Entry(
    key="project",
    title="Wat vindt u van dit plan?",
    summary="Negen vragen over een project in de buurt, met een plek op de kaart.",
    intro="<p>Wij maken een plan voor uw omgeving. Vertel ons wat u belangrijk vindt. Schrijf hier "
    "ook wat al vaststaat en wat nog kan veranderen.</p>",
    use_of_answers="<p>De projectleider leest alle antwoorden. Schrijf hier wie beslist en "
    "wanneer.</p>",
    items=(
        question(
            "one_choice",
            "band",
            "Wat is uw band met dit gebied?",
            required=True,
            options={
                "woont": "Ik woon er of vlakbij",
                "werkt": "Ik werk er of heb er een bedrijf",
                "bezoekt": "Ik kom er vaak",
            },
            other="Anders, namelijk",
        ),
        question(
            "one_choice",
            "bekend",
            "Wist u al van dit plan?",
            options={"goed": "Ja, ik weet er veel van", "beetje": "Ja, een beetje", "nee": "Nee"},
        ),
        question(
            "scale",
            "oordeel",
            "Wat vindt u van het plan?",
            maximum="5",
            low_label="heel slecht",
            high_label="heel goed",
        ),
        question(
            "several_choices",
            "belangrijk",
            "Wat vindt u het belangrijkst?",
            help_text="Denk aan uw eigen straat of route.",
            max_choices=3,
            options={
                "veilig": "Veilig verkeer",
                "groen": "Bomen en groen",
                "stil": "Weinig geluid",
                "parkeren": "Genoeg plek om te parkeren",
                "ontmoeten": "Plekken om elkaar te zien",
                "toegang": "Goed bereikbaar met een rolstoel of kinderwagen",
            },
            other="Iets anders, namelijk",
        ),
        question(
            "one_choice",
            "zorgen",
            "Maakt u zich ergens zorgen over?",
            options={"ja": "Ja", "nee": "Nee"},
        ),
        question(
            "long_text",
            "welke",
            "Waarover maakt u zich zorgen?",
            condition=when("zorgen", "equals", "ja"),
            **OPEN_END,
        ),
        question(
            "point",
            "plek",
            "Is er een plek waar wij extra op moeten letten?",
            help_text="Zet een punt op de kaart, of beschrijf de plek. Overslaan mag.",
        ),
        question("long_text", "idee", "Welk idee wilt u ons meegeven?", **OPEN_END),
        question(
            "email",
            "adres",
            "Wilt u horen wat wij met de antwoorden doen?",
            purpose="uitkomst",
        ),
    ),
)
