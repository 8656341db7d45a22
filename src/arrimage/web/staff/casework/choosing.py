"""What the pages where a service is chosen share: the wishes the address carries, and services as they are shown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.casework.actions.referrals import sharing
from arrimage.casework.choosing import wishes_of
from arrimage.casework.models import File, Need
from arrimage.directory.choosing.ranking import Choice, Ranking, Wishes
from arrimage.directory.enums import Mode
from arrimage.privacy.consents.queries import covering
from arrimage.territory.models import Place
from arrimage.web.forms import ShellForm
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.consents.shown import refusals_of


class WishForm(ShellForm):
    """Where the person lives and how they would rather be served: nothing of it is recorded, the address carries it."""

    lieu = forms.ModelChoiceField(
        label=_("Secteur où habite la personne"), queryset=Place.objects.none(), required=False
    )
    facon = forms.ChoiceField(
        label=_("Façon préférée"), choices=[("", _("Sans préférence")), *Mode.choices], required=False
    )

    def __init__(self, *args: Any, file: File, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = self.fields["lieu"]
        places.queryset = Place.objects.filter(region=file.region_id)  # type: ignore[attr-defined]
        places.empty_label = str(file.service_point)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Wished:
    """The form, what it says, and the part of an address that says it again."""

    form: WishForm
    wishes: Wishes
    query: str
    pairs: tuple[tuple[str, str], ...]


def wished(request: ActingRequest, file: File) -> Wished:
    """Read the wishes that the address of a page carries; one that cannot be read counts for none."""
    form = WishForm(request.GET, file=file)
    form.is_valid()
    place, mode = form.cleaned_data.get("lieu"), form.cleaned_data.get("facon", "")
    said = {"lieu": str(place.pk) if place else "", "facon": mode}
    pairs = tuple((name, value) for name, value in said.items() if value)
    return Wished(form, wishes_of(file, place=place, mode=mode), urlencode(pairs), pairs)


@dataclass(frozen=True)
class ShownChoice:
    """A service as it is proposed: its rank, and what stands between the person and it."""

    choice: Choice
    rank: int
    is_tied: bool
    is_covered: bool
    is_refused_by_person: bool


def shown_choices(request: ActingRequest, need: Need, ranking: Ranking, count: int) -> list[ShownChoice]:
    """Return the first `count` services of an order. Two queries."""
    return shown_of_needs(request, [(need, ranking)], count)[need.pk]


def shown_of_needs(
    request: ActingRequest, ranked: Iterable[tuple[Need, Ranking]], count: int
) -> dict[int, list[ShownChoice]]:
    """Return, by need of one file, the first `count` services of its order. Two queries, whatever their number."""
    first = [(need, ranking, ranking.choices[:count]) for need, ranking in ranked]
    if not first:
        return {}
    covered = covering({sharing(need, one.service) for need, _ranking, choices in first for one in choices})
    refused = {each.organisation_id for each in refusals_of(request.actor, first[0][0].file)}
    return {
        need.pk: [_shown(need, one, rank, ranking.tied(), covered, refused) for rank, one in enumerate(choices, 1)]
        for need, ranking, choices in first
    }


def _shown(
    need: Need, choice: Choice, rank: int, tied: Collection[int], covered: Collection[Any], refused: Collection[int]
) -> ShownChoice:
    return ShownChoice(
        choice,
        rank,
        is_tied=choice.service.pk in tied,
        is_covered=sharing(need, choice.service) in covered,
        is_refused_by_person=choice.service.organisation_id in refused,
    )
