"""Who may do what, as a condition of the query itself.

A rule that depends on the row becomes part of the ``WHERE``, so that no list ever holds a row
that its reader may not read. What depends on the caller alone is decided before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    False_,
    FromClause,
    Table,
    True_,
    Uuid,
    bindparam,
    exists,
    false,
    or_,
    true,
)
from sqlalchemy.orm import DeclarativeBase

from src.auth.caller import Caller
from src.contract.tables import AnyColumn, AnyElement, columns_of, table_of, target_of
from src.errors import ApiError, Code

Action = Literal["list", "get", "create", "update", "delete"]
Roles = frozenset[str] | None
"""All that a rule needs to know of a caller besides the id; None is an anonymous one."""

CALLER_ID: Final = "caller_id"
"""The parameter that holds the caller's id in each statement with an ``owner`` rule."""


class Rule(NamedTuple):
    """One way to be let in; ``argument`` is the role, or the attribute that names the parent."""

    kind: Literal["public", "authenticated", "owner", "role", "parent"]
    argument: str = ""


public: Final = Rule("public")
authenticated: Final = Rule("authenticated")
owner: Final = Rule("owner")


def role(name: str) -> Rule:
    """Return the rule that lets in callers who have the role ``name``."""
    return Rule("role", name)


def parent(attribute: str) -> Rule:
    """Return the rule that lets in whom the row that ``attribute`` names would let in."""
    return Rule("parent", attribute)


@dataclass(frozen=True, eq=False)
class Policy:
    """The rules of one resource: any rule of an action lets in, none means nobody."""

    model: type[DeclarativeBase]
    list: Sequence[Rule] = ()
    get: Sequence[Rule] = ()
    create: Sequence[Rule] = ()
    update: Sequence[Rule] = ()
    delete: Sequence[Rule] = ()

    def __post_init__(self) -> None:
        _policies[table_of(self.model)] = self

    def rules(self, action: Action) -> Sequence[Rule]:
        """Return the rules of ``action``; where single rows are not offered, lists decide."""
        if action == "get":
            return self.get or self.list
        rules: Sequence[Rule] = getattr(self, action)
        return rules

    def condition(self, action: Action, caller: Caller | None) -> ColumnElement[bool]:
        """Return what a row must fulfil so that ``caller`` may do ``action`` with it."""
        return _condition(table_of(self.model), action, roles_of(caller))

    def parents(self, action: Action) -> Sequence[str]:
        """Return the attributes whose rows may decide about ``action``."""
        return [rule.argument for rule in self.rules(action) if rule.kind == "parent"]

    def lets_in(self, action: Action, caller: Caller | None, owner_id: UUID | None) -> bool:
        """Return whether some rule but those of parents lets ``caller`` do ``action``.

        ``owner_id`` is the owner of the row that would be written.
        """
        roles = roles_of(caller)
        for rule in self.rules(action):
            if rule.kind == "owner" and caller is not None and caller.user_id == owner_id:
                return True
            if rule.kind not in ("owner", "parent") and _satisfied(rule, roles):
                return True
        return False

    def require(self, action: Action, caller: Caller | None) -> None:
        """Raise where no row can let ``caller`` do ``action``: 401 for nobody, else 403."""
        if isinstance(self.condition(action, caller), False_):
            raise ApiError(Code.FORBIDDEN if caller else Code.UNAUTHENTICATED)


_policies: Final[dict[Table, Policy]] = {}


def policy_of(table: Table) -> Policy | None:
    """Return the policy of ``table``; None for accounts, which every resource may refer to."""
    return _policies.get(table)


@lru_cache(maxsize=1)
def _roles_that_matter() -> frozenset[str]:
    rules = [
        rule
        for policy in _policies.values()
        for rule in (*policy.list, *policy.get, *policy.create, *policy.update, *policy.delete)
    ]
    return frozenset(rule.argument for rule in rules if rule.kind == "role")


def roles_of(caller: Caller | None) -> Roles:
    """Return the roles of ``caller`` that some rule names."""
    return None if caller is None else caller.roles & _roles_that_matter()


def caller_parameters(caller: Caller | None) -> dict[str, Any]:  # bound as the column's type
    """Return the parameters that a statement with a condition needs."""
    return {} if caller is None else {CALLER_ID: caller.user_id}


@lru_cache(maxsize=1024)
def _condition(table: Table, action: Action, roles: Roles) -> ColumnElement[bool]:
    if action == "create" and roles is None and "owner_id" in table.c:
        return false()  # whoever makes a row owns it
    return _any_rule(table, table, action, roles)


def _any_rule(
    table: Table, source: FromClause, action: Action, roles: Roles
) -> ColumnElement[bool]:
    policy = _policies[table]
    options = [_rule(rule, policy, source, action, roles) for rule in policy.rules(action)]
    if any(isinstance(option, True_) for option in options):
        return true()
    possible = [option for option in options if not isinstance(option, False_)]
    return or_(*possible) if possible else false()


def _rule(
    rule: Rule, policy: Policy, source: FromClause, action: Action, roles: Roles
) -> ColumnElement[bool]:
    if rule.kind == "parent":
        column = columns_of(policy.model)[rule.argument]
        return _parent(column, source.c[column.key], action, roles)
    if rule.kind == "owner" and roles is not None:
        return source.c.owner_id == bindparam(CALLER_ID, type_=Uuid())
    return true() if _satisfied(rule, roles) else false()


def _satisfied(rule: Rule, roles: Roles) -> bool:
    if rule.kind == "public" or roles is None:
        return rule.kind == "public"
    return rule.kind == "authenticated" or (rule.kind == "role" and rule.argument in roles)


def _parent(
    column: AnyColumn, key: AnyElement, action: Action, roles: Roles
) -> ColumnElement[bool]:
    target = target_of(column)
    rows = target.alias()
    may = _any_rule(target, rows, "get" if action in ("list", "get") else "update", roles)
    if isinstance(may, True_ | False_):
        return may
    return exists().where(rows.c.id == key, may)
