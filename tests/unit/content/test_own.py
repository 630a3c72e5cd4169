"""Ids of files that did not ship get a prefix, and each such file is checked alone."""

import pytest

from tsguard import assets
from tsguard.content.own import check_own
from tsguard.content.prefix import own_id, prefixed, resolved
from tsguard.services.content import shipped


def xic():
    return (assets.checklists() / "sectors" / "xic.yaml").read_text(encoding="utf-8")


def own(text):
    return check_own(shipped(), text.encode(), "own.yaml")


def codes(content):
    return [problem.code for problem in content.problems]


@pytest.mark.parametrize(
    ("written", "counts"),
    [("PCB", "UPCB"), ("PCB-01", "UPCB-01"), ("UPCB", "UPCB"), ("U", "U"), ("", ""), ("core", "Ucore")],
)
def test_ids_that_did_not_ship_start_with_u(written, counts):
    assert own_id(written) == counts
    assert own_id(own_id(written)) == counts


def test_shipped_ids_never_do():
    for module in shipped().modules.values():
        ids = [module.id, *(section.id for section in module.sections), *(item.id for item in module.items())]
        assert not any(each.startswith("U") for each in ids)


def test_a_copy_of_a_shipped_module_is_a_module_of_its_own():
    content = own(xic() + "retired:\n  XIC-99: XIC-12\n  XIC-98: none\n  XIC-97: ITS-03\n")
    module = content.module
    assert not [problem for problem in content.problems if problem.grave]
    assert content.usable
    assert (module.id, module.shipped, module.sections[0].id, module.sections[0].module) == (
        "UXIC", False, "UXIC", "UXIC",
    )  # fmt: skip
    assert [item.id for item in module.items()][:2] == ["UXIC-01", "UXIC-02"]
    assert module.multipliers == shipped().module("XIC").multipliers, "they go on naming core items"
    assert module.retired == (("UXIC-99", "UXIC-12"), ("UXIC-98", ""), ("UXIC-97", "ITS-03"))
    assert prefixed(module) == module


def test_modules_that_go_along_are_found_with_or_without_the_prefix():
    text = xic().replace("title: 集成电路\nversion", "title: 集成电路\nwith: [XFO, PCB, NIX]\nversion", 1)
    content = check_own(shipped(), text.encode(), "own.yaml", others={"UPCB"})
    assert content.module.along == ("XFO", "UPCB")
    assert [
        (problem.code, problem.grave) for problem in content.problems if problem.code == "unknown-module"
    ] == [("unknown-module", False)]
    assert content.usable, "what is only proposed may be missing"
    assert resolved(content.module, {"XFO"}).along == ("XFO",)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("module: XIC", "module: core", "core-is-one"),
        ("kind: sector", "kind: core", "core-is-one"),
        ("module: XIC", "module: core  # a sector", "bad-id"),
        ("module: XIC", "module: ../../x", "bad-id"),
        ("module: XIC", "module: 线路板", "bad-id"),
        ("- 法释7§6(4)", "- 法释8§6(4)", "unknown-source"),
        ("ITS-03: 1.5", "UITS-03: 1.5", "multiplier-of-unknown-item"),
    ],
)
def test_faults_of_an_own_file_are_its_own(old, new, code):
    text = xic().replace(old, new, 1)
    if new == "module: core":
        text = text.replace("kind: sector", "kind: core", 1)
    content = own(text)
    assert code in codes(content)
    assert not content.usable


def test_an_own_programme_must_not_take_a_shipped_ones_id():
    sample = (assets.checklists() / "programmes" / "sample.yaml").read_text(encoding="utf-8")
    assert codes(own(sample)) == ["duplicate-programme"]
    mine = own(sample.replace("programme: sample", "programme: bureau", 1))
    assert mine.usable
    assert mine.programme.id == "bureau"
    assert not mine.programme.shipped


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"- a", b"a: &x 1", b"{}", b"\x00" * 100, b"[" * 9000])
def test_what_is_no_content_is_said_so(data):
    content = check_own(shipped(), data, "x.yaml")
    assert content.problems
    assert not content.usable


@pytest.mark.parametrize(
    ("programme_id", "right"),
    [
        ("bureau", True), ("Zhuhai_2026-a", True), ("a" * 20, True), ("../../x", False), ("a/b", False),
        ("a:b", False), ("1a", False), ("a", False), ("示范", False), ("-a", False), ("a.b", False),
    ],
)  # fmt: skip
def test_ids_of_programmes_keep_to_letters_and_digits(programme_id, right):
    sample = (assets.checklists() / "programmes" / "sample.yaml").read_text(encoding="utf-8")
    mine = own(sample.replace("programme: sample", f'programme: "{programme_id}"', 1))
    assert codes(mine) == ([] if right else ["bad-programme-id"])
