"""What a letter and a mail say where the editor wrote nothing; in Dutch, as they go out."""

import re

from django.utils.translation import gettext as _

from ..models import Collector

#: What neither a mail nor a document can hold (XML 1.0).
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def letter_text(collector: Collector) -> str:
    """The text of a letter, in paragraphs with an empty line between them."""
    return collector.letter_text.strip() or _(
        "Beste lezer,\n\n"
        "Wij horen graag wat u vindt. Wilt u onze enquête invullen? Scan de code hieronder met uw "
        "telefoon. Of ga naar de website en vul uw code in.\n\n"
        "Uw antwoorden zijn anoniem. Wij kunnen niet zien welke antwoorden bij welke code horen. "
        "Elke code telt één keer."
    )


def mail_subject(collector: Collector) -> str:
    """The subject of an invitation."""
    found = collector.mail_subject.strip() or _("Wilt u onze enquête invullen? %(title)s") % {
        "title": collector.survey.title
    }
    return " ".join(NOT_XML.sub("", found).split())


def mail_text(collector: Collector) -> str:
    """The text of an invitation, in paragraphs with an empty line between them."""
    return collector.mail_text.strip() or _(
        "Beste lezer,\n\n"
        "Wij horen graag wat u vindt. Met de knop hieronder komt u bij de vragen. De link is voor "
        "u alleen en telt één keer. Stuur hem dus niet door.\n\n"
        "Uw antwoorden zijn anoniem. Zodra u ze verstuurt, gooien wij uw e-mailadres weg."
    )


def paragraphs(text: str) -> list[str]:
    """Paragraphs of a plain text."""
    text = NOT_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return [part.strip() for part in text.split("\n\n") if part.strip()]
