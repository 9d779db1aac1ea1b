"""Questions, signals and initiatives of a year: of two councils and of residents.

Days are days ago. An event is (days ago, what was done, its text). Names of persons there are
none; what looks like a place is one.
"""

from dataclasses import dataclass, field

NOORD, WEST = "haarlemmermeer-noord", "haarlemmermeer-west"
BADHOEVEDORP, ZWAANSHOEK = "Dorpsraad Badhoevedorp", "Dorpsraad Zwaanshoek"
SECRETARY = "secretaris"


@dataclass(frozen=True)
class Brought:
    """One thing that was brought in, with all that was done with it."""

    key: str
    days: int
    area: str
    council: str | None
    kind: str
    subject: str
    text: str
    place: str
    at: tuple[float, float] | None = None
    public: bool = True
    language: str = "nl"
    events: list[tuple[int, str, str]] = field(default_factory=list)


SIGNALS = [
    Brought(
        "lampen",
        340,
        NOORD,
        BADHOEVEDORP,
        "signaal",
        "Donker pad langs het sportpark",
        "Op het pad tussen het sportpark en de school branden vier lampen niet. Kinderen "
        "fietsen hier in de winter in het donker.",
        "Pad langs het sportpark, Badhoevedorp",
        (52.3402, 4.7861),
        events=[
            (338, "assign", "Team Openbare Verlichting"),
            (
                331,
                "answer",
                "Dank voor het melden. Drie lampen zijn gemaakt. Voor de vierde is een nieuwe "
                "kabel nodig; die ligt er over drie weken. Wij kijken in het najaar opnieuw.",
            ),
        ],
    ),
    Brought(
        "vrachtwagens",
        300,
        NOORD,
        BADHOEVEDORP,
        "signaal",
        "Vrachtwagens door de Sloterweg",
        "Sinds het werk aan de rotonde rijden vrachtwagens door de Sloterweg. De straat is smal "
        "en er staan scholen. Kan het doorgaand vrachtverkeer eruit?",
        "Sloterweg, Badhoevedorp",
        (52.3378, 4.7795),
        events=[
            (298, "assign", "Team Verkeer"),
            (292, "extend", "Wij tellen twee weken lang hoeveel vrachtwagens er rijden."),
            (
                276,
                "answer",
                "Wij telden per dag 60 vrachtwagens die er niet hoeven te zijn. Daarom zetten "
                "wij borden met een verbod neer en passen wij de omleiding aan. Dat is klaar "
                "binnen een maand.",
            ),
        ],
    ),
    Brought(
        "bankjes",
        250,
        NOORD,
        BADHOEVEDORP,
        "initiatief",
        "Bankjes langs de Ringvaart, door het dorp zelf",
        "De raad wil met bewoners vier bankjes plaatsen langs de Ringvaart. Wij onderhouden ze "
        "zelf. Mag dat, en is er geld voor het hout?",
        "Ringvaart bij Badhoevedorp",
        (52.3436, 4.7890),
        events=[
            (247, "assign", "Gebiedsmanager Noord"),
            (
                240,
                "answer",
                "Wat een goed plan. Twee plekken zijn akkoord, op de andere twee liggen "
                "leidingen. U krijgt 1.200 euro uit het budget voor bewoners. Wij sturen een "
                "tekening.",
            ),
        ],
    ),
    Brought(
        "oversteek",
        205,
        NOORD,
        BADHOEVEDORP,
        "vraag",
        "Wanneer komt er een veilige oversteek bij het park?",
        "Op de plek van de oude snelweg komt een park. Hoe komen kinderen daar straks veilig? "
        "Nu is er geen zebrapad.",
        "Schuilhoeve, Badhoevedorp",
        (52.3361, 4.7881),
        events=[
            (203, "assign", "Projectteam park"),
            (199, "link", "Een park op de plek van de oude snelweg"),
            (
                195,
                "answer",
                "De oversteek hoort bij het ontwerp van het park. U ziet bij het agendapunt hoe "
                "ver wij zijn. Bij nieuws krijgt u vanzelf een mail.",
            ),
        ],
    ),
    Brought(
        "oversteek-dubbel",
        201,
        NOORD,
        None,
        "vraag",
        "Zebrapad bij het nieuwe park",
        "Mijn kinderen gaan straks naar het nieuwe park. Komt er een zebrapad?",
        "Schuilhoeve, Badhoevedorp",
        (52.3359, 4.7884),
        public=False,
        events=[(200, "merge", "oversteek")],
    ),
    Brought(
        "afval",
        160,
        NOORD,
        BADHOEVEDORP,
        "signaal",
        "Afval naast de containers aan de Pa Verkuyllaan",
        "Elke maandag ligt er afval naast de containers. Vogels trekken de zakken open. Het "
        "wordt steeds meer.",
        "Pa Verkuyllaan, Badhoevedorp",
        (52.3389, 4.7829),
        events=[
            (158, "assign", "Team Afval"),
            (
                133,
                "answer",
                "Wij zijn te laat met dit antwoord, onze excuses. De containers worden voortaan "
                "twee keer per week leeggemaakt. Op maandag loopt er een handhaver mee.",
            ),
            (124, "reopen", "Sinds vorige week ligt er weer afval. Op dinsdag is niemand geweest."),
            (
                115,
                "answer",
                "U had gelijk: de nieuwe planning was niet doorgegeven. Dat is nu wel gebeurd. "
                "Wij kijken vier weken lang elke dinsdag zelf.",
            ),
        ],
    ),
    Brought(
        "geluid",
        90,
        NOORD,
        BADHOEVEDORP,
        "vraag",
        "Waar staan de meetpunten voor vliegtuiggeluid?",
        "De raad wil weten waar de meetpunten staan en waar wij de uitkomsten lezen.",
        "Badhoevedorp",
        events=[
            (88, "assign", "Team Leefomgeving"),
            (
                80,
                "answer",
                "Er staan twee meetpunten in Badhoevedorp. De uitkomsten staan elke maand bij "
                "het agendapunt over geluid. Op het overleg geven wij uitleg.",
            ),
        ],
    ),
    Brought(
        "klacht",
        70,
        NOORD,
        BADHOEVEDORP,
        "signaal",
        "Onrust rond een adres in het dorp",
        "De raad krijgt van buren te horen dat zij zich zorgen maken. Wij bespreken dit liever "
        "niet openbaar.",
        "Badhoevedorp",
        public=False,
        events=[
            (69, "assign", "Team Zorg en Veiligheid"),
            (
                62,
                "answer",
                "Dank voor uw vertrouwen. Onze collega belt de raad deze week hierover.",
            ),
        ],
    ),
    Brought(
        "speeltuin",
        12,
        NOORD,
        BADHOEVEDORP,
        "signaal",
        "Kapotte glijbaan in de speeltuin",
        "De glijbaan heeft een scherpe rand. Er hangt nu lint omheen. Wanneer is hij gemaakt?",
        "Speeltuin Keizersweg, Badhoevedorp",
        (52.3371, 4.7844),
        events=[(11, "assign", "Team Spelen")],
    ),
    Brought(
        "fietsenrek",
        3,
        NOORD,
        BADHOEVEDORP,
        "initiatief",
        "Meer fietsenrekken bij het dorpshuis",
        "Bij activiteiten staan de fietsen tot op de stoep. De raad wil meedenken over een plek.",
        "Dorpshuis Badhoevedorp",
        (52.3384, 4.7810),
    ),
    Brought(
        "hondenveld",
        175,
        NOORD,
        None,
        "vraag",
        "Komt er een veld waar honden los mogen?",
        "In ons dorp is geen plek waar een hond los mag. Kan dat bij het sportpark?",
        "Zwanenburg",
        (52.3781, 4.7480),
        events=[
            (
                168,
                "answer",
                "Bij het sportpark kan het niet, want daar spelen kinderen. Achter de "
                "begraafplaats is wel ruimte. Dat veld is vanaf 1 juni open.",
            )
        ],
    ),
    Brought(
        "bomen",
        110,
        NOORD,
        None,
        "vraag",
        "Why were the trees in our street cut down?",
        "Last week four trees in our street were cut down. Nobody told us. Will new ones come?",
        "Zwanenburg",
        (52.3769, 4.7455),
        language="en",
        events=[
            (
                101,
                "answer",
                "De bomen waren ziek en konden omvallen. Wij hadden u eerder moeten vertellen "
                "dat zij weggingen. In november planten wij vijf nieuwe.",
            )
        ],
    ),
    Brought(
        "tuin",
        40,
        NOORD,
        None,
        "initiatief",
        "Een tuin voor de buurt op het lege veld",
        "Met twaalf buren willen wij een tuin maken op het veld naast de flat. Wij zoeken "
        "iemand die met ons meedenkt.",
        "Lijnden",
        (52.3542, 4.7553),
        events=[
            (37, "assign", "Gebiedsmanager Noord"),
            (
                31,
                "answer",
                "Het veld is van de gemeente en blijft de komende vijf jaar leeg. U mag het "
                "gebruiken. Wij maken samen een afspraak op papier.",
            ),
        ],
    ),
    Brought(
        "parkeren",
        8,
        NOORD,
        None,
        "vraag",
        "Mag ik voor mijn eigen oprit parkeren?",
        "Ik kreeg een waarschuwing terwijl ik voor mijn eigen oprit stond. Klopt dat?",
        "Halfweg",
        public=False,
    ),
    Brought(
        "spaarndam",
        58,
        NOORD,
        None,
        "vraag",
        "Hoe lang is de brug in Spaarndam nog dicht?",
        "Ik fiets elke dag om. Op het bord staat geen datum.",
        "Brug in Spaarndam",
        (52.4131, 4.6885),
        events=[
            (
                54,
                "answer",
                "Tot en met de laatste dag van deze maand. De datum staat nu ook op het bord.",
            )
        ],
    ),
    Brought(
        "heg",
        28,
        NOORD,
        None,
        "vraag",
        "Wie snoeit de heg langs het voetpad?",
        "Met een kinderwagen kom ik er bijna niet meer langs.",
        "Badhoevedorp",
        (52.3399, 4.7802),
        events=[(20, "answer", "Wij doen dat. De heg is vorige week gesnoeid.")],
    ),
    Brought(
        "kruisweg",
        320,
        WEST,
        ZWAANSHOEK,
        "signaal",
        "Fietspad naar Zwaanshoek is te donker",
        "In het najaar is het fietspad zo donker dat ouders hun kinderen brengen met de auto.",
        "Fietspad bij Zwaanshoek",
        (52.3139, 4.6177),
        events=[
            (317, "assign", "Team Openbare Verlichting"),
            (314, "link", "Verlichting op het fietspad naar Zwaanshoek"),
            (
                308,
                "answer",
                "Dit staat nu op de gebiedsagenda. Wij kiezen lampen die alleen aangaan als er "
                "iemand langskomt, vanwege de vleermuizen.",
            ),
        ],
    ),
    Brought(
        "hardrijden",
        260,
        WEST,
        ZWAANSHOEK,
        "signaal",
        "Te hard rijden op de Bennebroekerdijk",
        "Op de dijk rijdt bijna niemand 50. Bewoners durven niet meer over te steken.",
        "Bennebroekerdijk, Zwaanshoek",
        (52.3161, 4.6129),
        events=[
            (258, "assign", "Team Verkeer"),
            (252, "extend", "Wij zetten eerst een week een meetkast neer."),
            (
                231,
                "answer",
                "De helft rijdt harder dan 58. Daarom komen er drie drempels en een smalle plek "
                "bij het bruggetje. Het werk begint na de zomer.",
            ),
        ],
    ),
    Brought(
        "dorpshuis",
        190,
        WEST,
        ZWAANSHOEK,
        "vraag",
        "Mag de dorpskeuken elke week open?",
        "Wij koken nu een keer per maand. Er komen steeds meer mensen. Mogen wij elke week "
        "koken in het dorpshuis?",
        "Dorpshuis Zwaanshoek",
        (52.3152, 4.6166),
        events=[
            (
                186,
                "answer",
                "Ja, dat mag. De vergunning is aangepast. Let u wel op de regels voor de "
                "keuken? Onze collega komt graag langs voor uitleg.",
            )
        ],
    ),
    Brought(
        "sloot",
        120,
        WEST,
        ZWAANSHOEK,
        "signaal",
        "Dode vissen in de sloot langs het dorp",
        "In de sloot liggen dode vissen en het water ruikt. Is het veilig voor kinderen?",
        "Sloot langs de Spieringweg",
        (52.3171, 4.6199),
        events=[
            (119, "assign", "Team Water, met het waterschap"),
            (
                105,
                "answer",
                "Door de hitte zat er te weinig zuurstof in het water. Het waterschap pompt nu "
                "schoon water in. Zwemmen of spelen in de sloot raden wij af tot 1 september.",
            ),
        ],
    ),
    Brought(
        "schouw",
        60,
        WEST,
        ZWAANSHOEK,
        "vraag",
        "Wat is er gedaan met de lijst van de schouw?",
        "In het voorjaar liepen wij samen door het dorp. Van de lijst hoorden wij niets meer.",
        "Zwaanshoek",
        events=[
            (58, "assign", "Gebiedsmanager West"),
            (
                49,
                "answer",
                "Van de 14 punten zijn er 9 klaar. Drie staan in de planning van dit najaar en "
                "twee kunnen niet. De lijst met uitleg is bij deze mail gestuurd aan de "
                "secretaris.",
            ),
        ],
    ),
    Brought(
        "bus",
        16,
        WEST,
        ZWAANSHOEK,
        "vraag",
        "Blijft de bus na 20.00 uur rijden?",
        "Bewoners hoorden dat de late bus verdwijnt. Weet de gemeente hier meer van?",
        "Bushalte Zwaanshoek",
        (52.3149, 4.6158),
        events=[
            (15, "assign", "Team Openbaar Vervoer"),
            (6, "extend", "De provincie beslist volgende week. Daar wachten wij op."),
        ],
    ),
    Brought(
        "paaltjes",
        25,
        WEST,
        ZWAANSHOEK,
        "signaal",
        "Paaltjes op het fietspad vallen niet op",
        "Twee fietsers reden tegen de paaltjes aan. Er staat geen verf meer op.",
        "Fietspad Hoofdweg, Zwaanshoek",
        (52.3144, 4.6190),
        events=[(23, "assign", "Team Verkeer")],
    ),
    Brought(
        "strand",
        140,
        WEST,
        None,
        "vraag",
        "Wanneer is het water bij Vijfhuizen getest?",
        "Wij zwemmen er graag. Hoe vaak wordt het water getest en waar lees ik dat?",
        "Zwemstrand Vijfhuizen",
        (52.3516, 4.6817),
        events=[
            (137, "link", "Zwemstrand Vijfhuizen schoon en veilig"),
            (
                134,
                "answer",
                "Elke twee weken van mei tot oktober. De uitslag hangt bij het strand en staat "
                "bij het agendapunt op deze site.",
            ),
        ],
    ),
    Brought(
        "brug",
        75,
        WEST,
        None,
        "signaal",
        "Losse plank op de brug bij Beinsdorp",
        "Een plank van de brug ligt los. Met een rolstoel kom ik er niet meer over.",
        "Brug bij Beinsdorp",
        (52.2863, 4.5951),
        events=[
            (74, "assign", "Team Bruggen"),
            (72, "answer", "De plank ligt weer vast. Dank dat u het ons liet weten."),
        ],
    ),
    Brought(
        "boekenkast",
        48,
        WEST,
        None,
        "initiatief",
        "Een boekenkast op het plein",
        "Ik wil met de buurt een kast maken waar iedereen boeken mag ruilen.",
        "Cruquius",
        (52.3349, 4.6313),
        events=[
            (
                41,
                "answer",
                "Dat mag, naast het bankje aan de kant van de winkel. U hoeft er niets voor te "
                "betalen. Zet er wel een telefoonnummer op.",
            )
        ],
    ),
    Brought(
        "ijsbaan",
        33,
        WEST,
        None,
        "initiatief",
        "Een ijsbaan op het weiland als het vriest",
        "Wij willen met vrijwilligers een weiland onder water zetten. Wat is daarvoor nodig?",
        "Cruquius",
        (52.3362, 4.6329),
        events=[
            (
                24,
                "answer",
                "Leuk. U hebt een brief nodig van de eigenaar van het weiland. Wij regelen de "
                "verkeersborden en lenen u twee hekken.",
            )
        ],
    ),
    Brought(
        "overlast",
        5,
        WEST,
        None,
        "vraag",
        "Wie helpt bij overlast van een evenement?",
        "Het geluid van het feest was tot diep in de nacht te horen. Met wie praat ik daarover?",
        "Vijfhuizen",
        public=False,
    ),
]
