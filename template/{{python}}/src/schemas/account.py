"""What clients get and send of accounts."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from src.contract import fields, schema

NAME = fields.Text(min_length=1, max_length=120)


@dataclass(frozen=True)
class Password(fields.FieldType):
    """A password in NFC, whichever way its letters were typed; its length counts after that."""

    min_length: int | None = None
    max_length: int | None = None

    def accept(self, value: object) -> str:
        """Return the password in NFC."""
        normal = unicodedata.normalize("NFC", fields.Text().accept(value))
        return fields.Text(self.min_length, self.max_length).accept(normal)

    def describe(self) -> fields.JsonSchema:
        """Return a string that is not shown."""
        text = fields.Text(self.min_length, self.max_length).describe()
        return {**text, "format": "password", "writeOnly": True}


NEW_PASSWORD = Password(min_length=12, max_length=128)


class Account(schema.Representation):
    """An account, as its owner sees it."""

    id: Annotated[UUID, fields.Identifier()]
    email: Annotated[str, fields.Email()]
    name: Annotated[str, NAME] | None
    roles: list[str]
    email_verified: Annotated[bool, fields.Boolean()]
    created_at: Annotated[datetime, fields.Moment()]
    updated_at: Annotated[datetime, fields.Moment()]
    version: Annotated[int, fields.Integer(minimum=1)]


class Registration(schema.Input):
    """What makes a new account."""

    email: Annotated[str, fields.Email()]
    password: Annotated[str, NEW_PASSWORD]
    name: Annotated[str, NAME] | None = None


class AccountUpdate(schema.Input):
    """What changes in an account; members that are left out stay."""

    name: Annotated[str, NAME] | None = schema.UNCHANGED


class PasswordChange(schema.Input):
    """A new password, from somebody who knows the present one."""

    current_password: Annotated[str, Password()]
    new_password: Annotated[str, NEW_PASSWORD]


class Deletion(schema.Input):
    """The password of whoever deletes an account."""

    password: Annotated[str, Password()]


class EmailAddress(schema.Input):
    """An address that a mail may go to."""

    email: Annotated[str, fields.Email()]


class EmailChange(schema.Input):
    """A new address, from somebody who knows the password."""

    email: Annotated[str, fields.Email()]
    password: Annotated[str, Password()]


class EmailVerification(schema.Input):
    """The token of a link that verifies an address."""

    token: Annotated[str, fields.Text()]


class PasswordReset(schema.Input):
    """The token of a link, and the password to have from now on."""

    token: Annotated[str, fields.Text()]
    password: Annotated[str, NEW_PASSWORD]


class Credentials(schema.Input):
    """What an account logs in with."""

    email: Annotated[str, fields.Email()]
    password: Annotated[str, Password()]
