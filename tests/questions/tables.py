"""Wrong answers and wrong specifications, as they are given to Copier."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import NamedTuple

import yaml

_FAULTY = Path(__file__).resolve().parent.parent / "specification" / "faulty.yml"


class WrongSpecification(NamedTuple):
    """A row of `faulty.yml`, with the text of its resources as it stands there."""

    name: str
    text: str
    place: str
    mend: str
    auth: str


def wrong_specifications() -> list[WrongSpecification]:
    """Return the table of faulty specifications; words stay as they are written."""
    source = _FAULTY.read_text(encoding="utf-8")
    rows = yaml.safe_load(source)
    nodes = yaml.compose(source, Loader=yaml.SafeLoader)
    assert isinstance(nodes, yaml.SequenceNode)
    return [
        WrongSpecification(
            row["name"],
            _text_of(node, source),
            row["place"],
            row["mend"],
            yaml.safe_dump(row.get("auth", ["jwt"]), default_flow_style=True).strip(),
        )
        for row, node in zip(rows, nodes.value, strict=True)
    ]


def _text_of(row: yaml.MappingNode, source: str) -> str:
    key, value = next(pair for pair in row.value if pair[0].value == "resources")
    indent = " " * key.start_mark.column
    return textwrap.dedent(indent + source[key.start_mark.index : value.end_mark.index])


class Wrong(NamedTuple):
    """A wrong answer: the text of a data file, and what the message must say."""

    name: str
    given: str
    message: str


# Given by --data too where the answer is a text.
WRONG_TEXTS = [
    Wrong("a framework that does not exist", "framework: fastapy", "write fastapi"),
    Wrong("a framework that is not built yet", "framework: flask", "is not offered"),
    Wrong("a database of another case", "database: SQLite", "write sqlite"),
    Wrong("a database that does not exist", "database: oracle", "write sqlite, postgresql or"),
    Wrong("no database", 'database: ""', "write sqlite, postgresql or mysql"),
    Wrong("a casing that does not exist", "json_case: kebab", "write snake or camel"),
    Wrong("a label instead of a value", "json_case: camelCase", "write camel"),
    Wrong("a starter that does not exist", "starter: blg", "write blog"),
    Wrong("an extent that does not exist", "verify: most", "write full, migrate or none"),
    Wrong("no boolean", "git: maybe", "write true or false"),
    Wrong("an empty boolean", 'git: ""', "write true or false"),
    Wrong("an empty name", 'project_name: ""', "has 0 characters"),
    Wrong("a name with a quote", "project_name: My `API`", "project_name: "),
    Wrong("a slug in capitals", "project_slug: My-Api", "is not a slug; write 2 to 50"),
    Wrong("a slug with a space", "project_slug: my api", "is not a slug; write 2 to 50"),
    Wrong("a slug that is a path", "project_slug: ../api", "is not a slug"),
    Wrong("a slug that is a module", "project_slug: test", "write test-service"),
    Wrong("a slug that is a package", "project_slug: fastapi", "write fastapi-service"),
    Wrong("a long description", f"description: {'x' * 500}", "description: "),
    Wrong("a strategy that is no list", "auth: jwt", "write [jwt]"),
    Wrong("a strategy that is not built", 'auth: "[jwt, session]"', "is not offered"),
    Wrong("a strategy twice", 'auth: "[jwt, jwt]"', "write it once"),
    Wrong("an unknown answer", "databse: sqlite", "write database"),
    Wrong("an answer of another template", "author: me", "is not a question"),
    Wrong("a hidden guard", 'guard_answers: "true"', "take it away"),
    Wrong("another hidden guard", 'guard_specification: "false"', "take it away"),
    Wrong("a flag as an answer", "sqlite: .", "is not a question"),
    Wrong("resources that are no YAML", 'resources: "{a: ["', "resources: is not YAML"),
    Wrong("a resource twice", 'resources: "{a: {}, a: {}}"', "stands here twice"),
]
# Only a data file can hold these.
WRONG_VALUES = [
    Wrong("a database that is nothing", "database: null", "null is not a text"),
    Wrong("a database that is a list", "database: [sqlite]", "a list is not a text"),
    Wrong("a boolean that is a number", "git: 5", "5 is not true or false"),
    Wrong("a boolean that is nothing", "git:", "null is not true or false"),
    Wrong("a boolean that is a mapping", "git: {a: b}", "is not true or false"),
    Wrong("a name that is a number", "project_name: 2048", 'write "2048"'),
    Wrong("a name that is a date", "project_name: 2030-01-01", 'write "2030-01-01"'),
    Wrong("a description that is true", "description: yes", 'write "yes"'),
    Wrong("a name in lines", "project_name: |\n  a\n  b", "project_name: "),
    Wrong("strategies that are nothing", "auth:", "null is not a list"),
    Wrong("a strategy that is true", "auth: [on]", "auth.0: "),
    Wrong("a strategy in a mapping", "auth: {jwt: true}", "is not a list"),
    Wrong("a key that is a word of YAML", '"on": x', "is not a question"),
]
