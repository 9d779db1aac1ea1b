"""Redesign of play areas in several districts."""

from participation.demo.clock import Clock


def project(clock: Clock) -> dict:
    return {
        "key": "speelplekken",
        "area": "hoofddorp-zuidwest",
        "title": "Herinrichting speelplekken",
        "slug": "herinrichting-speelplekken",
        "picture": "speelplek",
        "status": "gestart",
        "summary": "Zes speelplekken worden vernieuwd. Kinderen en ouders zeggen wat er moet "
        "komen.",
        "place": "Floriande, Overbos, Bornholm, Toolenburg, Getsewoud en Pax",
        "places": (
            ("Speelplek Floriande", 52.3105, 4.6405, "Nieuwe schommels en een waterbaan."),
            ("Speelplek Overbos", 52.3160, 4.6562, "Klimmen voor grotere kinderen."),
            ("Speelplek Bornholm", 52.3098, 4.6695, "Een glijbaan waar ook een rolstoel bij kan."),
            ("Speelplek Toolenburg", 52.2978, 4.6640, "Meer schaduw, met acht nieuwe bomen."),
            (
                "Speelplek Getsewoud",
                52.2738,
                4.6190,
                "Een veld voor balspel, verder van de huizen.",
            ),
            ("Speelplek Pax", 52.3043, 4.6785, "Zand en water voor de kleinsten."),
        ),
        "manager": ("Omgevingsmanager Speelplekken", "spelen@example.nl"),
        "body": [
            ("heading", {"text": "Wat gaat er gebeuren?", "level": "h2"}),
            (
                "text",
                "<p>De toestellen op zes speelplekken zijn oud. Wij vervangen ze en maken de "
                "plekken groener. Op elke plek komt iets waar ook kinderen in een rolstoel "
                "mee kunnen spelen.</p>",
            ),
            ("heading", {"text": "Waarom vragen wij het u?", "level": "h2"}),
            (
                "text",
                "<p>Kinderen weten zelf het beste wat leuk is. En u weet waar het druk, kaal "
                "of onveilig is. Met een vlag op de kaart laat u zien welke plek u "
                "bedoelt.</p>",
            ),
        ],
        "decided": "Het gaat om deze zes plekken. Per plek is er geld voor vier tot zes "
        "toestellen.",
        "influence": "U kiest mee welke toestellen er komen, waar ze staan en welk groen erbij "
        "komt. De ontwerpers volgen de keuze van de buurt, als het veilig is.",
        "decision": "De gebiedsmanager stelt het ontwerp vast met de wijkraad. Uiterlijk vijf "
        "weken na het sluiten van de enquête leest u de uitkomst hier.",
        "take_part": "<p>Vul de enquête in. Dat kan ook samen met uw kind. Geen internet? Bij de "
        "bibliotheek ligt een papieren formulier.</p>",
        "phases": [
            (
                "Vragen aan kinderen en ouders",
                clock.month(-3),
                clock.month_end(1),
                "Enquête, drie scholen en een middag op elke plek.",
            ),
            ("Ontwerpen", clock.month(2), clock.month_end(4), "U kiest uit twee tekeningen."),
            ("Bouwen", clock.month(5), clock.month_end(12), "Elke twee maanden gaat er één open."),
        ],
        "news": [
            (
                6,
                "De enquête is open",
                "<p>Zeven vragen en een kaart. Het kost u ongeveer vier minuten.</p>",
                "speelplek",
            ),
            (
                46,
                "180 droomspeelplekken",
                "<p>Op drie scholen tekenden kinderen hun droomspeelplek. Bovenaan staan een "
                "waterpomp, een kabelbaan en een boomhut.</p>",
                None,
            ),
        ],
        "documents": [],
        "questions": [
            ("Verdwijnt er een speelplek?", "<p>Nee. Alle zes plekken blijven.</p>"),
            (
                "Wie zorgt voor de veiligheid?",
                "<p>Elk toestel wordt vier keer per jaar gecontroleerd.</p>",
            ),
        ],
    }
