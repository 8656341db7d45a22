"""What each table holds of a person, said by the room that owns it; and why what is withheld is withheld.

A room says it in its `portability.py`, called when its application is ready. A table that mentions persons and that
nobody spoke of fails a test (`graph.tables_to_declare`). Every column is handed over unless it is withheld here: a new
one is never forgotten.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Choices, Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arrimage.people.models import Person

if TYPE_CHECKING:
    from arrimage.privacy.portability.values import Reading


class Ground(Enum):
    """The legal grounds on which something is withheld (Act respecting access to documents, CQLR c. A-2.1)."""

    OTHER_PERSON = "other_person"
    SECURITY = "security"
    NOT_ABOUT = "not_about"
    COPY = "copy"

    @property
    def text(self) -> str | Promise:
        return _GROUNDS[self]


_GROUNDS: dict[Ground, str | Promise] = {
    Ground.OTHER_PERSON: _(
        "Loi sur l’accès, articles 59 et 88 : ce renseignement en révélerait un sur une autre personne."
    ),
    Ground.SECURITY: _(
        "Loi sur l’accès, article 29 : ce renseignement fait partie d’un dispositif de sécurité (mot de passe, clé, "
        "session, adresse technique)."
    ),
    Ground.NOT_ABOUT: _(
        "Loi sur l’accès, article 83 : ces enregistrements ne contiennent pas de renseignement sur la personne ; ils "
        "ne nomment que le personnel, dans l’exercice de ses fonctions."
    ),
    Ground.COPY: _(
        "Loi sur l’accès, article 13 : c’est la copie technique, sans contenu propre, de renseignements remis ailleurs "
        "dans cette archive."
    ),
}


@dataclass(frozen=True)
class Withheld:
    """Stands in the archive where something is withheld."""

    ground: Ground


@dataclass(frozen=True)
class Extra:
    """Something handed over that is no column as it is: a reading in words, the content of a file."""

    label: str | Promise
    read: Callable[[Any, "Reading"], Any]


def words_of_states(states: type[Choices]) -> dict[str, Extra]:
    """Return the two states of an event, by code and in words."""

    def read(name: str) -> Callable[[Any, "Reading"], Any]:
        def state(row: Any, reading: "Reading") -> Any:
            code = getattr(row, name)
            return {"code": code, "label": str(dict(states.choices).get(code, code))} if code else None

        return state

    return {
        "from_status": Extra(_("état d’avant"), read("from_status")),
        "to_status": Extra(_("état d’après"), read("to_status")),
    }


Rows = Callable[["Reading"], Iterable[Any]]
Files = Callable[[Any], Iterable[tuple[str, bytes]]]  # a row → names and contents


Path = str | Callable[[int], Q]  # a lookup that ends at the person's key, or the condition for that key


@dataclass(frozen=True)
class Declaration:
    """How a table mentions persons.

    `paths` lead from a row to the person (any of them is enough); `rows` finds them otherwise. `withheld` are columns
    kept back, `extra` what is added or read otherwise (by name, a column's included), `files` the documents a row
    stands for. `ground` withholds it all. `label` and `labels` name the table and its columns where the model does not.
    """

    model_label: str
    paths: tuple[Path, ...] = ()
    rows: Rows | None = None
    withheld: Mapping[str, Ground] = field(default_factory=dict)
    extra: Mapping[str, Extra] = field(default_factory=dict)
    ground: Ground | None = None
    files: "Files | None" = None
    label: str | Promise = ""
    labels: Mapping[str, str | Promise] = field(default_factory=dict)

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.model_label)

    def rows_of(self, reading: "Reading") -> Iterable[Any]:
        """Return the rows that mention the person, in the order they were written."""
        if self.rows is not None:
            return self.rows(reading)
        condition = Q()
        for path in self.paths:
            for key in reading.records:
                condition |= Q(**{path: key}) if isinstance(path, str) else path(key)
        rows: QuerySet[Any] = self.model._base_manager.filter(condition)
        return self.model._base_manager.filter(pk__in=rows.values("pk")).order_by("pk")


Circle = Callable[[Person], Iterable[Any]]
_declarations: dict[str, Declaration] = {}
_paths: dict[str, tuple[Path, ...]] = {}
_circles: dict[str, Circle] = {}


def register(
    model_label: str,
    *paths: Path,
    rows: Rows | None = None,
    withheld: Mapping[str, Ground] | None = None,
    extra: Mapping[str, Extra] | None = None,
    files: Files | None = None,
    label: str | Promise = "",
    labels: Mapping[str, str | Promise] | None = None,
) -> None:
    """Say that the rows of a table at the end of one of `paths` (or found by `rows`) are the person's to have."""
    if not paths and rows is None:
        raise ValueError(f"{model_label}: say how its rows lead to a person")
    paths = (*paths, *_paths.get(model_label.lower(), ()))
    _declarations[model_label.lower()] = Declaration(
        model_label, paths, rows, withheld or {}, extra or {}, None, files, label, labels or {}
    )


def register_path(model_label: str, path: Path) -> None:
    """Add a path from a table of a lower floor to the person, through a table of one's own."""
    key = model_label.lower()
    _paths[key] = (*_paths.get(key, ()), path)
    if key in _declarations:
        _declarations[key] = replace(_declarations[key], paths=(*_declarations[key].paths, path))


def withhold(ground: Ground, *model_labels: str, label: str | Promise = "") -> None:
    """Say that whole tables are withheld, and on which ground; `label` names them where the models do not."""
    for model_label in model_labels:
        _declarations[model_label.lower()] = Declaration(model_label, ground=ground, label=label)


def register_circle(name: str, circle: Circle) -> None:
    """Say who else the records of a person may speak of: `circle(person)` gives records with names (`Named`)."""
    _circles[name] = circle


def declarations() -> list[Declaration]:
    """Return what is said of every table, in the order of the rooms."""
    return list(_declarations.values())


def declared() -> dict[str, Declaration]:
    """Return what is said, by label of the model (`casework.need`)."""
    return dict(_declarations)


def circles() -> list[Circle]:
    return list(_circles.values())
