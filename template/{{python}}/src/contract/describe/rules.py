"""What rules and tables say about the errors that an endpoint can answer."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Table, UniqueConstraint

from src.contract.access import Action, Policy, Rule, policy_of
from src.contract.casing import json_name
from src.contract.tables import columns_of, foreign_key_of, references_to, target_of
from src.errors import Code

_READING: Final = ("list", "get")
_WORDS: Final = {
    "public": "everybody",
    "authenticated": "every account",
    "owner": "the owner of the row",
    "role": "accounts with the role `{}`",
    "parent": "whoever may {} the row that `{}` names",
}


def who_may(policy: Policy, action: Action) -> str:
    """Return in words whom the rules of ``action`` let in."""
    verb = "read" if action in _READING else "change"
    parts = dict.fromkeys(_words(rule, verb, action) for rule in policy.rules(action))
    return f"Open to {' and '.join(parts)}."


def _words(rule: Rule, verb: str, action: Action) -> str:
    if rule.kind == "owner" and action == "create":
        return _WORDS["authenticated"]  # whoever creates a row owns it
    if rule.kind == "parent":
        return _WORDS["parent"].format(verb, json_name(rule.argument))
    return _WORDS[rule.kind].format(rule.argument)


def is_open(policy: Policy, action: Action) -> bool:
    """Return whether somebody without an account is let in to some row."""
    return any(
        rule.kind == "public" or (rule.kind == "parent" and is_open(*_parent(policy, rule, action)))
        for rule in policy.rules(action)
    )


def may_be_forbidden(policy: Policy, action: Action) -> bool:
    """Return whether some account is answered 403 rather than what it asks for."""
    if _needs_a_role(policy, action):
        return True
    if action in _READING:
        return False
    if action != "create" and not _reads_imply(policy, action):
        return True
    if action == "delete":
        return False
    if action == "update":
        return _can_move_away(policy)
    settled = any(rule.kind in ("authenticated", "public", "owner") for rule in policy.create)
    return not settled and _can_miss_parent(policy, action)


def conflicts(policy: Policy, action: Action) -> Iterator[Code]:
    """Yield the codes of the 409 that ``action`` can be answered."""
    table = columns_of(policy.model)["id"].table
    if action == "update":
        yield Code.VERSION_MISMATCH
    if action == "delete" and _is_kept(table, set()):
        yield Code.CONFLICT
    if action in ("create", "update") and any(
        isinstance(constraint, UniqueConstraint) for constraint in table.constraints
    ):
        yield Code.CONFLICT


def _needs_a_role(policy: Policy, action: Action) -> bool:
    """Return whether an account without any role is let in to no row at all."""
    return all(
        rule.kind == "role"
        or (rule.kind == "parent" and _needs_a_role(*_parent(policy, rule, action)))
        for rule in policy.rules(action)
    )


def _parent(policy: Policy, rule: Rule, action: Action) -> tuple[Policy, Action]:
    target = policy_of(target_of(columns_of(policy.model)[rule.argument]))
    if target is None:
        raise TypeError(f"{rule.argument} points to an account, which is no parent")
    return target, "get" if action in _READING else "update"


def _reads_imply(policy: Policy, action: Action) -> bool:
    """Return whether every account that may read a row may also do ``action`` with it."""
    rules = policy.rules(action)
    if any(rule.kind in ("public", "authenticated") for rule in rules):
        return True
    return all(
        rule in rules and (rule.kind != "parent" or _reads_imply(*_parent(policy, rule, action)))
        for rule in policy.rules("get")
    )


def _can_move_away(policy: Policy) -> bool:
    """Return whether a patch can name a parent under which its writer may not put rows."""
    settled = any(rule.kind in ("authenticated", "public") for rule in policy.update)
    return not settled and _can_miss_parent(policy, "update")


def _can_miss_parent(policy: Policy, action: Action) -> bool:
    for name in policy.parents(action):
        parent = _parent(policy, Rule("parent", name), action)
        if columns_of(policy.model)[name].nullable or not _reads_imply(*parent):
            return True
    return False


def _is_kept(table: Table, seen: set[Table]) -> bool:
    """Return whether other rows can keep a row of ``table`` from being deleted."""
    seen.add(table)
    for column in references_to(table):
        key = foreign_key_of(column)
        rule = key.ondelete if key else None
        if rule == "RESTRICT" or rule is None:
            return True
        if rule == "CASCADE" and column.table not in seen and _is_kept(column.table, seen):
            return True
    return False
