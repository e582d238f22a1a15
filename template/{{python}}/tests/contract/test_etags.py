"""Entity tags: written strong, compared as RFC 9110 says."""

import pytest

from src.contract.etags import Precondition, check_version, etag_of, not_modified
from src.errors import ApiError, Code

ROW = {"version": 2}


@pytest.mark.parametrize(
    ("header", "same"),
    [
        (None, False),
        ("*", True),
        (etag_of(2), True),
        (f"W/{etag_of(2)}", True),
        (f'"a,b" , {etag_of(2)}', True),
        (etag_of(3), False),
        ('""', False),
    ],
)
def test_if_none_match_compares_weakly(header: str | None, same: bool) -> None:
    assert not_modified(header, 2) == same


@pytest.mark.parametrize("header", [None, "*", " * ", etag_of(2), f'"x", {etag_of(2)}'])
def test_a_precondition_that_holds(header: str | None) -> None:
    Precondition.parse(header).check(ROW)


@pytest.mark.parametrize("header", [etag_of(1), f"W/{etag_of(2)}", '""'])
def test_a_precondition_that_does_not_hold_412(header: str) -> None:
    with pytest.raises(ApiError) as refusal:
        Precondition.parse(header).check(ROW)
    assert refusal.value.code is Code.PRECONDITION_FAILED


@pytest.mark.parametrize("header", ["", "2", '"2', '"2" "3"', 'w/"2"', '"2",', "*, *"])
def test_a_malformed_header_400(header: str) -> None:
    for parse in (Precondition.parse, lambda text: not_modified(text, 2)):
        with pytest.raises(ApiError) as refusal:
            parse(header)
        assert refusal.value.status == 400


def test_any_version_is_no_precondition_of_a_version() -> None:
    assert [Precondition.parse(header).is_given for header in (None, "*", '"2"')] == [
        False,
        False,
        True,
    ]


def test_a_body_that_names_another_version_409() -> None:
    check_version(ROW, None)
    check_version(ROW, 2)
    with pytest.raises(ApiError) as refusal:
        check_version(ROW, 1)
    assert (refusal.value.code, refusal.value.status) == (Code.VERSION_MISMATCH, 409)
