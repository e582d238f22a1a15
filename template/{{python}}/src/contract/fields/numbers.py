"""Numbers: ``1.0`` is a whole number, ``"1"`` is none, and a decimal is a string in JSON."""

import re
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Final

from src.contract.fields.base import FieldType, JsonSchema, fault, without_nothing

INT32: Final = (-(2**31), 2**31 - 1)
INT53: Final = (-(2**53) + 1, 2**53 - 1)
_DECIMAL: Final = re.compile("-?[0-9]+(?:\\.[0-9]+)?")
_INTEGER: Final = re.compile("-?[0-9]{1,17}")
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")

Numeric = int | float | Decimal


def _within(value: Numeric, minimum: Numeric | None, maximum: Numeric | None) -> None:
    if minimum is not None and value < minimum:
        raise fault("minimum", limit=str(minimum))
    if maximum is not None and value > maximum:
        raise fault("maximum", limit=str(maximum))


def _multiple(value: Numeric, step: Numeric | None) -> None:
    if step is not None and Decimal(str(value)) % Decimal(str(step)) != 0:
        raise fault("multiple_of", step=str(step))


@dataclass(frozen=True)
class Integer(FieldType):
    """A whole number, of 32 bits unless its limits say otherwise."""

    minimum: int = INT32[0]
    maximum: int = INT32[1]
    multiple_of: int | None = None

    def accept(self, value: object) -> int:
        """Return the number; ``1.0`` counts as 1."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise fault("integer")
        _within(value, self.minimum, self.maximum)
        _multiple(value, self.multiple_of)
        return value

    def accept_text(self, text: str) -> int:
        """Return the number that is written in decimal digits."""
        if not _INTEGER.fullmatch(text):
            raise fault("integer")
        return self.accept(int(text))

    def describe(self) -> JsonSchema:
        """Return a whole number with its limits."""
        return without_nothing(
            type="integer",
            minimum=self.minimum,
            maximum=self.maximum,
            multipleOf=self.multiple_of,
        )


@dataclass(frozen=True)
class Number(FieldType):
    """A double."""

    minimum: float | None = None
    maximum: float | None = None
    multiple_of: float | None = None

    def accept(self, value: object) -> float:
        """Return the number as a double."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise fault("number")
        number = float(value)
        _within(number, self.minimum, self.maximum)
        _multiple(number, self.multiple_of)
        return number

    def accept_text(self, text: str) -> float:
        """Return the number that is written as JSON writes numbers."""
        if not _NUMBER.fullmatch(text) or not isfinite(float(text)):
            raise fault("number")
        return self.accept(float(text))

    def describe(self) -> JsonSchema:
        """Return a number with its limits."""
        return without_nothing(
            type="number",
            format="double",
            minimum=self.minimum,
            maximum=self.maximum,
            multipleOf=self.multiple_of,
        )


@dataclass(frozen=True)
class Decimals(FieldType):
    """An exact decimal of at most ``precision`` digits, ``scale`` of them after the point."""

    precision: int
    scale: int
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    multiple_of: Decimal | None = None

    def accept(self, value: object) -> Decimal:
        """Return the decimal at the column's scale; a JSON number is refused."""
        if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
            raise fault("decimal")
        whole, _, fraction = value.removeprefix("-").partition(".")
        if len(fraction) > self.scale:
            raise fault("scale", limit=self.scale)
        if len(whole.lstrip("0")) > self.precision - self.scale:
            raise fault("precision", limit=self.precision - self.scale)
        number = abs(Decimal(value)) if Decimal(value) == 0 else Decimal(value)
        _within(number, self.minimum, self.maximum)
        _multiple(number, self.multiple_of)
        return number.quantize(Decimal(1).scaleb(-self.scale))

    def describe(self) -> JsonSchema:
        """Return a string of digits."""
        whole = f"[0-9]{{1,{max(self.precision - self.scale, 1)}}}"
        fraction = f"(?:\\.[0-9]{{1,{self.scale}}})?" if self.scale else ""
        described = {"type": "string", "format": "decimal", "pattern": f"^-?0*{whole}{fraction}$"}
        return without_nothing(**described, description=self._limits_in_words())

    def _limits_in_words(self) -> str | None:
        """Return the limits, which JSON Schema cannot put upon strings."""
        limits = {
            "at least": self.minimum,
            "at most": self.maximum,
            "a multiple of": self.multiple_of,
        }
        words = [f"{word} {limit}" for word, limit in limits.items() if limit is not None]
        return f"A number, {', '.join(words)}." if words else None
