"""Pages that exist for the tests of the shell only."""

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from arrimage.accounts.enums import Right
from arrimage.config.urls import urlpatterns as served
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.territory.enums import PlaceKind
from arrimage.territory.models import Place
from arrimage.web.access import allows, open_to_all, refusals_shown, signed_in
from arrimage.web.forms import Fieldset, ShellForm
from arrimage.web.lists import Empty, ShellTable, render_list, tables


class PlaceTable(ShellTable):
    name = tables.Column(verbose_name="Nom", linkify=lambda record: f"/lieux/{record.pk}/")
    region = tables.Column(verbose_name="Région", accessor="region__name")

    class Meta(ShellTable.Meta):
        order_by = "name"


class PlaceFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(label="Nom", lookup_expr="icontains")
    kind = django_filters.MultipleChoiceFilter(label="Genre", choices=PlaceKind.choices)
    since = django_filters.DateFromToRangeFilter(label="Depuis", method="keep_all")

    def keep_all(self, queryset, name, value):
        return queryset


class PersonForm(ShellForm):
    fieldsets = (Fieldset("La personne", ("name", "language")),)

    name = forms.CharField(label="Nom", help_text="Comme au passeport.")
    born = forms.DateField(label="Naissance", required=False)
    language = forms.ChoiceField(
        label="Langue", choices=[("fr", "Français"), ("ar", "Arabe")], widget=forms.RadioSelect
    )
    agrees = forms.BooleanField(label="La personne consent")


def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ouverte")


def unmarked(request: HttpRequest) -> HttpResponse:
    return HttpResponse("oubliée")


@open_to_all
def refused_inside(request: HttpRequest) -> HttpResponse:
    raise NotAllowed("Ce dossier est à une autre région.")


@open_to_all
def conflict(request: HttpRequest) -> HttpResponse:
    raise Conflict("Cette plage vient d’être prise.")


@open_to_all
def shown(request: HttpRequest) -> HttpResponse:
    with refusals_shown(request):
        Place.objects.filter(pk=int(request.POST["pk"])).update(name="changé")
        raise Conflict("Cette plage vient d’être prise.")
    return redirect("said")


@open_to_all
def said(request: HttpRequest) -> HttpResponse:
    return HttpResponse(" ".join(str(message) for message in messages.get_messages(request)))


@open_to_all
def form(request: HttpRequest) -> HttpResponse:
    found = PersonForm(request.POST or None)
    if found.is_valid():
        with refusals_shown(request, found):
            raise InvalidInput("Ce nom est déjà pris.", field="name")
    return render(request, "tests/form.html", {"title": "Personne", "form": found})


@open_to_all
def places(request: HttpRequest) -> HttpResponse:
    return render_list(
        request,
        PlaceTable,
        Place.objects.select_related("region"),
        PlaceFilter,
        title="Lieux",
        sentence=lambda count: f"{count} lieux",
        empty=Empty("Aucun lieu.", "En ajouter un", "/ajouter/"),
        export_name="lieux",
    )


urlpatterns = [
    path("essai/public/", open_to_all(ok), name="ok"),
    path("essai/compte/", signed_in(lambda request: ok(request))),
    path("essai/ententes/", allows(Right.SEE_AGREEMENTS, Right.MANAGE_AGREEMENTS)(lambda request: ok(request))),
    path("essai/oubliee/", unmarked),
    path("essai/refus/", refused_inside),
    path("essai/conflit/", conflict),
    path("essai/montre/", shown),
    path("essai/dit/", said, name="said"),
    path("essai/formulaire/", form),
    path("essai/lieux/", places),
    *served,
]
