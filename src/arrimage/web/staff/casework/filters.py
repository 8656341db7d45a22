"""How lists of files and referrals are narrowed."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.rights import Actor
from arrimage.casework.enums import FileStatus, ReferralStatus
from arrimage.casework.models import File, Referral
from arrimage.casework.search import matching
from arrimage.casework.stages import Stage
from arrimage.casework.todo_reasons import Reason, waiting
from arrimage.foundation import clock
from arrimage.territory.models import ServicePoint

OF_FILES = (
    Reason.TO_ASSIGN,
    Reason.HANDED_OVER,
    Reason.PLANNED_CONTACT,
    Reason.FIRST_APPOINTMENT,
    Reason.CONSENT_WITHDRAWN,
    Reason.NOTE_WITHDRAWN,
    Reason.STEP_OVERDUE,
    Reason.STEP_STILL,
    Reason.CONSENT_ENDS,
    Reason.TO_FINISH,
    Reason.TO_PLAN,
    Reason.TO_AGREE,
    Reason.MILESTONE_6,
    Reason.MILESTONE_12,
    Reason.MILESTONE_24,
)
OF_REFERRALS = (
    Reason.QUESTION,
    Reason.DATES,
    Reason.CAME_BACK,
    Reason.EXPIRED,
    Reason.RESULT,
    Reason.NO_ANSWER,
    Reason.CORRECTION,
)


def _choices(reasons: tuple[Reason, ...]) -> list[tuple[str, Any]]:
    return [(reason.value, reason.label) for reason in reasons]


def agents_of(actor: Actor) -> QuerySet[User]:
    """Return who accompanies people in the actor's region today, by name."""
    grants = RoleGrant.objects.live_on(clock.today()).filter(role__in=[Role.INTEGRATION_AGENT, Role.TEAM_LEAD])
    if actor.region_id is not None:
        grants = grants.filter(region_id=actor.region_id)
    return User.objects.filter(pk__in=grants.values("user"), is_active=True).order_by("name")


def points_of(actor: Actor) -> QuerySet[ServicePoint]:
    points = ServicePoint.objects.order_by("name")
    return points if actor.region_id is None else points.filter(region_id=actor.region_id)


class FileFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Nom ou numéro de dossier"), method="find")
    whose = django_filters.ChoiceFilter(
        label=_("De qui"), choices=[("mine", _("Mes dossiers"))], empty_label=_("De tout le monde"), method="keep_mine"
    )
    status = django_filters.ChoiceFilter(label=_("État"), choices=FileStatus.choices)
    stage = django_filters.ChoiceFilter(label=_("Étape"), choices=Stage.choices)
    agent = django_filters.ModelChoiceFilter(
        label=_("Agente ou agent"), queryset=lambda request: agents_of(request.actor)
    )
    service_point = django_filters.ModelChoiceFilter(
        label=_("Point de services"), queryset=lambda request: points_of(request.actor)
    )
    todo = django_filters.ChoiceFilter(label=_("À faire"), choices=_choices(OF_FILES), method="keep_todo")

    class Meta:
        model = File
        fields: list[str] = []

    def find(self, files: QuerySet[File], _name: str, text: str) -> QuerySet[File]:
        return matching(files, text, self.request.actor)

    def keep_mine(self, files: QuerySet[File], _name: str, _value: str) -> QuerySet[File]:
        return files.filter(agent_id=self.request.actor.user_id)

    def keep_todo(self, files: QuerySet[File], _name: str, value: str) -> QuerySet[File]:
        reason = Reason(value)
        waited = waiting(self.request.actor, reason).order_by()
        key = "pk" if waited.model is File else "file"
        return files.filter(pk__in=waited.values(key))


class ReferralFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Nom ou numéro de dossier"), method="find")
    whose = django_filters.ChoiceFilter(
        label=_("De qui"), choices=[("mine", _("Mes dossiers"))], empty_label=_("De tout le monde"), method="keep_mine"
    )
    status = django_filters.MultipleChoiceFilter(
        label=_("État"), choices=ReferralStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    agent = django_filters.ModelChoiceFilter(
        label=_("Agente ou agent"), field_name="file__agent", queryset=lambda request: agents_of(request.actor)
    )
    todo = django_filters.ChoiceFilter(label=_("À faire"), choices=_choices(OF_REFERRALS), method="keep_todo")

    class Meta:
        model = Referral
        fields: list[str] = []

    def find(self, referrals: QuerySet[Referral], _name: str, text: str) -> QuerySet[Referral]:
        files = matching(File.objects.all(), text, self.request.actor).order_by()
        return referrals.filter(file__in=files.values("pk"))

    def keep_mine(self, referrals: QuerySet[Referral], _name: str, _value: str) -> QuerySet[Referral]:
        return referrals.filter(file__agent_id=self.request.actor.user_id)

    def keep_todo(self, referrals: QuerySet[Referral], _name: str, value: str) -> QuerySet[Referral]:
        return referrals.filter(pk__in=waiting(self.request.actor, Reason(value)).order_by().values("pk"))
