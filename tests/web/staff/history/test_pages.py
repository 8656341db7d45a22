"""The history of a record on screen: sentences, filters, file and print; for whoever sees the record."""

from datetime import timedelta

import pytest
from django.urls import reverse

from arrimage.accounts.context import acting_as
from arrimage.accounts.enums import Role
from arrimage.accounts.restoring import Restorable
from arrimage.casework.models import Plan
from arrimage.foundation import clock
from arrimage.foundation.history import Change, changes_of
from arrimage.foundation.writing import write_date
from arrimage.privacy.journal.enums import What
from arrimage.privacy.journal.models import Reading
from arrimage.web.staff.history.kinds import KINDS
from tests import factories as make
from tests import roles
from tests.web.staff.casework.many import queries_of
from tests.web.visitor import Visitor, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead() -> Visitor:
    return visitor(Role.TEAM_LEAD)


@pytest.fixture
def file():
    return make.FileFactory(person__given_name="Amina", person__family_name="Haddad", person__phone="5145550101")


def change(who: Visitor, record, *, reason: str = "", address: str = "", days_ago: int = 0, **values) -> Change:
    """Change a record in somebody's name, some days ago; return the line it leaves."""
    known = changes_of(record).count()
    with acting_as(who.actor, reason=reason, address=address):
        type(record)._base_manager.filter(pk=record.pk).update(**values)
    record.refresh_from_db()
    assert changes_of(record).count() == known + 1
    made = changes_of(record).order_by("-pk")[0]
    if days_ago:
        with roles.as_owner():
            Change.objects.filter(pk=made.pk).update(happened_at=clock.now() - timedelta(days=days_ago))
    return made


def test_a_change_reads_as_a_sentence(lead, file) -> None:
    change(lead, file.person, phone="4385550102", reason="Nouveau numéro")
    page = lead.open("staff:history", "personne", file.person.uid)
    assert lead.user.name in page
    assert "a changé" in page
    assert "Téléphone" in page
    assert "514 555-0101" in page
    assert "438 555-0102" in page
    assert "Motif : Nouveau numéro" in page
    assert "a créé la fiche" in page


def test_values_are_words_and_not_codes(lead, file) -> None:
    change(
        lead, file.person, gender="woman", birth_date="1990-01-05", birth_country="MA", preferred_language="es"
    )  # fmt: skip
    page = lead.open("staff:history", "personne", file.person.uid)
    for words in ("Femme", "5 janv. 1990", "Maroc", "espagnol", "(vide)"):
        assert words in page
    follow_up = make.FollowUpFactory(file=file, reached=True)
    change(lead, follow_up, reached=False)
    page = lead.open("staff:history", "suivi", follow_up.uid)
    assert "Oui" in page
    assert "Non" in page


def test_money_and_related_things_are_named() -> None:
    advisor = visitor()
    agreement = make.AgreementFactory(committed=1000, organisation__region=make.region())
    colleague = make.RoleGrantFactory().user
    change(advisor, agreement, committed=250_000, advisor=colleague)
    page = advisor.open("staff:history", "entente", agreement.uid)
    assert "1 000 $" in page
    assert "250 000 $" in page
    assert colleague.name in page


def test_what_the_reader_may_not_see_is_not_named() -> None:
    advisor = visitor()
    action = make.LocalActionFactory()
    elsewhere = make.AgreementFactory(region=make.region("13"), title="Entente de Laval")
    change(advisor, action, agreement=elsewhere)
    page = advisor.open("staff:history", "action-locale", action.uid)
    assert "(non accessible)" in page
    assert "Laval" not in page


def test_answers_are_counted_and_never_shown(lead, file) -> None:
    assessment = make.AssessmentFactory(file=file, answers={"health": "secret", "housing": "no"})
    change(lead, assessment, answers={"health": "autre secret", "work": "yes"})
    page = lead.open("staff:history", "evaluation", assessment.uid)
    assert "1 ajout, 1 changement, 1 retrait" in page
    assert "secret" not in page


def test_a_file_tells_what_hangs_on_it_as_one_story(lead, file) -> None:
    need = make.NeedFactory(file=file, label="Trouver un logement")
    plan = make.PlanFactory(file=file)
    step = make.StepFactory(plan=plan, title="Visiter un appartement")
    make.ReferralFactory(file=file, need=need, service__name="Clinique du bail")
    change(lead, step, title="Visiter deux appartements")
    other = make.NeedFactory(label="D’un autre dossier")
    page = lead.open("staff:history", "dossier", file.uid)
    for words in ("besoin « Trouver un logement", "démarche « Visiter deux appartements", "orientation « Clinique du"):
        assert words in page
    assert other.label not in page


