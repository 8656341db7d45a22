"""What the environment may ask of the accounts' settings, and what it may not, in production."""

import json
import os
import secrets
import subprocess
import sys

import pytest

NAMES = ("REQUIRE_MFA", "SESSION_COOKIE_AGE", "EMAIL_BACKEND", "EMAIL_USE_TLS", "EMAIL_USE_SSL", "OIDC_ISSUER",
         "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN")  # fmt: skip
PRINT = (
    "import json; from arrimage.config import settings as s; "
    f"print(json.dumps({{name: getattr(s, name) for name in {NAMES!r}}}))"
)
PRODUCTION = {
    "ARRIMAGE_ENV": "production",
    "ARRIMAGE_SECRET_KEY": secrets.token_urlsafe(48),
    "ARRIMAGE_SEAL_KEY": secrets.token_urlsafe(48),
    "ARRIMAGE_ATTACHMENTS": "/srv/pieces",
    "ARRIMAGE_ATTACHMENT_KEYS": "k1:" + "A" * 43 + "=",
    "ARRIMAGE_HOSTS": "arrimage.example",
    "DATABASE_URL": "postgresql://o@db.example/arrimage",
}


def settings_with(**variables: str) -> dict:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ARRIMAGE_")}
    clean["ARRIMAGE_SECRET_KEY"] = "for the tests only"
    clean["DATABASE_URL"] = PRODUCTION["DATABASE_URL"]
    done = subprocess.run(
        [sys.executable, "-c", PRINT], env=clean | variables, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("asked", [{}, {"ARRIMAGE_REQUIRE_MFA": "0"}])
def test_production_always_requires_a_second_factor(asked) -> None:
    said = settings_with(**PRODUCTION, **asked)
    assert said["REQUIRE_MFA"] is True
    assert said["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert said["EMAIL_USE_TLS"] is True
    assert said["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False


def test_elsewhere_it_is_asked_for() -> None:
    assert settings_with()["REQUIRE_MFA"] is False
    said = settings_with(
        ARRIMAGE_REQUIRE_MFA="1", ARRIMAGE_SESSION_HOURS="2", ARRIMAGE_EMAIL_HOST="mail.example",
        ARRIMAGE_EMAIL_TLS="ssl", ARRIMAGE_OIDC_ISSUER="https://identite.example/",
    )  # fmt: skip
    assert said["REQUIRE_MFA"] is True
    assert said["SESSION_COOKIE_AGE"] == 7200
    assert said["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    assert (said["EMAIL_USE_TLS"], said["EMAIL_USE_SSL"]) == (False, True)
    assert said["OIDC_ISSUER"] == "https://identite.example"
