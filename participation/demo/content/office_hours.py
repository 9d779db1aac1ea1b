"""Office hours: where, with whom and when."""

from datetime import date, time, timedelta

from participation.demo.clock import Clock

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(6)


def second_of_month(clock: Clock, weekday: int, *, after: int) -> date:
    """The first second-such-weekday of a month that is more than `after` days away."""
    for months in range(4):
        first = clock.month(months)
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7)
        if (day - clock.today).days > after:
            return day
    raise AssertionError("every month has one")


def office_hours(clock: Clock) -> list[dict]:
    """`parent` is an area's code or a project's key; `at` is (latitude, longitude)."""
    market = clock.next_weekday(WEDNESDAY, after=7)
    evening = second_of_month(clock, THURSDAY, after=3)
    return [
        {
            "parent": "haarlemmermeer-noord",
            "title": "Spreekuur op de markt van Badhoevedorp",
            "slug": "markt-badhoevedorp",
            "picture": "markt",
            "summary": "De omgevingsmanager staat elke woensdag op de markt voor al uw vragen.",
            "host": (
                "Omgevingsmanager Badhoevedorp",
                "Omgevingsmanager",
                "badhoevedorp@example.nl",
            ),
            "about": "<p>Over het park op de oude snelweg, verkeer, bouwplannen en alles wat u in "
            "het dorp ziet. U krijgt meteen antwoord, of binnen twee weken.</p>",
            "place": "Lindenplein, Badhoevedorp",
            "at": (52.3392, 4.7838),
            "directions": "De kraam staat bij de fietsenstalling. Bushalte Badhoevedorp Centrum is "
            "op drie minuten lopen. Parkeren kan achter de winkels.",
            "access": ("ja", "nee", "Nederlands en Engels"),
            "series": [
                {
                    "frequency": "week",
                    "weekday": WEDNESDAY,
                    "first": clock.day(-200),
                    "start_time": time(10),
                    "end_time": time(12, 30),
                }
            ],
            "exceptions": [
                {"date": market, "kind": "vervalt", "reason": "De markt gaat deze week niet door."}
            ],
        },
        {
            "parent": "spoorzone",
            "title": "Inloop Spoorzone",
            "slug": "inloop-spoorzone",
            "picture": "tafel",
            "summary": "Elke maand kunt u binnenlopen bij de mensen van het project Spoorzone.",
            "host": ("Omgevingsmanager Spoorzone", "Omgevingsmanager", "spoorzone@example.nl"),
            "about": "<p>Bekijk de tekeningen en praat met een ontwerper. Neem gerust een foto van "
            "uw straat mee.</p>",
            "place": "Bibliotheek, Raadhuisplein, Hoofddorp",
            "at": (52.3045, 4.6935),
            "directions": "Eerste verdieping, met de lift bereikbaar. Fietsen stalt u gratis onder "
            "het plein.",
            "access": ("ja", "ja", "Nederlands, Engels en Turks"),
            "series": [
                {
                    "frequency": "maand",
                    "week_of_month": 2,
                    "weekday": THURSDAY,
                    "first": clock.day(-160),
                    "start_time": time(16),
                    "end_time": time(19),
                }
            ],
            "exceptions": [
                {
                    "date": evening,
                    "kind": "verplaatst",
                    "new_date": evening + timedelta(days=1),
                    "new_start": time(15),
                    "new_end": time(18),
                    "reason": "De bibliotheek heeft een feestavond.",
                }
            ],
        },
        {
            "parent": "haarlemmermeer-west",
            "title": "Koffie met de gebiedsmanager in Vijfhuizen",
            "slug": "koffie-vijfhuizen",
            "picture": "polder",
            "summary": "Elke eerste dinsdag van de maand in het dorpshuis, met koffie.",
            "host": ("Gebiedsmanager West", "Gebiedsmanager", "west@example.nl"),
            "about": "<p>Over alles wat in uw dorp speelt. Er is altijd iemand van de dorpsraad "
            "bij.</p>",
            "place": "Dorpshuis, Vijfhuizen",
            "at": (52.3507, 4.6805),
            "directions": "De ingang is aan het plein. Er is een gehandicaptenparkeerplaats voor "
            "de deur.",
            "access": ("ja", "ja", "Nederlands"),
            "series": [
                {
                    "frequency": "maand",
                    "week_of_month": 1,
                    "weekday": TUESDAY,
                    "first": clock.day(-300),
                    "start_time": time(9, 30),
                    "end_time": time(11),
                }
            ],
        },
        {
            "parent": "haarlemmermeer-zuidoost",
            "title": "Spreekuur in Rijsenhout",
            "slug": "spreekuur-rijsenhout",
            "picture": "kassen",
            "summary": "Om de week op maandagavond in het dorpshuis van Rijsenhout.",
            "host": ("Gebiedsmanager Zuidoost", "Gebiedsmanager", "zuidoost@example.nl"),
            "about": "<p>Over kassen, dijken, woningen en vragen over het dorp.</p>",
            "place": "Dorpshuis De Reede, Rijsenhout",
            "at": (52.2612, 4.7142),
            "directions": "Bushalte voor de deur. Er is één trede; een losse helling ligt klaar.",
            "access": ("ja", "nee", "Nederlands en Pools"),
            "series": [
                {
                    "frequency": "week",
                    "interval": 2,
                    "weekday": MONDAY,
                    "first": clock.next_weekday(MONDAY, after=-20),
                    "start_time": time(19),
                    "end_time": time(20, 30),
                }
            ],
        },
        {
            "parent": "hoofddorp-zuidwest",
            "title": "Wijkspreekuur Floriande en Overbos",
            "slug": "wijkspreekuur-floriande",
            "picture": "wijk",
            "summary": "De gebiedsmanager en de wijkagent, elke laatste vrijdag van de maand.",
            "host": (
                "Gebiedsmanager Hoofddorp-Zuidwest",
                "Gebiedsmanager",
                "hoofddorp-zuidwest@example.nl",
            ),
            "about": "<p>Over speelplekken, groen, verkeer en veiligheid.</p>",
            "place": "Wijkcentrum Floriande, Hoofddorp",
            "at": (52.3098, 4.6422),
            "directions": "Naast het winkelcentrum. Ingang zonder drempel.",
            "access": ("ja", "nee", "Nederlands, Engels en Arabisch"),
            "series": [
                {
                    "frequency": "maand",
                    "week_of_month": -1,
                    "weekday": FRIDAY,
                    "first": clock.day(-100),
                    "start_time": time(14),
                    "end_time": time(16),
                }
            ],
        },
        {
            "parent": "nieuw-vennep",
            "title": "Informatiemarkt Nieuw-Vennep",
            "slug": "informatiemarkt",
            "picture": "dorp",
            "summary": "Twee keer per jaar staan alle plannen voor Nieuw-Vennep bij elkaar.",
            "host": ("Gebiedsmanager Nieuw-Vennep", "Gebiedsmanager", "nieuw-vennep@example.nl"),
            "about": "<p>Praat met de mensen van elk project: het centrum, de Weg om de Zuid, de "
            "speelplekken en de warmte in Linquenda.</p>",
            "place": "De Symfonie, Nieuw-Vennep",
            "at": (52.2672, 4.6288),
            "directions": "Vijf minuten lopen van het station. Gratis parkeren aan de achterkant.",
            "access": ("ja", "ja", "Nederlands; tolk op verzoek"),
            "moments": [
                {
                    "date": clock.next_weekday(SATURDAY, after=19),
                    "start_time": time(11),
                    "end_time": time(15),
                    "note": "Met een hoek voor kinderen.",
                },
                {
                    "date": clock.next_weekday(SATURDAY, after=198),
                    "start_time": time(11),
                    "end_time": time(15),
                    "note": "",
                },
            ],
        },
        {
            "parent": "nieuw-vennep",
            "title": "Spreekuur Weg om de Zuid",
            "slug": "spreekuur-weg-om-de-zuid",
            "picture": "weg",
            "project": "weg",
            "summary": "Vragen over geluid, planning of uw straat? De omgevingsmanager legt het "
            "uit.",
            "host": (
                "Omgevingsmanager Weg om de Zuid",
                "Omgevingsmanager",
                "wegomdezuid@example.nl",
            ),
            "about": "<p>Er liggen kaarten op tafel. U kunt een geluidskaart van uw straat "
            "meenemen.</p>",
            "appointment": "Maak een afspraak per mail, of loop binnen.",
            "place": "Bibliotheek, Nieuw-Vennep",
            "at": (52.2664, 4.6312),
            "directions": "Ingang aan het plein, met een lift.",
            "access": ("ja", "ja", "Nederlands"),
            "moments": [
                {
                    "date": clock.next_weekday(TUESDAY, after=9 + 28 * number),
                    "start_time": time(18),
                    "end_time": time(20),
                    "note": "",
                }
                for number in range(4)
            ],
        },
    ]
