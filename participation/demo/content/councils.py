"""A selection of the village and district councils."""

VILLAGE, DISTRICT, ASSOCIATION = "dorpsraad", "wijkraad", "dorpsvereniging"
TWICE = "Twee keer per jaar met de gebiedsmanager, en vier keer per jaar in het gebiedsoverleg."

#: name, kind, area code, places, description
COUNCILS = [
    (
        "Dorpsraad Abbenes",
        VILLAGE,
        "haarlemmermeer-zuidoost",
        ["Abbenes"],
        "Praat mee over de school, de bus en het verkeer op de Hoofdweg.",
    ),
    (
        "Dorpsraad Badhoevedorp",
        VILLAGE,
        "haarlemmermeer-noord",
        ["Badhoevedorp", "Nieuwe Meer"],
        "Werkt aan een groen en rustig dorp naast snelweg en vliegveld.",
    ),
    (
        "Dorpsraad Buitenkaag",
        VILLAGE,
        "haarlemmermeer-zuidoost",
        ["Buitenkaag"],
        "Let op veiligheid op de dijk en op het water van de Kagerplassen.",
    ),
    (
        "Dorpsraad Cruquius",
        VILLAGE,
        "haarlemmermeer-west",
        ["Cruquius"],
        "Volgt de nieuwe woonbuurten en de drukte op de Kruisweg.",
    ),
    (
        "Dorpsraad Lijnden-Boesingheliede",
        VILLAGE,
        "haarlemmermeer-noord",
        ["Lijnden", "Boesingheliede"],
        "Twee dorpen aan de Ringvaart met één raad.",
    ),
    (
        "Dorpsraad Lisserbroek",
        VILLAGE,
        "haarlemmermeer-west",
        ["Lisserbroek"],
        "Denkt mee over de groei van het dorp en de brug naar Lisse.",
    ),
    (
        "Dorpsraad Nieuw-Vennep",
        VILLAGE,
        "nieuw-vennep",
        ["Nieuw-Vennep centrum", "Getsewoud", "Linquenda", "'t Kabel"],
        "De stem van het grootste dorp van de gemeente.",
    ),
    (
        "Dorpsraad Rijsenhout",
        VILLAGE,
        "haarlemmermeer-zuidoost",
        ["Rijsenhout", "Aalsmeerderbrug"],
        "Zet zich in voor woningen, de haven en een leefbaar dorp.",
    ),
    (
        "Dorpsraad Spaarndam",
        VILLAGE,
        "haarlemmermeer-noord",
        ["Spaarndam", "Spaarnwoude"],
        "Bewaakt het oude dorp aan de sluis en het groen eromheen.",
    ),
    (
        "Dorpsraad Zwaanshoek",
        VILLAGE,
        "haarlemmermeer-west",
        ["Zwaanshoek"],
        "Klein dorp, korte lijnen: iedereen kent de raad.",
    ),
    (
        "Dorpsraad Zwanenburg-Halfweg",
        VILLAGE,
        "haarlemmermeer-noord",
        ["Zwanenburg", "Halfweg"],
        "Twee dorpen, gescheiden door de Ringvaart, samen sterk.",
    ),
    (
        "Dorpsbelangen Burgerveen-Leimuiderbrug",
        ASSOCIATION,
        "haarlemmermeer-zuidoost",
        ["Burgerveen", "Leimuiderbrug", "Weteringbrug"],
        "Vereniging van bewoners langs de Ringvaart in het zuiden.",
    ),
    (
        "Dorpsvereniging Haarlemmerliede",
        ASSOCIATION,
        "haarlemmermeer-noord",
        ["Haarlemmerliede", "Penningsveer"],
        "Organiseert het dorpsfeest en praat mee over het landschap.",
    ),
    (
        "Wijkraad Bornholm",
        DISTRICT,
        "hoofddorp-zuidwest",
        ["Bornholm"],
        "Loopt elk jaar door de wijk met de gemeente.",
    ),
    (
        "Wijkraad Floriande",
        DISTRICT,
        "hoofddorp-zuidwest",
        ["Floriande"],
        "De raad van de twaalf eilanden van Floriande.",
    ),
    (
        "Wijkraad Graan voor Visch",
        DISTRICT,
        "hoofddorp-centrum",
        ["Graan voor Visch"],
        "Volgt de plannen voor het station op de voet.",
    ),
    (
        "Wijkraad Hoofddorp-Centrum",
        DISTRICT,
        "hoofddorp-centrum",
        ["Beukenhorst", "Hoofddorp-Noord"],
        "Voor bewoners en ondernemers rond het Marktplein.",
    ),
    (
        "Wijkraad Hoofddorp-Oost",
        DISTRICT,
        "hoofddorp-centrum",
        ["Hoofddorp-Oost", "De Hoek"],
        "Let op geluid, fietsroutes en het park.",
    ),
    (
        "Wijkraad Hoofddorp-West",
        DISTRICT,
        "hoofddorp-centrum",
        ["Pax"],
        "Een wijk uit de jaren zestig met veel nieuwe plannen.",
    ),
    (
        "Wijkraad Het Oude Buurtje",
        DISTRICT,
        "hoofddorp-centrum",
        ["Het Oude Buurtje"],
        "De oudste buurt van Hoofddorp, met smalle straten en veel geschiedenis.",
    ),
    (
        "Wijkraad Overbos",
        DISTRICT,
        "hoofddorp-zuidwest",
        ["Overbos", "Vrijschot"],
        "Maakt werk van groen, afval en het winkelcentrum.",
    ),
    (
        "Wijkraad Toolenburg",
        DISTRICT,
        "hoofddorp-zuidwest",
        ["Toolenburg", "De President"],
        "Rond de plas en het strandje van Toolenburg.",
    ),
]

