"""How pytest-xdist shares the tests out: a file to a worker, all of the demonstration's to one, which loads it once.

(`--dist loadgroup` would say it with a mark, but pytest 9.2 ignores the way xdist 3.8 writes the groups.)
"""

from xdist.scheduler import LoadScopeScheduling

ONE_WORKER = "tests/demonstration/"


class ByFile(LoadScopeScheduling):
    """Give out whole files, so that what a module sets up is set up once."""

    def _split_scope(self, nodeid: str) -> str:
        return ONE_WORKER if nodeid.startswith(ONE_WORKER) else nodeid.split("::", 1)[0]
