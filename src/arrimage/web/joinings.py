"""The address of a service that was joined to another leads to the one that stayed."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import redirect

from arrimage.directory.upkeep.joining import joined_into

View = Callable[..., Any]


def follow_joinings(page: str) -> Callable[[View], View]:
    """Have a view of one service, which answers 404 without it, redirect for good to `page` of the one it is now."""

    def decorate(view: View) -> View:
        @wraps(view)
        def show(request: HttpRequest, uid: UUID) -> Any:
            try:
                return view(request, uid)
            except Http404:
                if (kept := joined_into(uid)) is None:
                    raise
                return redirect(page, uid=kept.uid, permanent=True)

        return show

    return decorate
