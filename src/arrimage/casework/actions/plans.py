"""The action plan: drafted from needs, agreed with the person, its steps done."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.files import require_open_files
from arrimage.casework.enums import OPEN_STEPS, STEP_TRANSITIONS, NeedStatus, PlanStatus, StepStatus
from arrimage.casework.models import File, Need, Plan, Step
from arrimage.casework.rules import propose_step
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.foundation.writes import update_rows
from arrimage.territory.working_days import add_working_days


@dataclass(frozen=True)
class NewPlan:
    file: File
    on: date | None = None
    goal: str = ""


@dataclass(frozen=True)
class Agreed:
    """A plan the person agreed to: in which language it was explained, and by whom if not by the agent."""

    plan: Plan
    language: str = "fr"
    by: str = ""
    on: date | None = None


@action
def draft_plans(actor: Actor, items: Sequence[NewPlan]) -> list[Plan]:
    """Draft one plan a file, with the step each of its open needs suggests. Raises `Conflict` if one is live."""
    require_open_files(actor, [item.file for item in items])
    plans = [
        Plan(
            file=item.file,
            region_id=item.file.region_id,
            goal=item.goal,
            author_id=actor.user_id,
            drafted_on=item.on or clock.today(),
        )
        for item in items
    ]
    try:
        with transaction.atomic():
            Plan.objects.bulk_create(plans, batch_size=1000)
    except IntegrityError as error:
        raise Conflict(_("Un plan est déjà en cours dans ce dossier.")) from error
    needs: dict[int, list[Need]] = defaultdict(list)
    open_needs = Need.objects.filter(file__in=[item.file for item in items], closed_on__isnull=True)
    for need in open_needs.select_related("theme").order_by("priority", "pk"):
        needs[need.file_id].append(need)
    steps = []
    for plan in plans:
        for need in needs[plan.file_id]:
            proposed = propose_step(need.theme.code, need.label, need.priority)
            steps.append(
                Step(
                    plan=plan,
                    file_id=plan.file_id,
                    region_id=plan.region_id,
                    need=need,
                    title=proposed.title,
                    owner=proposed.owner,
                    due_on=add_working_days(plan.drafted_on, proposed.working_days),
                )
            )
    Step.objects.bulk_create(steps, batch_size=1000)
    return plans


@action
def add_step(actor: Actor, plan: Plan, *, title: str, owner: str, due_on: date, need: Need | None = None) -> Step:
    """Add a step nobody's rule proposed."""
    require_open_files(actor, [plan.file])
    _check_step(title)
    if plan.status == PlanStatus.CLOSED:
        raise Conflict(_("Ce plan est fermé : rédigez-en un autre."))
    if need is not None and need.file_id != plan.file_id:
        raise InvalidInput(_("Ce besoin appartient à un autre dossier."), field="need")
    return Step.objects.create(
        plan=plan,
        file_id=plan.file_id,
        region_id=plan.region_id,
        title=title.strip(),
        owner=owner,
        due_on=due_on,
        need=need,
    )


@action
def edit_step(actor: Actor, step: Step, *, version: int, title: str, owner: str, due_on: date) -> Step:
    """Change an open step read at `version`. Raises `Conflict` when somebody changed or closed it since."""
    require_open_files(actor, [step.file])
    _check_step(title)
    changed = Step.objects.filter(pk=step.pk, version=version, status__in=OPEN_STEPS).update(
        title=title.strip(), owner=owner, due_on=due_on
    )
    if not changed:
        raise Conflict(_("Cette démarche a été modifiée entre-temps. Relisez-la avant de l’enregistrer."))
    step.refresh_from_db()
    return step


def _check_step(title: str) -> None:
    if not title.strip():
        raise InvalidInput(_("Dites ce qu’il y a à faire."), field="title")


@action
def agree_plans(actor: Actor, items: Sequence[Agreed]) -> None:
    """Record that each person agreed to their plan. A plan without a step to do cannot be agreed."""
    require_open_files(actor, [item.plan.file for item in items])
    plans = {
        plan.pk: plan
        for plan in Plan.objects.select_for_update(of=("self",)).filter(pk__in=[item.plan.pk for item in items])
    }
    with_steps = set(
        Step.objects.filter(plan__in=plans).exclude(status=StepStatus.DROPPED).values_list("plan_id", flat=True)
    )
    for item in items:
        plan = plans[item.plan.pk]
        if plan.status != PlanStatus.DRAFT:
            raise Conflict(_("Ce plan est déjà convenu."))
        if plan.pk not in with_steps:
            raise InvalidInput(_("Ajoutez au moins une démarche avant de convenir du plan."))
        plan.status = PlanStatus.AGREED
        plan.agreed_on = item.on or clock.today()
        plan.explained_language = item.language
        plan.explained_by = item.by
    update_rows(Plan, plans.values(), ["status", "agreed_on", "explained_language", "explained_by"])


@action
def set_step_statuses(actor: Actor, steps: Sequence[Step], status: str, *, on: date | None = None) -> list[Step]:
    """Change the state of steps; a need whose steps are all done is proposed as met by the page, not here."""
    require_open_files(actor, [step.file for step in steps])
    locked = Step.objects.select_for_update(of=("self",)).filter(pk__in=[step.pk for step in steps]).order_by("pk")
    changed = list(locked)
    change_steps(changed, status, on=on)
    return changed


def set_step_status(actor: Actor, step: Step, status: str, *, on: date | None = None) -> Step:
    """Change the state of one step."""
    return set_step_statuses(actor, [step], status, on=on)[0]


def change_steps(steps: Sequence[Step], status: str, *, on: date | Mapping[int, date] | None = None) -> None:
    """Move locked steps to `status` on a day, the same for all or by key; their needs follow to « in progress » while
    nothing closed them."""
    for step in steps:
        STEP_TRANSITIONS.check(step.status, status)
        day = on[step.pk] if isinstance(on, Mapping) else on or clock.today()
        step.status = status
        step.done_on = day if status == StepStatus.DONE else None
    update_rows(Step, steps, ["status", "done_on"])
    if status == StepStatus.IN_PROGRESS:
        Need.objects.filter(steps__in=steps, status=NeedStatus.OPEN).update(status=NeedStatus.IN_PROGRESS)
