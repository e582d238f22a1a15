"""What the template's folders say: which file comes out where, under which flags."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from stanchion.context import FLAGS, STRATEGIES

TEMPLATE = Path(__file__).resolve().parent.parent / "template"
_FLAG_FOLDER = re.compile(r"\{\{(.*)\}\}")
_FOR_EACH_RESOURCE = re.compile(
    r"\{% yield resource from service\.resources %\}(\w*)"
    r"\{\{ resource\.names\.(\w+) \}\}(\w*)\{% endyield %\}"
)
_ANSWERS_FILE = "{{ _copier_conf.answers_file }}"
_UNREAD = {"__pycache__", ".gitkeep"}


class Source(NamedTuple):
    """A file of the template: where it lies, its flags, the path that it is written to, and
    the path as a reader finds it in the repository.

    A file for each resource has `<singular>` or `<plural>` in place of the resource's name.
    """

    path: Path
    flags: tuple[str, ...]
    written: str
    shown: str


def sources(template: Path = TEMPLATE) -> list[Source]:
    """Return every file of the template in a folder."""
    files = (path for path in sorted(template.rglob("*")) if path.is_file())
    return [_source(path, template) for path in files if not _is_unread(path)]


def _is_unread(path: Path) -> bool:
    return any(part in _UNREAD or part.endswith("_cache") for part in path.parts)


def _source(path: Path, template: Path) -> Source:
    flags, written = [], []
    for segment in path.relative_to(template).parts:
        flag = flag_of(segment)
        if flag is None:
            written.append(_FOR_EACH_RESOURCE.sub(r"\1<\2>\3", segment))
        else:
            flags.append(flag)
    name = "/".join(written).replace(_ANSWERS_FILE, ".copier-answers.yml").removesuffix(".jinja")
    return Source(path, tuple(flags), name, str(path.relative_to(template)))


def flag_of(segment: str) -> str | None:
    """Return the flag that a folder is named after; None where it is a plain name."""
    found = _FLAG_FOLDER.fullmatch(segment)
    return None if found is None or segment == _ANSWERS_FILE else found[1]


def flag_sets() -> Iterator[frozenset[str]]:
    """Yield the flags that are on, for every combination of answers, built or not yet."""
    answers = sorted({answer for answer, _ in FLAGS.values()})
    switches = sorted(unlisted_flags() | set(STRATEGIES))
    for values in itertools.product(*(_values_of(answer) for answer in answers)):
        chosen = dict(zip(answers, values, strict=True))
        on = {flag for flag, (answer, among) in FLAGS.items() if chosen[answer] in among}
        for count in range(len(switches) + 1):
            for others in itertools.combinations(switches, count):
                yield frozenset(on.union(others))


def _values_of(answer: str) -> list[object]:
    rows = (values for name, values in FLAGS.values() if name == answer)
    values = dict.fromkeys(itertools.chain.from_iterable(rows))
    return [*values, False] if True in values else list(values)


def unlisted_flags() -> set[str]:
    """Return flags that folders are named after and that the extension's tables lack."""
    used = {flag for source in sources() for flag in source.flags}
    return used - FLAGS.keys() - set(STRATEGIES)
