"""What people answered to the surveys that come from the library, by the keys of its questions.

One choice: weights. Several choices and photos: out of a hundred people so many chose it. A scale:
the mean. A table: weights of the columns for each row. A place: spots as (latitude, longitude).
Photos
to send: keys of drawn pictures.
"""

CHANNELS = {
    "rol": {"bewoner": 62, "ondernemer": 18, "groep": 7, "panel": 13},
    "gebruikt": {
        "telefoon": 48,
        "balie": 33,
        "mail": 51,
        "website": 69,
        "sociaal": 14,
        "chat": 9,
    },
    "onderwerp": {"aanvraag": 61, "melding": 39, "vraag": 44, "klacht": 12},
    "aanvragen": {
        "telefoon": 14,
        "balie": 19,
        "mail": 12,
        "website": 47,
        "sociaal": 2,
        "chat": 6,
    },
    "melden": {"telefoon": 16, "balie": 2, "mail": 14, "website": 52, "sociaal": 8, "chat": 8},
    "oordeel": {
        "telefoon": (25, 40, 35),
        "balie": (8, 27, 65),
        "mail": (22, 45, 33),
        "website": (18, 41, 41),
        "sociaal": (30, 50, 20),
        "chat": (20, 45, 35),
    },
    "aanraden": 7,
    "beter": [
        "Minder keuzes aan de telefoon.",
        "Ook 's avonds open, al is het één keer.",
        "Op de site weet ik nooit waar ik moet zijn.",
        "De medewerker aan de balie hielp mij heel goed.",
        "Laat weten wat er met mijn melding is gedaan.",
    ],
}
#: Links to the survey on channels, by name: for whom, how one comes in, what part of the answers
#: came along it. `rol` is what people who came along it answered to that question.
CHANNEL_COLLECTORS = {
    "Ondernemers": {
        "kind": "ondernemers",
        "weight": 18,
        "answers": {"rol": {"ondernemer": 1}},
    },
    "Belangengroepen": {
        "kind": "organisaties",
        "weight": 8,
        "access": "wachtwoord",
        "password": "samen-voor-de-polder",
        "answers": {"rol": {"groep": 1}},
    },
    "Digitaal panel": {
        "kind": "panel",
        "weight": 22,
        "access": "uitnodiging",
        "invited": 85,
        "answers": {"rol": {"panel": 1}},
    },
    "Bewoners": {
        "kind": "inwoners",
        "weight": 52,
        "answers": {"rol": {"bewoner": 92, "ondernemer": 5, "groep": 3}},
    },
}
PLAYGROUND = {
    "leeftijd": {"peuter": 22, "kleuter": 38, "schoolkind": 30, "tiener": 10},
    "hoevaak": {"dag": 31, "week": 44, "maand": 17, "minder": 8},
    "toestel": {"schommel": 44, "glijbaan": 36, "wip": 17, "klimnet": 58},
    "mist": {"schaduw": 54, "water": 48, "bank": 37, "rolstoel": 26, "hek": 12},
    "plek": [
        (52.3107, 4.6408),
        (52.3103, 4.6401),
        (52.3161, 4.6565),
        (52.3099, 4.6692),
        (52.2979, 4.6643),
        (52.2740, 4.6193),
        (52.3044, 4.6782),
        (52.3110, 4.6412),
    ],
    "veilig": 4,
    "leukste": [
        "De schommel",
        "Het gras om te voetballen",
        "De heuvel",
        "De bomen",
        "Dat andere ouders er ook zijn",
    ],
    "foto": ["speelplek", "schommel", "glijbaan"],
    "idee": [
        "Een drinkwaterkraan zou fijn zijn.",
        "Maak het ook leuk voor tieners.",
        "Natuurlijk spelen: takken, stenen, modder.",
    ],
}
