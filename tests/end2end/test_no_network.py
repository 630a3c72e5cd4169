"""No network, ever: no socket is made for one, by the program, by what it is built on, or by any command.

Python's audit events are listened for within one process that runs every command and the window; below
Python, the kernel tells of each socket. The main job in the window is listened to as well: ``conftest``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("PySide6", reason="the window needs Qt")

from support.every_command import names

ROOT = Path(__file__).parents[2]
STRACE = shutil.which("strace")
HARMLESS = {"AF_UNIX", "AF_LOCAL"}
"""Sockets within the computer: the desktop's messages, the screen."""
NEVER = {"aiohttp", "requests", "urllib3", "ssl", "_ssl", "ftplib", "smtplib", "xmlrpc"}
"""What speaks to a network: never loaded, not even to be left alone.

Python's own xml.sax.saxutils, which spreadsheets need, imports urllib.request and so http; nobody calls them.
"""
CHILD = """
import json, sys
from pathlib import Path
from resources.installer.slimming import MODULES

class LeftOut:
    def find_spec(self, name, path=None, target=None):
        if any(name == each or name.startswith(each + ".") for each in MODULES):
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, LeftOut())
from support import network
from support.every_command import run_all
from tsguard.__main__ import _window
from tsguard.services.self_test import checks, run, window_checks, workplace

folder, target = Path(sys.argv[1]), Path(sys.argv[2])
codes = {name: (wanted, code, output[-500:]) for name, wanted, code, output in run_all(folder)}
kept = set(Path.home().rglob("*"))
with workplace() as bench:
    results = run([*checks(bench)], bench) + run(window_checks(_window, bench, "offscreen"), bench)
target.write_text(json.dumps({
    "heard": network.heard,
    "codes": codes,
    "failed": [[each.name, each.words] for each in results if not each.passed],
    "checks": len(results),
    "words": {each.name: each.words for each in results},
    "loaded": sorted(sys.modules),
    "left": sorted(map(str, set(Path.home().rglob("*")) - kept)),
}))
"""


@dataclass(frozen=True)
class Ran:
    """What was seen of the child.

    Attributes:
        told: What it says itself.
        traced: What the kernel says of its sockets; "" without strace.
    """

    told: dict[str, Any]
    traced: str


def environment(home: Path) -> dict[str, str]:
    places = ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA")
    return {
        **os.environ,
        **{name: str(home) for name in places},
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}",
        "PYTHONIOENCODING": "utf-8",
    }


def traced(trace: Path, *command: str) -> list[str]:
    """A command whose network calls, and those of all its threads, go into a file."""
    assert STRACE
    return [STRACE, "-f", "--seccomp-bpf", "-qq", "-e", "trace=network", "-o", str(trace), *command]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    home, work = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("工作 的地方")
    trace, told = work.with_name("trace"), work.with_name("told.json")
    command = [sys.executable, "-c", CHILD, str(work), str(told)]
    if STRACE:
        command = traced(trace, *command)
    done = subprocess.run(command, env=environment(home), capture_output=True, check=False, cwd=work)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    seen = trace.read_text("utf-8", "replace") if STRACE else ""
    return Ran(json.loads(told.read_bytes()), seen)


@pytest.mark.slow
def test_every_command_and_the_window_ran(ran: Ran) -> None:
    """Else nothing heard would mean nothing."""
    assert set(ran.told["codes"]) == set(names()), "a new command belongs into support/every_command"
    wrong = {name: seen for name, seen in ran.told["codes"].items() if seen[0] != seen[1]}
    assert not wrong
    assert ran.told["failed"] == []
    assert ran.told["checks"] > 40


@pytest.mark.slow
def test_nothing_that_the_frozen_program_leaves_out_is_missed(ran: Ran) -> None:
    """The child could not import any of it, and signed all the same."""
    assert "签名有效" in ran.told["words"]["sign"]
    assert not NEVER & set(ran.told["loaded"])


@pytest.mark.slow
def test_the_self_test_leaves_the_home_folder_alone(ran: Ran) -> None:
    assert ran.told["left"] == []


@pytest.mark.slow
def test_python_hears_of_no_network(ran: Ran) -> None:
    assert ran.told["heard"] == []


@pytest.mark.slow
@pytest.mark.skipif(not STRACE, reason="needs strace")
def test_the_kernel_makes_no_socket_for_a_network(ran: Ran) -> None:
    families = set(re.findall(r"\bsocket(?:pair)?\((\w+)", ran.traced))
    assert families <= HARMLESS


@pytest.mark.slow
@pytest.mark.skipif(not STRACE, reason="needs strace")
def test_the_listeners_would_hear_one(tmp_path: Path) -> None:
    code = (
        "from support import network; import socket;"
        "s = socket.socket(); s.bind(('127.0.0.1', 0)); s.close(); print(len(network.heard))"
    )
    trace = tmp_path / "trace"
    done = subprocess.run(
        traced(trace, sys.executable, "-c", code),
        env=environment(tmp_path),
        capture_output=True,
        check=True,
    )
    assert int(done.stdout) == 2
    assert "AF_INET" in trace.read_text()


@pytest.mark.parametrize("start", ["tsguard.__main__", "tsguard.gui.app", "tsguard.cli.commands"])
def test_the_start_loads_nothing_that_speaks_to_a_network(start: str) -> None:
    code = f"import sys, json, {start}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT)
    assert not set(json.loads(done.stdout)) & (NEVER | {"http", "urllib.request", "socket", "asyncio"})
