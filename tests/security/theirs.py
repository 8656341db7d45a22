"""What belongs to others: one record of each kind in Laval, that nobody of the Montréal world may name."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Count, ForeignKey, ManyToManyField, Model, Value
from django.forms.models import model_to_dict

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from tests import factories as make
from tests.permissions.world import ELSEWHERE, World

SECRET = "Autrui-Laval"  # in every name of theirs
# Known to everybody in the ministry, or chosen by an administrator over the whole of Québec.
SHARED = frozenset({"territory.region", "accounts.user", "territory.servicepoint"})


@dataclass
class Theirs:
    """Their records, by model label."""

    records: dict[str, list[Model]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def build(cls, world: World) -> "Theirs":
        laval = make.region("13")
        theirs = cls()
        office = make.ServicePointFactory(region=laval)
        airport = make.ServicePointFactory(region=laval, airport=True)
        agent = world.users[Role.INTEGRATION_AGENT + ELSEWHERE]
        person = make.PersonFactory(region=laval, family_name=SECRET, given_name="Samira")
        household = make.HouseholdFactory(region=laval)
        member = make.MemberFactory(household=household, person=person)
        file = make.FileFactory(region=laval, person=person, agent=agent, service_point=office)
        organisation = make.OrganisationFactory(region=laval, name=f"Maison {SECRET}")
        service = make.ServiceFactory(
            organisation=organisation, name=f"Service {SECRET}", themes=[make.theme("french")]
        )
        need = make.NeedFactory(file=file, theme=make.theme("french"), label=f"Besoin {SECRET}")
        plan = make.PlanFactory(file=file)
        step = make.StepFactory(plan=plan, need=need)
        referral = make.ReferralFactory(file=file, need=need, service=service, sent=True)
        follow_up = make.FollowUpFactory(file=file)
        assessment = make.AssessmentFactory(file=make.FileFactory(region=laval, agent=agent, service_point=office))
        start = clock.at(clock.today(), 9)
        appointment = make.AppointmentFactory(
            region=laval, service_point=office, agent=agent, persons=[person],
            starts_at=start, ends_at=clock.at(clock.today(), 10),
        )  # fmt: skip
        flight = make.FlightFactory(region=laval, service_point=airport, number="QC999", lands_on=clock.today())
        party = make.PartyFactory(region=laval)
        arrival = make.ArrivalFactory(region=laval, flight=flight, party=party, family_name=SECRET)
        agreement = make.AgreementFactory(region=laval, organisation=organisation, number=f"LAV-{SECRET}")
        instalment = make.InstalmentFactory(agreement=agreement)
        deliverable = make.DeliverableFactory(agreement=agreement, service=service)
        action = make.LocalActionFactory(region=laval, title=f"Action {SECRET}", partners=[organisation])
        employer = make.EmployerFactory(region=laval, name=f"Boulangerie {SECRET}")
        accompaniment = make.AccompanimentFactory(employer=employer)
        grant = world.things[f"grant_{Role.INTEGRATION_AGENT}{ELSEWHERE}"]
        for record in (
            person, household, member, file, organisation, service, need, plan, step, referral, follow_up, assessment,
            appointment, flight, party, arrival, agreement, instalment, deliverable, action, employer, accompaniment,
            grant, agent, office, laval,
        ):  # fmt: skip
            theirs.records[record._meta.label_lower].append(record)
        return theirs

    def all(self) -> list[Model]:
        return [record for records in self.records.values() for record in records]

    def unshared(self) -> list[Model]:
        return [record for label, records in self.records.items() if label not in SHARED for record in records]

    def named(self, field: str, value: str) -> list[Model]:
        """Return their counterparts of what a field names: by its uid, by the field's name, or else all of them."""
        if "-" in value:
            labels = {
                label
                for label in self.records
                if hasattr(apps.get_model(label), "uid") and apps.get_model(label).objects.filter(uid=value).exists()
            }
        else:
            labels = names_of_relations().get(field.rsplit("-", 1)[-1], set(self.records))
        return [record for record in self.unshared() if record._meta.label_lower in labels]


@cache
def names_of_relations() -> dict[str, set[str]]:
    """Return, by the names relations have in the models, the models they lead to."""
    found: dict[str, set[str]] = defaultdict(set)
    for model in apps.get_models():
        for column in model._meta.get_fields():
            if isinstance(column, ForeignKey | ManyToManyField):
                found[column.name].add(column.related_model._meta.label_lower)
    return found


def identifier(record: Model, like: str) -> str:
    """Return the record's uid or its key, whichever `like` is."""
    return str(getattr(record, "uid", record.pk) if "-" in like else record.pk)


def traces(record: Model) -> dict[str, Any]:
    """Return what the database says of a record: its own row, and how many rows of each kind name it."""
    model = type(record)
    fresh = model._base_manager.filter(pk=record.pk).first()
    said: dict[str, Any] = {"itself": model_to_dict(fresh) if fresh else None, "version": getattr(fresh, "version", 0)}
    counts = []
    for relation in model._meta.related_objects:
        other = relation.related_model
        assert not isinstance(other, str)
        naming = other._base_manager.filter(**{relation.field.name: record.pk}).order_by()
        name = Value(f"{other._meta.label}.{relation.field.name}")
        counts.append(naming.values(named=name).annotate(count=Count("*")).values_list("named", "count"))
    if counts:
        said |= dict(counts[0].union(*counts[1:], all=True))
    return said
