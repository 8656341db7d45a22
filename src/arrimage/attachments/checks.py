"""Where the attachments may be: a folder of their own, neither served nor the database's."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, Tags.files)
def attachments_folder(app_configs: Sequence[AppConfig] | None = None, **_: Any) -> list[CheckMessage]:
    """Refuse a folder that is not told in production, relative, served, the database's, or not to be written."""
    return [
        Error(message, hint="ARRIMAGE_ATTACHMENTS", id=f"attachments.E{number:03}") for number, message in problems()
    ]


def problems() -> Iterator[tuple[int, str]]:
    """Yield what is wrong with the configured folder, with the number of the rule."""
    if settings.ATTACHMENTS is None:
        yield 1, "Le dossier des documents n’est pas indiqué : en production, ARRIMAGE_ATTACHMENTS est obligatoire."
        return
    folder = Path(settings.ATTACHMENTS)
    if not folder.is_absolute():
        yield 2, f"Le dossier des documents doit être un chemin absolu : {folder}."
        return
    served = [settings.STATIC_ROOT, *(_path_of(entry) for entry in settings.STATICFILES_DIRS)]
    if any(_within(folder, Path(place)) for place in served if place):
        yield 3, f"Le dossier des documents est parmi les fichiers que le site sert : {folder}."
    if _within(folder, Path(settings.DATA) / "postgres") or _within(Path(settings.DATA) / "postgres", folder):
        yield 4, f"Le dossier des documents et celui de la base de données doivent être séparés : {folder}."
    if not _is_writable(folder):
        yield 5, f"Le dossier des documents n’existe pas ou ne peut pas être écrit : {folder}."


def _path_of(entry: Any) -> Any:
    return entry[1] if isinstance(entry, tuple | list) else entry


def _within(folder: Path, other: Path) -> bool:
    return folder.resolve().is_relative_to(other.resolve())


def _is_writable(folder: Path) -> bool:
    """Say whether the folder, or the nearest one above it that exists, may be written by this account."""
    if settings.PRODUCTION and not folder.is_dir():
        return False
    nearest = next((place for place in (folder, *folder.parents) if place.exists()), folder)
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
