from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "arrimage.privacy.registers"
