"""The likely duplicates of the region, and saying that two persons are two."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from arrimage.accounts.enums import Right
from arrimage.people.duplicates import likely_pairs, record_different
from arrimage.people.merging.queries import merges_to_undo
from arrimage.people.queries import persons_visible_to
from arrimage.privacy.journal.enums import ObjectKind
from arrimage.web.access import allows, refusals_shown
from arrimage.web.journal import read_persons
from arrimage.web.requests import ActingRequest


@allows(Right.SETTLE_DUPLICATES)
@require_safe
def duplicates(request: ActingRequest) -> HttpResponse:
    """Show side by side the pairs of persons who may be one, with the score and its reasons."""
    pairs = likely_pairs(request.actor)
    merges = list(merges_to_undo(request.actor))
    shown = [person for pair in pairs for person in pair.both]
    shown += [person for merge in merges for person in (merge.survivor, merge.absorbed)]
    keys = sorted({person.pk for person in shown})
    if keys:
        first = shown[0]
        read_persons(request, keys, kind=ObjectKind.PERSON, uid=first.uid, region_id=first.region_id)
    context = {
        "title": _("Doublons probables"),
        "lead": _("Des personnes inscrites depuis un an qui ressemblent à une autre, les plus probables d’abord."),
        "pairs": pairs,
        "merges": merges,
    }
    return render(request, "staff/duplicates/list.html", context)


@allows(Right.SETTLE_DUPLICATES)
@require_POST
def tell_apart(request: ActingRequest, person: UUID, other: UUID) -> HttpResponse:
    """Record that two persons are two, and why: the pair leaves the list."""
    found = list(persons_visible_to(request.actor).filter(uid__in=[person, other]))
    if len(found) < 2:
        raise Http404
    with refusals_shown(request):
        record_different(request.actor, [(found[0], found[1])], request.POST.get("reason", ""))
        messages.success(request, _("C’est noté : ces deux personnes ne seront plus proposées ensemble."))
    return redirect("staff:duplicates")
