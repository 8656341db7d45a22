from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "arrimage.accounts"

    def ready(self) -> None:
        from arrimage.accounts import signals
        from arrimage.accounts.staff_imports import StaffImporter
        from arrimage.foundation.imports import register

        register(StaffImporter())
        signals.connect()
