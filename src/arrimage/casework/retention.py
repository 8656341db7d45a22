"""The end of files, with the persons nobody accompanies any more, and of referrals."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from arrimage.casework.enums import (
    REFERRAL_TRANSITIONS,
    Employment,
    FileStatus,
    MilestoneResult,
    NeedStatus,
    Outcome,
    ReferralStatus,
    Residence,
)
from arrimage.casework.milestones import AUTONOMOUS_LEVEL, MONTHS
from arrimage.casework.models import File, MilestoneContact, Need, Referral
from arrimage.directory.models import Theme
from arrimage.people.enums import Category, Gender
from arrimage.people.models import PersonStatus
from arrimage.privacy.retention.closure import destroy, rows_hanging_on
from arrimage.privacy.retention.enums import Ending
from arrimage.privacy.retention.kinds import (
    ByUid,
    Destroyed,
    Dimension,
    Emptied,
    Fact,
    Kind,
    choices,
    register,
    register_by_uid,
    register_emptied,
)
from arrimage.privacy.retention.persons import purge_persons

# What stays of the contacts at 6, 12 and 24 months, each counted in the year it was due.
MILESTONES = {
    f"{name}_{months}": Dimension(format_lazy(label, months=months), words)
    for months in MONTHS
    for name, label, words in (
        ("contact", _("Suivi à {months} mois"), choices(MilestoneResult)),
        ("residence", _("Résidence à {months} mois"), choices(Residence)),
        ("employment", _("Emploi à {months} mois"), choices(Employment)),
        ("french", _("Français à {months} mois"), lambda: {"7": _("Niveau 7 ou plus à l’oral"), "0": _("Moins de 7")}),
    )
}


def declare() -> None:
    register(
        Kind(
            code="file",
            model_label="casework.File",
            label=_("Dossiers fermés"),
            since=_("la fermeture du dossier"),
            months=60,
            ending=Ending.ANONYMISE,
            basis=_(
                "Loi sur l’accès, article 73 : la fin de l’accompagnement. Sans autre dossier, tout ce qui est détenu "
                "sur la personne est détruit avec lui."
            ),
            due=_closed,
            facts=_facts_of_files,
            dimensions={
                "status": Dimension(_("État du dossier"), choices(FileStatus)),
                "gender": Dimension(_("Genre"), choices(Gender)),
                "category": Dimension(_("Catégorie d’immigration"), choices(Category)),
                "need_theme": Dimension(_("Thèmes des besoins"), _themes),
                "need_status": Dimension(_("États des besoins"), choices(NeedStatus)),
                "referral_theme": Dimension(_("Thèmes des orientations"), _themes),
                "referral_status": Dimension(_("États des orientations"), choices(ReferralStatus)),
                "referral_outcome": Dimension(_("Résultats des orientations"), choices(Outcome)),
                **MILESTONES,
            },
            destroy=_destroy,
            persons="person",
        )
    )
    register(
        Kind(
            code="referral",
            model_label="casework.Referral",
            label=_("Orientations terminées"),
            since=_("la fin de l’orientation"),
            months=84,
            ending=Ending.ANONYMISE,
            basis=_("Pièce à l’appui d’une entente : sept ans après la fin, comme les pièces comptables."),
            due=_ended,
            facts=_facts_of_referrals,
            dimensions={
                "theme": Dimension(_("Thème"), _themes),
                "status": Dimension(_("État"), choices(ReferralStatus)),
                "outcome": Dimension(_("Résultat"), choices(Outcome)),
                "organisation": Dimension(_("Organisme")),
            },
        )
    )
    register_emptied(Emptied("casework.Handover", "moves"))
    register_emptied(Emptied("casework.Transfer", "files"))
    register_by_uid(ByUid("directory.PlaceHold", "holder", "casework.Referral"))


def _themes() -> dict[str, str]:
    return {theme.code: theme.label for theme in Theme.objects.all()}


def _closed(cutoff: date) -> "QuerySet[Any]":
    return (
        File.objects.exclude(status=FileStatus.ACTIVE)
        .filter(closed_on__lte=cutoff)
        .annotate(since=F("closed_on"), reference=F("number"))
    )


def _destroy(keys: Sequence[int]) -> Destroyed:
    """Destroy files; and all that is held of their persons, when they have no other."""
    persons = set(File.objects.filter(pk__in=keys).values_list("person_id", flat=True))
    done = destroy(rows_hanging_on(File, keys))
    persons -= set(File.objects.filter(person__in=persons).values_list("person_id", flat=True))
    if persons:
        done.add(purge_persons(persons))
    return done


def _ended(cutoff: date) -> "QuerySet[Any]":
    over = Referral.objects.filter(status__in=sorted(str(status.value) for status in REFERRAL_TRANSITIONS.final()))
    dated = over.annotate(
        since=Coalesce("ended_on", "answered_on", "sent_on"), reference=Cast("uid", output_field=CharField())
    )
    return dated.filter(since__lte=cutoff)


def _facts_of_files(keys: Sequence[int]) -> Iterable[Fact]:
    """Yield what is counted of files: each file once a value, so that no figure is about one person's many needs."""
    categories = dict(
        PersonStatus.objects.filter(person__files__in=keys)
        .order_by("starts_on", "pk")
        .values_list("person_id", "category")
    )
    several: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for key, theme, status in Need.objects.filter(file__in=keys).values_list("file_id", "theme__code", "status"):
        several[key] |= {("need_theme", theme), ("need_status", status)}
    for key, theme, status, outcome in Referral.objects.filter(file__in=keys).values_list(
        "file_id", "need__theme__code", "status", "outcome"
    ):
        several[key] |= {("referral_theme", theme), ("referral_status", status)}
        if outcome:
            several[key].add(("referral_outcome", outcome))
    for file in File.objects.filter(pk__in=keys).select_related("person"):
        if file.closed_on is None:
            continue
        year = file.closed_on.year
        yield year, "status", file.status
        yield year, "gender", file.person.gender
        yield year, "category", categories.get(file.person_id, "unknown")
        for dimension, value in sorted(several[file.pk]):
            yield year, dimension, value
    for contact in MilestoneContact.objects.filter(file__in=keys, months__in=MONTHS):
        yield from _facts_of_milestone(contact)


def _facts_of_milestone(contact: MilestoneContact) -> Iterable[Fact]:
    year, months = contact.due_on.year, contact.months
    yield year, f"contact_{months}", contact.result
    if contact.result != MilestoneResult.REACHED:
        return
    yield year, f"residence_{months}", contact.residence
    yield year, f"employment_{months}", contact.employment
    if contact.listening is not None and contact.speaking is not None:
        known = min(contact.listening, contact.speaking) >= AUTONOMOUS_LEVEL
        yield year, f"french_{months}", str(AUTONOMOUS_LEVEL if known else 0)


def _facts_of_referrals(keys: Sequence[int]) -> Iterable[Fact]:
    for referral in Referral.objects.filter(pk__in=keys).select_related("need__theme", "organisation"):
        day = referral.ended_on or referral.answered_on or referral.sent_on
        if day is None:
            continue
        yield day.year, "theme", referral.need.theme.code
        yield day.year, "status", referral.status
        yield day.year, "organisation", referral.organisation.name
        if referral.outcome:
            yield day.year, "outcome", referral.outcome
