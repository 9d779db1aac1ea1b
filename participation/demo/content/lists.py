"""A list of addresses that the area manager of Nieuw-Vennep keeps."""

LIST = {
    "area": "nieuw-vennep",
    "name": "Ondernemers Nieuw-Vennep",
    "purpose": "nieuws over het winkelgebied en de bedrijventerreinen",
    "consent": "Ondernemers vulden op de ondernemersavond een formulier in, of stuurden een mail "
    "aan de gebiedsmanager. Op het formulier staat waarvoor wij het adres gebruiken.",
}
EVENING, MAIL = "formulier ondernemersavond", "mail aan de gebiedsmanager"
#: (name before the @, name, source of consent, days ago)
MEMBERS = [
    ("bakkerij-de-molen", "Bakkerij De Molen", EVENING, 62),
    ("bloemen-aan-de-venneperweg", "Bloemen aan de Venneperweg", EVENING, 62),
    ("fietsenmaker-harmonie", "Fietsenmaker Harmonie", EVENING, 62),
    ("garage-zuidrand", "Garage Zuidrand", MAIL, 41),
    ("groenteboer-linquenda", "Groenteboer Linquenda", EVENING, 62),
    ("kapsalon-getsewoud", "Kapsalon Getsewoud", EVENING, 62),
    ("koffie-op-de-hoek", "Koffie op de Hoek", MAIL, 20),
    ("lunchroom-het-plein", "Lunchroom Het Plein", EVENING, 62),
    ("schildersbedrijf-zuid", "Schildersbedrijf Zuid", MAIL, 33),
    ("winkeliers-symfonie", "Winkeliersvereniging Symfonie", EVENING, 62),
]
