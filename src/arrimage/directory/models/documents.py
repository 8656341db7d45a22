"""What searches read. Nobody writes it: triggers on what it is made of do (`finding.documents`)."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F

from arrimage.directory.models.services import Service


class ServiceDocument(models.Model):
    """The words of a service, of every language, by their stems: names weigh A, themes and organisation B, texts C,
    places D."""

    # The triggers remove it with its service: the web may not.
    service = models.OneToOneField(Service, on_delete=models.DO_NOTHING, primary_key=True, related_name="document")
    words = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["words"], name="service_document_words")]

    def __str__(self) -> str:
        return str(self.service_id)


class DirectoryWord(models.Model):
    """A word some service bears, or has borne, as it is written; `plain` without its accents. Typos are corrected by
    those that a document still holds."""

    word = models.TextField(unique=True)
    plain = models.TextField()

    class Meta:
        indexes = [GinIndex(OpClass(F("plain"), name="gin_trgm_ops"), name="directory_word_alike")]

    def __str__(self) -> str:
        return self.word
