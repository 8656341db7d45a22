"""A small directory with one record at least of everything the standard has and we keep."""

from datetime import date, time
from decimal import Decimal

from arrimage.directory.enums import Closure, Mode, OrganisationKind, Referrer, TranslationStatus
from arrimage.directory.models import (
    Accessibility,
    Address,
    Attribute,
    Contact,
    CostOption,
    EligibilityRule,
    Funding,
    Location,
    Organisation,
    Phone,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServicePlaces,
    Taxonomy,
    TaxonomyTerm,
    Theme,
    Translation,
)
from arrimage.people.enums import Category
from tests.factories import OrganisationFactory, ServiceFactory, region, theme

PARTS = (
    Translation, Attribute, EligibilityRule, ServicePlaces, CostOption, RequiredDocument, ServiceArea, Funding,
    Schedule, Phone, Contact, Accessibility, Address, ServiceAtLocation, Service, Location,
)  # fmt: skip


def a_directory() -> Service:
    """Write it, and return the service that has everything; a second one, of a city, has nothing."""
    montreal = region()
    place = montreal.places.get(kind="borough", name="Verdun")
    parent = OrganisationFactory(name="Réseau fictif")
    organisation = OrganisationFactory(
        name="Maison « fictive »; des, Rivages", description="Une ligne\n- une autre, =1+1", neq="1160000000",
        phone="+15145550142", website="https://organisme.example", address="1, rue de l’Exemple", place=place,
        parent=parent, year_incorporated=1998, legal_status="OBNL", uri="https://organisme.example/id",
        alternate_name="MFR", logo="https://organisme.example/logo.svg",
    )  # fmt: skip
    own = Theme.objects.create(code="hiver", label_fr="Vivre l’hiver", label_en="Winter", region=montreal, order=5)
    service = ServiceFactory(
        organisation=organisation, name="Cours de français", themes=[theme("french"), own], languages=["fr", "es"],
        description="Pour débuter.", alternate_name="Francisation", url="https://organisme.example/cours",
        email="cours@organisme.example", modes=[Mode.ON_SITE, Mode.REMOTE], delay_days=0,
        referrers=[Referrer.ONESELF, Referrer.DIRECTORATE], minimum_age=16, maximum_age=99,
        interpretation_services="espagnol", application_process="Par téléphone.", fees_description="Gratuit.",
        eligibility_description="Personnes immigrantes.", accreditations="Reconnu.", alert="Relâche en mars.",
        assured_date=date(2026, 9, 1), assurer_email="verif@organisme.example",
    )  # fmt: skip
    location = Location.objects.create(
        organisation=organisation, name="Siège", alternate_name="Le local", description="Au deuxième.", place=place,
        transportation="Métro de l’Église", latitude=45.4631, longitude=-73.5668, url="https://lieu.example",
        external_identifier="123", external_identifier_type="osm", languages=["fr"],
    )  # fmt: skip
    Address.objects.create(
        location=location, address_1="1, rue de l’Exemple", address_2="bureau 2", city="Montréal", region="Montréal",
        postal_code="H2X 1Y4", attention="Accueil",
    )  # fmt: skip
    Accessibility.objects.create(location=location, description="Rampe", details="À gauche", url="https://a.example")
    here = ServiceAtLocation.objects.create(service=service, location=location, description="Au fond.")
    Location.objects.create(organisation=organisation, location_type="virtual", url="https://salle.example")
    _reach(organisation, service, location, here)
    _ask(service)
    ServicePlaces.objects.create(service_at_location=here, capacity=20, taken=4, next_on=date(2027, 1, 11))
    _classify(organisation, service, location, here)
    _translate(organisation, service, location)
    city = OrganisationFactory(kind=OrganisationKind.MUNICIPALITY, municipality=montreal.main_city, name="Ville")
    closed = {"is_offered": False, "closure": Closure.TEMPORARY}
    ServiceFactory(organisation=city, name="Bibliothèque", themes=[theme("health")], **closed)
    return service


