"""Weg om de Zuid: a road along the south of Hoofddorp."""

from participation.demo.clock import Clock


def project(clock: Clock) -> dict:
    return {
        "key": "weg",
        "area": "hoofddorp-zuidwest",
        "title": "Weg om de Zuid",
        "slug": "weg-om-de-zuid",
        "picture": "weg",
        "status": "gestart",
        "summary": "De Nieuwe Bennebroekerweg wordt beter en breder, van de N205 naar de A4. De "
        "weg moet rond 2030 klaar zijn.",
        "place": "Tussen de N205 en de A4, aan de zuidrand van Hoofddorp",
        "shape": (
            (52.2885, 4.6240),
            (52.2862, 4.6420),
            (52.2850, 4.6600),
            (52.2838, 4.6800),
            (52.2815, 4.6990),
        ),
        "manager": ("Omgevingsmanager Weg om de Zuid", "wegomdezuid@example.nl"),
        "body": [
            ("heading", {"text": "Wat gaat er gebeuren?", "level": "h2"}),
            (
                "text",
                "<p>De Nieuwe Bennebroekerweg loopt langs de zuidkant van Hoofddorp. De weg "
                "krijgt op een deel twee rijstroken per richting. Kruispunten worden veiliger "
                "en er komt een doorgaand fietspad.</p><p>Wij doen dit samen met de provincie "
                "en de Vervoerregio.</p>",
            ),
            ("heading", {"text": "Waarom doen wij dit?", "level": "h2"}),
            (
                "text",
                "<p>De weg staat elke dag vast. Daardoor zoeken auto's een weg door Hoofddorp "
                "en Nieuw-Vennep. Met een goede weg om de wijken heen wordt het in de wijken "
                "rustiger.</p>",
            ),
        ],
        "decided": "Het voorkeursalternatief is vastgesteld: de weg volgt de bestaande route. Er "
        "komt geen nieuwe weg door de polder.",
        "influence": "U denkt mee over geluid, bomen, oversteken en de plek van wallen en "
        "schermen. Per wijk maken wij samen een plan.",
        "decision": "De gemeenteraad en de provincie stellen het ontwerp vast. Daarna kunt u nog "
        "officieel reageren. Wij schrijven iedereen die reageerde wat er met de reactie is gedaan.",
        "take_part": "<p>Kom naar een informatieavond in uw wijk of naar het spreekuur. De enquête "
        "over geluid en groen gaat binnenkort open.</p>",
        "phases": [
            (
                "Verkennen en kiezen",
                clock.month(-50),
                clock.month_end(-14),
                "Er zijn vier routes vergeleken. Het voorkeursalternatief is gekozen.",
            ),
            (
                "Ontwerpen met de wijken",
                clock.month(-13),
                clock.month_end(9),
                "Per wijk bespreken wij geluid, groen en oversteken.",
            ),
            ("Besluit en vergunningen", clock.month(10), clock.month_end(20), "U kunt reageren."),
            ("Aanleggen", clock.month(21), clock.month_end(50), "De weg gaat in delen open."),
        ],
        "news": [
            (
                26,
                "Verslag van de avond in Toolenburg",
                "<p>Er kwamen 140 mensen. De meeste vragen gingen over geluid. In het nieuwe "
                "ontwerp rekenen wij met stiller asfalt. De uitkomst volgt binnen twee "
                "maanden.</p>",
                None,
            ),
            (
                110,
                "Wij tellen het verkeer",
                "<p>Twee weken lang tellen kastjes het verkeer op twaalf plekken. Zo weten wij "
                "waar auto's nu door de wijk rijden.</p>",
                None,
            ),
        ],
        "documents": [
            (
                24,
                "Verslag van de informatieavond in Toolenburg",
                [
                    "Er kwamen 140 mensen naar de avond.",
                    "Vragen gingen over geluid, vrachtwagens, bomen en de bouwtijd.",
                    "Antwoorden en afspraken staan per onderwerp in dit verslag.",
                ],
            ),
        ],
        "questions": [
            (
                "Hoe zit het met het geluid?",
                "<p>Het geluid mag niet boven de wettelijke grens komen. Wij rekenen met stil "
                "asfalt, wallen en schermen. U ziet de uitkomst per straat.</p>",
            ),
            (
                "Blijft de weg open tijdens het werk?",
                "<p>Ja, met één strook per richting. Fietsers houden een eigen route.</p>",
            ),
        ],
    }
