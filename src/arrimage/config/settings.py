"""Every setting, in one file, from the environment. `docs/architecture.md` lists the variables."""

import os
from datetime import date
from pathlib import Path
from typing import Any, cast

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from arrimage.config import database, map_tiles, production
from arrimage.config.secrets import attachment_keys, seal_key, secret_key

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]
DATA = database.data_folder()
PRODUCTION = database.is_production()
if PRODUCTION:
    production.refuse_unsafe()
DEMO = os.environ.get("ARRIMAGE_DEMO") == "1" and not PRODUCTION
DEBUG = os.environ.get("ARRIMAGE_DEBUG") == "1" and not PRODUCTION
SECRET_KEY = secret_key(DATA, production=PRODUCTION)
# Former keys, still read while what they signed or enciphered lives: « docs/operations.md », keys.
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("ARRIMAGE_FORMER_SECRET_KEYS", "").split(",") if key]

# A fixed "today" for demonstrations and tests; the clock otherwise.
TODAY = date.fromisoformat(os.environ["ARRIMAGE_TODAY"]) if os.environ.get("ARRIMAGE_TODAY") else None

WEB_ROLE = database.web_role_name()
DATABASE_ROLE = cast(database.DatabaseRole, os.environ.get("ARRIMAGE_DATABASE_ROLE", "web"))
DATABASES: dict[str, dict[str, Any]] = {"default": database.address(DATABASE_ROLE, SECRET_KEY).django()}
# Pages ask many short questions: compiling each costs more than it saves (10 to 20 % of a page, measured).
# Each trigger of pgtrigger asks which are ignored: unsaid, it catches an error for each row, and undoing that goes
# through every constraint still to check (1 ms a row in a long transaction, measured).
# Pages read here and there cost what pages in a row cost, on the disks of today: indexes are used for what they are.
DATABASES["default"]["OPTIONS"].setdefault("options", "-c jit=off -c random_page_cost=1.1 -c pgtrigger.ignore={}")
# A savepoint a view, inside the one transaction of the request: a refusal turned into a message undoes the whole view.
DATABASES["default"]["ATOMIC_REQUESTS"] = True
if os.environ.get("ARRIMAGE_DATABASE_POOL"):
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 2,
        "max_size": int(os.environ["ARRIMAGE_DATABASE_POOL"]),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ALLOWED_HOSTS = [host.strip() for host in os.environ.get("ARRIMAGE_HOSTS", "*").split(",")]
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
    "arrimage.statistics",
    "arrimage.occupations",
    "arrimage.accounts",
    "arrimage.attachments",
    "arrimage.questionnaires",
    "arrimage.people",
    "arrimage.directory",
    "arrimage.privacy.consents",
    "arrimage.privacy.journal",
    "arrimage.privacy.registers",
    "arrimage.privacy.portability",
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
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "arrimage.web.hardening.Headers",
    "arrimage.web.hardening.RefuseMalformed",
    "arrimage.accounts.middleware.OneTransaction",
    "arrimage.accounts.sessions.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "arrimage.accounts.middleware.ActingUser",
    "arrimage.accounts.seen.KeepSeen",
    "arrimage.web.middleware.SpeakTheUsersLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "arrimage.accounts.second_factor.RequireSecondFactor",
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
AUTHENTICATION_BACKENDS = ["arrimage.accounts.backends.SignInBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "arrimage.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {"user_token": "arrimage.accounts.forms.TokenForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are created by an administrator, not by sign-up
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60  # seconds
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "public:home"
STILL_WORKING_DAYS = int(os.environ.get("ARRIMAGE_STILL_WORKING_DAYS", "15"))  # a step with no news for so long shows
INVITATION_DAYS = int(os.environ.get("ARRIMAGE_INVITATION_DAYS", "7"))

# Second factor: compulsory in production for the roles that `accounts.second_factor` names.
REQUIRE_MFA = PRODUCTION or os.environ.get("ARRIMAGE_REQUIRE_MFA") == "1"
MFA_ADAPTER = "arrimage.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up: an administrator gave the address, and a link proved it
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "Arrimage"
MFA_TOTP_TOLERANCE = 1  # a code of the half-minute before or after: clocks differ
MFA_FORMS = {
    "authenticate": "arrimage.accounts.forms.SecondFactorForm",
    "reauthenticate": "arrimage.accounts.forms.ConfirmByCodeForm",
    "activate_totp": "arrimage.accounts.forms.ActivateCodesForm",
    "add_webauthn": "arrimage.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "arrimage.accounts.forms.RenamePasskeyForm",
    "login_webauthn": "arrimage.accounts.forms.PasskeyLoginForm",
}

# The government's identity provider (OpenID Connect), when there is one.
OIDC_ISSUER = os.environ.get("ARRIMAGE_OIDC_ISSUER", "").rstrip("/")
OIDC_STRONG_ACR = [acr for acr in os.environ.get("ARRIMAGE_OIDC_ACR", "").split(",") if acr]
SOCIALACCOUNT_ADAPTER = "arrimage.accounts.identity.IdentityAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads elsewhere is what the content security policy refuses
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "identite",
                "name": os.environ.get("ARRIMAGE_OIDC_NAME", _("votre identité gouvernementale")),
                "client_id": os.environ.get("ARRIMAGE_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("ARRIMAGE_OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

# Attempts are counted in the database, for every process alike.
LOCKOUT_MINUTES = 15
ACCOUNT_RATE_LIMITS = {"login_failed": f"10/m/ip,5/{LOCKOUT_MINUTES}m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("ARRIMAGE_PROXIES", "1" if PRODUCTION else "0"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "KEY_FUNCTION": "arrimage.accounts.cache.hidden_key",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

SESSION_ENGINE = "arrimage.accounts.sessions"
SESSION_COOKIE_AGE = int(float(os.environ.get("ARRIMAGE_SESSION_HOURS", "12")) * 3600)  # idle, in seconds

EMAIL_HOST = os.environ.get("ARRIMAGE_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("ARRIMAGE_EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("ARRIMAGE_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ARRIMAGE_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("ARRIMAGE_EMAIL_TLS", "starttls") == "starttls"
EMAIL_USE_SSL = os.environ.get("ARRIMAGE_EMAIL_TLS") == "ssl"
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = (
    "arrimage.accounts.smtp.EmailBackend"
    if PRODUCTION or "ARRIMAGE_EMAIL_HOST" in os.environ
    else "django.core.mail.backends.console.EmailBackend"
)
DEFAULT_FROM_EMAIL = os.environ.get("ARRIMAGE_FROM_EMAIL", "ne-pas-repondre@arrimage.example")

# Text messages: a provider that takes an HTTP request (`accounts.texting`); without one, the console.
SMS_URL = os.environ.get("ARRIMAGE_SMS_URL", "")
SMS_TOKEN = os.environ.get("ARRIMAGE_SMS_TOKEN", "")
SMS_FROM = os.environ.get("ARRIMAGE_SMS_FROM", "Arrimage")
SMS_HOURS = (9, 20)  # local hours between which telephones may ring

# Where the site is, for the links of letters.
SITE_ADDRESS = os.environ.get("ARRIMAGE_ADDRESS", (CSRF_TRUSTED_ORIGINS or ["http://127.0.0.1:8000"])[0]).rstrip("/")

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
    ("vendor/signature_pad", ROOT / "node_modules" / "signature_pad" / "dist"),
    ("vendor/leaflet", ROOT / "node_modules" / "leaflet" / "dist"),
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
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # what is typed; files are counted apart
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
REQUEST_MAX_BYTES = 30 * 1024 * 1024  # a whole request, files included: refused before a byte of it is read
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- Jobs -----------------------------------------------------------------------------------------------------------
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 24 * 3600}  # what the clock asked in the last day is caught up

# --- Privacy --------------------------------------------------------------------------------------------------------
INCIDENT_ASSESSMENT_WORKING_DAYS = int(os.environ.get("ARRIMAGE_INCIDENT_ASSESSMENT_DAYS", "3"))

# --- Read journal and exceptional accesses --------------------------------------------------------------------------
SEAL_KEY = seal_key(SECRET_KEY, production=PRODUCTION)
ANCHORS = Path(os.environ.get("ARRIMAGE_ANCHORS") or DATA / "anchors")  # kept apart from the database
ANCHOR_COMMAND = os.environ.get("ARRIMAGE_ANCHOR_COMMAND", "")  # reads each anchor on its standard input
BREAK_GLASS_MINUTES = int(os.environ.get("ARRIMAGE_BREAK_GLASS_MINUTES", "60"))

# --- Attachments ----------------------------------------------------------------------------------------------------
# Outside what is served and outside the database's folder (`attachments.checks`); said in production, never guessed.
ATTACHMENTS = (
    Path(os.environ["ARRIMAGE_ATTACHMENTS"])
    if os.environ.get("ARRIMAGE_ATTACHMENTS")
    else (None if PRODUCTION else DATA / "attachments")
)
ATTACHMENT_KEYS = attachment_keys(SECRET_KEY, production=PRODUCTION)
ATTACHMENT_MAX_BYTES = int(os.environ.get("ARRIMAGE_ATTACHMENT_MAX_MB", "10")) * 1024 * 1024
SCAN_COMMAND = os.environ.get("ARRIMAGE_SCAN_COMMAND", "")
SCAN_SECONDS = 60

# --- Lists ----------------------------------------------------------------------------------------------------------
DJANGO_TABLES2_TEMPLATE = "shell/table.html"

# --- Maps -----------------------------------------------------------------------------------------------------------
# Where the images under a map come from, as « https://tiles.example/{z}/{x}/{y}.png »; empty: outlines alone, of ours.
MAP_TILES = os.environ.get("ARRIMAGE_MAP_TILES", "")
MAP_TILES_CREDIT = os.environ.get("ARRIMAGE_MAP_TILES_CREDIT", "")

# --- Hardening ------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *map_tiles.sources(MAP_TILES)],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# `__Host-`: a browser takes such a cookie from this very host only, over TLS; no neighbour of the domain can set it.
_HOST = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_HOST}sessionid", f"{_HOST}csrftoken"
LANGUAGE_COOKIE_NAME = f"{_HOST}django_language"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^sante/"]  # the load balancer asks without TLS, and learns nothing of anybody
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a message may name somebody: no cookie
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ARRIMAGE_LOG", "WARNING")},
}
