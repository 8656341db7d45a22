from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrimage.directory.models import Theme
from arrimage.directory.public import offered_languages, offered_places, offered_themes
from arrimage.foundation.writing import write_language
from arrimage.people.rules import search_key
from arrimage.territory.models import Place
from arrimage.web.forms import ShellForm
from arrimage.web.public.themes import theme_label

_LONGEST_KEY = 19  # digits that a key may have in PostgreSQL


class ThemeField(forms.ModelChoiceField):
    def label_from_instance(self, theme: Any) -> str:
        return theme_label(theme)


class SearchForm(ShellForm):
    q = forms.CharField(label=_("De quoi avez-vous besoin ?"), required=False, max_length=120)
    theme = ThemeField(
        label=_("Thème"), queryset=Theme.objects.none(), required=False, to_field_name="code", empty_label=_("Tous")
    )
    language = forms.ChoiceField(label=_("Langue du service"), required=False)
    place = forms.ModelChoiceField(
        label=_("Ville ou arrondissement"), queryset=Place.objects.none(), required=False, empty_label=_("Partout")
    )

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
