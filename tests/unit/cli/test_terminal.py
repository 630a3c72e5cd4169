"""What the output is written in: UTF-8 where Windows' code page would lack characters."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tsguard.cli.terminal import encoding_of

NAME = "珠海𬭎㵘䶮𠮷公司"


@pytest.mark.parametrize(
    ("terminal", "platform", "environment", "encoding"),
    [
        (False, "win32", {}, "utf-8"),
        (False, "win32", {"PYTHONIOENCODING": ":replace"}, "utf-8"),
        (False, "win32", {"PYTHONIOENCODING": "gbk"}, None),
        (True, "win32", {}, None),
        (False, "linux", {}, None),
        (True, "linux", {}, None),
    ],
)
def test_the_encoding(terminal, platform, environment, encoding):
    assert encoding_of(terminal=terminal, platform=platform, environment=environment) == encoding


def said(*arguments: str, code: int) -> tuple[str, str]:
    """What a command writes into pipes, read as UTF-8."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONIOENCODING"}
    done = subprocess.run(
        [sys.executable, "-m", "tsguard", *arguments],
        stdin=subprocess.DEVNULL,
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == code
    return done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def test_help_through_a_pipe():
    """It is printed before any command runs."""
    told, _errors = said("--help", code=0)
    assert "企业商业秘密保护自评工具" in told


def test_an_error_through_a_pipe(tmp_path):
    path = tmp_path / f"{NAME}.yaml"
    _told, errors = said("modules", "check", str(path), code=1)
    assert f"{NAME}.yaml" in errors


def test_a_mistake_of_usage_through_a_pipe():
    _told, errors = said("modules", "check", "--不存在", code=2)
    assert "--不存在" in errors


def test_without_a_console_there_is_nobody_to_ask(tmp_path):
    vault, lines = tmp_path / "v.tsg", tmp_path / "录入.txt"
    vault.write_bytes(b"x")
    lines.write_text("ORG-01 1\n", encoding="utf-8")
    flags = 0x8 if sys.platform == "win32" else 0  # DETACHED_PROCESS
    done = subprocess.run(
        [sys.executable, "-m", "tsguard", "answers", str(vault), str(lines)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        start_new_session=True,
        creationflags=flags,
        check=False,
        timeout=120,
    )
    assert done.returncode == 2
    assert "这里没有终端" in done.stderr.decode("utf-8")
