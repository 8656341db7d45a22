"""Accounts and roles."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.actions import NewAccount, NewGrant
from arrimage.accounts.enums import PROVINCE_WIDE_ROLES, Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.foundation import clock
from arrimage.territory.models import Region, ServicePoint
from arrimage.web.forms import Fieldset, ShellForm
from arrimage.web.staff.personnel.tables import ROLES


class RoleForm(ShellForm):
    """A role, where and when it is held."""

    role = forms.ChoiceField(label=_("Rôle"), choices=[("", "—"), *ROLES])
    region = forms.ModelChoiceField(
        label=_("Région"),
        queryset=Region.objects.order_by("code"),
        required=False,
        empty_label=_("Tout le Québec"),
        help_text=_("Seuls les rôles du ministère, de la protection des renseignements et des comptes valent partout."),
    )
    service_point = forms.ModelChoiceField(
        label=_("Point de services"), queryset=ServicePoint.objects.none(), required=False, empty_label=_("Aucun")
    )
    starts_on = forms.DateField(label=_("Premier jour"), initial=clock.today)
    ends_on = forms.DateField(label=_("Dernier jour"), required=False)

    def __init__(self, *args: Any, region_id: int | None = None, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        points = ServicePoint.objects.open_on(clock.today()).select_related("region").order_by("region__code", "name")
        self.fields["service_point"].queryset = points  # type: ignore[attr-defined]
        if region_id is not None:
            own = Region.objects.filter(pk=region_id)
            self.fields["region"].queryset = own  # type: ignore[attr-defined]
            self.fields["service_point"].queryset = points.filter(region_id=region_id)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        role = said.get("role")
        if not role:
            return said
        point = said.get("service_point")
        if said.get("region") is None and point is not None:
            said["region"] = point.region
        if said.get("region") is None and Role(role) not in PROVINCE_WIDE_ROLES:
            self.add_error("region", gettext("Indiquez la région où ce rôle s’exerce."))
        elif self.user is not None and said.get("starts_on"):
            held = RoleGrant.objects.filter(user=self.user, role=role, region=said.get("region"))
            if held.live_on(said["starts_on"]).exists():
                self.add_error("role", gettext("Cette personne tient déjà ce rôle à cette date."))
        return said

    def grant(self, user: User) -> NewGrant:
        said = self.cleaned_data
        return NewGrant(
            user=user,
            role=Role(said["role"]),
            region=said["region"],
            service_point=said["service_point"],
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
        )


class AccountForm(RoleForm):
    """A new account, with its first role if one is given."""

    email = forms.EmailField(label=_("Courriel"), help_text=_("L’adresse par laquelle la personne se connecte."))
    name = forms.CharField(label=_("Prénom et nom"), max_length=150)
    language = forms.ChoiceField(label=_("Langue"), choices=[("fr", "Français"), ("en", "English")])

    fieldsets = (
        Fieldset(_("La personne"), ("email", "name", "language")),
        Fieldset(
            _("Son premier rôle"),
            ("role", "region", "service_point", "starts_on", "ends_on"),
            help=_("Il peut aussi être accordé plus tard."),
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].required = False

    def account(self) -> NewAccount:
        said = self.cleaned_data
        return NewAccount(email=said["email"], name=said["name"], language=said["language"])


class EndForm(ShellForm):
    ends_on = forms.DateField(label=_("Dernier jour"), initial=clock.today)
