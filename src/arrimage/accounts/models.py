"""Accounts, and the dated grants by which somebody acts in a role."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from arrimage.accounts.enums import PROVINCE_WIDE_ROLES, STAFF_ROLES, LetterStatus, Role
from arrimage.foundation import clock
from arrimage.foundation.models import Record, new_uid
from arrimage.territory.models import Region, ServicePoint

if TYPE_CHECKING:
    from django.db.models import QuerySet


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account; without a password nobody can sign in with one."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who signs in. What they may do comes from their grants, never from the account itself."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    email = models.EmailField(_("courriel"), unique=True)
    name = models.CharField(_("nom"), max_length=150)
    language = models.CharField(
        _("langue"), max_length=2, default="fr", choices=[("fr", "Français"), ("en", "English")]
    )
    is_active = models.BooleanField(_("compte actif"), default=True)
    invited_at = models.DateTimeField(_("invitation envoyée le"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_whatever_case")]

    def __str__(self) -> str:
        return self.name

    def is_waiting(self) -> bool:
        """Say whether nobody has signed in to this account yet, for want of a password."""
        return self.last_login is None and not self.has_usable_password()


class GrantQuerySet(models.QuerySet[Any]):
    def live_on(self, day: date) -> Self:
        """Keep the grants that hold on `day` (both ends included)."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


class DatedGrant(models.Model):
    """A role somebody holds from one day to another. Each room that has people of its own subclasses this."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("personne"))
    role = models.CharField(_("rôle"), max_length=40, choices=Role.choices)
    starts_on = models.DateField(_("à partir du"), default=clock.today)
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    roles: ClassVar[frozenset[Role]] = frozenset()
    related: ClassVar[tuple[str, ...]] = ()  # what acting_region() and acting_label() read

    class Meta:
        abstract = True

    def acting_region(self) -> Region | None:
        """Return the region this grant acts in; None for the whole of Québec."""
        raise NotImplementedError

    def acting_scope_id(self) -> int | None:
        """Return the key of the organisation, employer or person acted for, if any."""
        return None

    def acting_label(self) -> str:
        """Return where the person acts, in words: a region, an organisation, an employer."""
        raise NotImplementedError

    def key(self) -> str:
        """Return what a session remembers of this grant."""
        return f"{self._meta.label_lower}:{self.pk}"


class RoleGrant(Record, DatedGrant):
    """A role of the directorate's own people."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="role_grants", verbose_name=_("région")
    )
    service_point = models.ForeignKey(
        ServicePoint,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="role_grants",
        verbose_name=_("point de services"),
    )
    granted_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grants_given",
        verbose_name=_("accordé par"),
    )

    roles = STAFF_ROLES
    related = ("region",)

    class Meta(Record.Meta):
        verbose_name = _("rôle accordé")
        verbose_name_plural = _("rôles accordés")
        ordering = ["-starts_on", "pk"]
        indexes = [models.Index(fields=["region", "role", "starts_on"], name="role_grant_by_role")]
        constraints = [
            models.CheckConstraint(
                name="role_grant_is_a_staff_role", condition=Q(role__in=sorted(role.value for role in STAFF_ROLES))
            ),
            models.CheckConstraint(
                name="role_grant_dates_in_order", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="role_grant_has_region_unless_provincial",
                condition=Q(region__isnull=False) | Q(role__in=sorted(role.value for role in PROVINCE_WIDE_ROLES)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

    def acting_region(self) -> Region | None:
        return self.region

    def acting_label(self) -> str:
        return self.region.name if self.region else str(_("Québec"))


def grant_models() -> "list[type[DatedGrant]]":
    """Return every kind of grant there is, found from the models themselves."""
    return [model for model in apps.get_models() if issubclass(model, DatedGrant)]


def live_grants(user: User, day: date) -> list[DatedGrant]:
    """Return every grant `user` holds on `day`, the directorate's first."""
    grants: list[DatedGrant] = []
    for model in grant_models():
        queryset: QuerySet[Any] = model.objects.filter(user=user).live_on(day).select_related(*model.related)
        grants += list(queryset.order_by("pk"))
    return grants


def count_live_grants(user: User, day: date) -> int:
    """Return how many grants `user` holds on `day`, of every kind. One query."""
    kinds = [model.objects.filter(user=user).live_on(day).order_by().values_list("pk") for model in grant_models()]
    return int(kinds[0].union(*kinds[1:], all=True).count())


class Letter(Record):
    """A letter that leaves once, by e-mail (`accounts.letters`): of which kind, about which record; no word of it.

    It is written when it leaves, from what is true then, by the function of its kind.
    """

    kind = models.CharField(_("genre"), max_length=60)
    about = models.UUIDField(_("à propos de"))
    status = models.CharField(_("état"), max_length=10, choices=LetterStatus.choices, default=LetterStatus.WAITING)
    settled_at = models.DateTimeField(_("réglée le"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("lettre")
        verbose_name_plural = _("lettres")
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(status=LetterStatus.WAITING.value), name="letter_waiting_by_age"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "about"], name="letter_once"),
            models.CheckConstraint(
                name="letter_settled_iff_dated",
                condition=Q(status__in=["leaving", "waiting"], settled_at__isnull=True)
                | (~Q(status__in=["leaving", "waiting"]) & Q(settled_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_status_display()})"


class CacheEntry(models.Model):
    """The table of the cache that the web's processes share (`CACHES`); only Django's database cache reads it.

    A model so that a migration makes it. Keys are keyed digests, values counts of attempts: nobody can be read in it.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_cache"

    def __str__(self) -> str:
        return self.cache_key
