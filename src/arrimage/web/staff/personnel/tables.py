"""Lists of roles and accounts."""

from typing import Any, NamedTuple

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import STAFF_ROLES, Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.queries import waiting
from arrimage.foundation import clock
from arrimage.territory.models import ServicePoint
from arrimage.web.lists import DateColumn, ShellTable, StateColumn, name_link
from arrimage.web.templatetags.arrimage import badge

ROLES = [(role.value, role.label) for role in Role if role in STAFF_ROLES]


class GrantTable(ShellTable):
    user = tables.Column(verbose_name=_("Personne"), accessor="user__name", order_by="user__name")
    role = tables.Column(verbose_name=_("Rôle"), accessor="get_role_display", order_by="role")
    service_point = tables.Column(verbose_name=_("Point de services"), order_by="service_point__name")
    region = tables.Column(verbose_name=_("Région"), accessor="region__name", default=_("Tout le Québec"))
    starts_on = DateColumn(verbose_name=_("Depuis le"))
    ends_on = DateColumn(verbose_name=_("Jusqu’au"))

    class Meta(ShellTable.Meta):
        order_by = "user"

    def __init__(self, *args: Any, manages: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manages = manages

    def render_user(self, value: str, record: RoleGrant) -> SafeString | str:
        if not self.manages:
            return value
        return name_link(reverse("staff:account", args=[record.user.uid]), value, record.user.email)


class GrantFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Nom ou courriel"), method="find")
    role = django_filters.MultipleChoiceFilter(label=_("Rôle"), choices=ROLES)
    service_point = django_filters.ModelChoiceFilter(
        label=_("Point de services"), queryset=lambda request: points_of(request.actor)
    )
    on = django_filters.DateFilter(label=_("En vigueur le"), method="keep_live")

    class Meta:
        model = RoleGrant
        fields: list[str] = []

    def find(self, grants: QuerySet[RoleGrant], _name: str, text: str) -> QuerySet[RoleGrant]:
        for word in text.split():
            grants = grants.filter(Q(user__name__unaccent__icontains=word) | Q(user__email__icontains=word))
        return grants

    def keep_live(self, grants: Any, _name: str, day: Any) -> Any:
        return grants.live_on(day)

    def filter_queryset(self, queryset: Any) -> Any:
        """Show the roles held today, unless another day is asked."""
        if not self.form.cleaned_data.get("on"):
            queryset = queryset.live_on(clock.today())
        return super().filter_queryset(queryset)


def points_of(actor: Any) -> QuerySet[ServicePoint]:
    points = ServicePoint.objects.order_by("name", "pk")
    return points if actor.region_id is None else points.filter(region_id=actor.region_id)


class AccountTable(ShellTable):
    name = tables.Column(verbose_name=_("Personne"))
    is_active = StateColumn(verbose_name=_("État"))
    last_login = DateColumn(verbose_name=_("Dernière connexion"))
    created_at = DateColumn(verbose_name=_("Ouvert le"))

    class Meta(ShellTable.Meta):
        order_by = "name"

    def render_name(self, value: str, record: User) -> SafeString:
        return name_link(reverse("staff:account", args=[record.uid]), value, record.email)

    def render_is_active(self, record: User) -> SafeString:
        state = state_of(record)
        shown = badge(state.word, state.tone)
        return format_html('{}<span class="detail">{}</span>', shown, state.detail) if state.detail else shown

    def value_is_active(self, record: User) -> str:
        state = state_of(record)
        return f"{state.word}, {state.detail}" if state.detail else state.word


class State(NamedTuple):
    word: str
    tone: str
    detail: str = ""


def state_of(user: User) -> State:
    """Return the state of an account, in words."""
    if not user.is_active:
        return State(gettext("Fermé"), "neutral")
    if not user.is_waiting():
        return State(gettext("Ouvert"), "ok")
    if user.invited_at is None:
        return State(gettext("Pas encore invitée"), "warn")
    return State(gettext("Invitée"), "info", gettext("n’a pas encore choisi son mot de passe"))


class AccountFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Nom ou courriel"), method="find")
    is_active = django_filters.ChoiceFilter(label=_("État"), choices=[("True", _("Ouvert")), ("False", _("Fermé"))])
    invitation = django_filters.ChoiceFilter(
        label=_("Invitation"), method="keep_waiting", choices=[("yes", _("N’ont pas encore choisi leur mot de passe"))]
    )

    class Meta:
        model = User
        fields: list[str] = []

    def keep_waiting(self, users: Any, _name: str, _value: str) -> Any:
        return waiting(users)

    def find(self, users: QuerySet[User], _name: str, text: str) -> QuerySet[User]:
        for word in text.split():
            users = users.filter(Q(name__unaccent__icontains=word) | Q(email__icontains=word))
        return users
