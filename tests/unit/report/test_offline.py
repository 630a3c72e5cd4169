"""Signing without a network: no client of one is loaded, and the loop that pyHanko runs on has no socket."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

import pytest
from support import network

from tsguard.report.loop_without_sockets import run
from tsguard.report.pyhanko_offline import _STANDINS

ROOT = Path(__file__).parents[3]
CHILD = """
import json, sys
from tsguard.report.engine import pyhanko_version
version = pyhanko_version()
from pyhanko.sign.timestamps import HTTPTimeStamper
try:
    HTTPTimeStamper("https://example.org")
except NotImplementedError as error:
    print(json.dumps([version, str(error), sorted(sys.modules)]))
"""


def test_pyhanko_comes_without_what_it_would_fetch_with() -> None:
    pytest.importorskip("pyhanko")
    done = subprocess.run([sys.executable, "-c", CHILD], cwd=ROOT, capture_output=True, check=True)
    version, refused, loaded = json.loads(done.stdout)
    assert version
    assert refused == "this program has no network"
    assert "pyhanko.sign.signers" in loaded
    # asyncio takes ssl where there is one; the frozen program has none.
    assert not {"aiohttp", "http", "requests", "urllib.request"} & set(loaded)


@pytest.mark.parametrize("name", sorted(_STANDINS))
def test_what_stands_in_still_exists_in_pyhanko(name: str) -> None:
    """Else pyHanko has moved it, and brings its client along again."""
    pytest.importorskip("pyhanko.version")
    spec = find_spec(name.partition(".")[0])
    assert spec is not None
    inside = [Path(place).joinpath(*name.split(".")[1:]) for place in spec.submodule_search_locations or ()]
    assert any(each.with_suffix(".py").is_file() or (each / "__init__.py").is_file() for each in inside)


def test_the_loop_runs_what_signing_needs_and_makes_no_socket() -> None:
    async def work() -> list[int]:
        await asyncio.sleep(0.001)
        jobs = [asyncio.to_thread(threading.get_ident), asyncio.to_thread(threading.get_ident)]
        found = [await each for each in asyncio.as_completed(jobs)]
        return [each for each in found if each != threading.get_ident()]

    before = len(network.heard)
    assert len(run(work())) == 2
    assert network.heard[before:] == []
    assert not [each for each in threading.enumerate() if each.name.startswith("asyncio")]


def test_what_is_raised_in_the_loop_comes_out_of_it() -> None:
    async def work() -> None:
        await asyncio.sleep(0)
        raise LookupError("innen")

    with pytest.raises(LookupError, match="innen"):
        run(work())
