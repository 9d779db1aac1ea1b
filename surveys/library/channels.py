"""The survey of eight questions on how people want to reach the municipality."""

from .entries import OPEN_END, Entry, question

WAYS = {
    "telefoon": "Telefoon",
    "balie": "Balie",
    "mail": "E-mail",
    "website": "Website",
    "sociaal": "Sociale media",
    "chat": "Live chat",
}

CHANNELS = Entry(
    key="kanalen",
    title="Hoe wilt u contact met de gemeente?",
    summary="Acht vragen over telefoon, balie, e-mail, website, sociale media en live chat. "
    "Vertrouwelijk en anoniem.",
    intro="<p>Wij willen weten hoe u ons het liefst bereikt als u iets vraagt of meldt. Deze "
    "enquête gaat naar bewoners, ondernemers, belangengroepen en het digitale panel.</p>",
    use_of_answers="<p>Medewerkers van de gemeente lezen de antwoorden. Met de uitkomst kiezen wij "
    "waar wij beter bereikbaar worden.</p>",
    items=(
        question(
            "one_choice",
            "rol",
            "Hoe antwoordt u?",
            required=True,
            options={
                "bewoner": "Als bewoner",
                "ondernemer": "Als ondernemer",
                "groep": "Namens een belangengroep",
                "panel": "Als lid van het digitale panel",
            },
        ),
        question(
            "several_choices",
            "gebruikt",
            "Hoe had u het afgelopen jaar contact met de gemeente?",
            options=WAYS,
            none="Ik had geen contact",
        ),
        question(
            "several_choices",
            "onderwerp",
            "Waarover ging het?",
            help_text="Had u geen contact? Sla deze vraag over.",
            options={
                "aanvraag": "Iets aanvragen, zoals een paspoort",
                "melding": "Iets melden op straat",
                "vraag": "Een vraag",
                "klacht": "Een idee of klacht",
            },
            other="Iets anders, namelijk",
        ),
        question("one_choice", "aanvragen", "Hoe vraagt u het liefst iets aan?", options=WAYS),
        question(
            "one_choice",
            "melden",
            "Hoe meldt u het liefst iets, zoals een losse tegel?",
            options=WAYS,
        ),
        question(
            "matrix",
            "oordeel",
            "Wat vindt u van deze manieren?",
            help_text="Sla over wat u niet kent.",
            rows=WAYS,
            options={"slecht": "slecht", "matig": "matig", "goed": "goed"},
        ),
        question(
            "nps",
            "aanraden",
            "Zou u de website van de gemeente aanraden aan iemand die iets wil regelen?",
            low_label="zeker niet",
            high_label="zeker wel",
        ),
        question("long_text", "beter", "Wat kan er beter?", **OPEN_END),
    ),
)
