"""Who may do what with a resource."""

from __future__ import annotations

from dataclasses import dataclass

METHODS = ("list", "get", "create", "update", "delete")
"""What can be done with a resource, in the order of the reference."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to be let in.

    Attributes:
        kind: `public`, `authenticated`, `owner`, `role` or `parent`.
        role: The role's name, for `role`.
        relation: The relation that leads to the parent, for `parent`; always filled in.
    """

    kind: str
    role: str | None = None
    relation: str | None = None

    @property
    def is_public(self) -> bool:
        """Whether it lets everybody in."""
        return self.kind == "public"

    @property
    def is_authenticated(self) -> bool:
        """Whether it lets every known caller in."""
        return self.kind == "authenticated"

    @property
    def is_owner(self) -> bool:
        """Whether it lets a row's owner in."""
        return self.kind == "owner"

    @property
    def is_role(self) -> bool:
        """Whether it lets callers with a role in."""
        return self.kind == "role"

    @property
    def is_parent(self) -> bool:
        """Whether the row that this one belongs to decides."""
        return self.kind == "parent"

    @property
    def depends_on_row(self) -> bool:
        """Whether the row, not only the caller, decides."""
        return self.kind in ("owner", "parent")

    @property
    def text(self) -> str:
        """The rule as it is written in a specification."""
        return ":".join(part for part in (self.kind, self.role or self.relation) if part)


@dataclass(frozen=True, slots=True)
class Access:
    """The rules of one resource: any rule of a method lets in; none means there is no method."""

    list: tuple[Rule, ...]
    get: tuple[Rule, ...]
    create: tuple[Rule, ...]
    update: tuple[Rule, ...]
    delete: tuple[Rule, ...]

    def rules(self, method: str) -> tuple[Rule, ...]:
        """Give the rules of a method.

        Args:
            method: One of `METHODS`.

        Returns:
            Its rules, none where the method does not exist.
        """
        by_method = {
            "list": self.list,
            "get": self.get,
            "create": self.create,
            "update": self.update,
            "delete": self.delete,
        }
        return by_method[method]

    def allows(self, method: str) -> bool:
        """Tell whether a method exists at all.

        Args:
            method: One of `METHODS`.

        Returns:
            False where its rule is `nobody`.
        """
        return bool(self.rules(method))

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that exist."""
        return tuple(method for method in METHODS if self.allows(method))

    @property
    def lists_own_rows_only(self) -> bool:
        """Whether a list holds the caller's own rows and nothing else."""
        return [rule.kind for rule in self.list] == ["owner"]
