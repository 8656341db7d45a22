"""`arrimage import services` of a package: read, checked, written or not, and reported on as every import is."""

from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrimage.accounts.rights import Actor
from arrimage.directory.exchange.checking import Checked, check
from arrimage.directory.exchange.found import PackageRefused
from arrimage.directory.exchange.loading import Loaded, load
from arrimage.directory.exchange.reading import LIMITS, PackageLimits, read_package
from arrimage.foundation.imports import ImportReport, RowError


def import_package(
    actor: Actor, path: Path, *, region_id: int | None = None, wet: bool = False, limits: PackageLimits = LIMITS
) -> ImportReport:
    """Import an HSDS package and report on it; with any fault, or unless `wet`, the database is left as it was."""
    report = ImportReport("services", wet=wet)
    try:
        with transaction.atomic():
            package = check(read_package(path, limits))
            loaded = load(actor, package, region_id)
            connection.check_constraints()  # deferred ones too: a dry run never reaches its commit
            transaction.set_rollback(not wet)
    except PackageRefused as refused:
        for fault in refused.faults:
            report.add(RowError(None, None, fault))
        return report
    report.rows = sum(map(len, package.items.values()))
    report.counts = loaded.counts
    report.warnings += _remarks(package, loaded)
    return report


def _remarks(package: Checked, loaded: Loaded) -> list[str]:
    remarks = []
    left_out = {name: count for name, count in sorted(package.left_out.items()) if count}
    if left_out:
        names = ", ".join(f"{name} ({count})" for name, count in left_out.items())
        remarks.append(_("Ce que la plateforme ne garde pas a été laissé de côté : %(names)s.") % {"names": names})
    if loaded.removed:
        remarks.append(
            ngettext("%(count)d élément qui n’y est plus a été retiré.",
                     "%(count)d éléments qui n’y sont plus ont été retirés.", loaded.removed)
            % {"count": loaded.removed}
        )  # fmt: skip
    if loaded.without_theme:
        remarks.append(
            ngettext("%(count)d service n’a aucun thème : il ne sera jamais proposé.",
                     "%(count)d services n’ont aucun thème : ils ne seront jamais proposés.", loaded.without_theme)
            % {"count": loaded.without_theme}
        )  # fmt: skip
    return remarks
