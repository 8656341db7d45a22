"""The settings of the tests: the application's, with a database and secrets of their own, and nothing slow.

`DATABASE_URL` chooses another PostgreSQL than the embedded one; its role must be a superuser, or hold CREATEDB and
CREATEROLE.
"""

import os
from pathlib import Path

BUILD = Path(__file__).resolve().parents[1] / "build"

for name in [name for name in os.environ if name.startswith("ARRIMAGE_")]:
    del os.environ[name]  # an installation's settings are not the tests'
os.environ |= {
    "ARRIMAGE_DATA": str(BUILD / "test-data"),
    "ARRIMAGE_DATABASE_ROLE": "owner",
    "ARRIMAGE_WEB_ROLE": "arrimage_test_web",
    "ARRIMAGE_SECRET_KEY": "for the tests only",
}

from arrimage.config.database import is_embedded  # noqa: E402
from arrimage.config.settings import *  # noqa: E402, F403
from arrimage.config.settings import DATABASES  # noqa: E402

# A test's data need not survive a power cut.
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
if is_embedded():
    # Runs at the same time (two terminals) each have their databases; pytest-xdist's workers inherit the run's number.
    # `TEST_RUN=mine pytest --reuse-db` keeps a database of that name from one run to the next.
    DATABASES["default"]["TEST"] = {"NAME": f"test_arrimage_{os.environ.setdefault('TEST_RUN', str(os.getpid()))}"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
