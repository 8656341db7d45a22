"""Run in a process of its own, in a production environment whose database is away: what it answers, as JSON."""

import json
import logging

import django
from django.conf import settings
from django.test import Client

IN_ORDER = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_HOST": "arrimage.example"}


def ask(path: str, **meta: str) -> dict[str, object]:
    response = Client(raise_request_exception=False).get(path, **(IN_ORDER | meta))
    return {
        "status": response.status_code,
        "headers": dict(response.headers),
        "cookies": list(response.cookies),
        "body": response.content.decode(),
    }


def cookies(what: str) -> list[object]:
    return [getattr(settings, f"{cookie}_COOKIE_{what}") for cookie in ("SESSION", "CSRF", "LANGUAGE")]


if __name__ == "__main__":
    django.setup()
    logging.disable(logging.CRITICAL)
    # The static files are not gathered here: their names without the digest that gathering gives them.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    said = {
        "health_in_the_clear": ask("/sante/", HTTP_X_FORWARDED_PROTO="http"),
        "page_in_the_clear": ask("/espace/", HTTP_X_FORWARDED_PROTO="http"),
        "other_host": ask("/espace/", HTTP_HOST="evil.example"),
        "broken": ask("/"),
        "cookies": {what: cookies(what) for what in ("NAME", "PATH", "DOMAIN", "SECURE", "HTTPONLY", "SAMESITE")},
        "settings": {name: getattr(settings, name) for name in ("DEBUG", "DEMO", "REQUIRE_MFA", "TODAY")},
    }
    print(json.dumps(said))
