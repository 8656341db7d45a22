"""What the database refuses, told as the model's own constraint says it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from arrimage.foundation.errors import InvalidInput
from arrimage.foundation.imports.database_errors import explain


@contextmanager
def refused_in_words() -> Iterator[None]:
    """Undo what is inside and raise `InvalidInput` with a sentence when a constraint refuses it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        field, sentence = explain(error)
        raise InvalidInput(sentence, field=field) from error
