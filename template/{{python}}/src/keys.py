"""Keys for signing and hashing, derived from ``SECRET_KEY``: one secret, one key a purpose."""

import hashlib
import hmac
from functools import lru_cache

from src.config import get_settings


@lru_cache(maxsize=64)
def _derive(secret: str, purpose: str) -> bytes:
    # One block of HKDF-Expand (RFC 5869) with the secret as its pseudorandom key.
    return hmac.digest(secret.encode(), purpose.encode() + b"\x01", hashlib.sha256)


def keys_for(purpose: str) -> list[bytes]:
    """Return the keys of ``purpose``: the one that signs, then one that still verifies.

    The second is there while ``SECRET_KEY_PREVIOUS`` is.
    """
    settings = get_settings()
    previous = settings.secret_key_previous
    secrets = [settings.secret_key, *([previous] if previous else [])]
    return [_derive(secret.get_secret_value(), purpose) for secret in secrets]
