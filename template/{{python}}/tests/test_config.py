"""Settings come from the environment, and a fault is told by the variable's name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from src.config import ConfigurationError, get_settings
from src.keys import keys_for

SECRET = "x" * 32


@pytest.fixture(autouse=True)
def _read_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)  # where there is no .env
    monkeypatch.setenv("SECRET_KEY", SECRET)
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def test_a_complete_environment_has_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "PORT", "LOG_LEVEL", "MAX_BODY_BYTES", "SECRET_KEY_PREVIOUS"):
        monkeypatch.setenv(name, "")
    settings = get_settings()
    assert (settings.host, settings.port, settings.max_body_bytes) == ("127.0.0.1", 8000, 1024**2)
    assert not settings.is_production
    assert get_settings() is settings


def test_lists_have_commas_between_their_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORS_ORIGINS", "https://a.example, http://localhost:3000")
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.0/8,fd00::/8")
    settings = get_settings()
    assert settings.cors_origins == ("https://a.example", "http://localhost:3000")
    assert [str(network) for network in settings.trusted_proxies] == ["10.0.0.0/8", "fd00::/8"]


def test_a_secret_is_not_shown() -> None:
    assert SECRET not in repr(get_settings())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("APP_ENV", "staging"),
        ("PORT", "http"),
        ("LOG_LEVEL", "loud"),
        ("DATABASE_URL", "oracle://x"),
        ("DATABASE_POOL_SIZE", "0"),
        ("MAX_BODY_BYTES", "-1"),
        ("REQUEST_TIMEOUT_SECONDS", "0"),
        ("PUBLIC_URL", "app.example"),
        ("PUBLIC_URL", "https://app.example/"),
        ("CORS_ORIGINS", "*"),
        ("CORS_ORIGINS", "https://a.example,b.example"),
        ("CORS_ORIGINS", "https://a.example/"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, nowhere"),
        ("TRUSTED_PROXIES", "10.0.0.1/8"),
        ("RATE_LIMIT", "600"),
        ("RATE_LIMIT", "0/minute"),
        ("AUTH_RATE_LIMIT", "10/fortnight"),
    ],
)
def test_a_fault_is_told_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=f"{name}: "):
        get_settings()


@pytest.mark.parametrize("name", ["SECRET_KEY", "SECRET_KEY_PREVIOUS"])
@pytest.mark.parametrize("value", ["x" * 31, "change-me-" + SECRET, "secret" + SECRET])
def test_an_unsafe_secret_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match="SECRET_KEY") as refusal:
        get_settings()
    assert value not in str(refusal.value)


def test_each_purpose_has_a_key_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The old secret's key comes second, while there is one."""
    [old], [other] = keys_for("one"), keys_for("other")
    assert old != other
    monkeypatch.setenv("SECRET_KEY", "y" * 32)
    monkeypatch.setenv("SECRET_KEY_PREVIOUS", SECRET)
    get_settings.cache_clear()
    assert keys_for("one")[1] == old
    assert keys_for("one")[0] != old


PRODUCTION = {
    "APP_ENV": "production",
    "PUBLIC_URL": "https://app.example",
    "SMTP_URL": "smtps://mail.example",
    "MAIL_FROM": "a@b.example",
}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"PUBLIC_URL": ""}, "PUBLIC_URL"),
        ({"SMTP_URL": ""}, "SMTP_URL"),
        ({"SMTP_URL": "http://mail.example"}, "SMTP_URL"),
        ({"SMTP_URL": "smtp://"}, "SMTP_URL"),
        ({"MAIL_FROM": ""}, "MAIL_FROM"),
        ({"MAIL_FROM": "nobody"}, "MAIL_FROM"),
        ({"SMTP_URL": "none", "REQUIRE_VERIFIED_EMAIL": "true"}, "REQUIRE_VERIFIED_EMAIL"),
    ],
)
def test_what_production_cannot_do_without_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], named: str
) -> None:
    for name, value in {**PRODUCTION, **changes}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=named):
        get_settings()


@pytest.mark.parametrize(
    ("changes", "must_verify"),
    [
        ({}, True),
        ({"REQUIRE_VERIFIED_EMAIL": "false"}, False),
        ({"SMTP_URL": "none"}, False),
        ({"APP_ENV": "development", "SMTP_URL": ""}, False),
        ({"APP_ENV": "development", "REQUIRE_VERIFIED_EMAIL": "true"}, True),
    ],
)
def test_addresses_must_be_verified_in_production_unless_there_is_no_mail(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], must_verify: bool
) -> None:
    for name, value in {**PRODUCTION, **changes}.items():
        monkeypatch.setenv(name, value)
    assert get_settings().must_verify_email is must_verify
