"""Agreements signed and in force, local actions, and the organisations they are done with."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from arrimage.agreements.enums import BINDING, LocalActionStatus
from arrimage.agreements.models import Agreement, LocalAction
from arrimage.directory.models import Organisation
from arrimage.reporting.indicators.base import Group, Indicator, as_evidence, within
from arrimage.reporting.period import Period
from arrimage.territory.models import Region

PROGRAMMES_COUNTED = ("mobilisation-diversite", "pasi")
Partnership = LocalAction.partners.through


def partner_organisations(region: Region, period: Period) -> QuerySet[Any]:
    together = _carried_out(region, period).filter(
        Exists(Partnership.objects.filter(localaction=OuterRef("pk"), organisation=OuterRef(OuterRef("pk"))))
    )
    since = Subquery(together.order_by("happens_on").values("happens_on")[:1])
    organisations = Organisation.objects.filter(Exists(together), region=region, municipality__isnull=True)
    return as_evidence(organisations, "name", since)


def local_actions(region: Region, period: Period) -> QuerySet[Any]:
    partners = Partnership.objects.filter(localaction=OuterRef("pk"))
    return as_evidence(_carried_out(region, period).filter(Exists(partners)), "title", "happens_on")


def agreements_signed(region: Region, period: Period) -> QuerySet[Any]:
    return _shown(
        _signed(region, period).filter(
            stream__programme__code__in=PROGRAMMES_COUNTED, organisation__municipality__isnull=True
        ),
        on="signed_on",
    )


def city_agreements(region: Region, period: Period) -> QuerySet[Any]:
    signed = _signed(region, period)
    if region.main_city_id is None:
        return _shown(signed.none(), on="signed_on")
    return _shown(signed.filter(organisation__municipality=region.main_city_id), on="signed_on")


def agreements_in_progress(region: Region, period: Period) -> QuerySet[Any]:
    last = period.last
    return _shown(
        Agreement.objects.filter(
            region=region,
            status__in=BINDING,
            signed_on__lte=last,
            starts_on__lte=last,
            ends_on__gte=last,
            organisation__municipality__isnull=True,
        ),
        on="starts_on",
    )


def _signed(region: Region, period: Period) -> QuerySet[Agreement]:
    return Agreement.objects.filter(within("signed_on", period), region=region, status__in=BINDING)


def _shown(agreements: QuerySet[Agreement], on: str) -> QuerySet[Any]:
    return as_evidence(agreements, Concat("number", Value(" · "), "organisation__name"), on)


def _carried_out(region: Region, period: Period) -> QuerySet[LocalAction]:
    return LocalAction.objects.filter(within("happens_on", period), region=region, status=LocalActionStatus.CARRIED_OUT)


INDICATORS = (
    Indicator(
        code="partner_organisations",
        group=Group.PARTNERS,
        kind="organisation",
        label=_("Organismes partenaires"),
        counted=ngettext_lazy("%(written)s organisme partenaire", "%(written)s organismes partenaires", "count"),
        definition=_(
            "Nombre d’organismes de la région qui sont partenaires d’au moins une action locale réalisée dans la "
            "région pendant la période. Chaque organisme compte une seule fois, quel que soit le nombre de ses "
            "actions. Ne comptent pas : les municipalités, la ville centre comprise ; les organismes d’une autre "
            "région ; ceux dont les actions sont prévues ou annulées, ou datées d’avant le premier jour ou d’après le "
            "dernier jour de la période."
        ),
        evidence=partner_organisations,
    ),
    Indicator(
        code="local_actions",
        group=Group.PARTNERS,
        kind="local_action",
        label=_("Actions locales réalisées avec des partenaires"),
        counted=ngettext_lazy(
            "%(written)s action locale réalisée avec des partenaires",
            "%(written)s actions locales réalisées avec des partenaires",
            "count",
        ),
        definition=_(
            "Nombre d’actions locales de la région réalisées pendant la période, premier et dernier jours compris, "
            "avec au moins un partenaire : un organisme ou une municipalité. Une action compte une seule fois, quel "
            "que soit le nombre de ses partenaires. Ne comptent pas : les actions prévues ou annulées, et celles "
            "menées sans partenaire."
        ),
        evidence=local_actions,
    ),
    Indicator(
        code="agreements_signed",
        group=Group.AGREEMENTS,
        kind="agreement",
        label=_("Ententes signées avec des organismes"),
        counted=ngettext_lazy(
            "%(written)s entente signée avec des organismes",
            "%(written)s ententes signées avec des organismes",
            "count",
        ),
        definition=_(
            "Nombre d’ententes de la région signées pendant la période, le premier et le dernier jours compris, dans "
            "le cadre du programme Mobilisation-Diversité ou du Programme d’accompagnement et de soutien à "
            "l’intégration (PASI). C’est la date de signature qui compte, et non celle de l’entrée en vigueur. Une "
            "entente fermée depuis compte encore. Ne comptent pas : les ententes en préparation ou annulées, les "
            "ententes conclues avec une municipalité et celles d’un autre programme."
        ),
        evidence=agreements_signed,
    ),
    Indicator(
        code="agreements_signed_value",
        group=Group.AGREEMENTS,
        kind="agreement",
        label=_("Valeur des ententes signées avec des organismes"),
        counted=ngettext_lazy(
            "%(written)s entente signée avec des organismes",
            "%(written)s ententes signées avec des organismes",
            "count",
        ),
        definition=_(
            "Somme, en dollars canadiens, des montants engagés par le ministère dans les ententes que compte "
            "l’indicateur « Ententes signées avec des organismes » pour la même région et la même période. Le montant "
            "engagé est celui de toute la durée de l’entente, et non d’une seule année. La contribution de l’organisme "
            "et les versements déjà faits n’y changent rien."
        ),
        evidence=agreements_signed,
        summed="committed",
    ),
    Indicator(
        code="city_agreement_value",
        group=Group.AGREEMENTS,
        kind="agreement",
        label=_("Valeur des ententes signées avec la ville centre"),
        counted=ngettext_lazy(
            "%(written)s entente signée avec la ville centre",
            "%(written)s ententes signées avec la ville centre",
            "count",
        ),
        definition=_(
            "Somme, en dollars canadiens, des montants engagés par le ministère dans les ententes conclues avec la "
            "municipalité qui gouverne la ville centre de la région, et signées pendant la période, premier et dernier "
            "jours compris, quel qu’en soit le programme. Le montant engagé est celui de toute la durée de l’entente ; "
            "la contribution de la ville n’y est pas ajoutée. Ne comptent pas : les ententes en préparation ou "
            "annulées, celles signées avant ou après la période même si elles sont en vigueur, et celles conclues avec "
            "une autre municipalité."
        ),
        evidence=city_agreements,
        summed="committed",
    ),
    Indicator(
        code="agreements_in_progress",
        group=Group.AGREEMENTS,
        kind="agreement",
        label=_("Ententes en cours avec des organismes"),
        counted=ngettext_lazy(
            "%(written)s entente en cours avec des organismes",
            "%(written)s ententes en cours avec des organismes",
            "count",
        ),
        definition=_(
            "Nombre d’ententes de la région en vigueur le dernier jour de la période : signées ce jour-là ou avant, "
            "entrées en vigueur ce jour-là ou avant, et dont la période prend fin ce jour-là ou après. Tous les "
            "programmes comptent. Une entente fermée depuis compte encore jusqu’à la fin de sa période. Ne comptent "
            "pas : les ententes en préparation ou annulées, et les ententes conclues avec une municipalité."
        ),
        evidence=agreements_in_progress,
    ),
)
