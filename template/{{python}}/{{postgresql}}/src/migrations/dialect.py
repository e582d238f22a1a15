"""What migrations need on PostgreSQL."""

from sqlalchemy import Connection


def prepare(connection: Connection) -> None:
    """Wait ten seconds for a lock, no longer: what waits for it makes every later query wait."""
    connection.exec_driver_sql("SET lock_timeout = '10s'")
    connection.commit()


def conclude(connection: Connection) -> None:
    """Need nothing at the end."""
