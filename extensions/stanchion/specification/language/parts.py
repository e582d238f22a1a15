"""Parts that several models of the language share."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

NAME_PATTERN = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
STORED_NAME_PATTERN = r"^[A-Za-z_][A-Za-z0-9_]*$"
_DECIMAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")

Name = Annotated[str, Field(pattern=NAME_PATTERN, max_length=40)]
"""A name of the specification's own: snake_case."""

StoredName = Annotated[str, Field(pattern=STORED_NAME_PATTERN, max_length=60)]
"""The name of a table or column that may exist already, in any case."""

Length = Annotated[int, Field(ge=0, le=10_000_000)]


def _read_decimal(value: object) -> object:
    """Take a number, or a decimal in quotes; everything else is left to fail as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return value
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("not a finite number")
    text = value if isinstance(value, str) else format(Decimal(str(value)), "f")
    if not _DECIMAL.fullmatch(text):
        raise ValueError("not a decimal")
    return Decimal(text)


DecimalText = Annotated[
    Decimal,
    BeforeValidator(_read_decimal),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number"},
                {"type": "string", "pattern": r"^-?[0-9]{1,18}(\.[0-9]{1,18})?$"},
            ]
        }
    ),
]
"""An exact decimal: `12`, `12.5` or `"12.50"`."""


class Definition(BaseModel):
    """What all models share: unknown keys are refused, and nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    def says(self, key: str) -> bool:
        """Tell whether a key was written, be it with the value it has by default.

        Args:
            key: A key of this definition.

        Returns:
            True where the specification names it.
        """
        return key in self.model_fields_set
