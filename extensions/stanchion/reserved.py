"""Words that generated code, databases or the service itself need: one table a reason."""

from __future__ import annotations

import keyword


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PYTHON_KEYWORDS = frozenset(word for word in keyword.kwlist if word.islower())
"""`True`, `False` and `None` have capitals, so that no name can be one of them."""

PYTHON_NAMES = _words(
    "abs all any bool breakpoint bytearray bytes callable chr classmethod compile complex delattr "
    "dict dir divmod enumerate eval exec exit filter float format frozenset getattr globals "
    "hasattr hash help id input int isinstance issubclass iter len list locals map max memoryview "
    "min next object oct open ord pow print property quit range repr reversed round self cls set "
    "setattr slice sorted staticmethod str sum super tuple type vars zip date datetime decimal "
    "uuid json typing logging math time"
)
"""Built-ins and modules that generated code uses: a variable of that name would hide them."""

PYTHON_TYPES = _words("str int float bool list dict set tuple bytes object date datetime dt sa")
"""Types that annotations in a class name: a member of that name would hide them."""

SCRIPT_KEYWORDS = _words(
    "break case catch class const continue debugger default delete do else enum export extends "
    "false finally for function if import in instanceof new null return super switch this throw "
    "true try typeof var void while with"
)
"""Words that JavaScript never takes as a variable."""

SCRIPT_STRICT = _words(
    "arguments async await eval implements interface let package private protected public static "
    "undefined yield"
)
"""Words that strict JavaScript or TypeScript does not take as a variable, but as a member."""

SCRIPT_MEMBERS = _words(
    "constructor prototype has_own_property is_prototype_of property_is_enumerable to_string "
    "to_locale_string value_of"
)
"""Members that every JavaScript object has, in one casing or the other."""

SQL_WORDS = _words(
    "all alter and as asc between both by case check collate column constraint create cross "
    "current_date current_time current_timestamp current_user default delete desc distinct drop "
    "else except exists false fetch for foreign from grant group having in inner insert intersect "
    "into is join lateral leading left like limit localtime localtimestamp natural not null on or "
    "order outer primary references revoke right select set table then to trailing true union "
    "unique update user using values when where window with"
)
"""Words that both PostgreSQL and MySQL reserve: every query by hand would have to quote them."""

FRAMEWORK_MEMBERS = {
    **dict.fromkeys(("metadata", "registry", "type_annotation_map"), "SQLAlchemy"),
    **dict.fromkeys(
        _words(
            "construct copy dict from_orm json parse_file parse_obj parse_raw schema schema_json "
            "update_forward_refs validate model_computed_fields model_config model_construct "
            "model_copy model_dump model_dump_json model_extra model_fields model_fields_set "
            "model_json_schema model_parametrized_name model_post_init model_rebuild "
            "model_validate model_validate_json model_validate_strings"
        ),
        "Pydantic",
    ),
}
"""Members that base classes of the frameworks have already."""

FRAMEWORK_PREFIXES = {"model_dump": "Pydantic", "model_validate": "Pydantic"}
"""Beginnings that base classes of the frameworks keep for themselves."""

OWN_MEMBERS = frozenset({"id", "owner", "owner_id", "created_at", "updated_at", "version"})
"""Members that every resource has, or may get."""

OWN_PARAMETERS = frozenset({"limit", "cursor", "sort", "fields", "q", "count"})
"""Query parameters that every list has."""

OWN_RESOURCES = {
    "user": "accounts are built in",
    "account": "accounts are built in",
    "session": "sessions are built in",
    "token": "tokens are built in",
    "api_key": "keys are built in",
    "audit_event": "audit records are built in",
    "role": "roles are built in",
    "auth": "the paths of authentication are built in",
    "error": "the schema of errors is called Error",
    "page": "the schema of pages is called Page",
    "base": "the base class of models is called Base",
    "factory": "the module that factories share is called so",
    "types": "the module of the models' column types is called so",
    "caller": "the class of callers is called Caller",
    "query": "GraphQL's root type is called Query",
    "mutation": "GraphQL's root type is called Mutation",
    "health": "the health checks are built in",
    "index": "a module of that name stands for its folder",
    "email_link": "the service has a table of links already",
    "idempotency_key": "the service has a table of keys already",
    "me": "the caller's own account is called so",
    "app": "the application itself is called so",
    "router": "the router itself is called so",
    "request": "the framework's request is called so",
    "response": "the framework's response is called so",
}
"""Resources that the service has already, or whose class or module it has."""

OWN_MODULES = frozenset(
    {
        "accounts",
        "email_addresses",
        "email_links",
        "index",
        "log_in_attempts",
        "log_ins",
        "passwords",
        "roles",
        "sessions",
        "tokens",
        "users",
    }
)
"""Modules of services and routers, which are named by plurals, that the service has already."""

OWN_PATHS = frozenset({"auth", "users", "audit-events", "webhooks", "openapi.json"})
"""Paths under `/api/v1` that the service has already."""

OWN_TABLES = _words(
    "users user_roles roles refresh_tokens token_families audit_events sessions api_keys "
    "oauth_accounts oauth_states identities idempotency_keys email_links webhook_messages "
    "outbox_events login_attempts rate_limits alembic_version schema_migrations sqlite_sequence "
    "sqlite_master"
)
"""Tables that the service has already, or may get with another answer."""


def why_not_resource(name: str) -> str | None:
    """Tell why a resource cannot be called so.

    Args:
        name: A snake_case name.

    Returns:
        The reason as the end of a sentence, none where it can.
    """
    if name in PYTHON_KEYWORDS:
        return "is a reserved word of Python"
    if name in SCRIPT_KEYWORDS | SCRIPT_STRICT:
        return "is a reserved word of TypeScript"
    if name in PYTHON_NAMES:
        return "would hide a part of Python that the code uses"
    if name in OWN_RESOURCES:
        return f"is taken: {OWN_RESOURCES[name]}"
    if name == "test" or name.startswith("test_"):
        return "would be run as a test"
    return None


def why_not_member(name: str) -> str | None:
    """Tell why a field or relation cannot be called so.

    Args:
        name: A snake_case name.

    Returns:
        The reason as the end of a sentence, none where it can.
    """
    if name in OWN_MEMBERS:
        return "is taken: the service keeps it itself"
    if name in OWN_PARAMETERS:
        return "is taken: it is a query parameter of every list"
    if name in PYTHON_KEYWORDS:
        return "is a reserved word of Python"
    if name in SCRIPT_KEYWORDS:
        return "is a reserved word of TypeScript"
    if name in PYTHON_TYPES:
        return "would hide a type that the code uses"
    if name in SCRIPT_MEMBERS:
        return "is a member of every JavaScript object"
    return _framework_reason(name)


def _framework_reason(name: str) -> str | None:
    for prefix, framework in FRAMEWORK_PREFIXES.items():
        if name.startswith(prefix):
            return f"is reserved by {framework}"
    if name in FRAMEWORK_MEMBERS:
        return f"is reserved by {FRAMEWORK_MEMBERS[name]}"
    return None


def why_not_stored(name: str) -> str | None:
    """Tell why a table or column cannot be called so.

    Args:
        name: The name in the database, in any case.

    Returns:
        The reason as the end of a sentence, none where it can.
    """
    if name.lower() in SQL_WORDS:
        return "is a reserved word of SQL"
    if name.lower().startswith("sqlite_"):
        return "begins as only SQLite's own tables may"
    return None