def test_the_last_comes_first_and_what_was_done_at_once_is_together(lead, file) -> None:
    change(lead, file.person, phone="1", days_ago=3)
    change(lead, file.person, phone="2", days_ago=2)
    change(lead, file.person, phone="3", email="a@demo.example", days_ago=1)
    page = lead.open("staff:history", "personne", file.person.uid)
    days = [write_date(clock.now() - timedelta(days=ago)).replace("\u00a0", " ") for ago in (1, 2, 3)]
    assert [page.index(day) for day in days] == sorted(page.index(day) for day in days)
    assert page.count("<time") == 4  # three changes, and the addition


def test_a_long_history_is_cut_in_pages_and_whole_in_print_and_file(lead, file) -> None:
    for number in range(30):
        change(lead, file.person, phone=f"51455501{number:02}")
    assert "31 changements" in lead.open("staff:history", "personne", file.person.uid)
    first = lead.open("staff:history", "personne", file.person.uid)
    assert "514 555-0129" in first
    assert "514 555-0101" not in first
    assert "514 555-0101" in lead.open("staff:history", "personne", file.person.uid, query="?page=2")
    for query in ("?imprimer=1", "?export=csv"):
        whole = lead.open("staff:history", "personne", file.person.uid, query=query)
        assert "514 555-0101" in whole
        assert "514 555-0129" in whole


def test_it_narrows_by_field_and_by_person(lead, file) -> None:
    colleague = visitor(Role.TEAM_LEAD)
    change(lead, file.person, phone="4385550102")
    change(colleague, file.person, email="neuf@demo.example")
    by_field = lead.open("staff:history", "personne", file.person.uid, query="?field=personne.phone")
    assert "438 555-0102" in by_field
    assert "neuf@demo.example" not in by_field
    by_person = lead.open("staff:history", "personne", file.person.uid, query=f"?who={colleague.user.name}")
    assert "neuf@demo.example" in by_person
    assert "438 555-0102" not in by_person
    assert "1 changement" in by_person


def test_the_file_holds_no_formula_and_only_what_is_asked(lead, file) -> None:
    change(lead, file.person, phone="4385550102", reason="=cmd()")
    exported = lead.open("staff:history", "personne", file.person.uid, query="?export=csv&field=personne.phone")
    assert "'=cmd()" in exported
    assert "a créé" not in exported


@pytest.mark.parametrize(("role", "shown"), [(Role.PRIVACY_OFFICER, True), (Role.TEAM_LEAD, False)])
def test_the_address_is_for_those_who_look_into_it(lead, file, role: Role, shown: bool) -> None:
    change(lead, file.person, phone="2", address="192.0.2.9")
    reader = visitor(role, None if shown else "06")
    for query in ("", "?export=csv", "?imprimer=1"):
        page = reader.open("staff:history", "personne", file.person.uid, query=query)
        assert ("192.0.2.9" in page) is shown


def test_opening_a_history_is_written_in_the_read_journal(lead, file) -> None:
    for query, what in (("", What.OPENED), ("?imprimer=1", What.PRINTED), ("?export=csv", What.EXPORTED)):
        before = set(Reading.objects.values_list("pk", flat=True))
        lead.open("staff:history", "dossier", file.uid, query=query)
        [line] = Reading.objects.exclude(pk__in=before)
        assert (line.what, line.person_id, line.user_id) == (what, file.person_id, lead.user.pk)