#: council -> members: what stands for a name, role, e-mail, telephone, first and last day as
#: days from today or None, note. Functions only; the demo names nobody.
MEMBERS = {
    "Dorpsraad Badhoevedorp": [
        (
            "Voorzitter dorpsraad",
            "voorzitter",
            "voorzitter.badhoevedorp@example.nl",
            "0900-1852",
            -900,
            None,
            "Belt het liefst na 16.00 uur.",
        ),
        (
            "Secretaris dorpsraad",
            "secretaris",
            "secretaris.badhoevedorp@example.nl",
            "",
            -560,
            None,
            "Krijgt de stukken een week voor het overleg.",
        ),
        ("Penningmeester dorpsraad", "penningmeester", "", "", -900, None, ""),
        (
            "Vorige secretaris",
            "secretaris",
            "vorige.secretaris.badhoevedorp@example.nl",
            "",
            -1600,
            -60,
            "Is gestopt. De gegevens verdwijnen vanzelf.",
        ),
    ],
    "Dorpsraad Rijsenhout": [
        (
            "Contactpersoon dorpsraad",
            "contact",
            "contact.rijsenhout@example.nl",
            "0900-1852",
            -420,
            None,
            "",
        ),
        (
            "Lid verkeer en wonen",
            "lid",
            "verkeer.rijsenhout@example.nl",
            "",
            -200,
            None,
            "Loopt mee met de schouw.",
        ),
    ],
}

#: council -> agreements: title, agreed on and to be looked at again as days from today, whether
#: it is public, and the text of the paper.
AGREEMENTS = {
    "Dorpsraad Badhoevedorp": [
        (
            "Zo werken wij samen",
            -345,
            20,
            True,
            [
                "De dorpsraad en de gemeente praten twee keer per jaar met elkaar.",
                "Een vraag van de raad krijgt binnen twee weken antwoord.",
                "Na elk overleg staat op de site wat is afgesproken.",
            ],
        ),
        (
            "Bereikbaarheid bij werk aan de weg",
            -120,
            245,
            False,
            [
                "De gemeente belt de voorzitter een week voordat een weg dichtgaat.",
                "De raad vertelt het verder in het dorp.",
            ],
        ),
    ],
    "Dorpsraad Rijsenhout": [
        (
            "Afspraken over het overleg",
            -400,
            -10,
            True,
            [
                "De agenda van het overleg komt een week van tevoren.",
                "De raad en de gemeente kiezen samen de onderwerpen.",
            ],
        ),
    ],
}

#: council -> meetings: days from today, place, participants, state of the minutes, paragraphs of
#: the minutes, subjects, and actions as what, who, due and done as days from today or None.
MEETINGS = {
    "Dorpsraad Badhoevedorp": [
        (
            -170,
            "Dorpshuis Badhoevedorp",
            "Voorzitter en secretaris van de raad, gebiedsmanager",
            "vastgesteld",
            [
                "De raad vraagt aandacht voor het donkere pad langs het sportpark. De gemeente "
                "kijkt welke lampen kapot zijn.",
                "De gemeente vertelt over de planning van het werk aan de weg. De raad krijgt een "
                "week van tevoren bericht.",
            ],
            ["Verlichting bij het sportpark", "Werk aan de weg"],
            [
                ("Kapotte lampen bij het sportpark maken", "Team Licht", -120, -130),
                ("Tellen hoeveel auto's te hard rijden", "Team Verkeer", -20, None),
            ],
        ),
        (
            25,
            "Dorpshuis Badhoevedorp",
            "",
            "concept",
            [],
            ["Uitkomst van de verkeerstelling", "Plannen voor het dorpshart"],
            [],
        ),
    ],
    "Dorpsraad Rijsenhout": [
        (
            -95,
            "Dorpshuis Rijsenhout",
            "Contactpersoon van de raad, gebiedsmanager",
            "vastgesteld",
            [
                "De raad en de gemeente liepen samen door het dorp. De bankjes bij de haven zijn "
                "aan vervanging toe.",
            ],
            ["Schouw door het dorp"],
            [("Bankjes bij de haven vervangen", "Team Groen", 30, None)],
        ),
    ],
}
