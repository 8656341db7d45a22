"""What a file that is left carries over to the one that takes it up."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.casework.actions.files import number_files
from arrimage.casework.enums import OPEN_STEPS, FileStatus, NeedStatus, PlannedStatus, PlanStatus, StepStatus
from arrimage.casework.models import File, Goal, Need, Plan, PlannedContact, Step
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict
from arrimage.foundation.writes import update_rows
from arrimage.territory.models import ServicePoint


def carry_over(files: Sequence[File], point: ServicePoint) -> list[File]:
    """Close files as transferred and open those that take them up at `point`; return the new ones, in order.

    The clock goes on: same arrival, same last day for the first appointment, same days for the steps. Raises `Conflict`
    when a person has an active file in that region.
    """
    today = clock.today()
    new = [
        File(
            region_id=point.region_id,
            person_id=file.person_id,
            service_point=point,
            arrived_on=file.arrived_on,
            first_appointment_due=file.first_appointment_due,
            opened_on=today,
        )
        for file in files
    ]
    number_files(new)
    try:
        with transaction.atomic():
            File.objects.bulk_create(new)
    except IntegrityError as error:
        raise Conflict(_("La personne a déjà un dossier actif dans votre région.")) from error
    for old, taken_up in zip(files, new, strict=True):
        _carry(old, taken_up)
        old.status, old.closed_on = FileStatus.TRANSFERRED, today
    update_rows(File, files, ["status", "closed_on"])
    PlannedContact.objects.filter(file__in=files, status=PlannedStatus.PLANNED).update(status=PlannedStatus.CANCELLED)
    return new


def _carry(old: File, new: File) -> None:
    """Copy the open needs, and the live plan with its open steps; end them where they were."""
    today = clock.today()
    needs = list(Need.objects.filter(file=old, closed_on__isnull=True).order_by("pk"))
    copies = {
        need.pk: Need(
            file=new,
            region_id=new.region_id,
            theme_id=need.theme_id,
            label=need.label,
            code=need.code,
            priority=need.priority,
            author_id=need.author_id,
            noted_on=need.noted_on,
        )
        for need in needs
    }
    Need.objects.bulk_create(copies.values())
    plan = Plan.objects.filter(file=old).exclude(status=PlanStatus.CLOSED).first()
    if plan is not None:
        _carry_plan(plan, new, copies)
    for need in needs:
        need.status, need.closed_on = NeedStatus.WITHDRAWN, today
    update_rows(Need, needs, ["status", "closed_on"])


def _carry_plan(plan: Plan, new: File, needs: dict[int, Need]) -> None:
    """Copy a plan as a draft: where it goes, it is agreed again with who will carry it."""
    copy = Plan.objects.create(file=new, region_id=new.region_id, author_id=plan.author_id)
    Goal.objects.bulk_create(
        [
            Goal(plan=copy, file=new, region_id=new.region_id, words=goal.words, language=goal.language)
            for goal in plan.goals.order_by("pk")
        ]
    )
    steps = list(Step.objects.filter(plan=plan, status__in=OPEN_STEPS).order_by("pk"))
    Step.objects.bulk_create(
        [
            Step(
                plan=copy,
                file=new,
                region_id=new.region_id,
                need=needs.get(step.need_id or 0),
                title=step.title,
                owner=step.owner,
                due_on=step.due_on,
            )
            for step in steps
        ]
    )
    for step in steps:
        step.status = StepStatus.DROPPED
    update_rows(Step, steps, ["status"])
    plan.status = PlanStatus.CLOSED
    plan.save(update_fields=["status"])
