"""Saving a search, and telling once a day what newly answers it."""

from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.letters import Written, letter, post
from arrimage.accounts.rights import Actor
from arrimage.directory.finding.criteria import Criteria
from arrimage.directory.finding.searching import matching
from arrimage.directory.models import SavedSearch, SearchAlert, Service
from arrimage.directory.public import offered_services
from arrimage.foundation import clock
from arrimage.foundation.errors import Conflict, NotAllowed

NEW_SERVICES = "directory.new_services"


def saved_searches_visible_to(actor: Actor) -> QuerySet[SavedSearch]:
    """Return one's own searches, by name: nobody sees another's."""
    if actor.user_id is None:
        return SavedSearch.objects.none()
    return SavedSearch.objects.filter(user=actor.user_id).select_related("theme", "place")


def criteria_of(search: SavedSearch) -> Criteria:
    return Criteria(
        text=search.text,
        theme=search.theme,
        place=search.place,
        language=search.language,
        mode=search.mode,
        free_places=search.free_places,
    )


@action
def save_search(actor: Actor, name: str, criteria: Criteria, *, alert: bool) -> SavedSearch:
    """Keep what is asked under a name; what answers it today is known. Raises `Conflict` for a name already taken."""
    if actor.user_id is None:
        raise NotAllowed(_("Une recherche s’enregistre sous un compte."))
    search = SavedSearch(
        user_id=actor.user_id,
        name=name,
        text=criteria.text,
        theme=criteria.theme,
        place=criteria.place,
        language=criteria.language,
        mode=criteria.mode,
        free_places=criteria.free_places,
        alert=alert,
    )
    search.known = _answering(search)
    return _saved(search)


@action
def change_search(actor: Actor, search: SavedSearch, name: str, *, alert: bool) -> SavedSearch:
    """Rename a search; alerts that begin tell what is new from now on. Raises `Conflict` for a name already taken."""
    _require_own(actor, search)
    if alert and not search.alert:
        search.known = _answering(search)
    search.name, search.alert = name, alert
    return _saved(search)


@action
def delete_search(actor: Actor, search: SavedSearch) -> None:
    """Forget a search, and what was told of it."""
    _require_own(actor, search)
    search.delete()


def _require_own(actor: Actor, search: SavedSearch) -> None:
    if actor.user_id is None or search.user_id != actor.user_id:
        raise NotAllowed(_("Cette recherche est celle de quelqu’un d’autre."))


def _saved(search: SavedSearch) -> SavedSearch:
    try:
        with transaction.atomic():
            search.save()
    except IntegrityError as error:
        raise Conflict(_("Vous avez déjà une recherche de ce nom.")) from error
    return search


def _answering(search: SavedSearch) -> list[int]:
    found = matching(Service.objects.filter(is_offered=True), criteria_of(search))
    return sorted(found.order_by().values_list("pk", flat=True))


# --- Alerts ---------------------------------------------------------------------------------------------------------
@action
def tell_new_services(actor: Actor) -> int:
    """Promise a letter for each search that new services answer since it was last told; return how many.

    At most one a search and a day, however often this is asked: the day's alert is unique, and its services are known.
    """
    today = clock.today()
    waiting = SavedSearch.objects.select_for_update(of=("self",)).filter(alert=True).exclude(alerts__day=today)
    alerts = []
    for search in waiting.select_related("theme", "place"):
        fresh = sorted(set(_answering(search)) - set(search.known))
        if fresh:
            alerts.append(SearchAlert(search=search, day=today, services=fresh))
            search.known = sorted({*search.known, *fresh})
            search.save(update_fields=["known"])
    SearchAlert.objects.bulk_create(alerts)
    post(actor, NEW_SERVICES, *(alert.uid for alert in alerts))
    return len(alerts)


@letter(NEW_SERVICES)
def write_new_services(uid: UUID) -> Written | None:
    """Return the letter of an alert, unless it is no longer wanted or all its services are gone."""
    alert = SearchAlert.objects.filter(uid=uid, search__alert=True).select_related("search__user").first()
    if alert is None:
        return None
    user = alert.search.user
    services = offered_services().filter(pk__in=alert.services).order_by("name", "pk")
    found = [(service.name, service.organisation.name, _page("public:service", service.uid)) for service in services]
    if not found or not user.is_active:
        return None
    context = {"search": alert.search.name, "services": found, "address": _page("saved_searches")}
    return Written(user.email, user.language, "new_services", context)


def _page(name: str, *args: object) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name, args=args)}"
