"""What every page knows: who is there, in which role, what the menu offers."""

from functools import cache, partial
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_bidi, get_language_info

from arrimage.accounts.enums import STAFF_ROLES, Role
from arrimage.accounts.models import DatedGrant, User, count_live_grants, live_grants
from arrimage.accounts.rights import Actor
from arrimage.foundation import clock
from arrimage.web.languages import offered_language
from arrimage.web.menu import address, menu_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give the frame its values; what needs the database is asked only when a template shows it."""
    actor: Actor | None = getattr(request, "actor", None)
    is_staff = actor is not None and actor.role in STAFF_ROLES
    return {
        "actor": actor,
        "menu": SimpleLazyObject(partial(menu_of, actor, request.path)),
        "region_label": SimpleLazyObject(partial(_region_label, actor)),
        "role_label": str(Role(actor.role).label) if actor and actor.role else "",
        "grants": SimpleLazyObject(partial(_grants, request)),
        "has_several_grants": SimpleLazyObject(partial(_has_several_grants, request)),
        "search_url": address("staff:search") if is_staff else None,
        "incident_report_url": address("staff:incident_report") if is_staff else None,
        "demo": settings.DEMO,
        "software_version": _version(),
        "work_languages": [get_language_info(code) for code in ("fr", "en")],
        "LANGUAGE_CODE": get_language() or settings.LANGUAGE_CODE,
        "LANGUAGE_BIDI": get_language_bidi(),
        "offered_language": SimpleLazyObject(partial(offered_language, request)),
        "languages": [get_language_info(code) for code, _label in settings.LANGUAGES],
    }


@cache
def _version() -> str:
    return version("arrimage")


def _region_label(actor: Actor | None) -> str:
    if actor is None:
        return ""
    return "Québec" if actor.region_id is None else actor.region_name


def _has_several_grants(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return isinstance(user, User) and count_live_grants(user, clock.today()) > 1


def _grants(request: HttpRequest) -> list[dict[str, Any]]:
    user = getattr(request, "user", None)
    actor: Actor | None = getattr(request, "actor", None)
    if not isinstance(user, User):
        return []
    return [_shown(grant, actor) for grant in live_grants(user, clock.today())]


def _shown(grant: DatedGrant, actor: Actor | None) -> dict[str, Any]:
    key = grant.key()
    return {
        "key": key,
        "role": str(Role(grant.role).label),
        "where": grant.acting_label(),
        "current": actor is not None and actor.grant == key,
    }
