"""`arrimage seal`: seal the read journal now; a periodic job does it too."""

import argparse

ROLE = "web"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(arguments: argparse.Namespace) -> int:
    from arrimage.accounts.context import acting_as
    from arrimage.accounts.rights import system_actor
    from arrimage.foundation.writing import write_number
    from arrimage.privacy.journal.anchors import anchor_file
    from arrimage.privacy.journal.sealing import seal

    with acting_as(system_actor("clock")):
        done = seal()
    print(f"{write_number(done.rows)} lignes scellées en {write_number(done.seals)} scellés.")
    if done.anchors_added:
        print(f"{write_number(done.anchors_added)} scellés gardés dans {anchor_file()}.")
    return 0
