"""Connections to the database: one unit of work for each request."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any

from sqlalchemy import CursorResult, Executable
from sqlalchemy.ext.asyncio import AsyncConnection

from src.config import Settings
from src.dialect import READING, WRITING, create_engine, write_turns

Result = CursorResult[*tuple[Any, ...]]  # columns are of any type
Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]  # bound as the columns' types


class Session:
    """One unit of work: a connection taken at the first statement, and one transaction.

    Whoever opened it commits it, once; services only execute. For SQLAlchemy's ORM, bind an
    ``AsyncSession`` to ``await session.connection()``.
    """

    def __init__(
        self,
        database: "Database",
        options: Mapping[str, Any],  # as SQLAlchemy types execution options
        turns: AbstractAsyncContextManager[object],
    ) -> None:
        self.database = database
        self._options = options
        self._turns = turns
        self._connection: AsyncConnection | None = None
        self._after_commit: list[Callable[[], None]] = []

    async def connection(self) -> AsyncConnection:
        """Return the connection of this unit of work."""
        if self._connection is None:
            await self._turns.__aenter__()
            try:
                self._connection = await self.database.engine.connect().start()
            except BaseException:
                await self._turns.__aexit__(None, None, None)
                raise
            # Options of an engine would do it by events, which cost more at every statement.
            if self._options:
                await self._connection.execution_options(**self._options)
        return self._connection

    async def execute(self, statement: Executable, parameters: Parameters | None = None) -> Result:
        """Execute ``statement`` and return its result, buffered."""
        connection = self._connection or await self.connection()
        return await connection.execute(statement, parameters)

    def on_commit(self, action: Callable[[], None]) -> None:
        """Call ``action`` once this unit of work is committed, and never if it is not."""
        self._after_commit.append(action)

    async def commit(self) -> None:
        """Make everything that was executed last."""
        is_lasting = self._options.get("isolation_level") == "AUTOCOMMIT"  # since it was executed
        if self._connection is not None and not is_lasting:
            await self._connection.commit()
        actions, self._after_commit = self._after_commit, []
        for action in actions:
            action()

    async def close(self) -> None:
        """Give the connection back; what was not committed never happened."""
        self._after_commit.clear()
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                await connection.close()
            finally:
                await self._turns.__aexit__(None, None, None)


class Database:
    """The pool of connections of one process."""

    def __init__(self, settings: Settings) -> None:
        self.engine = create_engine(settings)
        self._write_turns = write_turns()

    def session(self, *, writes: bool = True) -> Session:
        """Return a new unit of work; one that only reads may be cheaper."""
        if writes:
            return Session(self, WRITING, self._write_turns)
        return Session(self, READING, nullcontext())

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Session]:
        """Open a unit of work of its own, committed at the end and undone by an exception."""
        session = self.session()
        try:
            yield session
            await session.commit()
        finally:
            await session.close()

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()
