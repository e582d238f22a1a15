"""Relations between resources: a key in the row, or a table between two."""

from __future__ import annotations

from dataclasses import dataclass

from .names import Names


@dataclass(frozen=True, slots=True)
class Relation:
    """A `belongs_to`: one row points to one other.

    Attributes:
        name: As specified, such as `project`.
        attribute: The snake_case name of the key in code, such as `project_id`.
        column: The same in the database.
        json_name: The same for clients.
        target: The resource it points to, or `user`.
        target_table: That one's table.
        target_names: That one's names.
        nullable: Whether it may point to nothing.
        on_delete: `cascade`, `restrict` or `set_null`.
        fk_name: The foreign key's name.
        index_name: The name of its index, `(column, id)`.
        to_self: Whether it points to its own resource, as in a tree.
        description: What it means, if told.
        renamed_from: Its former name, if told.
    """

    name: str
    attribute: str
    column: str
    json_name: str
    target: str
    target_table: str
    target_names: Names
    nullable: bool
    on_delete: str
    fk_name: str
    index_name: str
    to_self: bool = False
    description: str = ""
    renamed_from: str | None = None

    @property
    def required(self) -> bool:
        """Whether a create must name it."""
        return not self.nullable

    @property
    def to_user(self) -> bool:
        """Whether it points to an account."""
        return self.target == "user"

    @property
    def cascades(self) -> bool:
        """Whether deleting the target deletes this row."""
        return self.on_delete == "cascade"

    @property
    def restricts(self) -> bool:
        """Whether this row keeps its target from being deleted."""
        return self.on_delete == "restrict"

    @property
    def sets_null(self) -> bool:
        """Whether deleting the target empties this key."""
        return self.on_delete == "set_null"


@dataclass(frozen=True, slots=True)
class Link:
    """A `many_to_many`: a table between two.

    Attributes:
        name: As specified, such as `tag`.
        attribute: The snake_case name of the list in code, such as `tag_ids`.
        json_name: The same for clients.
        filter_name: The query parameter, such as `tag_id`, in the clients' casing.
        target: The resource at the other end, or `user`.
        target_table: That one's table.
        target_names: That one's names.
        table: The table between, such as `task_tags`.
        left_column: Its key to this resource, such as `task_id`.
        right_column: Its key to the other, such as `tag_id`.
        left_fk_name: The name of the foreign key to this resource (always cascade).
        right_fk_name: The name of the foreign key to the other (always cascade).
        pk_name: The name of the primary key `(left, right)`.
        index_name: The name of the index `(right, left)`.
        to_self: Whether both ends are the same resource.
        description: What it means, if told.
    """

    name: str
    attribute: str
    json_name: str
    filter_name: str
    target: str
    target_table: str
    target_names: Names
    table: str
    left_column: str
    right_column: str
    left_fk_name: str
    right_fk_name: str
    pk_name: str
    index_name: str
    to_self: bool = False
    description: str = ""

    @property
    def to_user(self) -> bool:
        """Whether the other end is an account."""
        return self.target == "user"

    @property
    def constraint_names(self) -> tuple[str, ...]:
        """The names of the constraints and the index of the table between."""
        return (self.pk_name, self.left_fk_name, self.right_fk_name, self.index_name)


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that points to a resource, seen from the resource it points to.

    Attributes:
        resource: The resource that declares it.
        relation: The relation, where it is a `belongs_to`.
        link: The link, where it is a `many_to_many`.
    """

    resource: str
    relation: Relation | None = None
    link: Link | None = None
