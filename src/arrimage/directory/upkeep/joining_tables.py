"""What becomes of each table that names a service when two are joined, said by the room that owns it.

A room says it when its application is ready. A foreign key to a service that nobody spoke of fails a test
(`undeclared`), so that a new table is never forgotten.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from arrimage.accounts.context import elevated
from arrimage.directory.enums import ClosureStage, ProposalStatus
from arrimage.directory.models import Proposal, Service, ServiceClosure


@dataclass(frozen=True)
class Table:
    """One table by the column that names a service; `why` it does not follow as it is, empty when it does."""

    model_label: str
    column: str
    why: str = ""

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.model_label)


Check = Callable[[Service, Service], str]  # the one that stays, the one that goes → why not, or nothing
_tables: dict[tuple[str, str], Table] = {}
_checks: list[Check] = []


def move(model_label: str, column: str = "service") -> None:
    """Say that the rows of a table follow the service that stays."""
    _tables[model_label, column] = Table(model_label, column)


def leave(model_label: str, column: str = "service", *, why: str) -> None:
    """Say that the rows of a table do not follow as they are, and why."""
    _tables[model_label, column] = Table(model_label, column, why)


def refuse_when(check: Check) -> None:
    """Say what makes joining impossible: `check` returns a sentence, or nothing."""
    if check not in _checks:
        _checks.append(check)


def moved_tables() -> list[Table]:
    return [table for table in _tables.values() if not table.why]


def reasons_not_to(kept: Service, gone: Service) -> list[str]:
    """Return in words what stands in the way of joining two services, records the actor does not see included."""
    with elevated():
        return [sentence for check in _checks if (sentence := check(kept, gone))]


def what_will_move(gone: Service) -> list[tuple[str, int]]:
    """Return by kind how many rows would follow, of kinds that have any."""
    found = []
    with elevated():
        for table in moved_tables():
            if count := table.model._base_manager.filter(**{table.column: gone}).count():
                found.append((str(table.model._meta.verbose_name_plural), count))
    return found


def pointing_at_services() -> Iterator[tuple[str, str]]:
    """Yield the table and the column of every foreign key that leads to a service."""
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.concrete_fields:
            if isinstance(column, ForeignKey) and column.remote_field.model is Service:
                yield model._meta.label, column.name


def undeclared() -> set[tuple[str, str]]:
    """Return the columns that lead to a service and that no room spoke of."""
    return set(pointing_at_services()) - _tables.keys()


# --- This room's own ------------------------------------------------------------------------------------------------
def declare() -> None:
    for label in ("Proposal", "ServiceClosure"):
        move(f"directory.{label}")
    move("directory.ServiceJoining", "kept")
    for label in ("Attribute", "Contact", "Funding", "Phone", "RequiredDocument", "Schedule", "ServiceArea"):
        leave(f"directory.{label}", why="what both say is not said twice (`joining`)")
    for label in ("CostOption", "EligibilityRule", "Translation"):
        leave(f"directory.{label}", why="it follows the text that is chosen")
    leave("directory.ServiceAtLocation", why="at one location, two become one, with their places")
    leave("directory.Service_themes", why="a theme of both is not said twice")
    for label in ("ServiceDocument", "ServiceQuality"):
        leave(f"directory.{label}", why="it is reckoned from the service")
    for column in ("first", "second"):
        leave("directory.DistinctServices", column, why="somebody compared those two services, not others")
    for check in (_two_organisations, _proposals_waiting, _closed_for_a_time):
        refuse_when(check)


def _two_organisations(kept: Service, gone: Service) -> str:
    if kept.organisation_id == gone.organisation_id:
        return ""
    return _(
        "Ces services sont de deux organismes, que nomment les consentements, les orientations et les ententes. "
        "Si un des deux services ne sert plus, modifiez sa fiche pour dire qu’il n’est plus offert : ce qui est en "
        "cours s’y achève, et plus personne n’y est orienté."
    )


def _proposals_waiting(kept: Service, gone: Service) -> str:
    if not Proposal.objects.filter(service__in=[kept, gone], status=ProposalStatus.WAITING).exists():
        return ""
    return _("L’organisme propose de modifier un de ces services : acceptez ou refusez d’abord ce qu’il propose.")


def _closed_for_a_time(kept: Service, gone: Service) -> str:
    live = ServiceClosure.objects.filter(service__in=[kept, gone]).exclude(stage=ClosureStage.OVER)
    if not live.exists():
        return ""
    return _("Un de ces services est fermé pour un temps, ou le sera : mettez d’abord fin à cette fermeture.")
