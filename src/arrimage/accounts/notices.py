"""What is written to somebody when something about the safety of their account changes."""

from django.utils.translation import gettext_lazy as _

# By the name django-allauth gives to each letter.
NOTICES = {
    "account/email/password_changed": _("Le mot de passe de votre compte vient d’être changé."),
    "account/email/password_reset": _("Un nouveau mot de passe vient d’être choisi pour votre compte."),
    "account/email/password_set": _("Un mot de passe vient d’être choisi pour votre compte."),
    "mfa/email/totp_activated": _("Une application de codes vient d’être ajoutée à votre compte."),
    "mfa/email/totp_deactivated": _("L’application de codes vient d’être retirée de votre compte."),
    "mfa/email/webauthn_added": _("Une clé d’accès vient d’être ajoutée à votre compte."),
    "mfa/email/webauthn_removed": _("Une clé d’accès vient d’être retirée de votre compte."),
    "mfa/email/recovery_codes_generated": _(
        "De nouveaux codes de secours viennent d’être faits pour votre compte ; les anciens ne valent plus."
    ),
    "second_factor_removed": _(
        "La personne qui administre les comptes vient de retirer vos moyens de double authentification, et de fermer "
        "vos séances. À votre prochaine connexion, vous en choisirez de nouveaux."
    ),
}
