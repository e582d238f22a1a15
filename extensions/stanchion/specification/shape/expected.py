"""What each key wants, in words: one row a key."""

from __future__ import annotations

from typing import NamedTuple

from ..words import Path

NAME_RULE = "lower-case letters, digits and single underscores, a letter first, at most 40"
STORED_RULE = "letters, digits and underscores, no digit first, at most 60"


class Expected(NamedTuple):
    """What a key wants, and an example to copy."""

    what: str
    example: str


_FLAG = "true or false"
_COUNT = "a whole number from 0 to 10000000"

EXPECTED = {
    "resources": Expected("a mapping of names to resources", "resources: {} for none"),
    "confirm_drop": Expected("a list of texts", "confirm_drop: [task.title]"),
    "description": Expected("a short text", "description: What it is."),
    "plural": Expected(f"a name ({NAME_RULE})", "plural: people"),
    "table": Expected(f"a table's name ({STORED_RULE})", "table: tasks"),
    "column": Expected(f"a column's name ({STORED_RULE})", "column: title"),
    "owner": Expected(_FLAG, "owner: true"),
    "access": Expected("a mapping of methods to rules", "access: {read: public, write: owner}"),
    "fields": Expected("a mapping of names to fields", "fields: {done: {type: boolean}}"),
    "belongs_to": Expected("a mapping of names to relations", "belongs_to: {project: {}}"),
    "many_to_many": Expected("a list of resources, or a mapping", "many_to_many: [tag]"),
    "unique": Expected("true, false or owner", "unique: true"),
    "checks": Expected(
        "a mapping of names to checks",
        "checks: {given_when_done: {field: ends_on, not_null_when: {done: true}}}",
    ),
    "renamed_from": Expected(f"the former name ({NAME_RULE})", "renamed_from: label"),
    "type": Expected("the name of a type", "type: string"),
    "nullable": Expected(_FLAG, "nullable: true"),
    "write_only": Expected(_FLAG, "write_only: true"),
    "read_only": Expected(_FLAG, "read_only: true"),
    "sensitive": Expected(_FLAG, "sensitive: true"),
    "internal": Expected(_FLAG, "internal: true"),
    "filter": Expected(_FLAG, "filter: true"),
    "sort": Expected(_FLAG, "sort: true"),
    "search": Expected(_FLAG, "search: true"),
    "min_length": Expected(_COUNT, "min_length: 1"),
    "max_length": Expected(_COUNT, "max_length: 200"),
    "pattern": Expected("a regular expression of at most 500 characters", 'pattern: "[a-z]+"'),
    "minimum": Expected("a number of the field's type", "minimum: 0"),
    "maximum": Expected("a number of the field's type", "maximum: 100"),
    "multiple_of": Expected("a number of the field's type", "multiple_of: 5"),
    "precision": Expected("a whole number from 1 to 18", "precision: 12"),
    "scale": Expected("a whole number from 0 to the precision", "scale: 2"),
    "values": Expected("a list of texts", "values: [draft, done]"),
    "default": Expected("a value of the field's type", "one that it may have"),
    "resource": Expected(f"the name of a resource ({NAME_RULE})", "resource: project"),
    "on_delete": Expected("cascade, restrict or set_null", "on_delete: restrict"),
    "field": Expected("the name of a field", "field: ends_on"),
    "not_null_when": Expected("a mapping of fields to values", "not_null_when: {status: done}"),
}

RULES_EXPECTED = Expected(
    "a rule, or a list of rules",
    "public, authenticated, owner, parent, parent:<relation>, role:<name> or nobody",
)
"""What each key under `access` wants."""

TUPLES_EXPECTED = Expected("a list of lists of names", "unique: [[project, title]]")
"""What `unique` on a resource wants."""

_ENTRY_WORDS = {
    "fields": ("a field", "{type: string, max_length: 200}"),
    "belongs_to": ("a relation", "{on_delete: restrict}"),
    "many_to_many": ("a link", "{resource: tag}"),
    "checks": ("a check", "{field: ends_on, not_null_when: {status: done}}"),
}

SYNONYMS = {
    "required": "leave it out: a field is required unless nullable or default is given",
    "optional": "write nullable: true, or a default",
    "null": "write nullable: true",
    "length": "write max_length",
    "size": "write max_length",
    "min": "write minimum (numbers) or min_length (texts)",
    "max": "write maximum (numbers) or max_length (texts)",
    "ge": "write minimum",
    "le": "write maximum",
    "step": "write multiple_of",
    "regex": "write pattern",
    "choices": "write values",
    "options": "write values",
    "enum": "write values",
    "label": "write description",
    "help": "write description",
    "index": "write filter: true or sort: true; both bring an index",
    "indexed": "write filter: true or sort: true; both bring an index",
    "secret": "write sensitive: true, write_only: true or both",
    "hidden": "write internal: true or write_only: true",
    "references": "write belongs_to on the resource",
    "foreign_key": "write belongs_to on the resource",
    "relations": "write belongs_to or many_to_many",
    "has_many": "leave it out and write belongs_to on the other resource",
    "has_one": "leave it out and write belongs_to on the other resource",
    "to": "write resource",
    "target": "write resource",
    "ondelete": "write on_delete",
    "permissions": "write access",
    "rules": "write access",
    "when": "write not_null_when",
    "if": "write not_null_when",
    "attributes": "write fields",
    "columns": "write fields",
    "timestamps": "leave it out: created_at and updated_at are always there",
    "primary_key": "leave it out: id is always there",
}
"""Keys that other tools have, and what says the same here."""

TYPE_SYNONYMS = {
    "str": "string",
    "varchar": "string",
    "char": "string",
    "slug": "string",
    "longtext": "text",
    "int": "integer",
    "int32": "integer",
    "smallint": "integer",
    "int64": "bigint",
    "long": "bigint",
    "float": "number",
    "double": "number",
    "real": "number",
    "money": "decimal",
    "numeric": "decimal",
    "bool": "boolean",
    "flag": "boolean",
    "timestamp": "datetime",
    "time": "datetime",
    "guid": "uuid",
    "choice": "enum",
    "select": "enum",
    "mail": "email",
    "uri": "url",
    "link": "url",
    "object": "json",
    "jsonb": "json",
    "array": "json",
    "list": "json",
}
"""Types that other tools have, and their names here."""


def expected_at(path: Path) -> Expected:
    """Tell what stands at a place.

    Args:
        path: The place.

    Returns:
        What it wants, in words.
    """
    if len(path) == 2:
        return Expected("a resource", "{fields: {title: {type: string, max_length: 200}}}")
    section = str(path[2]) if len(path) > 2 else ""
    if len(path) == 4 and section in _ENTRY_WORDS and isinstance(path[3], str):
        return Expected(*_ENTRY_WORDS[section])
    if section == "access" and len(path) > 3:
        return RULES_EXPECTED
    if section == "unique":
        return TUPLES_EXPECTED
    key = next((str(part) for part in reversed(path) if part in EXPECTED), "resources")
    return EXPECTED[key]
