"""Where work goes that would keep every other request waiting."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")


async def in_thread(function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Return what ``function`` returns, called in a thread of its own."""
    return await asyncio.to_thread(function, *args, **kwargs)


async def pause(seconds: float) -> None:
    """Wait without keeping anybody else waiting."""
    await asyncio.sleep(seconds)


def run(task: Coroutine[Any, Any, _T]) -> _T:  # as asyncio types coroutines
    """Return what ``task`` returns, for programs that are not asynchronous."""
    return asyncio.run(task)
