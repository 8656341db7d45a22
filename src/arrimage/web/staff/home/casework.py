"""The agent's things to do, as the page shows them."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.accounts.rights import Actor
from arrimage.casework.todo import SHOWN, CaseTask, todo
from arrimage.casework.todo_reasons import Reason
from arrimage.foundation.writing import write_date, write_time
from arrimage.web.parts import Todo, TodoGroup

MILESTONES = {Reason.MILESTONE_6: 6, Reason.MILESTONE_12: 12, Reason.MILESTONE_24: 24}
FILES = {
    Reason.TO_ASSIGN,
    Reason.HANDED_OVER,
    Reason.PLANNED_CONTACT,
    *MILESTONES,
    Reason.FIRST_APPOINTMENT,
    Reason.CONSENT_WITHDRAWN,
    Reason.CONSENT_ENDS,
    Reason.TO_FINISH,
    Reason.TO_PLAN,
    Reason.TO_AGREE,
    Reason.STEP_OVERDUE,
    Reason.NOTE_WITHDRAWN,
    Reason.STEP_STILL,
}


def casework_groups(actor: Actor) -> list[TodoGroup]:
    """Return the groups of an agent's page, the one with the nearest deadline first; today's appointments lead."""
    groups = []
    for reason, tasks in todo(actor).items():
        more = len(tasks) > SHOWN
        group = TodoGroup(str(reason.label), [shown(task) for task in tasks[:SHOWN]])
        group.all_url = _list_of(reason) if more else ""
        nearest = min((task.due for task in tasks if task.due), default=date.max)
        groups.append((reason != Reason.APPOINTMENT, nearest, group))
    return [group for _later, _nearest, group in sorted(groups, key=lambda each: each[:2])]


def _list_of(reason: Reason) -> str:
    """Return the list that shows everything of a reason."""
    if reason in (Reason.APPOINTMENT, Reason.OUTCOME_MISSING, Reason.MISSED):
        return reverse("staff:appointments")
    page = "staff:files" if reason in FILES else "staff:referrals"
    return f"{reverse(page)}?{urlencode({'todo': reason.value})}"


def shown(task: CaseTask) -> Todo:
    action, target = _action(task)
    return Todo(
        title=task.name + _others(task.others),
        reason=str(task.reason.label),
        url=reverse("staff:file", args=[task.file_uid]) if task.file_uid else target,
        action=action,
        action_url=target,
        detail=_detail(task),
        since=None if task.at else task.since,
        due=None if task.reason == Reason.APPOINTMENT else task.due,
        post=task.reason in (Reason.EXPIRED, Reason.HANDED_OVER),
    )


def _others(count: int) -> str:
    if not count:
        return ""
    return " " + ngettext("et %(count)d autre personne", "et %(count)d autres personnes", count) % {"count": count}


def _detail(task: CaseTask) -> str:
    if task.at is None:
        return task.detail
    hour = write_time(task.at)
    return hour if task.reason == Reason.APPOINTMENT else f"{write_date(task.at)}, {hour}"


def _action(task: CaseTask) -> tuple[str, str]:
    """Return the verb of the button and where it leads."""
    file, uid = task.file_uid, task.uid
    follow_up = reverse("staff:follow_up", args=[file]) if file else ""
    match task.reason:
        case Reason.APPOINTMENT:
            url = reverse("staff:file", args=[file]) if file else reverse("staff:appointments")
            return _("Ouvrir le dossier"), url
        case Reason.OUTCOME_MISSING:
            return _("Dire ce qui s’est passé"), reverse("staff:appointment", args=[uid])
        case Reason.MISSED:
            page, key = ("staff:appointment_book", file) if file else ("staff:appointment", uid)
            return _("Fixer un autre rendez-vous"), reverse(page, args=[key])
        case Reason.FIRST_APPOINTMENT:
            return _("Fixer le rendez-vous"), reverse("staff:appointment_book", args=[file])
        case Reason.QUESTION:
            return _("Répondre"), f"{reverse('staff:referral', args=[uid])}#echanges"
        case Reason.DATES:
            return _("Choisir une date"), f"{reverse('staff:referral', args=[uid])}#dates"
        case Reason.CORRECTION:
            return _("Voir les corrections"), f"{reverse('staff:referral', args=[uid])}#corrections"
        case Reason.CAME_BACK:
            return _("Réorienter"), reverse("staff:refer", args=[uid])
        case Reason.EXPIRED:
            return _("Reprendre le besoin"), reverse("staff:referral_expire", args=[uid])
        case Reason.RESULT:
            return _("Faire le suivi"), f"{follow_up}?{urlencode({'orientation': uid})}"
        case Reason.STEP_OVERDUE | Reason.STEP_STILL:
            return _("Faire le suivi"), f"{follow_up}?{urlencode({'demarche': uid})}"
        case Reason.TO_ASSIGN:
            return _("Attribuer"), reverse("staff:file_assign", args=[file])
        case Reason.HANDED_OVER:
            return _("J’en prends connaissance"), reverse("staff:move_seen", args=[uid])
        case Reason.PLANNED_CONTACT:
            return _("Noter le contact"), f"{follow_up}?{urlencode({'contact': uid})}"
        case Reason.MILESTONE_6 | Reason.MILESTONE_12 | Reason.MILESTONE_24:
            return _("Demander des nouvelles"), reverse("staff:milestone", args=[file, MILESTONES[task.reason]])
        case Reason.NO_ANSWER:
            return _("Voir l’orientation"), reverse("staff:referral", args=[uid])
        case Reason.CONSENT_WITHDRAWN:
            return _("Voir les consentements"), reverse("staff:consents", args=[file])
        case Reason.CONSENT_ENDS:
            return _("Renouveler"), reverse("staff:consents", args=[file])
        case Reason.NOTE_WITHDRAWN:
            return _("Lire le motif"), reverse("staff:note", args=[uid])
        case Reason.TO_FINISH:
            return _("Poursuivre l’évaluation"), reverse("staff:assessment", args=[file])
        case Reason.TO_PLAN:
            return _("Rédiger le plan"), reverse("staff:plan", args=[file])
        case _:
            return _("Convenir du plan"), reverse("staff:plan_agree", args=[file])
