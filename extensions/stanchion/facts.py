"""Facts about a generated project that are not about its resources: one row a fact.

A row is true for some choices only. Its ``when`` holds alternatives separated by
spaces, each of them flags joined by ``+``: ``"postgresql mysql"`` is true on either
database, ``"fastapi+sqlite"`` for that pair alone. An empty ``when`` is always true.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple


class Dependency(NamedTuple):
    """One package that a generated Python project installs."""

    requirement: str
    group: str
    when: str = ""


class NodePackage(NamedTuple):
    """One package that a generated Node project installs."""

    name: str
    version: str
    group: str
    when: str = ""


class EnvironmentVariable(NamedTuple):
    """One variable that a generated service reads.

    ``value`` is what ``.env.example`` shows; an ``optional`` one is commented out there,
    because the service has the same default or does without.
    """

    name: str
    value: str
    comment: str
    when: str = ""
    optional: bool = False


class Database(NamedTuple):
    """What is known of one database; ``image`` and all after it only where it has a server.

    ``variables`` are what its image reads, ``health`` is what tells in it that it answers,
    ``administrator`` may create databases, which tests do.
    """

    flag: str
    url_pattern: str
    image: str = ""
    port: int = 0
    data_folder: str = ""
    variables: tuple[tuple[str, str], ...] = ()
    health: str = ""
    administrator: str = ""


DEPENDENCIES = (
    Dependency("fastapi~=0.165.0", "main", "fastapi"),
    Dependency("uvicorn~=0.54.0", "main", "fastapi"),
    Dependency("uvloop~=0.23.0; sys_platform != 'win32'", "main", "fastapi"),
    Dependency("httptools~=0.9.0", "main", "fastapi"),
    Dependency("pydantic~=2.14", "main"),
    Dependency("pydantic-settings~=2.16", "main"),
    Dependency("orjson~=3.13", "main"),
    Dependency("sqlalchemy[asyncio]~=2.1", "main", "fastapi"),
    Dependency("alembic~=1.20", "main"),
    Dependency("aiosqlite~=0.22.1", "main", "fastapi+sqlite"),
    Dependency("asyncpg~=0.32.0", "main", "fastapi+postgresql"),
    Dependency("asyncmy~=0.2.18", "main", "fastapi+mysql"),
    Dependency("argon2-cffi~=25.1", "main", "jwt session"),
    Dependency("joserfc~=1.8", "main", "jwt"),
    Dependency("uuid-utils~=1.2", "main"),
    Dependency("structlog~=26.1", "main"),
    Dependency("redis~=8.1", "main", "redis"),
    Dependency("pytest~=9.2", "dev"),
    Dependency("pytest-xdist~=3.8", "dev"),
    Dependency("pytest-cov~=7.1", "dev"),
    Dependency("httpx2~=2.16", "dev"),
    Dependency("aiosmtpd~=1.4.6", "dev"),
    Dependency("openapi-spec-validator~=0.9.0", "dev"),
    Dependency("mypy~=2.4", "dev"),
    Dependency("ruff==0.17.6", "dev"),
)

NODE_PACKAGES = (
    NodePackage("express", "^5.3.0", "main", "express"),
    NodePackage("drizzle-orm", "^0.45.4", "main"),
    NodePackage("better-sqlite3", "^13.2.0", "main", "sqlite"),
    NodePackage("postgres", "^3.4.9", "main", "postgresql"),
    NodePackage("mysql2", "^3.24.6", "main", "mysql"),
    NodePackage("zod", "^4.6.7", "main"),
    NodePackage("jose", "^6.2.18", "main", "jwt"),
    NodePackage("@node-rs/argon2", "^2.2.1", "main", "jwt session"),
    NodePackage("pino", "^10.4.0", "main"),
    NodePackage("rate-limiter-flexible", "^11.4.0", "main"),
    NodePackage("redis", "^6.3.1", "main", "redis"),
    NodePackage("nodemailer", "^10.6.0", "main"),
    NodePackage("uuidv7", "^1.2.1", "main"),
    NodePackage("ipaddr.js", "^2.5.0", "main"),
    NodePackage("jsonc-parser", "^3.3.1", "main"),
    NodePackage("dbmate", "^2.36.0", "main"),
    NodePackage("drizzle-kit", "^0.31.11", "dev"),
    NodePackage("typescript", "^7.0.2", "dev"),
    NodePackage("vitest", "^5.1.1", "dev"),
    NodePackage("@vitest/coverage-v8", "^5.1.1", "dev"),
    NodePackage("oxlint", "^1.94.0", "dev"),
    NodePackage("oxlint-tsgolint", "^7.0.2007", "dev"),
    NodePackage("oxfmt", "0.74.0", "dev"),
    NodePackage("smtp-server", "^3.21.6", "dev"),
    NodePackage("@types/node", "^24.0.0", "dev"),
    NodePackage("@types/express", "^5.0.6", "dev", "express"),
    NodePackage("@types/better-sqlite3", "^9.6.0", "dev", "sqlite"),
)

ENVIRONMENT_VARIABLES = (
    EnvironmentVariable("APP_ENV", "development", "development, test or production"),
    EnvironmentVariable("HOST", "127.0.0.1", "Address to listen on"),
    EnvironmentVariable("PORT", "8000", "Port to listen on"),
    EnvironmentVariable("LOG_LEVEL", "info", "debug, info, warning or error"),
    EnvironmentVariable(
        "DATABASE_URL", "sqlite:///var/app.db", "Database file, relative to this folder", "sqlite"
    ),
    EnvironmentVariable(
        "DATABASE_URL",
        "postgresql://app:app@127.0.0.1:5432/app",
        "Database to use; compose.yml starts this one",
        "postgresql",
    ),
    EnvironmentVariable(
        "DATABASE_URL",
        "mysql://app:app@127.0.0.1:3306/app",
        "Database to use, MySQL or MariaDB; compose.yml starts this one",
        "mysql",
    ),
    EnvironmentVariable(
        "DATABASE_POOL_SIZE", "10", "Most connections that one process opens", optional=True
    ),
    EnvironmentVariable(
        "SECRET_KEY", "", "At least 32 bytes; make install writes a random one into .env"
    ),
    EnvironmentVariable(
        "SECRET_KEY_PREVIOUS",
        "",
        "The key before this one: it still verifies while it is given",
        optional=True,
    ),
    EnvironmentVariable(
        "ACCESS_TOKEN_SECONDS", "900", "How long an access token lives", "jwt", optional=True
    ),
    EnvironmentVariable(
        "REFRESH_TOKEN_SECONDS", "2592000", "How long a refresh token lives", "jwt", optional=True
    ),
    EnvironmentVariable(
        "REFRESH_GRACE_SECONDS",
        "0",
        "How long a just used refresh token may be used once more, at most 30",
        "jwt",
        optional=True,
    ),
    EnvironmentVariable(
        "PUBLIC_URL",
        "http://127.0.0.1:8000",
        "Address that users see, without a slash at the end; production needs one",
    ),
    EnvironmentVariable(
        "CORS_ORIGINS",
        "",
        "Origins whose pages may call the service, with commas: https://example.com",
        optional=True,
    ),
    EnvironmentVariable(
        "TRUSTED_PROXIES",
        "",
        "Networks of proxies whose X-Forwarded-For is believed, with commas: 10.0.0.0/8",
        optional=True,
    ),
    EnvironmentVariable(
        "RATE_LIMIT",
        "600/minute",
        "Requests of one caller, else of one address, a second, minute, hour or day; or off",
        optional=True,
    ),
    EnvironmentVariable(
        "AUTH_RATE_LIMIT",
        "10/minute",
        "POSTs under /api/v1/auth and DELETE me of one address; off ends the limits of failed "
        "log-ins too",
        optional=True,
    ),
    EnvironmentVariable(
        "REDIS_URL",
        "redis://127.0.0.1:6379/0",
        "Redis where all processes count requests; compose.yml starts this one",
        "redis",
    ),
    EnvironmentVariable(
        "SMTP_URL",
        "",
        "Mail server as smtp://, smtp+starttls:// or smtps://user:password@host:port; without one "
        "mail goes to files in var/mail, which production refuses; none: there is no mail",
        optional=True,
    ),
    EnvironmentVariable(
        "MAIL_FROM",
        "no-reply@localhost",
        "Address that mail comes from; production needs one",
        optional=True,
    ),
    EnvironmentVariable(
        "REQUIRE_VERIFIED_EMAIL",
        "false",
        "Whether accounts must verify their address before they log in; in production true",
        optional=True,
    ),
    EnvironmentVariable("MAX_BODY_BYTES", "1048576", "Largest request body", optional=True),
    EnvironmentVariable(
        "REQUEST_TIMEOUT_SECONDS",
        "30",
        "How long a request may take, and a stop waits for open requests",
        optional=True,
    ),
)


GROUPS = ("main", "dev")
MIGRATE_COMMANDS = (
    ("python", ("python", "-m", "alembic", "upgrade", "head")),
    ("node", ("node", "tools/migrate.ts", "up")),
)
_PASSWORD = "${DATABASE_PASSWORD:-app}"

DATABASES = (
    Database("sqlite", "^sqlite:///."),
    Database(
        "postgresql",
        "^postgresql://.",
        image="postgres:17-alpine",
        port=5432,
        data_folder="/var/lib/postgresql/data",
        variables=(
            ("POSTGRES_DB", "app"),
            ("POSTGRES_USER", "app"),
            ("POSTGRES_PASSWORD", _PASSWORD),
        ),
        health="pg_isready --username app --dbname app",
        administrator="app",
    ),
    Database(
        "mysql",
        "^mysql://.",
        image="mysql:8.4",
        port=3306,
        data_folder="/var/lib/mysql",
        variables=(
            ("MYSQL_DATABASE", "app"),
            ("MYSQL_USER", "app"),
            ("MYSQL_PASSWORD", _PASSWORD),
            ("MYSQL_ROOT_PASSWORD", _PASSWORD),
        ),
        health="mysqladmin ping --silent --host 127.0.0.1",
        administrator="root",
    ),
)


class ProjectFacts(NamedTuple):
    """What templates print about one project; Python's and Node's packages by group."""

    database: Database
    dependencies: dict[str, list[str]]
    packages: dict[str, dict[str, str]]
    migrate_command: list[str]
    environment: list[EnvironmentVariable]

    @property
    def database_url_pattern(self) -> str:
        """What every ``DATABASE_URL`` of the project matches."""
        return self.database.url_pattern

    @property
    def database_url_example(self) -> str:
        """A ``DATABASE_URL`` of the project."""
        return next(row.value for row in self.environment if row.name == "DATABASE_URL")


def project_facts(flags: Collection[str]) -> ProjectFacts:
    """Return the rows that hold for a project.

    Takes the names of the flags that are on.
    """
    return ProjectFacts(
        database=next(row for row in DATABASES if row.flag in flags),
        dependencies={group: dependencies(flags, group) for group in GROUPS},
        packages={group: node_packages(flags, group) for group in GROUPS},
        migrate_command=next(list(row) for when, row in MIGRATE_COMMANDS if when in flags),
        environment=[row for row in ENVIRONMENT_VARIABLES if applies(row.when, flags)],
    )


def dependencies(flags: Collection[str], group: str) -> list[str]:
    """Return the sorted requirements of one group, ``main`` or ``dev``, for the chosen flags."""
    return sorted(
        row.requirement for row in DEPENDENCIES if row.group == group and applies(row.when, flags)
    )


def node_packages(flags: Collection[str], group: str) -> dict[str, str]:
    """Return the packages of one group by name, sorted, with their versions."""
    return {
        row.name: row.version
        for row in sorted(NODE_PACKAGES)
        if row.group == group and applies(row.when, flags)
    }


def applies(when: str, flags: Collection[str]) -> bool:
    """Tell whether a row with this ``when`` holds for the flags that are on."""
    alternatives = when.split()
    return not alternatives or any(
        all(flag in flags for flag in alternative.split("+")) for alternative in alternatives
    )
