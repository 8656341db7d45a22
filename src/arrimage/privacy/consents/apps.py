from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "arrimage.privacy.consents"
