"""The self-test as a command: what it says of a broken program, and the facts for whoever helps."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from tsguard import assets
from tsguard.cli.commands import program
from tsguard.services.self_test import Bench, Check, Unexpected

ROOT = Path(__file__).parents[3]


class OtherWindow:
    """A window's part with one check of its own, as the program's start hands one over."""

    def facts(self) -> Iterable[tuple[str, str]]:
        return [("Qt", "6.11.3")]

    def checks(self, bench: Bench, platform: str) -> Iterable[Check]:
        def run() -> str:
            raise Unexpected(platform, bench.passphrase)

        return [Check("window-open", "打开窗口", run)]


def no_window() -> OtherWindow:
    raise ImportError("libEGL.so.1")


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program without most of its files, whose checks end quickly."""
    place = tmp_path / "坏的"
    for name in ("style", "schema"):
        shutil.copytree(ROOT / "resources" / name, place / "resources" / name)
    (place / "checklists").mkdir()
    monkeypatch.setattr(assets, "_PACKAGE", place)
    return place


def test_a_broken_program_fails_in_words_and_in_json(broken: Path, tmp_path: Path) -> None:
    report, keep = tmp_path / "结果 䶮.json", tmp_path / "留下 的"
    done = CliRunner().invoke(
        program, ["self-test", "--report", str(report), "--keep", str(keep)], obj=OtherWindow
    )
    assert done.exit_code == 1, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    lines = done.output.splitlines()
    assert any(line.startswith("失败　图标和样式　") for line in lines)
    assert any(line.startswith("通过　删除自检的临时文件　") for line in lines)
    assert any("应为offscreen，实为…" in line for line in lines), "the passphrase is not shown"
    assert "没有通过" in lines[-1]
    told = json.loads(report.read_bytes())
    assert told["passed"] is False
    assert told["facts"]["Qt"] == "6.11.3"
    failed = {each["name"] for each in told["checks"] if not each["passed"]}
    assert {"fonts", "icons", "manual", "content", "create", "window-open"} <= failed
    assert keep.is_dir()


def test_a_window_that_can_not_be_loaded_is_a_failed_check(broken: Path) -> None:
    done = CliRunner().invoke(program, ["self-test"], obj=no_window)
    assert done.exit_code == 1
    (line,) = [line for line in done.output.splitlines() if "libEGL.so.1" in line]
    assert line.startswith("失败　窗口　")


def test_without_a_window_it_says_so(broken: Path) -> None:
    assert "这里没有窗口" in CliRunner().invoke(program, ["self-test"]).output
    assert "这里没有窗口" not in CliRunner().invoke(program, ["self-test", "--no-window"]).output


@pytest.mark.parametrize(("options", "qt"), [((), True), (("--no-window",), False)])
def test_facts(options: tuple[str, ...], qt: bool) -> None:
    done = CliRunner().invoke(program, ["self-test", "--facts", *options], obj=OtherWindow)
    assert done.exit_code == 0
    assert done.output.startswith("程序：tsguard ")
    assert ("Qt：6.11.3" in done.output) is qt
    assert str(Path.home()) not in done.output


def test_a_folder_that_can_not_be_made_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    file = tmp_path / "datei"
    file.touch()
    done = CliRunner().invoke(program, ["self-test", "--no-window", "--keep", str(file / "x")])
    assert done.exit_code == 1
    assert "通过" not in done.output
