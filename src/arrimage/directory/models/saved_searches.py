"""Searches of the directory that somebody keeps, and what they were told since."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.models import User
from arrimage.directory.enums import Mode
from arrimage.directory.models.themes import Theme
from arrimage.foundation.models import Record
from arrimage.territory.models import Place


class SavedSearch(Record):
    """What somebody asks of the directory, under a name. Never where they stand, nor anybody's situation.

    `known` are the keys of the services that answered already: only others are told.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_searches", verbose_name=_("compte"))
    name = models.CharField(_("nom"), max_length=120)
    text = models.CharField(_("mots"), max_length=120, blank=True, default="")
    theme = models.ForeignKey(
        Theme, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("thème")
    )
    place = models.ForeignKey(
        Place, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("lieu")
    )
    language = models.CharField(_("langue"), max_length=3, blank=True, default="")
    mode = models.CharField(_("façon"), max_length=10, choices=Mode.choices, blank=True, default="")
    free_places = models.BooleanField(_("avec des places libres"), default=False)
    alert = models.BooleanField(_("m’avertir des nouveaux services"), default=False)
    known = ArrayField(models.BigIntegerField(), default=list, blank=True, verbose_name=_("services déjà connus"))

    class Meta(Record.Meta):
        verbose_name = _("recherche enregistrée")
        verbose_name_plural = _("recherches enregistrées")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="saved_search_once_a_name",
                violation_error_message=_("Vous avez déjà une recherche de ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class SearchAlert(Record):
    """The services that newly answered a saved search one day: one letter tells them."""

    search = models.ForeignKey(
        SavedSearch, on_delete=models.CASCADE, related_name="alerts", verbose_name=_("recherche enregistrée")
    )
    day = models.DateField(_("jour"))
    services = ArrayField(models.BigIntegerField(), verbose_name=_("nouveaux services"))

    class Meta(Record.Meta):
        verbose_name = _("avis de nouveaux services")
        verbose_name_plural = _("avis de nouveaux services")
        ordering = ["-day", "pk"]
        constraints = [models.UniqueConstraint(fields=["search", "day"], name="search_alert_once_a_day")]

    def __str__(self) -> str:
        return f"{self.search} · {self.day}"
