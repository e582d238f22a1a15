"""Hashing passwords with argon2id. It takes a while on purpose: call it in a thread."""

from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

MEMORY_KIB: Final = 19 * 1024
PASSES: Final = 2

_hasher: Final = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=1)

# A hash that no password has: an unknown account costs the same work as a known one.
_NOBODYS: Final = f"$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p=1${'A' * 22}${'A' * 43}"


def hash_password(password: str) -> str:
    """Return the hash of ``password``, with its salt and its parameters."""
    return _hasher.hash(password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """Return whether ``password`` has that hash; never, after the same work, without one."""
    try:
        _hasher.verify(password_hash or _NOBODYS, password)
    except VerifyMismatchError:
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Return whether ``password_hash`` was made with other parameters than new ones are."""
    return _hasher.check_needs_rehash(password_hash)
