"""The six areas: what stands on their page and on their managers' card."""

BOUNDARY_NOTE = (
    "De grens op deze kaart is een schets, berekend uit de ligging van de dorpen en wijken."
)

#: In the order of the home page. `goals` are (theme slug, goal in this area).
AREAS = [
    {
        "code": "haarlemmermeer-noord",
        "title": "Haarlemmermeer-Noord",
        "picture": "ringvaart",
        "summary": "De dorpen langs de Ringvaart en het Spaarne, van Badhoevedorp tot Spaarndam.",
        "intro": [
            "In Haarlemmermeer-Noord liggen oude dijkdorpen naast nieuwe wijken. Schiphol en "
            "Amsterdam zijn dichtbij. Dat geeft werk en drukte.",
            "Samen met u en de dorpsraden zorgen wij dat de dorpen groen en goed bereikbaar "
            "blijven, en dat er plekken zijn om elkaar te ontmoeten.",
        ],
        "manager": "Gebiedsmanager Noord",
        "short": "noord",
        "goals": [
            ("verkeer", "Minder verkeer door de dorpen en veilige routes naar school."),
            ("groen", "Een groen park op de plek van de oude snelweg."),
            ("ontmoeten", "In elk dorp een plek waar u zonder afspraak binnenloopt."),
            ("wonen", "Huizen voor starters en ouderen die in hun dorp willen blijven."),
        ],
    },
    {
        "code": "haarlemmermeer-west",
        "title": "Haarlemmermeer-West",
        "picture": "polder",
        "summary": "Van Vijfhuizen tot Lisserbroek: dorpen aan de westkant van de polder.",
        "intro": [
            "Haarlemmermeer-West heeft veel ruimte, water en recreatie. De dorpen zijn klein en "
            "trots. Er komen ook nieuwe huizen, vooral bij Cruquius en Lisserbroek.",
            "Wij letten erop dat de wegen, de scholen en de voorzieningen meegroeien. De "
            "dorpsraden praten daarover elk half jaar met ons.",
        ],
        "manager": "Gebiedsmanager West",
        "short": "west",
        "goals": [
            ("wonen", "Nieuwe buurten die passen bij het dorp."),
            ("verkeer", "Fietspaden die ook in het donker veilig voelen."),
            ("groen", "Schoon zwemwater en goed onderhouden oevers."),
            ("ontmoeten", "Dorpshuizen die de hele week open zijn."),
        ],
    },
    {
        "code": "haarlemmermeer-zuidoost",
        "title": "Haarlemmermeer-Zuidoost",
        "picture": "kassen",
        "summary": "Rijsenhout, Burgerveen, Abbenes en zeven dorpen meer in het zuiden en oosten.",
        "intro": [
            "In Zuidoost wonen mensen tussen kassen, akkers en plassen. De dorpen liggen ver uit "
            "elkaar. Daarom zijn bus, fiets en dorpshuis hier extra belangrijk.",
            "Wij werken aan veilige dijken en wegen, en aan de toekomst van oude kassen.",
        ],
        "manager": "Gebiedsmanager Zuidoost",
        "short": "zuidoost",
        "goals": [
            ("verkeer", "Rustige dijken en veilige bushaltes."),
            ("ondernemen", "Een goede plek voor kassen die leeg komen te staan."),
            ("veilig", "Minder zwerfafval langs plassen en dijken."),
            ("duurzaam", "Zon en wind op plekken waar de dorpen achter staan."),
        ],
    },
    {
        "code": "hoofddorp-centrum",
        "title": "Hoofddorp-Centrum",
        "picture": "station",
        "summary": "Het hart van Hoofddorp: winkels, station en de wijken daaromheen.",
        "intro": [
            "Hoofddorp-Centrum verandert de komende twintig jaar meer dan elk ander gebied. Rond "
            "het station komt een nieuwe stadswijk met woningen en werk.",
            "Ook de wijken eromheen krijgen aandacht: meer schaduw, minder auto's op straat en "
            "huizen die warm en betaalbaar zijn.",
        ],
        "manager": "Gebiedsmanager Hoofddorp-Centrum",
        "short": "hoofddorp-centrum",
        "goals": [
            ("wonen", "Rond het station tot 10.000 woningen, voor elke beurs."),
            ("verkeer", "Meer ruimte voor wie loopt, fietst of met de trein gaat."),
            ("groen", "In elke straat schaduw van een boom."),
            ("ondernemen", "Een levendig centrum, ook op maandag."),
        ],
    },
    {
        "code": "hoofddorp-zuidwest",
        "title": "Hoofddorp-Zuidwest",
        "picture": "wijk",
        "summary": "De wijken Toolenburg, Floriande, Overbos, Bornholm, Vrijschot en De President.",
        "intro": [
            "In Hoofddorp-Zuidwest wonen veel gezinnen. De wijken zijn tussen de tien en vijftig "
            "jaar oud. Straten, speelplekken en bomen zijn aan een opknapbeurt toe.",
            "De wijkraden lopen elk jaar met ons door de wijk. Wat zij zien, komt op deze agenda.",
        ],
        "manager": "Gebiedsmanager Hoofddorp-Zuidwest",
        "short": "hoofddorp-zuidwest",
        "goals": [
            ("jeugd", "Speelplekken voor alle leeftijden, ook voor kinderen in een rolstoel."),
            ("groen", "Minder tegels en meer bomen, tegen hitte en regen."),
            ("verkeer", "Rustige straten rond de scholen."),
            ("veilig", "Goede verlichting op alle looproutes."),
        ],
    },
    {
        "code": "nieuw-vennep",
        "title": "Nieuw-Vennep",
        "picture": "dorp",
        "summary": "Nieuw-Vennep met de wijken Getsewoud en Linquenda, en buurtschap 't Kabel.",
        "intro": [
            "Nieuw-Vennep is een dorp dat groeit. Het centrum krijgt een nieuw gezicht en in de "
            "wijken komen huizen bij.",
            "Twee keer per jaar houden wij een informatiemarkt. Dan staan alle plannen bij elkaar "
            "en kunt u met iedereen praten.",
        ],
        "manager": "Gebiedsmanager Nieuw-Vennep",
        "short": "nieuw-vennep",
        "goals": [
            ("ondernemen", "Een centrum waar u graag winkelt en blijft."),
            ("verkeer", "Minder druk verkeer door het dorp."),
            ("jeugd", "Een eigen plek voor jongeren."),
            ("duurzaam", "Huizen die van het aardgas af kunnen."),
        ],
    },
]
