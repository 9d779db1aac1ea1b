"""Surveys and polls: when they are open and what became of them."""

from participation.demo.clock import Clock

from . import library_answers
from .playground_languages import PLAYGROUND as PLAYGROUND_LANGUAGES
from .questions import NOISE, PLAY_PLACE, STREETS, WIND

USE = (
    "<p>De antwoorden zijn anoniem. Medewerkers van de gemeente lezen ze. {who} beslist. Wat er "
    "met uw inbreng gebeurt, leest u op deze pagina.</p>"
)


def surveys(clock: Clock) -> list[dict]:
    """Open, closed and planned surveys. `parent` is a project's key or an area's code.

    `library` is the key of a survey in the library, whose questions come after the own ones.
    `collectors` are links of its own, by name. `words` are translations of Dutch texts, in the
    order that `languages` tells.
    """
    return [
        {
            "parent": "spoorzone",
            "title": "Wat vindt u belangrijk in uw straat?",
            "slug": "straten-en-groen",
            "summary": "Vijf vragen over straten en groen in de Spoorzone. Ongeveer drie minuten.",
            "intro": "<p>Wij ontwerpen de eerste vier straten bij het station. U bepaalt mee hoe "
            "ze eruitzien.</p>",
            "opens": -14,
            "closes": 24,
            "due": 60,
            "questions": STREETS,
            "use": USE.format(who="Het college"),
            "responses": 63,
        },
        {
            "parent": "speelplekken",
            "title": "Hoe ziet uw speelplek eruit?",
            "slug": "speelplekken",
            "summary": "Tien vragen over de speelplek in uw wijk, met foto's van toestellen en "
            "een plek op de kaart.",
            "intro": "<p>Vul de enquête gerust samen met uw kind in. Zet bij de kaart een punt op "
            "de plek die u bedoelt.</p>",
            "opens": -8,
            "closes": 33,
            "due": 68,
            "questions": PLAY_PLACE,
            "library": "speelplek",
            "answers": library_answers.PLAYGROUND,
            "languages": {"en": 0, "ar": 1},
            "words": PLAYGROUND_LANGUAGES,
            "use": USE.format(who="De gebiedsmanager"),
            "responses": 88,
        },
        {
            "parent": "hoofddorp-centrum",
            "title": "Hoe wilt u contact met de gemeente?",
            "slug": "contact-met-de-gemeente",
            "summary": "Acht vragen over telefoon, balie, e-mail, website, sociale media en live "
            "chat. Vertrouwelijk en anoniem.",
            "intro": "<p>Wij willen weten hoe u ons het liefst bereikt als u iets vraagt of meldt. "
            "Deze enquête gaat naar bewoners, ondernemers, belangengroepen en het digitale "
            "panel.</p>",
            "opens": -20,
            "closes": 40,
            "due": 75,
            "questions": [],
            "library": "kanalen",
            "answers": library_answers.CHANNELS,
            "collectors": library_answers.CHANNEL_COLLECTORS,
            "use": USE.format(who="Het college"),
            "responses": 140,
        },
        {
            "parent": "wind",
            "title": "Waar moeten wij op letten bij windmolens?",
            "slug": "windmolens",
            "summary": "Vier vragen over het zoekgebied in het zuiden van de polder.",
            "intro": "<p>U geeft hiermee advies aan de gemeenteraad.</p>",
            "opens": -270,
            "closes": -215,
            "due": -150,
            "questions": WIND,
            "use": USE.format(who="De gemeenteraad"),
            "responses": 212,
            "outcome": "<p><b>Wat wij hoorden.</b> Er kwamen 212 reacties. Afstand tot huizen, "
            "geluid en een eerlijk deel van de opbrengst werden het vaakst genoemd.</p><p><b>Wat "
            "wij overnemen.</b> De raad vraagt het Rijk om een vaste afstand tot huizen. De helft "
            "van de windmolens wordt van bewoners. De molens staan stil als er veel vogels "
            "trekken.</p><p><b>Wat wij niet overnemen.</b> Alleen zon op daken is niet genoeg. Wij "
            "zoeken daarom verder.</p>",
            "outcome_day": -150,
        },
        {
            "parent": "weg",
            "title": "Geluid en groen langs de Weg om de Zuid",
            "slug": "geluid-en-groen",
            "summary": "Vier vragen over geluid, wallen en bomen langs de nieuwe weg.",
            "intro": "<p>Per wijk maken wij samen een plan tegen geluid.</p>",
            "opens": 16,
            "closes": 58,
            "due": 95,
            "questions": NOISE,
            "use": USE.format(who="De gemeenteraad"),
            "responses": 0,
        },
    ]


#: key -> (question, explanation, area code or None, open, [(answer, votes)])
POLLS = {
    "wind": (
        "Wat vindt u het belangrijkst bij windmolens?",
        "Een snelle peiling. De uitslag gaat mee naar de gemeenteraad.",
        "haarlemmermeer-zuidoost",
        True,
        [("Afstand tot huizen", 84), ("Een deel van de opbrengst", 41), ("Het uitzicht", 23)],
    ),
    "thuis": (
        "Hoe hoort u het liefst wat er in uw buurt gebeurt?",
        "Zo weten wij waar wij het nieuws moeten brengen.",
        None,
        True,
        [
            ("Met een nieuwsbrief in mijn mail", 96),
            ("Met een brief in de bus", 58),
            ("Op deze website", 44),
            ("Van de dorps- of wijkraad", 31),
        ],
    ),
}
