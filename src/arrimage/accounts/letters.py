"""Letters that leave once: what an action promised to write to somebody is sent, whatever dies meanwhile.

A room says how its letters are written:

    @letter("casework.referral_reminder")
    def write_reminder(uid: UUID) -> Written | None: ...   # None: there is nothing to say any more

and an action promises one with what it changes: `post(actor, "casework.referral_reminder", link.uid)`. Promised twice,
it leaves once (`Letter` is unique a kind and a record). That it leaves is written down, apart and for good, between its
last word and the sign by which the mail server takes it: a worker that dies before leaves the letter to another, one
that dies after leaves a letter that has gone and is not sent again (`docs/decisions/0021-letters-leave-once.md`).
"""

import logging
import re
import smtplib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parseaddr
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone, translation

from arrimage.accounts.context import elevated
from arrimage.accounts.enums import LetterStatus
from arrimage.accounts.models import Letter
from arrimage.accounts.rights import Actor, system_actor
from arrimage.accounts.smtp import EmailBackend
from arrimage.accounts.texting import NotTaken, Refused, TextMessage, provider
from arrimage.foundation import clock

GIVEN_UP_AFTER = timedelta(days=3)
SPACES = re.compile(r"[ \n]+")  # not those that keep a figure with its unit
BETWEEN_LANGUAGES = "\n\n— — —\n\n"
LOCK = 1_204_771_031  # of the letters among advisory locks

logger = logging.getLogger(__name__)
_muted: ContextVar[bool] = ContextVar("letters_muted", default=False)


@dataclass(frozen=True)
class Written:
    """A letter as it leaves: `template` names `account/email/<template>_subject.txt` and `_message.txt`.

    `also` is a second language, in which the same is said below.
    """

    address: str
    language: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    also: str = ""


@dataclass(frozen=True)
class Texted:
    """A text message as it leaves: `template` names `account/sms/<template>.txt`, said in each of `languages`."""

    number: str
    languages: tuple[str, ...]
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


Writer = Callable[[UUID], Written | Texted | None]
WRITERS: dict[str, Writer] = {}


def letter(kind: str) -> Callable[[Writer], Writer]:
    """Say how letters of a kind are written, from the uid of what they are about."""

    def declare(writer: Writer) -> Writer:
        WRITERS[kind] = writer
        return writer

    return declare


def post(actor: Actor, kind: str, *about: UUID) -> None:
    """Promise a letter about each record, in the current transaction. One already promised is not promised again."""
    from arrimage.accounts.tasks import send_letter  # the job needs this module

    if are_muted() or not about:
        return
    with elevated():
        known = set(Letter.objects.filter(kind=kind, about__in=about).values_list("about", flat=True))
        promised = [Letter(kind=kind, about=uid) for uid in dict.fromkeys(about) if uid not in known]
        fresh = Letter.objects.bulk_create(promised, ignore_conflicts=True)  # another may promise it at this moment
    send_letter.defer_each(actor_of_the_mail(), [{"letter": each.uid} for each in fresh])


@contextmanager
def no_letters() -> Iterator[None]:
    """Promise nothing inside: what is written down is long past, or invented."""
    token = _muted.set(True)
    try:
        yield
    finally:
        _muted.reset(token)


def are_muted() -> bool:
    """Say whether letters are promised to nobody just now."""
    return _muted.get()


def actor_of_the_mail() -> Actor:
    """Return the system's actor that carries letters."""
    return system_actor("mail")


def send(uid: UUID) -> None:
    """Hand one letter to the mail server or to the provider of text messages, unless it has left, or has nothing to say
    any more. Done by a job.

    Raises `OSError` when nobody takes it: the letter waits. A text message waits too while telephones are left quiet.
    """
    waiting = Letter.objects.filter(uid=uid, status=LetterStatus.WAITING).first()
    if waiting is None or not _held(waiting):
        return
    written = WRITERS[waiting.kind](waiting.about)
    if written is None:
        settle(waiting, LetterStatus.DROPPED)
        return
    if isinstance(written, Texted):
        if not is_quiet():
            _text(waiting, written)
        return
    _hand_over(waiting, message_of(waiting, written))
    settle(waiting, LetterStatus.SENT)


