"""OVAH: better public transport between Amsterdam and Haarlemmermeer."""

from datetime import date

from participation.demo.clock import Clock


def project(clock: Clock) -> dict:
    return {
        "key": "ovah",
        "area": "hoofddorp-centrum",
        "title": "OV-verbinding Amsterdam-Haarlemmermeer (OVAH)",
        "slug": "ovah",
        "picture": "metro",
        "status": "gestart",
        "summary": "Onderzoek naar een betere verbinding van Amsterdam Zuid via Schiphol naar "
        "Hoofddorp, met trein of metro.",
        "place": "Van Amsterdam Zuid via Schiphol naar Hoofddorp",
        "shape": (
            (52.2905, 4.7000),
            (52.2960, 4.7240),
            (52.3090, 4.7610),
            (52.3200, 4.7900),
            (52.3300, 4.8280),
            (52.3390, 4.8720),
        ),
        "manager": ("Omgevingsmanager OVAH", "ovah@example.nl"),
        "body": [
            ("heading", {"text": "Wat wordt er onderzocht?", "level": "h2"}),
            (
                "text",
                "<p>Het Rijk en de regio zoeken samen naar een manier om meer mensen met het "
                "openbaar vervoer te laten reizen tussen Amsterdam, Schiphol en "
                "Hoofddorp.</p><p>Eén mogelijkheid is dat de metro doorrijdt. Een andere is "
                "een extra trein. Van elke mogelijkheid kijken wij wat die kost en wat u ervan "
                "merkt.</p>",
            ),
            ("heading", {"text": "Waarom?", "level": "h2"}),
            (
                "text",
                "<p>De treinen en de tunnel bij Schiphol zijn vol. Er komen woningen en banen "
                "bij. Zonder een nieuwe verbinding loopt het vast.</p>",
            ),
        ],
        "decided": "Er ligt nog niets vast. Wel staat vast welke mogelijkheden wij vergelijken.",
        "influence": "U kunt zeggen waar wij op moeten letten: geluid, natuur, bouwtijd en de plek "
        "van haltes. Het Rijk beslist.",
        "decision": "Het Rijk en de regio kiezen samen een voorkeur. U leest hier wat er met de "
        "reacties is gedaan en waarom.",
        "take_part": "<p>U kunt nu niet officieel reageren. Vragen stellen kan altijd: kom naar "
        "het spreekuur of bel 0900-1852.</p>",
        "phases": [
            (
                "Onderzoek voorbereiden",
                date(2023, 1, 1),
                date(2024, 5, 7),
                "Van 27 maart tot en met 7 mei 2024 kon iedereen reageren op de onderzoeksopzet.",
            ),
            (
                "Mogelijkheden vergelijken",
                date(2024, 5, 8),
                clock.month_end(8),
                "Wij vergelijken kosten, reistijd, geluid en natuur.",
            ),
            ("Keuze van Rijk en regio", clock.month(9), clock.month_end(20), ""),
            ("Ontwerpen en bouwen", clock.month(21), None, "Dat duurt vele jaren."),
        ],
        "news": [
            (
                34,
                "De mogelijkheden naast elkaar",
                "<p>In een korte film leggen wij uit wat er wordt vergeleken. De film heeft "
                "ondertiteling en een tekst om te lezen.</p>",
                None,
            ),
        ],
        "documents": [
            (
                400,
                "Antwoorden op de reacties van 2024",
                [
                    "In het voorjaar van 2024 kwamen reacties binnen van bewoners, bedrijven en "
                    "verenigingen.",
                    "Dit stuk zegt per onderwerp wat er met de reacties is gedaan.",
                    "Nieuw in het onderzoek: ook de gevolgen voor de ecologie langs de ringvaart.",
                ],
            ),
        ],
        "questions": [
            (
                "Komt er een metro naar Hoofddorp?",
                "<p>Dat is nog niet zeker. Het is een van de mogelijkheden die nu worden "
                "vergeleken.</p>",
            ),
        ],
    }
