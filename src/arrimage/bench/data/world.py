"""What surrounds the persons: offices, staff, organisations and services, employers, agreements. Made once a run."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from arrimage.accounts.enums import Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.agreements.enums import AgreementStatus, InstalmentStatus, LocalActionStatus, Measure
from arrimage.agreements.models import Agreement, Deliverable, Instalment, LocalAction, Stream
from arrimage.bench.sizes import TODAY
from arrimage.directory.enums import OrganisationKind
from arrimage.directory.models import Organisation, Service, Theme
from arrimage.employers.enums import AccompanimentStatus, AccompanimentSubject
from arrimage.employers.models import Accompaniment, Employer
from arrimage.territory.enums import ServicePointKind
from arrimage.territory.models import Region, ServicePoint

MONTREAL, LAVAL = "06", "13"
DEPLOYED = date(2020, 7, 1)
HISTORY_DAYS = 3 * 365
PERSONS_AN_AGENT = 500  # in all the history: some hundred live files
ORGANISATIONS = 40
ONE_IN_LAVAL = 10  # one agent in ten is of another region, whose rows must not count


@dataclass
class World:
    """Whom and what the persons' rows refer to."""

    regions: dict[str, Region]
    airport: ServicePoint
    agents: list[RoleGrant]
    director: RoleGrant
    receptionist: User
    themes: list[Theme]
    services: dict[int, list[Service]] = field(default_factory=lambda: defaultdict(list))  # by theme


