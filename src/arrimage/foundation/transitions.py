"""Tables of transitions: one table a kind of record, read by the actions and enforced by the database."""

from collections.abc import Mapping

import pgtrigger
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from arrimage.foundation.errors import TransitionNotAllowed


class Transitions:
    """Which state may follow which. `table` maps each state to those that may follow it."""

    def __init__(self, states: type[TextChoices], table: Mapping[TextChoices, frozenset[TextChoices]]) -> None:
        self.states = states
        self.table = table

    def allow(self, current: str, following: str) -> bool:
        return following in self.table.get(self.states(current), frozenset())

    def check(self, current: str, following: str) -> None:
        """Raise `TransitionNotAllowed`, saying both states in words, unless `following` may come after `current`."""
        if not self.allow(current, following):
            raise TransitionNotAllowed(
                _("L’état « %(current)s » ne peut pas devenir « %(following)s ».")
                % {"current": self.states(current).label, "following": self.states(following).label}
            )

    def final(self) -> frozenset[TextChoices]:
        """Return the states from which nothing follows."""
        return frozenset(self.states) - {state for state, following in self.table.items() if following}

    def trigger(self, field: str = "status") -> pgtrigger.FSM:
        """Return the database trigger that refuses any other change of `field`."""
        pairs = [
            (str(state.value), str(then.value))
            for state, following in self.table.items()
            for then in sorted(following, key=lambda choice: str(choice.value))
        ]
        return pgtrigger.FSM(name=f"{field}_transitions", field=field, transitions=pairs)
