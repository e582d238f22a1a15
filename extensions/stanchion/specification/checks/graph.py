"""Cycles among names that point to each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence


def cycles(edges: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Find one cycle for each group of names that reach each other.

    Args:
        edges: What each name points to.

    Yields:
        The names of a cycle, beginning with the one that stands first.
    """
    told: set[str] = set()
    for start in edges:
        cycle = None if start in told else _way_back(edges, start)
        if cycle and not told & set(cycle):
            told |= set(cycle)
            yield cycle


def _way_back(edges: Mapping[str, Sequence[str]], start: str) -> list[str] | None:
    """Find the shortest way from a name to itself, breadth first."""
    came_from: dict[str, str] = {}
    frontier = [start]
    while frontier:
        following = []
        for name in frontier:
            for target in edges.get(name, ()):
                if target == start:
                    return _path(came_from, start, name)
                if target not in came_from:
                    came_from[target] = name
                    following.append(target)
        frontier = following
    return None


def _path(came_from: Mapping[str, str], start: str, end: str) -> list[str]:
    path = [end]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return path[::-1]
