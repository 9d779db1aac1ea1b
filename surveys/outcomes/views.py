"""The public page of whoever wants no more mail about an outcome."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from cms.private_pages import for_one_person

from ..models import ContactAddress
from .mails import contact_in
from .services import forget_address

TEMPLATE = "surveys/outcomes/no_news.html"


@for_one_person
@require_http_methods(["GET", "HEAD", "POST"])
def no_news(request: HttpRequest, token: str) -> HttpResponse:
    """`/enquetes/bericht/<token>/`: no more mail about this survey; a POST removes the address.

    A GET changes nothing, as programs look at links in mails. Mail programs post without our form
    (RFC 8058), so the page is exempt from the check on forms of other sites: only who got the
    mail has the token. 410 where the address is gone, or the link is not ours.
    """
    found = contact_in(token)
    contact = (
        ContactAddress.objects.select_related("survey").filter(pk=found).first() if found else None
    )
    if contact is None:
        status = HTTPStatus.GONE
        return render(request, TEMPLATE, {"is_gone": True}, status=status)
    if request.method == "POST":
        forget_address(contact=contact)
        return redirect("survey_no_news_done")
    return render(request, TEMPLATE, {"survey": contact.survey})


@for_one_person
@require_safe
def no_news_done(request: HttpRequest) -> HttpResponse:
    """`GET /enquetes/bericht/gewist/`: the address is gone; says nothing of whose it was."""
    return render(request, TEMPLATE, {"is_done": True})
