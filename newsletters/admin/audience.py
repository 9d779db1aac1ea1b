"""How many addresses the choices on the form of an edition come to, before they are saved."""

from dataclasses import fields

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ..sending.audience import Audience, foreign_parts
from ..sending.recipients import recipients

MOST = 500  # choices in one field
LONGEST = 18  # digits


@require_POST
def audience_size(request: HttpRequest) -> JsonResponse:
    """POST `/beheer/nieuwsbrieven/aantal/` with the fields `to_…`: {"text": words}.

    Tells no number where something of another area was chosen.
    """
    audience = Audience(
        **{field.name: _ids(request.POST.getlist(f"to_{field.name}")) for field in fields(Audience)}
    )
    response = JsonResponse({"text": _size(audience, request.user)})
    response["Cache-Control"] = "private, no-store"
    return response


def _ids(values: list[str]) -> tuple[int, ...]:
    return tuple(
        int(value)
        for value in values[:MOST]
        if value.isascii() and value.isdigit() and len(value) <= LONGEST
    )


def _size(audience: Audience, user) -> str:
    if audience.is_empty:
        return _("U hebt nog niemand gekozen.")
    foreign = foreign_parts(user=user, audience=audience)
    if foreign:
        return _("Dit gaat ook naar %(areas)s. De nieuwsbriefredactie verzendt hem.") % {
            "areas": ", ".join(foreign)
        }
    found = recipients(audience)
    number = sum(not recipient.trouble for recipient in found)
    words = ngettext(
        "Nu gekozen: %(number)d adres krijgt de mail.",
        "Nu gekozen: %(number)d adressen krijgen de mail.",
        number,
    ) % {"number": number}
    left_out = len(found) - number
    if not left_out:
        return words
    more = ngettext(
        "%(number)d adres krijgt hem niet, bijvoorbeeld omdat het is geblokkeerd.",
        "%(number)d adressen krijgen hem niet, bijvoorbeeld omdat ze zijn geblokkeerd.",
        left_out,
    ) % {"number": left_out}
    return f"{words} {more}"
