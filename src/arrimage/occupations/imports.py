"""Import of the classification (`occupations`): its unit groups, in both languages."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from arrimage.foundation.imports import Column, Counts, ImportActor, Importer, Row, RowError, parse, upsert
from arrimage.occupations.enums import Teer
from arrimage.occupations.models import Occupation

# What a file may say of the levels above, and how many digits of the code that is.
LEVELS = {"broad_category": 1, "major_group": 2, "submajor_group": 3, "minor_group": 4}


class OccupationImporter(Importer):
    """Unit groups, found by their code. What the file says of the levels must agree with the code, which says it all.

    Those that are known and not in the file are left as they are.
    """

    kind = "occupations"
    label = gettext_lazy("Professions (CNP)")
    right = "import_reference"  # one list for the whole province
    key_columns = ("code",)
    columns = (
        Column("code", parse.digits(5), required=True, help=gettext_lazy("Code du groupe de base : 5 chiffres."),
               example="31301", aliases=("code CNP", "CNP", "NOC", "code NOC")),
        Column("title_fr", parse.text(250), required=True, help=gettext_lazy("Nom français."),
               example="Infirmiers autorisés/infirmières autorisées",
               aliases=("nom français", "titre français", "titre")),
        Column("title_en", parse.text(250), required=True, help=gettext_lazy("Nom anglais."),
               example="Registered nurses", aliases=("nom anglais", "titre anglais", "title")),
        Column("teer", parse.integer(0, 5), example="1", aliases=("FEER",),
               help=gettext_lazy("Catégorie FEER : le deuxième chiffre du code.")),
        *(
            Column(name, parse.digits(length), example="31301"[:length], aliases=(alias,),
                   help=gettext_lazy("Niveau supérieur : le début du code."))
            for (name, length), alias in zip(
                LEVELS.items(),
                ("grande catégorie", "grand groupe", "sous-grand groupe", "sous-groupe"),
                strict=True,
            )
        ),
    )  # fmt: skip

    def check_rows(self, rows: Sequence[Row], actor: ImportActor) -> Iterator[RowError]:
        for row in rows:
            code = row["code"]
            if int(code[1]) not in Teer:
                yield row.error(
                    "code", _("« %(code)s » n’est pas un code de la CNP 2021 : son deuxième chiffre va de 0 à 5.")
                    % {"code": code},
                )  # fmt: skip
            elif row["teer"] not in (None, int(code[1])):
                yield row.error("teer", _("La catégorie FEER du code %(code)s est %(teer)s.")
                                % {"code": code, "teer": code[1]})  # fmt: skip
            for name, length in LEVELS.items():
                if row[name] not in (None, code[:length]):
                    yield row.error(name, _("Ce niveau n’est pas celui du code %(code)s : il s’écrit %(level)s.")
                                    % {"code": code, "level": code[:length]})  # fmt: skip

    def apply(self, rows: Sequence[Row], actor: ImportActor) -> Counts:
        codes = [row["code"] for row in rows]
        known = {
            occupation.code: occupation
            for occupation in Occupation.objects.filter(code__in=codes).order_by("code").select_for_update()
        }
        return upsert(Occupation, known, [(row["code"], row.given("code", "title_fr", "title_en")) for row in rows])
