"""The keys of the cache shared by the web's processes (attempts to sign in): never an address or a name in clear."""

import hashlib
import hmac

from django.conf import settings


def hidden_key(key: str, prefix: str, version: int) -> str:
    """Return a keyed digest of a cache key (Django's `KEY_FUNCTION`)."""
    named = f"{prefix}:{version}:{key}"
    return hmac.new(settings.SECRET_KEY.encode(), named.encode(), hashlib.sha256).hexdigest()
