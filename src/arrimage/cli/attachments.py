"""`arrimage attachments`: change the keys of the documents; check that each has its file, and the reverse."""

import argparse
import sys

ROLE = "web"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "step",
        choices=["rotate", "check"],
        help="rotate : chiffre les clés des documents avec la première de ARRIMAGE_ATTACHMENT_KEYS (interrompue, la "
        "commande reprend où elle en était) ; check : compare les fichiers et les documents enregistrés",
    )
    parser.add_argument("--contents", action="store_true", help="check : relit aussi chaque fichier en entier")
    parser.add_argument(
        "--wet-run", action="store_true", help="check : enlève les fichiers qui ne sont à aucun document"
    )


def run(arguments: argparse.Namespace) -> int:
    return rotate() if arguments.step == "rotate" else check(contents=arguments.contents, wet=arguments.wet_run)


def rotate() -> int:
    from arrimage.attachments import keeping, keys

    result = keeping.rotate()
    print(f"Clé « {keys.current_key_id()} » : {result.done} documents rechiffrés.")
    for attachment, reason in result.refused:
        print(f"{attachment.uid} : {reason}", file=sys.stderr)
    if result.refused:
        print(f"{len(result.refused)} documents gardent leur ancienne clé : ne la retirez pas.", file=sys.stderr)
        return 1
    print("Les anciennes clés peuvent être retirées de ARRIMAGE_ATTACHMENT_KEYS.")
    return 0


def check(*, contents: bool, wet: bool) -> int:
    from arrimage.attachments import keeping

    found = keeping.check(contents=contents)
    print(f"{found.checked} documents vérifiés, {len(found.unreadable)} illisibles.")
    for attachment, reason in found.unreadable:
        print(f"{attachment.uid} : {reason}", file=sys.stderr)
    if found.strays and wet:
        print(f"{keeping.remove_strays(found.strays)} fichiers sans document enlevés.")
    elif found.strays:
        print(f"{len(found.strays)} fichiers sans document ; --wet-run les enlève.")
    return 1 if found.unreadable else 0
