"""A contact that checks how things go, and closes the step it settles."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arrimage.accounts.enums import Right
from arrimage.casework.actions import plan_contact, record_follow_ups
from arrimage.casework.actions.follow_ups import NewFollowUp
from arrimage.casework.enums import NeedStatus, Outcome
from arrimage.casework.models import File, FollowUp, PlannedContact, Referral, Step
from arrimage.casework.story import FileStory
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.web.access import allows, refusals_shown
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.forms_contacts import FollowUpForm, planned_in
from arrimage.web.staff.casework.reading import address_of, file_for, page

PROPOSED = {Outcome.REACHED: NeedStatus.MET, Outcome.PARTLY: "", Outcome.NOT_REACHED: ""}


@allows(Right.ACCOMPANY)
@require_http_methods(["GET", "POST"])
def add(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Record a contact, and plan the next one.

    `?demarche=`, `?orientation=` or `?contact=` (one that was planned) says what it is about; a result received
    proposes to close.
    """
    file = file_for(request, uid, ObjectKind.FOLLOW_UP)
    if _sent_already(file, request.POST.get("uid", "")):
        return redirect(address_of(file))
    story = FileStory(file)
    referral = _by_uid(story.referrals, request.GET.get("orientation", ""))
    step = _by_uid(story.open_steps, request.GET.get("demarche", ""))
    if step is None and referral is not None and referral.step_id:
        step = next((each for each in story.open_steps if each.pk == referral.step_id), None)
    if referral is None and step is not None:
        referral = story.result_for(step)
    planned = _by_uid(list(planned_in(file)), request.GET.get("contact", ""))
    initial = {**_proposed(step, referral), **_planned(planned, file)}
    form = FollowUpForm(request.POST or None, story=story, actor=request.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_shown(request, form):
            made = record_follow_ups(request.actor, [_item(story, referral, form.cleaned_data)])
            to_plan = form.to_plan()
            if made and to_plan is not None:
                plan_contact(request.actor, file, to_plan)
            messages.success(request, _said(form.cleaned_data))
            return redirect(address_of(file))
    context = page(
        file, _("Noter un suivi"), form=form, story=story, referral=referral, step=step, draft=f"suivi-{uid}"
    )
    return render(request, "staff/casework/follow_up.html", context)


def _sent_already(file: File, uid: str) -> bool:
    """Say whether this very form was recorded: the button pressed twice, the page sent again."""
    try:
        return FollowUp.objects.filter(file=file, uid=UUID(uid)).exists()
    except ValueError:
        return False


def _item(story: FileStory, referral: Referral | None, given: dict[str, Any]) -> NewFollowUp:
    """Return the contact to record; the need is the step's or, where there is no step, the referral's."""
    step: Step | None = given.get("step")
    need = None if step is not None or referral is None else referral.need
    return NewFollowUp(
        file=story.file,
        step=step,
        channel=given["channel"],
        reached=given["reached"],
        note=given["note"],
        on=given["on"],
        closes_step=bool(given.get("closes_step")),
        need_status=given["need_status"],
        need=need,
        language=given["language"],
        interpreter=given["interpreter"],
        planned=given.get("planned"),
        uid=given["uid"],
    )


def _planned(planned: PlannedContact | None, file: File) -> dict[str, Any]:
    """Return what the form proposes for a contact that was planned; the person's language, in any case."""
    known: dict[str, Any] = {"language": file.person.preferred_language}
    if planned is not None:
        known |= {"planned": planned.pk, "channel": planned.channel}
    return known


def _proposed(step: Step | None, referral: Referral | None) -> dict[str, Any]:
    """Return what the form proposes: with a result, the step is done and the need met if the aim was reached."""
    outcome = Outcome(referral.outcome) if referral is not None and referral.outcome else None
    return {
        "step": step,
        "closes_step": outcome is not None and step is not None,
        "need_status": PROPOSED[outcome] if outcome else "",
    }


def _said(given: dict[str, Any]) -> str:
    if given.get("closes_step"):
        return _("Le suivi est noté et la démarche est close.")
    return _("Le suivi est noté.")


def _by_uid(records: list[Any], uid: str) -> Any:
    return next((each for each in records if str(each.uid) == uid), None)
