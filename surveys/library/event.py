"""A survey after an evening, a market or another meeting."""

from .entries import OPEN_END, Entry, question, when

EVENT = Entry(
    key="bijeenkomst",
    title="Wat vond u van de bijeenkomst?",
    summary="Zeven korte vragen na een informatieavond, informatiemarkt of wandeling.",
    intro="<p>U was bij een bijeenkomst van de gemeente. Vertel ons wat goed ging en wat beter "
    "kan.</p>",
    use_of_answers="<p>De gebiedsmanager leest alle antwoorden en verbetert er de volgende "
    "bijeenkomst mee.</p>",
    items=(
        question(
            "one_choice",
            "gehoord",
            "Hoe hoorde u van de bijeenkomst?",
            options={
                "brief": "Een brief",
                "nieuwsbrief": "De nieuwsbrief in mijn mail",
                "website": "De website",
                "sociaal": "Sociale media",
                "buren": "Buren of vrienden",
                "raad": "De dorps- of wijkraad",
            },
            other="Anders, namelijk",
        ),
        question(
            "matrix",
            "onderdelen",
            "Wat vond u van deze onderdelen?",
            rows={
                "uitleg": "De uitleg",
                "vragen": "De antwoorden op vragen",
                "plaats": "De plaats",
                "tijd": "De tijd",
            },
            options={"slecht": "slecht", "matig": "matig", "goed": "goed"},
        ),
        question(
            "one_choice",
            "gehoordworden",
            "Kon u zeggen wat u wilde zeggen?",
            options={"ja": "Ja", "deels": "Een deel ervan", "nee": "Nee"},
        ),
        question(
            "long_text",
            "gemist",
            "Wat had u nog willen zeggen of vragen?",
            condition=when("gehoordworden", "differs", "ja"),
            **OPEN_END,
        ),
        question(
            "scale",
            "cijfer",
            "Welk cijfer geeft u de bijeenkomst?",
            maximum="10",
            low_label="heel slecht",
            high_label="heel goed",
        ),
        question(
            "one_choice",
            "vaker",
            "Komt u een volgende keer weer?",
            options={"ja": "Ja", "misschien": "Misschien", "nee": "Nee"},
        ),
        question("long_text", "beter", "Wat kan de volgende keer beter?", **OPEN_END),
    ),
)
