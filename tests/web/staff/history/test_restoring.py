"""Putting a past value back: by whoever may, with a reason, never over what somebody else wrote meanwhile."""

from typing import Any

import pytest
from django.urls import reverse

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Role
from arrimage.accounts.restoring import Restoration, restore
from arrimage.agreements.enums import InstalmentStatus
from arrimage.casework.enums import StepStatus
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.foundation.history import Change, Operation, changes_of
from arrimage.people.search import find_named
from arrimage.web.staff.history import restorable
from arrimage.web.staff.history.kinds import KINDS
from tests import factories as make
from tests.web.visitor import Visitor, visitor

pytestmark = pytest.mark.django_db
WHY = "Le premier numéro était le bon."


@pytest.fixture
def advisor() -> Visitor:
    return visitor()


@pytest.fixture
def organisation():
    return make.OrganisationFactory(phone="5145550101")


def change(record: Any, **values: Any) -> Change:
    type(record)._base_manager.filter(pk=record.pk).update(**values)
    record.refresh_from_db()
    return changes_of(record).order_by("-pk")[0]


def put_back(actor: Any, record: Any, field: str, kept: Any, rule: Any, **fields: Any) -> Any:
    wanted = {"version": record.version, "reason": WHY, **fields}
    return restore(actor, Restoration(record, field, kept, **wanted), rule)


# --- On screen ------------------------------------------------------------------------------------------------------
def test_a_past_value_is_confirmed_then_put_back_with_its_reason(advisor, organisation) -> None:
    past = change(organisation, phone="4385550102")
    where = ("organisme", organisation.uid, past.pk, "phone")
    assert reverse("staff:history_restore", args=where) in advisor.open("staff:history", "organisme", organisation.uid)
    page = advisor.open("staff:history_restore", *where)
    assert page.index("Valeur actuelle") < page.index("438 555-0102") < page.index("Deviendra")
    assert page.index("Deviendra") < page.index("514 555-0101")
    said = advisor.send("staff:history_restore", *where, reason=WHY, version=organisation.version)
    assert "La valeur est rétablie." in said
    assert f"Motif : {WHY}" in said
    organisation.refresh_from_db()
    assert organisation.phone == "5145550101"
    last = changes_of(organisation).order_by("-pk")[0]
    assert last.changed == {"phone": ["4385550102", "5145550101"]}
    assert (last.actor_id, last.actor_name, last.reason) == (advisor.user.pk, advisor.user.name, WHY)
    assert last.address


def test_a_value_that_is_the_one_of_today_has_no_button(advisor, organisation) -> None:
    first = change(organisation, phone="4385550102")
    second = change(organisation, phone="5145550101")
    page = advisor.open("staff:history", "organisme", organisation.uid)
    assert reverse("staff:history_restore", args=["organisme", organisation.uid, first.pk, "phone"]) not in page
    assert reverse("staff:history_restore", args=["organisme", organisation.uid, second.pk, "phone"]) in page


def test_without_a_reason_nothing_is_put_back(advisor, organisation) -> None:
    past = change(organisation, phone="4385550102")
    where = ("organisme", organisation.uid, past.pk, "phone")
    advisor.send("staff:history_restore", *where, reason="  ", version=organisation.version, status=200)
    organisation.refresh_from_db()
    assert organisation.phone == "4385550102"


def test_what_somebody_changed_meanwhile_is_shown_before_confirming_again(advisor, organisation) -> None:
    past = change(organisation, phone="4385550102")
    read_at = organisation.version
    change(organisation, phone="4505550103")
    where = ("organisme", organisation.uid, past.pk, "phone")
    page = advisor.send("staff:history_restore", *where, reason=WHY, version=read_at, status=200)
    assert "entre-temps" in page
    assert page.index("450 555-0103") < page.index("514 555-0101")
    assert WHY in page
    organisation.refresh_from_db()
    assert organisation.phone == "4505550103"
    assert f'value="{organisation.version}"' in page
    advisor.send("staff:history_restore", *where, reason=WHY, version=organisation.version)
    organisation.refresh_from_db()
    assert organisation.phone == "5145550101"


