"""What the public asks of the directory; all of it is in the address, which may be shared."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.directory.enums import Mode
from arrimage.directory.finding.criteria import Criteria, Point
from arrimage.directory.finding.postal_codes import Area
from arrimage.directory.models import Theme
from arrimage.directory.public import offered_languages, offered_places, offered_themes
from arrimage.foundation.writing import write_language
from arrimage.people.rules import search_key
from arrimage.territory.models import Place
from arrimage.web.forms import ShellForm
from arrimage.web.postal_codes import PostalCodeField
from arrimage.web.public.themes import theme_label

_LONGEST_KEY = 19  # digits that a key may have in PostgreSQL
_POINT = re.compile(r"(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?)")

BY_NAME = "name"
SORTS = (("", _("Les plus pertinents")), (BY_NAME, _("Par nom")))
SORTS_NEAR = (("", _("Les plus proches")), (BY_NAME, _("Par nom")))


class ThemeField(forms.ModelChoiceField):
    def label_from_instance(self, theme: Any) -> str:
        return theme_label(theme)


class PointField(forms.CharField):
    """A point as « latitude,longitude » in degrees; what is not one asks nothing."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        found = _POINT.fullmatch(str(value or ""))
        if found is None:
            return None
        latitude, longitude = float(found[1]), float(found[2])
        return Point(latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


class SearchForm(ShellForm):
    q = forms.CharField(label=_("De quoi avez-vous besoin ?"), required=False, max_length=120)
    theme = ThemeField(
        label=_("Thème"), queryset=Theme.objects.none(), required=False, to_field_name="code", empty_label=_("Tous")
    )
    place = forms.ModelChoiceField(
        label=_("Ville ou arrondissement"), queryset=Place.objects.none(), required=False, empty_label=_("Partout")
    )
    language = forms.ChoiceField(label=_("Langue du service"), required=False)
    mode = forms.ChoiceField(label=_("De quelle façon"), required=False, choices=[("", _("Toutes")), *Mode.choices])
    free = forms.BooleanField(label=_("Avec des places libres"), required=False)
    open = forms.BooleanField(label=_("Ouvert maintenant"), required=False)
    postal_code = PostalCodeField(required=False)
    near = PointField(required=False)
    sort = forms.ChoiceField(required=False, choices=SORTS, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = offered_themes()  # type: ignore[attr-defined]
        # The map leads to any place, those where nothing is offered yet included.
        asked = str(self.data.get("place", ""))
        here = (
            Place.objects.filter(pk=int(asked))
            if asked.isdecimal() and len(asked) < _LONGEST_KEY
            else Place.objects.none()
        )
        self.fields["place"].queryset = (offered_places() | here).order_by("name")  # type: ignore[attr-defined]
        named = sorted(((code, write_language(code)) for code in offered_languages()), key=lambda e: search_key(e[1]))
        self.fields["language"].choices = [("", _("Toutes")), *named]  # type: ignore[attr-defined]

    def criteria(self) -> Criteria:
        """Return what is asked; what makes no sense asks nothing. A postal code that is typed replaces a point."""
        self.full_clean()
        said: dict[str, Any] = self.cleaned_data
        area: Area | None = said.get("postal_code")
        return Criteria(
            text=said.get("q") or "",
            theme=said.get("theme"),
            place=said.get("place"),
            near=area.middle if area else said.get("near"),
            language=said.get("language") or "",
            mode=said.get("mode") or "",
            free_places=bool(said.get("free")),
            open_now=bool(said.get("open")),
        )
