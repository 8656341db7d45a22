"""What became of people 6, 12 and 24 months after they arrived: contacts made, residence, employment, French."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from arrimage.casework.enums import WORKING, MilestoneResult, Residence
from arrimage.casework.milestones import AUTONOMOUS_LEVEL, MONTHS, due_files
from arrimage.casework.models import File, MilestoneContact
from arrimage.foundation import clock
from arrimage.reporting.indicators.base import Group, Indicator, Query, as_evidence
from arrimage.reporting.period import Period
from arrimage.territory.models import Region

REACHED = Q(result=MilestoneResult.REACHED)
LIVES_SOMEWHERE = REACHED & ~Q(residence=Residence.UNKNOWN)
IN_REGION = Q(residence=Residence.SAME_REGION)
IN_QUEBEC = Q(residence__in=[Residence.SAME_REGION, Residence.OTHER_REGION])
AT_WORK = Q(employment__in=sorted(WORKING))
LEVELS_KNOWN = REACHED & Q(listening__isnull=False, speaking__isnull=False)
AUTONOMOUS = Q(listening__gte=AUTONOMOUS_LEVEL, speaking__gte=AUTONOMOUS_LEVEL)


def due(months: int) -> Query:
    """Return the files judged: owed a contact whose window closes in the period, and either closed or made."""

    def query(region: Region, period: Period) -> QuerySet[Any]:
        files = _due(region, period, months)
        if not period.is_over:
            files = files.filter(Q(closes_on__lt=clock.today()) | Q(Exists(_answered(months, REACHED))))
        return files

    return query


def answered(months: int, condition: Q) -> Query:
    """Return the files judged whose person answered, and said this."""

    def query(region: Region, period: Period) -> QuerySet[Any]:
        return _due(region, period, months).filter(Exists(_answered(months, condition)))

    return query


def _due(region: Region, period: Period, months: int) -> QuerySet[Any]:
    return as_evidence(due_files(File.objects.filter(region=region), months, *period.days), "number", "closes_on")


def _answered(months: int, condition: Q) -> QuerySet[MilestoneContact]:
    return MilestoneContact.objects.filter(condition, file=OuterRef("pk"), months=months)


OWED = _(
    "Un suivi est dû à {months} mois de l’arrivée à chaque personne qui avait consenti, ce jour-là, à être jointe plus "
    "tard, que son dossier soit actif ou fermé. Il compte dans la période où se termine le délai pour le faire (par "
    "défaut, 60 jours après l’échéance). Ne comptent pas : les dossiers transférés avant la fin de ce délai, qui "
    "relèvent de l’autre région ; le dossier d’une personne qui en a un plus récent dans la région ; ceux dont la date "
    "d’arrivée n’est pas connue."
)


def _contacts(months: int) -> Indicator:
    return Indicator(
        code=f"contacts_{months}_months",
        group=Group.BECOMING,
        kind="file",
        label=format_lazy(_("Suivis faits à {months} mois"), months=months),
        counted=ngettext_lazy(
            "%(written)s personne a répondu au suivi", "%(written)s personnes ont répondu au suivi", "count"
        ),
        counted_out=ngettext_lazy(
            "%(written)s personne n’a pas répondu au suivi", "%(written)s personnes n’ont pas répondu au suivi", "count"
        ),
        definition=format_lazy(
            "{owed} {rest}",
            owed=format_lazy(OWED, months=months),
            rest=_(
                "Pourcentage : au numérateur, les dossiers dont la personne a été jointe et a répondu ; au "
                "dénominateur, tous ceux à qui ce suivi est dû. Avant la fin de la période, ne sont au dénominateur "
                "que ceux dont le délai est passé ou qui ont déjà répondu. Une personne jointe qui ne souhaite pas "
                "répondre compte au dénominateur seulement."
            ),
        ),
        evidence=answered(months, REACHED),
        denominator=due(months),
    )


def _outcome(
    code: str, label: Any, counted: Any, counted_out: Any, definition: Any, among: Q, condition: Q
) -> Callable[[int], Indicator]:
    """Return what makes the indicator of one answer, among those who gave one, for a number of months."""

    def at(months: int) -> Indicator:
        return Indicator(
            code=f"{code}_{months}_months",
            group=Group.BECOMING,
            kind="file",
            label=format_lazy(label, months=months),
            counted=counted,
            counted_out=counted_out,
            definition=format_lazy("{own} {owed}", own=definition, owed=format_lazy(OWED, months=months)),
            evidence=answered(months, among & condition),
            denominator=answered(months, among),
        )

    return at


_still_in_region = _outcome(
    "in_region",
    _("Habitent encore la région à {months} mois"),
    ngettext_lazy("%(written)s personne habite la région", "%(written)s personnes habitent la région", "count"),
    ngettext_lazy("%(written)s personne n’y habite plus", "%(written)s personnes n’y habitent plus", "count"),
    _(
        "Pourcentage : au numérateur, les personnes qui disent habiter la région lors du suivi ; au dénominateur, "
        "celles qui y ont répondu et ont dit où elles habitent."
    ),
    LIVES_SOMEWHERE,
    IN_REGION,
)
_still_in_quebec = _outcome(
    "in_quebec",
    _("Habitent encore le Québec à {months} mois"),
    ngettext_lazy("%(written)s personne habite le Québec", "%(written)s personnes habitent le Québec", "count"),
    ngettext_lazy("%(written)s personne n’y habite plus", "%(written)s personnes n’y habitent plus", "count"),
    _(
        "Pourcentage : au numérateur, les personnes qui disent lors du suivi habiter la région ou une autre région du "
        "Québec ; au dénominateur, celles qui y ont répondu et ont dit où elles habitent."
    ),
    LIVES_SOMEWHERE,
    IN_QUEBEC,
)
_employed = _outcome(
    "employed",
    _("En emploi à {months} mois"),
    ngettext_lazy("%(written)s personne est en emploi", "%(written)s personnes sont en emploi", "count"),
    ngettext_lazy("%(written)s personne n’est pas en emploi", "%(written)s personnes ne sont pas en emploi", "count"),
    _(
        "Pourcentage : au numérateur, les personnes qui disent lors du suivi travailler à temps plein, à temps partiel "
        "ou à leur compte ; au dénominateur, toutes celles qui y ont répondu, celles qui étudient comprises."
    ),
    REACHED,
    AT_WORK,
)
_french = _outcome(
    "french",
    _("Français de niveau 7 ou plus à l’oral à {months} mois"),
    ngettext_lazy("%(written)s personne au niveau 7 ou plus", "%(written)s personnes au niveau 7 ou plus", "count"),
    ngettext_lazy("%(written)s personne sous le niveau 7", "%(written)s personnes sous le niveau 7", "count"),
    _(
        "Pourcentage : au numérateur, les personnes qui se disent lors du suivi au niveau 7 de l’Échelle québécoise ou "
        "à un niveau plus élevé, à la fois pour comprendre à l’oral et pour parler ; au dénominateur, celles qui ont "
        "dit leur niveau pour ces deux habiletés. C’est ce que la personne en dit, et non un test."
    ),
    LEVELS_KNOWN,
    AUTONOMOUS,
)

INDICATORS = tuple(
    make(months) for months in MONTHS for make in (_contacts, _still_in_region, _still_in_quebec, _employed, _french)
)
