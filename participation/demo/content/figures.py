"""Services in figures, with the notes that explain them."""

PAGE = {
    "title": "Dienstverlening in cijfers",
    "slug": "cijfers",
    "summary": "Hoe vaak u ons bezocht, belde en appte, en hoe goed wij te bereiken waren.",
    "intro": "<p>Wij willen dat onze dienstverlening makkelijk, betrouwbaar, menselijk en "
    "verbonden is. U krijgt binnen twee weken antwoord. Hier ziet u hoe het gaat.</p>",
    "notes": "<p>In 2024 kwamen veel meer mensen naar de balie. Dat komt door paspoorten: sinds "
    "2014 is een paspoort tien jaar geldig in plaats van vijf. In 2024 liepen er dus veel "
    "tegelijk af.</p><p>De website werd in 2023 extra veel bezocht vanwege de verkiezingen voor de "
    "Tweede Kamer.</p>",
}
SOURCE = "Jaarverslag dienstverlening"
NUMBER, PERCENT = "aantal", "procent"

#: name, unit, decimals, (2022, 2023, 2024), note
INDICATORS = [
    (
        "Bezoeken aan de balie",
        NUMBER,
        0,
        ("66000", "67500", "99000"),
        "De stijging komt vooral door paspoorten.",
    ),
    ("Gesprekken met het klantcontactcentrum", NUMBER, 0, ("120000", "96000", "97800"), ""),
    (
        "Telefonisch bereikbaar tijdens openingstijden",
        PERCENT,
        1,
        ("90.5", "95.0", "96.2"),
        "Het deel van de bellers dat iemand aan de lijn kreeg.",
    ),
    (
        "Bezoeken aan de website",
        NUMBER,
        0,
        ("867000", "939000", "886000"),
        "In 2023 meer door de verkiezingen.",
    ),
    ("Contacten via WhatsApp", NUMBER, 0, ("16000", "20000", "23900"), ""),
    ("Contacten via X", NUMBER, 0, ("9900", "14000", "21000"), ""),
    ("Contacten via Facebook", NUMBER, 0, ("8700", "9000", "9200"), ""),
]
YEARS = (2022, 2023, 2024)
