"""The list of files, one file's page, and who answers for it."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from arrimage.accounts.enums import Right
from arrimage.casework.actions import assign_files
from arrimage.casework.actions.break_glass import file_to_ask_for
from arrimage.casework.enums import FileStatus
from arrimage.casework.queries import files_listed_for, files_visible_to
from arrimage.casework.stages import with_next_appointment, with_stage
from arrimage.casework.story import FileStory
from arrimage.foundation.writing import write_number
from arrimage.privacy.journal.enums import ObjectKind, What
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read_rows
from arrimage.web.lists import render_list
from arrimage.web.parts import Empty
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.contacts import contacts_of
from arrimage.web.staff.casework.filters import FileFilter, agents_of
from arrimage.web.staff.casework.forms import AssignForm
from arrimage.web.staff.casework.reading import address_of, file_for, page
from arrimage.web.staff.casework.shown import shown_file, shown_past
from arrimage.web.staff.casework.tables import FileTable
from arrimage.web.staff.consents.shown import told


@allows(Right.ACCOMPANY)
@require_safe
def files(request: ActingRequest) -> HttpResponseBase:
    """List the files of the region, the last opened first."""
    rows = files_listed_for(request.actor).select_related("person", "agent", "service_point")
    return render_list(
        request,
        FileTable,
        with_next_appointment(with_stage(rows)),
        FileFilter,
        title=_("Dossiers"),
        sentence=lambda count: (
            ngettext("%(count)s dossier", "%(count)s dossiers", count) % {"count": write_number(count)}
        ),
        empty=Empty(_("Aucun dossier n’est encore ouvert dans la région. Les dossiers s’ouvrent à l’accueil.")),
        export_name="dossiers",
        exported=lambda exported: read_rows(request, exported, What.EXPORTED, kind=ObjectKind.FILE, prefix=""),
        template="staff/casework/files.html",
        context={
            "mine": "whose" in request.GET,
            "mine_url": f"{reverse('staff:files')}?whose=mine&status=active",
            "sees_accesses": request.actor.may(Right.ASSIGN_FILES),
        },
    )


@allows(Right.ACCOMPANY)
@require_safe
def file(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Show one person's accompaniment as one story; ask for a reason, for a file of the region not one's own."""
    try:
        found = file_for(request, uid)
    except Http404:
        if file_to_ask_for(request.actor, uid=uid) is None:
            raise
        return redirect(f"{reverse('staff:break_glass')}?{urlencode({'dossier': uid})}")
    story = FileStory.whole(request.actor, found)
    context = {
        "title": str(found.person),
        "trail": [(_("Dossiers"), reverse("staff:files"))],
        "file": found,
        "story": story,
        "can_assign": story.is_open and request.actor.may(Right.ASSIGN_FILES),
        "given": told(found.person, story.consents, story.refusals),
        **shown_file(story),
        **shown_past(story),
        **contacts_of(story),
    }
    return render(request, "staff/casework/file.html", context)


@allows(Right.ACCOMPANY)
@require_safe
def person(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Lead from a person to their file in the actor's region, the active one if there is one."""
    files = files_visible_to(request.actor)
    own = files.filter(person__uid=uid)
    if not own.exists():  # a record merged into another leads to it
        own = files.filter(person__absorbed__uid=uid)
    found = own.filter(status=FileStatus.ACTIVE).first() or own.first()
    return redirect(address_of(found or get_object_or_404(own)))


@allows(Right.ASSIGN_FILES)
@require_http_methods(["GET", "POST"])
def assign(request: ActingRequest, uid: UUID) -> HttpResponse:
    """Give a file to an agent of the region."""
    found = file_for(request, uid)
    form = AssignForm(request.POST or None, agents=agents_of(request.actor), initial={"agent": found.agent_id})
    if form.is_valid():
        with refusals_shown(request, form):
            agent = form.cleaned_data["agent"]
            assign_files(request.actor, [found], agent)
            messages.success(request, _("Le dossier est attribué à %(name)s.") % {"name": agent.name})
            return redirect(address_of(found))
    context = page(found, _("Attribuer le dossier"), form=form, submit=_("Attribuer"))
    return render(request, "staff/casework/form.html", context)
