"""Two editions of the newsletter: one that was sent, one that somebody works on."""

SENT = {
    "area": "haarlemmermeer-noord",
    "title": "Nieuws uit Haarlemmermeer-Noord",
    "slug": "nieuws-uit-noord",
    "picture": "ringvaart",
    "summary": "Het park krijgt zijn eerste bomen, de schoolstraat werkt en u kunt wandelen langs "
    "de forten.",
    "subject": "Eerste bomen in het park, en een nieuwe wandelroute",
    "intro": "<p>Beste lezer,</p><p>De afgelopen maanden is er veel gebeurd in onze dorpen. In "
    "deze nieuwsbrief leest u wat er met uw ideeën is gedaan.</p>",
    "tells": [
        ("heading", "Wat er veranderde"),
        ("agenda_item", "Een park op de plek van de oude snelweg"),
        ("agenda_item", "Veilig naar school in Zwanenburg"),
        ("agenda_item", "Wandelroute langs de forten van Spaarnwoude"),
        ("heading", "Praat mee"),
        ("survey", "Hoe wilt u contact met de gemeente?"),
        ("office_hour", "Spreekuur op de markt van Badhoevedorp"),
        ("map", "Waar gebeurt het?"),
    ],
    "closing": "<p>Vragen? Kom woensdag naar de markt van Badhoevedorp, of antwoord op deze mail. "
    "U krijgt binnen twee weken antwoord.</p>",
    "councils": [
        "Dorpsraad Badhoevedorp",
        "Dorpsraad Spaarndam",
        "Dorpsraad Zwanenburg-Halfweg",
        "Dorpsraad Lijnden-Boesingheliede",
        "Dorpsvereniging Haarlemmerliede",
    ],
    "quote": (
        "Ik fiets nu elke dag langs de nieuwe bomen. Mijn dochter kent haar eigen boom.",
        "Bewoner van Badhoevedorp",
    ),
    "days_ago": 10,
}
DRAFT = {
    "area": "hoofddorp-centrum",
    "title": "Nieuws uit Hoofddorp-Centrum",
    "slug": "nieuws-uit-centrum",
    "picture": "station",
    "summary": "De enquête over straten en groen is open, en er komen meer bomen in Pax.",
    "subject": "Wat vindt u belangrijk in uw straat?",
    "intro": "<p>Beste lezer,</p><p>Rond het station gaat veel veranderen. U bepaalt mee hoe de "
    "straten eruitzien.</p>",
    "tells": [
        ("agenda_item", "Straten en groen in de Spoorzone"),
        ("agenda_item", "Schaduw in Hoofddorp-West"),
        ("heading", "Denk mee over de Spoorzone"),
        ("project", "Spoorzone Hoofddorp"),
        ("survey", "Wat vindt u belangrijk in uw straat?"),
        ("office_hour", "Inloop Spoorzone"),
        ("map", "Waar gebeurt het?"),
    ],
    "closing": "<p>Tot ziens op het spreekuur.</p>",
    "councils": ["Wijkraad Graan voor Visch", "Wijkraad Hoofddorp-West"],
    "quote": None,
    "days_ago": 0,
}
#: How the newsletters of an area come by themselves, and from whom.
LETTERHEAD = {
    "area": "haarlemmermeer-noord",
    "sender_name": "Gebiedsmanager Haarlemmermeer-Noord",
    "opening": "Beste lezer,\n\nWat veranderde er in onze dorpen, en wat komt eraan?",
    "closing": "Vragen of ideeën? Antwoord op deze mail. U krijgt binnen twee weken antwoord.\n\n"
    "Met vriendelijke groet,\nuw gebiedsmanager",
}

#: address -> area codes of the subscription
SUBSCRIBERS = {
    f"bewoner{number}@example.nl": codes
    for number, codes in enumerate(
        [
            ["haarlemmermeer-noord"],
            ["haarlemmermeer-noord", "hoofddorp-centrum"],
            ["haarlemmermeer-noord"],
            ["hoofddorp-centrum"],
            ["nieuw-vennep"],
            ["haarlemmermeer-west"],
            ["haarlemmermeer-zuidoost"],
            ["hoofddorp-zuidwest", "hoofddorp-centrum"],
            ["haarlemmermeer-noord"],
            ["nieuw-vennep", "haarlemmermeer-zuidoost"],
        ],
        start=1,
    )
}
