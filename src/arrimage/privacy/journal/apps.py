from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "arrimage.privacy.journal"
