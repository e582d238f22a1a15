"""Who may do what, worked out from the rules alone: what a service is compared with."""

from __future__ import annotations

from stanchion.views import Resource, Rule
from tests.conformance.contract import Contract
from tests.conformance.people import Person
from tests.conformance.rows import Row

READING = ("list", "get")


class Oracle:
    """Judges as the contract says."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract

    def may(self, person: Person, method: str, row: Row) -> bool:
        """Tell whether ``person`` may do ``method`` with ``row``."""
        rules = row.resource.access.rules(method)
        return any(self._lets(person, method, row, rule) for rule in rules)

    def _lets(self, person: Person, method: str, row: Row, rule: Rule) -> bool:
        if rule.is_parent:
            parent = row.parents.get(rule.relation or "")
            needed = "get" if method in READING else "update"
            return parent is not None and self.may(person, needed, parent)
        if rule.is_owner:
            return not person.is_anonymous and row.maker.id == person.id
        return self._lets_anywhere(person, rule)

    def can(self, person: Person, resource: Resource, method: str) -> bool:
        """Tell whether some row of ``resource`` could let ``person`` do ``method``."""
        rules = resource.access.rules(method)
        return any(self._could_let(person, resource, method, rule) for rule in rules)

    def _could_let(self, person: Person, resource: Resource, method: str, rule: Rule) -> bool:
        if rule.is_parent:
            needed = "get" if method in READING else "update"
            target = resource.relation(rule.relation or "").target
            return self.can(person, self._contract.specification.resource(target), needed)
        return self._lets_anywhere(person, rule)

    def _lets_anywhere(self, person: Person, rule: Rule) -> bool:
        """Judge by the caller alone; a rule of owners lets in any account to some row."""
        if rule.is_role:
            return rule.role in person.roles
        return rule.is_public or not person.is_anonymous

    def can_make(self, person: Person, resource: Resource) -> bool:
        """Tell whether ``person`` could make a row of ``resource``, and all the rows it needs."""
        needed = [r.target for r in resource.relations if not (r.nullable or r.to_user)]
        return self.can(person, resource, "create") and all(
            self.can_make(person, self._contract.specification.resource(name)) for name in needed
        )

    def status(self, person: Person, method: str, row: Row, success: int) -> int:
        """Return the status that ``method`` on ``row`` is answered with."""
        if not self.can(person, row.resource, method):
            return 401 if person.is_anonymous else 403
        if not self.may(person, "get", row):
            return 404
        return success if self.may(person, method, row) else 403
