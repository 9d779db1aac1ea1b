"""Spoorzone Hoofddorp: a new part of town around the station."""

from participation.demo.clock import Clock


def project(clock: Clock) -> dict:
    return {
        "key": "spoorzone",
        "area": "hoofddorp-centrum",
        "title": "Spoorzone Hoofddorp",
        "slug": "spoorzone-hoofddorp",
        "picture": "station",
        "status": "gestart",
        "summary": "Rond het station komen in ongeveer twintig jaar tot 10.000 woningen en 11.000 "
        "banen. U kunt meedenken over straten, groen en voorzieningen.",
        "place": "Rond station Hoofddorp: Stationskwartier en Graan voor Visch Zuid",
        "shape": (
            (52.2962, 4.6930),
            (52.2968, 4.7005),
            (52.2935, 4.7085),
            (52.2888, 4.7100),
            (52.2868, 4.7030),
            (52.2895, 4.6945),
            (52.2962, 4.6930),
        ),
        "manager": ("Omgevingsmanager Spoorzone", "spoorzone@example.nl"),
        "body": [
            ("heading", {"text": "Wat gaat er gebeuren?", "level": "h2"}),
            (
                "text",
                "<p>Nu is de omgeving van het station vooral kantoren en parkeerplaatsen. "
                "Straks is het een wijk waar mensen wonen, werken, leren en elkaar "
                "ontmoeten. Er komen woningen voor elke beurs, winkels, een school en "
                "parken.</p><p>Dat gaat in stappen. Wij beginnen in het "
                "<b>Stationskwartier</b>. Daarna volgt <b>Graan voor Visch Zuid</b>, waar "
                "nu bedrijven staan.</p>",
            ),
            ("heading", {"text": "Waarom doen wij dit?", "level": "h2"}),
            (
                "text",
                "<p>Er zijn te weinig woningen in onze gemeente. Rond het station is ruimte, "
                "en u reist er snel naar Amsterdam, Leiden en Schiphol. Wie bij een station "
                "woont, heeft minder vaak een auto nodig. Zo blijft er plek voor groen.</p>",
            ),
        ],
        "decided": "Er komen in het hele gebied tot 10.000 woningen en 11.000 banen. Het "
        "busstation blijft bij het station. Langs het spoor komt geluidswerende bebouwing. De "
        "gemeenteraad legt dit vast in het ontwikkelkader.",
        "influence": "U denkt mee over de straten, het groen, de speelplekken en de voorzieningen "
        "in uw buurt. Over de volgorde van bouwen geeft u advies. Over het aantal woningen kunt u "
        "niet meer meebeslissen.",
        "decision": "De gemeenteraad beslist over elk deelplan. Binnen zes weken na elk besluit "
        "leest u hier wat er met de reacties is gedaan, en waarom.",
        "take_part": "<p>Vul de enquête in, kom naar het spreekuur of stuur een mail. Liever "
        "bellen? Dat kan: 0900-1852. U kunt ook een papieren formulier halen bij de balie.</p>",
        "phases": [
            (
                "Ontwikkelkader maken",
                clock.year_end(-6).replace(month=1, day=1),
                clock.month_end(-20),
                "Het kader lag ter inzage in september 2023.",
            ),
            (
                "Eerste straten ontwerpen",
                clock.month(-19),
                clock.month_end(11),
                "Bewoners en ondernemers denken mee over straten, groen en voorzieningen.",
            ),
            (
                "Eerste deelplan vaststellen",
                clock.month(12),
                clock.month_end(22),
                "De gemeenteraad beslist. U kunt inspreken.",
            ),
            (
                "Bouwen in het Stationskwartier",
                clock.month(23),
                clock.year_end(9),
                "De eerste bewoners komen zodra de eerste straten klaar zijn.",
            ),
            (
                "Graan voor Visch Zuid",
                clock.year_end(9).replace(year=clock.today.year + 10, month=1, day=1),
                None,
                "",
            ),
        ],
        "news": [
            (
                9,
                "Wat vindt u belangrijk in uw straat?",
                "<p>De enquête over straten en groen is open. Vijf vragen, ongeveer drie minuten. "
                "Met uw antwoorden maken wij het ontwerp van de eerste vier straten.</p>",
                "tafel",
            ),
            (
                80,
                "Honderdtien mensen op de tweede avond",
                "<p>Schaduw en een veilige plek voor de fiets stonden bovenaan. Het verslag staat "
                "bij de documenten. De ontwerpers verwerken uw ideeën in twee schetsen.</p>",
                None,
            ),
            (
                170,
                "Twee bewoners in de ontwerpgroep",
                "<p>De wijkraad van Graan voor Visch koos twee bewoners die elke maand meepraten "
                "met de ontwerpers.</p>",
                None,
            ),
        ],
        "documents": [
            (
                78,
                "Verslag van de tweede bewonersavond",
                [
                    "Op deze avond kwamen 110 mensen. In zes groepen keken zij naar de schetsen.",
                    "Wat vaak werd genoemd: schaduw, fietsparkeren, een plek voor jongeren en "
                    "minder asfalt.",
                    "Wat wij doen: de ontwerpers maken twee schetsen met meer bomen. Op de derde "
                    "avond kiest u daaruit.",
                ],
            ),
            (
                300,
                "Samenvatting van het ontwikkelkader",
                [
                    "Het ontwikkelkader zegt wat er in de Spoorzone mag en moet.",
                    "Het gaat over woningen, werk, groen, verkeer, geluid en duurzaamheid.",
                    "In september 2023 kon iedereen reageren. De reacties en antwoorden staan in "
                    "de reactienota.",
                ],
            ),
        ],
        "questions": [
            (
                "Wanneer begint de bouw?",
                "<p>Over ongeveer twee jaar in het Stationskwartier. Eerst beslist de gemeenteraad "
                "over het deelplan.</p>",
            ),
            (
                "Komen er genoeg parkeerplekken?",
                "<p>Er komen minder plekken dan in andere wijken, want u woont naast het station. "
                "Parkeren gaat in garages. Voor wie slecht loopt, komen er plekken bij de "
                "deur.</p>",
            ),
            (
                "Wat merkt mijn wijk ervan?",
                "<p>Er rijdt tijdens de bouw zwaar verkeer. Dat gaat niet door Graan voor Visch. "
                "In het bouwplan staat op welke tijden er gewerkt wordt.</p>",
            ),
        ],
    }
