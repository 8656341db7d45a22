"""Pages that belong to no audience: the way home, the role, the language, the health of the installation."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import set_language

from arrimage.accounts.middleware import SESSION_KEY, remembered_grant
from arrimage.accounts.models import User
from arrimage.foundation.queue import queue_state
from arrimage.web.access import open_to_all, signed_in
from arrimage.web.menu import address, home_of
from arrimage.web.middleware import refusal

ACCOUNT_LANGUAGES = {code for code, _label in User._meta.get_field("language").choices or ()}


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """Lead each person to where their role starts; the public to the public site."""
    actor = getattr(request, "actor", None)
    if actor is None and request.user.is_authenticated:
        return refusal(request)
    return redirect(address(home_of(actor.role if actor else None)) or "public:home")


@signed_in
@require_http_methods(["GET", "POST"])
def choose_role(request: HttpRequest) -> HttpResponse:
    """Act in another of the roles one holds today."""
    if request.method == "GET":
        return render(request, "role.html")
    user = request.user
    key = request.POST.get("grant", "")
    grant = remembered_grant(user, key) if isinstance(user, User) and _is_a_key(key) else None
    if grant is None:
        return refusal(request)
    request.session[SESSION_KEY] = grant.key()
    return redirect("home")


@open_to_all
@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """Speak another language: remembered by the account when it knows that language, and by the device."""
    language = request.POST.get("language", "")
    user = request.user
    if isinstance(user, User) and language in ACCOUNT_LANGUAGES and user.language != language:
        user.language = language
        user.save(update_fields=["language"])
    response: HttpResponse = set_language(request)
    if not isinstance(response, HttpResponseRedirect):
        return redirect("home")
    return response


@open_to_all
@never_cache
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """Say whether the web and its database answer (503 when not): for a load balancer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return JsonResponse({"web": "ok", "database": "unreachable"}, status=503)
    return JsonResponse({"web": "ok", "database": "ok"})


@open_to_all
@never_cache
@require_GET
def readiness(request: HttpRequest) -> JsonResponse:
    """Say whether this version may serve (503 when not): every migration it knows is applied.

    The state of the queue of jobs is said too, and stops nothing: pages are served while a worker is away.
    """
    executor = MigrationExecutor(connection)
    pending = [
        f"{migration.app_label}.{migration.name}"
        for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes())
    ]
    answer: dict[str, object] = {
        "ready": not pending,
        "pending_migrations": pending if settings.DEBUG else len(pending),
    }
    if not pending:
        queue = queue_state()
        answer |= {"worker": "ok" if queue.workers else "silent", "queue": "late" if queue.late else "ok"}
    return JsonResponse(answer, status=503 if pending else 200)


def _is_a_key(key: str) -> bool:
    label, _, pk = key.partition(":")
    return bool(label) and pk.isdecimal()
