"""Fields as specified, and the columns and members that a resource is made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .relations import Link, Relation
from .types import TypeFlags


@dataclass(frozen=True, slots=True)
class Field(TypeFlags):
    """One field of a resource.

    `default` is a plain value: str (dates, times, UUIDs, enums too), int, float, Decimal, bool,
    None, or any JSON value for a `json` field. `check_name` names the constraint that carries an
    enum's values or a number's bounds.
    """

    name: str
    column: str
    json_name: str
    type: str
    check_name: str
    description: str = ""
    nullable: bool = False
    has_default: bool = False
    default: object = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    minimum: int | float | Decimal | None = None
    maximum: int | float | Decimal | None = None
    multiple_of: int | Decimal | None = None
    precision: int | None = None
    scale: int | None = None
    values: tuple[str, ...] = ()
    filter: bool = False
    sort: bool = False
    search: bool = False
    unique: bool = False
    unique_per_owner: bool = False
    write_only: bool = False
    read_only: bool = False
    sensitive: bool = False
    internal: bool = False
    renamed_from: str | None = None

    @property
    def required(self) -> bool:
        """Whether a create must name it: it can be neither null nor left out."""
        return self.creatable and not self.nullable and not self.has_default

    @property
    def readable(self) -> bool:
        """Whether representations show it."""
        return not (self.internal or self.write_only)

    @property
    def creatable(self) -> bool:
        """Whether a create may name it."""
        return not (self.internal or self.read_only)

    @property
    def updatable(self) -> bool:
        """Whether a patch may name it."""
        return not (self.internal or self.read_only)

    @property
    def has_bounds(self) -> bool:
        """Whether a minimum, a maximum or a step limits the value."""
        return (self.minimum, self.maximum, self.multiple_of) != (None, None, None)

    @property
    def has_check(self) -> bool:
        """Whether a check constraint carries its values or bounds."""
        return self.is_enum or self.has_bounds


@dataclass(frozen=True, slots=True)
class Column(TypeFlags):
    """One column of a resource's table, whatever it comes from.

    Attributes:
        name: The column in the database.
        attribute: The snake_case name in code.
        type: A field type; keys are `uuid`, `version` is `integer`.
        nullable: Whether it may be null.
        role: `id`, `owner`, `relation`, `field`, `created_at`, `updated_at` or `version`.
        field: The field it stores, if it does.
        relation: The relation it stores, if it does.
    """

    name: str
    attribute: str
    type: str
    nullable: bool
    role: str
    field: Field | None = None
    relation: Relation | None = None

    @property
    def is_id(self) -> bool:
        """Whether this is the primary key."""
        return self.role == "id"

    @property
    def is_owner(self) -> bool:
        """Whether this is `owner_id`."""
        return self.role == "owner"

    @property
    def is_relation(self) -> bool:
        """Whether this points to another resource or to a user."""
        return self.relation is not None

    @property
    def is_field(self) -> bool:
        """Whether this stores a field of the specification."""
        return self.field is not None

    @property
    def is_version(self) -> bool:
        """Whether this counts changes."""
        return self.role == "version"


@dataclass(frozen=True, slots=True)
class Member(TypeFlags):
    """One member of a representation or of a body, whatever it comes from.

    `type` is a field type, or `uuid_list` for a link. The others are as in `Column`; `role` may
    also be `link`.
    """

    name: str
    json_name: str
    type: str
    nullable: bool
    required: bool
    role: str
    field: Field | None = None
    relation: Relation | None = None
    link: Link | None = None

    @property
    def is_id(self) -> bool:
        """Whether this is the resource's own id."""
        return self.role == "id"

    @property
    def is_owner(self) -> bool:
        """Whether this is the owner's id."""
        return self.role == "owner"

    @property
    def is_relation(self) -> bool:
        """Whether this is the id of another resource or of a user."""
        return self.relation is not None

    @property
    def is_link(self) -> bool:
        """Whether this is a list of ids."""
        return self.link is not None

    @property
    def is_field(self) -> bool:
        """Whether this is a field of the specification."""
        return self.field is not None

    @property
    def is_version(self) -> bool:
        """Whether this counts changes."""
        return self.role == "version"
