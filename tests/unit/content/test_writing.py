"""What is written as YAML is read back as the same texts, and looks as if a person had typed it."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tsguard import assets
from tsguard.content.modules import load_module
from tsguard.content.nodes import parse
from tsguard.content.writing import mapping, scalar, written

AWKWARD = " :#-?{}[]&*!|>'\"%@`~=<,\n\\a1中，：.\t"
texts = st.text(min_size=1).filter(lambda text: text.isprintable() or max(text) < "\ud800") | st.text(
    alphabet=AWKWARD, min_size=1
)
trees = st.dictionaries(
    texts,
    st.recursive(
        texts,
        lambda inner: (
            st.lists(inner, min_size=1, max_size=3) | st.dictionaries(texts, inner, min_size=1, max_size=3)
        ),
        max_leaves=8,
    ),
    min_size=1,
    max_size=4,
)


@given(trees)
def test_what_is_written_is_read_back(fields):
    text = written(fields).text
    assert yaml.load(text, Loader=yaml.BaseLoader) == fields  # noqa: S506
    assert mapping(text) == fields


@given(texts)
def test_no_reader_takes_a_text_for_something_else(text):
    """A reader that resolves types sees a text, too: no number, date, truth or nothing."""
    assert yaml.safe_load(f"key: {scalar(text)}")["key"] == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("保密协议签订率100%", "保密协议签订率100%"),
        ("制度：第1版", "制度：第1版"),
        ("a: b", '"a: b"'),
        ("{receipt-percent}内归还", '"{receipt-percent}内归还"'),
        ("到期前{review-days}提醒", "到期前{review-days}提醒"),
        ("- 第一步", '"- 第一步"'),
        ("-5℃以下", "-5℃以下"),
        ("#1机台", '"#1机台"'),
        ("C#工程", "C#工程"),
        ("说 #1", '"说 #1"'),
        ("No", '"No"'),
        ("2026.11", '"2026.11"'),
        ("1e3", '"1e3"'),
        ("2026-11-23", '"2026-11-23"'),
        ("他说“好”", "他说“好”"),
        ('"好"', '"\\"好\\""'),
        ("@外协", '"@外协"'),
        ("末尾冒号:", '"末尾冒号:"'),
        ("两\n行", '"两\\u000A行"'),
        ("\ufeff头", '"\\uFEFF头"'),
        ("𬭎㵘", "𬭎㵘"),
        ("", '""'),
    ],
)
def test_only_what_needs_quotes_gets_them(text, expected):
    assert scalar(text) == expected


@pytest.mark.parametrize("name", ["core.yaml", "sectors/xic.yaml"])
def test_shipped_files_come_back_as_they_are_but_for_comments(name):
    original = (assets.checklists() / name).read_text(encoding="utf-8")
    made = written(mapping(original)).text
    assert mapping(made) == mapping(original)
    kept = set(original.replace('"', "").splitlines())
    strange = [line for line in made.replace('"', "").splitlines() if line not in kept]
    assert len(strange) <= 2, "a trailing comment or two"


def test_a_module_is_the_same_module():
    original = (assets.checklists() / "sectors" / "xic.yaml").read_bytes()
    made = written(mapping(original.decode())).text.encode()
    one, other = (load_module(parse(data, "x.yaml"), shipped=False)[0] for data in (original, made))
    assert one.sections == other.sections
    assert one.multipliers == other.multipliers
    assert one.secret_point_types == other.secret_point_types


def test_each_line_knows_what_stands_there():
    places = written({"a": "1", "b": {"c": ["x", {"d": "y", "e": ["z"]}]}, "f": ""}).places
    assert places == {
        1: ("a",),
        2: ("b",),
        3: ("b", "c"),
        4: ("b", "c", 0),
        5: ("b", "c", 1),
        6: ("b", "c", 1, "e"),
        7: ("b", "c", 1, "e", 0),
    }
