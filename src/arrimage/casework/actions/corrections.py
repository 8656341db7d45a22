"""What agents correct all day on a file: each from the version that was read."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from arrimage.accounts.context import action
from arrimage.accounts.rights import Actor
from arrimage.casework.actions.files import require_open_files
from arrimage.casework.actions.plans import edit_step, set_step_status
from arrimage.casework.models import File, Need, Step
from arrimage.casework.reach import has_assignment
from arrimage.foundation.changes import Change, apply_changes
from arrimage.foundation.errors import Conflict, InvalidInput, NotAllowed
from arrimage.people.models import Person
from arrimage.territory.models import ServicePoint


@action
def correct_need(actor: Actor, need: Need, *, version: int, label: str, priority: int) -> None:
    """Say an open need in other words, or with another priority."""
    require_open_files(actor, [need.file])
    if need.closed_on is not None:
        raise Conflict(_("Ce besoin est clos : il ne change plus."))
    if not label.strip():
        raise InvalidInput(_("Dites le besoin en quelques mots."), field="label")
    apply_changes(Need, [Change(need, {"label": label.strip(), "priority": priority}, version=version)])


@action
def correct_step(actor: Actor, step: Step, *, version: int, status: str, **values: Any) -> None:
    """Change a step (`title`, `owner`, `due_on`) and its state, either or both."""
    if any(getattr(step, name) != value for name, value in values.items()):
        edit_step(actor, step, version=version, service=step.service, language=step.language, **values)
    elif version != step.version:
        raise Conflict(_("Cette démarche a été modifiée entre-temps. Relisez-la avant de l’enregistrer."))
    if step.status != status:
        set_step_status(actor, step, status)


@action
def correct_contact(actor: Actor, file: File, person: Person, *, version: int, values: Mapping[str, Any]) -> None:
    """Write how the person of an open file is reached and spoken to (`phone`, `email`, `preferred_language`)."""
    require_open_files(actor, [file])
    if file.person_id != person.pk:
        raise NotAllowed(_("Cette personne n’est pas celle du dossier."))
    apply_changes(Person, [Change(person, values, version=version)])


@action
def set_language_ground(
    actor: Actor, file: File, *, version: int, language_ground: str, language_attestation: str
) -> None:
    """Say on what ground another language is written beside French after six months, or that there is none."""
    require_open_files(actor, [file])
    attested = language_attestation.strip()
    if language_ground and not attested:
        raise InvalidInput(
            _("Dites ce qui atteste le motif : un document, une déclaration et sa date."), field="language_attestation"
        )
    values = {"language_ground": language_ground, "language_attestation": attested if language_ground else ""}
    apply_changes(File, [Change(file, values, version=version)])


@action
def move_file(actor: Actor, file: File, *, version: int, service_point: ServicePoint) -> None:
    """Give a file to another point of service of its region.

    An agent of a point moves only a file they answer for: they would lose sight of another.
    """
    require_open_files(actor, [file])
    if service_point.region_id != file.region_id:
        raise InvalidInput(_("Ce point de services est dans une autre région."), field="service_point")
    leaves = has_assignment(actor) and service_point.pk != actor.service_point_id
    if leaves and file.agent_id != actor.user_id:
        raise NotAllowed(_("Vous ne verriez plus ce dossier. Demandez à votre chef ou cheffe d’équipe de le déplacer."))
    apply_changes(File, [Change(file, {"service_point": service_point}, version=version)])
