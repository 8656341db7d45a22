"""One's own saved searches: kept from the public search, seen, renamed, told about, deleted. Another's is absent."""

from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrimage.accounts.enums import PARTNER_ROLES, STAFF_ROLES
from arrimage.accounts.models import User
from arrimage.accounts.rights import Actor
from arrimage.directory.models import SavedSearch
from arrimage.directory.saved_searches import change_search, delete_search, save_search, saved_searches_visible_to
from arrimage.foundation.writing import french_spaces
from arrimage.web.access import refusals_shown, signed_in
from arrimage.web.chips import chips_of
from arrimage.web.forms import ShellForm
from arrimage.web.public.forms import SearchForm


class SavedSearchForm(ShellForm):
    name = forms.CharField(label=gettext_lazy("Nom de la recherche"), max_length=120)
    alert = forms.BooleanField(label=gettext_lazy("M’avertir des nouveaux services"), required=False)


@signed_in
@require_safe
def saved_searches(request: HttpRequest) -> HttpResponse:
    """List one's own searches, each with what it asks."""
    searches = saved_searches_visible_to(_actor(request))
    found = [(search, address_of(search), _in_words(search)) for search in searches]
    context = {"title": _("Mes recherches"), "searches": found, "frame": _frame(request)}
    return render(request, "account/saved_searches.html", context)


@signed_in
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Keep the search that the address carries."""
    form = SavedSearchForm(request.POST)
    if form.is_valid():
        with refusals_shown(request):
            said = form.cleaned_data
            save_search(_actor(request), said["name"], SearchForm(request.GET).criteria(), alert=said["alert"])
            messages.success(request, _("La recherche est enregistrée."))
    else:
        messages.error(request, _("Donnez un nom à cette recherche."))
    return redirect("saved_searches")


@signed_in
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    search = _own(request, uid)
    form = SavedSearchForm(request.POST or None, initial={"name": search.name, "alert": search.alert})
    if form.is_valid():
        with refusals_shown(request, form):
            change_search(_actor(request), search, form.cleaned_data["name"], alert=form.cleaned_data["alert"])
            messages.success(request, _("La recherche est enregistrée."))
            return redirect("saved_searches")
    context = {
        "title": _("Modifier la recherche"),
        "form": form,
        "frame": _frame(request),
        "trail": [(_("Mes recherches"), reverse("saved_searches"))],
    }
    return render(request, "account/saved_search.html", context)


@signed_in
@require_POST
def delete(request: HttpRequest, uid: UUID) -> HttpResponse:
    delete_search(_actor(request), _own(request, uid))
    messages.success(request, _("La recherche est supprimée."))
    return redirect("saved_searches")


def address_of(search: SavedSearch) -> str:
    """Return the address that asks a search again."""
    return f"{reverse('public:services')}?{_query(search)}"


def _in_words(search: SavedSearch) -> str:
    """Return what a search asks: its words, then what the chips of its page say."""
    query = QueryDict(_query(search))
    form = SearchForm(query)
    chips = [chip for chip in chips_of(form, query) if chip.label != str(form.fields["q"].label)]
    words = [f"« {search.text} »"] if search.text else []
    return french_spaces(" · ".join(words + [f"{chip.label} : {chip.value}" for chip in chips]))


def _query(search: SavedSearch) -> str:
    asked = {
        "q": search.text,
        "theme": search.theme.code if search.theme else "",
        "place": search.place_id or "",
        "language": search.language,
        "mode": search.mode,
        "free": "on" if search.free_places else "",
    }
    return urlencode({name: value for name, value in asked.items() if value})


def _own(request: HttpRequest, uid: UUID) -> SavedSearch:
    return get_object_or_404(saved_searches_visible_to(_actor(request)), uid=uid)


def _actor(request: HttpRequest) -> Actor:
    """Return who is signed in, in their role; as themselves alone when they have none."""
    acting: Actor | None = getattr(request, "actor", None)
    if acting is not None:
        return acting
    assert isinstance(request.user, User)
    return Actor(request.user.pk, request.user.name, role=None)


def _frame(request: HttpRequest) -> str:
    """Return the frame of the pages somebody knows: their menu, or the public one."""
    return "base.html" if _actor(request).role in STAFF_ROLES | PARTNER_ROLES else "portal.html"
