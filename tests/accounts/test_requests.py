"""The transaction around a request, and the role its user acts in."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from arrimage.accounts.actions import end_role, set_account_active
from arrimage.accounts.enums import Role
from arrimage.accounts.middleware import OneTransaction
from arrimage.foundation import clock
from arrimage.territory.models import Place
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def grant():
    return make.RoleGrantFactory(role=Role.REGIONAL_ADVISOR, region=make.region(), starts_on=clock.today())


@pytest.fixture
def client(grant) -> Client:
    client = Client()
    client.force_login(grant.user)
    return client


@pytest.mark.parametrize(("status", "kept"), [(200, True), (302, True), (404, True), (500, False), (503, False)])
def test_an_error_of_ours_undoes_what_the_request_wrote(status: int, kept: bool) -> None:
    def view(request) -> HttpResponse:
        Place.objects.create(region=make.region(), kind="borough", name="Écrit par la requête")
        return HttpResponse(status=status)

    OneTransaction(view)(RequestFactory().get("/"))
    assert Place.objects.filter(name="Écrit par la requête").exists() is kept


def test_the_page_says_the_region_and_the_role(client, grant) -> None:
    page = client.get(reverse("staff:agreements")).content.decode()
    assert "Montréal" in page
    assert grant.get_role_display() in page


def test_somebody_whose_role_ends_loses_access_at_once(client, grant) -> None:
    assert client.get(reverse("staff:agreements")).status_code == 200
    grant.starts_on = clock.today() - timedelta(days=9)
    grant.save()
    end_role(make.actor(Role.ADMINISTRATOR, None), grant, ends_on=clock.today() - timedelta(days=1))
    assert client.get(reverse("staff:agreements")).status_code == 302
    client.force_login(grant.user)
    assert client.get(reverse("staff:agreements")).status_code == 403


def test_a_closed_account_loses_access_at_once(client, grant) -> None:
    set_account_active(make.actor(Role.ADMINISTRATOR, None), grant.user, active=False)
    assert client.get(reverse("staff:agreements")).status_code in (302, 403)


def test_a_role_of_somebody_else_cannot_be_chosen(client) -> None:
    other = make.RoleGrantFactory(role=Role.REGIONAL_DIRECTOR, region=make.region())
    assert client.post(reverse("choose_role"), {"grant": other.key()}).status_code == 403
    assert client.get(reverse("staff:personnel")).status_code == 403


def test_one_role_at_a_time(client, grant) -> None:
    second = make.RoleGrantFactory(user=grant.user, role=Role.INTEGRATION_AGENT, region=make.region())
    assert client.get(reverse("staff:files")).status_code == 403
    assert client.post(reverse("choose_role"), {"grant": second.key()}).status_code == 302
    assert client.get(reverse("staff:files")).status_code == 200
    assert client.get(reverse("staff:agreements")).status_code == 403
