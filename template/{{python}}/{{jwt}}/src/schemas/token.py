"""What clients get and send of tokens."""

from typing import Annotated

from src.contract import fields, schema


class TokenPair(schema.Representation):
    """A new access token, and the refresh token that makes the next one."""

    access_token: Annotated[str, fields.Text()]
    token_type: Annotated[str, fields.Choice("Bearer")]
    expires_in: Annotated[int, fields.Integer(minimum=1)]
    refresh_token: Annotated[str, fields.Text()]


class Refresh(schema.Input):
    """A refresh token, to be exchanged or revoked."""

    refresh_token: Annotated[str, fields.Text()]
