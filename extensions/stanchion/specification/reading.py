"""The text of a `resources.yml`, read strictly: nothing that YAML hides or guesses passes.

PyYAML keeps the last of two equal keys, and reads `yes`, `010`, `12:30` and `2030-12-31` as other
things than words. Copier's own reading cannot be changed; here each is a fault with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .faults import Fault, SpecificationError
from .shape.plain import DEEPEST
from .words import Path, place, shown

_TAG = "tag:yaml.org,2002:"
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?")
_WORDS = {
    "bool": ("true", "false"),
    "null": ("null", "~", ""),
}
"""How a boolean or nothing is written so that every reader of YAML agrees."""


_KINDS = {
    "map": "a mapping",
    "seq": "a list",
    "str": "a text",
    "bool": "true or false",
    "null": "nothing",
    "int": "a number",
    "float": "a number",
    "timestamp": "a date",
    "merge": "an order to merge",
    "binary": "bytes",
    "value": "a default value",
}
"""What YAML's own reading makes of a part."""


def read_resources_file(text: str) -> dict[str, object]:
    """Read the text of a `resources.yml`.

    Args:
        text: The file's content.

    Returns:
        Its top keys: `resources`, and others such as `confirm_drop` where they are given. The
        resources are not checked yet; `load_specification` does that.

    Raises:
        SpecificationError: It is not YAML, or hides something; every place is named.
    """
    data = _read(text, ())
    if not isinstance(data, dict) or "resources" not in data:
        fault = Fault("resources", "the file has no resources", "write resources: {} for none")
        raise SpecificationError([fault])
    return data


def read_resources_text(text: str) -> object:
    """Read resources given as text: what stands under `resources:` in a file.

    Args:
        text: YAML, as it is typed at the prompt or given with `--data`.

    Returns:
        What it says, not checked yet.

    Raises:
        SpecificationError: It is not YAML, or hides something; every place is named.
    """
    return _read(text, ("resources",))


def _read(text: str, path: Path) -> object:
    root = _compose(text)
    if root is None:
        return None
    faults = list(_faults(root, path))
    if faults:
        raise SpecificationError(faults)
    data: object = yaml.SafeLoader("").construct_document(root)
    return data


def _compose(text: str) -> Node | None:
    """Build the tree of nodes, once it is known to be shallow and without references."""
    try:
        faults = list(_hidden(text))
        if faults:
            raise SpecificationError(faults)
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "the file"
        problem = error.problem or error.context or "cannot be read"
        raise SpecificationError(
            [Fault(where, f"is not YAML: {problem}", "mend it there")]
        ) from None
    except (yaml.YAMLError, RecursionError) as error:
        reason = str(error).splitlines()[0]
        fault = Fault("the file", f"is not YAML: {reason}", "write it as plain text in UTF-8")
        raise SpecificationError([fault]) from None


def _hidden(text: str) -> Iterator[Fault]:
    """Find references and depth, event by event, before anything is built."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = f"line {event.start_mark.line + 1}" if event.start_mark else "the file"
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            yield Fault(line, f"{shown(event.anchor)} refers to another place", "write it out")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            yield Fault(line, "is nested too deep", f"write at most {DEEPEST} levels")
            return


def _faults(node: Node, path: Path) -> Iterator[Fault]:
    """Find every fault of a part, its own parts too."""
    kind = node.tag.removeprefix(_TAG)
    if kind not in _KINDS:
        yield Fault(place(path), f"has the tag {shown(node.tag)}", "take the tag away")
    elif isinstance(node, MappingNode):
        yield from _mapping(node, path)
    elif isinstance(node, SequenceNode):
        for number, item in enumerate(node.value):
            yield from _faults(item, (*path, number))
    else:
        yield from _scalar(node, path, is_key=False)


def _mapping(node: MappingNode, path: Path) -> Iterator[Fault]:
    lines: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            yield Fault(place((*path, "?")), "has a key that is not a word", "write a name")
            continue
        here = (*path, key.value)
        yield from _scalar(key, here, is_key=True)
        line = key.start_mark.line + 1
        if key.value in lines:
            message = f"stands here twice, in lines {lines[key.value]} and {line}"
            yield Fault(place(here), message, "keep one of them")
        lines[key.value] = line
        yield from _faults(value, here)


def _scalar(node: Node, path: Path, *, is_key: bool) -> Iterator[Fault]:
    kind = node.tag.removeprefix(_TAG)
    if kind == "str" or not isinstance(node, ScalarNode):
        return
    word = node.value
    plain = kind in ("int", "float") and _PLAIN_NUMBER.fullmatch(word)
    if not is_key and (plain or word in _WORDS.get(kind, ())):
        return
    yield Fault(place(path), f"YAML reads {shown(word)} as {_KINDS[kind]}", _mend(kind, word))


def _mend(kind: str, word: str) -> str:
    if kind == "merge":
        return "write the keys out"
    quoted = f"write {shown(word)}"
    if kind == "bool" and word.lower() in ("yes", "on", "no", "off"):
        return f"{quoted}, or {str(word.lower() in ('yes', 'on')).lower()}"
    if kind in ("int", "float"):
        return f"{quoted}, or a plain number of at most 18 digits"
    return quoted