def _reach(organisation: Organisation, service: Service, location: Location, here: ServiceAtLocation) -> None:
    contact = Contact.objects.create(service=service, name="Accueil des cours", title="Responsable", department="Cours")
    for owner in ({"organisation": organisation}, {"location": location}, {"service_at_location": here}):
        Contact.objects.create(**owner, email="accueil@organisme.example")
        Phone.objects.create(**owner, number="+1 514 555-0199", extension=4, type="voice", languages=["fr", "en"])
    Phone.objects.create(contact=contact, number="514 555-0143", description="Le jour")
    Phone.objects.create(service=service, number="514 555-0144")
    private = Contact.objects.create(service=service, name="Secret des orientations", is_public=False)
    Phone.objects.create(contact=private, number="514 555-9999")
    weekly = {"freq": "WEEKLY", "byday": "MO,WE", "wkst": "MO", "interval": 1}
    Schedule.objects.create(
        service_at_location=here, valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31), opens_at=time(9),
        closes_at=time(16, 30), dtstart=date(2026, 1, 5), until=date(2026, 12, 20), **weekly,
    )  # fmt: skip
    Schedule.objects.create(service=service, freq="MONTHLY", byday="1MO,-1FR", bymonthday="1,15", notes="Sur appel",
                            timezone=Decimal("-5"), count=10, byweekno="1,-2", byyearday="200", description="Soirs",
                            schedule_link="https://h.example", attending_type="in_person")  # fmt: skip
    Schedule.objects.create(location=location, opens_at=time(8), closes_at=time(20), **weekly)
    Funding.objects.create(organisation=organisation, source="Centraide")
    Funding.objects.create(service=service, source="Ministère")


def _ask(service: Service) -> None:
    CostOption.objects.create(
        service=service, option="Matériel", amount=Decimal("12.50"), amount_description="par session",
        valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31),
    )  # fmt: skip
    CostOption.objects.create(service=service, currency="", amount_description="Gratuit pour les autres")
    RequiredDocument.objects.create(service=service, document="Preuve de statut", uri="https://d.example")
    ServiceArea.objects.create(service=service, name="Verdun", description="Tout", extent="{}", extent_type="geojson",
                               uri="https://t.example")  # fmt: skip
    EligibilityRule.objects.create(
        service=service, categories=[Category.SKILLED_WORKER, Category.FAMILY], counted_from="status",
        months_at_least=0, months_less_than=60, from_on=date(2020, 1, 1), to_on=date(2030, 1, 1), minimum_age=16,
        maximum_age=64, region=region(), reason="Réservé aux cinq premières années.",
    )  # fmt: skip


def _classify(organisation: Organisation, service: Service, location: Location, here: ServiceAtLocation) -> None:
    taxonomy = Taxonomy.objects.create(name="211", description="Services", uri="https://211.example", edition="2")
    above = TaxonomyTerm.objects.create(taxonomy=taxonomy, name="Éducation", code="H", language="fr")
    term = TaxonomyTerm.objects.create(
        taxonomy=taxonomy,
        parent=above,
        name="Langues",
        code="HH",
        description="Cours",
        term_uri="https://211.example/HH",
    )
    described = {"organisation": organisation, "service": service, "location": location, "service_at_location": here}
    for owner in ({name: record} for name, record in described.items()):
        Attribute.objects.create(**owner, term=term, link_type="subject", value="oui")


def _translate(organisation: Organisation, service: Service, location: Location) -> None:
    for owner, status in (
        ({"organisation": organisation}, TranslationStatus.DRAFT),
        ({"service": service}, TranslationStatus.REVIEWED),
        ({"location": location}, TranslationStatus.STALE),
    ):
        Translation.objects.create(**owner, field="name", language="en", text="French courses", status=status)
    Translation.objects.create(
        service=service, field="description", language="es", text="Para empezar.\nSin costo", status="machine"
    )


def empty_the_directory() -> None:
    """Leave what every installation has: the territory and the common themes."""
    for model in PARTS:
        model.objects.all().delete()
    Organisation.objects.filter(parent__isnull=False).delete()
    Organisation.objects.all().delete()
    TaxonomyTerm.objects.filter(parent__isnull=False).delete()
    TaxonomyTerm.objects.all().delete()
    Taxonomy.objects.all().delete()
    Theme.objects.exclude(region=None).delete()
