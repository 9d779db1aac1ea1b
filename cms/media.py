"""Videos and their captions among the documents, in parts where a browser asks for parts.

Safari plays a video only from a server that knows ranges (RFC 9110, section 14), and nobody can
jump through one otherwise. Wagtail's own view sends whole files only.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents import get_document_model

VIDEO_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
MEDIA_TYPES = VIDEO_TYPES | {"vtt": "text/vtt; charset=utf-8"}
CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@require_safe
def media_document(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """`GET /documenten/<pk>/<name>`: a video or captions among the documents, or a part of it.

    Stands before Wagtail's own view, and asks the same hooks who may have it.
    """
    document = get_object_or_404(get_document_model(), pk=document_id)
    if document.filename != filename:
        raise Http404
    for ask in hooks.get_hooks("before_serve_document"):
        refused = ask(document, request)
        if isinstance(refused, HttpResponseBase):
            return refused
    return serve_media(document, request)


def serve_media(document, request: HttpRequest) -> HttpResponseBase:
    """The answer for a video or captions, whole or the part asked for.

    Several parts at once are answered with the whole, as a server may. 416 for a part beyond the
    end.
    """
    kind = MEDIA_TYPES[document.file_extension.lower()]
    # Asking the document for a hash it lacks would write one: a GET changes nothing.
    tag = quote_etag(document.file_hash or document.file.name)
    known = get_conditional_response(request, etag=tag)
    if known is not None:
        return known
    try:
        file, size = document.file.open("rb"), document.file.size
    except OSError:
        raise Http404 from None
    part = _part(request, size, tag)
    if part is None:
        response = FileResponse(file, content_type=kind)
        response["Content-Length"] = str(size)
    elif part[0] > part[1]:
        file.close()
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    else:
        first, last = part
        response = StreamingHttpResponse(
            _pieces(file, first, last - first + 1), status=206, content_type=kind
        )
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
        response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = tag
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


def _part(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    """First and last byte that are asked for, the first after the last where there is no such part.

    None for the whole file.
    """
    found = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if found is None or not any(found.groups()):
        return None
    if request.headers.get("If-Range", tag) != tag:
        return None
    first, last = found.groups()
    if not first:
        length = int(last)
        return (max(0, size - length), size - 1) if length else (1, 0)
    if int(first) >= size or (last and int(last) < int(first)):
        return 1, 0
    return int(first), min(int(last), size - 1) if last else size - 1


def _pieces(file: BinaryIO, first: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        while length > 0:
            piece = file.read(min(CHUNK, length))
            if not piece:
                return
            length -= len(piece)
            yield piece
