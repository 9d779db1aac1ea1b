"""A survey about a playground that gets new equipment."""

from .entries import OPEN_END, Entry, pictures, question

PLAYGROUND = Entry(
    key="speelplek",
    title="Hoe ziet uw speelplek eruit?",
    summary="Negen vragen over een nieuwe speelplek, met foto's van toestellen en een plek op de "
    "kaart.",
    intro="<p>Deze speelplek krijgt nieuwe toestellen. Vul de enquête gerust samen met uw kind "
    "in.</p>",
    use_of_answers="<p>De ontwerper leest alle antwoorden. De toestellen die het vaakst gekozen "
    "zijn, komen in het ontwerp, als ze passen en veilig zijn.</p>",
    items=(
        question(
            "one_choice",
            "leeftijd",
            "Hoe oud zijn de kinderen voor wie u antwoordt?",
            required=True,
            options={
                "peuter": "0 tot en met 3 jaar",
                "kleuter": "4 tot en met 7 jaar",
                "schoolkind": "8 tot en met 12 jaar",
                "tiener": "13 jaar en ouder",
            },
        ),
        question(
            "one_choice",
            "hoevaak",
            "Hoe vaak komt u op deze speelplek?",
            options={
                "dag": "Bijna elke dag",
                "week": "Elke week",
                "maand": "Elke maand",
                "minder": "Minder vaak",
            },
        ),
        question(
            "image_choice",
            "toestel",
            "Welke toestellen wilt u het liefst?",
            max_choices=2,
            shuffle=True,
            options=pictures(
                schommel="Schommel", glijbaan="Glijbaan", wip="Wip", klimnet="Klimnet"
            ),
        ),
        question(
            "several_choices",
            "mist",
            "Wat mist u nu?",
            options={
                "schaduw": "Schaduw",
                "water": "Water om mee te spelen",
                "bank": "Een bank",
                "rolstoel": "Een toestel voor kinderen in een rolstoel",
                "hek": "Een hek",
            },
            none="Ik mis niets",
            other="Iets anders, namelijk",
        ),
        question(
            "shapes",
            "plek",
            "Waar moet iets nieuws komen?",
            help_text="Schrijf bij een punt wat daar moet komen. Overslaan mag.",
            shape="point",
            most=3,
            max_vertices=50,
            remarks=True,
            options=[],
        ),
        question(
            "scale",
            "veilig",
            "Hoe veilig is de weg naar de speelplek?",
            maximum="5",
            low_label="heel onveilig",
            high_label="heel veilig",
        ),
        question("short_text", "leukste", "Wat is nu het leukste daar?", max_length=200),
        question(
            "file",
            "foto",
            "Hebt u een foto van de speelplek?",
            help_text="Zoals van wat kapot is, of van wat juist goed is. Overslaan mag.",
            kinds="photo",
            max_files=2,
            max_mb=10,
        ),
        question("long_text", "idee", "Hebt u nog een idee?", **OPEN_END),
    ),
)
