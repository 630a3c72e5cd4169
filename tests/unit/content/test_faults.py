"""Faulty content: everything at once, each with its line; never a crash, never a half-read file."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsguard import assets
from tsguard.content.citations import parse_citation
from tsguard.content.findings import MOST_NEAREST
from tsguard.content.library import load_library
from tsguard.content.modules import load_module
from tsguard.content.nodes import LARGEST_FILE, hundredths, read
from tsguard.content.samples import load_sample
from tsguard.content.shape import MOST_SCALARS
from tsguard.content.shelf import check, load_shelf
from tsguard.content.wording import check_alike, check_wording
from tsguard.domain.basis import Citation
from tsguard.errors import ContentInvalid, Unreadable
from tsguard.services.problems import problem_sentence

DATA = Path(__file__).parents[2] / "data" / "content"


def codes(path):
    """What is wrong with a file's structure; ``test_wording`` looks at the rest."""
    return [(problem.line, problem.code) for problem in check(assets.checklists(), [path], wording=False)[1]]


def test_twelve_faults_are_all_reported_with_their_lines():
    assert codes(DATA / "twelve_faults.yaml") == [
        (2, "unknown-value"),
        (6, "unknown-key"),
        (12, "veto-without-reason"),
        (12, "critical-may-not-apply-without-rule"),
        (15, "wrong-number-of-steps"),
        (18, "unknown-source"),
        (19, "unknown-article"),
        (20, "number-out-of-range"),
        (26, "duplicate-id"),
        (26, "missing-key"),
        (28, "duplicate-key"),
        (29, "empty"),
        (30, "list-expected"),
        (38, "multiplier-of-unknown-item"),
        (39, "bad-multiplier"),
    ]


def test_each_fault_has_a_sentence_with_file_line_and_nearest_name():
    problems = check(assets.checklists(), [DATA / "twelve_faults.yaml"], wording=False)[1]
    sentences = [problem_sentence(problem) for problem in problems]
    assert all(sentence.startswith("twelve_faults.yaml:") for sentence in sentences)
    assert not any(problem.code in sentence for problem, sentence in zip(problems, sentences, strict=True))
    assert "title" in sentences[1]
    assert "法释7" in sentences[5]


def test_a_faulty_file_is_not_used():
    with pytest.raises(ContentInvalid) as caught:
        load_shelf(assets.checklists(), [DATA / "twelve_faults.yaml"])
    assert len(caught.value.problems) == 15


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"\xff\xfe", [(1, "not-utf8")]),
        (b"module: \xff", [(1, "not-utf8")]),
        (b"", [(1, "mapping-expected")]),
        (b"- a\n- b\n", [(1, "mapping-expected")]),
        (b"a: &x 1\nb: *x\n", [(2, "alias")]),
        (b"a: !!python/object/apply:os.system [id]\n", [(1, "tag")]),
        (b"a: [\n", [(2, "not-yaml")]),
        (b"a: b: c\n", [(1, "not-yaml")]),
        (b"a:\n\t- b\n", [(2, "not-yaml")]),
        (b"[" * 5000, [(1, "too-deep")]),
        (b"a\x00b: 1\n", [(1, "not-yaml")]),
    ],
)
def test_files_that_are_no_content(tmp_path, text, expected):
    path = tmp_path / "x.yaml"
    path.write_bytes(text)
    assert codes(path) == expected


@pytest.mark.parametrize(
    "hidden",
    ["\\a", "\\0", "\\t", "\\e[31m", "\\u200b", "\\u202e", "\\u200d", "\\u2028", "\\ue000", "\\uffff",
     "\\ufdd0", "\\U0001fffe", "\u202e", "\u00ad", "\ufeff"],
)  # fmt: skip
def test_characters_that_nobody_sees_are_refused_with_their_line(tmp_path, hidden):
    for text in (f'a: 1\ntitle: "甲{hidden}乙"\n', f'a: 1\n"k{hidden}y": 1\n'):
        path = tmp_path / "x.yaml"
        path.write_text(text, encoding="utf-8")
        found = [problem for problem in read(path).findings.problems if problem.code == "invisible-character"]
        assert [(problem.line, problem.grave) for problem in found] == [(2, True)]
        assert "U+" in problem_sentence(found[0])


