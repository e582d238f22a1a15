"""Every answer names its request, so that a log line can be found for it."""

import re
from typing import Final

from uuid_utils import uuid4

NAME: Final = b"x-request-id"
_VALID: Final = re.compile(rb"[A-Za-z0-9._-]{1,128}")


def request_id_of(given: bytes | None) -> str:
    """Return the client's ``X-Request-ID`` where it is one, a new one otherwise."""
    if given is not None and _VALID.fullmatch(given):
        return given.decode()
    return str(uuid4())
