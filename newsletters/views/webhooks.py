"""Where the server of a mail provider tells what became of our mails; one address for each.

Only for providers that `EMAIL_WEBHOOKS` names, and only with `EMAIL_WEBHOOK_SECRET`.
"""

import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

logger = logging.getLogger(__name__)


@csrf_exempt
def mail_webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """Let django-anymail check and read a report; 400 for what is forged or not understood."""
    if provider not in settings.EMAIL_WEBHOOKS or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise Http404
    from ..bounces.webhooks import view_of  # takes a while to load, and most sites have none

    view = view_of(provider)
    if view is None:
        raise Http404
    try:
        response = view(request)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        # It knew the secret, so it is the provider, or a version of it that we cannot read.
        logger.error("A report of %s could not be read: %r", provider, error)
        response = HttpResponse(status=400)
    response["Cache-Control"] = "no-store"
    return response
