"""Bodies that another parser would understand otherwise are refused."""

import pytest

from src.contract.json_body import MAX_DEPTH, parse_json
from src.errors import ApiError, Code


def test_any_json_is_read_as_it_stands() -> None:
    assert parse_json(b'{"a": [1, 1.0, -0.5e2, "\\u00e9", true, null]}') == {
        "a": [1, 1.0, -50.0, "é", True, None]
    }


def test_numbers_are_doubles_however_they_are_written() -> None:
    assert str(parse_json(b"[1, 1.0, 10e-1, -0, -0.0, 0.5]")) == "[1, 1, 1, 0, 0, 0.5]"
    assert parse_json(b"[9007199254740993, 1" + b"0" * 30 + b"]") == [2.0**53, 1e30]
    assert parse_json(b"9007199254740991") == 2**53 - 1


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert parse_json(b'"\\ud83d\\ude00"') == "😀"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"{} {}",
        b"\xff",
        b"\xef\xbb\xbf{}",
        b'{"a": 1, "a": 1}',
        b'[{"b": {"a": 1, "a": 2}}]',
        b"NaN",
        b"[-Infinity]",
        b"1e999",
        b"-" + b"9" * 400,
        b'"\\ud800"',
        b'{"\\udfff": 1}',
        b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1),
        b"[" * 100_000,
    ],
)
def test_what_is_not_sound_json_is_refused_400(body: bytes) -> None:
    with pytest.raises(ApiError) as refusal:
        parse_json(body)
    assert (refusal.value.code, refusal.value.status) == (Code.MALFORMED_JSON, 400)


def test_as_deep_as_may_be_is_read() -> None:
    body = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    assert parse_json(body) is not None
