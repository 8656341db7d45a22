"""The places of a service, when it begins to count them: those it already has come first."""

from collections.abc import Sequence

from django.db import connection, transaction

from arrimage.accounts.context import action, elevated
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.casework.enums import AWAITING_ANSWER, WITH_PARTNER
from arrimage.casework.models import Referral
from arrimage.directory.models import PlaceHold, Service


@action
def count_live_referrals(actor: Actor, services: Sequence[Service]) -> None:
    """Have referrals under way ask for a place of these services: the accepted first, then in the order of sending.

    The database refuses it when more are accepted than there are places.
    """
    for region_id in {service.organisation.region_id for service in services}:
        require(actor, Right.MANAGE_DIRECTORY, region_id=region_id)
    with elevated(), transaction.atomic():  # who keeps the directory sees no referral
        live = Referral.objects.filter(service__in=services, status__in=WITH_PARTNER)
        counted = set(PlaceHold.objects.filter(ended_at=None).values_list("holder", flat=True))
        rows = live.order_by("sent_on", "pk").values_list("uid", "service_id", "status")
        missing = sorted((row for row in rows if row[0] not in counted), key=lambda row: row[2] in AWAITING_ANSWER)
        with connection.cursor() as cursor:
            for uid, service_id, status in missing:
                cursor.execute("select directory_ask_place(%s, %s)", [uid, service_id])
                if status not in AWAITING_ANSWER:
                    cursor.execute("select directory_take_place(%s)", [uid])
