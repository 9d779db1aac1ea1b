"""Wind op Land: a search area for wind turbines in the south."""

from participation.demo.clock import Clock


def project(clock: Clock) -> dict:
    return {
        "key": "wind",
        "area": "haarlemmermeer-zuidoost",
        "title": "Wind op Land",
        "slug": "wind-op-land",
        "picture": "wind",
        "status": "vertraagd",
        "reason": "Het Rijk maakt nieuwe regels over de afstand van windmolens tot huizen. Pas als "
        "die er zijn, kunnen wij verder rekenen.",
        "summary": "In het zuiden van de polder is een zoekgebied voor windmolens. Bewoners gaven "
        "reacties en ideeën.",
        "place": "Zuiden van de Haarlemmermeer, tussen Abbenes en Nieuw-Vennep",
        "shape": (
            (52.2405, 4.5980),
            (52.2420, 4.6250),
            (52.2330, 4.6420),
            (52.2215, 4.6300),
            (52.2210, 4.6020),
            (52.2300, 4.5930),
            (52.2405, 4.5980),
        ),
        "manager": ("Omgevingsmanager Energie", "energie@example.nl"),
        "poll": "wind",
        "body": [
            ("heading", {"text": "Waar gaat het over?", "level": "h2"}),
            (
                "text",
                "<p>Nederland wil meer schone stroom. Ook onze gemeente doet mee. In het "
                "zuiden is een gebied aangewezen waar windmolens misschien passen. Dat is een "
                "zoekgebied: er is nog niets besloten.</p>",
            ),
            ("heading", {"text": "Wat is er al gedaan?", "level": "h2"}),
            (
                "text",
                "<p>Via een e-platform, een peiling en drie avonden verzamelden wij reacties "
                "en ideeën. Die zijn gebundeld. U leest bij de enquête wat ermee gebeurt.</p>",
            ),
        ],
        "decided": "De gemeente moet een deel van haar stroom zelf schoon opwekken. Het zoekgebied "
        "ligt vast in de regionale energiestrategie.",
        "influence": "U geeft advies over plek, hoogte, afstand en het verdelen van de opbrengst. "
        "Over de vraag of er schone stroom moet komen, kunt u niet meebeslissen.",
        "decision": "De gemeenteraad beslist, zodra de regels van het Rijk er zijn.",
        "take_part": "<p>De enquête is gesloten. Met vragen en ideeën kunt u altijd bij ons "
        "terecht.</p>",
        "phases": [
            ("Zoekgebied aanwijzen", clock.month(-46), clock.month_end(-22), ""),
            (
                "Reacties en ideeën verzamelen",
                clock.month(-21),
                clock.month_end(-8),
                "Met een e-platform, een peiling en drie avonden.",
            ),
            (
                "Wachten op regels en rekenen",
                clock.month(-7),
                clock.month_end(6),
                "Wij onderzoeken geluid, vogels en het landschap.",
            ),
            ("Besluit van de raad", clock.month(7), clock.month_end(14), ""),
        ],
        "news": [
            (
                58,
                "Wij wachten op nieuwe regels",
                "<p>Het Rijk maakt nieuwe regels over de afstand tot huizen. Tot die tijd nemen "
                "wij geen besluit. Uw reacties blijven geldig.</p>",
                "wind",
            ),
            (
                150,
                "Wat wij hoorden",
                "<p>De uitkomst van de enquête staat op deze site. Afstand tot huizen en een "
                "eerlijk deel van de opbrengst werden het vaakst genoemd.</p>",
                None,
            ),
        ],
        "documents": [
            (
                150,
                "Bundel van reacties en ideeën",
                [
                    "In deze bundel staan alle reacties, zonder namen.",
                    "Per onderwerp leest u wat er vaak werd gezegd.",
                    "De bundel gaat mee naar de gemeenteraad.",
                ],
            ),
        ],
        "questions": [
            (
                "Hoe hoog worden de windmolens?",
                "<p>Dat is nog niet bekend. Het hangt af van de plek en van de regels voor "
                "vliegtuigen.</p>",
            ),
            (
                "Krijg ik iets als ik ernaast woon?",
                "<p>De raad wil dat de helft van de windmolens van bewoners zelf is. Hoe dat gaat, "
                "werken wij met u uit.</p>",
            ),
        ],
    }
