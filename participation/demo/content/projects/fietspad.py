"""Fietspad De Hoek: a stretch of the fast cycle route."""

from participation.demo.clock import Clock


def project(clock: Clock) -> dict:
    return {
        "key": "fietspad",
        "area": "hoofddorp-centrum",
        "title": "Fietspad De Hoek",
        "slug": "fietspad-de-hoek",
        "picture": "fietspad",
        "status": "klaar",
        "summary": "Een veilig fietspad langs de bedrijven van De Hoek. Het is een deel van de "
        "snelle fietsroute van Hoofddorp naar Schiphol en Aalsmeer.",
        "place": "De Hoek, tussen Hoofddorp en Schiphol",
        "shape": (
            (52.2958, 4.7130),
            (52.2950, 4.7185),
            (52.2941, 4.7240),
            (52.2930, 4.7300),
            (52.2920, 4.7350),
        ),
        "manager": ("Omgevingsmanager De Hoek", "dehoek@example.nl"),
        "body": [
            ("heading", {"text": "Wat is er gemaakt?", "level": "h2"}),
            (
                "text",
                "<p>Er ligt nu een breed fietspad van rood asfalt, met licht en zonder "
                "drempels. Bij elke inrit hebben fietsers voorrang en is er goed "
                "zicht.</p>",
            ),
            ("heading", {"text": "Wat deden de ondernemers?", "level": "h2"}),
            (
                "text",
                "<p>De bedrijven langs het pad dachten mee over hun inritten, de bouwtijden "
                "en de borden. Daardoor kon iedereen tijdens het werk gewoon open "
                "blijven.</p>",
            ),
        ],
        "decided": "Het fietspad ligt er.",
        "influence": "Ziet u iets dat niet goed is? Meld het ons, dan kijken wij ernaar.",
        "decision": "Na een jaar kijken wij met de ondernemers of het werkt. De uitkomst leest u "
        "hier.",
        "take_part": "",
        "phases": [
            ("Ontwerpen met ondernemers", clock.month(-34), clock.month_end(-18), ""),
            ("Aanleggen", clock.month(-17), clock.month_end(-4), "Het pad ging in delen open."),
            (
                "Kijken of het werkt",
                clock.month(-3),
                clock.month_end(9),
                "Wij tellen fietsers en vragen het de ondernemers.",
            ),
        ],
        "news": [
            (
                112,
                "Het fietspad is open",
                "<p>Op de eerste werkdag telden wij 1.900 fietsers. Dat zijn er bijna twee keer "
                "zoveel als op de oude route.</p>",
                "fietspad",
            ),
        ],
        "documents": [
            (
                105,
                "Wat wij deden met de wensen van ondernemers",
                [
                    "Er waren veertien wensen. Elf daarvan zijn uitgevoerd.",
                    "Niet gelukt: een tweede inrit, een lagere haag en een eigen bord. In dit "
                    "stuk staat waarom.",
                ],
            ),
        ],
        "questions": [
            (
                "Mogen brommers op het pad?",
                "<p>Nee. Snorfietsen en e-bikes wel, brommers rijden op de weg.</p>",
            ),
        ],
    }
