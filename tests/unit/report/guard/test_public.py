"""What stands in the checklist as well, with what is around it, is no leak."""

from __future__ import annotations

import pytest

from tsguard.domain.disclosure import Guard
from tsguard.domain.protection import ProtectedString
from tsguard.report.guard.normalise import JUMP, WRAP, Normal
from tsguard.report.guard.public import PublicTexts, texts_of
from tsguard.report.guard.search import Needles

PUBLIC = ("核心配方的管理有专人负责", "配方文件加密存放", "涉密载体", "客户名单")


def leaks(text: str, *names: str, public: tuple[str, ...] = PUBLIC) -> list[str]:
    needles = Needles(ProtectedString(name, Guard.WORD, f"secret_point/{name}/name") for name in names)
    known = PublicTexts(needles)
    known.add(public)
    normal = Normal(text)
    return [find.needle.text for find in needles.finds(normal) if not known.explains(normal, find)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("核心配方的管理有专人负责", []),
        (f"ORG-01{JUMP}核心配\n方的管理有\n专人负责{JUMP}符合", []),
        ("我们这里核心配方的管理有专人负责", ["配方"]),
        ("配方文件加密存放", []),
        (f"编号{JUMP}配方文件加密存放{JUMP}符合", []),
        ("本公司配方放在南山", ["配方"]),
        ("核心配方由张三管", ["配方"]),
        ("配方文件夹在南山", ["配方"]),
        ("配方", ["配方"]),
        (f"名称{JUMP}配方{JUMP}日期", ["配方"]),
        (f"类别{JUMP}客户名单{JUMP}", []),
        ("我们的客户名单", ["客户名单"]),
        (f"别人手里的{WRAP}客户名单", ["客户名单"]),
        (f"类别\n客户名单{WRAP}日期", ["客户名单"]),
        ("核心配方的管理有人；另有配方一份", ["配方"]),
    ],
)
def test_a_find_is_explained_by_what_is_around_it(text, expected):
    assert leaks(text, "配方", "客户名单") == expected


def test_texts_that_take_time_are_only_made_when_needed():
    needles = Needles([ProtectedString("配方", Guard.WORD, "secret_point/1/name")])
    made = []

    def later(text):
        def make():
            made.append(text)
            return (text,)

        return make

    known = PublicTexts(needles)
    known.add(("甲配方乙",))
    known.add_later(later("丙配方丁"))
    known.add_later(later("戊配方己"))
    for text, expected in (("甲配方乙", []), ("丙配方丁", ["丙配方丁"])):
        normal = Normal(text)
        assert all(known.explains(normal, find) for find in needles.finds(normal))
        assert made == expected


def test_every_text_of_a_tree_is_public():
    from support.checklists import make_checklist, make_item, make_module

    found = set(texts_of(make_checklist(make_module({"ORG": [make_item("ORG-01")]}))))
    assert {"ORG-01的要求", "做第一步", "一份文件", "法释7", "模块core"} <= found


def test_a_long_clause_may_end_where_a_line_is_full():
    """So much agrees with the public text that it is no coincidence."""
    clause = "参观路线避开核心工序"
    needles = Needles([ProtectedString(clause, Guard.PROSE, "answer/PHY-05/note")])
    known = PublicTexts(needles)
    known.add((f"管住拍摄，{clause}",))
    for text, leaks_ in (
        (f"管住拍摄，{clause}{WRAP}画出路线", False),
        (f"我们的{clause}{WRAP}画出路线", True),
    ):
        normal = Normal(text)
        assert any(not known.explains(normal, find) for find in needles.finds(normal)) is leaks_


def test_what_the_company_wrote_itself_is_public_only_where_the_program_says_the_same():
    needles = Needles([ProtectedString("配方", Guard.WORD, "secret_point/1/name")])
    known = PublicTexts(needles)
    known.withhold(("甲的配方要锁好", "与此无关"))
    known.add(("见甲的配方要锁好一条", "甲的配方", "另一份配方说明", "与此无关"), sure=False)
    known.add(("甲的配方要锁好",))

    def open_(text: str) -> bool:
        normal = Normal(text)
        return any(not known.explains(normal, find) for find in needles.finds(normal))

    assert not open_("另一份配方说明")
    assert not open_("甲的配方要锁好")
    assert open_("甲的配方")
