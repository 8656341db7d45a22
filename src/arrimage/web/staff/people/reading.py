"""What the pages of people share: reaching a person or a household through the files one opens, 404 otherwise.

Whoever finds somebody here is written down in the read journal.
"""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.casework.models import File
from arrimage.casework.story import files_to_read
from arrimage.people.models import Household, Member, Person
from arrimage.people.queries import households_visible_to
from arrimage.privacy.journal.enums import ObjectKind, What
from arrimage.web.journal import read, read_persons
from arrimage.web.requests import ActingRequest
from arrimage.web.staff.casework.reading import address_of


def file_of(request: ActingRequest, uid: UUID, what: What | None = None, shown: UUID | None = None) -> File:
    """Return the file by which the actor reaches a person: the active one if there is one.

    `shown` is the record of theirs that the page is about, for the journal. A record
    merged into another leads to it.
    """
    files = files_to_read(request.actor).order_by("status", "-opened_on", "-pk")
    file = files.filter(person__uid=uid).first() or files.filter(person__absorbed__uid=uid).first()
    if file is None:
        raise Http404
    read(request, file, what, kind=ObjectKind.PERSON, uid=shown)
    return file


def record_of(person: Person) -> str:
    """Return the address of a person's page."""
    return reverse("staff:person_record", args=[person.uid])


def page(file: File, title: str, **context: Any) -> dict[str, Any]:
    """Return the context of a page under a person: title, breadcrumb, where to go back to."""
    person = file.person
    return {
        "title": title,
        "lead": f"{person} · {file.number}",
        "file": file,
        "person": person,
        "file_url": record_of(person),
        "trail": [
            (_("Dossiers"), reverse("staff:files")),
            (str(person), address_of(file)),
            (_("Renseignements"), record_of(person)),
        ],
        **context,
    }


def household_for(request: ActingRequest, uid: UUID) -> tuple[Household, list[Member]]:
    """Return a household with everybody who is or was in it, those there now first."""
    household = get_object_or_404(households_visible_to(request.actor), uid=uid)
    members = list(household.memberships.select_related("person").order_by("-ends_on", "starts_on", "pk"))
    members.sort(key=lambda member: member.ends_on is not None)
    read_persons(
        request,
        (member.person_id for member in members),
        kind=ObjectKind.HOUSEHOLD,
        uid=household.uid,
        region_id=household.region_id,
    )
    return household, members


def household_of(person: Person) -> Household | None:
    """Return the household a person is in today."""
    member = Member.objects.filter(person=person, ends_on__isnull=True).select_related("household").first()
    return member.household if member else None
