"""Resources: their relations, access rules, checks, and the file that holds them all."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .fields import FieldDefinition
from .parts import Definition, Name, StoredName

RULE_PATTERN = (
    r"^(public|authenticated|owner|nobody|parent(:[a-z][a-z0-9]*(_[a-z0-9]+)*)?"
    r"|role:[a-z][a-z0-9]*(_[a-z0-9]+)*)$"
)

RuleText = Annotated[str, Field(pattern=RULE_PATTERN, max_length=60)]
Rules = Annotated[
    RuleText | Annotated[list[RuleText], Field(min_length=1)],
    Field(description="One rule, or a list of which any lets in."),
]


class AccessDefinition(Definition):
    """Who may do what; a method named by itself wins over `read` and `write`."""

    read: Rules | None = None
    write: Rules | None = None
    list: Rules | None = None
    get: Rules | None = None
    create: Rules | None = None
    update: Rules | None = None
    delete: Rules | None = None


class RelationDefinition(Definition):
    """A `belongs_to`: a key `<name>_id` that points to one row."""

    resource: Annotated[
        Name | None, Field(description="What it points to, where that is not its name.")
    ] = None
    nullable: Annotated[bool, Field(description="May point to nothing.")] = False
    on_delete: Annotated[
        Literal["cascade", "restrict", "set_null"],
        Field(description="What a delete of the target does to this row."),
    ] = "restrict"
    description: Annotated[str, Field(max_length=500)] = ""
    column: Annotated[
        StoredName | None, Field(description="The column's name, where it is not `<name>_id`.")
    ] = None
    renamed_from: Annotated[
        Name | None, Field(description="Its former name: the migration renames and keeps the data.")
    ] = None


class LinkDefinition(Definition):
    """A `many_to_many`: a table between two resources."""

    resource: Annotated[
        Name | None, Field(description="What it points to, where that is not its name.")
    ] = None
    table: Annotated[StoredName | None, Field(description="The name of the table between.")] = None
    description: Annotated[str, Field(max_length=500)] = ""


class CheckDefinition(Definition):
    """A field that may not be null while others have certain values."""

    field: Annotated[Name, Field(description="The nullable field that must then be given.")]
    not_null_when: Annotated[
        dict[Name, str | bool | int],
        Field(min_length=1, description="Fields and the values they must all have."),
    ]


class ResourceDefinition(Definition):
    """One resource: a table and its endpoints."""

    description: Annotated[
        str, Field(max_length=1000, description="What it is, for the API's documentation.")
    ] = ""
    plural: Annotated[Name | None, Field(description="Given where English is odd.")] = None
    table: Annotated[
        StoredName | None, Field(description="The table's name, where it is not the plural.")
    ] = None
    owner: Annotated[
        bool, Field(description="Rows belong to the caller who creates them (`owner_id`).")
    ] = False
    access: AccessDefinition = Field(default_factory=lambda: AccessDefinition())
    fields: dict[Name, FieldDefinition] = Field(default_factory=dict)
    belongs_to: dict[Name, RelationDefinition | None] = Field(default_factory=dict)
    many_to_many: list[Name] | dict[Name, LinkDefinition | None] = Field(default_factory=list)
    unique: Annotated[
        list[list[Name]],
        Field(description="Tuples of fields, relations or `owner` that no two rows share."),
    ] = Field(default_factory=list)
    checks: dict[Name, CheckDefinition] = Field(default_factory=dict)
    renamed_from: Annotated[
        Name | None, Field(description="Its former name: the migration renames and keeps the data.")
    ] = None

    @property
    def relations(self) -> dict[str, RelationDefinition]:
        """The `belongs_to`, with what was left out filled in."""
        empty = RelationDefinition()
        return {name: relation or empty for name, relation in self.belongs_to.items()}

    @property
    def links(self) -> dict[str, LinkDefinition]:
        """The `many_to_many` in its long form."""
        empty = LinkDefinition()
        if isinstance(self.many_to_many, list):
            return dict.fromkeys(self.many_to_many, empty)
        return {name: link or empty for name, link in self.many_to_many.items()}


class ResourcesFile(Definition):
    """A service's data: `resources.yml`."""

    resources: Annotated[
        dict[Name, ResourceDefinition], Field(description="The resources by their singular names.")
    ]
    confirm_drop: Annotated[
        list[str],
        Field(description="Columns and tables whose data the next update may throw away."),
    ] = Field(default_factory=list)
