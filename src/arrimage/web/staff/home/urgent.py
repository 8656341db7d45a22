"""Everything that needs an agent in one list, the most urgent first; narrowed to one reason, or taken as a file."""

from typing import Any

import django_tables2 as tables
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.queries import files_visible_to
from arrimage.casework.todo import CaseTask, urgent
from arrimage.casework.todo_reasons import Reason
from arrimage.foundation.writing import write_number
from arrimage.privacy.journal.enums import ObjectKind, What
from arrimage.web.access import allows
from arrimage.web.deadlines import age_words
from arrimage.web.journal import read_rows
from arrimage.web.lists import ShellTable, name_link, render_list
from arrimage.web.parts import Empty, Todo
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.home.casework import shown
from arrimage.web.templatetags.arrimage import deadline_badge


class UrgentTable(ShellTable):
    """One thing to do a line; the order is that of the urgency."""

    title = tables.Column(verbose_name=gettext_lazy("Personne"), orderable=False)
    reason = tables.Column(verbose_name=gettext_lazy("Pourquoi"), orderable=False)
    due = tables.Column(verbose_name=gettext_lazy("Échéance"), orderable=False, default="—")
    since = tables.Column(verbose_name=gettext_lazy("Depuis"), orderable=False, default="—")
    action = tables.Column(verbose_name=gettext_lazy("À faire"), orderable=False, exclude_from_export=True)

    class Meta(ShellTable.Meta):
        order_by = ()

    def render_title(self, record: Todo) -> SafeString:
        return name_link(record.url, record.title, record.detail)

    def value_title(self, record: Todo) -> str:
        return record.title

    def render_due(self, value: Any) -> SafeString:
        return deadline_badge(value)

    def value_due(self, value: Any) -> Any:
        return value

    def render_since(self, value: Any) -> str:
        return age_words(value)

    def value_since(self, value: Any) -> Any:
        return value

    def render_action(self, record: Todo, value: str) -> SafeString:
        """A thing done by a button of its own page is done there: a list only leads."""
        if record.post:
            return format_html('<a href="{}">{}</a>', record.url, _("Ouvrir le dossier"))
        return format_html(
            '<a href="{}">{}<span class="visually-hidden"> : {}</span></a>', record.target, value, record.title
        )


@allows(Right.ACCOMPANY)
@require_safe
def urgency(request: ActingRequest) -> HttpResponseBase:
    """List what needs the agent across reasons; `?raison=` keeps one."""
    asked = request.GET.get("raison", "")
    reason = Reason(asked) if asked in Reason.values else None
    tasks = urgent(request.actor, reason)
    return render_list(
        request,
        UrgentTable,
        [shown(task) for task in tasks],
        title=_("À faire, du plus urgent au moins urgent"),
        sentence=lambda count: (
            ngettext("%(count)s chose à faire", "%(count)s choses à faire", count) % {"count": write_number(count)}
        ),
        empty=Empty(_("Rien ne vous attend pour le moment."), _("Revenir à l’accueil"), reverse("staff:home")),
        export_name="a-faire",
        exported=lambda _rows: _journal(request, tasks),
        template="staff/home/urgent.html",
        context={
            "trail": [(_("À faire"), reverse("staff:home"))],
            "reasons": Reason.choices,
            "reason": reason,
        },
    )


def _journal(request: ActingRequest, tasks: list[CaseTask]) -> None:
    """Write that each person of the list left in a file."""
    files = files_visible_to(request.actor).filter(uid__in={task.file_uid for task in tasks if task.file_uid})
    read_rows(request, files, What.EXPORTED, kind=ObjectKind.FILE, prefix="")
