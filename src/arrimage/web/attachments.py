"""Giving back a document: found through the record it belongs to, written in the read journal, never kept by a cache.

A picture may be shown in a page (`apercu/`): it was written anew by us. Everything else is downloaded only: browsers do
not show a PDF inside the sandbox that this content is given.
"""

from uuid import UUID

from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.attachments.models import Attachment
from arrimage.attachments.queries import attachment_for
from arrimage.attachments.storage import open_content
from arrimage.privacy.journal.enums import ObjectKind, What
from arrimage.web.access import allows
from arrimage.web.journal import read
from arrimage.web.requests import ActingRequest

READERS = (Right.ACCOMPANY, Right.RECEIVE_ARRIVALS, Right.MANAGE_PRIVACY, Right.SEE_OWN_FILE)


@allows(*READERS)
@require_safe
def download(request: ActingRequest, uid: UUID) -> HttpResponseBase:
    """Answer with a document, to be saved."""
    return _given(_found(request, uid), as_attachment=True)


@allows(*READERS)
@require_safe
def preview(request: ActingRequest, uid: UUID) -> HttpResponseBase:
    """Answer with a picture, to be shown; with 404 for any other type."""
    attachment = _found(request, uid, pictures_only=True)
    return _given(attachment, as_attachment=False)


def _found(request: ActingRequest, uid: UUID, *, pictures_only: bool = False) -> Attachment:
    """Return an attachment and write down who opened it; hidden, destroyed and absent are the same: 404."""
    found = attachment_for(request.actor, uid)
    if found is None:
        raise Http404
    attachment, about = found
    if pictures_only and not attachment.is_image:
        raise Http404
    if about is not None:
        read(request, about, What.ATTACHMENT, kind=ObjectKind.DOCUMENT, uid=attachment.uid)
    return attachment


def _given(attachment: Attachment, *, as_attachment: bool) -> StreamingHttpResponse:
    """Stream the content, verified whole before; a content that does not open is a refusal with its sentence."""
    response = StreamingHttpResponse(open_content(attachment), content_type=attachment.media_type)
    response["Content-Length"] = str(attachment.size)
    response["Content-Disposition"] = content_disposition_header(as_attachment, attachment.name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