def is_quiet() -> bool:
    """Say whether telephones are left quiet at this hour (`settings.SMS_HOURS`: first hour, hour it stops)."""
    first, end = settings.SMS_HOURS
    return not first <= timezone.localtime(clock.now()).hour < end


def _text(waiting: Letter, texted: Texted) -> None:
    """Give a text message to the provider; that it leaves is written down, for good, just before."""
    message = TextMessage(texted.number, body_of(texted), str(waiting.uid))
    try:
        provider().send(message, partial(_note_apart, waiting, LetterStatus.LEAVING))
    except NotTaken:
        _note_apart(waiting, LetterStatus.WAITING)
        raise
    except Refused:
        logger.exception("a text message %s was refused by its provider", waiting.kind)
        settle(waiting, LetterStatus.FAILED)
        return
    settle(waiting, LetterStatus.SENT)


def _held(waiting: Letter) -> bool:
    """Hold a letter until this transaction ends, and say whether it still waits; another may be sending it.

    Not by its row, which is written apart just before it leaves.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [LOCK, waiting.pk % 2**31])
        if not cursor.fetchone()[0]:
            return False
    return Letter.objects.filter(pk=waiting.pk, status=LetterStatus.WAITING).exists()


def _hand_over(waiting: Letter, message: EmailMessage) -> None:
    """Give the message to the server. That it leaves is written down, for good, just before the server takes it."""
    server = get_connection()
    if not isinstance(server, EmailBackend):
        server.send_messages([message])
        return
    server.before_end = partial(_note_apart, waiting, LetterStatus.LEAVING)
    try:
        server.send_messages([message])
    except smtplib.SMTPResponseException:  # its answer was no: it has not taken it
        _note_apart(waiting, LetterStatus.WAITING)
        raise


def _note_apart(waiting: Letter, status: LetterStatus) -> None:
    """Write a letter's state in a transaction of its own, which stays when the one around is lost."""
    apart = connection.copy()
    try:
        with apart.cursor() as cursor:
            cursor.execute("select set_config('arrimage.role', 'system', false)")
            cursor.execute("update accounts_letter set status = %s where id = %s", [status.value, waiting.pk])
    finally:
        apart.close()


def settle(waiting: Letter, status: LetterStatus) -> None:
    Letter.objects.filter(pk=waiting.pk).update(status=status, settled_at=clock.now())


def message_of(waiting: Letter, written: Written) -> EmailMessage:
    """Return the message of a letter, under a `Message-ID` of its own that never changes."""
    template = f"account/email/{written.template}"
    with translation.override(written.language):
        subject = " ".join(render_to_string(f"{template}_subject.txt", written.context).split())
    said = _in_each([written.language, written.also], f"{template}_message.txt", written.context)
    body = BETWEEN_LANGUAGES.join(said) + "\n"
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{waiting.uid}@{domain}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, to=[written.address], headers=headers)


def body_of(texted: Texted) -> str:
    """Return the words of a text message: a line a language."""
    said = _in_each(texted.languages, f"account/sms/{texted.template}.txt", texted.context)
    return "\n".join(SPACES.sub(" ", words) for words in said)


def _in_each(languages: Sequence[str], template: str, context: Mapping[str, Any]) -> list[str]:
    """Return what a template says in each language, once for one named twice."""
    said = []
    for language in dict.fromkeys(filter(None, languages)):
        with translation.override(language):
            said.append(render_to_string(template, dict(context)).strip())
    return said


def waiting_longer_than(age: timedelta) -> list[UUID]:
    """Return the letters that still wait after `age`, oldest first; give up those that waited too long."""
    now = clock.now()
    for lost in Letter.objects.select_for_update(skip_locked=True).filter(
        status=LetterStatus.WAITING, created_at__lt=now - GIVEN_UP_AFTER
    ):
        logger.error("a letter %s was never taken by the mail server", lost.kind)
        settle(lost, LetterStatus.FAILED)
    waiting = Letter.objects.filter(status=LetterStatus.WAITING, created_at__lt=now - age)
    return list(waiting.order_by("created_at").values_list("uid", flat=True))
