"""What the command line says of the read journal."""

from arrimage.foundation.writing import write_date, write_number, write_time

WHOM_TO_TELL = (
    "N’y touchez pas : prévenez la personne responsable de la protection des renseignements personnels, conservez la "
    "base, ses copies et le dossier des ancres (ARRIMAGE_ANCHORS), et cherchez qui a pu écrire dans la base comme "
    "propriétaire. Si la base vient d’être restaurée, comparez-la avec une copie plus récente."
)


def examine() -> tuple[list[str], str]:
    """Return what is wrong with the journal, and a sentence on what was verified and what waits for its seal."""
    from arrimage.accounts.context import acting_as
    from arrimage.accounts.rights import system_actor
    from arrimage.privacy.journal.partitions import missing_parts
    from arrimage.privacy.journal.verification import verify

    with acting_as(system_actor("doctor")):
        found = verify()
        missing = missing_parts()
    state = f"{write_number(found.rows)} lignes intactes sous {write_number(found.seals)} scellés"
    if found.waiting and found.waiting_since:
        since = f"{write_date(found.waiting_since)}, {write_time(found.waiting_since)}"
        state += f" ; {write_number(found.waiting)} à sceller depuis le {since} (arrimage seal)"
    problems = list(found.problems)
    if missing:
        problems.append(f"il n’y a pas de partie pour {', '.join(map(str, missing))} (lancez « arrimage migrate »)")
    return problems, state
