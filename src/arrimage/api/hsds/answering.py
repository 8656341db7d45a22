"""How a program is answered: JSON, open to any site, with a mark by which an unchanged answer is not sent again."""

import json
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _

from arrimage.foundation.errors import InvalidInput
from arrimage.web.access import open_to_all

View = Callable[..., Any]
_READ = ("GET", "HEAD")
_A_MINUTE = "public, max-age=60"


def public_json(view: View) -> Callable[..., HttpResponseBase]:
    """Make a view of a function that returns what JSON can say, or a redirection: open to all, read only, errors in
    JSON too."""

    @open_to_all
    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _open(HttpResponse(status=204))
        if request.method not in _READ:
            return _open(_json({"error": _("Ces adresses ne font que se lire.")}, 405))
        try:
            content = view(request, **kwargs)
        except InvalidInput as error:
            return _open(_json({"error": str(error), "parameter": error.field}, 400))
        except Http404:
            return _open(_json({"error": _("Rien ici ne porte cet identifiant.")}, 404))
        if isinstance(content, HttpResponse):  # another address has it
            return _open(content)
        response = _json(content, 200)
        etag = f'"{sha256(response.content).hexdigest()[:32]}"'
        response["ETag"], response["Cache-Control"] = etag, _A_MINUTE
        return _open(get_conditional_response(request, etag=etag, response=response) or response)

    return answer


def paged(page: "Page[Any]", contents: list[Any]) -> dict[str, Any]:
    """Return a page of a list, as the standard frames it."""
    return {
        "total_items": page.paginator.count,
        "total_pages": page.paginator.num_pages,
        "page_number": page.number,
        "size": len(contents),
        "first_page": page.number == 1,
        "last_page": not page.has_next(),
        "empty": not contents,
        "contents": contents,
    }


def _json(content: Any, status: int) -> HttpResponse:
    return HttpResponse(json.dumps(content, ensure_ascii=False), content_type="application/json", status=status)


def _open(response: HttpResponseBase) -> HttpResponseBase:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response["Access-Control-Allow-Headers"] = "If-None-Match"
    response["Access-Control-Expose-Headers"] = "ETag"
    response["Allow"] = "GET, HEAD, OPTIONS"
    patch_vary_headers(response, ["Accept-Language"])
    return response
