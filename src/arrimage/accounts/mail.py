"""Letters to account holders: written in their language, sent once what they speak of is saved."""

import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

logger = logging.getLogger(__name__)


def send_on_commit(template: str, address: str, language: str, context: Mapping[str, Any]) -> None:
    """Write `account/email/<template>_subject.txt` and `_message.txt` now, and send them when the transaction commits.

    A mail server that does not answer is logged; what was done stays done.
    """
    with translation.override(language):
        subject = " ".join(render_to_string(f"account/email/{template}_subject.txt", dict(context)).split())
        body = render_to_string(f"account/email/{template}_message.txt", dict(context)).strip() + "\n"
    transaction.on_commit(partial(_send, EmailMessage(subject, body, to=[address])), robust=True)


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except OSError:  # smtplib's errors are OSErrors
        logger.exception("a letter of the accounts was not sent")
