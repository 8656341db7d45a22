"""The action plan: drafted from needs, its wishes and steps, what was proposed and refused."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.amendments import amend
from arrimage.casework.actions.files import require_open_files
from arrimage.casework.enums import OPEN_STEPS, STEP_TRANSITIONS, AmendmentKind, NeedStatus, PlanStatus, StepStatus
from arrimage.casework.models import DeclinedProposal, File, Goal, Need, Plan, Step
from arrimage.casework.plan_content import step_content
from arrimage.casework.step_rules import propose_for
from arrimage.directory.models import Service
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, InvalidInput
from arrimage.foundation.writes import update_rows
from arrimage.territory.working_days import add_working_days


@dataclass(frozen=True)
class NewPlan:
    """A plan to draft. `goal` is the person's first wish; `without` the needs whose proposed step is refused."""

    file: File
    on: date | None = None
    goal: str = ""
    language: str = "fr"
    without: frozenset[int] = frozenset()


@action
def draft_plans(actor: Actor, items: Sequence[NewPlan]) -> list[Plan]:
    """Draft one plan a file, with the step each of its open needs suggests. Raises `Conflict` if one is live."""
    require_open_files(actor, [item.file for item in items])
    plans = [
        Plan(
            file=item.file, region_id=item.file.region_id, author_id=actor.user_id, drafted_on=item.on or clock.today()
        )
        for item in items
    ]
    try:
        with transaction.atomic():
            Plan.objects.bulk_create(plans, batch_size=1000)
    except IntegrityError as error:
        raise Conflict(_("Un plan est déjà en cours dans ce dossier.")) from error
    wishes = [
        Goal(plan=plan, file_id=plan.file_id, region_id=plan.region_id, words=item.goal.strip(), language=item.language)
        for plan, item in zip(plans, items, strict=True)
        if item.goal.strip()
    ]
    Goal.objects.bulk_create(wishes, batch_size=1000)
    needs: dict[int, list[Need]] = defaultdict(list)
    open_needs = Need.objects.filter(file__in=[item.file for item in items], closed_on__isnull=True)
    for need in open_needs.select_related("theme").order_by("priority", "pk"):
        needs[need.file_id].append(need)
    steps, refusals = [], []
    for plan, item in zip(plans, items, strict=True):
        for need in needs[plan.file_id]:
            if need.pk in item.without:
                refusals.append(_refusal(actor, plan, need))
            else:
                steps.append(_proposed_step(plan, need, plan.drafted_on))
    Step.objects.bulk_create(steps, batch_size=1000)
    DeclinedProposal.objects.bulk_create(refusals, batch_size=1000)
    return plans


def _proposed_step(plan: Plan, need: Need, day: date) -> Step:
    proposed = propose_for(need)
    return Step(
        plan=plan,
        file_id=plan.file_id,
        region_id=plan.region_id,
        need=need,
        title=proposed.title,
        owner=proposed.owner,
        rule=proposed.rule,
        due_on=add_working_days(day, proposed.working_days),
    )


def _refusal(actor: Actor, plan: Plan, need: Need) -> DeclinedProposal:
    return DeclinedProposal(
        plan=plan,
        file_id=plan.file_id,
        region_id=plan.region_id,
        need=need,
        rule=propose_for(need).rule,
        author_id=actor.user_id,
    )


# --- What is proposed ----------------------------------------------------------------------------------------------
@action
def take_proposal(actor: Actor, plan: Plan, need: Need, *, why: str = "") -> Step:
    """Add to a plan the step that a need suggests. Raises `Conflict` when the plan has one for it already."""
    _require_plan(actor, plan)
    _require_same_file(plan, need)
    Need.objects.select_for_update(of=("self",)).get(pk=need.pk)  # one step, though two people take it at once
    if Step.objects.filter(plan=plan, need=need).exclude(status=StepStatus.DROPPED).exists():
        raise Conflict(_("Une démarche répond déjà à ce besoin."))
    step = _proposed_step(plan, need, clock.today())
    step.save()
    amend(actor, plan, AmendmentKind.STEP_ADDED, step=step, after=_said(step), why=why)
    return step


@action
def refuse_proposal(actor: Actor, plan: Plan, need: Need) -> None:
    """Leave out the step that a need suggests; a repeat changes nothing."""
    _require_plan(actor, plan)
    _require_same_file(plan, need)
    refusal = _refusal(actor, plan, need)
    DeclinedProposal.objects.get_or_create(
        plan=plan,
        need=need,
        rule=refusal.rule,
        defaults={"file_id": refusal.file_id, "region_id": refusal.region_id, "author_id": refusal.author_id},
    )


@action
def propose_again(actor: Actor, refusal: DeclinedProposal) -> None:
    """Take a refusal back: the step is proposed again."""
    _require_plan(actor, refusal.plan)
    refusal.delete()


