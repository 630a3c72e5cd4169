"""Windows' real messages to the real window: locked before sleep, another user, and the end of Windows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support import windows
from support.windows import UNDER_WINE, windows_only

pytestmark = windows_only


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a run of the window on Windows' own plug-in tells."""
    script = Path(windows.__file__).with_name("real_window.py")
    # Neither the folder nor the tests' own are known to a new Python by themselves.
    run = f"runpy.run_path({str(script)!r}, run_name='__main__')"
    start = f"import runpy, sys; sys.path[:0] = {sys.path!r}; {run}"
    done = subprocess.run(
        [sys.executable, "-c", start, str(tmp_path_factory.mktemp("真的 窗口"))],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=240,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert done.stdout.strip(), done.stderr.decode("utf-8", "replace")[-2000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert told["platform"] == "windows"
    if not told["window"] and UNDER_WINE:
        pytest.skip("wine has no screen here")
    assert told["window"]
    return told


def test_windows_knows_the_program_by_its_own_name(found: dict[str, Any]) -> None:
    assert found["claimed"]


def test_the_window_has_the_program_s_icon_in_both_sizes(found: dict[str, Any]) -> None:
    assert found["icons"] == [True, True]


def test_it_is_drawn_for_each_screen_s_own_scale(found: dict[str, Any]) -> None:
    assert found["dpi"] == 2, "DPI_AWARENESS_PER_MONITOR_AWARE"


def test_the_title_bar_takes_the_dark_mode(found: dict[str, Any]) -> None:
    """An older Windows knows the first and not the second."""
    assert found["title"][0]


@pytest.mark.parametrize("name", ["suspend", "lock", "menu"])
def test_whoever_leaves_finds_it_locked_before_windows_goes_on(found: dict[str, Any], name: str) -> None:
    assert found[name]["closed"]
    assert "锁屏、睡眠" in found[name]["said"]
    assert found[name]["kept"], "what was half typed is stored"


@pytest.mark.parametrize("name", ["resume", "unlock"])
def test_whoever_comes_back_locks_nothing(found: dict[str, Any], name: str) -> None:
    assert not found[name]["closed"]


def test_before_windows_ends_all_is_stored_and_closed_and_it_may_end(found: dict[str, Any]) -> None:
    assert found["query"]["answer"] == 1
    assert found["query"]["closed"]
    assert found["query"]["kept"]
    assert "关机或注销" in found["query"]["said"]
    assert found["placed"]
    assert found["left"] == 0


def test_a_guard_that_windows_refuses_is_not_shown_as_on(found: dict[str, Any]) -> None:
    told = found["capture"]
    assert told["on"] is bool(told["affinity"])
    assert bool(told["said"]) is not told["on"]
    assert found["hidden"][0] is told["on"]
    assert not found["hidden"][2], "a window that is none can't be hidden"
