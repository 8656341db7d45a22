"""The pages of retention: rules, lists, approval, certificates."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from arrimage.accounts.enums import Role
from arrimage.foundation import clock
from arrimage.privacy.retention.enums import RunStatus
from arrimage.privacy.retention.models import RetentionRun
from arrimage.privacy.retention.purging import execute
from tests import factories as f
from tests.roles import as_owner
from tests.web.signed import staff, words

pytestmark = pytest.mark.django_db
LONG_AGO = clock.today() - timedelta(days=6 * 366)


@pytest.fixture
def officer() -> Client:
    return staff(Role.PRIVACY_OFFICER, None)


@pytest.fixture
def director() -> Client:
    return staff(Role.REGIONAL_DIRECTOR)


def prepared(officer: Client) -> RetentionRun:
    response = officer.post(reverse("staff:retention_run_new"), {"region": f.region().pk})
    run = RetentionRun.objects.get()
    assert response["Location"] == reverse("staff:retention_run", args=[run.uid])
    return run


def test_a_rule_is_read_and_changed(officer: Client, director: Client) -> None:
    rule = f.retention_rule()
    assert "5 ans après la fermeture du dossier" in words(officer.get(reverse("staff:retention_rules")))
    page = reverse("staff:retention_rule", args=[rule.uid])
    data = {"months": 72, "ending": "destroy", "basis": "Calendrier 2026", "is_active": "on", "version": rule.version}
    assert officer.post(page, data).status_code == 302
    assert "6 ans après la fermeture du dossier" in words(director.get(reverse("staff:retention_rules")))
    assert director.get(page).status_code == 403
    said = words(officer.post(page, data))
    assert "a été modifié entre-temps" in said, "somebody else's change is not written over"


def test_from_the_list_to_the_certificate(officer: Client, director: Client) -> None:
    file = f.FileFactory(closed=True, opened_on=LONG_AGO)
    run = prepared(officer)
    page = reverse("staff:retention_run", args=[run.uid])
    said = words(officer.get(page))
    assert "Dossiers fermés" in said
    assert "Approuver la destruction" not in said, "who prepared does not approve"
    listed = words(officer.get(reverse("staff:retention_due", args=[run.uid])))
    assert file.number in listed
    assert file.person.family_name not in listed
    assert "Destructions à approuver" in words(director.get(reverse("staff:home")))
    assert "Approuver la destruction" in words(director.get(page))
    approve = reverse("staff:retention_run_approve", args=[run.uid])
    assert officer.get(approve).status_code == 404
    assert director.post(approve, {}).status_code == 200, "the box must be ticked"
    assert director.post(approve, {"agreed": "on"}).status_code == 302
    run.refresh_from_db()
    assert run.status == RunStatus.APPROVED
    assert f"arrimage purge {run.uid} --wet-run" in words(officer.get(page))
    with as_owner():
        execute(run, executed_by="compte système « essai »")
    certificate = words(director.get(reverse("staff:retention_certificate", args=[run.uid])))
    assert run.digest in certificate
    assert "compte système « essai »" in certificate
    assert file.number not in words(officer.get(page)) + words(
        officer.get(reverse("staff:retention_due", args=[run.uid]))
    )


def test_nothing_due_is_said(officer: Client) -> None:
    said = words(officer.post(reverse("staff:retention_run_new"), {"region": f.region().pk}))
    assert "Rien n’est à détruire" in said
    assert not RetentionRun.objects.exists()


def test_a_list_is_given_up_with_a_reason(officer: Client) -> None:
    f.FileFactory(closed=True, opened_on=LONG_AGO)
    run = prepared(officer)
    page = reverse("staff:retention_run_cancel", args=[run.uid])
    assert officer.post(page, {"note": " "}).status_code == 200
    assert officer.post(page, {"note": "Règle à revoir."}).status_code == 302
    assert "Règle à revoir." in words(officer.get(reverse("staff:retention_run", args=[run.uid])))
    assert not run.due.exists()


def test_the_list_is_exported_without_a_name(officer: Client) -> None:
    file = f.FileFactory(closed=True, opened_on=LONG_AGO)
    run = prepared(officer)
    response = officer.get(reverse("staff:retention_due", args=[run.uid]) + "?export=csv")
    said = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert file.number in said
    assert file.person.given_name not in said


def test_queries_do_not_grow_with_the_list(officer: Client, django_assert_max_num_queries) -> None:
    for _ in range(30):
        f.FileFactory(closed=True, opened_on=LONG_AGO)
    run = prepared(officer)
    with django_assert_max_num_queries(20):
        officer.get(reverse("staff:retention_due", args=[run.uid]))
    with django_assert_max_num_queries(22):
        officer.get(reverse("staff:retention_run", args=[run.uid]))


def test_a_missing_certificate_does_not_exist(officer: Client) -> None:
    run = f.RetentionRunFactory(approved=True)
    assert officer.get(reverse("staff:retention_certificate", args=[run.uid])).status_code == 404
