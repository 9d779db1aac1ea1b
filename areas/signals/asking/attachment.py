"""Giving out a file of a signal to who may have it."""

import uuid

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cms.files.serving import private_file

from .. import readers
from ..links import signal_for_token
from ..models import Attachment, Signal


@require_safe
def attachment(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """`GET /signalen/bijlage/<uuid>/?sleutel=…`: a photo to look at, a PDF to download.

    For who may read the signal, and with `sleutel`, the token of a signal's status, for who asked.
    All others get the same answer as for a file that is not there.
    """
    found = get_object_or_404(
        Attachment.objects.select_related("signal").defer(
            "signal__geometry", "signal__map_geometry"
        ),
        pk=pk,
    )
    if not readers.may_read(request, found.signal):
        raise Http404
    return private_file(
        found.file,
        content_type=found.content_type,
        name=found.name,
        as_attachment=not found.is_image,
    )


def holds_status_link(request: HttpRequest, signal: Signal) -> bool:
    """Who asked as a resident, by the token of the status page."""
    token = request.GET.get("sleutel", "")
    if not token or signal.council_id is not None:
        return False
    asked = signal_for_token(token)
    return asked is not None and asked.pk == signal.pk


readers.register("status-link", holds_status_link)
