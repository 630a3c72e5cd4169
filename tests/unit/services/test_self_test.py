"""The self-test itself: it says what is wrong, gives no secret away, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tsguard import assets
from tsguard.errors import DiskFull, VaultMissing
from tsguard.services import program_facts, self_test_assets, self_test_papers
from tsguard.services.listing import LISTING, compare_listing, write_listing
from tsguard.services.self_test import PREFIX, Bench, Check, Unexpected, checks, removal, run, workplace

ROOT = Path(__file__).parents[3]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "商密 自检", "口令-𠮷-geheim", hidden=["口令-𠮷-geheim", "ABC234"])


def raising(error: BaseException) -> Callable[[], str]:
    def act() -> str:
        raise error

    return act


# --- running ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (Unexpected("3页", 2), "应为3页，实为2"),
        (DiskFull(Path("x.tsg")), "（DiskFull）"),
        (VaultMissing(Path("x.tsg")), "（VaultMissing）"),
        (ImportError("DLL load failed"), "ImportError：DLL load failed"),
        (ZeroDivisionError(), "ZeroDivisionError"),
    ],
    ids=lambda each: type(each).__name__,
)
def test_a_failed_check_says_why_and_the_next_one_runs(bench: Bench, error: Exception, told: str) -> None:
    seen = []
    results = run(
        [Check("a", "甲", raising(error)), Check("b", "乙", lambda: "好")],
        bench,
        seen.append,
    )
    assert [each.passed for each in results] == [False, True]
    assert told in results[0].words
    assert results[1].words == "好"
    assert tuple(seen) == results


@pytest.mark.parametrize("where", ["words", "expected", "message"])
def test_no_secret_and_no_path_stands_in_a_result(bench: Bench, where: str) -> None:
    said = f"口令-𠮷-geheim ABC234 {bench.folder / 'x.tsg'} {Path.home() / 'Ablage'}\r\n通过"
    act = {
        "words": lambda: said,
        "expected": raising(Unexpected(said, said)),
        "message": raising(ValueError(said)),
    }[where]
    (result,) = run([Check("a", "甲", act)], bench)
    for part in ("geheim", "ABC234", str(bench.folder), str(Path.home()), "\n", "\r"):
        assert part not in result.words
    assert "x.tsg" in result.words


def test_a_long_message_is_cut(bench: Bench) -> None:
    (result,) = run([Check("a", "甲", raising(ValueError("长" * 5000)))], bench)
    assert len(result.words) == 300


def test_the_workplace_is_gone_afterwards_also_after_a_bug() -> None:
    before = dict(os.environ), tempfile.tempdir
    folders = []
    for error in (None, RuntimeError("bug"), KeyboardInterrupt()):
        try:
            with workplace() as bench:
                folders.append(bench.folder)
                assert bench.folder.name.startswith(PREFIX)
                assert Path(tempfile.mkdtemp()).is_relative_to(bench.folder)
                for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
                    assert Path(os.environ[name]).is_relative_to(bench.folder)
                if error is not None:
                    raise error
        except (RuntimeError, KeyboardInterrupt):
            pass
        assert (dict(os.environ), tempfile.tempdir) == before
        assert run([removal(bench)], bench)[0].passed
    assert not any(folder.exists() for folder in folders)


def test_what_is_left_behind_is_named(bench: Bench) -> None:
    (bench.folder / "a").mkdir(parents=True)
    (bench.folder / "a" / "rest.tsg").touch()
    (result,) = run([removal(bench)], bench)
    assert not result.passed
    assert "rest.tsg" in result.words


def test_every_check_has_its_own_name(bench: Bench) -> None:
    names = [each.name for each in checks(bench)]
    assert len(names) == len(set(names)) >= 25


# --- the list of files --------------------------------------------------------------------------------


@pytest.fixture
def program(tmp_path: Path) -> Path:
    for name in ("resources/fonts/a.ttf", "resources/manual/zh_CN/01 开始.md", "checklists/core.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


def test_a_list_fits_what_it_was_made_of(program: Path) -> None:
    assert compare_listing(program) is None
    assert write_listing(program) == program / LISTING
    write_listing(program)  # its own file is no part of it
    found = compare_listing(program)
    assert found is not None
    assert found.equal
    assert found.listed == 3
    assert set(json.loads((program / LISTING).read_bytes())) == {
        "resources/fonts/a.ttf",
        "resources/manual/zh_CN/01 开始.md",
        "checklists/core.yaml",
    }


@pytest.mark.parametrize(
    ("harm", "field", "name"),
    [
        (lambda p: (p / "checklists/core.yaml").unlink(), "missing", "checklists/core.yaml"),
        (lambda p: (p / "resources/fonts/a.ttf").write_bytes(b""), "changed", "resources/fonts/a.ttf"),
        (lambda p: (p / "checklists/neu 䶮.yaml").touch(), "unlisted", "checklists/neu 䶮.yaml"),
    ],
    ids=["missing", "changed", "unlisted"],
)
def test_a_list_finds_every_difference(
    program: Path, harm: Callable[[Path], object], field: str, name: str
) -> None:
    write_listing(program)
    harm(program)
    found = compare_listing(program)
    assert found is not None
    assert not found.equal
    assert {
        each: getattr(found, each) for each in ("missing", "changed", "unlisted") if getattr(found, each)
    } == {field: (name,)}


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff"])
def test_a_list_that_is_none(program: Path, content: bytes) -> None:
    (program / LISTING).write_bytes(content)
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the parser's
        compare_listing(program)


def test_a_program_without_its_folders_gets_no_list(tmp_path: Path) -> None:
    (tmp_path / "resources").mkdir()
    with pytest.raises(FileNotFoundError):
        write_listing(tmp_path)
    assert not (tmp_path / LISTING).exists()


# --- what shipped -------------------------------------------------------------------------------------


def link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # on another disk
        shutil.copy(source, target)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program as it is installed, with a list of its files; the fonts are links, for their size."""
    place = tmp_path / "安装 在这里"
    for name in ("resources", "checklists"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("*.ttf", "installer"))
    for font in (ROOT / "resources/fonts").glob("*.ttf"):
        link_or_copy(font, place / "resources/fonts" / font.name)
    write_listing(place)
    monkeypatch.setattr(assets, "_PACKAGE", place)
    return place


