from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from arrimage.accounts.sign_in import claim_account, claim_address


class SignInBackend(AuthenticationBackend):
    """Sign-in by address and password; the database is told of the address before it is looked up."""

    def _authenticate_by_email(self, email: str, password: str) -> AbstractBaseUser | None:
        claim_address(email)
        return super()._authenticate_by_email(email, password)

    def _check_password(self, user: AbstractBaseUser | None, password: str) -> AbstractBaseUser | None:
        if user is not None:
            claim_account(user.pk)  # a password hashed the old way is hashed again when it is right
        return super()._check_password(user, password)
