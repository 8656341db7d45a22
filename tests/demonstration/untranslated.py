"""Looks at the pages of newcomers and of the public in a language, and writes the texts it lacks, with a page of each.

python -m tests.demonstration.untranslated LANGUAGE < DATABASE, which is the demonstration's.
"""

import json
import re
import sys
from gettext import NullTranslations
from typing import Any

from arrimage.cli import prepare_django

ENOUGH = 120  # pages
STARTS = (
    "/", "/services/", "/services/carte/", "/portrait/", "/services/?q=zzyzx+logment&open=on&free=on", "/nulle-part/",
    
)  # fmt: skip
CODES = ("H3N", "H2X", "zz")  # postal codes: known, or not, or no postal code
SIGNING_IN = ("/compte/login/", "/compte/password/reset/")  # in the language of the browser
OWN = ("/moi/", "/moi/plan/", "/moi/rendez-vous/", "/moi/renseignements/", "/moi/demandes/", "/moi/documents/")


class Recording(NullTranslations):
    """Stands behind a language's texts: what is asked of it is what they lack."""

    def __init__(self, behind: NullTranslations) -> None:
        super().__init__()
        self.behind, self.page = behind, ""
        self.lacking: dict[str, str] = {}

    def gettext(self, message: str) -> str:
        self.lacking.setdefault(message, self.page)
        return self.behind.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.lacking.setdefault(msgid1, self.page)
        return self.behind.ngettext(msgid1, msgid2, n)


def main(language: str) -> None:
    prepare_django("web")
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.utils.translation import trans_real

    from arrimage.accounts.context import acting_as
    from arrimage.accounts.rights import system_actor

    settings.ALLOWED_HOSTS = ["*"]
    texts: Any = trans_real.translation(language)
    recording = texts._fallback = Recording(texts._fallback)
    public, newcomer = Client(headers={"accept-language": language}), Client()
    with acting_as(system_actor("traductions")):
        newcomer.force_login(get_user_model().objects.get(email="personne@demo.example"))
    starts = [(public, path) for path in (*STARTS, *(f"/services/?postal_code={code}" for code in CODES))]
    wanted = [(public, path) for path in SIGNING_IN]
    wanted += [(client, f"/{language}{path}") for client, path in (*starts, *((newcomer, path) for path in OWN))]
    seen: set[str] = set()
    while wanted and len(seen) < ENOUGH:
        client, path = wanted.pop(0)
        if path in seen:
            continue
        recording.page = path
        response = client.get(path)
        if (
            response.status_code not in (200, 403, 404)
            or response.get("Content-Type", "").partition(";")[0] != "text/html"
        ):
            continue
        seen.add(path)
        links = re.findall(r'href="([^"#]+)"', response.content.decode())
        wanted += [(client, link.replace("&amp;", "&")) for link in links if link.startswith(f"/{language}/")]
    json.dump({"pages": len(seen), "lacking": recording.lacking}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(sys.argv[1])
