"""What every type of field has in common."""

from abc import ABC, abstractmethod
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from src.contract.messages import MESSAGES

JsonSchema = dict[str, Any]  # JSON Schema is any JSON


def fault(message: str, **parameters: object) -> PydanticCustomError:
    """Return the error that makes a value invalid, in the words that the table has for it."""
    return PydanticCustomError("contract", MESSAGES[message], parameters)


class FieldType(ABC):
    """One type of field. Nothing is coerced: ``"1"`` is no number and ``1`` no text."""

    @abstractmethod
    def accept(self, value: object) -> Any:  # each type returns its own
        """Return the value of what stands in JSON, or raise ``fault``."""

    @abstractmethod
    def describe(self) -> JsonSchema:
        """Return the JSON Schema of what is accepted and answered."""

    def accept_text(self, text: str) -> Any:  # each type returns its own
        """Return the value of what stands in a query, or raise ``fault``."""
        return self.accept(text)

    def validate(self, value: object) -> Any:  # each type returns its own
        """Return the accepted value; whether null will do is the member's annotation to say."""
        if value is None:
            raise fault("not_null")
        return self.accept(value)

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.validate)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchema:
        return self.describe()


def without_nothing(**schema: object) -> JsonSchema:
    """Return ``schema`` without what is not limited."""
    return {key: value for key, value in schema.items() if value is not None}
