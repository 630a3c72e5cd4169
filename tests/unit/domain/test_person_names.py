"""Who is meant by what people type where a person is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsguard.domain.person_names import is_role, names


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("张三", ["张三"]),
        ("张三经理", ["张三"]),
        ("李工", ["李工"]),
        ("研发部张三", ["张三"]),
        ("研发部的张三经理、李四", ["张三", "李四"]),
        ("张三（研发部）", ["张三"]),
        ("研发部（张三）", ["研发部", "张三"]),
        ("张三（13800001111）", ["张三", "13800001111"]),
        ("张三和李四", ["张三", "李四"]),
        ("李和平与王五", ["李和平", "王五"]),
        ("李和平", ["李和平"]),
        ("张三等3人", ["张三"]),
        ("研发部经理", ["研发部经理"]),
        ("财务部成本会计", ["财务部成本"]),
        ("外部出口管制律师", ["外部出口管制"]),
        ("研发部高级工程师", ["研发部高级"]),
        ("John Smith", ["John", "Smith"]),
        ("张　三", ["张　三"]),
        ("", []),
        ("、（）", []),
    ],
)
def test_names(typed, expected):
    assert names(typed) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("研发部", True),
        ("研发部经理", True),
        ("保密员", True),
        ("王部", False),
        ("张三", False),
        ("王会计", False),
    ],
)
def test_roles(text, expected):
    assert is_role(text) is expected


@given(st.text("张三李四和与等部研发中心经理（）、 3人", max_size=24))
def test_a_name_is_part_of_what_was_typed(typed):
    """So whatever holds the whole text holds the name as well."""
    assert all(each in typed for each in names(typed))