def build(random: Random, persons: int) -> World:
    """Write the surroundings of so many persons."""
    regions = {region.code: region for region in Region.objects.select_related("main_city")}
    offices = {code: _offices(regions[code], count) for code, count in ((MONTREAL, 6), (LAVAL, 1))}
    airport = ServicePoint.objects.create(
        region=regions[MONTREAL],
        kind=ServicePointKind.AIRPORT,
        name="Aéroport",
        address="1, rue des Mesures",
        opened_on=DEPLOYED,
    )
    agents = []
    for rank in range(max(2, persons // PERSONS_AN_AGENT)):
        code = LAVAL if rank % ONE_IN_LAVAL == ONE_IN_LAVAL - 1 else MONTREAL
        office = offices[code][rank % len(offices[code])]
        agents.append(_grant(f"agent{rank}", Role.INTEGRATION_AGENT, regions[code], office))
    director = _grant("direction", Role.REGIONAL_DIRECTOR, regions[MONTREAL])
    receptionist = _grant("accueil", Role.RECEPTION_AGENT, regions[MONTREAL], airport)
    advisors = [_grant(f"conseil{rank}", Role.REGIONAL_ADVISOR, regions[MONTREAL]) for rank in range(12)]
    RoleGrant.objects.bulk_create([*agents, director, receptionist, *advisors])
    world = World(regions, airport, agents, director, receptionist.user, list(Theme.objects.filter(region=None)))
    organisations = _open_directory(random, world)
    _accompany_employers(random, world, [grant.user for grant in advisors], max(50, persons // 40))
    _sign_agreements(random, world, organisations, max(30, persons // 500))
    return world


def _offices(region: Region, count: int) -> list[ServicePoint]:
    return ServicePoint.objects.bulk_create(
        ServicePoint(
            region=region,
            kind=ServicePointKind.OFFICE,
            name=f"Bureau {rank}",
            address=f"{rank}, rue des Mesures",
            opened_on=DEPLOYED,
        )
        for rank in range(count)
    )


def _grant(name: str, role: Role, region: Region, point: ServicePoint | None = None) -> RoleGrant:
    """Return the role (not saved) of a new account (saved), which has no password: measures sign in without one."""
    user = User.objects.create_user(f"{name}@mesures.example", f"Mesure {name}")
    return RoleGrant(user=user, role=role, region=region, service_point=point, starts_on=DEPLOYED)


def _open_directory(random: Random, world: World) -> list[Organisation]:
    """Write organisations of Montréal, its city and two of Laval, with three services each but the city."""
    montreal = world.regions[MONTREAL]
    organisations = [
        Organisation(region=world.regions[LAVAL if rank < 2 else MONTREAL], name=f"Organisme {rank}")
        for rank in range(ORGANISATIONS)
    ]
    city = Organisation(
        region=montreal, name="Ville", kind=OrganisationKind.MUNICIPALITY, municipality=montreal.main_city
    )
    Organisation.objects.bulk_create([*organisations, city])
    services = Service.objects.bulk_create(
        Service(
            organisation=organisation,
            name=f"Service {turn} de l’organisme {rank}",
            languages=["fr", random.choice(["en", "es", "ar"])],
            delay_days=random.choice([3, 7, 14]),
        )
        for rank, organisation in enumerate(organisations)
        for turn in range(3)
    )
    through = Service.themes.through
    links = []
    for rank, service in enumerate(services):
        theme = world.themes[rank % len(world.themes)]
        world.services[theme.pk].append(service)
        links.append(through(service=service, theme=theme))
    through._default_manager.bulk_create(links)
    return [*organisations, city]


def _accompany_employers(random: Random, world: World, advisors: list[User], count: int) -> None:
    montreal = world.regions[MONTREAL]
    employers = Employer.objects.bulk_create(
        Employer(
            neq=f"99{rank:08}",
            name=f"Entreprise {rank}",
            region=montreal,
            email=f"entreprise{rank}@mesures.example",
            sector=random.choice(["Fabrication", "Santé", "Restauration"]),
            employee_count=random.randrange(5, 400),
        )
        for rank in range(count)
    )
    rows = []
    for employer in employers:
        for subject in random.sample(list(AccompanimentSubject), random.choice([1, 1, 2])):
            status = random.choice(list(AccompanimentStatus))
            asked = TODAY - timedelta(days=random.randrange(90, HISTORY_DAYS))
            live = status in (AccompanimentStatus.REQUESTED, AccompanimentStatus.IN_CHARGE)
            taken = status in (AccompanimentStatus.IN_CHARGE, AccompanimentStatus.DONE)
            rows.append(
                Accompaniment(
                    employer=employer,
                    region=montreal,
                    subject=subject,
                    status=status,
                    requested_on=asked,
                    in_charge_on=asked + timedelta(days=3) if taken else None,
                    advisor=random.choice(advisors) if taken else None,
                    ended_on=None if live else asked + timedelta(days=random.randrange(5, 90)),
                )
            )
    Accompaniment.objects.bulk_create(rows, batch_size=1_000)


def _sign_agreements(random: Random, world: World, organisations: list[Organisation], count: int) -> None:
    streams = list(Stream.objects.select_related("programme").order_by("pk"))
    services = {service.organisation_id: service for of_theme in world.services.values() for service in of_theme}
    agreements, actions = [], []
    for rank in range(count):
        status = random.choices(list(AgreementStatus), [10, 60, 25, 5])[0]
        signed_on = TODAY - timedelta(days=random.randrange(30, HISTORY_DAYS))
        organisation = organisations[rank % len(organisations)]
        agreements.append(
            Agreement(
                number=f"MESURE-{rank:06}",
                region=organisation.region,
                organisation=organisation,
                stream=random.choice(streams),
                title=f"Entente {rank}",
                status=status,
                signed_on=None if status == AgreementStatus.DRAFT else signed_on,
                starts_on=signed_on,
                ends_on=signed_on + timedelta(days=365 * random.choice([1, 2, 3])),
                committed=Decimal(random.randrange(20, 900)) * 1_000,
            )
        )
        actions.append(
            LocalAction(
                region=organisation.region,
                title=f"Action {rank}",
                status=random.choice(list(LocalActionStatus)),
                happens_on=signed_on + timedelta(days=20),
            )
        )
    Agreement.objects.bulk_create(agreements)
    Instalment.objects.bulk_create(
        Instalment(
            agreement=agreement,
            region=agreement.region,
            sequence=rank,
            amount=agreement.committed / 2,
            due_on=agreement.starts_on + timedelta(days=180 * rank),
            status=InstalmentStatus.RELEASED if rank == 1 and agreement.signed_on else InstalmentStatus.PLANNED,
            released_on=agreement.signed_on if rank == 1 else None,
        )
        for agreement in agreements
        for rank in (1, 2)
    )
    Deliverable.objects.bulk_create(
        Deliverable(
            agreement=agreement,
            region=agreement.region,
            service=services[agreement.organisation_id],
            label="Personnes servies",
            measure=Measure.PERSONS_SERVED,
            target=100,
        )
        for agreement in agreements
        if agreement.organisation_id in services
    )
    LocalAction.objects.bulk_create(actions)
    through = LocalAction.partners.through
    through._default_manager.bulk_create(
        through(localaction=action, organisation=organisation)
        for action in actions
        for organisation in random.sample(organisations, random.randrange(3))
    )