# --- Who opens it ---------------------------------------------------------------------------------------------------
MADE = {
    "dossier": make.FileFactory,
    "personne": make.PersonFactory,
    "besoin": make.NeedFactory,
    "evaluation": make.AssessmentFactory,
    "plan": make.PlanFactory,
    "demarche": make.StepFactory,
    "orientation": make.ReferralFactory,
    "suivi": make.FollowUpFactory,
    "document": make.DocumentFactory,
    "note": make.NoteFactory,
    "fermeture": make.ClosingFactory,
    "organisme": make.OrganisationFactory,
    "service": make.ServiceFactory,
    "entente": make.AgreementFactory,
    "versement": make.InstalmentFactory,
    "livrable": make.DeliverableFactory,
    "action-locale": make.LocalActionFactory,
    "employeur": make.EmployerFactory,
    "accompagnement": make.AccompanimentFactory,
    "nom": make.PersonNameFactory,
    "langue": make.PersonLanguageFactory,
    "francais": make.FrenchLevelFactory,
    "scolarite": make.SchoolingFactory,
    "metier": make.PersonOccupationFactory,
    "statut": make.PersonStatusFactory,
    "numero": lambda: make.identifier(make.FileFactory().person),
    "menage": lambda: make.MemberFactory(person=make.FileFactory().person).household,
    "compte": make.UserFactory,
    "role": make.RoleGrantFactory,
}
HANGING = {"besoin", "evaluation", "plan", "demarche", "orientation", "suivi", "document", "note", "fermeture"}
OF_A_PERSON = {"nom", "langue", "francais", "scolarite", "metier", "statut", "numero"}
OPENED = [slug for slug, kind in KINDS.items() if kind.rights]
AGENTS = {Role.INTEGRATION_AGENT, Role.TEAM_LEAD}
STAFF = {*AGENTS, Role.RECEPTION_AGENT, Role.REGIONAL_ADVISOR, Role.RECRUITMENT_ADVISOR, Role.REGIONAL_DIRECTOR}
MONEY = {Role.REGIONAL_ADVISOR, Role.REGIONAL_DIRECTOR}
OPEN_TO = {
    **{slug: AGENTS for slug in HANGING | OF_A_PERSON | {"dossier", "menage"}},
    "personne": AGENTS | {Role.RECEPTION_AGENT},
    **{slug: STAFF for slug in ("organisme", "service")},
    **{slug: MONEY for slug in ("entente", "versement", "livrable", "action-locale")},
    **{slug: MONEY | {Role.RECRUITMENT_ADVISOR} for slug in ("employeur", "accompagnement")},
    **{slug: {Role.ADMINISTRATOR} for slug in ("compte", "role")},
}


def test_every_kind_is_tried() -> None:
    assert MADE.keys() == set(OPENED) == OPEN_TO.keys()


@pytest.mark.parametrize("slug", OPENED)
def test_each_kind_opens_to_those_who_see_the_record(slug: str) -> None:
    record = MADE[slug]()
    for role in (*STAFF, Role.ADMINISTRATOR):
        reader = visitor(role, None if role == Role.ADMINISTRATOR else "06")
        answer = reader.client.get(reverse("staff:history", args=[slug, record.uid]))
        assert answer.status_code == (200 if role in OPEN_TO[slug] else 404), role
    if slug not in ("organisme", "service", "compte", "role"):
        role = sorted(OPEN_TO[slug])[0]
        visitor(role, "13").open("staff:history", slug, record.uid, status=404)


def test_nobody_outside_the_staff_opens_any(file) -> None:
    member = Visitor(make.OrganisationMemberFactory())
    member.open("staff:history", "organisme", member.user.organisationmembers.get().organisation.uid, status=403)
    newcomer = Visitor(make.PersonAccountFactory(person=file.person))
    newcomer.open("staff:history", "dossier", file.uid, status=403)


def test_an_unknown_kind_is_absent(lead, file) -> None:
    lead.open("staff:history", "secret", file.uid, status=404)


def test_restorable_fields_exist_and_are_told() -> None:
    for kind in KINDS.values():
        if kind.restorable is not None:
            assert isinstance(kind.restorable, Restorable)
            told = {one.name for one in kind.fields.values()}
            assert kind.restorable.fields <= told, kind.slug
            assert not kind.restorable.fields & {"status", "number", "neq", "region", "file", "person"}, kind.slug


# --- What it costs --------------------------------------------------------------------------------------------------
def fill(lead: Visitor, file, count: int) -> None:
    plan = Plan.objects.filter(file=file).first() or make.PlanFactory(file=file)
    for _ in range(count):
        need = make.NeedFactory(file=file)
        step = make.StepFactory(plan=plan, need=need)
        make.ReferralFactory(file=file, need=need)
        make.FollowUpFactory(file=file)
        make.DocumentFactory(file=file)
        change(lead, step, title=f"Autre {step.pk}", need=None)
        change(lead, need, theme=make.theme("housing"))


def test_a_story_costs_the_same_whatever_it_holds(lead, file) -> None:
    address = reverse("staff:history", args=["dossier", file.uid])
    fill(lead, file, 1)
    change(lead, file.person, phone="2")
    few = len(queries_of(lead.client, f"{address}?imprimer=1"))
    fill(lead, file, 12)
    assert len(queries_of(lead.client, f"{address}?imprimer=1")) == few
    assert len(queries_of(lead.client, address)) <= few
    assert few <= 32
