"""Every setting, in one file, from the environment. `docs/architecture.md` lists the variables."""

import os
from datetime import date
from pathlib import Path
from typing import Any, cast

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from arrimage.config import database
from arrimage.config.secrets import secret_key

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]
DATA = database.data_folder()
PRODUCTION = database.is_production()
DEMO = os.environ.get("ARRIMAGE_DEMO") == "1" and not PRODUCTION
DEBUG = os.environ.get("ARRIMAGE_DEBUG") == "1" and not PRODUCTION
SECRET_KEY = secret_key(DATA, production=PRODUCTION)

# A fixed "today" for demonstrations and tests; the clock otherwise.
TODAY = date.fromisoformat(os.environ["ARRIMAGE_TODAY"]) if os.environ.get("ARRIMAGE_TODAY") else None

WEB_ROLE = database.web_role_name()
DATABASE_ROLE = cast(database.DatabaseRole, os.environ.get("ARRIMAGE_DATABASE_ROLE", "web"))
DATABASES: dict[str, dict[str, Any]] = {"default": database.address(DATABASE_ROLE, SECRET_KEY).django()}
# Pages ask many short questions: compiling each costs more than it saves (10 to 20 % of a page, measured).
DATABASES["default"]["OPTIONS"].setdefault("options", "-c jit=off")
# A savepoint a view, inside the one transaction of the request: a refusal turned into a message undoes the whole view.
DATABASES["default"]["ATOMIC_REQUESTS"] = True
if os.environ.get("ARRIMAGE_DATABASE_POOL"):
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 2,
        "max_size": int(os.environ["ARRIMAGE_DATABASE_POOL"]),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ALLOWED_HOSTS = os.environ.get("ARRIMAGE_HOSTS", "" if PRODUCTION else "*").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("ARRIMAGE_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "pgtrigger",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "csp",
    "arrimage.foundation",
    "arrimage.territory",
    "arrimage.accounts",
    "arrimage.attachments",
    "arrimage.questionnaires",
    "arrimage.people",
    "arrimage.directory",
    "arrimage.privacy.consents",
    "arrimage.privacy.journal",
    "arrimage.privacy.registers",
    "arrimage.privacy.retention",
    "arrimage.scheduling",
    "arrimage.employers",
    "arrimage.casework",
    "arrimage.agreements",
    "arrimage.reception",
    "arrimage.reporting",
    "arrimage.web",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "arrimage.accounts.middleware.OneTransaction",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "arrimage.accounts.middleware.ActingUser",
    "arrimage.web.middleware.SpeakTheUsersLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "arrimage.web.middleware.RefuseUnlessAllowed",
]

ROOT_URLCONF = "arrimage.config.urls"
WSGI_APPLICATION = "arrimage.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "arrimage.web.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "arrimage.web.templatetags.arrimage"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Accounts -------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "arrimage.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are created by an administrator, not by sign-up
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "public:home"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("ARRIMAGE_FROM_EMAIL", "ne-pas-repondre@arrimage.example")

# --- Language, time -------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("Anglais")), ("es", _("Espagnol")), ("ar", _("Arabe"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Montreal"

# --- Files served ---------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "static" if PRODUCTION else None  # elsewhere, WhiteNoise finds them where they are
STATICFILES_DIRS = [
    PACKAGE / "web" / "static",
    ("vendor/bootstrap", ROOT / "node_modules" / "bootstrap" / "dist"),
    ("vendor/htmx", ROOT / "node_modules" / "htmx.org" / "dist"),
    ("vendor/atkinson", ROOT / "node_modules" / "@fontsource" / "atkinson-hyperlegible-next"),
    ("vendor/naskh", ROOT / "node_modules" / "@fontsource" / "noto-naskh-arabic"),
]
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- Lists ----------------------------------------------------------------------------------------------------------
DJANGO_TABLES2_TEMPLATE = "shell/table.html"

# --- Hardening ------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ARRIMAGE_LOG", "WARNING")},
}