@pytest.mark.parametrize("role", [Role.REGIONAL_DIRECTOR, Role.TEAM_LEAD])
def test_who_reads_and_does_not_keep_sees_no_button_and_no_page(organisation, role: Role) -> None:
    past = change(organisation, phone="4385550102")
    reader = visitor(role)
    assert "Rétablir" not in reader.open("staff:history", "organisme", organisation.uid)
    reader.open("staff:history_restore", "organisme", organisation.uid, past.pk, "phone", status=404)
    answer = reader.client.post(
        reverse("staff:history_restore", args=["organisme", organisation.uid, past.pk, "phone"]),
        {"reason": WHY, "version": organisation.version},
    )
    assert answer.status_code == 404
    organisation.refresh_from_db()
    assert organisation.phone == "4385550102"


def test_an_advisor_of_another_region_reads_and_puts_nothing_back(organisation) -> None:
    past = change(organisation, phone="4385550102")
    elsewhere = visitor(code="13")
    assert "Rétablir" not in elsewhere.open("staff:history", "organisme", organisation.uid)
    elsewhere.open("staff:history_restore", "organisme", organisation.uid, past.pk, "phone", status=404)


def test_the_change_of_another_record_is_absent(advisor, organisation) -> None:
    theirs = change(make.OrganisationFactory(phone="1"), phone="2")
    advisor.open("staff:history_restore", "organisme", organisation.uid, theirs.pk, "phone", status=404)


@pytest.mark.parametrize("field", ["region", "neq", "version", "search_key", "inventé"])
def test_keys_and_fields_of_the_system_are_absent(advisor, organisation, field: str) -> None:
    past = change(organisation, neq="1144556677", phone="2")
    address = reverse("staff:history", args=["organisme", organisation.uid])
    assert advisor.client.get(f"{address}retablir/{past.pk}/{field}/").status_code == 404


# --- The action itself ----------------------------------------------------------------------------------------------
def test_the_right_is_asked_by_the_action(organisation) -> None:
    change(organisation, phone="2")
    for actor in (make.actor(Role.REGIONAL_DIRECTOR), make.actor(Role.TEAM_LEAD)):
        with pytest.raises(NotAllowed):
            put_back(actor, organisation, "phone", "5145550101", restorable.ORGANISATION)


def test_an_advisor_elsewhere_puts_nothing_back(organisation) -> None:
    change(organisation, phone="2")
    with pytest.raises(NotAllowed):
        put_back(make.actor(Role.REGIONAL_ADVISOR, "13"), organisation, "phone", "1", restorable.ORGANISATION)


def test_only_listed_fields_come_back(advisor, organisation) -> None:
    with pytest.raises(NotAllowed):
        put_back(advisor.actor, organisation, "neq", "1144556677", restorable.ORGANISATION)


@pytest.mark.parametrize(
    ("field", "kept"), [("email", "ceci n’est pas un courriel"), ("kind", "disparu"), ("place", 987_654), ("name", "")]
)
def test_a_value_no_longer_accepted_is_refused_in_words(advisor, organisation, field: str, kept: Any) -> None:
    with pytest.raises(InvalidInput) as refusal:
        put_back(advisor.actor, organisation, field, kept, restorable.ORGANISATION)
    assert str(organisation._meta.get_field(field).verbose_name) in str(refusal.value)


def test_a_value_another_record_took_is_refused_in_words(advisor, organisation) -> None:
    change(organisation, name="Nouveau nom")
    make.OrganisationFactory(name="Ancien nom")
    with pytest.raises(Conflict, match="existe déjà"):
        put_back(advisor.actor, organisation, "name", "Ancien nom", restorable.ORGANISATION)


def test_the_rules_of_the_room_hold(advisor) -> None:
    agreement = make.AgreementFactory(committed=100_000)
    make.InstalmentFactory(agreement=agreement, amount=80_000)
    with pytest.raises(InvalidInput, match="versements prévus"):
        put_back(advisor.actor, agreement, "committed", 50_000.25, restorable.AGREEMENT)
    made = put_back(advisor.actor, agreement, "committed", 90_000.25, restorable.AGREEMENT)
    assert str(made.committed) == "90000.25"


