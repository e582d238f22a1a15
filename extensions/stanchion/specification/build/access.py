"""Access rules: what was written, with the rest filled in."""

from __future__ import annotations

from ...views import METHODS, Access, Rule
from ..language import AccessDefinition, ResourceDefinition

_GENERAL = {
    "list": "read",
    "get": "read",
    "create": "write",
    "update": "write",
    "delete": "write",
}
"""Where a method looks when it is not named by itself."""


def rule_texts(access: AccessDefinition, method: str) -> tuple[str, ...]:
    """Give the rules that were written for a method.

    Args:
        access: The rules as specified.
        method: One of `METHODS`.

    Returns:
        The rules as texts; none where the default holds.
    """
    given = getattr(access, method) or getattr(access, _GENERAL[method])
    return (given,) if isinstance(given, str) else tuple(given or ())


def default_rule(definition: ResourceDefinition, with_accounts: bool) -> str:
    """Give the rule of methods that the specification leaves out.

    Args:
        definition: The resource as specified.
        with_accounts: Whether callers can be known at all.

    Returns:
        `owner` where rows have one, else `authenticated`, else `public`.
    """
    if definition.owner:
        return "owner"
    return "authenticated" if with_accounts else "public"


def parent_relations(definition: ResourceDefinition) -> list[str]:
    """Give the relations that plain `parent` may mean.

    Args:
        definition: The resource as specified.

    Returns:
        The relations to other resources that are not nullable; one is wanted.
    """
    return [
        name
        for name, relation in definition.relations.items()
        if not relation.nullable and (relation.resource or name) != "user"
    ]


def build_rule(definition: ResourceDefinition, text: str) -> Rule:
    """Work out one rule.

    Args:
        definition: The resource as specified.
        text: The rule as written, such as `role:editor`.

    Returns:
        Its view; `parent` always names its relation.
    """
    kind, _, detail = text.partition(":")
    if kind == "parent":
        return Rule(kind, relation=detail or parent_relations(definition)[0])
    return Rule(kind, role=detail or None)


def build_access(definition: ResourceDefinition, with_accounts: bool) -> Access:
    """Work out who may do what with a resource.

    Args:
        definition: The resource as specified.
        with_accounts: Whether callers can be known at all.

    Returns:
        The rules of each method; `nobody` is no rule at all.
    """
    default = (default_rule(definition, with_accounts),)
    rules = {
        method: tuple(
            build_rule(definition, text)
            for text in dict.fromkeys(rule_texts(definition.access, method) or default)
            if text != "nobody"
        )
        for method in METHODS
    }
    return Access(**rules)