def test_an_installed_program_is_whole(installed: Path) -> None:
    count = len(json.loads((installed / LISTING).read_bytes()))
    assert self_test_assets.files() == f"{count}个，与构建时一致"
    assert self_test_assets.icons()
    assert self_test_assets.samples() == "珠海示芯微电子有限公司（示例）"


@pytest.mark.parametrize(
    ("name", "content", "check"),
    [
        ("resources/icons/add.svg", b"<svg", self_test_assets.icons),
        ("resources/icons/add.svg", b"<html/>", self_test_assets.icons),
        ("resources/icons/tsguard.svg", None, self_test_assets.icons),
        ("resources/style/window.qss", b"QWidget {", self_test_assets.icons),
        ("resources/schema/assessment-1.schema.json", b"{}", self_test_assets.samples),
        ("resources/samples/shixin/sample.yaml", b"title: x", self_test_assets.samples),
        ("checklists/core.yaml", b"module: x", self_test_assets.content),
        ("checklists/basis.yaml", None, self_test_assets.content),
    ],
)
def test_a_damaged_file_fails_its_check_and_the_list(
    installed: Path, bench: Bench, name: str, content: bytes | None, check: Callable[[], str]
) -> None:
    if content is None:
        (installed / name).unlink()
    else:
        (installed / name).write_bytes(content)
    own, listed = run([Check("own", "甲", check), Check("files", "乙", self_test_assets.files)], bench)
    assert not own.passed
    assert not listed.passed
    assert name in listed.words


def test_the_key_is_the_reference_librarys() -> None:
    """So that the constant in the program is no figure of our own making."""
    argon2 = pytest.importorskip("argon2.low_level")
    made = argon2.hash_secret_raw(
        "自检 𬭎㵘䶮𠮷".encode(), bytes(range(16)), 3, 128 * 1024, 4, 32, argon2.Type.ID
    )
    assert made.hex() == self_test_assets._KNOWN_KEY
    assert self_test_assets.key()


# --- papers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["report", "bound", "pdf-text", "verify", "sign", "workbook"])
def test_papers_without_a_vault_fail_and_say_so(bench: Bench, name: str) -> None:
    (check,) = [each for each in self_test_papers.checks(bench) if each.name == name]
    (result,) = run([check], bench)
    assert not result.passed
    assert "前面的检查没有" in result.words


# --- facts --------------------------------------------------------------------------------------------


def test_facts_name_versions_and_nobody() -> None:
    found = dict(program_facts.facts([lambda: [("Qt", "6.11.3")]]))
    assert found["程序"].startswith("tsguard ")
    assert found["运行方式"] == "由Python运行"
    assert found["SQLCipher"].startswith("4.")
    assert found["Qt"] == "6.11.3"
    assert "模块" in found["清单内容"]
    told = "\n".join(f"{name}：{value}" for name, value in found.items())
    assert str(Path.home()) not in told
    assert str(ROOT) not in told


def test_facts_of_a_broken_program_say_what_they_can() -> None:
    def broken() -> list[tuple[str, str]]:
        raise ImportError("C:/Users/张三/x.dll")

    found = program_facts.facts([broken])
    assert found[-1] == ("不能确定", "ImportError")
    assert found[0][0] == "程序"