def test_money_already_released_does_not_come_back(advisor) -> None:
    instalment = make.InstalmentFactory(released=True)
    assert instalment.status == InstalmentStatus.RELEASED
    for field, kept in (("amount", 1), ("due_on", "2020-01-01"), ("condition", "Autre")):
        with pytest.raises(Conflict, match="déjà versé"):
            put_back(advisor.actor, instalment, field, kept, restorable.INSTALMENT)


def test_no_state_is_ever_restorable() -> None:
    for kind in KINDS.values():
        if kind.restorable:
            states = {"status", "signed_on", "released_on", "done_on", "closed_on", "sent_on", "is_active"}
            assert not kind.restorable.fields & states, kind.slug


def test_a_person_is_found_again_by_the_name_put_back() -> None:
    lead = make.actor(Role.TEAM_LEAD)
    person = make.PersonFactory(given_name="Amina", family_name="Haddad")
    person.family_name = "Hadad"
    person.save()
    person.refresh_from_db()
    with acting_as(lead):
        put_back(lead, person, "family_name", "Haddad", restorable.PERSON)
        assert [each.pk for each in find_named(type(person).objects.all(), "haddad", 5)] == [person.pk]


def test_a_person_keeps_a_name() -> None:
    person = make.PersonFactory(given_name="", family_name="Haddad")
    with pytest.raises(InvalidInput):
        put_back(make.actor(Role.TEAM_LEAD), person, "family_name", "", restorable.PERSON)


def test_a_step_comes_back_while_it_is_open() -> None:
    lead = make.actor(Role.TEAM_LEAD)
    step = make.StepFactory(title="Avant")
    change(step, title="Après", due_on="2030-01-01")
    assert put_back(lead, step, "title", "Avant", restorable.STEP).title == "Avant"
    step.refresh_from_db()
    step.status, step.done_on = StepStatus.DONE, step.due_on
    step.save()
    with pytest.raises(Conflict):
        put_back(lead, step, "title", "Après", restorable.STEP)


def test_nothing_comes_back_in_a_closed_file() -> None:
    need = make.NeedFactory(file__closed=True)
    with pytest.raises(Conflict, match="fermé"):
        put_back(make.actor(Role.TEAM_LEAD), need, "label", "Avant", restorable.NEED)


def test_a_file_goes_back_to_the_agent_it_had() -> None:
    lead = make.actor(Role.TEAM_LEAD)
    first, second = (make.RoleGrantFactory(role=Role.INTEGRATION_AGENT).user for _ in range(2))
    file = make.FileFactory(agent=first)
    change(file, agent=second)
    assert put_back(lead, file, "agent", first.pk, restorable.FILE).agent == first
    file.refresh_from_db()
    with pytest.raises(InvalidInput):
        put_back(lead, file, "agent", None, restorable.FILE)
    left = make.RoleGrantFactory(role=Role.REGIONAL_ADVISOR).user
    with pytest.raises(Conflict, match="n’est pas agente"):
        put_back(lead, file, "agent", left.pk, restorable.FILE)


@pytest.mark.parametrize(
    ("slug", "made", "field", "kept"),
    [
        ("service", make.ServiceFactory, "languages", ["ar", "es"]),
        ("service", make.ServiceFactory, "is_offered", False),
        ("livrable", make.DeliverableFactory, "target", 7),
        ("versement", make.InstalmentFactory, "condition", "Rapport remis"),
        ("action-locale", make.LocalActionFactory, "title", "Fête des voisins"),
        ("employeur", make.EmployerFactory, "contact_name", "Luc Roy"),
        ("accompagnement", make.AccompanimentFactory, "request", "Recruter deux soudeuses"),
        ("suivi", make.FollowUpFactory, "happened_on", "2020-02-03"),
        ("document", make.DocumentFactory, "title", "Bail signé"),
    ],
)
def test_each_kind_writes_by_its_own_action(slug: str, made: Any, field: str, kept: Any) -> None:
    rule = KINDS[slug].restorable
    role = Role.TEAM_LEAD if slug in ("suivi", "document") else Role.REGIONAL_ADVISOR
    actor, record = make.actor(role), made()
    put_back(actor, record, field, kept, rule)
    record.refresh_from_db()
    assert str(getattr(record, field)) == str(kept)
    last = changes_of(record).order_by("-pk")[0]
    assert (last.operation, last.actor_id, last.reason) == (Operation.UPDATE, actor.user_id, WHY)
