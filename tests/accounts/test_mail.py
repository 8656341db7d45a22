"""Letters leave when what they speak of is saved, and only then; a silent mail server undoes nothing."""

import pytest
from django.core import mail
from django.db import transaction

from arrimage.accounts.mail import send_on_commit

NOTICE = ("notice", "a@x.example", "fr", {"name": "Anne", "what": "Quelque chose a changé."})


@pytest.mark.django_db(transaction=True)
def test_a_letter_leaves_with_the_commit_and_not_without() -> None:
    with transaction.atomic():
        send_on_commit(*NOTICE)
        assert mail.outbox == []
    assert [letter.to for letter in mail.outbox] == [["a@x.example"]]
    assert "Quelque chose a changé." in mail.outbox[0].body
    with transaction.atomic():
        send_on_commit(*NOTICE)
        transaction.set_rollback(True)
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_does_not_answer_is_logged(settings, caplog) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with transaction.atomic():
        send_on_commit(*NOTICE)
    assert "was not sent" in caplog.text
    assert "Anne" not in caplog.text
