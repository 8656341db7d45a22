"""What production refuses to start with: everything wrong is said at once, in words, before anything is served."""

import os
from collections.abc import Iterator, Mapping

COMPULSORY = {
    "ARRIMAGE_SECRET_KEY": "la clé de l’installation",
    "ARRIMAGE_SEAL_KEY": "la clé des sceaux du journal, gardée hors de la base et de ses copies",
    "ARRIMAGE_ATTACHMENT_KEYS": "les clés des documents (nom:base64)",
    "ARRIMAGE_ATTACHMENTS": "le dossier des documents",
    "ARRIMAGE_HOSTS": "les noms sous lesquels le site est servi",
}
STRONG = ("ARRIMAGE_SECRET_KEY", "ARRIMAGE_SEAL_KEY")
LENGTH, DIFFERENT = 50, 16  # characters; a key made by `openssl rand -base64 48` has 64, some 40 of them different
REFUSED = {
    "ARRIMAGE_DEMO": "la démonstration",
    "ARRIMAGE_DEMO_PASSWORD": "le mot de passe de la démonstration",
    "ARRIMAGE_DEBUG": "les pages d’erreur détaillées",
    "ARRIMAGE_TODAY": "une date arrêtée",
}


class NotForProduction(RuntimeError):
    """The environment is not one production may start in; the message says, line by line, what to mend."""


def refuse_unsafe(environment: Mapping[str, str] = os.environ) -> None:
    """Raise `NotForProduction` unless everything production needs is told, and nothing it refuses."""
    wrong = list(problems(environment))
    if wrong:
        raise NotForProduction("\n".join(["ARRIMAGE_ENV=production : à corriger.", *(f"  - {line}" for line in wrong)]))


def problems(environment: Mapping[str, str]) -> Iterator[str]:
    for name, what in COMPULSORY.items():
        if not environment.get(name, "").strip():
            yield f"Il manque {name} : {what}."
    for name in STRONG:
        key = environment.get(name, "").strip()
        if key and (len(key) < LENGTH or len(set(key)) < DIFFERENT):
            yield f"{name} est trop simple : {LENGTH} caractères au hasard ou plus (openssl rand -base64 48)."
    if environment.get("ARRIMAGE_SEAL_KEY") and environment["ARRIMAGE_SEAL_KEY"] == environment.get(
        "ARRIMAGE_SECRET_KEY"
    ):
        yield "ARRIMAGE_SEAL_KEY et ARRIMAGE_SECRET_KEY sont la même clé : il en faut deux."
    hosts = [host.strip() for host in environment.get("ARRIMAGE_HOSTS", "").split(",")]
    if any(host.startswith(("*", ".")) for host in hosts):
        yield "ARRIMAGE_HOSTS : nommez chaque nom en entier, sans * ni point devant."
    for origin in environment.get("ARRIMAGE_ORIGINS", "").split(","):
        if origin.strip() and (not origin.strip().startswith("https://") or "*" in origin):
            yield f"ARRIMAGE_ORIGINS : {origin.strip()} doit commencer par https:// et nommer un site en entier."
    if not (environment.get("DATABASE_URL") or environment.get("ARRIMAGE_WEB_DATABASE_URL")):
        yield (
            "La base embarquée est refusée : indiquez ARRIMAGE_WEB_DATABASE_URL (rôle du web) ; "
            "DATABASE_URL (propriétaire) pour les migrations seulement."
        )
    for name, what in REFUSED.items():
        if environment.get(name, "").strip() not in ("", "0"):
            yield f"{name} est refusé : {what}."
