"""Deny by default; refusals in words."""

import pytest
from django.test import Client

from arrimage.accounts.enums import Role
from arrimage.territory.models import Place
from arrimage.web.access import allows
from tests.factories import RoleGrantFactory, UserFactory, region

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.pages")]


def sign_in(client: Client, role: Role) -> None:
    client.force_login(RoleGrantFactory(role=role).user)


def test_a_public_page_is_open_to_anybody(client: Client) -> None:
    assert client.get("/essai/public/").content.decode() == "ouverte"


def test_a_view_without_mark_is_refused_even_to_the_director(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    sign_in(client, Role.REGIONAL_DIRECTOR)

    assert client.get("/essai/oubliee/").status_code == 403
    assert "no access mark" in caplog.text


def test_somebody_not_signed_in_is_led_to_the_sign_in_page_and_back(client: Client) -> None:
    response = client.get("/essai/ententes/?page=2")

    assert response.status_code == 302
    assert response["Location"] == "/compte/login/?next=/essai/ententes/%3Fpage%3D2"


def test_a_post_by_somebody_not_signed_in_is_refused(client: Client) -> None:
    assert client.post("/essai/ententes/").status_code == 403


def test_one_of_the_rights_is_enough(client: Client) -> None:
    sign_in(client, Role.REGIONAL_DIRECTOR)

    assert client.get("/essai/ententes/").status_code == 200


def test_a_role_without_the_right_sees_the_refusal_page(client: Client) -> None:
    sign_in(client, Role.INTEGRATION_AGENT)
    response = client.get("/essai/ententes/")

    assert response.status_code == 403
    assert "Votre rôle ne donne pas accès à cette page." in response.content.decode()


def test_an_account_without_a_role_opens_only_what_needs_none(client: Client) -> None:
    client.force_login(UserFactory())

    assert client.get("/essai/compte/").status_code == 200
    response = client.get("/essai/ententes/")
    assert response.status_code == 403
    assert "Aucun rôle n’est actif" in response.content.decode()


def test_htmx_is_told_where_to_go(client: Client) -> None:
    response = client.get("/essai/ententes/", HTTP_HX_REQUEST="true", HTTP_REFERER="http://testserver/essai/public/")

    assert response.status_code == 401
    assert response["HX-Redirect"].startswith("/compte/login/?next=")


def test_not_allowed_becomes_the_refusal_page_with_its_sentence(client: Client) -> None:
    response = client.get("/essai/refus/")

    assert response.status_code == 403
    assert "Ce dossier est à une autre région." in response.content.decode()


def test_another_refusal_becomes_a_message_on_the_page_before(client: Client) -> None:
    response = client.post("/essai/conflit/", HTTP_REFERER="http://testserver/essai/dit/", follow=True)

    assert response.redirect_chain == [("http://testserver/essai/dit/", 302)]
    assert "Cette plage vient d’être prise." in response.content.decode()


def test_a_refusal_never_sends_to_another_site(client: Client) -> None:
    response = client.post("/essai/conflit/", HTTP_REFERER="https://ailleurs.example/")

    assert response["Location"] == "/"


def test_refusals_shown_undoes_what_was_done_and_goes_on(client: Client) -> None:
    place = Place.objects.create(region=region(), kind="borough", name="Ahuntsic de test")
    response = client.post("/essai/montre/", {"pk": place.pk}, follow=True)

    assert "Cette plage vient d’être prise." in response.content.decode()
    place.refresh_from_db()
    assert place.name == "Ahuntsic de test"


def test_allows_wants_a_right() -> None:
    with pytest.raises(ValueError, match="at least one right"):
        allows()
