"""What the employers' tables hold of a newcomer: nothing. They name staff and companies."""

from django.utils.translation import gettext_lazy as _

from arrimage.privacy.portability.registry import Ground, withhold


def declare() -> None:
    withhold(
        Ground.NOT_ABOUT,
        "employers.Employer",
        "employers.EmployerMember",
        "employers.Accompaniment",
    )
    withhold(Ground.NOT_ABOUT, "employers.AccompanimentEvent", label=_("Étapes des accompagnements d’employeurs"))
