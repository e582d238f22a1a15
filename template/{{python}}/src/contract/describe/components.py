"""Parts of the document that stand in it once and are referred to by name."""

from dataclasses import dataclass, field
from typing import Any

JsonSchema = dict[str, Any]  # JSON Schema and OpenAPI are any JSON


@dataclass(frozen=True)
class Component:
    """A part that has a name; where it stands in a description, the document has a reference."""

    section: str
    name: str
    content: JsonSchema


@dataclass
class Components:
    """The parts that one document needs, gathered while its references are written."""

    sections: dict[str, JsonSchema] = field(default_factory=dict)
    _names: dict[tuple[str, str], dict[str, Component]] = field(default_factory=dict)

    def resolve(self, described: Any) -> Any:  # any JSON, with components in it
        """Return ``described`` with a reference in the place of each component."""
        if isinstance(described, Component):
            return {"$ref": f"#/components/{described.section}/{self._name(described)}"}
        if isinstance(described, dict):
            return {key: self.resolve(value) for key, value in described.items()}
        if isinstance(described, list):
            return [self.resolve(value) for value in described]
        return described

    def _name(self, component: Component) -> str:
        """Return the name that ``component`` has; a second one of a name gets a number."""
        known = self._names.setdefault((component.section, component.name), {})
        for name, other in known.items():
            if other == component:
                return name
        name = f"{component.name}{len(known) + 1}" if known else component.name
        known[name] = component
        section = self.sections.setdefault(component.section, {})
        section[name] = {}  # its place, before those of the parts that it refers to
        section[name] = self.resolve(component.content)
        return name
