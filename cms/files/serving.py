"""Giving out a file that a stranger sent, to who may have it."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

#: A file can run nothing, load nothing and send nothing, whatever is in it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


def private_file(
    file: FieldFile, *, content_type: str, name: str, as_attachment: bool
) -> FileResponse:
    """The file, kept by nobody on the way; Http404 where it is not on the disk any more.

    Who may have it is for the caller to know, and that `content_type` follows from its bytes.
    """
    try:
        content = file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        content, content_type=content_type, as_attachment=as_attachment, filename=name
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
