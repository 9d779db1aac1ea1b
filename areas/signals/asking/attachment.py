"""Giving out a file of a signal to who may have it."""

import uuid

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from .. import readers
from ..links import signal_for_token
from ..models import Attachment, Signal

#: A file can run nothing, load nothing and send nothing, whatever is in it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


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
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content,
        content_type=found.content_type,
        as_attachment=not found.is_image,
        filename=found.name,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response


def holds_status_link(request: HttpRequest, signal: Signal) -> bool:
    """Who asked as a resident, by the token of the status page."""
    token = request.GET.get("sleutel", "")
    if not token or signal.council_id is not None:
        return False
    asked = signal_for_token(token)
    return asked is not None and asked.pk == signal.pk


readers.register("status-link", holds_status_link)
