"""A service about to be chosen, as the pages that send show it: where it is, why it, and what was shown when it leaves.

What is kept with a referral is what the page said: the page carries it, signed, and gives it back with the sending.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.casework.choosing import Offer
from arrimage.directory import words
from arrimage.directory.choosing.ranking import Choice
from arrimage.directory.choosing.record import components_kept
from arrimage.directory.choosing.words import said
from arrimage.directory.models import ServiceAtLocation
from arrimage.directory.models.services import ServiceQuerySet
from arrimage.foundation.errors import InvalidInput

AT_LOCATION = "at_location"  # in the address too: the location picked among those of a service
_SALT = "casework.what_was_shown"


def with_hours(services: ServiceQuerySet) -> ServiceQuerySet:
    """Bring where services are offered, and when. A constant number of queries."""
    return services.with_locations().prefetch_related(
        "schedules", "at_locations__schedules", "at_locations__location__schedules"
    )


class LocationField(forms.ChoiceField):
    """Where, among the locations of a service `with_hours`: the nearest to the person first. Gives the location."""

    def __init__(self, offer: Offer, picked: str = "") -> None:
        self.locations = {str(at.uid): at for at in offer.service.at_locations.all()}
        nearest = [one for one in offer.choice.by_distance if one.at and str(one.at.uid) in self.locations]
        choices = [(str(one.at.uid), _label(offer, one, self.locations[str(one.at.uid)])) for one in nearest if one.at]
        super().__init__(
            label=gettext_lazy("À quel endroit"),
            choices=choices,
            initial=picked if picked in self.locations else choices[0][0],
            widget=forms.RadioSelect,
            help_text=gettext_lazy("Du plus proche au plus loin. Une place libre y sera retenue."),
        )

    def clean(self, value: Any) -> ServiceAtLocation:
        return self.locations[super().clean(value)]


def add_offer_fields(form: forms.Form, offer: Offer, *, suffix: str = "", picked: str = "") -> None:
    """Add what the sending of an offer asks: where, when there are several locations; and what was shown, carried."""
    if len(offer.service.at_locations.all()) > 1:
        form.fields[f"{AT_LOCATION}{suffix}"] = LocationField(offer, picked)
    carried = signing.dumps([str(offer.need.uid), str(offer.service.uid), offer.kept], salt=_SALT, compress=True)
    form.fields[f"shown{suffix}"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=carried)


def picked_in(form: forms.Form, offer: Offer, suffix: str = "") -> ServiceAtLocation | None:
    """Return where the agent sends the person: the location picked, or the only one; None when there is none."""
    everywhere = offer.service.at_locations.all()
    only = everywhere[0] if len(everywhere) == 1 else None
    return form.cleaned_data.get(f"{AT_LOCATION}{suffix}", only)


def shown_in(form: forms.Form, offer: Offer, suffix: str = "") -> Mapping[str, Any] | None:
    """Return what the page had said of the offer, for the location picked; None when it carried nothing.

    Raises `InvalidInput` for what no page of ours said of this service and this need.
    """
    carried = form.cleaned_data[f"shown{suffix}"]
    if not carried:
        return None
    try:
        need, service, kept = signing.loads(carried, salt=_SALT)
    except signing.BadSignature:
        need, service, kept = "", "", {}
    if (need, service) != (str(offer.need.uid), str(offer.service.uid)):
        raise InvalidInput(_("Cette page n’est plus valable : ouvrez-la de nouveau avant d’envoyer l’orientation."))
    at = picked_in(form, offer, suffix)
    return kept.get(str(at.uid) if at else "", kept[""])


def explained(offer: Offer) -> dict[str, Any]:
    """Return what the page says of why this service, where it suits the person best (`referral_choice.html`)."""
    at = offer.choice.at
    kept = offer.kept.get(str(at.uid) if at else "", offer.kept[""])
    return {"choice": kept, "reasons": [said(one) for one in components_kept(kept) if one.facts]}


def _label(offer: Offer, choice: Choice, at: ServiceAtLocation) -> SafeString:
    """Return a location as one chooses it: its name, how far, how many places, when it is open."""
    about = [choice.distance, *([choice.delay] if choice.has_free_place or choice.is_full else [])]
    lines = [" ".join(about), *words.hours_at(offer.service, at)]
    details = format_html_join("", '<span class="detail">{}</span>', ((line,) for line in lines))
    return format_html("{}{}", words.location(at.location), details)
