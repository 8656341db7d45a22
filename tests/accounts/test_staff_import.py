"""The directorate's people come in: accounts opened without a password, roles with their dates; a repeat is nothing."""

import io

import pytest

from arrimage.accounts.enums import Right, Role
from arrimage.accounts.models import RoleGrant, User
from arrimage.accounts.rights import system_actor
from arrimage.demo.tables import as_csv
from arrimage.demo.tables.staff import service_points, staff
from arrimage.foundation import clock
from arrimage.foundation.errors import NotAllowed
from arrimage.foundation.imports import importers, run_import, template_csv
from tests.factories import RoleGrantFactory, ServicePointFactory, UserFactory, actor

pytestmark = pytest.mark.django_db
IMPORT = system_actor("import", Right.MANAGE_ACCOUNTS)
TITLES = "email,name,role,region,service_point,starts_on,ends_on\n"


def run(*rows: str, who=IMPORT, titles: str = TITLES):
    content = io.BytesIO((titles + "\n".join(rows)).encode())
    return run_import(importers()["staff"], content, "s.csv", who, wet=True)


def test_an_account_opens_without_a_password_and_a_repeat_changes_nothing():
    point = ServicePointFactory(name="Place Dupuis")
    row = "Anne@Demo.example,Anne Roy,integration_agent,06,place dupuis,2020-07-01,"
    assert run(row).created == 1
    grant = RoleGrant.objects.get()
    assert (grant.user.email, grant.role, grant.service_point) == ("anne@demo.example", "integration_agent", point)
    assert not grant.user.has_usable_password()
    assert run(row).unchanged == 1
    assert (User.objects.count(), RoleGrant.objects.count()) == (1, 1)


def test_an_end_a_point_and_a_name_follow_the_file():
    old = ServicePointFactory(name="A")
    ServicePointFactory(name="B")
    grant = RoleGrantFactory(user__email="a@demo.example", user__name="Anne", service_point=old)
    assert run("a@demo.example,Anne Roy,integration_agent,06,B,2020-07-01,2030-01-01").updated == 1
    grant.refresh_from_db()
    assert (grant.user.name, grant.service_point.name, str(grant.ends_on)) == ("Anne Roy", "B", "2030-01-01")
    assert run("a@demo.example,Anne R,integration_agent,06,,,").updated == 1


def test_without_a_first_day_a_role_held_today_is_the_same_role():
    RoleGrantFactory(user__email="a@demo.example", user__name="Anne")
    assert run("a@demo.example,Anne,integration_agent,06,,,").unchanged == 1
    assert run("b@demo.example,Béa,integration_agent,06,,,").created == 1
    assert RoleGrant.objects.get(user__email="b@demo.example").starts_on == clock.today()


def test_two_roles_of_one_person():
    report = run("a@x.example,Anne,team_lead,06,,,", "a@x.example,Anne,privacy_officer,,,,")
    assert (report.created, User.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("pas-une-adresse,Anne,team_lead,06,,,", "email"),
        ("a@x.example,Anne,partner_worker,06,,,", "role"),
        ("a@x.example,Anne,roi,06,,,", "role"),
        ("a@x.example,Anne,team_lead,,,,", "region"),
        ("a@x.example,Anne,team_lead,99,,,", "region"),
        ("a@x.example,Anne,team_lead,06,Nulle part,,", "service_point"),
        ("a@x.example,Anne,team_lead,06,,2020-07-01,2020-01-01", "ends_on"),
        ("a@x.example,,team_lead,06,,,", "name"),
    ],
)
def test_what_is_wrong_is_named_and_no_account_opens(row, column):
    report = run("ok@x.example,Oui,team_lead,06,,,", row)
    assert [(error.row, error.column) for error in report.errors] == [(3, column)]
    assert not User.objects.exists()


def test_one_address_is_one_person():
    report = run("a@x.example,Anne,team_lead,06,,,", "a@x.example,Béa,privacy_officer,,,,")
    assert [(error.row, error.column) for error in report.errors] == [(3, "name")]


def test_a_known_account_keeps_its_password():
    UserFactory(email="a@demo.example", name="Anne")
    run("a@demo.example,Anne,team_lead,06,,,")
    assert User.objects.get().has_usable_password()


def test_only_an_administrator_may():
    with pytest.raises(NotAllowed):
        run("a@x.example,Anne,administrator,,,,", who=actor(Role.REGIONAL_DIRECTOR))


def test_the_template_and_the_demonstration_come_in():
    importer = importers()["staff"]
    assert run_import(importer, io.BytesIO(template_csv(importer).encode()), "t.csv", IMPORT, wet=True).created == 1
    run_import(importers()["service_points"], as_csv(service_points()), "p.csv", IMPORT, wet=True)
    rows = staff()
    report = run_import(importer, as_csv(rows), "demo.csv", IMPORT, wet=True)
    assert not report.errors
    assert report.created == len(rows)
    assert run_import(importer, as_csv(rows), "demo.csv", IMPORT, wet=True).unchanged == len(rows)