def test_line_breaks_inside_a_text_are_seen(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("a: |\n  甲\n  乙\nb: 𬭎\n", encoding="utf-8")
    assert read(path).findings.problems == []


def test_a_file_of_too_many_texts_is_refused_as_a_whole(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("a:\n" + "- b\n" * MOST_SCALARS, encoding="utf-8")
    file = read(path)
    assert ([problem.code for problem in file.findings.problems], file.root) == (["too-many-items"], None)


def test_names_are_guessed_for_the_first_unknown_ones_only(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("title: x\n" + "".join(f"titl{number}: 1\n" for number in range(80)), encoding="utf-8")
    file = read(path)
    file.root.text("title")
    file.root.finish()
    guessed = [dict(problem.facts)["nearest"] for problem in file.findings.problems]
    assert guessed == ["title"] * MOST_NEAREST + [""] * (80 - MOST_NEAREST)


def test_a_huge_file_is_refused_unread(tmp_path):
    path = tmp_path / "x.yaml"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert codes(path) == [(0, "file-too-large")]


def test_a_missing_file_is_typed(tmp_path):
    with pytest.raises(Unreadable):
        check(assets.checklists(), [tmp_path / "none.yaml"])


def test_numbers_dates_and_no_stay_what_they_are(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text('a: No\nb: 1.10\nc: 2026-11-23\nd: ""\n', encoding="utf-8")
    root = read(path).root
    assert [root.text(key, required=False) for key in "abcd"] == ["No", "1.10", "2026-11-23", ""]


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("科转法§42", Citation("科转法", "42")),
        ("法释7§6(4)（隔离）", Citation("法释7", "6(4)", "隔离")),
        ("126号令", Citation("126号令")),
        ("126号令（权限分级）", Citation("126号令", "", "权限分级")),
        ("珠府办函20号§三（四）7", Citation("珠府办函20号", "三（四）7")),
        ("珠府办函20号§附件1（“1101”）", Citation("珠府办函20号", "附件1", "“1101”")),
        ("公司法§181(五)", Citation("公司法", "181(五)")),
        ("ISO 27002§5.2", Citation("ISO 27002", "5.2")),
        ("§6", None),
        ("法释7§", None),
        ("", None),
    ],
)
def test_citations(text, citation):
    assert parse_citation(text) == citation
    if citation:
        assert str(citation) == text


@settings(max_examples=200)
@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_are_read_without_a_crash(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("content") / "x.yaml"
    path.write_bytes(data)
    file = read(path)
    load_module(file, shipped=False)
    check_wording(file, None)
    check_alike([file])
    assert file.root is None or not file.findings.problems or all(p.line >= 0 for p in file.findings.problems)


def test_a_copy_of_a_shipped_module_clashes_with_nothing_but_says_everything_again(tmp_path):
    copy = tmp_path / "copy.yaml"
    copy.write_bytes((assets.checklists() / "sectors" / "xic.yaml").read_bytes())
    assert codes(copy) == []
    told = [problem for problem in check(assets.checklists(), [copy])[1] if problem.file == copy.name]
    assert {(problem.code, problem.grave) for problem in told} == {("said-before", False)}


def test_two_shipped_modules_with_the_same_items(tmp_path):
    folder = tmp_path / "small"
    shutil.copytree(DATA / "small", folder)
    (folder / "sectors").mkdir()
    text = (folder / "core.yaml").read_text(encoding="utf-8").replace("kind: core", "kind: sector")
    (folder / "sectors" / "again.yaml").write_text(text.replace("module: core", "module: ORG"), "utf-8")
    (folder / "sectors" / "then.yaml").write_text(text.replace("module: core", "module: ORG"), "utf-8")
    found = {problem.code for problem in check(folder, wording=False)[1]}
    assert found == {"duplicate-module", "duplicate-section", "duplicate-id"}


def test_a_second_core_is_refused(tmp_path):
    path = tmp_path / "core2.yaml"
    text = (assets.checklists() / "sectors" / "xic.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("XIC", "XQQ").replace("kind: sector", "kind: core"), encoding="utf-8")
    assert "core-is-one" in {code for _line, code in codes(path)}


PROGRAMME_FAULTS = [
    ("points: 12", "points: 13", "points-do-not-add-up"),
    ("sections: [ORG]", "sections: [IDC]", "section-counted-twice"),
    ("sections: [ORG]", "sections: [ZZZ]", "unit-of-unknown-section"),
    ("not_met_cap: basic", "not_met_cap: basik", "unknown-band"),
    ("at_least: 80", "at_least: 95", "bands-not-falling-to-zero"),
    ("field: name\n", "field: nmae\n", "unknown-value"),
    ("not_met_cap: basic", "not_met_cap: model", "caps-do-not-bite"),
    ("points: 12", "points: 000000012999", "number-out-of-range"),
    ("points: 12", "points: " + "9" * 5000, "number-out-of-range"),
    ("id: A02", "id: A01", "duplicate-id"),
]


@pytest.mark.parametrize(("old", "new", "code"), PROGRAMME_FAULTS)
def test_programme_faults(tmp_path, old, new, code):
    text = (assets.checklists() / "programmes" / "sample.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "other.yaml"
    path.write_text(
        text.replace(old, new, 1).replace("programme: sample", "programme: other"), encoding="utf-8"
    )
    assert code in {found for _line, found in codes(path)}


def test_a_programme_can_not_pass_for_the_shipped_one(tmp_path):
    path = tmp_path / "sample.yaml"
    path.write_bytes((assets.checklists() / "programmes" / "sample.yaml").read_bytes())
    assert {code for _line, code in codes(path)} == {"duplicate-programme"}


@pytest.mark.parametrize(
    "value", ["１.５", "1_0e-1", "150e-2", "1.500", "nan", "inf", "1e400", "-1", "+1.5", ".5", ""]
)
def test_multipliers_are_plain_decimals(value):
    assert hundredths(value) is None


def test_multipliers_in_hundredths():
    assert [hundredths(value) for value in ("1", "1.5", "0.75", "2.05")] == [100, 150, 75, 205]


def test_retired_ids_and_their_successors(tmp_path):
    text = (assets.checklists() / "sectors" / "xic.yaml").read_text(encoding="utf-8")
    path = tmp_path / "x.yaml"
    retired = "\nretired:\n  XQQ-01: XQQ-02\n  XQQ-77: XQQ-78\n  XQQ-79: none\n"
    path.write_text(text.replace("XIC", "XQQ") + retired, encoding="utf-8")
    assert {code for _line, code in codes(path)} == {"retired-id-in-use", "unknown-successor"}


@pytest.mark.parametrize(
    "value", ["20261123", "2026-W47-1", "2026-1", "2026-", "２０２６-01-01", "2026-02-30"]
)
def test_dates_are_written_one_way(tmp_path, value):
    text = (assets.checklists() / "basis.yaml").read_text(encoding="utf-8")
    path = tmp_path / "basis.yaml"
    path.write_text(text.replace('issued: "2025-06-27"', f'issued: "{value}"', 1), encoding="utf-8")
    file = read(path)
    load_library(file)
    assert [problem.code for problem in file.findings.problems] == ["date-expected"]


def test_a_sample_names_the_files_that_are_not_there(tmp_path):
    path = tmp_path / "sample.yaml"
    shutil.copy(assets.resources() / "samples" / "shixin" / "sample.yaml", path)
    with pytest.raises(ContentInvalid) as caught:
        load_sample(path)
    assert {problem.code for problem in caught.value.problems} == {"missing-file"}
