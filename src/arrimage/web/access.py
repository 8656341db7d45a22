"""Who may open a page. Every view carries a mark; a view without one is refused (`middleware.RefuseUnlessAllowed`)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor
from arrimage.foundation.errors import DomainError, InvalidInput, NotAllowed

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Access:
    """The mark of a view: open to all, or to whoever is signed in, or to a role holding one of `rights`."""

    public: bool = False
    signed_in: bool = False
    rights: frozenset[Right] = frozenset()

    def admits(self, request: HttpRequest) -> bool:
        """Say whether the person of this request may open the view."""
        if self.public:
            return True
        if self.signed_in:
            return request.user.is_authenticated
        actor: Actor | None = getattr(request, "actor", None)
        return actor is not None and any(actor.may(right) for right in self.rights)


PUBLIC = Access(public=True)
SIGNED_IN = Access(signed_in=True)


def allows(*rights: Right) -> Callable[[View], View]:
    """Mark a view (function or class) as open to whoever acts in a role that holds at least one of `rights`."""
    if not rights:
        raise ValueError("allows() needs at least one right; say open_to_all or signed_in otherwise")
    return _mark(Access(rights=frozenset(rights)))


def open_to_all(view: View) -> View:
    """Mark a view as public: no account needed."""
    return _mark(PUBLIC)(view)


def signed_in(view: View) -> View:
    """Mark a view as open to any signed-in person, whatever their role (even without one)."""
    return _mark(SIGNED_IN)(view)


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return the mark of a view, or of the class it was made from."""
    for bearer in (view, getattr(view, "view_class", None)):
        mark = getattr(bearer, "access", None)
        if isinstance(mark, Access):
            return mark
    return None


@contextmanager
def refusals_shown(request: HttpRequest, form: BaseForm | None = None) -> Iterator[None]:
    """Undo what is inside, and say why in words, when the domain refuses it; the view then goes on after the block.

    With a `form`, the sentence goes beside the field it speaks of, or on top of the form; without, it becomes a
    message of the next page. `NotAllowed` is left to the middleware, which answers with the 403 page.
    """
    try:
        with transaction.atomic():
            yield
    except NotAllowed:
        raise
    except DomainError as error:
        if form is None:
            messages.error(request, str(error))
            return
        field = error.field if isinstance(error, InvalidInput) else None
        form.add_error(field if field in form.fields else None, str(error))


def _mark(access: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark
