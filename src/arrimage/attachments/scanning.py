"""The virus scanner, where one is configured: a command that is given the path of the file."""

import logging
import shlex
import subprocess

from django.conf import settings
from django.utils.translation import gettext as _

from arrimage.attachments.errors import UploadRefused
from arrimage.attachments.storage import working_file

logger = logging.getLogger(__name__)
CLEAN, INFECTED = 0, 1


def scan(content: bytes, name: str) -> None:
    """Raise `UploadRefused` when the scanner finds something, or cannot say; nothing happens without a scanner.

    The command (`ARRIMAGE_SCAN_COMMAND`, such as `clamdscan --no-summary --fdpass`) ends with 0 when the file is clean
    and 1 when it is infected, as ClamAV's do. Any other answer, or none in time, is a refusal too.
    """
    if not settings.SCAN_COMMAND:
        return
    with working_file(".scan") as file:
        file.write(content)
        file.flush()
        status = _ask([*shlex.split(settings.SCAN_COMMAND), file.name])
    if status == INFECTED:
        logger.warning("the virus scanner refused an upload")
        raise UploadRefused(_("« %(name)s » contient un virus ou un programme malveillant.") % {"name": name})
    if status != CLEAN:
        raise UploadRefused(
            _("« %(name)s » n’a pas pu être vérifié par l’antivirus : rien n’est gardé. Réessayez plus tard.")
            % {"name": name}
        )


def _ask(command: list[str]) -> int | None:
    """Return the status the scanner ends with; None when it does not answer."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=settings.SCAN_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        logger.error("the virus scanner does not answer: %s", error)
        return None
    if done.returncode not in (CLEAN, INFECTED):
        logger.error("the virus scanner failed (%s): %s", done.returncode, done.stderr[-500:])
    return done.returncode
