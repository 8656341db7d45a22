from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AgreementsConfig(AppConfig):
    name = "arrimage.agreements"

    def ready(self) -> None:
        from arrimage.agreements.reference import load_reference

        post_migrate.connect(load_reference, sender=self)
