"""What keeps the directory up to date, as organisations and advisors do it: proposals, closures, reviews, searches."""

from datetime import date, timedelta
from decimal import Decimal

from arrimage.accounts.enums import Right
from arrimage.accounts.rights import Actor, actor_of, system_actor
from arrimage.demo.accounts import actor_for
from arrimage.demo.tables.organisations import SERVICES, partner_name
from arrimage.directory.actions import NewService, ServiceChange, create_services, edit_services
from arrimage.directory.enums import Mode, Operation
from arrimage.directory.finding.criteria import Criteria
from arrimage.directory.models import CostOption, Organisation, OrganisationMember, Service, Theme
from arrimage.directory.saved_searches import save_search
from arrimage.directory.upkeep.closures import close_service
from arrimage.directory.upkeep.keeping import keep_organisation, keep_service, propose_part
from arrimage.directory.upkeep.proposals import accept, refuse
from arrimage.directory.upkeep.reckoning import reckon
from arrimage.directory.upkeep.reviews import confirm, follow_reviews
from arrimage.directory.where import Where
from arrimage.foundation.changes import Change

SHOWN, CLOSED, OTHER, LATE = 0, 3, 6, 9  # ranks of partners; the first is the one whose sign-in is printed
NOT_VERIFIED_FOR = timedelta(days=200)
REFUSED = "Les cours du jour sont décrits ailleurs : gardez une seule phrase pour chaque service (inventé)."


def keep_directory(advisor: Actor, today: date) -> None:
    """Fill the pages of upkeep around `today`: each thing somebody may have to decide is there once."""
    propose(advisor)
    close_for_a_time(today)
    review(advisor, today)
    add_a_lookalike(advisor)
    for actor, title, criteria in _searches(advisor):
        save_search(actor, title, criteria, alert=actor != advisor)


def propose(advisor: Actor) -> None:
    """Let organisations propose: what is accepted, what is refused, what waits."""
    keeper, organisation = _partner(SHOWN)
    french, housing = _service(organisation, "french"), _service(organisation, "housing")
    text = "Trois groupes de débutants, le jour ou le soir, avec halte-garderie (inventé)."
    [taken] = keep_service(keeper, Change(french, {"description": text})).proposals
    accept(advisor, taken, version=Service.objects.get(pk=french.pk).version)
    french.refresh_from_db()
    [given_back] = keep_service(keeper, Change(french, {"alternate_name": "Cours du jour, cours du soir"})).proposals
    refuse(advisor, given_back, reason=REFUSED)
    ages = {"minimum_age": 16, "maximum_age": None}
    keep_service(keeper, Change(housing, {"eligibility_description": "Ménages arrivés depuis moins d’un an", **ages}))
    propose_part(keeper, Operation.ADD, CostOption(service=housing, option="Photocopies", amount=Decimal(2)))
    keeper, organisation = _partner(OTHER)
    keep_organisation(
        keeper, Change(organisation, {"description": "Un lieu de quartier ouvert à toutes les familles (inventé)."})
    )


def close_for_a_time(today: date) -> None:
    """Close a service for some days now, and another later."""
    keeper, organisation = _partner(CLOSED)
    now = organisation.services.order_by("pk")[0]
    reason = "Travaux dans nos locaux (inventé)."
    close_service(keeper, now, starts_on=today, ends_on=today + timedelta(days=12), reason=reason)
    keeper, organisation = _partner(SHOWN)
    starts = today + timedelta(days=20)
    close_service(
        keeper,
        _service(organisation, "food_clothing"),
        starts_on=starts,
        ends_on=starts + timedelta(days=13),
        reason="Semaine de relâche de l’équipe (inventé).",
    )


def review(advisor: Actor, today: date) -> None:
    """Have one organisation confirm what it says, and others be late to; reckon how well services are described."""
    long_ago = {"assured_date": today - NOT_VERIFIED_FOR}
    late = Service.objects.filter(organisation__name__in=[partner_name(rank) for rank in (SHOWN, LATE)])
    edit_services(advisor, [ServiceChange(service, long_ago) for service in late])
    confirm(*_partner(CLOSED))
    clock = system_actor("clock", Right.MANAGE_DIRECTORY)
    follow_reviews(clock)
    reckon(clock)


def add_a_lookalike(advisor: Actor) -> None:
    """Write a service twice under near names, for somebody to see."""
    _keeper, organisation = _partner(LATE)
    twin = organisation.services.order_by("pk").prefetch_related("themes")[0]
    service = Service(
        organisation=organisation,
        name=f"{twin.name} (soir)",
        description=twin.description,
        languages=twin.languages,
    )
    where = Where(organisation.address, organisation.place_id)
    create_services(advisor, [NewService(service, list(twin.themes.all()), where)])


def _searches(advisor: Actor) -> list[tuple[Actor, str, Criteria]]:
    """Return who keeps which search, under which name."""
    agent, (keeper, _organisation) = actor_for("agente"), _partner(SHOWN)
    french, housing = (Theme.objects.get(code=code, region=None) for code in ("french", "housing"))
    return [
        (agent, "Cours de français en soirée", Criteria(text="français", theme=french)),
        (agent, "Logement, en espagnol", Criteria(theme=housing, language="es")),
        (advisor, "Services à distance", Criteria(mode=Mode.REMOTE)),
        (keeper, "Vestiaires avec des places", Criteria(text="vestiaire", free_places=True)),
    ]


def _partner(rank: int) -> tuple[Actor, Organisation]:
    """Return who keeps the records of the partner of that rank, and the partner."""
    member = OrganisationMember.objects.select_related("user", "organisation__region", "organisation__place").get(
        organisation__name=partner_name(rank)
    )
    return actor_of(member), member.organisation


def _service(organisation: Organisation, theme: str) -> Service:
    return organisation.services.get(name=SERVICES[theme])
