"""The installation's secret key: from the environment, or made once in the data folder outside production."""

import os
import secrets as generator
from pathlib import Path


class SecretMissing(RuntimeError):
    """The installation has no secret key; the message says how to give it one."""


def secret_key(data: Path, *, production: bool) -> str:
    """Return the secret key of this installation.

    Raises `SecretMissing` in production when `ARRIMAGE_SECRET_KEY` is missing: a key left on a disk is not a secret.
    """
    given = os.environ.get("ARRIMAGE_SECRET_KEY")
    if given:
        return given
    if production:
        raise SecretMissing("ARRIMAGE_ENV=production : indiquez ARRIMAGE_SECRET_KEY (50 caractères au hasard ou plus).")
    data.mkdir(parents=True, exist_ok=True)
    path = data / "secret-key"
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(generator.token_urlsafe(48))
    return path.read_text().strip()
