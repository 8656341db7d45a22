"""Where the directorate is, and who works there, on the last day of a period."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from arrimage.accounts.enums import Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.reporting.indicators.base import Group, Indicator, Query, as_evidence
from arrimage.reporting.period import Period
from arrimage.territory.enums import ServicePointKind
from arrimage.territory.models import Region, ServicePoint


def open_offices(region: Region, period: Period) -> QuerySet[Any]:
    points = ServicePoint.objects.open_on(period.last)
    points = points.filter(region=region, kind=ServicePointKind.OFFICE, open_to_public=True)
    return as_evidence(points, "name", "opened_on")


def airport_receptions(region: Region, period: Period) -> QuerySet[Any]:
    points = ServicePoint.objects.open_on(period.last).filter(region=region, kind=ServicePointKind.AIRPORT)
    return as_evidence(points, "name", "opened_on")


def staff_in(role: Role) -> Query:
    """Return the query of the people who hold `role` on the last day.

    Only the dates of their role count: an account that is closed later changes no past figure.
    """

    def query(region: Region, period: Period) -> QuerySet[Any]:
        grants = RoleGrant.objects.live_on(period.last).filter(region=region, role=role, user=OuterRef("pk"))
        since = Subquery(grants.order_by("starts_on").values("starts_on")[:1])
        return as_evidence(User.objects.filter(Exists(grants)), "name", since)

    return query


INDICATORS = (
    Indicator(
        code="service_points",
        group=Group.PRESENCE,
        kind="service_point",
        label=_("Points de services ouverts au public"),
        counted=ngettext_lazy(
            "%(written)s point de services ouvert au public",
            "%(written)s points de services ouverts au public",
            "count",
        ),
        definition=_(
            "Nombre de bureaux de la région qui, le dernier jour de la période, existent et reçoivent le public. Un "
            "bureau existe du jour de son ouverture au jour de sa fermeture, ces deux jours compris. Un bureau hébergé "
            "par un autre organisme public compte comme les autres. Ne comptent pas : le service d’accueil à "
            "l’aéroport, les bureaux fermés au public, ceux qui ont fermé avant ce jour ou ouvrent après."
        ),
        evidence=open_offices,
    ),
    Indicator(
        code="airport_reception_services",
        group=Group.PRESENCE,
        kind="service_point",
        label=_("Services d’accueil à l’aéroport"),
        counted=ngettext_lazy(
            "%(written)s service d’accueil à l’aéroport", "%(written)s services d’accueil à l’aéroport", "count"
        ),
        definition=_(
            "Nombre de services d’accueil situés dans un aéroport de la région et qui existent le dernier jour de la "
            "période, du jour de leur ouverture au jour de leur fermeture, ces deux jours compris. Les bureaux de la "
            "région ne comptent pas."
        ),
        evidence=airport_receptions,
    ),
    Indicator(
        code="regional_advisors",
        group=Group.PRESENCE,
        kind="staff",
        label=_("Conseillères et conseillers en immigration régionale"),
        counted=ngettext_lazy(
            "%(written)s conseillère ou conseiller en immigration régionale",
            "%(written)s conseillères et conseillers en immigration régionale",
            "count",
        ),
        definition=_(
            "Nombre de personnes qui, le dernier jour de la période, exercent dans la région le rôle de conseillère ou "
            "conseiller en immigration régionale. Une personne exerce un rôle du premier au dernier jour pour lesquels "
            "il lui est accordé, ces deux jours compris ; elle compte une seule fois, même si le rôle lui a été "
            "accordé plus d’une fois. Ne comptent pas : les conseillères et conseillers en recrutement international, "
            "dont le rôle est distinct, ni les personnes des autres régions."
        ),
        evidence=staff_in(Role.REGIONAL_ADVISOR),
    ),
    Indicator(
        code="integration_agents",
        group=Group.PRESENCE,
        kind="staff",
        label=_("Agentes et agents d’intégration"),
        counted=ngettext_lazy(
            "%(written)s agente ou agent d’intégration", "%(written)s agentes et agents d’intégration", "count"
        ),
        definition=_(
            "Nombre de personnes qui, le dernier jour de la période, exercent dans la région le rôle d’agente ou agent "
            "d’intégration. Une personne exerce un rôle du premier au dernier jour pour lesquels il lui est accordé, "
            "ces deux jours compris ; elle compte une seule fois, même si le rôle lui a été accordé plus d’une fois. "
            "Ne comptent pas : les chefs et cheffes d’équipe, ni les personnes des autres régions."
        ),
        evidence=staff_in(Role.INTEGRATION_AGENT),
    ),
    Indicator(
        code="reception_agents",
        group=Group.PRESENCE,
        kind="staff",
        label=_("Agentes et agents d’accueil"),
        counted=ngettext_lazy(
            "%(written)s agente ou agent d’accueil", "%(written)s agentes et agents d’accueil", "count"
        ),
        definition=_(
            "Nombre de personnes qui, le dernier jour de la période, exercent dans la région le rôle d’agente ou agent "
            "d’accueil à l’aéroport. Une personne exerce un rôle du premier au dernier jour pour lesquels il lui est "
            "accordé, ces deux jours compris ; elle compte une seule fois, même si le rôle lui a été accordé plus "
            "d’une fois. Ne comptent pas : les personnes des autres régions."
        ),
        evidence=staff_in(Role.RECEPTION_AGENT),
    ),
)
