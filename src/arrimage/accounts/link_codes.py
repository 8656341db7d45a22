"""The code that opens a link without an account: six digits sent to the address on record, good a quarter of an hour,
once, for five tries. Whoever only holds the letter, or was sent it on, opens nothing.
"""

import secrets
from datetime import timedelta

from django.db import models
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from arrimage.foundation import clock
from arrimage.foundation.models import Record

LIVES = timedelta(minutes=15)
CODES_A_DAY = 5
TRIES = 5  # of one code
DIGITS = 6


class OpenedByCode(Record):
    """What is kept of the code of a link: a keyed digest, its hour and the tries."""

    code_digest = models.CharField(_("empreinte du code"), max_length=64, blank=True)
    code_sent_at = models.DateTimeField(_("code envoyé le"), null=True, blank=True)
    wrong_tries = models.PositiveSmallIntegerField(_("essais manqués"), default=0)

    class Meta(Record.Meta):
        abstract = True


def give_code(link: OpenedByCode, purpose: str) -> str:
    """Return a fresh code, and write down what is kept of it; the one before is worth nothing any more."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    link.code_sent_at = clock.now()
    link.code_digest = _digest(link, code, purpose)
    link.wrong_tries = 0
    link.save(update_fields=["code_sent_at", "code_digest", "wrong_tries"])
    return code


def take_code(link: OpenedByCode, code: str, purpose: str) -> bool:
    """Say whether `code` is the one that was sent, still good and not tried too often. A good one serves once.

    The link was locked by whoever asks.
    """
    sent_at = link.code_sent_at
    live = bool(link.code_digest and sent_at and clock.now() - sent_at <= LIVES and link.wrong_tries < TRIES)
    right = live and constant_time_compare(_digest(link, "".join(code.split()), purpose), link.code_digest)
    if right:
        link.code_digest = ""
    else:
        link.wrong_tries += 1
    link.save(update_fields=["code_digest", "wrong_tries"])
    return right


def minutes_it_lives() -> int:
    return int(LIVES.total_seconds() // 60)


def half_hidden(contact: str) -> str:
    """Return an e-mail address by which its owner knows it and nobody else: `re•••@organisme.example`."""
    name, _at, domain = contact.partition("@")
    return f"{name[:2]}•••@{domain}"


def _digest(link: OpenedByCode, code: str, purpose: str) -> str:
    """Return a digest under the installation's key, of this link and hour only."""
    return salted_hmac(purpose, f"{link.uid}:{link.code_sent_at}:{code}", algorithm="sha256").hexdigest()
