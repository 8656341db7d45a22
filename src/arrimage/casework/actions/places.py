"""The places of a service, when it begins to count them: those it already has come first."""

from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from psycopg import Error

from arrimage.accounts.context import action, elevated
from arrimage.accounts.rights import Actor
from arrimage.casework.enums import AWAITING_ANSWER, WITH_PARTNER
from arrimage.casework.models import Referral
from arrimage.directory.keepers import require_keeper
from arrimage.directory.models import PlaceHold, Service, ServicePlaces
from arrimage.directory.part_actions import add_parts
from arrimage.directory.places.locking import lock_places
from arrimage.foundation.errors import InvalidInput


@action
def count_places(actor: Actor, places: ServicePlaces) -> None:
    """Begin to count the places of a service somewhere; those it already has take theirs first.

    Raises `InvalidInput` when more are accepted than there are places.
    """
    service = places.service_at_location.service
    try:
        with transaction.atomic():
            add_parts(actor, [places])
            count_live_referrals(actor, [service])
    except IntegrityError as error:
        cause = error.__cause__
        if not isinstance(cause, Error) or cause.diag.constraint_name != "places_none_free":
            raise
        raise InvalidInput(
            _("Il y a moins de places que de personnes orientées et déjà acceptées."), field="capacity"
        ) from error


@action
def count_live_referrals(actor: Actor, services: Sequence[Service]) -> None:
    """Have referrals under way ask for a place of these services: the accepted first, then in the order of sending.

    The database refuses it when more are accepted than there are places.
    """
    require_keeper(actor, [service.organisation_id for service in services])
    with elevated(), transaction.atomic():  # who keeps the directory sees no referral
        lock_places([service.pk for service in services])
        live = Referral.objects.filter(service__in=services, status__in=WITH_PARTNER)
        counted = set(PlaceHold.objects.filter(ended_at=None).values_list("holder", flat=True))
        rows = live.order_by("sent_on", "pk").values_list("uid", "service_id", "at_location", "status")
        missing = sorted((row for row in rows if row[0] not in counted), key=lambda row: row[3] in AWAITING_ANSWER)
        with connection.cursor() as cursor:
            for uid, service_id, at_location, status in missing:
                cursor.execute("select directory_ask_place(%s, %s, %s)", [uid, service_id, at_location])
                if status not in AWAITING_ANSWER:
                    cursor.execute("select directory_take_place(%s)", [uid])
