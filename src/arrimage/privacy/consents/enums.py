"""For what a consent is asked, how it is given, what became of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """One purpose, one consent: each is asked apart (A-2.1, section 53.1)."""

    ACCOMPANIMENT = "accompaniment", _("M’accompagner dans mon installation")
    PLAN_REFERRALS = "plan_referrals", _("M’orienter vers les organismes de mon plan")
    REFERRAL = "referral", _("M’orienter vers un organisme en particulier")
    ASSESSMENT_SHARING = "assessment_sharing", _("Communiquer mes réponses à l’évaluation à un organisme")
    CONTACT = "contact", _("M’écrire par courriel et par message texte")
    FOLLOW_UP = "follow_up", _("Me joindre plus tard pour savoir comment je vais")


# Purposes that name the organisation they are given for; the others name none.
WITH_RECIPIENT = frozenset({Purpose.REFERRAL, Purpose.ASSESSMENT_SHARING})
# What a first meeting asks, in this order.
ASKED_FIRST = (Purpose.ACCOMPANIMENT, Purpose.PLAN_REFERRALS, Purpose.CONTACT, Purpose.FOLLOW_UP)
# What is asked for a child: they are spoken for, not written to.
FOR_CHILDREN = frozenset({Purpose.ACCOMPANIMENT, Purpose.PLAN_REFERRALS, Purpose.REFERRAL, Purpose.ASSESSMENT_SHARING})
# What a person's referral to an organisation may rest on.
COVERS_REFERRALS = (Purpose.REFERRAL, Purpose.PLAN_REFERRALS)


class Review(TextChoices):
    """Who has read a text before it was published."""

    ORIGINAL = "original", _("Texte de référence")
    REVIEWED = "reviewed", _("Traduction relue")
    NOT_REVIEWED = "not_reviewed", _("Traduction pas encore relue")


class GivenBy(TextChoices):
    PERSON = "person", _("La personne elle-même")
    PARENT = "parent", _("Un parent ou une tutrice ou un tuteur")


class Means(TextChoices):
    SIGNATURE = "signature", _("Signature à l’écran")
    TICK = "tick", _("Case cochée")
    PAPER = "paper", _("Papier signé")


class ConsentState(TextChoices):
    """What a consent is on a day; the dates say it, no column keeps it."""

    TO_COME = "to_come", _("À venir")
    LIVE = "active", _("En vigueur")
    EXPIRED = "expired", _("Expiré")
    REPLACED = "replaced", _("Remplacé")
    WITHDRAWN = "withdrawn", _("Retiré")


class Notice(TextChoices):
    """Where personal information is collected, and so where it is said why (A-2.1, section 65)."""

    ASSESSMENT = "assessment", _("Évaluation des besoins")
    RECEPTION = "reception", _("Accueil à l’aéroport")
    PORTAL = "portal", _("Pages de la personne")
