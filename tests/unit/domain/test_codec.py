import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.checklists import make_checklist, make_item, make_module

from tsguard.domain import codec
from tsguard.domain.answers import Answer
from tsguard.domain.checklist import Checklist
from tsguard.domain.scales import Verdict

answers = st.builds(
    Answer,
    item=st.text(),
    verdict=st.none() | st.sampled_from(Verdict),
    note=st.text(),
    reason=st.text(),
    ask_again=st.none() | st.dates(),
    flagged=st.booleans(),
)


@given(answers)
def test_a_value_comes_back_and_has_one_form(answer):
    data = codec.to_json(answer)
    assert codec.from_json(Answer, data) == answer
    assert codec.to_json(codec.from_json(Answer, data)) == data
    assert codec.from_plain(Answer, codec.to_plain(answer)) == answer


def test_a_checklist_comes_back():
    checklist = make_checklist(make_module({"AA": [make_item("AA-01", 3)]}))
    assert codec.from_json(Checklist, codec.to_json(checklist)) == checklist


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"item": 1}', b'{"item":"a","verdict":"maybe"}', b"\xff", b"[" * 100_000]
)
def test_foreign_data_is_a_value_error(data):
    with pytest.raises((ValueError, RecursionError)):
        codec.from_json(Answer, data)
