from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class NameWord(models.Model):
    """A word that names are made of, as `Person.search_key` writes it; triggers keep them (`word_functions`)."""

    word = models.TextField(unique=True)
    fold = models.TextField()
    sounds = ArrayField(models.TextField())
    traces = ArrayField(models.TextField())
    unused_since = models.DateTimeField(null=True)

    class Meta:
        indexes = [GinIndex(fields=["traces"], name="name_word_traces")]

    def __str__(self) -> str:
        return self.word
