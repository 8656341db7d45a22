from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def publish_content(**_: Any) -> None:
    from arrimage.questionnaires.actions import load_content

    load_content()


class QuestionnairesConfig(AppConfig):
    name = "arrimage.questionnaires"

    def ready(self) -> None:
        post_migrate.connect(publish_content, sender=self)
