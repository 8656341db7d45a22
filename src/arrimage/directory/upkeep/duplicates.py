"""Services of a region that may be one and the same: near names, and something else in common."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.context import action
from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, require
from arrimage.directory.keepers import require_advisor
from arrimage.directory.models import DistinctServices, Service
from arrimage.foundation.errors import InvalidInput

NEAR = 0.5  # likeness of two names by their trigrams, from which they are near
AT_MOST = 50

# By what two services have in common, the query of what each has of it: pairs of a service and a value.
_IN_COMMON: dict[str, tuple[str | Promise, str]] = {
    "organisation": (_("même organisme"), "select id as service_id, organisation_id::text as value from offered"),
    "phone": (
        _("même téléphone"),
        "select service_id, number from directory_phone where service_id is not null"
        " union select a.service_id, p.number from directory_phone p"
        " join directory_serviceatlocation a on a.id = p.service_at_location_id or a.location_id = p.location_id"
        " union select s.id, o.phone from offered s join directory_organisation o on o.id = s.organisation_id"
        " where o.phone <> ''",
    ),
    "address": (
        _("même adresse"),
        "select a.service_id, lower(unaccent(d.address_1)) || '|' || coalesce(l.place_id, 0)"
        " from directory_address d join directory_location l on l.id = d.location_id"
        " join directory_serviceatlocation a on a.location_id = l.id where d.address_1 <> ''",
    ),
    "neq": (
        _("organismes au même NEQ"),
        "select s.id, o.neq from offered s join directory_organisation o on o.id = s.organisation_id where o.neq <> ''",
    ),
}
_PAIRS = """
with offered as (
    select s.id, s.organisation_id, lower(unaccent(s.name)) as name from directory_service s
    join directory_organisation o on o.id = s.organisation_id
    where s.closure <> 'definitive' and (%(region)s::bigint is null or o.region_id = %(region)s)
), held (service_id, value, kind) as ({held}), common as (
    select a.service_id as first, b.service_id as second, array_agg(distinct a.kind) as kinds
    from held a join held b on b.kind = a.kind and b.value = a.value and b.service_id > a.service_id
    group by 1, 2
)
select c.first, c.second, c.kinds, similarity(x.name, y.name) as likeness
from common c join offered x on x.id = c.first join offered y on y.id = c.second
where similarity(x.name, y.name) >= %(near)s and not exists (
    select from directory_distinctservices d where d.first_id = c.first and d.second_id = c.second
)
order by likeness desc, cardinality(c.kinds) desc, c.first, c.second limit %(at_most)s
""".format(
    held=" union all ".join(f"select *, '{kind}' from ({query}) {kind}" for kind, (_label, query) in _IN_COMMON.items())
)


@dataclass(frozen=True)
class LikelyPair:
    """Two services, the earlier first, and why they may be one: `likeness` of their names from 0 to 1."""

    first: Service
    second: Service
    likeness: float
    reasons: tuple[str, ...]

    @property
    def both(self) -> tuple[Service, Service]:
        return self.first, self.second


def likely_pairs(actor: Actor) -> list[LikelyPair]:
    """Return the likeliest pairs of the region, those said to be distinct left out. A constant number of queries."""
    require(actor, Right.MANAGE_DIRECTORY)
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, {"region": actor.region_id, "near": NEAR, "at_most": AT_MOST})
        rows = cursor.fetchall()
    keys = {key for first, second, *_rest in rows for key in (first, second)}
    services = Service.objects.with_locations().select_related("organisation__place").in_bulk(keys)
    return [
        LikelyPair(
            services[first], services[second], likeness,
            tuple(str(label) for kind, (label, _query) in _IN_COMMON.items() if kind in kinds),
        )
        for first, second, kinds, likeness in rows
    ]  # fmt: skip


@action
def tell_apart(actor: Actor, services: Sequence[Service]) -> None:
    """Remember that two services are not the same. Said twice, it is remembered once."""
    require_advisor(actor, {service.organisation_id for service in services})
    keys = sorted({service.pk for service in services})
    if len(keys) != 2:
        raise InvalidInput(gettext("Choisissez deux services."))
    DistinctServices.objects.get_or_create(first_id=keys[0], second_id=keys[1])