# --- Wishes ---------------------------------------------------------------------------------------------------------
@action
def add_goal(actor: Actor, plan: Plan, *, words: str, language: str, why: str = "") -> Goal:
    """Note something the person wants, in their words."""
    _require_plan(actor, plan)
    if not words.strip():
        raise InvalidInput(_("Écrivez ce que la personne souhaite, dans ses mots."), field="words")
    goal = Goal.objects.create(
        plan=plan, file_id=plan.file_id, region_id=plan.region_id, words=words.strip(), language=language
    )
    amend(actor, plan, AmendmentKind.GOAL_ADDED, after={"words": goal.words, "language": language}, why=why)
    return goal


@action
def remove_goal(actor: Actor, goal: Goal, *, why: str = "") -> None:
    """Take a wish out of the plan; versions agreed with it keep it."""
    _require_plan(actor, goal.plan)
    before = {"words": goal.words, "language": goal.language}
    goal.delete()
    amend(actor, goal.plan, AmendmentKind.GOAL_REMOVED, before=before, why=why)


# --- Steps ----------------------------------------------------------------------------------------------------------
@action
def add_step(
    actor: Actor,
    plan: Plan,
    *,
    title: str,
    owner: str,
    due_on: date,
    need: Need | None = None,
    service: Service | None = None,
    language: str = "fr",
    why: str = "",
) -> Step:
    """Add a step nobody's rule proposed."""
    _require_plan(actor, plan)
    _check_step(title)
    if need is not None:
        _require_same_file(plan, need)
    step = Step.objects.create(
        plan=plan,
        file_id=plan.file_id,
        region_id=plan.region_id,
        title=title.strip(),
        language=language,
        owner=owner,
        due_on=due_on,
        need=need,
        service=service,
    )
    amend(actor, plan, AmendmentKind.STEP_ADDED, step=step, after=_said(step), why=why)
    return step


@action
def edit_step(
    actor: Actor,
    step: Step,
    *,
    version: int,
    title: str,
    owner: str,
    due_on: date,
    service: Service | None = None,
    language: str = "fr",
    why: str = "",
) -> Step:
    """Change an open step read at `version`. Raises `Conflict` when somebody changed or closed it since."""
    require_open_files(actor, [step.file])
    _check_step(title)
    kept = Step.objects.filter(pk=step.pk, version=version, status__in=OPEN_STEPS)
    before = kept.select_for_update(of=("self",)).select_related("need", "service__organisation").first()
    if before is None:
        raise Conflict(_("Cette démarche a été modifiée entre-temps. Relisez-la avant de l’enregistrer."))
    was = _said(before)
    before.title, before.owner, before.due_on = title.strip(), owner, due_on
    before.service, before.language = service, language
    before.save(update_fields=["title", "owner", "due_on", "service", "language"])
    step.refresh_from_db()
    if was != _said(before):
        amend(actor, step.plan, AmendmentKind.STEP_CHANGED, step=step, before=was, after=_said(before), why=why)
    return step


def _check_step(title: str) -> None:
    if not title.strip():
        raise InvalidInput(_("Dites ce qu’il y a à faire."), field="title")


def _require_plan(actor: Actor, plan: Plan) -> None:
    require_open_files(actor, [plan.file])
    if plan.status == PlanStatus.CLOSED:
        raise Conflict(_("Ce plan est fermé : rédigez-en un autre."))


def _require_same_file(plan: Plan, need: Need) -> None:
    if need.file_id != plan.file_id:
        raise InvalidInput(_("Ce besoin appartient à un autre dossier."), field="need")


def _said(step: Step) -> dict[str, Any]:
    """Return what a step says, for an amendment."""
    return dict(vars(step_content(step)))


@action
def set_step_statuses(
    actor: Actor, steps: Sequence[Step], status: str, *, on: date | None = None, why: str = ""
) -> list[Step]:
    """Change the state of steps; a need whose steps are all done is proposed as met by the page, not here.

    Dropping a step of an agreed plan, or taking it up again, changes what was agreed; the rest is the plan's course.
    """
    require_open_files(actor, [step.file for step in steps])
    changed = list(
        Step.objects.select_for_update(of=("self",))
        .select_related("plan", "need", "service__organisation")
        .filter(pk__in=[step.pk for step in steps])
        .order_by("pk")
    )
    before = {step.pk: step.status for step in changed}
    change_steps(changed, status, on=on)
    for step in changed:
        for kind, was, now in _reopenings(step, before[step.pk]):
            amend(actor, step.plan, kind, step=step, before=was, after=now, why=why)
    return changed


def set_step_status(actor: Actor, step: Step, status: str, *, on: date | None = None, why: str = "") -> Step:
    """Change the state of one step."""
    return set_step_statuses(actor, [step], status, on=on, why=why)[0]


def _reopenings(step: Step, was: str) -> Iterator[tuple[AmendmentKind, dict[str, Any] | None, dict[str, Any] | None]]:
    if step.status == StepStatus.DROPPED:
        yield AmendmentKind.STEP_DROPPED, _said(step), None
    elif was == StepStatus.DROPPED:
        yield AmendmentKind.STEP_TAKEN_UP, None, _said(step)


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
