from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def publish_texts(**_: Any) -> None:
    from arrimage.privacy.consents.content import load_texts

    load_texts()


class ConsentsConfig(AppConfig):
    name = "arrimage.privacy.consents"

    def ready(self) -> None:
        from arrimage.attachments.registry import register
        from arrimage.people.merging.registry import Held, move, stay
        from arrimage.privacy.consents.queries import person_of_scan, scans_visible_to

        register("consents", scans_visible_to, about=person_of_scan)
        post_migrate.connect(publish_texts, sender=self)
        move("consents.Consent", held=Held.KEEP)
        stay("consents.Consent", "guardian", why="what was signed names the parent as it named them")
        move("consents.Refusal", held=Held.KEEP)
