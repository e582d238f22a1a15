"""The log: one JSON object a line on standard output, without secrets.

Write to it by ``logging.getLogger(__name__)``; what ``extra`` holds becomes members of the line.
"""

import sys
from typing import Any, Final

import orjson
import structlog
from structlog.stdlib import ExtraAdder, ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from src.config import Settings
from src.redaction import redact_members, redact_text


def redact(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Return the line without secrets: neither in members, however deep, nor in texts."""
    event.pop("color_message", None)  # uvicorn's own copy for terminals
    return redact_members(event)


def redact_exception(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Return the line with a traceback in which no text holds a secret."""
    if "exception" in event:
        event["exception"] = redact_text(event["exception"])
    return event


def render(_: WrappedLogger, __: str, event: EventDict) -> str:
    """Return the line as JSON; what JSON cannot hold is shown as Python shows it."""
    return orjson.dumps(event, default=repr, option=orjson.OPT_NON_STR_KEYS).decode()


_BEFORE: Final[list[Processor]] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    ExtraAdder(),
    redact,  # after what adds extras
]


def lines(*, for_people: bool) -> ProcessorFormatter:
    """Return what makes a line of each record: JSON, or one for a terminal."""
    renderers: list[Processor] = [structlog.processors.format_exc_info, redact_exception, render]
    return ProcessorFormatter(
        foreign_pre_chain=_BEFORE,
        processors=[
            ProcessorFormatter.remove_processors_meta,
            *([structlog.dev.ConsoleRenderer()] if for_people else renderers),
        ],
    )


def logging_config(settings: Settings) -> dict[str, Any]:  # as logging.config takes it
    """Return the configuration of all loggers; on a terminal in development, lines for people."""
    for_people = settings.is_development and sys.stdout.isatty()
    output = {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stdout"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "src.logs.lines", "for_people": for_people}},
        "handlers": {"output": output},
        "root": {"handlers": ["output"], "level": settings.log_level.upper()},
    }
