"""What the other rooms say needs somebody now (`foundation.attention.Task`), as the page shows it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.foundation.attention import Task
from arrimage.web.parts import Todo, TodoGroup, grouped

SHOWN = 8

# By kind of record: its page, the list of its kind, the verb of the button.
PAGES = {
    "agreement": ("staff:agreement", "staff:agreements"),
    "employer": ("staff:employer", "staff:accompaniments"),
    "break_glass": ("staff:access", "staff:accesses"),
    "request": ("staff:request", "staff:requests"),
    "incident": ("staff:incident", "staff:incidents"),
    "transfer": ("staff:transfer", "staff:transfers"),
    "proposal": ("staff:proposal", "staff:proposals"),
    "destruction": ("staff:retention_run", "staff:retention_runs"),
}


def task_groups(tasks: Iterable[Task]) -> list[TodoGroup]:
    """Return the tasks grouped by reason, the most pressing first, a few of each."""
    targets = {}
    todos = []
    for task in tasks:
        page, every = PAGES[task.target]
        targets[task.reason] = reverse(every)
        todos.append(
            Todo(
                title=task.label,
                reason=task.reason,
                url=reverse(page, args=[task.uid]),
                action=_verb(task),
                detail=task.detail,
                since=task.since,
                due=task.deadline,
            )
        )
    groups = grouped(todos)
    for group in groups:
        if len(group.todos) > SHOWN:
            group.todos = group.todos[:SHOWN]
            group.all_url = targets[group.reason]
    return groups


def _verb(task: Task) -> str:
    return {
        "agreement": _("Ouvrir l’entente"),
        "employer": _("Répondre à l’employeur"),
        "break_glass": _("Examiner l’accès"),
        "request": _("Ouvrir la demande"),
        "incident": _("Ouvrir l’incident"),
        "transfer": _("Ouvrir le transfert"),
        "proposal": _("Décider"),
        "destruction": _("Examiner la liste"),
    }[task.target]
