"""Every error type has its three sentences, and none tells a secret."""

import inspect
import re
from pathlib import Path

import pytest

from tsguard import errors
from tsguard.domain.validation import Rule
from tsguard.services.explain import damage_words, explain, field_rule_sentence, size_text
from tsguard.services.problems import _problem_words, problem_sentence
from tsguard.store.records import TABLES

BRANCHES = {errors.TSGuardError, errors.StorageError, errors.VaultError, errors.InputError}


def leaves():
    return [
        kind
        for _name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, errors.TSGuardError) and kind not in BRANCHES
    ]


def example(kind):
    """An error of that type with plausible facts."""
    facts = {
        "path": Path("/数据/企业.tsg"), "reason": "no", "what": "page 7",
        "count": 2, "found": 2, "known": 1, "shortest": 8, "longest": 127, "extra": "tsguard[sign]",
        "field": "name", "rule": "required", "item": "HRM-05", "size": 300 << 20, "limit": 100 << 20,
        "kind": "evidence", "key": "E-01", "problems": (errors.ContentProblem("x.yaml", 3, "alias"),),
        "module": "XYZ", "file": "x.yaml", "fault": errors.WorkbookFault.OLD, "characters": ("😀", "𠮷"),
        "items": ("ORG-05",), "uncounted": ("ORG",), "unknown": ("OLD",),
        "groups": (3, 7), "newer": False, "missing": False, "saved": Path("/数据/企业 2.tsg"),
        "account": "lin", "host": "PC-1", "since": "2026-11-23T04:05:06.789Z", "elsewhere": True,
    }  # fmt: skip
    needed = [name for name in inspect.signature(kind.__init__).parameters if name not in {"self", "facts"}]
    arguments = {name: facts[name] for name in needed}
    if kind is errors.UnknownModule:
        arguments["known"] = ("core", "XIC")
    if kind is errors.SigningRefused:
        arguments["fault"] = errors.SigningFault.NOT_INSTALLED
    if kind is errors.PackRefused:
        arguments |= {"fault": errors.PackFault.OLDER, "found": "3", "known": "4"}
    if kind is errors.PackKeyRefused:
        arguments["fault"] = errors.PackKeyFault.NOT_PEM
    return kind(**arguments)


@pytest.mark.parametrize("kind", leaves(), ids=lambda kind: kind.__name__)
def test_every_type_has_its_own_sentences(kind):
    assert kind in explain.registry, "an error without words"
    words = explain(example(kind))
    for sentence in (words.happened, words.data):
        assert sentence.strip()
        assert sentence.rstrip().endswith(("。", "：")), sentence
        assert "{" not in sentence


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("page 7", "第7页"),
        ("HMAC verification failed for page 20", "第20页"),
        ("journal entry 12", "变更记录第12条"),
        ("header", "文件开头"),
        ("answer a1/HRM-05", "作答"),
        ("evidence e1/E-07", "佐证"),
        ("frozen text", "清单文字"),
        (f"file {'0' * 64}", "存入文件的内容"),
        ("SQLITE_CORRUPT", "文件内部"),
    ],
)
def test_what_is_damaged_is_said_in_words(what, words):
    assert damage_words(what) == words


@pytest.mark.parametrize(
    "what",
    [
        *(f"{table.kind} e1/x" for table in TABLES),
        *(
            "index of files",
            "enterprise",
            "format",
            "journal",
            "length",
            "log",
            "programme",
            "tables",
            "text",
        ),
    ],
)
def test_no_word_of_the_developers_is_shown(what):
    assert not re.search("[a-z]", damage_words(what).removeprefix("旁边的-wal"))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "别的窗口"),
        ({"account": "lin", "host": "PC-1", "since": "2026-11-23T04:05:06.789Z"}, "lin"),
        ({"account": "lin", "host": "PC-2", "since": "no time", "elsewhere": True}, "PC-2"),
    ],
)
def test_who_has_a_vault_open(facts, said):
    words = explain(errors.VaultInUse(Path("/数据/企业.tsg"), **facts))
    assert said in words.happened


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_of_a_field_has_a_sentence(rule):
    assert field_rule_sentence(rule).endswith("。")


def test_every_fault_code_of_content_has_a_sentence():
    """Codes are found where they are used, so that a new one without words fails here."""
    used = set()
    for source in (Path(errors.__file__).parents[1] / "content").glob("*.py"):
        text = source.read_text(encoding="utf-8")
        for part in text.split("findings.add(")[1:] + text.split("_findings.add(")[1:]:
            quoted = part.partition(",")[2].lstrip().partition('"')[2].partition('"')[0]
            if quoted and quoted.islower() and " " not in quoted:
                used.add(quoted)
    assert len(used) > 30
    assert used <= set(_problem_words())


def test_a_fault_sentence_names_file_and_line():
    problem = errors.ContentProblem("core.yaml", 12, "unknown-key", (("key", "tittle"), ("nearest", "title")))
    assert problem_sentence(problem) == "core.yaml:12  不认识的键tittle。是不是title？"


def test_sizes():
    assert [size_text(size) for size in (1, 1500, 300 << 20)] == ["1 KB", "1 KB", "300 MB"]
