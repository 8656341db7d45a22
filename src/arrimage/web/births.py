"""Birth dates on pages: one forgiving box, and the date with the age."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.foundation import clock
from arrimage.foundation.errors import InvalidInput
from arrimage.people.births import Birth, parse_birth, write_age, write_birth


class BirthField(forms.CharField):
    """A birth date as far as it is known. Its value is a `Birth`, or None when nothing is written."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Date de naissance"))
        kwargs.setdefault("help_text", gettext_lazy("Ce qui en est connu : 1984-04-12, avril 1984, 1984 ou vers 1984."))
        super().__init__(required=False, max_length=40, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return write_birth(value) if isinstance(value, Birth) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.clean(data) != initial)
        except forms.ValidationError:
            return True

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            birth = parse_birth(text)
        except InvalidInput as error:
            raise forms.ValidationError(str(error)) from error
        if birth.day > clock.today():
            raise forms.ValidationError(_("Cette date de naissance est à venir."))
        return birth


def birth_and_age(birth: Birth | None) -> str:
    """Return « 12 avril 1984 (42 ans) », or an empty text."""
    if birth is None:
        return ""
    age = write_age(birth, clock.today())
    return _("%(birth)s (%(age)s)") % {"birth": write_birth(birth), "age": age} if age else write_birth(birth)
