"""« Mes séances »: seen with their device, ended one by one or all at once; nobody else's."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from arrimage.web.account.devices import device
from tests import factories as make
from tests.accounts.signing_in import is_signed_in, try_password

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1"


@pytest.fixture
def browsers() -> tuple[Client, Client]:
    user = make.UserFactory()
    here, phone = Client(), Client()
    try_password(here, user, headers={"User-Agent": FIREFOX})
    try_password(phone, user, headers={"User-Agent": PHONE})
    return here, phone


def test_the_page_shows_each_device_and_marks_this_one(browsers) -> None:
    page = browsers[0].get(reverse("sessions"), headers={"User-Agent": FIREFOX}).content.decode()
    assert "Firefox, Windows" in page
    assert "Safari, iPhone" in page
    assert "127.0.0.1" in page
    assert page.count("Cet appareil") == 1


def test_one_is_ended(browsers) -> None:
    here, phone = browsers
    key = UserSession.objects.get(user_agent=PHONE).pk
    assert here.post(reverse("session_end", args=[key])).status_code == 302
    assert not is_signed_in(phone)
    assert is_signed_in(here)
    assert here.post(reverse("session_end", args=[key])).status_code == 404


def test_all_others_are_ended(browsers) -> None:
    here, phone = browsers
    page = here.post(reverse("sessions_end_others"), follow=True).content.decode()
    assert "1 autre séance est fermée" in page
    assert (is_signed_in(here), is_signed_in(phone)) == (True, False)


def test_nobody_ends_somebody_else_s(browsers) -> None:
    stranger = Client()
    try_password(stranger, make.UserFactory())
    key = UserSession.objects.get(user_agent=PHONE).pk
    assert stranger.post(reverse("session_end", args=[key])).status_code == 404
    stranger.post(reverse("sessions_end_others"))
    assert all(is_signed_in(browser) for browser in browsers)
    assert Client().post(reverse("session_end", args=[key])).status_code == 403


def test_this_session_is_ended_by_closing_it(browsers) -> None:
    here, _phone = browsers
    own = UserSession.objects.get(user_agent=FIREFOX).pk
    assert here.post(reverse("session_end", args=[own]))["Location"] == reverse("account_logout")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (FIREFOX, "Firefox, Windows"),
        (PHONE, "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Linux"),
        ("", "Appareil inconnu"),
        ("<script>", "Appareil inconnu"),
    ],
)
def test_a_device_in_words(said, shown) -> None:
    assert device(said) == shown
