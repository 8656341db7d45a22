from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "arrimage.privacy.registers"

    def ready(self) -> None:
        from arrimage.people.merging.registry import Held, move, stay

        for label in ("IncidentPerson", "CommunicationPerson"):
            move(f"registers.{label}", held=Held.DROP)
        for label in ("PersonRequest", "Statement", "Copy"):
            move(f"registers.{label}")
        stay("registers.CopyContent", why="the content of a copy is never changed; its copy leads to it")
