"""The program's wheel holds the program: nothing of what the installer is made of."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile

import pytest

from tests.installer.places import ROOT, SOURCES


def test_no_folder_that_is_packed_holds_the_installer_s_sources():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = settings["tool"]["hatch"]["build"]["targets"]["wheel"]
    packed = [ROOT / name for name in (*wheel["packages"], *wheel["force-include"])]
    assert ROOT / "resources" / "fonts" in packed
    for place in packed:
        assert place.exists(), place
        assert place != SOURCES
        assert not SOURCES.is_relative_to(place), place


@pytest.mark.slow
def test_a_wheel_holds_no_installer(tmp_path):
    pytest.importorskip("hatchling", reason="the build backend is in the locked environment")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert any(name.startswith("tsguard/resources/") for name in names)
    assert not [name for name in names if "installer" in name or name.startswith(("tests/", "resources/"))]
