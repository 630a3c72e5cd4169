"""What makes no difference to the guard; and that each of these steps is needed."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsguard.report.guard import normalise
from tsguard.report.guard.normalise import JUMP, SOFT, WRAP, Folding, Normal, plain, simplified_forms

SAME = [
    ("width", "蓝鲸ＡＢ１２", "蓝鲸AB12"),
    ("width", "ｶﾞｽ", "ガス"),
    ("simplified", "電解液配方", "电解液配方"),
    ("simplified", "龍門機車", "龙门机车"),
    ("case", "蓝鲸Project", "蓝鲸PROJECT"),
    ("marks", "Cafe\u0301", "café"),
    ("marks", "蓝\ufe00鲸\U000e0100", "蓝鲸"),
    ("white", "蓝 鲸\u3000配\u00a0方\u2009", "蓝鲸配方"),
    ("white", "蓝\n鲸\t配\r\n方", "蓝鲸配方"),
    ("unseen", "蓝\u200b鲸\u2060配\ufeff方\u00ad\u202e", "蓝鲸配方"),
    ("dashes", "SP—0001", "SP-0001"),
    ("dashes", "SP\ufffe0001", "SP-0001"),
    ("dashes", "SP\u22120001", "SP0001"),
    ("dots", "阿·里•巴・巴", "阿里巴巴"),
    ("dots", "蓝⋅鲸●配∙方", "蓝鲸配方"),
    ("marks between", "蓝鲸（七号）“A”", "蓝鲸七号A"),
    ("marks between", "1,900，1，900", "19001900"),
    ("scripts", "ХА-12 ΑΒ5 10×20μm", "XA-12 AB5 10x20um"),
    ("figures", "蓝鲸七号第３批", "蓝鲸7号第三批"),
    ("radicals", "⻩⻰⼭", "黄龙山"),
    ("compatibility", "豈金", "岂金"),
    ("rare", "𬭎㵘䶮𠮷", "𬭎㵘䶮𠮷"),
]


@pytest.mark.parametrize(("_step", "one", "other"), SAME)
def test_these_are_the_same(_step, one, other):
    assert plain(one) == plain(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("蓝鲸", "兰鲸"), ("SP-0001", "SP-0010"), ("配方", "配万"), ("A", "B"), ("1.5", "15"), ("十二", "12")],
)
def test_these_stay_apart(one, other):
    assert plain(one) != plain(other)


WITHOUT = {
    "simplified": ("simplified_forms", dict),
    "white": ("_DROPPED", frozenset({"Cc", "Cf", "Mn", "Me", "Pd"})),
    "unseen": ("_DROPPED", frozenset({"Zs", "Zl", "Zp", "Mn", "Me", "Pd", "Cc"})),
    "marks": ("_DROPPED", frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Pd"})),
    "dashes": ("_DOTS", frozenset()),
    "dots": ("_DOTS", frozenset()),
    "radicals": ("_RADICALS", {}),
    "marks between": ("_MARKS", frozenset()),
    "scripts": ("_SAME", {}),
    "figures": ("_SAME", {}),
}


@pytest.mark.parametrize("step", WITHOUT)
def test_each_step_is_needed(step, monkeypatch):
    """With the step taken out, a string that it would have made alike is not alike any more."""
    name, replacement = WITHOUT[step]
    monkeypatch.setattr(normalise, name, replacement)
    monkeypatch.setattr(normalise, "_FOLDED", Folding())
    pairs = [(one, other) for each, one, other in SAME if each == step]
    assert any(plain(one) != plain(other) for one, other in pairs)


@given(st.text())
def test_once_is_enough(text):
    assert plain(plain(text)) == plain(text)


@given(st.text("甲乙Aａ①½ﬁ\u0301 \n\x1f-·電𬭎", max_size=40))
def test_every_character_knows_where_it_stood(text):
    normal = Normal(text)
    assert len(normal.at) == len(normal.text)
    assert list(normal.at) == sorted(normal.at)
    for at, character in zip(normal.at, normal.text, strict=True):
        assert character in plain(text[at])


@given(st.text("甲乙電ａé豈", max_size=20))
def test_composed_or_not_is_the_same(text):
    assert len({plain(unicodedata.normalize(form, text)) for form in ("NFC", "NFD", "NFKC", "NFKD")}) == 1


def test_breaks_are_kept_and_a_jump_is_stronger():
    normal = Normal(f"{SOFT}甲{SOFT}乙{SOFT}{JUMP}{SOFT}丙{JUMP}")
    assert normal.text == "甲乙丙"
    assert [normal.break_before(place) for place in range(4)] == [SOFT, SOFT, JUMP, JUMP]


@given(st.text(f"甲½ \u0301{SOFT}{JUMP}{WRAP}", max_size=20))
def test_every_break_stands_before_one_place(text):
    normal = Normal(text)
    found = [normal.break_before(place) for place in range(len(normal.text) + 1)]
    pieces = [plain(piece) for piece in re.split(f"[{SOFT}{JUMP}{WRAP}]", text)]
    ends = set(accumulate(map(len, pieces[:-1])))
    assert {place for place, sign in enumerate(found) if sign} == ends


def test_the_table_of_simplified_forms_is_large_and_maps_one_to_one_character():
    table = simplified_forms()
    assert len(table) > 3000
    assert {len(each) for each in (*table, *table.values())} == {1}
    assert not set(table.values()) & {"電", "龍", "門", "馬"}
