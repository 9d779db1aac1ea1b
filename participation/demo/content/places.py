"""Themes, areas and the places in them: name, latitude, longitude and kind."""

VILLAGE, DISTRICT = "kern", "wijk"

#: slug, name, description
THEMES = [
    ("wonen", "Wonen en bouwen", "Huizen voor wie hier wil wonen of blijven wonen."),
    ("verkeer", "Verkeer", "Veilig en vlot onderweg: lopend, fietsend, met bus of auto."),
    ("groen", "Groen en water", "Bomen, parken, vaarten en droge voeten."),
    ("ontmoeten", "Ontmoeten", "Plekken en plannen waar buren elkaar zien."),
    ("veilig", "Schoon en veilig", "Verlichting, onderhoud, afval en toezicht."),
    ("jeugd", "Jeugd en sport", "Spelen, sporten en een plek voor jongeren."),
    ("duurzaam", "Duurzaam", "Warme huizen, schone energie en minder afval."),
    ("ondernemen", "Winkels en werk", "Winkelstraten, markten en bedrijventerreinen."),
]

#: area code -> (name, latitude, longitude, kind)
PLACES = {
    "haarlemmermeer-noord": [
        ("Badhoevedorp", 52.339, 4.784, VILLAGE),
        ("Nieuwe Meer", 52.323, 4.812, VILLAGE),
        ("Lijnden", 52.354, 4.755, VILLAGE),
        ("Boesingheliede", 52.352, 4.725, VILLAGE),
        ("Zwanenburg", 52.378, 4.747, VILLAGE),
        ("Halfweg", 52.385, 4.748, VILLAGE),
        ("Haarlemmerliede", 52.392, 4.684, VILLAGE),
        ("Penningsveer", 52.395, 4.675, VILLAGE),
        ("Spaarnwoude", 52.402, 4.703, VILLAGE),
        ("Spaarndam", 52.413, 4.688, VILLAGE),
        ("Schiphol", 52.310, 4.760, VILLAGE),
    ],
    "haarlemmermeer-west": [
        ("Vijfhuizen", 52.350, 4.680, VILLAGE),
        ("Nieuwebrug", 52.376, 4.685, VILLAGE),
        ("Cruquius", 52.335, 4.631, VILLAGE),
        ("Zwaanshoek", 52.315, 4.616, VILLAGE),
        ("Beinsdorp", 52.286, 4.595, VILLAGE),
        ("Lisserbroek", 52.254, 4.577, VILLAGE),
        ("De Liede", 52.375, 4.676, VILLAGE),
    ],
    "haarlemmermeer-zuidoost": [
        ("Rijsenhout", 52.261, 4.714, VILLAGE),
        ("Aalsmeerderbrug", 52.273, 4.747, VILLAGE),
        ("Rozenburg", 52.284, 4.744, VILLAGE),
        ("Schiphol-Rijk", 52.283, 4.765, VILLAGE),
        ("Oude Meer", 52.289, 4.785, VILLAGE),
        ("Burgerveen", 52.241, 4.671, VILLAGE),
        ("Leimuiderbrug", 52.235, 4.664, VILLAGE),
        ("Weteringbrug", 52.225, 4.643, VILLAGE),
        ("Buitenkaag", 52.225, 4.556, VILLAGE),
        ("Abbenes", 52.234, 4.591, VILLAGE),
    ],
    "hoofddorp-centrum": [
        ("Het Oude Buurtje", 52.306, 4.688, DISTRICT),
        ("Graan voor Visch", 52.296, 4.688, DISTRICT),
        ("Pax", 52.304, 4.679, DISTRICT),
        ("Hoofddorp-Noord", 52.312, 4.692, DISTRICT),
        ("Hoofddorp-Oost", 52.305, 4.705, DISTRICT),
        ("De Hoek", 52.294, 4.725, VILLAGE),
        ("Beukenhorst", 52.290, 4.711, DISTRICT),
    ],
    "hoofddorp-zuidwest": [
        ("Toolenburg", 52.297, 4.665, DISTRICT),
        ("Floriande", 52.310, 4.641, DISTRICT),
        ("Overbos", 52.315, 4.657, DISTRICT),
        ("Bornholm", 52.310, 4.670, DISTRICT),
        ("Vrijschot", 52.320, 4.676, DISTRICT),
        ("De President", 52.287, 4.675, DISTRICT),
    ],
    "nieuw-vennep": [
        ("Nieuw-Vennep centrum", 52.266, 4.630, DISTRICT),
        ("Getsewoud", 52.274, 4.618, DISTRICT),
        ("Linquenda", 52.261, 4.621, DISTRICT),
        ("'t Kabel", 52.254, 4.649, VILLAGE),
    ],
}
