"""One resource, worked out."""

from __future__ import annotations

from dataclasses import dataclass

from .access import Access
from .fields import Column, Field, Member
from .names import Names
from .relations import Link, Reference, Relation
from .storage import Check, Index, Unique


@dataclass(frozen=True, slots=True)
class Resource:
    """Everything about one resource that is printed somewhere.

    Attributes:
        names: Its names.
        table: Its table.
        description: What it is, if told.
        owned: Whether rows belong to the caller who creates them.
        fields: Its fields, as specified and in that order.
        relations: Its `belongs_to`.
        links: Its `many_to_many`.
        access: Who may do what.
        uniques: What no two rows share.
        checks: What holds between fields.
        indexes: What serves lists; those that a constraint brings are left out.
        columns: Every column of the table, in order.
        read_members: What a representation lists, in order.
        create_members: What a create may name.
        update_members: What a patch may name, `version` apart.
        references: What points here: who restricts, cascades or is emptied by a delete.
        pk_name: The primary key's name.
        owner_fk_name: The name of the foreign key of `owner_id` (always cascade).
        renamed_from: Its former name, if told.
    """

    names: Names
    table: str
    description: str
    owned: bool
    fields: tuple[Field, ...]
    relations: tuple[Relation, ...]
    links: tuple[Link, ...]
    access: Access
    uniques: tuple[Unique, ...]
    checks: tuple[Check, ...]
    indexes: tuple[Index, ...]
    columns: tuple[Column, ...]
    read_members: tuple[Member, ...]
    create_members: tuple[Member, ...]
    update_members: tuple[Member, ...]
    references: tuple[Reference, ...]
    pk_name: str
    owner_fk_name: str
    renamed_from: str | None = None

    @property
    def name(self) -> str:
        """The resource's name in the specification."""
        return self.names.singular

    @property
    def filters(self) -> tuple[Field, ...]:
        """The fields that lists may be filtered by."""
        return tuple(field for field in self.fields if field.filter)

    @property
    def sorts(self) -> tuple[Field, ...]:
        """The fields that lists may be sorted by."""
        return tuple(field for field in self.fields if field.sort)

    @property
    def searched(self) -> tuple[Field, ...]:
        """The fields that `q` looks into."""
        return tuple(field for field in self.fields if field.search)

    @property
    def enums(self) -> tuple[Field, ...]:
        """The fields that are one of a list of strings."""
        return tuple(field for field in self.fields if field.is_enum)

    @property
    def dependencies(self) -> tuple[str, ...]:
        """The other resources it points to, each once, `user` left out."""
        targets = [r.target for r in self.relations] + [link.target for link in self.links]
        return tuple(dict.fromkeys(t for t in targets if t not in ("user", self.name)))

    @property
    def constraint_names(self) -> tuple[str, ...]:
        """The names of all its constraints and indexes, those of its links too."""
        return (
            self.pk_name,
            *([self.owner_fk_name] if self.owned else []),
            *(relation.fk_name for relation in self.relations),
            *(field.check_name for field in self.fields if field.has_check),
            *(unique.name for unique in self.uniques),
            *(check.name for check in self.checks),
            *(index.name for index in self.indexes),
            *(name for link in self.links for name in link.constraint_names),
        )

    def relation(self, name: str) -> Relation:
        """Find a relation.

        Args:
            name: Its name in the specification.

        Returns:
            The relation.

        Raises:
            KeyError: There is none of that name.
        """
        return {relation.name: relation for relation in self.relations}[name]

    def field(self, name: str) -> Field:
        """Find a field.

        Args:
            name: Its name in the specification.

        Returns:
            The field.

        Raises:
            KeyError: There is none of that name.
        """
        return {field.name: field for field in self.fields}[name]
